-- What people decided about templates. The ids are of templates as they were then; the texts find them again when later
-- sources have changed them.
CREATE TABLE template_decision (
  kind        TEXT NOT NULL CHECK (kind IN ('mute', 'merge', 'split')),
  template_id TEXT NOT NULL,
  template    TEXT NOT NULL,
  -- Of a merge.
  target_id   TEXT,
  target      TEXT,
  -- Of a split.
  place       INTEGER,
  decided_at  INTEGER NOT NULL,
  PRIMARY KEY (kind, template_id)
) STRICT, WITHOUT ROWID;
