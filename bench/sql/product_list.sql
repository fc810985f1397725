-- The last 24 products that a customer is shown, what each costs it in the lists of its groups, and who sells them.
BEGIN;
SELECT set_config('tradehall.organization', :org, true), set_config('tradehall.user', '', true), set_config('tradehall.task', '', true), set_config('transaction_read_only', 'on', true);
SELECT id, number, name, unit, owner_id, category_id, brand, version FROM product WHERE status = 'PUBLISHED' ORDER BY id DESC LIMIT 25;
SELECT p.product_id, p.amount, p.currency, p.unit, p.min_quantity, p.source_id FROM (SELECT id FROM product WHERE status = 'PUBLISHED' ORDER BY id DESC LIMIT 24) w CROSS JOIN (SELECT group_id FROM viewing WHERE viewer_id IN (:org::uuid, '00000000-0000-0000-0000-000000000000') AND until IS NULL AND prices AND seller_id = ('01900001-0000-7000-8000-' || lpad(to_hex(800), 12, '0'))::uuid) m JOIN price p ON p.product_id = w.id AND p.group_id = m.group_id AND p.ended_at IS NULL;
SELECT id, name FROM organization WHERE id = ('01900001-0000-7000-8000-' || lpad(to_hex(800), 12, '0'))::uuid;
COMMIT;
