-- Imports wait in a queue, are carried on some rows at a time, and read what was uploaded; exports go the other way.

CREATE TABLE import_run_next (
    id              BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB    REFERENCES organization (id),
    kind            TEXT    NOT NULL CHECK (kind IN ('ADVENTURE_WORKS', 'OFFERS', 'CATEGORIES', 'PRODUCTS', 'STOCK', 'PRICES', 'CUSTOMERS')),
    mode            TEXT    NOT NULL CHECK (mode IN ('KEEP_GOOD_ROWS', 'ALL_OR_NOTHING')),
    status          TEXT    NOT NULL CHECK (status IN ('QUEUED', 'READING', 'COMPLETED', 'PARTLY', 'FAILED', 'CANCELLED')),
    files           TEXT    NOT NULL,
    started_at      INTEGER NOT NULL,
    finished_at     INTEGER,
    is_trial        INTEGER NOT NULL CHECK (is_trial IN (0, 1)),
    phase           TEXT    NOT NULL CHECK (phase IN ('CHECKING', 'APPLYING')),
    attachment_id   BLOB    REFERENCES attachment (id),
    settings        TEXT    NOT NULL,
    user_id         BLOB,
    api_key_id      BLOB,
    position        INTEGER NOT NULL CHECK (position >= 0),
    row_count       INTEGER,
    problems        TEXT    NOT NULL,
    due_at          INTEGER,
    version         INTEGER NOT NULL
) STRICT;
INSERT INTO import_run_next
SELECT id, organization_id, kind, mode, CASE status WHEN 'ROLLED_BACK' THEN 'FAILED' ELSE 'COMPLETED' END, files, started_at,
       finished_at, status = 'TRIED', CASE WHEN status = 'TRIED' THEN 'CHECKING' ELSE 'APPLYING' END, NULL, '{}', NULL, NULL, 0, NULL,
       '[]', NULL, 1
  FROM import_run;

CREATE TABLE import_row_next (
    id              BLOB PRIMARY KEY NOT NULL,
    run_id          BLOB    NOT NULL REFERENCES import_run_next (id),
    organization_id BLOB    REFERENCES organization (id),
    file            TEXT    NOT NULL,
    line            INTEGER NOT NULL,
    problems        TEXT    NOT NULL,
    cells           TEXT    NOT NULL
) STRICT;
INSERT INTO import_row_next SELECT id, run_id, organization_id, file, line, problems, '[]' FROM import_row;
DROP TABLE import_row;
DROP TABLE import_run;
ALTER TABLE import_run_next RENAME TO import_run;
ALTER TABLE import_row_next RENAME TO import_row;
CREATE INDEX import_run_organization ON import_run (organization_id, id);
CREATE INDEX import_run_due ON import_run (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX import_run_open ON import_run (organization_id) WHERE due_at IS NOT NULL;
CREATE INDEX import_row_run ON import_row (run_id, id);

CREATE TABLE import_mapping (
    id              BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB    NOT NULL REFERENCES organization (id),
    kind            TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    columns         TEXT    NOT NULL,
    saved_at        INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    UNIQUE (organization_id, kind, name)
) STRICT;
CREATE INDEX import_mapping_list ON import_mapping (organization_id, id);

CREATE TABLE export_run (
    id              BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB    NOT NULL REFERENCES organization (id),
    kind            TEXT    NOT NULL CHECK (kind IN ('CATEGORIES', 'PRODUCTS', 'OFFERS', 'STOCK', 'PRICES', 'CUSTOMERS', 'IMPORT_REPORT')),
    format          TEXT    NOT NULL CHECK (format IN ('CSV', 'XLSX')),
    status          TEXT    NOT NULL CHECK (status IN ('QUEUED', 'COMPLETED', 'FAILED', 'CANCELLED')),
    filter          TEXT    NOT NULL,
    user_id         BLOB,
    api_key_id      BLOB,
    row_count       INTEGER NOT NULL CHECK (row_count >= 0),
    attachment_id   BLOB    REFERENCES attachment (id),
    problems        TEXT    NOT NULL,
    started_at      INTEGER NOT NULL,
    finished_at     INTEGER,
    due_at          INTEGER,
    version         INTEGER NOT NULL
) STRICT;
CREATE INDEX export_run_organization ON export_run (organization_id, id);
CREATE INDEX export_run_due ON export_run (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX export_run_open ON export_run (organization_id) WHERE due_at IS NOT NULL;
