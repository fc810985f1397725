-- Quotes, version by version, and what was awarded from them.

CREATE TABLE quote (
    id           uuid PRIMARY KEY,
    rfq_id       uuid    NOT NULL REFERENCES rfq (id),
    buyer_id     uuid    NOT NULL,
    seller_id    uuid    NOT NULL REFERENCES organization (id),
    number       text    NOT NULL,
    status       text    NOT NULL CHECK (status IN ('DRAFT', 'SUBMITTED', 'WITHDRAWN', 'AWARDED', 'PARTLY_AWARDED', 'LOST')),
    revealed     boolean NOT NULL,
    current      bigint  NOT NULL CHECK (current > 0),
    valid_until  bigint  NOT NULL,
    submitted_at bigint,
    version      bigint  NOT NULL,
    CONSTRAINT quote_rfq_id_seller_id_key UNIQUE (rfq_id, seller_id)
);
CREATE INDEX quote_seller ON quote (seller_id, id);
CREATE INDEX quote_buyer ON quote (buyer_id, id);

CREATE TABLE quote_version (
    id            uuid PRIMARY KEY,
    quote_id      uuid    NOT NULL REFERENCES quote (id),
    rfq_id        uuid    NOT NULL,
    buyer_id      uuid    NOT NULL,
    seller_id     uuid    NOT NULL,
    number        bigint  NOT NULL CHECK (number > 0),
    currency      text    NOT NULL,
    valid_until   bigint  NOT NULL,
    payment_terms text,
    remarks       text,
    total         bigint  NOT NULL CHECK (total >= 0),
    created_at    bigint  NOT NULL,
    submitted_at  bigint,
    revealed      boolean NOT NULL,
    CONSTRAINT quote_version_quote_id_number_key UNIQUE (quote_id, number)
);
CREATE INDEX quote_version_rfq ON quote_version (rfq_id);

CREATE TABLE quote_line (
    id               uuid PRIMARY KEY,
    quote_version_id uuid    NOT NULL REFERENCES quote_version (id),
    quote_id         uuid    NOT NULL,
    rfq_id           uuid    NOT NULL,
    rfq_line_id      uuid    NOT NULL REFERENCES rfq_line (id),
    buyer_id         uuid    NOT NULL,
    seller_id        uuid    NOT NULL,
    quantity         bigint  NOT NULL CHECK (quantity > 0),
    unit             text    NOT NULL,
    currency         text    NOT NULL,
    unit_price       bigint  NOT NULL CHECK (unit_price >= 0),
    tiers            text    NOT NULL,
    lead_time_days   bigint  NOT NULL CHECK (lead_time_days >= 0),
    remarks          text,
    revealed         boolean NOT NULL,
    CONSTRAINT quote_line_quote_version_id_rfq_line_id_key UNIQUE (quote_version_id, rfq_line_id)
);
-- For the foreign key: lines of drafted requests are deleted, and each is looked for here.
CREATE INDEX quote_line_rfq_line ON quote_line (rfq_line_id);

CREATE TABLE award (
    id            uuid PRIMARY KEY,
    rfq_id        uuid   NOT NULL REFERENCES rfq (id),
    rfq_line_id   uuid   NOT NULL REFERENCES rfq_line (id),
    quote_id      uuid   NOT NULL REFERENCES quote (id),
    quote_line_id uuid   NOT NULL REFERENCES quote_line (id),
    buyer_id      uuid   NOT NULL,
    seller_id     uuid   NOT NULL,
    quantity      bigint NOT NULL CHECK (quantity > 0),
    currency      text   NOT NULL,
    unit_price    bigint NOT NULL CHECK (unit_price >= 0),
    amount        bigint NOT NULL CHECK (amount >= 0),
    awarded_at    bigint NOT NULL,
    CONSTRAINT award_rfq_line_id_quote_id_key UNIQUE (rfq_line_id, quote_id)
);
CREATE INDEX award_rfq ON award (rfq_id);
CREATE INDEX award_quote ON award (quote_id);
-- For the foreign key: lines of drafted quotes are deleted, and each is looked for here.
CREATE INDEX award_quote_line ON award (quote_line_id);

-- A buyer reads and settles only what is revealed to it; a seller only its own.
CALL protect('quote',
    'seller_id = (SELECT current_organization()) OR (buyer_id = (SELECT current_organization()) AND revealed)');
CALL protect('quote_version',
    'seller_id = (SELECT current_organization()) OR (buyer_id = (SELECT current_organization()) AND revealed)',
    'seller_id = (SELECT current_organization())');
CALL protect('quote_line',
    'seller_id = (SELECT current_organization()) OR (buyer_id = (SELECT current_organization()) AND revealed)',
    'seller_id = (SELECT current_organization())');
CALL protect('award',
    'seller_id = (SELECT current_organization()) OR buyer_id = (SELECT current_organization())',
    'buyer_id = (SELECT current_organization())');
