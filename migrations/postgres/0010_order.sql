-- Purchase orders and their lines.

CREATE TABLE purchase_order (
    id                        uuid PRIMARY KEY,
    number                    text   NOT NULL,
    buyer_id                  uuid   NOT NULL REFERENCES organization (id),
    seller_id                 uuid   NOT NULL REFERENCES organization (id),
    venue_id                  uuid   NOT NULL REFERENCES venue (id),
    origin                    text   NOT NULL CHECK (origin IN ('AWARD')),
    origin_id                 uuid   NOT NULL,
    currency                  text   NOT NULL,
    status                    text   NOT NULL CHECK (status IN ('PLACED', 'ACKNOWLEDGED', 'REJECTED', 'CANCELLED')),
    since                     bigint NOT NULL,
    incoterm                  text,
    named_place               text,
    delivery_address          text,
    payment_terms             text,
    remarks                   text,
    placed_at                 bigint NOT NULL,
    acknowledged_at           bigint,
    seller_remark             text,
    end_reason                text,
    cancellation_status       text CHECK (cancellation_status IN ('REQUESTED', 'AGREED', 'DECLINED')),
    cancellation_reason       text,
    cancellation_requested_at bigint,
    cancellation_answer       text,
    cancellation_answered_at  bigint,
    total                     bigint NOT NULL CHECK (total >= 0),
    version                   bigint NOT NULL,
    CONSTRAINT purchase_order_buyer_id_number_key UNIQUE (buyer_id, number),
    CHECK (buyer_id <> seller_id),
    CHECK ((incoterm IS NULL) = (named_place IS NULL)),
    CHECK ((status IN ('REJECTED', 'CANCELLED')) = (end_reason IS NOT NULL)),
    CHECK ((cancellation_status IS NULL) = (cancellation_reason IS NULL)
       AND (cancellation_status IS NULL) = (cancellation_requested_at IS NULL))
);
-- Each side lists its orders by age: all of them, those in one status, and (one index for both sides) those with one partner.
CREATE INDEX purchase_order_buyer ON purchase_order (buyer_id, placed_at, id);
CREATE INDEX purchase_order_seller ON purchase_order (seller_id, placed_at, id);
CREATE INDEX purchase_order_buyer_status ON purchase_order (buyer_id, status, placed_at, id);
CREATE INDEX purchase_order_seller_status ON purchase_order (seller_id, status, placed_at, id);
CREATE INDEX purchase_order_partners ON purchase_order (buyer_id, seller_id, placed_at, id);
CREATE INDEX purchase_order_seller_number ON purchase_order (seller_id, number);
CREATE INDEX purchase_order_origin ON purchase_order (origin_id);
CALL protect('purchase_order', 'buyer_id = (SELECT current_organization()) OR seller_id = (SELECT current_organization())');

CREATE TABLE order_line (
    id                 uuid PRIMARY KEY,
    order_id           uuid   NOT NULL REFERENCES purchase_order (id),
    buyer_id           uuid   NOT NULL,
    seller_id          uuid   NOT NULL,
    position           bigint NOT NULL CHECK (position > 0),
    product_id         uuid,
    part_number        text,
    description        text   NOT NULL,
    unit               text   NOT NULL,
    quantity           bigint NOT NULL CHECK (quantity > 0),
    open_quantity      bigint NOT NULL CHECK (open_quantity >= 0),
    cancelled_quantity bigint NOT NULL CHECK (cancelled_quantity >= 0),
    currency           text   NOT NULL,
    unit_price         bigint NOT NULL CHECK (unit_price >= 0),
    total              bigint NOT NULL CHECK (total >= 0),
    incoterm           text,
    named_place        text,
    delivery_address   text,
    requested_on       bigint,
    lead_time_days     bigint CHECK (lead_time_days >= 0),
    promised_on        bigint,
    origin_line_id     uuid,
    version            bigint NOT NULL,
    CONSTRAINT order_line_order_id_position_key UNIQUE (order_id, position),
    CONSTRAINT order_line_conserved CHECK (quantity = open_quantity + cancelled_quantity),
    CHECK ((incoterm IS NULL) = (named_place IS NULL))
);
CALL protect('order_line', 'buyer_id = (SELECT current_organization()) OR seller_id = (SELECT current_organization())');
