-- Product types and variants, and the versions in which catalogs are published.

CREATE TABLE product_type (
    id          BLOB PRIMARY KEY NOT NULL,
    owner_id    BLOB    NOT NULL REFERENCES organization (id),
    code        TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    names       TEXT    NOT NULL,
    definitions TEXT    NOT NULL,
    published   INTEGER NOT NULL CHECK (published IN (0, 1)),
    narrowed_at INTEGER  NOT NULL,
    created_at  INTEGER  NOT NULL,
    version     INTEGER  NOT NULL,
    UNIQUE (owner_id, code)
) STRICT;
CREATE INDEX product_type_list ON product_type (owner_id, id);

-- To which groups a product type is shown, because of a published product of it.
CREATE TABLE product_type_showing (
    id              BLOB PRIMARY KEY NOT NULL,
    product_type_id BLOB NOT NULL REFERENCES product_type (id),
    owner_id        BLOB NOT NULL REFERENCES organization (id),
    group_id        BLOB NOT NULL,
    UNIQUE (product_type_id, group_id)
) STRICT;

ALTER TABLE product ADD COLUMN type_id BLOB REFERENCES product_type (id);
ALTER TABLE product ADD COLUMN parent_id BLOB REFERENCES product (id) CHECK (parent_id <> id);
-- A variant's values of its type's axes, in one text.
ALTER TABLE product ADD COLUMN axes TEXT CHECK ((axes IS NULL) = (parent_id IS NULL));
CREATE UNIQUE INDEX product_parent_id_axes_key ON product (parent_id, axes) WHERE parent_id IS NOT NULL;
CREATE INDEX product_variants ON product (parent_id, id) WHERE parent_id IS NOT NULL;
CREATE INDEX product_of_type ON product (type_id, id) WHERE type_id IS NOT NULL;

CREATE TABLE catalog_version (
    id           BLOB PRIMARY KEY NOT NULL,
    owner_id     BLOB   NOT NULL REFERENCES organization (id),
    name         TEXT   NOT NULL,
    status       TEXT   NOT NULL CHECK (status IN ('DRAFT', 'REVIEW', 'SCHEDULED', 'LIVE', 'SUPERSEDED', 'CANCELLED')),
    since        INTEGER NOT NULL,
    publish_at   INTEGER,
    sequence     INTEGER,
    published_at INTEGER,
    changes      INTEGER NOT NULL CHECK (changes >= 0),
    created_at   INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    CHECK ((status = 'SCHEDULED') = (publish_at IS NOT NULL)),
    CHECK ((status IN ('LIVE', 'SUPERSEDED')) = (sequence IS NOT NULL)),
    CHECK ((sequence IS NULL) = (published_at IS NULL)),
    UNIQUE (owner_id, sequence)
) STRICT;
CREATE INDEX catalog_version_list ON catalog_version (owner_id, id);
CREATE INDEX catalog_version_status ON catalog_version (owner_id, status, id);
CREATE INDEX catalog_version_due ON catalog_version (publish_at) WHERE status = 'SCHEDULED';

-- What a product is to be stands in the columns of `product`, so that a version is published by a few statements over all of its rows.
CREATE TABLE catalog_change (
    id                 BLOB PRIMARY KEY NOT NULL,
    catalog_version_id BLOB   NOT NULL REFERENCES catalog_version (id),
    owner_id           BLOB   NOT NULL REFERENCES organization (id),
    product_id         BLOB   NOT NULL,
    kind               TEXT   NOT NULL CHECK (kind IN ('ADD', 'REVISE', 'PUBLISH', 'WITHDRAW')),
    made_against       INTEGER,
    category_id        BLOB   REFERENCES category (id),
    number             TEXT,
    name               TEXT,
    description        TEXT,
    gtin               TEXT,
    mpn                TEXT,
    brand              TEXT,
    unit               TEXT,
    attributes         TEXT,
    type_id            BLOB   REFERENCES product_type (id),
    parent_id          BLOB,
    axes               TEXT,
    before             TEXT,
    made_at            INTEGER NOT NULL,
    version            INTEGER NOT NULL,
    CHECK ((kind IN ('ADD', 'REVISE')) = (number IS NOT NULL)),
    CHECK ((kind = 'ADD') = (made_against IS NULL)),
    UNIQUE (catalog_version_id, product_id)
) STRICT;
CREATE UNIQUE INDEX catalog_change_catalog_version_id_number_key ON catalog_change (catalog_version_id, number) WHERE number IS NOT NULL;
CREATE UNIQUE INDEX catalog_change_catalog_version_id_parent_id_axes_key ON catalog_change (catalog_version_id, parent_id, axes) WHERE parent_id IS NOT NULL;
CREATE INDEX catalog_change_list ON catalog_change (catalog_version_id, id);
CREATE INDEX catalog_change_product ON catalog_change (product_id);
