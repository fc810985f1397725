-- Imports: runs, the rows they refused, and which foreign key became which object here.

CREATE TABLE import_run (
    id              uuid PRIMARY KEY,
    organization_id uuid   REFERENCES organization (id),
    kind            text   NOT NULL CHECK (kind IN ('ADVENTURE_WORKS', 'OFFERS')),
    mode            text   NOT NULL CHECK (mode IN ('KEEP_GOOD_ROWS', 'ALL_OR_NOTHING')),
    status          text   NOT NULL CHECK (status IN ('COMPLETED', 'ROLLED_BACK', 'TRIED')),
    files           text   NOT NULL,
    started_at      bigint NOT NULL,
    finished_at     bigint NOT NULL
);
CREATE INDEX import_run_organization ON import_run (organization_id, id);
CALL protect('import_run', 'organization_id = (SELECT current_organization())');

CREATE TABLE import_row (
    id              uuid PRIMARY KEY,
    run_id          uuid   NOT NULL REFERENCES import_run (id),
    organization_id uuid   REFERENCES organization (id),
    file            text   NOT NULL,
    line            bigint NOT NULL,
    problems        text   NOT NULL
);
CREATE INDEX import_row_run ON import_row (run_id, id);
CALL protect('import_row', 'organization_id = (SELECT current_organization())');

CREATE TABLE import_reference (
    id           uuid PRIMARY KEY,
    source       text NOT NULL,
    kind         text NOT NULL,
    external_key text NOT NULL,
    target_id    uuid NOT NULL,
    CONSTRAINT import_reference_source_kind_external_key_key UNIQUE (source, kind, external_key)
);
-- Only the market's own import reads and writes it.
CALL protect('import_reference', 'false');
