-- One receipt for a ticket, given when its first leg is taken; payments and tickets share the numbers.
ALTER TABLE ticket ADD COLUMN receipt INTEGER;
CREATE UNIQUE INDEX receipt_of_one_ticket ON ticket (receipt);
UPDATE ticket SET receipt = (SELECT max(p.receipt) FROM payment p WHERE p.ticket = ticket.id AND p.kind <> 'void');
-- How its totals are rounded, as the shop had it when the first leg was begun.
ALTER TABLE ticket ADD COLUMN rounding TEXT CHECK (rounding IN ('off', 'cash', 'all'));
-- Nothing was rounded until now, and what was begun stays as it was.
UPDATE ticket SET rounding = 'off' WHERE id IN (SELECT ticket FROM payment WHERE kind <> 'void');

-- A return is a ticket of its own that names the one that was bought.
ALTER TABLE ticket ADD COLUMN kind TEXT NOT NULL DEFAULT 'sale' CHECK (kind IN ('sale', 'return'));
ALTER TABLE ticket ADD COLUMN returns INTEGER REFERENCES ticket (id) CHECK ((kind = 'return') = (returns IS NOT NULL));
ALTER TABLE ticket ADD COLUMN reason TEXT;
ALTER TABLE ticket ADD COLUMN asked_by INTEGER REFERENCES staff (id);
ALTER TABLE ticket ADD COLUMN approved_by INTEGER REFERENCES staff (id);
-- What it gives back.
ALTER TABLE ticket ADD COLUMN refund_minor INTEGER CHECK (refund_minor >= 0);
-- Set where its void was refused: then nothing was given back.
ALTER TABLE ticket ADD COLUMN undone_at INTEGER;
CREATE INDEX returns_of_ticket ON ticket (returns) WHERE returns IS NOT NULL;

CREATE TABLE return_line (
    ticket      INTEGER NOT NULL REFERENCES ticket (id),
    line        INTEGER NOT NULL REFERENCES ticket_line (id),
    thousandths INTEGER NOT NULL CHECK (thousandths > 0),
    gives_minor INTEGER NOT NULL CHECK (gives_minor >= 0),
    undone      INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
    PRIMARY KEY (ticket, line)
) STRICT;
CREATE INDEX returns_of_line ON return_line (line);
CREATE TRIGGER nothing_is_returned_twice BEFORE INSERT ON return_line
WHEN (SELECT coalesce(sum(r.thousandths), 0) FROM return_line r WHERE r.line = NEW.line AND r.undone = 0) + NEW.thousandths
     > (SELECT l.thousandths FROM ticket_line l WHERE l.id = NEW.line)
BEGIN SELECT RAISE(ABORT, 'more would be returned than was bought'); END;
CREATE TRIGGER a_return_stays_what_it_was BEFORE UPDATE ON return_line
WHEN NEW.undone < OLD.undone OR NEW.ticket <> OLD.ticket OR NEW.line <> OLD.line
     OR NEW.thousandths <> OLD.thousandths OR NEW.gives_minor <> OLD.gives_minor
BEGIN SELECT RAISE(ABORT, 'a return is never changed'); END;
-- What was given back over the counter cannot go back to the card as well.
CREATE TRIGGER no_void_beside_a_return BEFORE INSERT ON payment
WHEN NEW.kind = 'void' AND EXISTS (
    SELECT 1 FROM payment o JOIN ticket r ON r.returns = o.ticket
    WHERE o.reference = NEW.original AND r.undone_at IS NULL AND r.id IS NOT NEW.ticket)
BEGIN SELECT RAISE(ABORT, 'some of this sale was returned already'); END;

-- What was taken or given back besides the gateway's payments.
CREATE TABLE tender (
    reference     TEXT PRIMARY KEY,
    ticket        INTEGER NOT NULL REFERENCES ticket (id),
    kind          TEXT NOT NULL CHECK (kind IN ('cash', 'manual_card', 'portal')),
    direction     TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    currency      TEXT NOT NULL,
    -- What it settles of the ticket, and what moved after rounding.
    amount_minor  INTEGER NOT NULL CHECK (amount_minor >= 0),
    rounded_minor INTEGER NOT NULL CHECK (rounded_minor >= 0),
    given_minor   INTEGER CHECK (given_minor >= rounded_minor),
    proof         TEXT,
    staff         INTEGER REFERENCES staff (id),
    approved_by   INTEGER REFERENCES staff (id),
    at            INTEGER NOT NULL,
    undone_at     INTEGER,
    search        TEXT NOT NULL,
    CHECK (kind <> 'manual_card' OR (direction = 'in' AND proof IS NOT NULL AND approved_by IS NOT NULL)),
    CHECK (kind <> 'portal' OR (direction = 'out' AND proof IS NOT NULL)),
    CHECK (kind = 'cash' OR rounded_minor = amount_minor),
    CHECK (undone_at IS NULL OR direction = 'in')
) STRICT;
CREATE INDEX tenders_by_time ON tender (at DESC, reference);
CREATE INDEX tenders_by_kind ON tender (kind, direction, at DESC, reference);
CREATE INDEX given_back_by_time ON tender (at DESC, reference) WHERE direction = 'out';
CREATE INDEX voids_by_time ON payment (created_at DESC, reference) WHERE kind = 'void';
CREATE INDEX tenders_of_ticket ON tender (ticket);
CREATE INDEX tenders_of_proof ON tender (proof) WHERE proof IS NOT NULL;
-- No tender is taken beside a payment that is open, or whose void is: it may be this customer's money.
CREATE TRIGGER no_tender_beside_an_open_payment BEFORE INSERT ON tender
WHEN NEW.direction = 'in' AND EXISTS (
    SELECT 1 FROM payment p LEFT JOIN payment v ON v.original = p.reference
    WHERE p.ticket = NEW.ticket AND p.kind <> 'void'
    AND (p.conflict = 1 OR p.state IN ('prepared', 'sent', 'pending', 'unknown')
         OR (v.conflict = 1 AND v.state <> 'approved') OR v.state IN ('prepared', 'sent', 'pending', 'unknown')))
BEGIN SELECT RAISE(ABORT, 'a payment of this ticket is open'); END;
CREATE TRIGGER a_tender_is_only_ever_handed_back BEFORE UPDATE ON tender
WHEN OLD.undone_at IS NOT NULL OR NEW.undone_at IS NULL OR NEW.reference <> OLD.reference OR NEW.ticket <> OLD.ticket
     OR NEW.kind <> OLD.kind OR NEW.direction <> OLD.direction OR NEW.currency <> OLD.currency
     OR NEW.amount_minor <> OLD.amount_minor OR NEW.rounded_minor <> OLD.rounded_minor
     OR NEW.given_minor IS NOT OLD.given_minor OR NEW.proof IS NOT OLD.proof OR NEW.at <> OLD.at
BEGIN SELECT RAISE(ABORT, 'a tender is never changed'); END;
-- What somebody has to do by hand since the commit that gave it back: hand the cash over, or void the slip on the terminal. Here
-- until somebody says that it is done, so that a till which stops in between asks again.
CREATE TABLE hand_over (
    tender TEXT PRIMARY KEY REFERENCES tender (reference)
) STRICT;
CREATE TRIGGER a_tender_is_never_deleted BEFORE DELETE ON tender
BEGIN SELECT RAISE(ABORT, 'a tender is never deleted'); END;
