-- Organizations: the tenants.

CREATE TABLE organization (
    id           BLOB PRIMARY KEY NOT NULL,
    name         TEXT    NOT NULL,
    country      TEXT    NOT NULL,
    verification TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    version      INTEGER NOT NULL
) STRICT;
