-- All that a webhook may have under way is: another push does not make it due, only an end of one of them does.
ALTER TABLE webhooks ADD COLUMN is_full BOOLEAN NOT NULL DEFAULT FALSE;
-- A receiver that hangs lets thousands of steps wait: what is under way is found without looking at them.
CREATE INDEX webhook_steps_leased ON webhook_steps (webhook_id, leased_until) WHERE leased_until > 0;
