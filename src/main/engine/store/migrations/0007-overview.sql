-- Counts of all records of a case by time and level, so that its bars are drawn from one row when it is opened. They are
-- written when nothing is going on, and hold while the segments up to the last one are as many as they were: ids of
-- segments are never given twice.
CREATE TABLE overview (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  last_segment INTEGER NOT NULL,
  segments INTEGER NOT NULL,
  -- As in segment_bins.
  micros INTEGER NOT NULL,
  first_bin INTEGER NOT NULL,
  samples INTEGER NOT NULL,
  codec TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  -- CRC-32 of data.
  checksum INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;
