-- The columns of a small segment are one BLOB from now on, under the name '*'. Nothing that is there changes; what was
-- written before this does not know to look for it.
SELECT 1;
