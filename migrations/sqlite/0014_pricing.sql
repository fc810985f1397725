-- Prices: lists and the prices in them, promotions, and the history of everything that decides a price.

CREATE TABLE price_list (
    id          BLOB PRIMARY KEY NOT NULL,
    seller_id   BLOB   NOT NULL REFERENCES organization (id),
    code        TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    currency    TEXT   NOT NULL,
    rank        TEXT   NOT NULL CHECK (rank IN ('CUSTOMER', 'SEGMENT', 'AGREEMENT', 'GENERAL')),
    group_id    BLOB   NOT NULL,
    priority    INTEGER NOT NULL CHECK (priority >= 0),
    valid_from  INTEGER,
    valid_until INTEGER CHECK (valid_until > valid_from),
    status      TEXT   NOT NULL CHECK (status IN ('DRAFT', 'ACTIVE', 'PAUSED', 'ENDED')),
    since       INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    UNIQUE (seller_id, code)
) STRICT;
CREATE INDEX price_list_seller ON price_list (seller_id, id);
CREATE INDEX price_list_group ON price_list (group_id, id);

-- What decides whether and where the prices of a list or agreement count, as it was recorded at any time.
CREATE TABLE price_term (
    id          BLOB PRIMARY KEY NOT NULL,
    -- A list, or an agreement.
    source_id   BLOB    NOT NULL,
    seller_id   BLOB    NOT NULL REFERENCES organization (id),
    group_id    BLOB    NOT NULL,
    origin      TEXT    NOT NULL CHECK (origin IN ('CONTRACT_LINE', 'CUSTOMER_LIST', 'SEGMENT_LIST', 'AGREEMENT_LIST', 'GENERAL_LIST')),
    priority    INTEGER  NOT NULL,
    valid_from  INTEGER,
    valid_until INTEGER,
    active      INTEGER NOT NULL CHECK (active IN (0, 1)),
    recorded_at INTEGER  NOT NULL,
    ended_at    INTEGER CHECK (ended_at >= recorded_at)
) STRICT;
CREATE UNIQUE INDEX price_term_source_id_key ON price_term (source_id) WHERE ended_at IS NULL;
CREATE INDEX price_term_source ON price_term (source_id, recorded_at);

CREATE TABLE price (
    id             BLOB PRIMARY KEY NOT NULL,
    source_id      BLOB   NOT NULL,
    seller_id      BLOB   NOT NULL REFERENCES organization (id),
    group_id       BLOB   NOT NULL,
    product_id     BLOB   NOT NULL REFERENCES product (id),
    unit           TEXT   NOT NULL,
    currency       TEXT   NOT NULL,
    amount         INTEGER NOT NULL CHECK (amount > 0),
    min_quantity   INTEGER CHECK (min_quantity > 0),
    order_minimum  INTEGER CHECK (order_minimum > 0),
    order_multiple INTEGER CHECK (order_multiple > 0),
    valid_from     INTEGER,
    valid_until    INTEGER CHECK (valid_until > valid_from),
    recorded_at    INTEGER NOT NULL,
    ended_at       INTEGER CHECK (ended_at >= recorded_at)
) STRICT;
-- A buyer's price is found by the product and the buyer's groups, whatever lists others have.
CREATE INDEX price_product ON price (product_id, group_id);
CREATE INDEX price_source ON price (source_id, product_id);
CREATE INDEX price_page ON price (source_id, id);

-- No two prices of a list for the same product, unit and tier hold at once. Writers of one list take turns, so what is read here stands.
CREATE TRIGGER price_stands_alone BEFORE INSERT ON price
WHEN EXISTS (SELECT 1 FROM price p
              WHERE p.source_id = NEW.source_id AND p.product_id = NEW.product_id AND p.ended_at IS NULL AND p.unit = NEW.unit
                AND p.min_quantity IS NEW.min_quantity
                AND (p.valid_from IS NULL OR NEW.valid_until IS NULL OR p.valid_from < NEW.valid_until)
                AND (NEW.valid_from IS NULL OR p.valid_until IS NULL OR NEW.valid_from < p.valid_until))
BEGIN
    SELECT RAISE(ABORT, 'prices overlap');
END;

