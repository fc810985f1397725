-- Customers: who belongs to whom a seller shows its goods and prices to, and how a seller sorts customers and goods.

-- As whom in general `viewing` knows the one who asks: the nil UUID is everybody who is signed in, the largest UUID a visitor, who is not.
CREATE FUNCTION current_audience() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN coalesce(current_organization(), current_person()) IS NOT NULL OR across_tenants()
               THEN '00000000-0000-0000-0000-000000000000'::uuid ELSE 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid END $$;

-- Which organizations belong to a group of viewers, since when and until when, and whether everybody or every visitor does. Nothing is
-- deleted: what a price was at some time in the past depends on who belonged to which group then.
CREATE TABLE viewing (
    id        uuid PRIMARY KEY,
    group_id  uuid    NOT NULL,
    seller_id uuid    NOT NULL REFERENCES organization (id),
    viewer_id uuid    NOT NULL,
    goods     boolean NOT NULL,
    prices    boolean NOT NULL,
    since     bigint  NOT NULL,
    until     bigint,
    -- Ended by a suspension, and to be taken up again when that ends.
    halted    boolean NOT NULL,
    version   bigint  NOT NULL
);
-- Who belongs to a group belongs to it once.
CREATE UNIQUE INDEX viewing_group_id_viewer_id_key ON viewing (group_id, viewer_id) WHERE until IS NULL;
CREATE INDEX viewing_group ON viewing (group_id, viewer_id);
CREATE INDEX viewing_viewer ON viewing (viewer_id, group_id);
CREATE INDEX viewing_seller ON viewing (seller_id, viewer_id);
-- All groups whose goods a viewer is shown, with each search.
CREATE INDEX viewing_goods ON viewing (viewer_id, group_id, seller_id) WHERE until IS NULL AND goods;
CALL protect('viewing',
    'seller_id = (SELECT current_organization()) OR viewer_id IN ((SELECT current_audience()), (SELECT current_organization()))',
    'seller_id = (SELECT current_organization())');

SELECT set_config('tradehall.task', 'MIGRATION', true);
INSERT INTO viewing (id, group_id, seller_id, viewer_id, goods, prices, since, until, halted, version)
SELECT gen_random_uuid(), id, id, '00000000-0000-0000-0000-000000000000', true, true, created_at, NULL, false, 1 FROM organization;

-- What people see who are no customers of a shop, and who have not even signed in: never more. Only shops have these.
ALTER TABLE venue ADD COLUMN guest_policy text CHECK (guest_policy IN ('OPEN', 'PRICES_HIDDEN', 'CUSTOMERS_ONLY'));
ALTER TABLE venue ADD COLUMN visitor_policy text CHECK (visitor_policy IN ('OPEN', 'PRICES_HIDDEN', 'SIGNED_IN_ONLY')
    AND (visitor_policy = 'SIGNED_IN_ONLY' OR access = 'PUBLIC' AND (guest_policy = 'OPEN' OR guest_policy = visitor_policy)));
UPDATE venue SET guest_policy = 'OPEN', visitor_policy = 'SIGNED_IN_ONLY' WHERE model = 'SELL_SIDE';
-- A seller has one shop: its goods and prices are shown to the same groups everywhere.
CREATE UNIQUE INDEX venue_owner_id_key ON venue (owner_id) WHERE model = 'SELL_SIDE';

-- To which group a published product is shown.
ALTER TABLE product ADD COLUMN viewers_id uuid;
-- When it was last sorted into assortments, for whoever keeps an index of products.
ALTER TABLE product ADD COLUMN sorted_at bigint;
UPDATE product SET viewers_id = owner_id, sorted_at = created_at;
ALTER TABLE product ALTER COLUMN viewers_id SET NOT NULL, ALTER COLUMN sorted_at SET NOT NULL;
CREATE INDEX product_sorted ON product (owner_id, sorted_at);
SELECT set_config('tradehall.task', '', true);

