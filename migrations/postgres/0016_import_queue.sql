-- Imports wait in a queue, are carried on some rows at a time, and read what was uploaded; exports go the other way.

ALTER TABLE import_run DROP CONSTRAINT import_run_kind_check;
ALTER TABLE import_run DROP CONSTRAINT import_run_status_check;
ALTER TABLE import_run ALTER COLUMN finished_at DROP NOT NULL;
ALTER TABLE import_run
    ADD COLUMN is_trial      boolean NOT NULL DEFAULT false,
    ADD COLUMN phase         text    NOT NULL DEFAULT 'APPLYING' CHECK (phase IN ('CHECKING', 'APPLYING')),
    ADD COLUMN attachment_id uuid    REFERENCES attachment (id),
    ADD COLUMN settings      text    NOT NULL DEFAULT '{}',
    ADD COLUMN user_id       uuid,
    ADD COLUMN api_key_id    uuid,
    ADD COLUMN position      bigint  NOT NULL DEFAULT 0 CHECK (position >= 0),
    ADD COLUMN row_count     bigint,
    ADD COLUMN problems      text    NOT NULL DEFAULT '[]',
    ADD COLUMN due_at        bigint,
    ADD COLUMN version       bigint  NOT NULL DEFAULT 1;
UPDATE import_run SET is_trial = status = 'TRIED',
                      phase = CASE WHEN status = 'TRIED' THEN 'CHECKING' ELSE 'APPLYING' END,
                      status = CASE status WHEN 'ROLLED_BACK' THEN 'FAILED' ELSE 'COMPLETED' END;
ALTER TABLE import_run
    ADD CONSTRAINT import_run_kind_check CHECK (kind IN ('ADVENTURE_WORKS', 'OFFERS', 'CATEGORIES', 'PRODUCTS', 'STOCK', 'PRICES', 'CUSTOMERS')),
    ADD CONSTRAINT import_run_status_check CHECK (status IN ('QUEUED', 'READING', 'COMPLETED', 'PARTLY', 'FAILED', 'CANCELLED'));
CREATE INDEX import_run_due ON import_run (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX import_run_open ON import_run (organization_id) WHERE due_at IS NOT NULL;

ALTER TABLE import_row ADD COLUMN cells text NOT NULL DEFAULT '[]';

CREATE TABLE import_mapping (
    id              uuid PRIMARY KEY,
    organization_id uuid   NOT NULL REFERENCES organization (id),
    kind            text   NOT NULL,
    name            text   NOT NULL,
    columns         text   NOT NULL,
    saved_at        bigint NOT NULL,
    version         bigint NOT NULL,
    CONSTRAINT import_mapping_organization_id_kind_name_key UNIQUE (organization_id, kind, name)
);
CREATE INDEX import_mapping_list ON import_mapping (organization_id, id);
CALL protect('import_mapping', 'organization_id = (SELECT current_organization())');

CREATE TABLE export_run (
    id              uuid PRIMARY KEY,
    organization_id uuid   NOT NULL REFERENCES organization (id),
    kind            text   NOT NULL CHECK (kind IN ('CATEGORIES', 'PRODUCTS', 'OFFERS', 'STOCK', 'PRICES', 'CUSTOMERS', 'IMPORT_REPORT')),
    format          text   NOT NULL CHECK (format IN ('CSV', 'XLSX')),
    status          text   NOT NULL CHECK (status IN ('QUEUED', 'COMPLETED', 'FAILED', 'CANCELLED')),
    filter          text   NOT NULL,
    user_id         uuid,
    api_key_id      uuid,
    row_count       bigint NOT NULL CHECK (row_count >= 0),
    attachment_id   uuid REFERENCES attachment (id),
    problems        text   NOT NULL,
    started_at      bigint NOT NULL,
    finished_at     bigint,
    due_at          bigint,
    version         bigint NOT NULL
);
CREATE INDEX export_run_organization ON export_run (organization_id, id);
CREATE INDEX export_run_due ON export_run (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX export_run_open ON export_run (organization_id) WHERE due_at IS NOT NULL;
CALL protect('export_run', 'organization_id = (SELECT current_organization())');
