-- Files: the bytes, the uploads that bring them, what they are attached to, and who sees them there.

-- Bytes are nobody's: whether two organizations have the same file is not for them to know. Only the market itself works on them.
CREATE TABLE attachment_content (
    id             uuid PRIMARY KEY,
    sha256         bytea   NOT NULL CHECK (length(sha256) = 32),
    size           bigint  NOT NULL CHECK (size > 0),
    is_stored      boolean NOT NULL,
    -- Since when it may be that nothing references it; the sweep settles that.
    in_doubt_since bigint,
    -- Since when it is being dropped: nothing may reference it any more.
    condemned_at   bigint,
    CONSTRAINT attachment_content_sha256_key UNIQUE (sha256)
);
CREATE INDEX attachment_content_doubt ON attachment_content (in_doubt_since) WHERE in_doubt_since IS NOT NULL;
CREATE INDEX attachment_content_condemned ON attachment_content (condemned_at) WHERE condemned_at IS NOT NULL;

CREATE TABLE attachment_upload (
    id            uuid PRIMARY KEY,
    owner_id      uuid   NOT NULL REFERENCES organization (id),
    user_id       uuid,
    api_key_id    uuid,
    file_name     text   NOT NULL,
    media_type    text   NOT NULL,
    size          bigint NOT NULL CHECK (size > 0),
    status        text   NOT NULL CHECK (status IN ('REQUESTED', 'COMPLETED')),
    requested_at  bigint NOT NULL,
    expires_at    bigint NOT NULL,
    version       bigint NOT NULL
);
CREATE INDEX attachment_upload_open ON attachment_upload (owner_id, expires_at, size) WHERE status = 'REQUESTED';
CREATE INDEX attachment_upload_expiry ON attachment_upload (expires_at);

CREATE TABLE attachment (
    id               uuid PRIMARY KEY,
    owner_id         uuid   NOT NULL REFERENCES organization (id),
    user_id          uuid,
    api_key_id       uuid,
    file_name        text   NOT NULL,
    media_type       text   NOT NULL,
    size             bigint NOT NULL CHECK (size > 0),
    content_id       uuid   NOT NULL REFERENCES attachment_content (id),
    sha256           bytea  NOT NULL CHECK (length(sha256) = 32),
    uploaded_at      bigint NOT NULL,
    unattached_since bigint,
    version          bigint NOT NULL,
    -- So that rows below cannot claim another owner.
    CONSTRAINT attachment_id_owner_id_key UNIQUE (id, owner_id)
);
CREATE INDEX attachment_owner ON attachment (owner_id, size);
CREATE INDEX attachment_content_use ON attachment (content_id);
CREATE INDEX attachment_unattached ON attachment (unattached_since) WHERE unattached_since IS NOT NULL;

CREATE TABLE attachment_link (
    id            uuid PRIMARY KEY,
    attachment_id uuid    NOT NULL,
    owner_id      uuid    NOT NULL,
    subject_kind  text    NOT NULL,
    subject_id    uuid    NOT NULL,
    is_public     boolean NOT NULL,
    attached_at   bigint  NOT NULL,
    CONSTRAINT attachment_link_attachment_id_subject_kind_subject_id_key UNIQUE (attachment_id, subject_kind, subject_id),
    FOREIGN KEY (attachment_id, owner_id) REFERENCES attachment (id, owner_id)
);
CREATE INDEX attachment_link_subject ON attachment_link (subject_kind, subject_id, id);

CREATE TABLE attachment_grant (
    id              uuid PRIMARY KEY,
    link_id         uuid NOT NULL REFERENCES attachment_link (id),
    attachment_id   uuid NOT NULL,
    owner_id        uuid NOT NULL,
    organization_id uuid NOT NULL REFERENCES organization (id),
    CONSTRAINT attachment_grant_link_id_organization_id_key UNIQUE (link_id, organization_id),
    FOREIGN KEY (attachment_id, owner_id) REFERENCES attachment (id, owner_id)
);
CREATE INDEX attachment_grant_attachment ON attachment_grant (attachment_id, organization_id);

-- What signs links to files. One row.
CREATE TABLE attachment_key (
    id         uuid PRIMARY KEY,
    name       text   NOT NULL,
    secret     bytea  NOT NULL CHECK (length(secret) = 32),
    created_at bigint NOT NULL,
    CONSTRAINT attachment_key_name_key UNIQUE (name)
);

CALL protect('attachment_content', 'false');
CALL protect('attachment_key', 'false');
CALL protect('attachment_upload', 'owner_id = (SELECT current_organization())');
CALL protect('attachment_grant',
    'owner_id = (SELECT current_organization()) OR organization_id = (SELECT current_organization())',
    'owner_id = (SELECT current_organization())');
CALL protect('attachment_link',
    'owner_id = (SELECT current_organization())
     OR is_public AND coalesce((SELECT current_organization()), (SELECT current_person())) IS NOT NULL
     OR EXISTS (SELECT FROM attachment_grant g
                WHERE g.link_id = attachment_link.id AND g.organization_id = (SELECT current_organization()))',
    'owner_id = (SELECT current_organization())');
CALL protect('attachment',
    'owner_id = (SELECT current_organization())
     OR EXISTS (SELECT FROM attachment_link l
                WHERE l.attachment_id = attachment.id AND l.is_public
                  AND coalesce((SELECT current_organization()), (SELECT current_person())) IS NOT NULL)
     OR EXISTS (SELECT FROM attachment_grant g
                WHERE g.attachment_id = attachment.id AND g.organization_id = (SELECT current_organization()))',
    'owner_id = (SELECT current_organization())');
