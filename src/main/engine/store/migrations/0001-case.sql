-- A case: sources, their records in columnar segments, their text in blocks, and what was found in them.
-- Times are microseconds since the epoch, UTC. Offsets are bytes of a source's decoded stream.

CREATE TABLE case_info (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  title TEXT NOT NULL,
  -- Grows by one with every transaction.
  revision INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE source (
  -- Ids are never given twice: "s12:40" must not come to mean another record.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL UNIQUE,
  connector TEXT NOT NULL,
  zone TEXT NOT NULL,
  identity TEXT NOT NULL,
  format TEXT,
  format_version INTEGER,
  confidence REAL NOT NULL DEFAULT 0,
  tried TEXT NOT NULL DEFAULT '[]',
  state TEXT NOT NULL DEFAULT 'waiting',
  messages TEXT NOT NULL DEFAULT '[]',
  bytes INTEGER NOT NULL,
  bytes_read INTEGER NOT NULL DEFAULT 0,
  read INTEGER NOT NULL DEFAULT 0,
  records INTEGER NOT NULL DEFAULT 0,
  dead_letters INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  skipped_why TEXT NOT NULL DEFAULT '{}',
  first_time INTEGER,
  last_time INTEGER,
  tests TEXT,
  added_at INTEGER NOT NULL,
  CHECK (read = records + dead_letters + skipped)
) STRICT;

CREATE TABLE segment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
  count INTEGER NOT NULL,
  first_time INTEGER,
  last_time INTEGER,
  -- Bit i is set when a record has level, or kind, i.
  levels INTEGER NOT NULL,
  kinds INTEGER NOT NULL,
  first_offset INTEGER NOT NULL,
  last_offset INTEGER NOT NULL
) STRICT;

CREATE INDEX segment_by_source ON segment (source_id, first_time);
CREATE INDEX segment_by_time ON segment (first_time);

CREATE TABLE segment_column (
  segment_id INTEGER NOT NULL REFERENCES segment ON DELETE CASCADE,
  name TEXT NOT NULL,
  codec TEXT NOT NULL,
  -- CRC-32 of data.
  checksum INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (segment_id, name)
) STRICT;

CREATE TABLE raw_block (
  -- Readers keep blocks by their id: never given twice.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
  byte_offset INTEGER NOT NULL,
  -- Once decompressed.
  byte_length INTEGER NOT NULL,
  codec TEXT NOT NULL,
  -- CRC-32 of data.
  checksum INTEGER NOT NULL,
  data BLOB NOT NULL,
  UNIQUE (source_id, byte_offset)
) STRICT;

CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  time INTEGER NOT NULL,
  end_time INTEGER,
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  -- 0 is CRITICAL, 4 is INFO.
  severity INTEGER NOT NULL,
  service TEXT,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  trace_id TEXT,
  span_id TEXT,
  request_id TEXT,
  correlation_id TEXT,
  source_id INTEGER REFERENCES source ON DELETE SET NULL,
  byte_offset INTEGER,
  byte_length INTEGER,
  record TEXT,
  confidence REAL NOT NULL,
  fingerprint TEXT NOT NULL UNIQUE,
  metadata TEXT NOT NULL,
  tags TEXT NOT NULL,
  -- The pass of the detectors that found it last; null when a person made it.
  pass INTEGER,
  -- When a person changed it; from then on detectors leave it alone.
  edited_at INTEGER
) STRICT;

CREATE INDEX event_by_time ON event (time);
CREATE INDEX event_by_source ON event (source, time);
CREATE INDEX event_by_kind ON event (kind, time);
CREATE INDEX event_by_severity ON event (severity, time);
CREATE INDEX event_by_service ON event (service, time);
CREATE INDEX event_by_trace ON event (trace_id, time) WHERE trace_id IS NOT NULL;
CREATE INDEX event_by_reference ON event (source_id) WHERE source_id IS NOT NULL;

CREATE VIRTUAL TABLE event_fts USING fts5 (
  title,
  description,
  tags,
  content = 'event',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER event_fts_insert AFTER INSERT ON event BEGIN
  INSERT INTO event_fts (rowid, title, description, tags)
  VALUES (new.id, new.title, new.description, new.tags);
END;

CREATE TRIGGER event_fts_delete AFTER DELETE ON event BEGIN
  INSERT INTO event_fts (event_fts, rowid, title, description, tags)
  VALUES ('delete', old.id, old.title, old.description, old.tags);
END;

CREATE TRIGGER event_fts_update AFTER UPDATE ON event
WHEN new.title IS NOT old.title
  OR new.description IS NOT old.description
  OR new.tags IS NOT old.tags
BEGIN
  INSERT INTO event_fts (event_fts, rowid, title, description, tags)
  VALUES ('delete', old.id, old.title, old.description, old.tags);
  INSERT INTO event_fts (rowid, title, description, tags)
  VALUES (new.id, new.title, new.description, new.tags);
END;

-- Events of detectors that a person deleted; they are not made again.
CREATE TABLE dismissed_event (
  fingerprint TEXT PRIMARY KEY,
  dismissed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE anomaly (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  time INTEGER NOT NULL,
  end_time INTEGER NOT NULL,
  peak_time INTEGER NOT NULL,
  service TEXT,
  series TEXT NOT NULL,
  method TEXT NOT NULL,
  score REAL NOT NULL,
  threshold REAL NOT NULL,
  severity INTEGER NOT NULL,
  baseline_mean REAL NOT NULL,
  baseline_deviation REAL NOT NULL,
  peak_value REAL NOT NULL,
  fingerprint TEXT NOT NULL UNIQUE,
  pass INTEGER NOT NULL
) STRICT;

CREATE INDEX anomaly_by_time ON anomaly (time);

CREATE TABLE trace (
  id INTEGER PRIMARY KEY,
  trace_id TEXT NOT NULL UNIQUE,
  service TEXT,
  name TEXT NOT NULL,
  start INTEGER NOT NULL,
  -- Microseconds; a fraction carries nanoseconds.
  duration REAL NOT NULL,
  span_count INTEGER NOT NULL,
  error_count INTEGER NOT NULL,
  services TEXT NOT NULL,
  slowest_span_id TEXT,
  slowest_span_name TEXT,
  slowest_span_service TEXT,
  severity INTEGER
) STRICT;

CREATE INDEX trace_by_duration ON trace (duration);
CREATE INDEX trace_by_start ON trace (start);
CREATE INDEX trace_by_errors ON trace (error_count, duration);

-- Which traces a service took part in.
CREATE TABLE trace_service (
  service TEXT NOT NULL,
  trace INTEGER NOT NULL REFERENCES trace ON DELETE CASCADE,
  PRIMARY KEY (service, trace)
) STRICT, WITHOUT ROWID;

CREATE INDEX trace_service_by_trace ON trace_service (trace);

CREATE TABLE dead_letter (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
  byte_offset INTEGER NOT NULL,
  -- In the source; raw may hold only the beginning.
  byte_length INTEGER NOT NULL,
  line INTEGER NOT NULL,
  stage TEXT NOT NULL,
  reason TEXT NOT NULL,
  message TEXT NOT NULL,
  raw BLOB NOT NULL,
  -- SHA-256 of raw.
  raw_hash BLOB NOT NULL,
  connector TEXT NOT NULL,
  format TEXT NOT NULL,
  format_version INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 1,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  replay_generation INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX dead_letter_by_source ON dead_letter (source_id, reason);
CREATE INDEX dead_letter_by_reason ON dead_letter (reason);
