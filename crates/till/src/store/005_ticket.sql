-- What is taxed alike, and how much, in hundredths of a percent. One that is removed stays for the items that have it.
CREATE TABLE tax_class (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    rate    INTEGER NOT NULL CHECK (rate BETWEEN 0 AND 10000),
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT;
INSERT INTO tax_class (id, name, rate) VALUES (1, 'SST', 0), (2, 'SST', 600), (3, 'SST', 800), (4, 'SST', 1000);

-- Quantities are in thousandths from here on, under a name that says so.
ALTER TABLE ticket_line RENAME COLUMN unit_minor TO price_minor;
ALTER TABLE ticket_line RENAME COLUMN quantity TO thousandths;
UPDATE ticket_line SET thousandths = thousandths * 1000;
ALTER TABLE ticket_line ADD COLUMN unit TEXT NOT NULL DEFAULT 'each' CHECK (unit IN ('each', 'kilogram', 'metre', 'litre'));
ALTER TABLE ticket_line ADD COLUMN discount_minor INTEGER CHECK (discount_minor > 0);
ALTER TABLE ticket_line ADD COLUMN discount_rate INTEGER CHECK (discount_rate IS NULL OR (discount_rate BETWEEN 1 AND 10000 AND discount_minor IS NULL));
ALTER TABLE ticket_line ADD COLUMN note TEXT NOT NULL DEFAULT '';
-- As they were when the line was rung up.
ALTER TABLE ticket_line ADD COLUMN tax_name TEXT NOT NULL DEFAULT '';
ALTER TABLE ticket_line ADD COLUMN tax_rate INTEGER NOT NULL DEFAULT 0 CHECK (tax_rate BETWEEN 0 AND 10000);

ALTER TABLE ticket ADD COLUMN discount_minor INTEGER CHECK (discount_minor > 0);
ALTER TABLE ticket ADD COLUMN discount_rate INTEGER CHECK (discount_rate IS NULL OR (discount_rate BETWEEN 1 AND 10000 AND discount_minor IS NULL));
ALTER TABLE ticket ADD COLUMN prices_include_tax INTEGER NOT NULL DEFAULT 1 CHECK (prices_include_tax IN (0, 1));
-- A ticket that is aside because its payment is being found out has no name; one that is parked has.
ALTER TABLE ticket ADD COLUMN parked_as TEXT CHECK (parked_as IS NULL OR status = 'aside');
ALTER TABLE ticket ADD COLUMN parked_at INTEGER CHECK ((parked_at IS NULL) = (parked_as IS NULL));
CREATE INDEX parked_tickets ON ticket (parked_at) WHERE parked_as IS NOT NULL;
