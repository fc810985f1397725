-- Quotes, version by version, and what was awarded from them.

CREATE TABLE quote (
    id           BLOB PRIMARY KEY NOT NULL,
    rfq_id       BLOB    NOT NULL REFERENCES rfq (id),
    buyer_id     BLOB    NOT NULL,
    seller_id    BLOB    NOT NULL REFERENCES organization (id),
    number       TEXT    NOT NULL,
    status       TEXT    NOT NULL CHECK (status IN ('DRAFT', 'SUBMITTED', 'WITHDRAWN', 'AWARDED', 'PARTLY_AWARDED', 'LOST')),
    revealed     INTEGER NOT NULL CHECK (revealed IN (0, 1)),
    current      INTEGER NOT NULL CHECK (current > 0),
    valid_until  INTEGER NOT NULL,
    submitted_at INTEGER,
    version      INTEGER NOT NULL,
    UNIQUE (rfq_id, seller_id)
) STRICT;
CREATE INDEX quote_seller ON quote (seller_id, id);
CREATE INDEX quote_buyer ON quote (buyer_id, id);

CREATE TABLE quote_version (
    id            BLOB PRIMARY KEY NOT NULL,
    quote_id      BLOB    NOT NULL REFERENCES quote (id),
    rfq_id        BLOB    NOT NULL,
    buyer_id      BLOB    NOT NULL,
    seller_id     BLOB    NOT NULL,
    number        INTEGER NOT NULL CHECK (number > 0),
    currency      TEXT    NOT NULL,
    valid_until   INTEGER NOT NULL,
    payment_terms TEXT,
    remarks       TEXT,
    total         INTEGER NOT NULL CHECK (total >= 0),
    created_at    INTEGER NOT NULL,
    submitted_at  INTEGER,
    revealed      INTEGER NOT NULL CHECK (revealed IN (0, 1)),
    UNIQUE (quote_id, number)
) STRICT;
CREATE INDEX quote_version_rfq ON quote_version (rfq_id);

CREATE TABLE quote_line (
    id               BLOB PRIMARY KEY NOT NULL,
    quote_version_id BLOB    NOT NULL REFERENCES quote_version (id),
    quote_id         BLOB    NOT NULL,
    rfq_id           BLOB    NOT NULL,
    rfq_line_id      BLOB    NOT NULL REFERENCES rfq_line (id),
    buyer_id         BLOB    NOT NULL,
    seller_id        BLOB    NOT NULL,
    quantity         INTEGER NOT NULL CHECK (quantity > 0),
    unit             TEXT    NOT NULL,
    currency         TEXT    NOT NULL,
    unit_price       INTEGER NOT NULL CHECK (unit_price >= 0),
    tiers            TEXT    NOT NULL,
    lead_time_days   INTEGER NOT NULL CHECK (lead_time_days >= 0),
    remarks          TEXT,
    revealed         INTEGER NOT NULL CHECK (revealed IN (0, 1)),
    UNIQUE (quote_version_id, rfq_line_id)
) STRICT;
-- For the foreign key: lines of drafted requests are deleted, and each is looked for here.
CREATE INDEX quote_line_rfq_line ON quote_line (rfq_line_id);

CREATE TABLE award (
    id            BLOB PRIMARY KEY NOT NULL,
    rfq_id        BLOB    NOT NULL REFERENCES rfq (id),
    rfq_line_id   BLOB    NOT NULL REFERENCES rfq_line (id),
    quote_id      BLOB    NOT NULL REFERENCES quote (id),
    quote_line_id BLOB    NOT NULL REFERENCES quote_line (id),
    buyer_id      BLOB    NOT NULL,
    seller_id     BLOB    NOT NULL,
    quantity      INTEGER NOT NULL CHECK (quantity > 0),
    currency      TEXT    NOT NULL,
    unit_price    INTEGER NOT NULL CHECK (unit_price >= 0),
    amount        INTEGER NOT NULL CHECK (amount >= 0),
    awarded_at    INTEGER NOT NULL,
    UNIQUE (rfq_line_id, quote_id)
) STRICT;
CREATE INDEX award_rfq ON award (rfq_id);
CREATE INDEX award_quote ON award (quote_id);
-- For the foreign key: lines of drafted quotes are deleted, and each is looked for here.
CREATE INDEX award_quote_line ON award (quote_line_id);