CREATE TABLE promotion (
    id           BLOB PRIMARY KEY NOT NULL,
    seller_id    BLOB   NOT NULL REFERENCES organization (id),
    name         TEXT   NOT NULL,
    rank         TEXT   NOT NULL CHECK (rank IN ('CUSTOMER', 'SEGMENT', 'AGREEMENT', 'GENERAL')),
    group_id     BLOB   NOT NULL,
    target       TEXT   NOT NULL CHECK (target IN ('ALL', 'CATEGORY', 'BRAND', 'PRODUCTS')),
    -- In 1/10 000 of a percent.
    percent      INTEGER CHECK (percent > 0 AND percent < 1000000),
    amount       INTEGER CHECK (amount > 0),
    currency     TEXT,
    unit         TEXT,
    min_quantity INTEGER CHECK (min_quantity > 0),
    priority     INTEGER NOT NULL CHECK (priority >= 0),
    valid_from   INTEGER,
    valid_until  INTEGER CHECK (valid_until > valid_from),
    status       TEXT   NOT NULL CHECK (status IN ('DRAFT', 'ACTIVE', 'PAUSED', 'ENDED')),
    since        INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    CHECK ((percent IS NULL) <> (amount IS NULL)),
    CHECK ((amount IS NULL) = (currency IS NULL))
) STRICT;
CREATE INDEX promotion_seller ON promotion (seller_id, id);

-- What a promotion said, as it was recorded at any time.
CREATE TABLE promotion_term (
    id           BLOB PRIMARY KEY NOT NULL,
    promotion_id BLOB    NOT NULL REFERENCES promotion (id),
    seller_id    BLOB    NOT NULL REFERENCES organization (id),
    group_id     BLOB    NOT NULL,
    origin       TEXT    NOT NULL CHECK (origin IN ('AGREEMENT_DISCOUNT', 'PROMOTION')),
    name         TEXT    NOT NULL,
    percent      INTEGER,
    amount       INTEGER,
    currency     TEXT,
    unit         TEXT,
    min_quantity INTEGER,
    priority     INTEGER  NOT NULL,
    valid_from   INTEGER,
    valid_until  INTEGER,
    active       INTEGER NOT NULL CHECK (active IN (0, 1)),
    recorded_at  INTEGER  NOT NULL,
    ended_at     INTEGER CHECK (ended_at >= recorded_at)
) STRICT;
CREATE UNIQUE INDEX promotion_term_promotion_id_key ON promotion_term (promotion_id) WHERE ended_at IS NULL;
CREATE INDEX promotion_term_promotion ON promotion_term (promotion_id, recorded_at);

-- What a promotion is for: a category, a product, or the seller itself, for all of its products or for those of a brand. It never changes.
CREATE TABLE promotion_target (
    id           BLOB PRIMARY KEY NOT NULL,
    promotion_id BLOB   NOT NULL REFERENCES promotion (id),
    seller_id    BLOB   NOT NULL REFERENCES organization (id),
    group_id     BLOB   NOT NULL,
    target_id    BLOB   NOT NULL,
    brand        TEXT
) STRICT;
CREATE INDEX promotion_target_promotion ON promotion_target (promotion_id);
CREATE INDEX promotion_target_target ON promotion_target (target_id, group_id);

-- What an offer asked, as it was recorded at any time: the list price where no list names the product.
CREATE TABLE offer_term (
    id           BLOB PRIMARY KEY NOT NULL,
    offer_id     BLOB    NOT NULL REFERENCES offer (id),
    seller_id    BLOB    NOT NULL REFERENCES organization (id),
    product_id   BLOB    NOT NULL REFERENCES product (id),
    amount       INTEGER  NOT NULL,
    currency     TEXT    NOT NULL,
    unit         TEXT    NOT NULL,
    min_quantity INTEGER  NOT NULL,
    max_quantity INTEGER,
    multiple     INTEGER  NOT NULL,
    valid_from   INTEGER  NOT NULL,
    valid_until  INTEGER,
    public       INTEGER NOT NULL CHECK (public IN (0, 1)),
    active       INTEGER NOT NULL CHECK (active IN (0, 1)),
    recorded_at  INTEGER  NOT NULL,
    ended_at     INTEGER CHECK (ended_at >= recorded_at)
) STRICT;
CREATE UNIQUE INDEX offer_term_offer_id_key ON offer_term (offer_id) WHERE ended_at IS NULL;
CREATE INDEX offer_term_product ON offer_term (product_id, seller_id);
CREATE INDEX offer_term_offer ON offer_term (offer_id, recorded_at);

-- Offers kept no history so far: what they ask now is taken for what they asked since they stand as they do.
INSERT INTO offer_term (id, offer_id, seller_id, product_id, amount, currency, unit, min_quantity, max_quantity, multiple, valid_from,
                        valid_until, public, active, recorded_at, ended_at)
SELECT randomblob(16), id, seller_id, product_id, price, currency, unit, min_quantity, max_quantity, multiple, valid_from,
       valid_until, access = 'PUBLIC', status = 'ACTIVE', since, NULL FROM offer;
