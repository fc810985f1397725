-- Organizations: the tenants, their check, their units and their people.

CREATE TABLE organization (
    id                 BLOB PRIMARY KEY NOT NULL,
    name               TEXT NOT NULL,
    search_text        TEXT NOT NULL,
    country            TEXT NOT NULL,
    verification       TEXT NOT NULL CHECK (verification IN ('UNVERIFIED', 'SUBMITTED', 'IN_REVIEW', 'CHANGES_REQUESTED', 'REJECTED', 'VERIFIED', 'SUSPENDED')),
    verification_since INTEGER NOT NULL,
    buyer              TEXT CHECK (buyer IN ('APPLIED', 'GRANTED', 'REFUSED', 'SUSPENDED')),
    seller             TEXT CHECK (seller IN ('APPLIED', 'GRANTED', 'REFUSED', 'SUSPENDED')),
    operator           TEXT CHECK (operator IN ('APPLIED', 'GRANTED', 'REFUSED', 'SUSPENDED')),
    created_at         INTEGER NOT NULL,
    version            INTEGER NOT NULL
) STRICT;
CREATE INDEX organization_verification ON organization (verification, verification_since, id);
CREATE INDEX organization_country ON organization (country, id);

-- What only the organization itself and platform staff see. The row has the id of its organization and moves with its version.
CREATE TABLE organization_profile (
    id           BLOB PRIMARY KEY NOT NULL REFERENCES organization (id),
    country      TEXT NOT NULL,
    legal_name   TEXT,
    tax_code     TEXT,
    address      TEXT,
    owner_name   TEXT,
    bank_account TEXT,
    submission   INTEGER NOT NULL CHECK (submission >= 0),
    reason       TEXT,
    version      INTEGER NOT NULL,
    UNIQUE (country, tax_code)
) STRICT;

CREATE TABLE registration_document (
    id              BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organization (id),
    submission      INTEGER NOT NULL CHECK (submission >= 1),
    attachment_id   BLOB NOT NULL,
    title           TEXT NOT NULL,
    added_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX registration_document_submission ON registration_document (organization_id, submission);

CREATE TABLE organization_unit (
    id              BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organization (id),
    parent_id       BLOB REFERENCES organization_unit (id),
    code            TEXT NOT NULL,
    name            TEXT NOT NULL,
    kind            TEXT NOT NULL CHECK (kind IN ('DEPARTMENT', 'BRANCH', 'SITE', 'TEAM')),
    cost_centre     TEXT,
    archived_at     INTEGER,
    version         INTEGER NOT NULL,
    UNIQUE (organization_id, code),
    CHECK (parent_id <> id)
) STRICT;
CREATE INDEX organization_unit_parent ON organization_unit (parent_id);

CREATE TABLE custom_role (
    id              BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organization (id),
    name            TEXT NOT NULL,
    search_text     TEXT NOT NULL,
    permissions     INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    UNIQUE (organization_id, search_text)
) STRICT;

-- System roles are bits, in the order in which the domain declares them; the owner's is the first.
CREATE TABLE membership (
    id              BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organization (id),
    user_id         BLOB NOT NULL,
    status          TEXT NOT NULL CHECK (status IN ('ACTIVE', 'LOCKED', 'ENDED')),
    system_roles    INTEGER NOT NULL CHECK (system_roles >= 0),
    unit_id         BLOB REFERENCES organization_unit (id),
    since           INTEGER NOT NULL,
    joined_at       INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    UNIQUE (organization_id, user_id)
) STRICT;
CREATE INDEX membership_user ON membership (user_id, id);
CREATE INDEX membership_list ON membership (organization_id, id);
CREATE INDEX membership_owners ON membership (organization_id) WHERE system_roles & 1 = 1;
CREATE INDEX membership_unit ON membership (unit_id) WHERE unit_id IS NOT NULL;

CREATE TABLE membership_role (
    id              BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organization (id),
    user_id         BLOB NOT NULL,
    membership_id   BLOB NOT NULL REFERENCES membership (id),
    custom_role_id  BLOB NOT NULL REFERENCES custom_role (id),
    UNIQUE (membership_id, custom_role_id)
) STRICT;
CREATE INDEX membership_role_custom_role ON membership_role (custom_role_id);

CREATE TABLE member_invitation (
    id              BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organization (id),
    email           TEXT NOT NULL,
    system_roles    INTEGER NOT NULL CHECK (system_roles >= 0),
    unit_id         BLOB REFERENCES organization_unit (id),
    status          TEXT NOT NULL CHECK (status IN ('OPEN', 'ACCEPTED', 'DECLINED', 'REVOKED')),
    token           BLOB NOT NULL,
    expires_at      INTEGER NOT NULL,
    invited_by      BLOB,
    created_at      INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    UNIQUE (token)
) STRICT;

-- One address has one open invitation; inviting it again renews that one.
CREATE UNIQUE INDEX member_invitation_organization_id_email_key ON member_invitation (organization_id, email) WHERE status = 'OPEN';
CREATE INDEX member_invitation_list ON member_invitation (organization_id, id);

CREATE TABLE member_invitation_role (
    id              BLOB PRIMARY KEY NOT NULL,
    organization_id BLOB NOT NULL REFERENCES organization (id),
    invitation_id   BLOB NOT NULL REFERENCES member_invitation (id),
    custom_role_id  BLOB NOT NULL REFERENCES custom_role (id),
    UNIQUE (invitation_id, custom_role_id)
) STRICT;
CREATE INDEX member_invitation_role_custom_role ON member_invitation_role (custom_role_id);
