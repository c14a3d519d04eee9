-- Passkeys (WebAuthn level 3): sign-in without a password.
CREATE TABLE passkeys (
    id            TEXT   NOT NULL PRIMARY KEY,
    user_id       TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- What the device calls it, base64url.
    credential_id TEXT   NOT NULL UNIQUE,
    label         TEXT   NOT NULL,
    -- The public key and what the device told of itself, JSON.
    passkey       TEXT   NOT NULL,
    created_at    BIGINT NOT NULL,
    used_at       BIGINT
);
CREATE INDEX passkeys_by_user ON passkeys (user_id, created_at);

-- A question that a device was asked, until its one answer comes.
CREATE TABLE passkey_ceremonies (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    -- NULL: somebody who wants to sign in.
    user_id    TEXT   REFERENCES users (id) ON DELETE CASCADE,
    label      TEXT   NOT NULL,
    -- What the browser is given, and what its answer is checked against; JSON.
    options    TEXT   NOT NULL,
    state      TEXT   NOT NULL,
    expires_at BIGINT NOT NULL
);
