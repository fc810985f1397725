-- Framework agreements: negotiated in versions, called off line by line.

CREATE TABLE agreement (
    id               BLOB PRIMARY KEY NOT NULL,
    number           TEXT    NOT NULL,
    buyer_id         BLOB    NOT NULL REFERENCES organization (id),
    seller_id        BLOB    NOT NULL REFERENCES organization (id),
    venue_id         BLOB    NOT NULL REFERENCES venue (id),
    drafter          TEXT    NOT NULL CHECK (drafter IN ('BUYER', 'SELLER')),
    author           TEXT    NOT NULL CHECK (author IN ('BUYER', 'SELLER')),
    state            TEXT    NOT NULL
        CHECK (state IN ('DRAFT', 'OFFERED', 'DECLINED', 'WITHDRAWN', 'AGREED', 'SUSPENDED', 'TERMINATED')),
    since            INTEGER  NOT NULL,
    current          INTEGER  NOT NULL CHECK (current > 0),
    hash             TEXT    NOT NULL,
    -- The terms of the current version.
    title            TEXT    NOT NULL,
    buyer_reference  TEXT,
    seller_reference TEXT,
    currency         TEXT    NOT NULL,
    valid_from       INTEGER  NOT NULL,
    valid_until      INTEGER  NOT NULL CHECK (valid_until > valid_from),
    payment_terms    TEXT,
    incoterm         TEXT,
    named_place      TEXT,
    commitment       INTEGER CHECK (commitment > 0),
    notice_days      INTEGER  NOT NULL CHECK (notice_days >= 0),
    renewal_months   INTEGER CHECK (renewal_months > 0),
    agreed_at        INTEGER,
    reason           TEXT,
    notice_by        TEXT CHECK (notice_by IN ('BUYER', 'SELLER')),
    notice_at        INTEGER,
    terminated_by    TEXT CHECK (terminated_by IN ('BUYER', 'SELLER')),
    terminates_at    INTEGER,
    predecessor_id   BLOB REFERENCES agreement (id),
    successor_id     BLOB REFERENCES agreement (id),
    anchor_day       INTEGER  NOT NULL CHECK (anchor_day BETWEEN 1 AND 31),
    -- Whether what falls due at its end was done.
    settled          INTEGER NOT NULL CHECK (settled IN (0, 1)),
    created_at       INTEGER  NOT NULL,
    next_check_at    INTEGER,
    version          INTEGER  NOT NULL,
    CHECK (buyer_id <> seller_id),
    CHECK ((incoterm IS NULL) = (named_place IS NULL)),
    CHECK ((notice_by IS NULL) = (notice_at IS NULL)),
    CHECK ((terminated_by IS NULL) = (terminates_at IS NULL))
) STRICT;
CREATE INDEX agreement_buyer ON agreement (buyer_id, id);
CREATE INDEX agreement_seller ON agreement (seller_id, id);
CREATE INDEX agreement_partners ON agreement (buyer_id, seller_id, id);
CREATE INDEX agreement_due ON agreement (next_check_at) WHERE next_check_at IS NOT NULL;
-- One thing goes on from an agreement: what was turned down does not count.
CREATE UNIQUE INDEX agreement_predecessor_id_key ON agreement (predecessor_id) WHERE state NOT IN ('DECLINED', 'WITHDRAWN');

-- What each side put on the table, as it was.
CREATE TABLE agreement_version (
    id           BLOB PRIMARY KEY NOT NULL,
    agreement_id BLOB   NOT NULL REFERENCES agreement (id),
    buyer_id     BLOB   NOT NULL,
    seller_id    BLOB   NOT NULL,
    number       INTEGER NOT NULL CHECK (number > 0),
    author       TEXT   NOT NULL CHECK (author IN ('BUYER', 'SELLER')),
    -- Terms and lines as JSON: read whole, never searched.
    content      TEXT   NOT NULL,
    hash         TEXT   NOT NULL,
    created_at   INTEGER NOT NULL,
    offered_at   INTEGER,
    version      INTEGER NOT NULL,
    UNIQUE (agreement_id, number)
) STRICT;

-- The lines that bind, and what was called off of each.
CREATE TABLE agreement_line (
    id                BLOB PRIMARY KEY NOT NULL,
    agreement_id      BLOB   NOT NULL REFERENCES agreement (id),
    buyer_id          BLOB   NOT NULL,
    seller_id         BLOB   NOT NULL,
    position          INTEGER NOT NULL CHECK (position > 0),
    product_id        BLOB   NOT NULL,
    part_number       TEXT   NOT NULL,
    description       TEXT   NOT NULL,
    unit              TEXT   NOT NULL,
    currency          TEXT   NOT NULL,
    -- Pairs of a quantity (or null) and a price, in 1/10 000, as JSON.
    tiers             TEXT   NOT NULL,
    order_minimum     INTEGER CHECK (order_minimum > 0),
    order_multiple    INTEGER CHECK (order_multiple > 0),
    volume            INTEGER CHECK (volume > 0),
    commitment        INTEGER CHECK (commitment > 0),
    lead_time_days    INTEGER CHECK (lead_time_days >= 0),
    called_off        INTEGER NOT NULL CHECK (called_off >= 0),
    remaining         INTEGER CHECK (remaining >= 0),
    called_off_amount INTEGER NOT NULL CHECK (called_off_amount >= 0),
    version           INTEGER NOT NULL,
    UNIQUE (agreement_id, position),
    CONSTRAINT agreement_line_conserved CHECK ((volume IS NULL) = (remaining IS NULL) AND (volume IS NULL OR called_off + remaining = volume))
) STRICT;

-- Orders are also placed by calling off. A check cannot be changed here, so both tables are made anew: the lines first go aside, because
-- they point at the orders.
CREATE TABLE order_line_aside AS SELECT * FROM order_line;
DROP TABLE order_line;
CREATE TABLE purchase_order_next (
    id                        BLOB PRIMARY KEY NOT NULL,
    number                    TEXT   NOT NULL,
    buyer_id                  BLOB   NOT NULL REFERENCES organization (id),
    seller_id                 BLOB   NOT NULL REFERENCES organization (id),
    venue_id                  BLOB   NOT NULL REFERENCES venue (id),
    origin                    TEXT   NOT NULL CHECK (origin IN ('AWARD', 'CALL_OFF')),
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
INSERT INTO purchase_order_next SELECT * FROM purchase_order;
DROP TABLE purchase_order;
ALTER TABLE purchase_order_next RENAME TO purchase_order;
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
INSERT INTO order_line SELECT * FROM order_line_aside;
DROP TABLE order_line_aside;
