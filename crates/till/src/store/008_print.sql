-- What was to be printed: committed before its first byte leaves, so that nothing is printed twice unasked.
CREATE TABLE print_job (
    id         INTEGER PRIMARY KEY,
    what       TEXT NOT NULL CHECK (what IN ('receipt', 'drawer')),
    ticket     INTEGER REFERENCES ticket (id),
    payment    TEXT REFERENCES payment (reference),
    -- The cash that the drawer is opened for: a tender, one that is taken back, or the part of a card payment that is handed out.
    tender     TEXT REFERENCES tender (reference),
    taken_back TEXT REFERENCES tender (reference),
    cash_out   TEXT REFERENCES payment (reference),
    copy       INTEGER NOT NULL CHECK (copy > 0),
    by_itself  INTEGER NOT NULL CHECK (by_itself IN (0, 1)),
    printer    TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('prepared', 'sent', 'printed', 'failed_before_any_byte', 'perhaps_printed')),
    confirmed  INTEGER NOT NULL DEFAULT 0 CHECK (confirmed IN (0, 1)),
    trouble    TEXT,
    staff      INTEGER REFERENCES staff (id),
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    CHECK ((ticket IS NULL) <> (payment IS NULL)),
    CHECK ((what = 'drawer') = (tender IS NOT NULL) + (taken_back IS NOT NULL) + (cash_out IS NOT NULL))
) STRICT;
-- The program prints a receipt by itself once; every other time somebody asks for it.
CREATE UNIQUE INDEX ticket_printed_by_itself_once ON print_job (ticket) WHERE by_itself = 1 AND what = 'receipt' AND ticket IS NOT NULL;
CREATE UNIQUE INDEX payment_printed_by_itself_once ON print_job (payment) WHERE by_itself = 1 AND what = 'receipt' AND payment IS NOT NULL;
-- And it opens the drawer once for each time that cash was taken, given back or handed out.
CREATE UNIQUE INDEX drawer_opened_once ON print_job (tender) WHERE tender IS NOT NULL;
CREATE UNIQUE INDEX drawer_opened_once_for_what_is_taken_back ON print_job (taken_back) WHERE taken_back IS NOT NULL;
CREATE UNIQUE INDEX drawer_opened_once_for_a_cash_out ON print_job (cash_out) WHERE cash_out IS NOT NULL;
CREATE INDEX jobs_of_ticket ON print_job (ticket) WHERE ticket IS NOT NULL;
CREATE INDEX jobs_of_payment ON print_job (payment) WHERE payment IS NOT NULL;
CREATE INDEX jobs_under_way ON print_job (state) WHERE state IN ('prepared', 'sent');

-- The shop's picture as it is printed: dots, written anew.
CREATE TABLE receipt_logo (
    id  INTEGER PRIMARY KEY CHECK (id = 1),
    png BLOB NOT NULL
) STRICT;
