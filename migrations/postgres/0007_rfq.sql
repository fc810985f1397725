-- Requests for quotation, their lines, and who is asked.

CREATE TABLE rfq (
    id            uuid PRIMARY KEY,
    buyer_id      uuid   NOT NULL REFERENCES organization (id),
    venue_id      uuid   NOT NULL REFERENCES venue (id),
    number        text   NOT NULL,
    title         text   NOT NULL,
    description   text,
    currency      text   NOT NULL,
    audience      text   NOT NULL CHECK (audience IN ('INVITED', 'PUBLIC')),
    bidding       text   NOT NULL CHECK (bidding IN ('OPEN', 'SEALED')),
    deadline      bigint NOT NULL,
    status        text   NOT NULL CHECK (status IN ('DRAFT', 'PUBLISHED', 'CLOSED', 'OPENED', 'EVALUATING', 'AWARDED', 'PARTLY_AWARDED', 'NO_AWARD', 'CANCELLED')),
    published_at  bigint,
    created_at    bigint NOT NULL,
    next_check_at bigint,
    version       bigint NOT NULL,
    CONSTRAINT rfq_buyer_id_number_key UNIQUE (buyer_id, number)
);
CREATE INDEX rfq_buyer ON rfq (buyer_id, id);
CREATE INDEX rfq_public ON rfq (id) WHERE audience = 'PUBLIC' AND status = 'PUBLISHED';
CREATE INDEX rfq_due ON rfq (next_check_at) WHERE next_check_at IS NOT NULL;

CREATE TABLE rfq_line (
    id             uuid PRIMARY KEY,
    rfq_id         uuid   NOT NULL REFERENCES rfq (id),
    buyer_id       uuid   NOT NULL,
    position       bigint NOT NULL CHECK (position > 0),
    product_id     uuid,
    description    text   NOT NULL,
    quantity       bigint NOT NULL CHECK (quantity > 0),
    unit           text   NOT NULL,
    currency       text   NOT NULL,
    target_price   bigint CHECK (target_price >= 0),
    delivery_place text,
    delivery_date  text,
    incoterm       text,
    incoterm_place text,
    CONSTRAINT rfq_line_rfq_id_position_key UNIQUE (rfq_id, position)
);

CREATE TABLE rfq_invitation (
    id             uuid PRIMARY KEY,
    rfq_id         uuid   NOT NULL REFERENCES rfq (id),
    buyer_id       uuid   NOT NULL,
    seller_id      uuid   NOT NULL REFERENCES organization (id),
    origin         text   NOT NULL CHECK (origin IN ('BUYER', 'SELLER')),
    status         text   NOT NULL CHECK (status IN ('INVITED', 'VIEWED', 'WILL_QUOTE', 'DECLINED')),
    decline_reason text,
    since          bigint NOT NULL,
    revealed       boolean NOT NULL,
    version        bigint NOT NULL,
    CONSTRAINT rfq_invitation_rfq_id_seller_id_key UNIQUE (rfq_id, seller_id)
);
CREATE INDEX rfq_invitation_seller ON rfq_invitation (seller_id, rfq_id);

-- An invitation to a draft waits: its seller sees neither until the request is published.
CALL protect('rfq_invitation',
    'buyer_id = (SELECT current_organization()) OR (seller_id = (SELECT current_organization()) AND revealed)');
CALL protect('rfq',
    'buyer_id = (SELECT current_organization()) OR (status <> ''DRAFT'' AND (
        EXISTS (SELECT 1 FROM rfq_invitation i WHERE i.rfq_id = rfq.id AND i.seller_id = (SELECT current_organization()))
        OR (audience = ''PUBLIC'' AND (SELECT verification FROM organization o WHERE o.id = (SELECT current_organization())) = ''VERIFIED'')))',
    'buyer_id = (SELECT current_organization())');
CALL protect('rfq_line',
    'buyer_id = (SELECT current_organization()) OR EXISTS (SELECT 1 FROM rfq r WHERE r.id = rfq_line.rfq_id)',
    'buyer_id = (SELECT current_organization())');
