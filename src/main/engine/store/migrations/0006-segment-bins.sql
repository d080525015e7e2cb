-- How many log records, spans and other records of a segment, metric samples aside, fall into each stretch of time, by
-- level: bars are drawn before a record is looked at. Segments of older versions have none.
CREATE TABLE segment_bins (
  segment_id INTEGER PRIMARY KEY REFERENCES segment ON DELETE CASCADE,
  -- Width of a bin, and which multiple of it since the epoch the first one is.
  micros INTEGER NOT NULL,
  first_bin INTEGER NOT NULL,
  -- Metric samples of the segment, which no bin counts.
  samples INTEGER NOT NULL,
  codec TEXT NOT NULL,
  -- Once decompressed: uint32, little-endian, one for each level of each bin.
  bytes INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;
