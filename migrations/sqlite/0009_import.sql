-- Imports: runs, the rows they refused, and which foreign key became which object here.

CREATE TABLE import_run (
    id              BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB    REFERENCES organization (id),
    kind            TEXT    NOT NULL CHECK (kind IN ('ADVENTURE_WORKS', 'OFFERS')),
    mode            TEXT    NOT NULL CHECK (mode IN ('KEEP_GOOD_ROWS', 'ALL_OR_NOTHING')),
    status          TEXT    NOT NULL CHECK (status IN ('COMPLETED', 'ROLLED_BACK', 'TRIED')),
    files           TEXT    NOT NULL,
    started_at      INTEGER NOT NULL,
    finished_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX import_run_organization ON import_run (organization_id, id);

CREATE TABLE import_row (
    id              BLOB PRIMARY KEY NOT NULL,
    run_id          BLOB    NOT NULL REFERENCES import_run (id),
    organization_id BLOB    REFERENCES organization (id),
    file            TEXT    NOT NULL,
    line            INTEGER NOT NULL,
    problems        TEXT    NOT NULL
) STRICT;
CREATE INDEX import_row_run ON import_row (run_id, id);

CREATE TABLE import_reference (
    id           BLOB PRIMARY KEY NOT NULL,
    source       TEXT NOT NULL,
    kind         TEXT NOT NULL,
    external_key TEXT NOT NULL,
    target_id    BLOB NOT NULL,
    UNIQUE (source, kind, external_key)
) STRICT;
