-- Sign-ins of the command line: sealed with another key than those of the window, so neither can read the other's.

CREATE TABLE command_line_token (
  connector TEXT PRIMARY KEY,
  sealed BLOB NOT NULL,
  stored_at INTEGER NOT NULL,
  -- Why the last refresh failed; gone with the next token.
  failure TEXT
) STRICT;
