-- The newest 24 requests of a buyer, one more to know whether others follow, and the buyer's name.
BEGIN;
SELECT set_config('tradehall.organization', :org, true), set_config('tradehall.user', '', true), set_config('tradehall.task', '', true), set_config('transaction_read_only', 'on', true);
SELECT id, number, title, status, deadline, buyer_id FROM rfq WHERE buyer_id = :org::uuid ORDER BY id DESC LIMIT 25;
SELECT id, name FROM organization WHERE id = :org::uuid;
COMMIT;
