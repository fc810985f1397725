-- A sign-up brings no password: it is chosen by whoever reads the mail that confirms the address.
ALTER TABLE registration DROP COLUMN password_hash;
