-- Venues, who owns them, who takes part.

CREATE TABLE venue (
    id         uuid PRIMARY KEY,
    owner_id   uuid   NOT NULL REFERENCES organization (id),
    model      text   NOT NULL CHECK (model IN ('BUY_SIDE', 'SELL_SIDE', 'INTERMEDIARY', 'CONSORTIUM')),
    name       text   NOT NULL,
    access     text   NOT NULL CHECK (access IN ('PRIVATE', 'PUBLIC')),
    created_at bigint NOT NULL,
    version    bigint NOT NULL
);
CREATE INDEX venue_owner_index ON venue (owner_id, id);

CREATE TABLE venue_owner (
    id                 uuid PRIMARY KEY,
    venue_id           uuid   NOT NULL REFERENCES venue (id),
    organization_id    uuid   NOT NULL REFERENCES organization (id),
    share_basis_points bigint NOT NULL CHECK (share_basis_points BETWEEN 1 AND 10000),
    CONSTRAINT venue_owner_venue_id_organization_id_key UNIQUE (venue_id, organization_id)
);

CREATE TABLE participation (
    id              uuid PRIMARY KEY,
    venue_id        uuid   NOT NULL REFERENCES venue (id),
    owner_id        uuid   NOT NULL REFERENCES organization (id),
    organization_id uuid   NOT NULL REFERENCES organization (id),
    side            text   NOT NULL CHECK (side IN ('BUYER', 'SELLER')),
    status          text   NOT NULL CHECK (status IN ('INVITED', 'APPLIED', 'APPROVED', 'REJECTED', 'SUSPENDED', 'LEFT')),
    barred          boolean NOT NULL,
    since           bigint NOT NULL,
    version         bigint NOT NULL,
    CONSTRAINT participation_venue_id_organization_id_side_key UNIQUE (venue_id, organization_id, side)
);
CREATE INDEX participation_organization ON participation (organization_id, id);

CALL protect('participation', 'owner_id = (SELECT current_organization()) OR organization_id = (SELECT current_organization())');
CALL protect('venue',
    'access = ''PUBLIC'' OR owner_id = (SELECT current_organization())
     OR id IN (SELECT venue_id FROM participation WHERE organization_id = (SELECT current_organization()))',
    'owner_id = (SELECT current_organization())');
CALL protect('venue_owner',
    'organization_id = (SELECT current_organization()) OR venue_id IN (SELECT id FROM venue)',
    'venue_id IN (SELECT id FROM venue WHERE owner_id = (SELECT current_organization())) OR organization_id = (SELECT current_organization())');
