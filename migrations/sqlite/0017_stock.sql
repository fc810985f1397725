-- How much of each product its seller has, location by location, and what others are told of it.

CREATE TABLE stock (
    id         BLOB PRIMARY KEY NOT NULL,
    seller_id  BLOB    NOT NULL REFERENCES organization (id),
    product_id BLOB    NOT NULL REFERENCES product (id),
    location   TEXT    NOT NULL,
    quantity   INTEGER NOT NULL CHECK (quantity >= 0),
    unit       TEXT    NOT NULL,
    low_below  INTEGER CHECK (low_below >= 0),
    as_of      INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    UNIQUE (seller_id, product_id, location)
) STRICT;
CREATE INDEX stock_seller ON stock (seller_id, id);
CREATE INDEX stock_product ON stock (product_id, id);

-- One row per product that has stock anywhere; quantities are nobody else's business, so they stand in the other table.
CREATE TABLE availability (
    id         BLOB PRIMARY KEY NOT NULL,
    seller_id  BLOB    NOT NULL REFERENCES organization (id),
    product_id BLOB    NOT NULL REFERENCES product (id),
    level      TEXT    NOT NULL CHECK (level IN ('IN_STOCK', 'LOW', 'OUT', 'UNKNOWN')),
    since      INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    UNIQUE (product_id)
) STRICT;
