-- Webhooks: where pushes are told. Secrets are sealed with a key that is not in the database.
CREATE TABLE webhooks (
    id               TEXT    NOT NULL PRIMARY KEY,
    repository_id    TEXT    NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
    name             TEXT    NOT NULL,
    format           TEXT    NOT NULL,
    secret           TEXT    NOT NULL,
    -- The one before the last rotation, and until when it still signs; empty: none.
    old_secret       TEXT    NOT NULL,
    old_secret_until BIGINT  NOT NULL,
    -- The last step waits for its callback too.
    waits            BOOLEAN NOT NULL,
    -- Milliseconds that a step waits for its callback.
    step_ttl         BIGINT  NOT NULL,
    -- Why nothing is sent; empty: it is.
    disabled         TEXT    NOT NULL,
    -- Since when nothing could be delivered.
    failing_since    BIGINT,
    -- When there is something to send; NULL: nothing is waiting.
    next_due         BIGINT,
    created_at       BIGINT  NOT NULL,
    created_by       TEXT    NOT NULL
);
CREATE INDEX webhooks_by_repository ON webhooks (repository_id);
CREATE INDEX webhooks_by_due ON webhooks (next_due);

-- The URLs of a webhook, in the order in which they are called.
CREATE TABLE webhook_urls (
    webhook_id TEXT   NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    position   BIGINT NOT NULL,
    url        TEXT   NOT NULL,
    PRIMARY KEY (webhook_id, position)
);

-- Pushes that webhooks were not asked about yet.
CREATE TABLE event_queue (
    event_id TEXT NOT NULL PRIMARY KEY REFERENCES events (id)
);

-- One push told to one webhook.
CREATE TABLE webhook_runs (
    id          TEXT   NOT NULL PRIMARY KEY,
    webhook_id  TEXT   NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    -- The push; NULL for a test or a replay. Told once.
    event_id    TEXT,
    cause       TEXT   NOT NULL,
    tag         TEXT   NOT NULL,
    digest      TEXT   NOT NULL,
    pusher      TEXT   NOT NULL,
    -- What receivers get, but for the callback's address; JSON.
    payload     TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    started_at  BIGINT NOT NULL,
    ended_at    BIGINT,
    UNIQUE (webhook_id, event_id)
);

-- A URL's part of a run.
CREATE TABLE webhook_steps (
    run_id        TEXT    NOT NULL REFERENCES webhook_runs (id) ON DELETE CASCADE,
    position      BIGINT  NOT NULL,
    webhook_id    TEXT    NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    url           TEXT    NOT NULL,
    waits         BOOLEAN NOT NULL,
    state         TEXT    NOT NULL,
    -- The same for every attempt: how a receiver knows that it has it already.
    message_id    TEXT    NOT NULL,
    callback_hash TEXT    NOT NULL UNIQUE,
    attempts      BIGINT  NOT NULL,
    -- When it is to be sent; NULL: not now.
    due_at        BIGINT,
    -- Whoever sends it has it until then.
    lease         TEXT    NOT NULL,
    leased_until  BIGINT  NOT NULL,
    started_at    BIGINT,
    called_at     BIGINT,
    ended_at      BIGINT,
    -- When its callback must have come.
    expires_at    BIGINT,
    -- The callback as JSON; empty: none came.
    callback      TEXT    NOT NULL,
    callback_at   BIGINT,
    PRIMARY KEY (run_id, position)
);
CREATE INDEX webhook_steps_due ON webhook_steps (webhook_id, due_at);
CREATE INDEX webhook_steps_expiring ON webhook_steps (expires_at);

-- Each time that a step was sent.
CREATE TABLE webhook_attempts (
    id               TEXT   NOT NULL PRIMARY KEY,
    run_id           TEXT   NOT NULL,
    position         BIGINT NOT NULL,
    number           BIGINT NOT NULL,
    url              TEXT   NOT NULL,
    sent_at          BIGINT NOT NULL,
    -- Milliseconds.
    duration         BIGINT NOT NULL,
    -- The HTTP status; NULL: there was no answer.
    status           BIGINT,
    -- Why there was none; empty: there was.
    error            TEXT   NOT NULL,
    -- Name and value a line.
    request_headers  TEXT   NOT NULL,
    response_headers TEXT   NOT NULL,
    -- The first 4 KiB.
    response         TEXT   NOT NULL,
    FOREIGN KEY (run_id, position) REFERENCES webhook_steps (run_id, position) ON DELETE CASCADE
);
CREATE INDEX webhook_attempts_by_step ON webhook_attempts (run_id, position, number);

-- A repository counts its pushes: receivers can tell whether they missed one.
ALTER TABLE repositories ADD COLUMN pushes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE events ADD COLUMN sequence BIGINT;
