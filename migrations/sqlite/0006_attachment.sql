-- Files: the bytes, the uploads that bring them, what they are attached to, and who sees them there.

-- Bytes are nobody's: whether two organizations have the same file is not for them to know. Only the market itself works on them.
CREATE TABLE attachment_content (
    id             BLOB PRIMARY KEY NOT NULL,
    sha256         BLOB    NOT NULL UNIQUE CHECK (length(sha256) = 32),
    size           INTEGER NOT NULL CHECK (size > 0),
    is_stored      INTEGER NOT NULL CHECK (is_stored IN (0, 1)),
    -- Since when it may be that nothing references it; the sweep settles that.
    in_doubt_since INTEGER,
    -- Since when it is being dropped: nothing may reference it any more.
    condemned_at   INTEGER
) STRICT;
CREATE INDEX attachment_content_doubt ON attachment_content (in_doubt_since) WHERE in_doubt_since IS NOT NULL;
CREATE INDEX attachment_content_condemned ON attachment_content (condemned_at) WHERE condemned_at IS NOT NULL;

CREATE TABLE attachment_upload (
    id            BLOB PRIMARY KEY NOT NULL,
    owner_id      BLOB    NOT NULL REFERENCES organization (id),
    user_id       BLOB,
    api_key_id    BLOB,
    file_name     TEXT    NOT NULL,
    media_type    TEXT    NOT NULL,
    size          INTEGER NOT NULL CHECK (size > 0),
    status        TEXT    NOT NULL CHECK (status IN ('REQUESTED', 'COMPLETED')),
    requested_at  INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    version       INTEGER NOT NULL
) STRICT;
CREATE INDEX attachment_upload_open ON attachment_upload (owner_id, expires_at, size) WHERE status = 'REQUESTED';
CREATE INDEX attachment_upload_expiry ON attachment_upload (expires_at);

CREATE TABLE attachment (
    id               BLOB PRIMARY KEY NOT NULL,
    owner_id         BLOB    NOT NULL REFERENCES organization (id),
    user_id          BLOB,
    api_key_id       BLOB,
    file_name        TEXT    NOT NULL,
    media_type       TEXT    NOT NULL,
    size             INTEGER NOT NULL CHECK (size > 0),
    content_id       BLOB    NOT NULL REFERENCES attachment_content (id),
    sha256           BLOB    NOT NULL CHECK (length(sha256) = 32),
    uploaded_at      INTEGER NOT NULL,
    unattached_since INTEGER,
    version          INTEGER NOT NULL,
    -- So that rows below cannot claim another owner.
    UNIQUE (id, owner_id)
) STRICT;
CREATE INDEX attachment_owner ON attachment (owner_id, size);
CREATE INDEX attachment_content_use ON attachment (content_id);
CREATE INDEX attachment_unattached ON attachment (unattached_since) WHERE unattached_since IS NOT NULL;

CREATE TABLE attachment_link (
    id            BLOB PRIMARY KEY NOT NULL,
    attachment_id BLOB    NOT NULL,
    owner_id      BLOB    NOT NULL,
    subject_kind  TEXT    NOT NULL,
    subject_id    BLOB    NOT NULL,
    is_public     INTEGER NOT NULL CHECK (is_public IN (0, 1)),
    attached_at   INTEGER NOT NULL,
    UNIQUE (attachment_id, subject_kind, subject_id),
    FOREIGN KEY (attachment_id, owner_id) REFERENCES attachment (id, owner_id)
) STRICT;
CREATE INDEX attachment_link_subject ON attachment_link (subject_kind, subject_id, id);

CREATE TABLE attachment_grant (
    id              BLOB PRIMARY KEY NOT NULL,
    link_id         BLOB NOT NULL REFERENCES attachment_link (id),
    attachment_id   BLOB NOT NULL,
    owner_id        BLOB NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organization (id),
    UNIQUE (link_id, organization_id),
    FOREIGN KEY (attachment_id, owner_id) REFERENCES attachment (id, owner_id)
) STRICT;
CREATE INDEX attachment_grant_attachment ON attachment_grant (attachment_id, organization_id);

-- What signs links to files. One row.
CREATE TABLE attachment_key (
    id         BLOB PRIMARY KEY NOT NULL,
    name       TEXT    NOT NULL UNIQUE,
    secret     BLOB    NOT NULL CHECK (length(secret) = 32),
    created_at INTEGER NOT NULL
) STRICT;
