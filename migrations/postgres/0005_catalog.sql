-- Categories, products, and what sellers ask for them.

CREATE TABLE category (
    id         uuid PRIMARY KEY,
    owner_id   uuid    NOT NULL REFERENCES organization (id),
    parent_id  uuid    REFERENCES category (id) CHECK (parent_id <> id),
    code       text    NOT NULL,
    name       text    NOT NULL,
    published  boolean NOT NULL,
    created_at bigint  NOT NULL,
    version    bigint  NOT NULL,
    CONSTRAINT category_owner_id_code_key UNIQUE (owner_id, code)
);
CREATE INDEX category_parent ON category (parent_id, id);
CALL protect('category', 'owner_id = (SELECT current_organization()) OR published', 'owner_id = (SELECT current_organization())');

CREATE TABLE product (
    id          uuid PRIMARY KEY,
    owner_id    uuid   NOT NULL REFERENCES organization (id),
    category_id uuid   REFERENCES category (id),
    number      text   NOT NULL,
    name        text   NOT NULL,
    description text,
    gtin        text,
    mpn         text,
    brand       text,
    unit        text   NOT NULL,
    attributes  text   NOT NULL,
    search_text text   NOT NULL,
    status      text   NOT NULL CHECK (status IN ('DRAFT', 'PUBLISHED', 'WITHDRAWN')),
    since       bigint NOT NULL,
    created_at  bigint NOT NULL,
    version     bigint NOT NULL,
    CONSTRAINT product_owner_id_number_key UNIQUE (owner_id, number)
);
CREATE INDEX product_owner ON product (owner_id, id);
CREATE INDEX product_category ON product (category_id, id);
CALL protect('product', 'owner_id = (SELECT current_organization()) OR status = ''PUBLISHED''', 'owner_id = (SELECT current_organization())');

CREATE TABLE offer (
    id               uuid PRIMARY KEY,
    seller_id        uuid   NOT NULL REFERENCES organization (id),
    product_id       uuid   NOT NULL REFERENCES product (id),
    product_owner_id uuid   NOT NULL REFERENCES organization (id),
    price            bigint NOT NULL CHECK (price > 0),
    currency         text   NOT NULL,
    unit             text   NOT NULL,
    min_quantity     bigint NOT NULL CHECK (min_quantity > 0),
    max_quantity     bigint CHECK (max_quantity >= min_quantity),
    multiple         bigint NOT NULL CHECK (multiple > 0),
    lead_time_days   bigint NOT NULL CHECK (lead_time_days >= 0),
    valid_from       bigint NOT NULL,
    valid_until      bigint CHECK (valid_until > valid_from),
    access           text   NOT NULL CHECK (access IN ('PRIVATE', 'PUBLIC')),
    status           text   NOT NULL CHECK (status IN ('ACTIVE', 'PAUSED', 'ENDED')),
    since            bigint NOT NULL,
    created_at       bigint NOT NULL,
    version          bigint NOT NULL
);
-- Only what is active is unique, which a table constraint cannot say.
CREATE UNIQUE INDEX offer_seller_id_product_id_currency_unit_key ON offer (seller_id, product_id, currency, unit) WHERE status = 'ACTIVE';
CREATE INDEX offer_seller ON offer (seller_id, id);
CREATE INDEX offer_product ON offer (product_id, status);
CREATE INDEX offer_product_owner ON offer (product_owner_id, id);
CALL protect('offer',
    'seller_id = (SELECT current_organization()) OR product_owner_id = (SELECT current_organization()) OR access = ''PUBLIC''',
    'seller_id = (SELECT current_organization())');
