-- Dead letters can be edited, replayed, discarded, exported and brought in; what became of each stays known.

-- What the segment's records are read with; null is the format of their source.
ALTER TABLE segment ADD COLUMN format TEXT;

-- Counted among dead_letters and not kept: over the cap, or too old.
ALTER TABLE source ADD COLUMN dead_letters_dropped INTEGER NOT NULL DEFAULT 0;

-- Same bytes at the same place, same key; unique within a source.
ALTER TABLE dead_letter ADD COLUMN idempotency_key TEXT NOT NULL DEFAULT '';
-- Where its whole bytes lie in the stored text of the source; null is byte_offset.
ALTER TABLE dead_letter ADD COLUMN raw_at INTEGER;
-- What a replay reads instead of the original.
ALTER TABLE dead_letter ADD COLUMN edited BLOB;
-- Grows with each edit.
ALTER TABLE dead_letter ADD COLUMN edits INTEGER NOT NULL DEFAULT 0;

UPDATE dead_letter
   SET idempotency_key = keyed.key
  FROM (SELECT id,
               byte_offset || '-' || byte_length || '-' || lower(substr(hex(raw_hash), 1, 32))
                 || CASE ROW_NUMBER() OVER same WHEN 1 THEN '' ELSE '-' || ROW_NUMBER() OVER same END AS key
          FROM dead_letter
        WINDOW same AS (PARTITION BY source_id, byte_offset, byte_length, raw_hash ORDER BY id)) AS keyed
 WHERE keyed.id = dead_letter.id;

CREATE UNIQUE INDEX dead_letter_by_key ON dead_letter (source_id, idempotency_key);

-- Oldest first, of all, of a source, of a reason, of both.
DROP INDEX dead_letter_by_source;
DROP INDEX dead_letter_by_reason;
CREATE INDEX dead_letter_by_source ON dead_letter (source_id, reason, first_at);
CREATE INDEX dead_letter_by_reason ON dead_letter (reason, first_at);
CREATE INDEX dead_letter_by_age ON dead_letter (first_at);
CREATE INDEX dead_letter_by_source_age ON dead_letter (source_id, first_at);

-- Every attempt and edit but the reading itself, which the letter tells until something else happens to it.
CREATE TABLE dead_letter_history (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  letter_id INTEGER NOT NULL,
  source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
  at INTEGER NOT NULL,
  action TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  format TEXT,
  zone TEXT,
  encoding TEXT,
  reason TEXT,
  message TEXT,
  text BLOB
) STRICT;

CREATE INDEX dead_letter_history_by_letter ON dead_letter_history (letter_id);
CREATE INDEX dead_letter_history_by_source ON dead_letter_history (source_id);

-- Letters that are none any more. They keep a replay, or an import of letters, from having its effect twice.
CREATE TABLE settled_dead_letter (
  letter_id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
  idempotency_key TEXT NOT NULL,
  -- replayed, skipped or discarded
  outcome TEXT NOT NULL,
  -- Of one that counts as skipped now: what it counts under.
  reason TEXT,
  at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX settled_dead_letter_by_key ON settled_dead_letter (source_id, idempotency_key);