-- The words of a policy that say whether whoever asks belongs to the group in `group_column` and is shown its `what`, goods or
-- prices. Words and not a function of its own: the planner does not look into those. OFFSET 0 keeps it from reading all groups that
-- are open to everybody, thousands, to look one up: it looks each one up by its index, as the same words in queries do.
CREATE FUNCTION seen_by_group(group_column text, what text) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT format('EXISTS (SELECT 1 FROM viewing v WHERE v.group_id = %s AND v.until IS NULL AND v.%s
   AND v.viewer_id IN ((SELECT current_audience()), (SELECT current_organization())) OFFSET 0)', group_column, what) $$;

CREATE PROCEDURE unprotect(target regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('DROP POLICY tenant_sees ON %s', target);
    EXECUTE format('DROP POLICY tenant_adds ON %s', target);
    EXECUTE format('DROP POLICY tenant_changes ON %s', target);
    EXECUTE format('DROP POLICY tenant_deletes ON %s', target);
END $$;

-- Who has not signed in knows the sellers that show goods to visitors, and their shops.
CALL unprotect('organization');
CALL protect('organization',
    'coalesce((SELECT current_organization()), (SELECT current_person())) IS NOT NULL
     OR EXISTS (SELECT 1 FROM viewing v WHERE v.seller_id = organization.id AND v.viewer_id = (SELECT current_audience())
                AND v.until IS NULL AND v.goods)',
    'id = (SELECT current_organization())');
CALL unprotect('venue');
CALL protect('venue',
    'access = ''PUBLIC'' AND (coalesce((SELECT current_organization()), (SELECT current_person())) IS NOT NULL
                              OR model = ''SELL_SIDE'' AND ' || seen_by_group('venue.owner_id', 'goods') || ')
     OR owner_id = (SELECT current_organization())
     OR id IN (SELECT venue_id FROM participation WHERE organization_id = (SELECT current_organization()))',
    'owner_id = (SELECT current_organization())');
CALL unprotect('venue_owner');
CALL protect('venue_owner',
    'organization_id = (SELECT current_organization())
     OR coalesce((SELECT current_organization()), (SELECT current_person())) IS NOT NULL AND venue_id IN (SELECT id FROM venue)',
    'venue_id IN (SELECT id FROM venue WHERE owner_id = (SELECT current_organization())) OR organization_id = (SELECT current_organization())');

-- To which groups a category is shown, because of a published product in it or below it.
CREATE TABLE category_showing (
    id          uuid PRIMARY KEY,
    category_id uuid NOT NULL REFERENCES category (id),
    owner_id    uuid NOT NULL REFERENCES organization (id),
    group_id    uuid NOT NULL,
    CONSTRAINT category_showing_category_id_group_id_key UNIQUE (category_id, group_id)
);
SELECT set_config('tradehall.task', 'MIGRATION', true);
INSERT INTO category_showing (id, category_id, owner_id, group_id)
SELECT gen_random_uuid(), id, owner_id, owner_id FROM category WHERE published;
SELECT set_config('tradehall.task', '', true);
CALL protect('category_showing', 'owner_id = (SELECT current_organization()) OR ' || seen_by_group('category_showing.group_id', 'goods'),
    'owner_id = (SELECT current_organization())');

CALL unprotect('product');
CALL protect('product',
    'owner_id = (SELECT current_organization()) OR status = ''PUBLISHED'' AND ' || seen_by_group('product.viewers_id', 'goods'),
    'owner_id = (SELECT current_organization())');
CALL unprotect('category');
CALL protect('category',
    'owner_id = (SELECT current_organization()) OR EXISTS (SELECT 1 FROM category_showing s WHERE s.category_id = category.id)',
    'owner_id = (SELECT current_organization())');
