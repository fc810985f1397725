-- Requests for quotation, their lines, and who is asked.

CREATE TABLE rfq (
    id            BLOB PRIMARY KEY NOT NULL,
    buyer_id      BLOB    NOT NULL REFERENCES organization (id),
    venue_id      BLOB    NOT NULL REFERENCES venue (id),
    number        TEXT    NOT NULL,
    title         TEXT    NOT NULL,
    description   TEXT,
    currency      TEXT    NOT NULL,
    audience      TEXT    NOT NULL CHECK (audience IN ('INVITED', 'PUBLIC')),
    bidding       TEXT    NOT NULL CHECK (bidding IN ('OPEN', 'SEALED')),
    deadline      INTEGER NOT NULL,
    status        TEXT    NOT NULL CHECK (status IN ('DRAFT', 'PUBLISHED', 'CLOSED', 'OPENED', 'EVALUATING', 'AWARDED', 'PARTLY_AWARDED', 'NO_AWARD', 'CANCELLED')),
    published_at  INTEGER,
    created_at    INTEGER NOT NULL,
    next_check_at INTEGER,
    version       INTEGER NOT NULL,
    UNIQUE (buyer_id, number)
) STRICT;
CREATE INDEX rfq_buyer ON rfq (buyer_id, id);
CREATE INDEX rfq_public ON rfq (id) WHERE audience = 'PUBLIC' AND status = 'PUBLISHED';
CREATE INDEX rfq_due ON rfq (next_check_at) WHERE next_check_at IS NOT NULL;

CREATE TABLE rfq_line (
    id             BLOB PRIMARY KEY NOT NULL,
    rfq_id         BLOB    NOT NULL REFERENCES rfq (id),
    buyer_id       BLOB    NOT NULL,
    position       INTEGER NOT NULL CHECK (position > 0),
    product_id     BLOB,
    description    TEXT    NOT NULL,
    quantity       INTEGER NOT NULL CHECK (quantity > 0),
    unit           TEXT    NOT NULL,
    currency       TEXT    NOT NULL,
    target_price   INTEGER CHECK (target_price >= 0),
    delivery_place TEXT,
    delivery_date  TEXT,
    incoterm       TEXT,
    incoterm_place TEXT,
    UNIQUE (rfq_id, position)
) STRICT;

CREATE TABLE rfq_invitation (
    id             BLOB PRIMARY KEY NOT NULL,
    rfq_id         BLOB    NOT NULL REFERENCES rfq (id),
    buyer_id       BLOB    NOT NULL,
    seller_id      BLOB    NOT NULL REFERENCES organization (id),
    origin         TEXT    NOT NULL CHECK (origin IN ('BUYER', 'SELLER')),
    status         TEXT    NOT NULL CHECK (status IN ('INVITED', 'VIEWED', 'WILL_QUOTE', 'DECLINED')),
    decline_reason TEXT,
    since          INTEGER NOT NULL,
    revealed       INTEGER NOT NULL CHECK (revealed IN (0, 1)),
    version        INTEGER NOT NULL,
    UNIQUE (rfq_id, seller_id)
) STRICT;
CREATE INDEX rfq_invitation_seller ON rfq_invitation (seller_id, rfq_id);
