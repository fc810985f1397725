-- The last 24 orders of a buyer with their lines, both parties' names and the venues'.
BEGIN;
SELECT set_config('tradehall.organization', :org, true), set_config('tradehall.user', '', true), set_config('tradehall.task', '', true), set_config('transaction_read_only', 'on', true);
SELECT id, number, status, placed_at, buyer_id, seller_id, venue_id, total, currency FROM purchase_order WHERE buyer_id = :org::uuid ORDER BY placed_at DESC, id DESC LIMIT 25;
SELECT l.id, l.order_id, l.description, l.quantity, l.open_quantity FROM order_line l JOIN (SELECT id FROM purchase_order WHERE buyer_id = :org::uuid ORDER BY placed_at DESC, id DESC LIMIT 24) o ON o.id = l.order_id ORDER BY l.order_id, l.position;
SELECT id, name FROM organization WHERE id IN (SELECT ('01900001-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid FROM generate_series(0, 10) n);
SELECT id, name FROM venue WHERE id = ('01900002-0000-7000-8000-' || lpad(to_hex(0), 12, '0'))::uuid;
COMMIT;