CALL unprotect('offer');
CALL protect('offer',
    'seller_id = (SELECT current_organization()) OR product_owner_id = (SELECT current_organization())
     OR access = ''PUBLIC'' AND ' || seen_by_group('offer.seller_id', 'prices')
     || ' AND EXISTS (SELECT 1 FROM product p WHERE p.id = product_id)',
    'seller_id = (SELECT current_organization())');

-- What a seller notes of a customer, under the id of its participation.
CREATE TABLE customer (
    id        uuid PRIMARY KEY REFERENCES participation (id),
    seller_id uuid   NOT NULL REFERENCES organization (id),
    buyer_id  uuid   NOT NULL REFERENCES organization (id),
    number    text,
    note      text,
    reach     text   NOT NULL CHECK (reach IN ('GENERAL', 'ASSORTMENTS_ONLY')),
    version   bigint NOT NULL,
    CONSTRAINT customer_seller_id_number_key UNIQUE (seller_id, number),
    CONSTRAINT customer_seller_id_buyer_id_key UNIQUE (seller_id, buyer_id)
);
CALL protect('customer', 'seller_id = (SELECT current_organization())');

CREATE TABLE segment (
    id         uuid PRIMARY KEY,
    seller_id  uuid   NOT NULL REFERENCES organization (id),
    code       text   NOT NULL,
    name       text   NOT NULL,
    created_at bigint NOT NULL,
    version    bigint NOT NULL,
    CONSTRAINT segment_seller_id_code_key UNIQUE (seller_id, code)
);
CALL protect('segment', 'seller_id = (SELECT current_organization())');

CREATE TABLE assortment (
    id         uuid PRIMARY KEY,
    seller_id  uuid   NOT NULL REFERENCES organization (id),
    code       text   NOT NULL,
    name       text   NOT NULL,
    kind       text   NOT NULL CHECK (kind IN ('EXCLUSIVE', 'SHARED')),
    -- The rule by which products belong to it, as JSON.
    rule       text   NOT NULL,
    created_at bigint NOT NULL,
    version    bigint NOT NULL,
    CONSTRAINT assortment_seller_id_code_key UNIQUE (seller_id, code)
);
CALL protect('assortment', 'seller_id = (SELECT current_organization())');

-- The products that belong to an assortment by name.
CREATE TABLE assortment_product (
    id            uuid PRIMARY KEY,
    assortment_id uuid NOT NULL REFERENCES assortment (id),
    seller_id     uuid NOT NULL REFERENCES organization (id),
    product_id    uuid NOT NULL REFERENCES product (id),
    CONSTRAINT assortment_product_assortment_id_product_id_key UNIQUE (assortment_id, product_id)
);
CREATE INDEX assortment_product_product ON assortment_product (product_id);
CREATE INDEX assortment_product_seller ON assortment_product (seller_id);
CALL protect('assortment_product', 'seller_id = (SELECT current_organization())');

-- To whom an assortment is shown, or hidden from: a segment or a customer.
CREATE TABLE assortment_grant (
    id            uuid PRIMARY KEY,
    assortment_id uuid NOT NULL REFERENCES assortment (id),
    seller_id     uuid NOT NULL REFERENCES organization (id),
    grantee_id    uuid NOT NULL,
    effect        text NOT NULL CHECK (effect IN ('SHOWN', 'HIDDEN')),
    CONSTRAINT assortment_grant_assortment_id_grantee_id_key UNIQUE (assortment_id, grantee_id)
);
CREATE INDEX assortment_grant_seller ON assortment_grant (seller_id);
CALL protect('assortment_grant', 'seller_id = (SELECT current_organization())');

-- A set of assortments that some product belongs to. Products with the same set are shown to the same group.
CREATE TABLE selection (
    id          uuid PRIMARY KEY,
    seller_id   uuid NOT NULL REFERENCES organization (id),
    -- The assortments' ids, sorted, as JSON.
    assortments text NOT NULL,
    CONSTRAINT selection_seller_id_assortments_key UNIQUE (seller_id, assortments)
);
CALL protect('selection', 'seller_id = (SELECT current_organization())');
