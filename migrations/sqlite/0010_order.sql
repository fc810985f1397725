-- Purchase orders and their lines.

CREATE TABLE purchase_order (
    id                        BLOB PRIMARY KEY NOT NULL,
    number                    TEXT   NOT NULL,
    buyer_id                  BLOB   NOT NULL REFERENCES organization (id),
    seller_id                 BLOB   NOT NULL REFERENCES organization (id),
    venue_id                  BLOB   NOT NULL REFERENCES venue (id),
    origin                    TEXT   NOT NULL CHECK (origin IN ('AWARD')),
    origin_id                 BLOB   NOT NULL,
    currency                  TEXT   NOT NULL,
    status                    TEXT   NOT NULL CHECK (status IN ('PLACED', 'ACKNOWLEDGED', 'REJECTED', 'CANCELLED')),
    since                     INTEGER NOT NULL,
    incoterm                  TEXT,
    named_place               TEXT,
    delivery_address          TEXT,
    payment_terms             TEXT,
    remarks                   TEXT,
    placed_at                 INTEGER NOT NULL,
    acknowledged_at           INTEGER,
    seller_remark             TEXT,
    end_reason                TEXT,
    cancellation_status       TEXT CHECK (cancellation_status IN ('REQUESTED', 'AGREED', 'DECLINED')),
    cancellation_reason       TEXT,
    cancellation_requested_at INTEGER,
    cancellation_answer       TEXT,
    cancellation_answered_at  INTEGER,
    total                     INTEGER NOT NULL CHECK (total >= 0),
    version                   INTEGER NOT NULL,
    UNIQUE (buyer_id, number),
    CHECK (buyer_id <> seller_id),
    CHECK ((incoterm IS NULL) = (named_place IS NULL)),
    CHECK ((status IN ('REJECTED', 'CANCELLED')) = (end_reason IS NOT NULL)),
    CHECK ((cancellation_status IS NULL) = (cancellation_reason IS NULL)
       AND (cancellation_status IS NULL) = (cancellation_requested_at IS NULL))
) STRICT;
-- Each side lists its orders by age: all of them, those in one status, and (one index for both sides) those with one partner.
CREATE INDEX purchase_order_buyer ON purchase_order (buyer_id, placed_at, id);
CREATE INDEX purchase_order_seller ON purchase_order (seller_id, placed_at, id);
CREATE INDEX purchase_order_buyer_status ON purchase_order (buyer_id, status, placed_at, id);
CREATE INDEX purchase_order_seller_status ON purchase_order (seller_id, status, placed_at, id);
CREATE INDEX purchase_order_partners ON purchase_order (buyer_id, seller_id, placed_at, id);
CREATE INDEX purchase_order_seller_number ON purchase_order (seller_id, number);
CREATE INDEX purchase_order_origin ON purchase_order (origin_id);

CREATE TABLE order_line (
    id                 BLOB PRIMARY KEY NOT NULL,
    order_id           BLOB   NOT NULL REFERENCES purchase_order (id),
    buyer_id           BLOB   NOT NULL,
    seller_id          BLOB   NOT NULL,
    position           INTEGER NOT NULL CHECK (position > 0),
    product_id         BLOB,
    part_number        TEXT,
    description        TEXT   NOT NULL,
    unit               TEXT   NOT NULL,
    quantity           INTEGER NOT NULL CHECK (quantity > 0),
    open_quantity      INTEGER NOT NULL CHECK (open_quantity >= 0),
    cancelled_quantity INTEGER NOT NULL CHECK (cancelled_quantity >= 0),
    currency           TEXT   NOT NULL,
    unit_price         INTEGER NOT NULL CHECK (unit_price >= 0),
    total              INTEGER NOT NULL CHECK (total >= 0),
    incoterm           TEXT,
    named_place        TEXT,
    delivery_address   TEXT,
    requested_on       INTEGER,
    lead_time_days     INTEGER CHECK (lead_time_days >= 0),
    promised_on        INTEGER,
    origin_line_id     BLOB,
    version            INTEGER NOT NULL,
    UNIQUE (order_id, position),
    CONSTRAINT order_line_conserved CHECK (quantity = open_quantity + cancelled_quantity),
    CHECK ((incoterm IS NULL) = (named_place IS NULL))
) STRICT;
