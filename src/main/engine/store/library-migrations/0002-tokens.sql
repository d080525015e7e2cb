-- Tokens of connectors, sealed by the system's key store. Settings have moved to a file that a person can edit.

CREATE TABLE oauth_token (
  connector TEXT PRIMARY KEY,
  sealed BLOB NOT NULL,
  stored_at INTEGER NOT NULL,
  -- Why the last refresh failed; gone with the next token.
  failure TEXT
) STRICT;

DROP TABLE settings;
