-- Venues, who owns them, who takes part.

CREATE TABLE venue (
    id         BLOB PRIMARY KEY NOT NULL,
    owner_id   BLOB    NOT NULL REFERENCES organization (id),
    model      TEXT    NOT NULL CHECK (model IN ('BUY_SIDE', 'SELL_SIDE', 'INTERMEDIARY', 'CONSORTIUM')),
    name       TEXT    NOT NULL,
    access     TEXT    NOT NULL CHECK (access IN ('PRIVATE', 'PUBLIC')),
    created_at INTEGER NOT NULL,
    version    INTEGER NOT NULL
) STRICT;
CREATE INDEX venue_owner_index ON venue (owner_id, id);

CREATE TABLE venue_owner (
    id                 BLOB PRIMARY KEY NOT NULL,
    venue_id           BLOB    NOT NULL REFERENCES venue (id),
    organization_id    BLOB    NOT NULL REFERENCES organization (id),
    share_basis_points INTEGER NOT NULL CHECK (share_basis_points BETWEEN 1 AND 10000),
    UNIQUE (venue_id, organization_id)
) STRICT;

CREATE TABLE participation (
    id              BLOB PRIMARY KEY NOT NULL,
    venue_id        BLOB    NOT NULL REFERENCES venue (id),
    owner_id        BLOB    NOT NULL REFERENCES organization (id),
    organization_id BLOB    NOT NULL REFERENCES organization (id),
    side            TEXT    NOT NULL CHECK (side IN ('BUYER', 'SELLER')),
    status          TEXT    NOT NULL CHECK (status IN ('INVITED', 'APPLIED', 'APPROVED', 'REJECTED', 'SUSPENDED', 'LEFT')),
    barred          INTEGER NOT NULL CHECK (barred IN (0, 1)),
    since           INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    UNIQUE (venue_id, organization_id, side)
) STRICT;
CREATE INDEX participation_organization ON participation (organization_id, id);
