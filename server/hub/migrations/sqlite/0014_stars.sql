-- Who starred what; `repositories.stars` counts these rows, in the transaction that adds or removes one.
CREATE TABLE stars (
    repository_id TEXT   NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
    user_id       TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    starred_at    BIGINT NOT NULL,
    PRIMARY KEY (repository_id, user_id)
);
CREATE INDEX stars_by_repository ON stars (repository_id, starred_at);
CREATE INDEX stars_by_user ON stars (user_id, starred_at);
