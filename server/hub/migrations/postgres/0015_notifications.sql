-- What people are told of; written with what it tells, kept for 90 days.
CREATE TABLE notifications (
    id            TEXT   NOT NULL PRIMARY KEY,
    user_id       TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind          TEXT   NOT NULL,
    -- Shown only while it is there and the person has this role in it (0: may pull from it); NULL: about none.
    -- No reference: whoever tells of a repository must not wait for it with other rows in hand.
    repository_id TEXT,
    role          BIGINT NOT NULL,
    -- The id of the comment, the webhook or the invitation; empty: there is none.
    subject       TEXT   NOT NULL,
    body          TEXT   NOT NULL,
    told_at       BIGINT NOT NULL,
    -- It went out by e-mail too.
    is_mailed     BOOLEAN NOT NULL,
    read_at       BIGINT
);
-- As the page lists them: unread ones first, the latest first.
CREATE INDEX notifications_listed ON notifications
    (user_id, (CASE WHEN read_at IS NULL THEN 0 ELSE 1 END), told_at DESC, id DESC);
CREATE INDEX notifications_unread ON notifications (user_id) WHERE read_at IS NULL;
CREATE INDEX notifications_by_subject ON notifications (subject) WHERE subject <> '';
CREATE INDEX notifications_invitations ON notifications (subject) WHERE kind = 'invitation';
CREATE INDEX notifications_by_age ON notifications (told_at);

-- Whether somebody wants a kind by e-mail too; no row: as the kind is by itself.
CREATE TABLE notification_mails (
    user_id TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind    TEXT    NOT NULL,
    wanted  BOOLEAN NOT NULL,
    PRIMARY KEY (user_id, kind)
);
