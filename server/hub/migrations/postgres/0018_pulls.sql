-- Pulls by day: days are counted from 1970, UTC. `repositories.pulls` is the sum of all days.
CREATE TABLE pull_days (
    repository_id TEXT   NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
    day           BIGINT NOT NULL,
    pulls         BIGINT NOT NULL,
    PRIMARY KEY (repository_id, day)
);

-- Pulls by tag; the empty one is what was pulled by digest. They outlive their tags.
CREATE TABLE tag_pulls (
    repository_id  TEXT   NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
    tag            TEXT   COLLATE "C" NOT NULL,
    pulls          BIGINT NOT NULL,
    last_pulled_at BIGINT NOT NULL,
    PRIMARY KEY (repository_id, tag)
);
CREATE INDEX tag_pulls_most ON tag_pulls (repository_id, pulls);

CREATE TABLE tag_pull_days (
    repository_id TEXT   NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
    tag           TEXT   COLLATE "C" NOT NULL,
    day           BIGINT NOT NULL,
    pulls         BIGINT NOT NULL,
    PRIMARY KEY (repository_id, tag, day)
);

-- The last time it was sent, by whatever name.
ALTER TABLE manifests ADD COLUMN last_pulled_at BIGINT;
