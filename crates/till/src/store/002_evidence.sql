-- The last transaction that each terminal was seen to have, whoever made it.
CREATE TABLE terminal_last (
    terminal  TEXT PRIMARY KEY,
    result    TEXT NOT NULL,
    learned_at INTEGER NOT NULL,
    -- How far its clock is from this computer’s, in seconds; learned from the answers of its own payments.
    clock_offset INTEGER
) STRICT;

-- Another till may use this terminal too, so a transaction on it need not be ours.
ALTER TABLE terminal ADD COLUMN shared INTEGER NOT NULL DEFAULT 0 CHECK (shared IN (0, 1));

-- What terminal_last held when the payment was sent.
ALTER TABLE payment ADD COLUMN baseline TEXT;
-- A transaction that may be this payment, for a person to look at.
ALTER TABLE payment ADD COLUMN candidate TEXT;
-- Why a manager decided as they did, and what that was about.
ALTER TABLE payment ADD COLUMN reason TEXT;
-- Until when the till goes on asking although the payment is settled.
ALTER TABLE payment ADD COLUMN watched_until INTEGER;
