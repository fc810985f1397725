-- A tax code belongs to one organization of a country once it was verified. What others merely say of themselves is not compared:
-- that would tell anyone who asks whose codes are in the market, and let them keep a code from its owner.
CREATE TABLE organization_profile_next (
    id               BLOB PRIMARY KEY NOT NULL REFERENCES organization (id),
    country          TEXT NOT NULL,
    legal_name       TEXT,
    tax_code         TEXT,
    -- The tax code while the organization is verified or suspended, else null.
    claimed_tax_code TEXT,
    address          TEXT,
    owner_name       TEXT,
    bank_account     TEXT,
    submission       INTEGER NOT NULL CHECK (submission >= 0),
    reason           TEXT,
    version          INTEGER NOT NULL,
    UNIQUE (country, claimed_tax_code)
) STRICT;
INSERT INTO organization_profile_next
SELECT p.id, p.country, p.legal_name, p.tax_code,
       CASE WHEN o.verification IN ('VERIFIED', 'SUSPENDED') THEN p.tax_code END,
       p.address, p.owner_name, p.bank_account, p.submission, p.reason, p.version
  FROM organization_profile p JOIN organization o ON o.id = p.id;
DROP TABLE organization_profile;
ALTER TABLE organization_profile_next RENAME TO organization_profile;
