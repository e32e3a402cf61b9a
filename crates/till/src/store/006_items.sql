-- An item's code is the shop's own number for it. NULL tax classes stand for the shop's usual one.
ALTER TABLE item ADD COLUMN code TEXT COLLATE NOCASE CHECK (code <> '');
ALTER TABLE item ADD COLUMN tax_class INTEGER REFERENCES tax_class (id);
ALTER TABLE item ADD COLUMN unit TEXT NOT NULL DEFAULT 'each' CHECK (unit IN ('each', 'kilogram', 'metre', 'litre'));
ALTER TABLE item ADD COLUMN sold_out INTEGER NOT NULL DEFAULT 0 CHECK (sold_out IN (0, 1));
-- The name as it is sorted and searched; NULL for an item of an earlier version until the program has written it.
ALTER TABLE item ADD COLUMN sorted TEXT;
-- Whether the item's words are in the index below as it is now.
ALTER TABLE item ADD COLUMN worded INTEGER NOT NULL DEFAULT 0 CHECK (worded IN (0, 1));
CREATE UNIQUE INDEX item_of_code ON item (code) WHERE code IS NOT NULL AND removed = 0;
CREATE INDEX items_on_shelf ON item (category COLLATE NOCASE, sorted, id) WHERE removed = 0;
CREATE INDEX items_by_name ON item (sorted, id) WHERE removed = 0;
CREATE INDEX items_to_index ON item (id) WHERE worded = 0 AND removed = 0;

-- A barcode leads to one item. `barcode` is the form in which all lengths of a number are compared, `written` what was typed.
CREATE TABLE item_barcode (
    barcode TEXT PRIMARY KEY,
    written TEXT NOT NULL,
    item    INTEGER NOT NULL REFERENCES item (id)
) STRICT;
CREATE INDEX barcodes_of_item ON item_barcode (item);

-- Apart from the items, so that a list of items reads no pictures.
CREATE TABLE item_picture (
    item    INTEGER PRIMARY KEY REFERENCES item (id),
    version INTEGER NOT NULL,
    png     BLOB NOT NULL CHECK (length(png) <= 65536)
) STRICT;

-- The words of each item, folded by the program; an index alone, without the words themselves. Marks count as letters, which
-- Tamil and Thai need. Beginnings of up to four letters have their own index: that is how a search begins. Barcodes are not
-- among the words: fifty thousand of them begin alike, and their own table finds beginnings at once.
CREATE VIRTUAL TABLE item_words USING fts5 (
    name, code, category,
    content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co M*'",
    prefix = '1 2 3 4'
);
