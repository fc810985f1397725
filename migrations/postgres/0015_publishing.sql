-- Product types and variants, and the versions in which catalogs are published.

CREATE TABLE product_type (
    id          uuid PRIMARY KEY,
    owner_id    uuid    NOT NULL REFERENCES organization (id),
    code        text    NOT NULL,
    name        text    NOT NULL,
    names       text    NOT NULL,
    definitions text    NOT NULL,
    published   boolean NOT NULL,
    narrowed_at bigint  NOT NULL,
    created_at  bigint  NOT NULL,
    version     bigint  NOT NULL,
    CONSTRAINT product_type_owner_id_code_key UNIQUE (owner_id, code)
);
CREATE INDEX product_type_list ON product_type (owner_id, id);
-- To which groups a product type is shown, because of a published product of it.
CREATE TABLE product_type_showing (
    id              uuid PRIMARY KEY,
    product_type_id uuid NOT NULL REFERENCES product_type (id),
    owner_id        uuid NOT NULL REFERENCES organization (id),
    group_id        uuid NOT NULL,
    CONSTRAINT product_type_showing_product_type_id_group_id_key UNIQUE (product_type_id, group_id)
);
CALL protect('product_type_showing',
    'owner_id = (SELECT current_organization()) OR ' || seen_by_group('product_type_showing.group_id', 'goods'),
    'owner_id = (SELECT current_organization())');
CALL protect('product_type',
    'owner_id = (SELECT current_organization()) OR EXISTS (SELECT 1 FROM product_type_showing s WHERE s.product_type_id = product_type.id)',
    'owner_id = (SELECT current_organization())');

ALTER TABLE product ADD COLUMN type_id uuid REFERENCES product_type (id);
ALTER TABLE product ADD COLUMN parent_id uuid REFERENCES product (id) CHECK (parent_id <> id);
-- A variant's values of its type's axes, in one text.
ALTER TABLE product ADD COLUMN axes text;
ALTER TABLE product ADD CONSTRAINT product_axes CHECK ((axes IS NULL) = (parent_id IS NULL));
CREATE UNIQUE INDEX product_parent_id_axes_key ON product (parent_id, axes) WHERE parent_id IS NOT NULL;
CREATE INDEX product_variants ON product (parent_id, id) WHERE parent_id IS NOT NULL;
CREATE INDEX product_of_type ON product (type_id, id) WHERE type_id IS NOT NULL;

CREATE TABLE catalog_version (
    id           uuid PRIMARY KEY,
    owner_id     uuid   NOT NULL REFERENCES organization (id),
    name         text   NOT NULL,
    status       text   NOT NULL CHECK (status IN ('DRAFT', 'REVIEW', 'SCHEDULED', 'LIVE', 'SUPERSEDED', 'CANCELLED')),
    since        bigint NOT NULL,
    publish_at   bigint,
    sequence     bigint,
    published_at bigint,
    changes      bigint NOT NULL CHECK (changes >= 0),
    created_at   bigint NOT NULL,
    version      bigint NOT NULL,
    CHECK ((status = 'SCHEDULED') = (publish_at IS NOT NULL)),
    CHECK ((status IN ('LIVE', 'SUPERSEDED')) = (sequence IS NOT NULL)),
    CHECK ((sequence IS NULL) = (published_at IS NULL)),
    CONSTRAINT catalog_version_owner_id_sequence_key UNIQUE (owner_id, sequence)
);
CREATE INDEX catalog_version_list ON catalog_version (owner_id, id);
CREATE INDEX catalog_version_status ON catalog_version (owner_id, status, id);
CREATE INDEX catalog_version_due ON catalog_version (publish_at) WHERE status = 'SCHEDULED';
CALL protect('catalog_version', 'owner_id = (SELECT current_organization())');

-- What a product is to be stands in the columns of `product`, so that a version is published by a few statements over all of its rows.
CREATE TABLE catalog_change (
    id                 uuid PRIMARY KEY,
    catalog_version_id uuid   NOT NULL REFERENCES catalog_version (id),
    owner_id           uuid   NOT NULL REFERENCES organization (id),
    product_id         uuid   NOT NULL,
    kind               text   NOT NULL CHECK (kind IN ('ADD', 'REVISE', 'PUBLISH', 'WITHDRAW')),
    made_against       bigint,
    category_id        uuid   REFERENCES category (id),
    number             text,
    name               text,
    description        text,
    gtin               text,
    mpn                text,
    brand              text,
    unit               text,
    attributes         text,
    type_id            uuid   REFERENCES product_type (id),
    parent_id          uuid,
    axes               text,
    before             text,
    made_at            bigint NOT NULL,
    version            bigint NOT NULL,
    CHECK ((kind IN ('ADD', 'REVISE')) = (number IS NOT NULL)),
    CHECK ((kind = 'ADD') = (made_against IS NULL)),
    CONSTRAINT catalog_change_catalog_version_id_product_id_key UNIQUE (catalog_version_id, product_id)
);
CREATE UNIQUE INDEX catalog_change_catalog_version_id_number_key ON catalog_change (catalog_version_id, number) WHERE number IS NOT NULL;
CREATE UNIQUE INDEX catalog_change_catalog_version_id_parent_id_axes_key ON catalog_change (catalog_version_id, parent_id, axes) WHERE parent_id IS NOT NULL;
CREATE INDEX catalog_change_list ON catalog_change (catalog_version_id, id);
CREATE INDEX catalog_change_product ON catalog_change (product_id);
CALL protect('catalog_change', 'owner_id = (SELECT current_organization())');
