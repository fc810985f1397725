-- Organizations: the tenants.

CREATE TABLE organization (
    id           uuid PRIMARY KEY,
    name         text   NOT NULL,
    country      text   NOT NULL,
    verification text   NOT NULL,
    created_at   bigint NOT NULL,
    version      bigint NOT NULL
);
CALL protect('organization', 'true', 'id = (SELECT current_organization())');
