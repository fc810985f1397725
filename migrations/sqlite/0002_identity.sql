-- People, what they sign in with, and the mails they get. What proves an identity is read by the market alone, before anyone is known.

CREATE TABLE user_account (
    id           BLOB PRIMARY KEY NOT NULL,
    email        TEXT    NOT NULL,
    email_normal TEXT    NOT NULL UNIQUE,
    full_name    TEXT    NOT NULL,
    language     TEXT    NOT NULL CHECK (language IN ('EN', 'VI')),
    staff        INTEGER NOT NULL CHECK (staff IN (0, 1)),
    created_at   INTEGER NOT NULL,
    version      INTEGER NOT NULL
) STRICT;

-- One row per account, under the account's id.
CREATE TABLE user_password (
    id         BLOB PRIMARY KEY NOT NULL REFERENCES user_account (id),
    hash       TEXT    NOT NULL,
    changed_at INTEGER NOT NULL,
    version    INTEGER NOT NULL
) STRICT;

CREATE TABLE registration (
    id            BLOB PRIMARY KEY NOT NULL,
    email         TEXT    NOT NULL,
    email_normal  TEXT    NOT NULL,
    full_name     TEXT    NOT NULL,
    language      TEXT    NOT NULL CHECK (language IN ('EN', 'VI')),
    password_hash TEXT    NOT NULL,
    token         BLOB    NOT NULL UNIQUE,
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    used_at       INTEGER,
    version       INTEGER NOT NULL
) STRICT;
CREATE INDEX registration_email ON registration (email_normal, id);
CREATE INDEX registration_expiry ON registration (expires_at);

CREATE TABLE password_reset (
    id         BLOB PRIMARY KEY NOT NULL,
    user_id    BLOB    REFERENCES user_account (id),
    token      BLOB    NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER,
    version    INTEGER NOT NULL
) STRICT;
CREATE INDEX password_reset_user ON password_reset (user_id);
CREATE INDEX password_reset_expiry ON password_reset (expires_at);

CREATE TABLE login (
    id              BLOB PRIMARY KEY NOT NULL,
    user_id         BLOB    NOT NULL REFERENCES user_account (id),
    organization_id BLOB,
    created_at      INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL,
    ended_at        INTEGER,
    end_reason      TEXT    CHECK (end_reason IN ('SIGNED_OUT', 'TOKEN_REUSED', 'PASSWORD_CHANGED', 'PASSWORD_RESET', 'DISPLACED')),
    version         INTEGER NOT NULL,
    CHECK ((ended_at IS NULL) = (end_reason IS NULL))
) STRICT;
CREATE INDEX login_user ON login (user_id) WHERE ended_at IS NULL;
CREATE INDEX login_expiry ON login (expires_at);

CREATE TABLE refresh_token (
    id         BLOB PRIMARY KEY NOT NULL,
    login_id   BLOB    NOT NULL REFERENCES login (id) ON DELETE CASCADE,
    token      BLOB    NOT NULL UNIQUE,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER,
    version    INTEGER NOT NULL
) STRICT;
CREATE INDEX refresh_token_login ON refresh_token (login_id);

CREATE TABLE api_key (
    id              BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB    NOT NULL,
    issuer_id       BLOB    NOT NULL REFERENCES user_account (id),
    name            TEXT    NOT NULL,
    hint            TEXT    NOT NULL,
    secret          BLOB    NOT NULL UNIQUE,
    scopes          INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    expires_at      INTEGER,
    revoked_at      INTEGER,
    version         INTEGER NOT NULL
) STRICT;
CREATE INDEX api_key_organization ON api_key (organization_id, id);

CREATE TABLE signing_key (
    id          BLOB PRIMARY KEY NOT NULL,
    kid         TEXT    NOT NULL UNIQUE,
    seed        BLOB    NOT NULL CHECK (length(seed) = 32),
    active_from INTEGER NOT NULL,
    revoked_at  INTEGER,
    created_at  INTEGER NOT NULL,
    version     INTEGER NOT NULL
) STRICT;

-- Attempts on one account or from one address have taken up the time until then.
CREATE TABLE attempt_limit (
    id          BLOB PRIMARY KEY NOT NULL,
    taken_until INTEGER NOT NULL
) STRICT;
CREATE INDEX attempt_limit_age ON attempt_limit (taken_until);

-- Anyone at work may have a mail written; only the market reads and sends them.
CREATE TABLE outgoing_mail (
    id         BLOB PRIMARY KEY NOT NULL,
    recipient  TEXT    NOT NULL,
    language   TEXT    NOT NULL CHECK (language IN ('EN', 'VI')),
    letter     TEXT    NOT NULL,
    attempts   INTEGER NOT NULL CHECK (attempts >= 0),
    due_at     INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    version    INTEGER NOT NULL
) STRICT;
CREATE INDEX outgoing_mail_due ON outgoing_mail (due_at, id);
