-- The frame that every capability stands in: who is asking, what protects a table, events and idempotency keys.

DO $$
BEGIN
    -- Roles belong to the whole cluster, and several markets may be migrated at once.
    CREATE ROLE tradehall_runtime NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END $$;

DO $$
BEGIN
    EXECUTE format('GRANT tradehall_runtime TO %I', current_user);
EXCEPTION WHEN OTHERS THEN
    NULL; -- A member already, or a superuser, who needs no membership.
END $$;

GRANT USAGE ON SCHEMA public TO tradehall_runtime;

-- The organization acted for; NULL when none is.
CREATE FUNCTION current_organization() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('tradehall.organization', true), '')::uuid $$;

-- The person asking; NULL when none is.
CREATE FUNCTION current_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('tradehall.user', true), '')::uuid $$;

-- Whether the market itself is at work across tenants.
CREATE FUNCTION across_tenants() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('tradehall.task', true), '') <> '' $$;

-- Puts a table behind row-level security: `visible` says which rows are seen, and locked or changed; `writable` what a row must fulfil to be
-- added, to stand after a change, and to be deleted.
CREATE PROCEDURE protect(target regclass, visible text, writable text DEFAULT NULL) LANGUAGE plpgsql AS $$
DECLARE
    seen    text := format('(SELECT across_tenants()) OR (%s)', visible);
    written text := format('(SELECT across_tenants()) OR (%s)', coalesce(writable, visible));
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO tradehall_runtime', target);
    EXECUTE format('CREATE POLICY tenant_sees ON %s FOR SELECT USING (%s)', target, seen);
    EXECUTE format('CREATE POLICY tenant_adds ON %s FOR INSERT WITH CHECK (%s)', target, written);
    EXECUTE format('CREATE POLICY tenant_changes ON %s FOR UPDATE USING (%s) WITH CHECK (%s)', target, seen, written);
    EXECUTE format('CREATE POLICY tenant_deletes ON %s FOR DELETE USING (%s)', target, written);
END $$;

CREATE TABLE event (
    id              uuid PRIMARY KEY,
    position        bigint CONSTRAINT event_position_key UNIQUE,
    organization_id uuid,
    counterparty_id uuid,
    subject_kind    text   NOT NULL,
    subject_id      uuid   NOT NULL,
    kind            text   NOT NULL,
    payload         text   NOT NULL,
    principal_id    uuid,
    occurred_at     bigint NOT NULL,
    previous_hash   bytea,
    hash            bytea
);
CREATE INDEX event_fresh ON event (id) WHERE position IS NULL;
CREATE INDEX event_subject ON event (subject_kind, subject_id, id);
CREATE INDEX event_organization ON event (organization_id, position);
CREATE INDEX event_counterparty ON event (counterparty_id, id);
CALL protect('event', 'organization_id = (SELECT current_organization()) OR counterparty_id = (SELECT current_organization())',
             'organization_id = (SELECT current_organization()) OR counterparty_id = (SELECT current_organization()) OR organization_id IS NULL');

CREATE TABLE idempotency_key (
    id          uuid PRIMARY KEY,
    caller_id   uuid   NOT NULL,
    key         text   NOT NULL,
    command     text   NOT NULL,
    fingerprint text   NOT NULL,
    made        text   NOT NULL,
    created_at  bigint NOT NULL,
    CONSTRAINT idempotency_key_caller_id_key_key UNIQUE (caller_id, key)
);
CREATE INDEX idempotency_key_age ON idempotency_key (created_at);
CALL protect('idempotency_key', 'caller_id = (SELECT current_organization()) OR caller_id = (SELECT current_person())');
