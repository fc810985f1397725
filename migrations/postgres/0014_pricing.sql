-- Prices: lists and the prices in them, promotions, and the history of everything that decides a price.

-- The words of a policy that say whether whoever asks was shown the prices of a row's group at any time at which the row
-- stood: what a price was at some time is asked for later, too. Words and not a function of its own, as `seen_by_group`.
CREATE FUNCTION seen_while_recorded(target text, group_column text) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT format('EXISTS (SELECT 1 FROM viewing v WHERE v.group_id = %1$s.%2$s AND v.prices
   AND v.viewer_id IN ((SELECT current_audience()), (SELECT current_organization()))
   AND (v.until IS NULL OR v.until > %1$s.recorded_at) AND (%1$s.ended_at IS NULL OR v.since < %1$s.ended_at))', target, group_column) $$;

CREATE TABLE price_list (
    id          uuid PRIMARY KEY,
    seller_id   uuid   NOT NULL REFERENCES organization (id),
    code        text   NOT NULL,
    name        text   NOT NULL,
    currency    text   NOT NULL,
    rank        text   NOT NULL CHECK (rank IN ('CUSTOMER', 'SEGMENT', 'AGREEMENT', 'GENERAL')),
    group_id    uuid   NOT NULL,
    priority    bigint NOT NULL CHECK (priority >= 0),
    valid_from  bigint,
    valid_until bigint CHECK (valid_until > valid_from),
    status      text   NOT NULL CHECK (status IN ('DRAFT', 'ACTIVE', 'PAUSED', 'ENDED')),
    since       bigint NOT NULL,
    created_at  bigint NOT NULL,
    version     bigint NOT NULL,
    CONSTRAINT price_list_seller_id_code_key UNIQUE (seller_id, code)
);
CREATE INDEX price_list_seller ON price_list (seller_id, id);
CREATE INDEX price_list_group ON price_list (group_id, id);
CALL protect('price_list', 'seller_id = (SELECT current_organization())');

-- What decides whether and where the prices of a list or agreement count, as it was recorded at any time.
CREATE TABLE price_term (
    id          uuid PRIMARY KEY,
    -- A list, or an agreement.
    source_id   uuid    NOT NULL,
    seller_id   uuid    NOT NULL REFERENCES organization (id),
    group_id    uuid    NOT NULL,
    origin      text    NOT NULL CHECK (origin IN ('CONTRACT_LINE', 'CUSTOMER_LIST', 'SEGMENT_LIST', 'AGREEMENT_LIST', 'GENERAL_LIST')),
    priority    bigint  NOT NULL,
    valid_from  bigint,
    valid_until bigint,
    active      boolean NOT NULL,
    recorded_at bigint  NOT NULL,
    ended_at    bigint CHECK (ended_at >= recorded_at)
);
CREATE UNIQUE INDEX price_term_source_id_key ON price_term (source_id) WHERE ended_at IS NULL;
CREATE INDEX price_term_source ON price_term (source_id, recorded_at);
CALL protect('price_term', 'seller_id = (SELECT current_organization()) OR active AND ' || seen_while_recorded('price_term', 'group_id'),
    'seller_id = (SELECT current_organization())');

CREATE TABLE price (
    id             uuid PRIMARY KEY,
    source_id      uuid   NOT NULL,
    seller_id      uuid   NOT NULL REFERENCES organization (id),
    group_id       uuid   NOT NULL,
    product_id     uuid   NOT NULL REFERENCES product (id),
    unit           text   NOT NULL,
    currency       text   NOT NULL,
    amount         bigint NOT NULL CHECK (amount > 0),
    min_quantity   bigint CHECK (min_quantity > 0),
    order_minimum  bigint CHECK (order_minimum > 0),
    order_multiple bigint CHECK (order_multiple > 0),
    valid_from     bigint,
    valid_until    bigint CHECK (valid_until > valid_from),
    recorded_at    bigint NOT NULL,
    ended_at       bigint CHECK (ended_at >= recorded_at)
);
-- A buyer's price is found by the product and the buyer's groups, whatever lists others have.
CREATE INDEX price_product ON price (product_id, group_id);
CREATE INDEX price_source ON price (source_id, product_id);
CREATE INDEX price_page ON price (source_id, id);
-- A price is shown with its list alone: what stands in a draft, or in a list that was stopped all the while, is its seller's.
CALL protect('price', 'seller_id = (SELECT current_organization()) OR ' || seen_while_recorded('price', 'group_id')
    || ' AND EXISTS (SELECT 1 FROM price_term t WHERE t.source_id = price.source_id
         AND (t.ended_at IS NULL OR t.ended_at > price.recorded_at) AND (price.ended_at IS NULL OR t.recorded_at < price.ended_at))',
    'seller_id = (SELECT current_organization())');

-- No two prices of a list for the same product, unit and tier hold at once. Writers of one list take turns, so what is read here stands.
CREATE FUNCTION refuse_overlapping_price() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM price p
                WHERE p.source_id = NEW.source_id AND p.product_id = NEW.product_id AND p.ended_at IS NULL AND p.unit = NEW.unit
                  AND p.min_quantity IS NOT DISTINCT FROM NEW.min_quantity
                  AND (p.valid_from IS NULL OR NEW.valid_until IS NULL OR p.valid_from < NEW.valid_until)
                  AND (NEW.valid_from IS NULL OR p.valid_until IS NULL OR NEW.valid_from < p.valid_until)) THEN
        RAISE unique_violation USING MESSAGE = 'prices overlap', CONSTRAINT = 'price_source_id_product_id_unit_min_quantity_key';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER price_stands_alone BEFORE INSERT ON price FOR EACH ROW EXECUTE FUNCTION refuse_overlapping_price();

