-- People, what they sign in with, and the mails they get. What proves an identity is read by the market alone, before anyone is known.

-- Who shares an organization with the person asking; the organization capability, which knows, replaces it.
CREATE FUNCTION colleagues() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$ SELECT NULL::uuid WHERE false $$;

CREATE TABLE user_account (
    id           uuid PRIMARY KEY,
    email        text    NOT NULL,
    email_normal text    NOT NULL CONSTRAINT user_account_email_normal_key UNIQUE,
    full_name    text    NOT NULL,
    language     text    NOT NULL CHECK (language IN ('EN', 'VI')),
    staff        boolean NOT NULL,
    created_at   bigint  NOT NULL,
    version      bigint  NOT NULL
);
CALL protect('user_account', 'id = (SELECT current_person()) OR id IN (SELECT colleagues())', 'id = (SELECT current_person())');

-- One row per account, under the account's id.
CREATE TABLE user_password (
    id         uuid PRIMARY KEY REFERENCES user_account (id),
    hash       text   NOT NULL,
    changed_at bigint NOT NULL,
    version    bigint NOT NULL
);
CALL protect('user_password', 'false');

CREATE TABLE registration (
    id            uuid PRIMARY KEY,
    email         text   NOT NULL,
    email_normal  text   NOT NULL,
    full_name     text   NOT NULL,
    language      text   NOT NULL CHECK (language IN ('EN', 'VI')),
    password_hash text   NOT NULL,
    token         bytea  NOT NULL CONSTRAINT registration_token_key UNIQUE,
    created_at    bigint NOT NULL,
    expires_at    bigint NOT NULL,
    used_at       bigint,
    version       bigint NOT NULL
);
CREATE INDEX registration_email ON registration (email_normal, id);
CREATE INDEX registration_expiry ON registration (expires_at);
CALL protect('registration', 'false');

CREATE TABLE password_reset (
    id         uuid PRIMARY KEY,
    user_id    uuid REFERENCES user_account (id),
    token      bytea  NOT NULL CONSTRAINT password_reset_token_key UNIQUE,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    used_at    bigint,
    version    bigint NOT NULL
);
CREATE INDEX password_reset_user ON password_reset (user_id);
CREATE INDEX password_reset_expiry ON password_reset (expires_at);
CALL protect('password_reset', 'false');

CREATE TABLE login (
    id              uuid PRIMARY KEY,
    user_id         uuid   NOT NULL REFERENCES user_account (id),
    organization_id uuid,
    created_at      bigint NOT NULL,
    expires_at      bigint NOT NULL,
    ended_at        bigint,
    end_reason      text CHECK (end_reason IN ('SIGNED_OUT', 'TOKEN_REUSED', 'PASSWORD_CHANGED', 'PASSWORD_RESET', 'DISPLACED')),
    version         bigint NOT NULL,
    CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);
CREATE INDEX login_user ON login (user_id) WHERE ended_at IS NULL;
CREATE INDEX login_expiry ON login (expires_at);
CALL protect('login', 'user_id = (SELECT current_person())');

CREATE TABLE refresh_token (
    id         uuid PRIMARY KEY,
    login_id   uuid   NOT NULL REFERENCES login (id) ON DELETE CASCADE,
    token      bytea  NOT NULL CONSTRAINT refresh_token_token_key UNIQUE,
    expires_at bigint NOT NULL,
    used_at    bigint,
    version    bigint NOT NULL
);
CREATE INDEX refresh_token_login ON refresh_token (login_id);
CALL protect('refresh_token', 'false');

CREATE TABLE api_key (
    id              uuid PRIMARY KEY,
    organization_id uuid   NOT NULL,
    issuer_id       uuid   NOT NULL REFERENCES user_account (id),
    name            text   NOT NULL,
    hint            text   NOT NULL,
    secret          bytea  NOT NULL CONSTRAINT api_key_secret_key UNIQUE,
    scopes          bigint NOT NULL,
    created_at      bigint NOT NULL,
    expires_at      bigint,
    revoked_at      bigint,
    version         bigint NOT NULL
);
CREATE INDEX api_key_organization ON api_key (organization_id, id);
CALL protect('api_key', 'organization_id = (SELECT current_organization())');

CREATE TABLE signing_key (
    id          uuid PRIMARY KEY,
    kid         text   NOT NULL CONSTRAINT signing_key_kid_key UNIQUE,
    seed        bytea  NOT NULL CHECK (length(seed) = 32),
    active_from bigint NOT NULL,
    revoked_at  bigint,
    created_at  bigint NOT NULL,
    version     bigint NOT NULL
);
CALL protect('signing_key', 'false');

-- Attempts on one account or from one address have taken up the time until then.
CREATE TABLE attempt_limit (
    id          uuid PRIMARY KEY,
    taken_until bigint NOT NULL
);
CREATE INDEX attempt_limit_age ON attempt_limit (taken_until);
CALL protect('attempt_limit', 'false');

-- Anyone at work may have a mail written; only the market reads and sends them.
CREATE TABLE outgoing_mail (
    id         uuid PRIMARY KEY,
    recipient  text   NOT NULL,
    language   text   NOT NULL CHECK (language IN ('EN', 'VI')),
    letter     text   NOT NULL,
    attempts   bigint NOT NULL CHECK (attempts >= 0),
    due_at     bigint NOT NULL,
    created_at bigint NOT NULL,
    version    bigint NOT NULL
);
CREATE INDEX outgoing_mail_due ON outgoing_mail (due_at, id);
CALL protect('outgoing_mail', 'false', 'true');
