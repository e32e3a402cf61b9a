-- A note for the slip, a product, a promotion: what one sale carries beside its lines.
ALTER TABLE ticket ADD COLUMN extras TEXT NOT NULL DEFAULT '{}';
-- The optional fields that a payment was prepared with.
ALTER TABLE payment ADD COLUMN extras TEXT NOT NULL DEFAULT '{}';
