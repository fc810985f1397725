-- Customers: who belongs to whom a seller shows its goods and prices to, and how a seller sorts customers and goods.

-- Which organizations belong to a group of viewers, since when and until when; the nil UUID is everybody who is signed in, the largest UUID
-- a visitor, who is not. Nothing is deleted: what a price was at some time in the past depends on who belonged to which group then.
CREATE TABLE viewing (
    id        BLOB PRIMARY KEY NOT NULL,
    group_id  BLOB    NOT NULL,
    seller_id BLOB    NOT NULL REFERENCES organization (id),
    viewer_id BLOB    NOT NULL,
    goods     INTEGER NOT NULL CHECK (goods IN (0, 1)),
    prices    INTEGER NOT NULL CHECK (prices IN (0, 1)),
    since     INTEGER  NOT NULL,
    until     INTEGER,
    -- Ended by a suspension, and to be taken up again when that ends.
    halted    INTEGER NOT NULL CHECK (halted IN (0, 1)),
    version   INTEGER  NOT NULL
) STRICT;
-- Who belongs to a group belongs to it once.
CREATE UNIQUE INDEX viewing_group_id_viewer_id_key ON viewing (group_id, viewer_id) WHERE until IS NULL;
CREATE INDEX viewing_group ON viewing (group_id, viewer_id);
CREATE INDEX viewing_viewer ON viewing (viewer_id, group_id);
CREATE INDEX viewing_seller ON viewing (seller_id, viewer_id);
-- All groups whose goods a viewer is shown, with each search.
CREATE INDEX viewing_goods ON viewing (viewer_id, group_id, seller_id) WHERE until IS NULL AND goods;

INSERT INTO viewing (id, group_id, seller_id, viewer_id, goods, prices, since, until, halted, version)
SELECT randomblob(16), id, id, zeroblob(16), 1, 1, created_at, NULL, 0, 1 FROM organization;

-- What people see who are no customers of a shop, and who have not even signed in: never more. Only shops have these.
ALTER TABLE venue ADD COLUMN guest_policy TEXT CHECK (guest_policy IN ('OPEN', 'PRICES_HIDDEN', 'CUSTOMERS_ONLY'));
ALTER TABLE venue ADD COLUMN visitor_policy TEXT CHECK (visitor_policy IN ('OPEN', 'PRICES_HIDDEN', 'SIGNED_IN_ONLY')
    AND (visitor_policy = 'SIGNED_IN_ONLY' OR access = 'PUBLIC' AND (guest_policy = 'OPEN' OR guest_policy = visitor_policy)));
UPDATE venue SET guest_policy = 'OPEN', visitor_policy = 'SIGNED_IN_ONLY' WHERE model = 'SELL_SIDE';
-- A seller has one shop: its goods and prices are shown to the same groups everywhere.
CREATE UNIQUE INDEX venue_owner_id_key ON venue (owner_id) WHERE model = 'SELL_SIDE';

-- To which group a published product is shown, and when it was last sorted into assortments, for whoever keeps an index of products.
ALTER TABLE product ADD COLUMN viewers_id BLOB NOT NULL DEFAULT x'00000000000000000000000000000000';
ALTER TABLE product ADD COLUMN sorted_at INTEGER NOT NULL DEFAULT 0;
UPDATE product SET viewers_id = owner_id, sorted_at = created_at;
CREATE INDEX product_sorted ON product (owner_id, sorted_at);

-- To which groups a category is shown, because of a published product in it or below it.
CREATE TABLE category_showing (
    id          BLOB PRIMARY KEY NOT NULL,
    category_id BLOB NOT NULL REFERENCES category (id),
    owner_id    BLOB NOT NULL REFERENCES organization (id),
    group_id    BLOB NOT NULL,
    UNIQUE (category_id, group_id)
) STRICT;
INSERT INTO category_showing (id, category_id, owner_id, group_id)
SELECT randomblob(16), id, owner_id, owner_id FROM category WHERE published;


-- What a seller notes of a customer, under the id of its participation.
CREATE TABLE customer (
    id        BLOB PRIMARY KEY NOT NULL REFERENCES participation (id),
    seller_id BLOB   NOT NULL REFERENCES organization (id),
    buyer_id  BLOB   NOT NULL REFERENCES organization (id),
    number    TEXT,
    note      TEXT,
    reach     TEXT   NOT NULL CHECK (reach IN ('GENERAL', 'ASSORTMENTS_ONLY')),
    version   INTEGER NOT NULL,
    UNIQUE (seller_id, number),
    UNIQUE (seller_id, buyer_id)
) STRICT;

CREATE TABLE segment (
    id         BLOB PRIMARY KEY NOT NULL,
    seller_id  BLOB   NOT NULL REFERENCES organization (id),
    code       TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    created_at INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    UNIQUE (seller_id, code)
) STRICT;

CREATE TABLE assortment (
    id         BLOB PRIMARY KEY NOT NULL,
    seller_id  BLOB   NOT NULL REFERENCES organization (id),
    code       TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    kind       TEXT   NOT NULL CHECK (kind IN ('EXCLUSIVE', 'SHARED')),
    -- The rule by which products belong to it, as JSON.
    rule       TEXT   NOT NULL,
    created_at INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    UNIQUE (seller_id, code)
) STRICT;

-- The products that belong to an assortment by name.
CREATE TABLE assortment_product (
    id            BLOB PRIMARY KEY NOT NULL,
    assortment_id BLOB NOT NULL REFERENCES assortment (id),
    seller_id     BLOB NOT NULL REFERENCES organization (id),
    product_id    BLOB NOT NULL REFERENCES product (id),
    UNIQUE (assortment_id, product_id)
) STRICT;
CREATE INDEX assortment_product_product ON assortment_product (product_id);
CREATE INDEX assortment_product_seller ON assortment_product (seller_id);

-- To whom an assortment is shown, or hidden from: a segment or a customer.
CREATE TABLE assortment_grant (
    id            BLOB PRIMARY KEY NOT NULL,
    assortment_id BLOB NOT NULL REFERENCES assortment (id),
    seller_id     BLOB NOT NULL REFERENCES organization (id),
    grantee_id    BLOB NOT NULL,
    effect        TEXT NOT NULL CHECK (effect IN ('SHOWN', 'HIDDEN')),
    UNIQUE (assortment_id, grantee_id)
) STRICT;
CREATE INDEX assortment_grant_seller ON assortment_grant (seller_id);

-- A set of assortments that some product belongs to. Products with the same set are shown to the same group.
CREATE TABLE selection (
    id          BLOB PRIMARY KEY NOT NULL,
    seller_id   BLOB NOT NULL REFERENCES organization (id),
    -- The assortments' ids, sorted, as JSON.
    assortments TEXT NOT NULL,
    UNIQUE (seller_id, assortments)
) STRICT;
