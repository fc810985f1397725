-- One product that a customer is shown, and what it costs it in the lists of its groups.
BEGIN;
SELECT set_config('tradehall.organization', :org, true), set_config('tradehall.user', '', true), set_config('tradehall.task', '', true), set_config('transaction_read_only', 'on', true);
SELECT id, number, name, unit, owner_id, category_id, brand, version FROM product WHERE id = ('01900008-0000-7000-8000-' || lpad(to_hex(151), 12, '0'))::uuid;
SELECT p.product_id, p.amount, p.currency, p.unit, p.min_quantity, p.source_id FROM viewing m JOIN price p ON p.product_id = ('01900008-0000-7000-8000-' || lpad(to_hex(151), 12, '0'))::uuid AND p.group_id = m.group_id AND p.ended_at IS NULL WHERE m.viewer_id IN (:org::uuid, '00000000-0000-0000-0000-000000000000') AND m.until IS NULL AND m.prices AND m.seller_id = ('01900001-0000-7000-8000-' || lpad(to_hex(800), 12, '0'))::uuid;
COMMIT;
