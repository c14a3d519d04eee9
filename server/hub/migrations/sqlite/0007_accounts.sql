-- Suspended people can not sign in; their repositories stay.
ALTER TABLE users ADD COLUMN is_suspended BOOLEAN NOT NULL DEFAULT FALSE;

-- Codes of an authenticator (TOTP, RFC 6238). Not confirmed: it was shown, and no code came back yet.
CREATE TABLE second_factors (
    user_id      TEXT    NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    -- Base32.
    secret       TEXT    NOT NULL,
    is_confirmed BOOLEAN NOT NULL,
    -- The time step of the last code that was taken: none is taken twice.
    last_step    BIGINT  NOT NULL,
    -- Wrong codes in a row, and when the last one came.
    wrong_codes  BIGINT  NOT NULL,
    wrong_at     BIGINT  NOT NULL
);

-- One-time codes for whoever lost the authenticator.
CREATE TABLE recovery_codes (
    user_id   TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    code_hash TEXT NOT NULL,
    PRIMARY KEY (user_id, code_hash)
);

-- Somebody gave the password, and still owes the code.
CREATE TABLE pending_sign_ins (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    user_id    TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);

-- Links that were mailed: to prove an address, or to choose a new password.
CREATE TABLE mailed_links (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    purpose    TEXT   NOT NULL,
    user_id    TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- The address it went to; good only while it is still the account's.
    email_key  TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX mailed_links_by_user ON mailed_links (user_id, purpose);

-- Mails that wait to be sent, written with the change that they tell of.
CREATE TABLE mails (
    id       TEXT   NOT NULL PRIMARY KEY,
    body     TEXT   NOT NULL,
    attempts BIGINT NOT NULL,
    due_at   BIGINT NOT NULL
);
CREATE INDEX mails_by_due ON mails (due_at);

-- Empty: the link is passed on by hand.
ALTER TABLE member_invitations ADD COLUMN email TEXT NOT NULL DEFAULT '';
