-- The wallets as last listed for a merchant and a currency, so that the chooser is there without a network.
CREATE TABLE channel_list (
    merchant   TEXT NOT NULL,
    currency   TEXT NOT NULL,
    fetched_at INTEGER NOT NULL,
    PRIMARY KEY (merchant, currency)
) STRICT;

CREATE TABLE channel (
    merchant   TEXT NOT NULL,
    currency   TEXT NOT NULL,
    -- Where it stands in the gateway's list.
    place      INTEGER NOT NULL,
    name       TEXT NOT NULL,
    active     INTEGER NOT NULL CHECK (active IN (0, 1)),
    currencies TEXT NOT NULL,
    logo_url   TEXT,
    PRIMARY KEY (merchant, currency, name),
    FOREIGN KEY (merchant, currency) REFERENCES channel_list (merchant, currency) ON DELETE CASCADE
) STRICT;

-- A wallet's logo as Kaunter wrote it anew; without a picture: it was refused, and is asked for again only later.
CREATE TABLE channel_logo (
    url        TEXT PRIMARY KEY,
    png        BLOB CHECK (length(png) <= 262144),
    fetched_at INTEGER NOT NULL
) STRICT;
