-- Comments of repositories, what people flagged, and who may not comment.
-- `repositories.comments` counts those with the state 'visible', in the transaction that changes a state.

-- Who may comment: off, members, everybody.
ALTER TABLE repositories ADD COLUMN comment_policy TEXT NOT NULL DEFAULT 'everybody';
-- A person's first comment waits until a maintainer approves it.
ALTER TABLE repositories ADD COLUMN first_comment_waits BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE comments (
    id            TEXT    NOT NULL PRIMARY KEY,
    repository_id TEXT    NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
    -- What it answers, which answers nothing itself.
    parent_id     TEXT    REFERENCES comments (id),
    -- Whose comment that was.
    answered_id   TEXT    REFERENCES users (id),
    -- No cascade: whoever lets accounts be deleted has to say what becomes of their comments, and count anew.
    author_id     TEXT    NOT NULL REFERENCES users (id),
    -- Markdown, and the same rendered and sanitised when it was saved; both empty once it is deleted.
    body          TEXT    NOT NULL,
    html          TEXT    NOT NULL,
    -- visible, waiting, hidden, deleted
    state         TEXT    NOT NULL,
    written_at    BIGINT  NOT NULL,
    edited_at     BIGINT,
    -- Who hid it and why; by_site: a site admin, whom maintainers can not overrule.
    judged_by     TEXT    NOT NULL,
    because       TEXT    NOT NULL,
    by_site       BOOLEAN NOT NULL,
    -- Flags that nobody decided about yet.
    open_flags    BIGINT  NOT NULL
);
CREATE INDEX comments_by_repository ON comments (repository_id, parent_id, id);
CREATE INDEX comments_by_parent ON comments (parent_id);
CREATE INDEX comments_by_author ON comments (author_id, written_at);
CREATE INDEX comments_flagged ON comments (id) WHERE open_flags > 0;
CREATE INDEX comments_visible ON comments (repository_id, id) WHERE state = 'visible';
CREATE INDEX comments_hidden ON comments (id) WHERE state = 'hidden';
-- The queues of one repository.
CREATE INDEX comments_open_here ON comments (repository_id, id) WHERE open_flags > 0 OR state = 'waiting';
CREATE INDEX comments_hidden_here ON comments (repository_id, id) WHERE state = 'hidden';

-- What people said of comments; each person once of each, and again once it was decided and its text changed.
CREATE TABLE comment_flags (
    comment_id TEXT   NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
    user_id    TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    reason     TEXT   NOT NULL,
    words      TEXT   NOT NULL,
    -- What the comment said then: its author may have changed it since.
    body       TEXT   NOT NULL,
    flagged_at BIGINT NOT NULL,
    -- Nobody decided about it yet.
    is_open    BOOLEAN NOT NULL,
    PRIMARY KEY (comment_id, user_id)
);

-- Who may not comment on one repository.
CREATE TABLE comment_blocks (
    repository_id TEXT   NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
    user_id       TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    because       TEXT   NOT NULL,
    blocked_by    TEXT   NOT NULL,
    blocked_at    BIGINT NOT NULL,
    PRIMARY KEY (repository_id, user_id)
);

-- Who may not comment anywhere.
CREATE TABLE site_comment_blocks (
    user_id    TEXT   NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    because    TEXT   NOT NULL,
    blocked_by TEXT   NOT NULL,
    blocked_at BIGINT NOT NULL
);
