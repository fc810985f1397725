-- One request with its lines, its quotes, their versions and lines, and the names of the sellers.
\set n random(0, 63)
BEGIN;
SELECT set_config('tradehall.organization', :org, true), set_config('tradehall.user', '', true), set_config('tradehall.task', '', true), set_config('transaction_read_only', 'on', true);
SELECT id, status, currency, buyer_id, bidding FROM rfq WHERE id = ('01900003-0000-7000-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid;
SELECT id, position, description, quantity, unit FROM rfq_line WHERE rfq_id = ('01900003-0000-7000-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid ORDER BY position;
SELECT id, number, status, seller_id, current, valid_until FROM quote WHERE rfq_id = ('01900003-0000-7000-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid;
SELECT id, quote_id, number, currency, total FROM quote_version WHERE quote_id IN (SELECT id FROM quote WHERE rfq_id = ('01900003-0000-7000-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid);
SELECT quote_version_id, rfq_line_id, quantity, unit, unit_price, tiers, lead_time_days FROM quote_line WHERE quote_version_id IN (SELECT ('01900006-0000-7000-8000-' || lpad(to_hex((:n::bigint * 16 + place)), 12, '0'))::uuid FROM generate_series(0, 9) place);
SELECT id, name FROM organization WHERE id IN (SELECT seller_id FROM quote WHERE rfq_id = ('01900003-0000-7000-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid);
COMMIT;