CREATE TABLE promotion (
    id           uuid PRIMARY KEY,
    seller_id    uuid   NOT NULL REFERENCES organization (id),
    name         text   NOT NULL,
    rank         text   NOT NULL CHECK (rank IN ('CUSTOMER', 'SEGMENT', 'AGREEMENT', 'GENERAL')),
    group_id     uuid   NOT NULL,
    target       text   NOT NULL CHECK (target IN ('ALL', 'CATEGORY', 'BRAND', 'PRODUCTS')),
    -- In 1/10 000 of a percent.
    percent      bigint CHECK (percent > 0 AND percent < 1000000),
    amount       bigint CHECK (amount > 0),
    currency     text,
    unit         text,
    min_quantity bigint CHECK (min_quantity > 0),
    priority     bigint NOT NULL CHECK (priority >= 0),
    valid_from   bigint,
    valid_until  bigint CHECK (valid_until > valid_from),
    status       text   NOT NULL CHECK (status IN ('DRAFT', 'ACTIVE', 'PAUSED', 'ENDED')),
    since        bigint NOT NULL,
    created_at   bigint NOT NULL,
    version      bigint NOT NULL,
    CHECK ((percent IS NULL) <> (amount IS NULL)),
    CHECK ((amount IS NULL) = (currency IS NULL))
);
CREATE INDEX promotion_seller ON promotion (seller_id, id);
CALL protect('promotion', 'seller_id = (SELECT current_organization())');

-- What a promotion said, as it was recorded at any time.
CREATE TABLE promotion_term (
    id           uuid PRIMARY KEY,
    promotion_id uuid    NOT NULL REFERENCES promotion (id),
    seller_id    uuid    NOT NULL REFERENCES organization (id),
    group_id     uuid    NOT NULL,
    origin       text    NOT NULL CHECK (origin IN ('AGREEMENT_DISCOUNT', 'PROMOTION')),
    name         text    NOT NULL,
    percent      bigint,
    amount       bigint,
    currency     text,
    unit         text,
    min_quantity bigint,
    priority     bigint  NOT NULL,
    valid_from   bigint,
    valid_until  bigint,
    active       boolean NOT NULL,
    recorded_at  bigint  NOT NULL,
    ended_at     bigint CHECK (ended_at >= recorded_at)
);
CREATE UNIQUE INDEX promotion_term_promotion_id_key ON promotion_term (promotion_id) WHERE ended_at IS NULL;
CREATE INDEX promotion_term_promotion ON promotion_term (promotion_id, recorded_at);
CALL protect('promotion_term', 'seller_id = (SELECT current_organization()) OR active AND ' || seen_while_recorded('promotion_term', 'group_id'),
    'seller_id = (SELECT current_organization())');

-- What a promotion is for: a category, a product, or the seller itself, for all of its products or for those of a brand. It never changes.
CREATE TABLE promotion_target (
    id           uuid PRIMARY KEY,
    promotion_id uuid   NOT NULL REFERENCES promotion (id),
    seller_id    uuid   NOT NULL REFERENCES organization (id),
    group_id     uuid   NOT NULL,
    target_id    uuid   NOT NULL,
    brand        text
);
CREATE INDEX promotion_target_promotion ON promotion_target (promotion_id);
CREATE INDEX promotion_target_target ON promotion_target (target_id, group_id);
CALL protect('promotion_target',
    'seller_id = (SELECT current_organization()) OR EXISTS (SELECT 1 FROM promotion_term t WHERE t.promotion_id = promotion_target.promotion_id)',
    'seller_id = (SELECT current_organization())');

-- What an offer asked, as it was recorded at any time: the list price where no list names the product.
CREATE TABLE offer_term (
    id           uuid PRIMARY KEY,
    offer_id     uuid    NOT NULL REFERENCES offer (id),
    seller_id    uuid    NOT NULL REFERENCES organization (id),
    product_id   uuid    NOT NULL REFERENCES product (id),
    amount       bigint  NOT NULL,
    currency     text    NOT NULL,
    unit         text    NOT NULL,
    min_quantity bigint  NOT NULL,
    max_quantity bigint,
    multiple     bigint  NOT NULL,
    valid_from   bigint  NOT NULL,
    valid_until  bigint,
    public       boolean NOT NULL,
    active       boolean NOT NULL,
    recorded_at  bigint  NOT NULL,
    ended_at     bigint CHECK (ended_at >= recorded_at)
);
CREATE UNIQUE INDEX offer_term_offer_id_key ON offer_term (offer_id) WHERE ended_at IS NULL;
CREATE INDEX offer_term_product ON offer_term (product_id, seller_id);
CREATE INDEX offer_term_offer ON offer_term (offer_id, recorded_at);
CALL protect('offer_term',
    'seller_id = (SELECT current_organization()) OR public AND ' || seen_while_recorded('offer_term', 'seller_id')
     || ' AND EXISTS (SELECT 1 FROM product p WHERE p.id = product_id)',
    'seller_id = (SELECT current_organization())');

-- Offers kept no history so far: what they ask now is taken for what they asked since they stand as they do.
SELECT set_config('tradehall.task', 'MIGRATION', true);
INSERT INTO offer_term (id, offer_id, seller_id, product_id, amount, currency, unit, min_quantity, max_quantity, multiple, valid_from,
                        valid_until, public, active, recorded_at, ended_at)
SELECT gen_random_uuid(), id, seller_id, product_id, price, currency, unit, min_quantity, max_quantity, multiple, valid_from,
       valid_until, access = 'PUBLIC', status = 'ACTIVE', since, NULL FROM offer;
SELECT set_config('tradehall.task', '', true);
