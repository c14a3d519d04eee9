-- Whether anything was ever delivered: who has not proved it gets one delivery at a time.
ALTER TABLE webhooks ADD COLUMN is_proven BOOLEAN NOT NULL DEFAULT FALSE;

-- The language of the last sign-in (BCP 47), for mails that nobody asked for; empty: not known.
ALTER TABLE users ADD COLUMN language TEXT NOT NULL DEFAULT '';
