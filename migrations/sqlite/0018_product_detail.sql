-- What else is told of a product: packagings, documents, relations to other products, and the numbers under which others know it.

CREATE TABLE product_packaging (
    id         BLOB PRIMARY KEY NOT NULL,
    owner_id   BLOB   NOT NULL REFERENCES organization (id),
    product_id BLOB   NOT NULL REFERENCES product (id),
    unit       TEXT   NOT NULL,
    quantity   INTEGER NOT NULL CHECK (quantity > 0),
    of_unit    TEXT   NOT NULL,
    gtin       TEXT,
    weight     INTEGER CHECK (weight > 0),
    length     INTEGER CHECK (length > 0),
    width      INTEGER CHECK (width > 0),
    height     INTEGER CHECK (height > 0),
    place      INTEGER NOT NULL CHECK (place >= 0),
    UNIQUE (product_id, unit)
) STRICT;
CREATE INDEX product_packaging_gtin ON product_packaging (gtin) WHERE gtin IS NOT NULL;

CREATE TABLE product_document (
    id            BLOB PRIMARY KEY NOT NULL,
    owner_id      BLOB   NOT NULL REFERENCES organization (id),
    product_id    BLOB   NOT NULL REFERENCES product (id),
    attachment_id BLOB   NOT NULL,
    role          TEXT   NOT NULL CHECK (role IN ('IMAGE', 'DATASHEET', 'CERTIFICATE', 'MANUAL')),
    alt           TEXT   NOT NULL,
    number        TEXT,
    issued        INTEGER,
    expires       INTEGER,
    place         INTEGER NOT NULL CHECK (place >= 0),
    next_check_at INTEGER,
    version       INTEGER NOT NULL,
    CHECK ((role = 'CERTIFICATE') = (number IS NOT NULL)),
    UNIQUE (product_id, attachment_id),
    FOREIGN KEY (attachment_id, owner_id) REFERENCES attachment (id, owner_id)
) STRICT;
CREATE INDEX product_document_due ON product_document (next_check_at) WHERE next_check_at IS NOT NULL;

CREATE TABLE product_relation (
    id         BLOB PRIMARY KEY NOT NULL,
    owner_id   BLOB   NOT NULL REFERENCES organization (id),
    product_id BLOB   NOT NULL REFERENCES product (id),
    kind       TEXT   NOT NULL CHECK (kind IN ('SUBSTITUTE', 'SUCCESSOR', 'ACCESSORY', 'COMPONENT')),
    other_id   BLOB   NOT NULL REFERENCES product (id) CHECK (other_id <> product_id),
    quantity   INTEGER CHECK (quantity > 0),
    from_day   INTEGER,
    place      INTEGER NOT NULL CHECK (place >= 0),
    CHECK ((kind = 'COMPONENT') = (quantity IS NOT NULL)),
    UNIQUE (product_id, kind, other_id)
) STRICT;
-- Whose unit a kit counts.
CREATE INDEX product_relation_component ON product_relation (other_id) WHERE kind = 'COMPONENT';

-- A number is private to its holder and the product's owner where it is a customer's own, and seen with the product otherwise.
CREATE TABLE part_number (
    id         BLOB PRIMARY KEY NOT NULL,
    owner_id   BLOB NOT NULL REFERENCES organization (id),
    product_id BLOB NOT NULL REFERENCES product (id),
    kind       TEXT NOT NULL CHECK (kind IN ('CUSTOMER', 'ORIGINAL', 'COMPETITOR', 'PREDECESSOR')),
    holder_id  BLOB NOT NULL REFERENCES organization (id),
    issuer     TEXT,
    number     TEXT NOT NULL,
    key        TEXT NOT NULL,
    UNIQUE (product_id, kind, holder_id, key)
) STRICT;
CREATE INDEX part_number_lookup ON part_number (key);

-- Numbers are looked up whoever's they are.
CREATE INDEX product_number ON product (number);
CREATE INDEX product_mpn ON product (mpn) WHERE mpn IS NOT NULL;
CREATE INDEX product_gtin ON product (gtin) WHERE gtin IS NOT NULL;
