-- Products are searched in an index beside the database, which keeps their folded words itself.
ALTER TABLE product DROP COLUMN search_text;
