-- The newest 24 requests that a seller is invited to, with the names of their buyers.
BEGIN;
SELECT set_config('tradehall.organization', :org, true), set_config('tradehall.user', '', true), set_config('tradehall.task', '', true), set_config('transaction_read_only', 'on', true);
SELECT r.id, r.number, r.title, r.status, r.deadline, r.buyer_id FROM rfq_invitation i JOIN rfq r ON r.id = i.rfq_id WHERE i.seller_id = :org::uuid ORDER BY i.rfq_id DESC LIMIT 25;
SELECT o.id, o.name FROM organization o WHERE o.id IN (SELECT r.buyer_id FROM rfq_invitation i JOIN rfq r ON r.id = i.rfq_id WHERE i.seller_id = :org::uuid ORDER BY i.rfq_id DESC LIMIT 25);
COMMIT;
