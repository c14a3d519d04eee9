-- The notice that a mail is about: taken back, or not to be seen any more, before the mail leaves, no mail does.
ALTER TABLE mails ADD COLUMN notification_id TEXT;
