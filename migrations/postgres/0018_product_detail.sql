-- What else is told of a product: packagings, documents, relations to other products, and the numbers under which others know it.

CREATE TABLE product_packaging (
    id         uuid PRIMARY KEY,
    owner_id   uuid   NOT NULL REFERENCES organization (id),
    product_id uuid   NOT NULL REFERENCES product (id),
    unit       text   NOT NULL,
    quantity   bigint NOT NULL CHECK (quantity > 0),
    of_unit    text   NOT NULL,
    gtin       text,
    weight     bigint CHECK (weight > 0),
    length     bigint CHECK (length > 0),
    width      bigint CHECK (width > 0),
    height     bigint CHECK (height > 0),
    place      bigint NOT NULL CHECK (place >= 0),
    CONSTRAINT product_packaging_product_id_unit_key UNIQUE (product_id, unit)
);
CREATE INDEX product_packaging_gtin ON product_packaging (gtin) WHERE gtin IS NOT NULL;

CREATE TABLE product_document (
    id            uuid PRIMARY KEY,
    owner_id      uuid   NOT NULL REFERENCES organization (id),
    product_id    uuid   NOT NULL REFERENCES product (id),
    attachment_id uuid   NOT NULL,
    role          text   NOT NULL CHECK (role IN ('IMAGE', 'DATASHEET', 'CERTIFICATE', 'MANUAL')),
    alt           text   NOT NULL,
    number        text,
    issued        bigint,
    expires       bigint,
    place         bigint NOT NULL CHECK (place >= 0),
    next_check_at bigint,
    version       bigint NOT NULL,
    CHECK ((role = 'CERTIFICATE') = (number IS NOT NULL)),
    CONSTRAINT product_document_product_id_attachment_id_key UNIQUE (product_id, attachment_id),
    FOREIGN KEY (attachment_id, owner_id) REFERENCES attachment (id, owner_id)
);
CREATE INDEX product_document_due ON product_document (next_check_at) WHERE next_check_at IS NOT NULL;

CREATE TABLE product_relation (
    id         uuid PRIMARY KEY,
    owner_id   uuid   NOT NULL REFERENCES organization (id),
    product_id uuid   NOT NULL REFERENCES product (id),
    kind       text   NOT NULL CHECK (kind IN ('SUBSTITUTE', 'SUCCESSOR', 'ACCESSORY', 'COMPONENT')),
    other_id   uuid   NOT NULL REFERENCES product (id) CHECK (other_id <> product_id),
    quantity   bigint CHECK (quantity > 0),
    from_day   bigint,
    place      bigint NOT NULL CHECK (place >= 0),
    CHECK ((kind = 'COMPONENT') = (quantity IS NOT NULL)),
    CONSTRAINT product_relation_product_id_kind_other_id_key UNIQUE (product_id, kind, other_id)
);
-- Whose unit a kit counts.
CREATE INDEX product_relation_component ON product_relation (other_id) WHERE kind = 'COMPONENT';

-- A number is private to its holder and the product's owner where it is a customer's own, and seen with the product otherwise.
CREATE TABLE part_number (
    id         uuid PRIMARY KEY,
    owner_id   uuid NOT NULL REFERENCES organization (id),
    product_id uuid NOT NULL REFERENCES product (id),
    kind       text NOT NULL CHECK (kind IN ('CUSTOMER', 'ORIGINAL', 'COMPETITOR', 'PREDECESSOR')),
    holder_id  uuid NOT NULL REFERENCES organization (id),
    issuer     text,
    number     text NOT NULL,
    key        text NOT NULL,
    CONSTRAINT part_number_product_id_kind_holder_id_key_key UNIQUE (product_id, kind, holder_id, key)
);
CREATE INDEX part_number_lookup ON part_number (key);

-- Numbers are looked up whoever's they are.
CREATE INDEX product_number ON product (number);
CREATE INDEX product_mpn ON product (mpn) WHERE mpn IS NOT NULL;
CREATE INDEX product_gtin ON product (gtin) WHERE gtin IS NOT NULL;

CALL protect('product_packaging',
    'owner_id = (SELECT current_organization()) OR EXISTS (SELECT FROM product p WHERE p.id = product_packaging.product_id)',
    'owner_id = (SELECT current_organization())');
CALL protect('product_document',
    'owner_id = (SELECT current_organization()) OR EXISTS (SELECT FROM product p WHERE p.id = product_document.product_id)',
    'owner_id = (SELECT current_organization())');
CALL protect('product_relation',
    'owner_id = (SELECT current_organization())
     OR EXISTS (SELECT FROM product p WHERE p.id = product_relation.product_id)
        AND EXISTS (SELECT FROM product p WHERE p.id = product_relation.other_id)',
    'owner_id = (SELECT current_organization())');
CALL protect('part_number',
    'owner_id = (SELECT current_organization()) OR holder_id = (SELECT current_organization())
     OR kind <> ''CUSTOMER'' AND EXISTS (SELECT FROM product p WHERE p.id = part_number.product_id)',
    'owner_id = (SELECT current_organization()) OR kind = ''CUSTOMER'' AND holder_id = (SELECT current_organization())');

-- A file that is attached to a product is seen by whoever sees the product.
CALL unprotect('attachment_link');
CALL protect('attachment_link',
    'owner_id = (SELECT current_organization())
     OR is_public AND coalesce((SELECT current_organization()), (SELECT current_person())) IS NOT NULL
     OR EXISTS (SELECT FROM attachment_grant g
                WHERE g.link_id = attachment_link.id AND g.organization_id = (SELECT current_organization()))
     OR subject_kind = ''PRODUCT'' AND EXISTS (SELECT FROM product p WHERE p.id = attachment_link.subject_id)',
    'owner_id = (SELECT current_organization())');
CALL unprotect('attachment');
CALL protect('attachment',
    'owner_id = (SELECT current_organization())
     OR EXISTS (SELECT FROM attachment_link l
                WHERE l.attachment_id = attachment.id AND l.is_public
                  AND coalesce((SELECT current_organization()), (SELECT current_person())) IS NOT NULL)
     OR EXISTS (SELECT FROM attachment_grant g
                WHERE g.attachment_id = attachment.id AND g.organization_id = (SELECT current_organization()))
     OR EXISTS (SELECT FROM attachment_link l WHERE l.attachment_id = attachment.id AND l.subject_kind = ''PRODUCT'')',
    'owner_id = (SELECT current_organization())');
