-- Events and idempotency keys. There is no row-level security here: an embedded market is one trusted process.

CREATE TABLE event (
    id              BLOB PRIMARY KEY NOT NULL,
    position        INTEGER UNIQUE,
    organization_id BLOB,
    counterparty_id BLOB,
    subject_kind    TEXT    NOT NULL,
    subject_id      BLOB    NOT NULL,
    kind            TEXT    NOT NULL,
    payload         TEXT    NOT NULL,
    principal_id    BLOB,
    occurred_at     INTEGER NOT NULL,
    previous_hash   BLOB,
    hash            BLOB
) STRICT;
CREATE INDEX event_fresh ON event (id) WHERE position IS NULL;
CREATE INDEX event_subject ON event (subject_kind, subject_id, id);
CREATE INDEX event_organization ON event (organization_id, position);
CREATE INDEX event_counterparty ON event (counterparty_id, id);

CREATE TABLE idempotency_key (
    id          BLOB PRIMARY KEY NOT NULL,
    caller_id   BLOB    NOT NULL,
    key         TEXT    NOT NULL,
    command     TEXT    NOT NULL,
    fingerprint TEXT    NOT NULL,
    made        TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    UNIQUE (caller_id, key)
) STRICT;
CREATE INDEX idempotency_key_age ON idempotency_key (created_at);
