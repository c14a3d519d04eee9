-- What programs use instead of a password. `repositories`: names with spaces between them; empty: all.
CREATE TABLE access_tokens (
    id           TEXT   NOT NULL PRIMARY KEY,
    user_id      TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    token_hash   TEXT   NOT NULL UNIQUE,
    label        TEXT   NOT NULL,
    scope        TEXT   NOT NULL,
    repositories TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT,
    used_at      BIGINT
);
CREATE INDEX access_tokens_by_user ON access_tokens (user_id);

-- A docker login with a token ends with the token.
ALTER TABLE refresh_tokens ADD COLUMN access_token_id TEXT REFERENCES access_tokens (id) ON DELETE CASCADE;
