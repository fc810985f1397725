-- Framework agreements: negotiated in versions, called off line by line.

CREATE TABLE agreement (
    id               uuid PRIMARY KEY,
    number           text    NOT NULL,
    buyer_id         uuid    NOT NULL REFERENCES organization (id),
    seller_id        uuid    NOT NULL REFERENCES organization (id),
    venue_id         uuid    NOT NULL REFERENCES venue (id),
    drafter          text    NOT NULL CHECK (drafter IN ('BUYER', 'SELLER')),
    author           text    NOT NULL CHECK (author IN ('BUYER', 'SELLER')),
    state            text    NOT NULL
        CHECK (state IN ('DRAFT', 'OFFERED', 'DECLINED', 'WITHDRAWN', 'AGREED', 'SUSPENDED', 'TERMINATED')),
    since            bigint  NOT NULL,
    current          bigint  NOT NULL CHECK (current > 0),
    hash             text    NOT NULL,
    -- The terms of the current version.
    title            text    NOT NULL,
    buyer_reference  text,
    seller_reference text,
    currency         text    NOT NULL,
    valid_from       bigint  NOT NULL,
    valid_until      bigint  NOT NULL CHECK (valid_until > valid_from),
    payment_terms    text,
    incoterm         text,
    named_place      text,
    commitment       bigint CHECK (commitment > 0),
    notice_days      bigint  NOT NULL CHECK (notice_days >= 0),
    renewal_months   bigint CHECK (renewal_months > 0),
    agreed_at        bigint,
    reason           text,
    notice_by        text CHECK (notice_by IN ('BUYER', 'SELLER')),
    notice_at        bigint,
    terminated_by    text CHECK (terminated_by IN ('BUYER', 'SELLER')),
    terminates_at    bigint,
    predecessor_id   uuid REFERENCES agreement (id),
    successor_id     uuid REFERENCES agreement (id),
    anchor_day       bigint  NOT NULL CHECK (anchor_day BETWEEN 1 AND 31),
    -- Whether what falls due at its end was done.
    settled          boolean NOT NULL,
    created_at       bigint  NOT NULL,
    next_check_at    bigint,
    version          bigint  NOT NULL,
    CHECK (buyer_id <> seller_id),
    CHECK ((incoterm IS NULL) = (named_place IS NULL)),
    CHECK ((notice_by IS NULL) = (notice_at IS NULL)),
    CHECK ((terminated_by IS NULL) = (terminates_at IS NULL))
);
CREATE INDEX agreement_buyer ON agreement (buyer_id, id);
CREATE INDEX agreement_seller ON agreement (seller_id, id);
CREATE INDEX agreement_partners ON agreement (buyer_id, seller_id, id);
CREATE INDEX agreement_due ON agreement (next_check_at) WHERE next_check_at IS NOT NULL;
-- One thing goes on from an agreement: what was turned down does not count.
CREATE UNIQUE INDEX agreement_predecessor_id_key ON agreement (predecessor_id) WHERE state NOT IN ('DECLINED', 'WITHDRAWN');
CALL protect('agreement',
    '(buyer_id = (SELECT current_organization()) AND (state <> ''DRAFT'' OR drafter = ''BUYER''))
     OR (seller_id = (SELECT current_organization()) AND (state <> ''DRAFT'' OR drafter = ''SELLER''))');

-- What each side put on the table, as it was.
CREATE TABLE agreement_version (
    id           uuid PRIMARY KEY,
    agreement_id uuid   NOT NULL REFERENCES agreement (id),
    buyer_id     uuid   NOT NULL,
    seller_id    uuid   NOT NULL,
    number       bigint NOT NULL CHECK (number > 0),
    author       text   NOT NULL CHECK (author IN ('BUYER', 'SELLER')),
    -- Terms and lines as JSON: read whole, never searched.
    content      text   NOT NULL,
    hash         text   NOT NULL,
    created_at   bigint NOT NULL,
    offered_at   bigint,
    version      bigint NOT NULL,
    CONSTRAINT agreement_version_agreement_id_number_key UNIQUE (agreement_id, number)
);
CALL protect('agreement_version',
    '(buyer_id = (SELECT current_organization()) AND (offered_at IS NOT NULL OR author = ''BUYER''))
     OR (seller_id = (SELECT current_organization()) AND (offered_at IS NOT NULL OR author = ''SELLER''))');

-- The lines that bind, and what was called off of each.
CREATE TABLE agreement_line (
    id                uuid PRIMARY KEY,
    agreement_id      uuid   NOT NULL REFERENCES agreement (id),
    buyer_id          uuid   NOT NULL,
    seller_id         uuid   NOT NULL,
    position          bigint NOT NULL CHECK (position > 0),
    product_id        uuid   NOT NULL,
    part_number       text   NOT NULL,
    description       text   NOT NULL,
    unit              text   NOT NULL,
    currency          text   NOT NULL,
    -- Pairs of a quantity (or null) and a price, in 1/10 000, as JSON.
    tiers             text   NOT NULL,
    order_minimum     bigint CHECK (order_minimum > 0),
    order_multiple    bigint CHECK (order_multiple > 0),
    volume            bigint CHECK (volume > 0),
    commitment        bigint CHECK (commitment > 0),
    lead_time_days    bigint CHECK (lead_time_days >= 0),
    called_off        bigint NOT NULL CHECK (called_off >= 0),
    remaining         bigint CHECK (remaining >= 0),
    called_off_amount bigint NOT NULL CHECK (called_off_amount >= 0),
    version           bigint NOT NULL,
    CONSTRAINT agreement_line_agreement_id_position_key UNIQUE (agreement_id, position),
    CONSTRAINT agreement_line_conserved CHECK ((volume IS NULL) = (remaining IS NULL) AND (volume IS NULL OR called_off + remaining = volume))
);
CALL protect('agreement_line', 'buyer_id = (SELECT current_organization()) OR seller_id = (SELECT current_organization())');

-- Orders are also placed by calling off.
ALTER TABLE purchase_order DROP CONSTRAINT purchase_order_origin_check,
    ADD CONSTRAINT purchase_order_origin_check CHECK (origin IN ('AWARD', 'CALL_OFF'));
