CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE staff (
    id            INTEGER PRIMARY KEY,
    name          TEXT NOT NULL,
    role          TEXT NOT NULL CHECK (role IN ('manager', 'cashier')),
    pin_hash      TEXT NOT NULL,
    wrong_pins    INTEGER NOT NULL DEFAULT 0,
    blocked_until INTEGER NOT NULL DEFAULT 0,
    removed       INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT;

CREATE TABLE terminal (
    id        TEXT PRIMARY KEY,
    name      TEXT NOT NULL DEFAULT '',
    is_vt     INTEGER NOT NULL CHECK (is_vt IN (0, 1)),
    connected INTEGER CHECK (connected IN (0, 1)),
    listed    INTEGER NOT NULL DEFAULT 1 CHECK (listed IN (0, 1)),
    seen_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE item (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    price_minor INTEGER NOT NULL CHECK (price_minor > 0),
    category    TEXT NOT NULL DEFAULT '',
    removed     INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT;

CREATE TABLE ticket (
    id        INTEGER PRIMARY KEY,
    currency  TEXT NOT NULL,
    status    TEXT NOT NULL CHECK (status IN ('current', 'aside', 'closed')),
    opened_at INTEGER NOT NULL
) STRICT;
-- One ticket stands at the counter.
CREATE UNIQUE INDEX one_current_ticket ON ticket (status) WHERE status = 'current';

CREATE TABLE ticket_line (
    id         INTEGER PRIMARY KEY,
    ticket     INTEGER NOT NULL REFERENCES ticket (id),
    item       INTEGER REFERENCES item (id),
    name       TEXT NOT NULL,
    unit_minor INTEGER NOT NULL CHECK (unit_minor > 0),
    quantity   INTEGER NOT NULL CHECK (quantity > 0)
) STRICT;
CREATE INDEX lines_of_ticket ON ticket_line (ticket);

CREATE TABLE payment (
    reference    TEXT PRIMARY KEY,
    ticket       INTEGER REFERENCES ticket (id),
    leg          INTEGER NOT NULL DEFAULT 1,
    kind         TEXT NOT NULL CHECK (kind IN ('sale', 'cashOut', 'void')),
    original     TEXT REFERENCES payment (reference),
    terminal     TEXT NOT NULL,
    method       TEXT NOT NULL,
    channel      TEXT,
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    cash_minor   INTEGER CHECK (cash_minor > 0),
    currency     TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('prepared', 'sent', 'pending', 'unknown', 'approved', 'declined',
                     'not_charged', 'voided', 'overridden_charged', 'overridden_not_charged')),
    checking     INTEGER NOT NULL DEFAULT 0 CHECK (checking IN (0, 1)),
    conflict     INTEGER NOT NULL DEFAULT 0 CHECK (conflict IN (0, 1)),
    created_at   INTEGER NOT NULL,
    sent_at      INTEGER,
    gateway_time TEXT,
    changed_at   INTEGER NOT NULL,
    receipt      INTEGER UNIQUE,
    trans_id     TEXT,
    explanation  TEXT,
    salient      TEXT NOT NULL DEFAULT '{}',
    search       TEXT NOT NULL DEFAULT '',
    staff        INTEGER REFERENCES staff (id),
    approved_by  INTEGER REFERENCES staff (id),
    CHECK ((kind = 'void') = (original IS NOT NULL))
) STRICT;
-- A terminal takes no other payment from this till while one is on its way or unknown. Prepared counts too: two calls
-- at once must not both get as far as sending.
CREATE UNIQUE INDEX terminal_is_held ON payment (terminal) WHERE state IN ('prepared', 'sent', 'unknown');
-- One leg of a ticket is charged once.
CREATE UNIQUE INDEX leg_is_charged_once ON payment (ticket, leg)
    WHERE kind <> 'void' AND state IN ('prepared', 'sent', 'pending', 'unknown', 'approved', 'overridden_charged');
-- One void of a payment is open or has gone through.
CREATE UNIQUE INDEX voided_once ON payment (original)
    WHERE kind = 'void' AND state IN ('prepared', 'sent', 'pending', 'unknown', 'approved', 'overridden_charged');
-- An approval's transaction is counted once; a void repeats its original's.
CREATE UNIQUE INDEX transaction_counts_once ON payment (trans_id, kind = 'void') WHERE trans_id IS NOT NULL;
CREATE INDEX payments_by_time ON payment (created_at DESC, reference);
CREATE INDEX payments_in_question ON payment (state) WHERE state IN ('prepared', 'sent', 'pending', 'unknown');
CREATE INDEX payments_of_ticket ON payment (ticket);
CREATE INDEX voids_of_payment ON payment (original) WHERE original IS NOT NULL;

CREATE TABLE journal (
    seq       INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL,
    reference TEXT,
    kind      TEXT NOT NULL,
    event     TEXT,
    staff     INTEGER,
    body      TEXT NOT NULL,
    mac       BLOB NOT NULL
) STRICT;
CREATE INDEX journal_of_payment ON journal (reference) WHERE reference IS NOT NULL;
CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_is_never_cut BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
