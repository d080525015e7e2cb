-- Small sources that are read together share what is compressed: the columns of their records, and their text. A segment
-- is still one source's, and so is a block of text; where they are shared, they are a place in a pack.
CREATE TABLE column_pack (
  -- Readers keep packs by their id: never given twice.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  rows INTEGER NOT NULL,
  -- Segments that lie in it; without any it goes.
  uses INTEGER NOT NULL
) STRICT;

CREATE TABLE pack_column (
  pack_id INTEGER NOT NULL REFERENCES column_pack ON DELETE CASCADE,
  -- As in segment_column.
  name TEXT NOT NULL,
  codec TEXT NOT NULL,
  checksum INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (pack_id, name)
) STRICT;

CREATE TABLE text_pack (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- Once decompressed.
  byte_length INTEGER NOT NULL,
  -- Blocks that lie in it; without any it goes.
  uses INTEGER NOT NULL,
  codec TEXT NOT NULL,
  -- CRC-32 of data.
  checksum INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;

-- Null where a segment has columns of its own.
ALTER TABLE segment ADD COLUMN pack_id INTEGER REFERENCES column_pack;
ALTER TABLE segment ADD COLUMN pack_row INTEGER;

-- Not null where its codec is 'shared'; its own data is empty then.
ALTER TABLE raw_block ADD COLUMN pack_id INTEGER REFERENCES text_pack;
ALTER TABLE raw_block ADD COLUMN pack_offset INTEGER;
