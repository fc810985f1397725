-- A tax code belongs to one organization of a country once it was verified. What others merely say of themselves is not compared:
-- that would tell anyone who asks whose codes are in the market, and let them keep a code from its owner.
ALTER TABLE organization_profile DROP CONSTRAINT organization_profile_country_tax_code_key;
-- The tax code while the organization is verified or suspended, else null.
ALTER TABLE organization_profile ADD COLUMN claimed_tax_code text;
SELECT set_config('tradehall.task', 'MIGRATION', true);
UPDATE organization_profile SET claimed_tax_code = tax_code
 WHERE id IN (SELECT id FROM organization WHERE verification IN ('VERIFIED', 'SUSPENDED'));
SELECT set_config('tradehall.task', '', true);
ALTER TABLE organization_profile
    ADD CONSTRAINT organization_profile_country_claimed_tax_code_key UNIQUE (country, claimed_tax_code);
