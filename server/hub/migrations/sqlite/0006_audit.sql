-- What the audit log asks for: where it happened, from where, and with what.
ALTER TABLE events ADD COLUMN namespace TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN address TEXT NOT NULL DEFAULT '';
-- The means as JSON; empty: none.
ALTER TABLE events ADD COLUMN means TEXT NOT NULL DEFAULT '';
CREATE INDEX events_by_namespace ON events (namespace, id);
