-- Categories, products, and what sellers ask for them.

CREATE TABLE category (
    id         BLOB PRIMARY KEY NOT NULL,
    owner_id   BLOB    NOT NULL REFERENCES organization (id),
    parent_id  BLOB    REFERENCES category (id) CHECK (parent_id <> id),
    code       TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    published  INTEGER NOT NULL CHECK (published IN (0, 1)),
    created_at INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    UNIQUE (owner_id, code)
) STRICT;
CREATE INDEX category_parent ON category (parent_id, id);

CREATE TABLE product (
    id          BLOB PRIMARY KEY NOT NULL,
    owner_id    BLOB    NOT NULL REFERENCES organization (id),
    category_id BLOB    REFERENCES category (id),
    number      TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    description TEXT,
    gtin        TEXT,
    mpn         TEXT,
    brand       TEXT,
    unit        TEXT    NOT NULL,
    attributes  TEXT    NOT NULL,
    search_text TEXT    NOT NULL,
    status      TEXT    NOT NULL CHECK (status IN ('DRAFT', 'PUBLISHED', 'WITHDRAWN')),
    since       INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    UNIQUE (owner_id, number)
) STRICT;
CREATE INDEX product_owner ON product (owner_id, id);
CREATE INDEX product_category ON product (category_id, id);

CREATE TABLE offer (
    id               BLOB PRIMARY KEY NOT NULL,
    seller_id        BLOB    NOT NULL REFERENCES organization (id),
    product_id       BLOB    NOT NULL REFERENCES product (id),
    product_owner_id BLOB    NOT NULL REFERENCES organization (id),
    price            INTEGER NOT NULL CHECK (price > 0),
    currency         TEXT    NOT NULL,
    unit             TEXT    NOT NULL,
    min_quantity     INTEGER NOT NULL CHECK (min_quantity > 0),
    max_quantity     INTEGER CHECK (max_quantity >= min_quantity),
    multiple         INTEGER NOT NULL CHECK (multiple > 0),
    lead_time_days   INTEGER NOT NULL CHECK (lead_time_days >= 0),
    valid_from       INTEGER NOT NULL,
    valid_until      INTEGER CHECK (valid_until > valid_from),
    access           TEXT    NOT NULL CHECK (access IN ('PRIVATE', 'PUBLIC')),
    status           TEXT    NOT NULL CHECK (status IN ('ACTIVE', 'PAUSED', 'ENDED')),
    since            INTEGER NOT NULL,
    created_at       INTEGER NOT NULL,
    version          INTEGER NOT NULL
) STRICT;
-- Only what is active is unique, which a table constraint cannot say.
CREATE UNIQUE INDEX offer_seller_id_product_id_currency_unit_key ON offer (seller_id, product_id, currency, unit) WHERE status = 'ACTIVE';
CREATE INDEX offer_seller ON offer (seller_id, id);
CREATE INDEX offer_product ON offer (product_id, status);
CREATE INDEX offer_product_owner ON offer (product_owner_id, id);
