-- How much of each product its seller has, location by location, and what others are told of it.

CREATE TABLE stock (
    id         uuid PRIMARY KEY,
    seller_id  uuid   NOT NULL REFERENCES organization (id),
    product_id uuid   NOT NULL REFERENCES product (id),
    location   text   NOT NULL,
    quantity   bigint NOT NULL CHECK (quantity >= 0),
    unit       text   NOT NULL,
    low_below  bigint CHECK (low_below >= 0),
    as_of      bigint NOT NULL,
    version    bigint NOT NULL,
    CONSTRAINT stock_seller_id_product_id_location_key UNIQUE (seller_id, product_id, location)
);
CREATE INDEX stock_seller ON stock (seller_id, id);
CREATE INDEX stock_product ON stock (product_id, id);
CALL protect('stock', 'seller_id = (SELECT current_organization())');

-- One row per product that has stock anywhere; quantities are nobody else's business, so they stand in the other table.
CREATE TABLE availability (
    id         uuid PRIMARY KEY,
    seller_id  uuid   NOT NULL REFERENCES organization (id),
    product_id uuid   NOT NULL REFERENCES product (id),
    level      text   NOT NULL CHECK (level IN ('IN_STOCK', 'LOW', 'OUT', 'UNKNOWN')),
    since      bigint NOT NULL,
    version    bigint NOT NULL,
    CONSTRAINT availability_product_id_key UNIQUE (product_id)
);
-- Whoever sees the product sees whether it is there.
CALL protect('availability',
    'seller_id = (SELECT current_organization()) OR EXISTS (SELECT FROM product p WHERE p.id = availability.product_id)',
    'seller_id = (SELECT current_organization())');
