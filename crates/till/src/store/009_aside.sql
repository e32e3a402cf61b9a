-- Those that were set aside without a name: the few of which a payment was open, and what became of them.
CREATE INDEX tickets_aside ON ticket (id) WHERE status = 'aside' AND parked_as IS NULL;
-- What was given back over the counter cannot go back to the card as well. A charge that came to light beside the sale is none of
-- what was given back, and is undone.
DROP TRIGGER no_void_beside_a_return;
CREATE TRIGGER no_void_beside_a_return BEFORE INSERT ON payment
WHEN NEW.kind = 'void' AND EXISTS (
    SELECT 1 FROM payment o JOIN ticket r ON r.returns = o.ticket
    WHERE o.reference = NEW.original AND o.state IN ('approved', 'overridden_charged')
    AND r.undone_at IS NULL AND r.id IS NOT NEW.ticket)
BEGIN SELECT RAISE(ABORT, 'some of this sale was returned already'); END;
