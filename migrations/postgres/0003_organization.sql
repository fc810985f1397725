-- Organizations: the tenants, their check, their units and their people.

CREATE TABLE organization (
    id                 uuid PRIMARY KEY,
    name               text NOT NULL,
    search_text        text NOT NULL,
    country            text NOT NULL,
    verification       text NOT NULL CHECK (verification IN ('UNVERIFIED', 'SUBMITTED', 'IN_REVIEW', 'CHANGES_REQUESTED', 'REJECTED', 'VERIFIED', 'SUSPENDED')),
    verification_since bigint NOT NULL,
    buyer              text CHECK (buyer IN ('APPLIED', 'GRANTED', 'REFUSED', 'SUSPENDED')),
    seller             text CHECK (seller IN ('APPLIED', 'GRANTED', 'REFUSED', 'SUSPENDED')),
    operator           text CHECK (operator IN ('APPLIED', 'GRANTED', 'REFUSED', 'SUSPENDED')),
    created_at         bigint NOT NULL,
    version            bigint NOT NULL
);
CREATE INDEX organization_verification ON organization (verification, verification_since, id);
CREATE INDEX organization_country ON organization (country, id);

-- What only the organization itself and platform staff see. The row has the id of its organization and moves with its version.
CREATE TABLE organization_profile (
    id           uuid PRIMARY KEY REFERENCES organization (id),
    country      text NOT NULL,
    legal_name   text,
    tax_code     text,
    address      text,
    owner_name   text,
    bank_account text,
    submission   bigint NOT NULL CHECK (submission >= 0),
    reason       text,
    version      bigint NOT NULL,
    CONSTRAINT organization_profile_country_tax_code_key UNIQUE (country, tax_code)
);

CREATE TABLE registration_document (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id),
    submission      bigint NOT NULL CHECK (submission >= 1),
    attachment_id   uuid NOT NULL,
    title           text NOT NULL,
    added_at        bigint NOT NULL
);
CREATE INDEX registration_document_submission ON registration_document (organization_id, submission);

CREATE TABLE organization_unit (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id),
    parent_id       uuid REFERENCES organization_unit (id),
    code            text NOT NULL,
    name            text NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('DEPARTMENT', 'BRANCH', 'SITE', 'TEAM')),
    cost_centre     text,
    archived_at     bigint,
    version         bigint NOT NULL,
    CONSTRAINT organization_unit_organization_id_code_key UNIQUE (organization_id, code),
    CHECK (parent_id <> id)
);
CREATE INDEX organization_unit_parent ON organization_unit (parent_id);

CREATE TABLE custom_role (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id),
    name            text NOT NULL,
    search_text     text NOT NULL,
    permissions     bigint NOT NULL,
    version         bigint NOT NULL,
    CONSTRAINT custom_role_organization_id_search_text_key UNIQUE (organization_id, search_text)
);

-- System roles are bits, in the order in which the domain declares them; the owner's is the first.
CREATE TABLE membership (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id),
    user_id         uuid NOT NULL,
    status          text NOT NULL CHECK (status IN ('ACTIVE', 'LOCKED', 'ENDED')),
    system_roles    bigint NOT NULL CHECK (system_roles >= 0),
    unit_id         uuid REFERENCES organization_unit (id),
    since           bigint NOT NULL,
    joined_at       bigint NOT NULL,
    version         bigint NOT NULL,
    CONSTRAINT membership_organization_id_user_id_key UNIQUE (organization_id, user_id)
);
CREATE INDEX membership_user ON membership (user_id, id);
CREATE INDEX membership_list ON membership (organization_id, id);
CREATE INDEX membership_owners ON membership (organization_id) WHERE system_roles & 1 = 1;
CREATE INDEX membership_unit ON membership (unit_id) WHERE unit_id IS NOT NULL;

CREATE TABLE membership_role (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id),
    user_id         uuid NOT NULL,
    membership_id   uuid NOT NULL REFERENCES membership (id),
    custom_role_id  uuid NOT NULL REFERENCES custom_role (id),
    CONSTRAINT membership_role_membership_id_custom_role_id_key UNIQUE (membership_id, custom_role_id)
);
CREATE INDEX membership_role_custom_role ON membership_role (custom_role_id);

CREATE TABLE member_invitation (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id),
    email           text NOT NULL,
    system_roles    bigint NOT NULL CHECK (system_roles >= 0),
    unit_id         uuid REFERENCES organization_unit (id),
    status          text NOT NULL CHECK (status IN ('OPEN', 'ACCEPTED', 'DECLINED', 'REVOKED')),
    token           bytea NOT NULL,
    expires_at      bigint NOT NULL,
    invited_by      uuid,
    created_at      bigint NOT NULL,
    version         bigint NOT NULL,
    CONSTRAINT member_invitation_token_key UNIQUE (token)
);

-- One address has one open invitation; inviting it again renews that one.
CREATE UNIQUE INDEX member_invitation_organization_id_email_key ON member_invitation (organization_id, email) WHERE status = 'OPEN';
CREATE INDEX member_invitation_list ON member_invitation (organization_id, id);

CREATE TABLE member_invitation_role (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization (id),
    invitation_id   uuid NOT NULL REFERENCES member_invitation (id),
    custom_role_id  uuid NOT NULL REFERENCES custom_role (id),
    CONSTRAINT member_invitation_role_invitation_id_custom_role_id_key UNIQUE (invitation_id, custom_role_id)
);
CREATE INDEX member_invitation_role_custom_role ON member_invitation_role (custom_role_id);

CALL protect('organization', 'true', 'id = (SELECT current_organization())');
CALL protect('organization_profile', 'id = (SELECT current_organization())');
CALL protect('registration_document', 'organization_id = (SELECT current_organization())');
CALL protect('organization_unit', 'organization_id = (SELECT current_organization())');
CALL protect('custom_role', 'organization_id = (SELECT current_organization())');
CALL protect('member_invitation', 'organization_id = (SELECT current_organization())');
CALL protect('member_invitation_role', 'organization_id = (SELECT current_organization())');
CALL protect('membership', 'organization_id = (SELECT current_organization()) OR user_id = (SELECT current_person())',
             'organization_id = (SELECT current_organization())');
CALL protect('membership_role', 'organization_id = (SELECT current_organization()) OR user_id = (SELECT current_person())',
             'organization_id = (SELECT current_organization())');

-- People see the accounts of those who are or were members beside them.
CREATE OR REPLACE FUNCTION colleagues() RETURNS SETOF uuid LANGUAGE sql STABLE AS
$$ SELECT user_id FROM membership WHERE organization_id = current_organization() $$;
