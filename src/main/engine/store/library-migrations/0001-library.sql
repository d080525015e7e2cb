-- The library: what the app itself remembers. Times are microseconds since the epoch, UTC.

CREATE TABLE recent_case (
  file TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  first_time INTEGER,
  last_time INTEGER,
  records INTEGER NOT NULL,
  services TEXT NOT NULL
) STRICT;

CREATE INDEX recent_case_by_opening ON recent_case (opened_at);

CREATE TABLE settings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  json TEXT NOT NULL
) STRICT;
