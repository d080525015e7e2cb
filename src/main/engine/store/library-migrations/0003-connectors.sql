-- What is known of the targets that connectors call: the state of their breakers, how calls went, who decided what.
-- `saved` is JSON of the resilience layer, which checks it when it takes it back.

CREATE TABLE breaker (
  connector TEXT NOT NULL,
  target TEXT NOT NULL,
  saved TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  PRIMARY KEY (connector, target)
) STRICT, WITHOUT ROWID;

CREATE TABLE call_statistics (
  -- "operation" or "target".
  kind TEXT NOT NULL,
  connector TEXT NOT NULL,
  name TEXT NOT NULL,
  saved TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  PRIMARY KEY (kind, connector, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX call_statistics_by_age ON call_statistics (saved_at);

-- Manual decisions, never changed.
CREATE TABLE connector_action (
  id INTEGER PRIMARY KEY,
  connector TEXT NOT NULL,
  target TEXT NOT NULL,
  action TEXT NOT NULL,
  actor TEXT NOT NULL,
  decided_at INTEGER NOT NULL
) STRICT;

CREATE INDEX connector_action_by_target ON connector_action (connector, target, id);
