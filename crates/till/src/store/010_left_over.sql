-- A discount whose lines were all taken off stayed on the empty ticket, where the next customer would have had it.
UPDATE ticket SET discount_minor = NULL, discount_rate = NULL
WHERE status = 'current' AND NOT EXISTS (SELECT 1 FROM ticket_line WHERE ticket_line.ticket = ticket.id);

-- Each item's words are written anew, parted where digits and letters meet, and its barcodes as they are compared now: a number
-- that lost its first zero is the one that has it.
UPDATE item SET worded = 0;
