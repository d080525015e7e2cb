-- What the format of a dead letter needs around it to read it as it stood: [before, after] as JSON. Null where it needs
-- nothing, and for letters of older cases, which are read under the beginning of their source.
ALTER TABLE dead_letter ADD COLUMN around TEXT;
