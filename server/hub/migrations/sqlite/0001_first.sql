-- Ids are UUIDv7 as text, times Unix milliseconds, roles ranks (1 read, 2 write, 3 admin, 4 owner).
-- The same tables and columns as ../postgres/0001_first.sql; a test compares them.

-- Users and organizations share one name space.
CREATE TABLE namespaces (
    name       TEXT    NOT NULL PRIMARY KEY,
    kind       TEXT    NOT NULL,
    created_at BIGINT  NOT NULL
);

CREATE TABLE users (
    id                 TEXT    NOT NULL PRIMARY KEY,
    username           TEXT    NOT NULL UNIQUE REFERENCES namespaces (name),
    email              TEXT    NOT NULL,
    email_key          TEXT    NOT NULL UNIQUE,
    email_verified     BOOLEAN NOT NULL,
    password_hash      TEXT    NOT NULL,
    is_admin           BOOLEAN NOT NULL,
    default_visibility TEXT    NOT NULL,
    created_at         BIGINT  NOT NULL
);

-- Who has a role in every repository of a namespace. A person owns their own.
CREATE TABLE namespace_members (
    namespace TEXT   NOT NULL REFERENCES namespaces (name) ON DELETE CASCADE,
    user_id   TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role      BIGINT NOT NULL,
    PRIMARY KEY (namespace, user_id)
);
CREATE INDEX namespace_members_by_user ON namespace_members (user_id);

CREATE TABLE sessions (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    id         TEXT   NOT NULL UNIQUE,
    user_id    TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    user_agent TEXT   NOT NULL,
    address    TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);

-- What `docker login` keeps instead of the password.
CREATE TABLE refresh_tokens (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    user_id    TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    client_id  TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    used_at    BIGINT,
    expires_at BIGINT NOT NULL
);
CREATE INDEX refresh_tokens_by_user ON refresh_tokens (user_id);

-- One-time links that make an account.
CREATE TABLE invitations (
    token_hash TEXT    NOT NULL PRIMARY KEY,
    is_admin   BOOLEAN NOT NULL,
    created_at BIGINT  NOT NULL,
    expires_at BIGINT  NOT NULL
);

CREATE TABLE repositories (
    id               TEXT   NOT NULL PRIMARY KEY,
    namespace        TEXT   NOT NULL REFERENCES namespaces (name),
    name             TEXT   NOT NULL,
    visibility       TEXT   NOT NULL,
    description      TEXT   NOT NULL,
    full_description TEXT   NOT NULL,
    -- The full description, rendered and sanitised when it was saved.
    readme_html      TEXT   NOT NULL,
    created_at       BIGINT NOT NULL,
    -- The last push or change.
    updated_at       BIGINT NOT NULL,
    UNIQUE (namespace, name)
);
CREATE INDEX repositories_listed ON repositories (visibility, updated_at);

-- Who has a role in one repository: its collaborators.
CREATE TABLE repository_members (
    repository_id TEXT   NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
    user_id       TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role          BIGINT NOT NULL,
    PRIMARY KEY (repository_id, user_id)
);
CREATE INDEX repository_members_by_user ON repository_members (user_id);

-- What the blob store holds, whoever pushed it.
CREATE TABLE blobs (
    digest     TEXT   NOT NULL PRIMARY KEY,
    size       BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Which repository may serve which blob; without a row here a blob does not exist for it.
CREATE TABLE repository_blobs (
    repository_id TEXT   NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
    digest        TEXT   NOT NULL REFERENCES blobs (digest),
    created_at    BIGINT NOT NULL,
    PRIMARY KEY (repository_id, digest)
);
CREATE INDEX repository_blobs_by_digest ON repository_blobs (digest);

CREATE TABLE uploads (
    id            TEXT   NOT NULL PRIMARY KEY,
    repository_id TEXT   NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
    user_id       TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at    BIGINT NOT NULL,
    updated_at    BIGINT NOT NULL
);
CREATE INDEX uploads_by_repository ON uploads (repository_id);

CREATE TABLE manifests (
    repository_id TEXT   NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
    digest        TEXT   NOT NULL,
    media_type    TEXT   NOT NULL,
    -- As pushed, byte for byte.
    body          BLOB   NOT NULL,
    -- For referrers: the manifest's artifactType, or its config's media type.
    artifact_type TEXT,
    annotations   TEXT,
    subject       TEXT,
    -- `linux/amd64`; empty for what is no image.
    platform      TEXT   NOT NULL,
    -- Bytes of config and layers; 0 for an index.
    image_size    BIGINT NOT NULL,
    pushed_at     BIGINT NOT NULL,
    pushed_by     TEXT   NOT NULL,
    PRIMARY KEY (repository_id, digest)
);
CREATE INDEX manifests_by_subject ON manifests (repository_id, subject);

-- What a manifest needs: its blobs and, for an index, its manifests, in their order.
CREATE TABLE manifest_parts (
    repository_id TEXT   NOT NULL,
    manifest      TEXT   NOT NULL,
    position      BIGINT NOT NULL,
    kind          TEXT   NOT NULL,
    digest        TEXT   NOT NULL,
    size          BIGINT NOT NULL,
    PRIMARY KEY (repository_id, manifest, position),
    FOREIGN KEY (repository_id, manifest) REFERENCES manifests (repository_id, digest) ON DELETE CASCADE
);
CREATE INDEX manifest_parts_by_digest ON manifest_parts (repository_id, digest);

CREATE TABLE tags (
    repository_id TEXT   NOT NULL,
    name          TEXT   NOT NULL,
    digest        TEXT   NOT NULL,
    pushed_at     BIGINT NOT NULL,
    pushed_by     TEXT   NOT NULL,
    PRIMARY KEY (repository_id, name),
    FOREIGN KEY (repository_id, digest) REFERENCES manifests (repository_id, digest)
);
CREATE INDEX tags_by_digest ON tags (repository_id, digest);

-- Every move of every tag; no digest: it was deleted.
CREATE TABLE tag_moves (
    id            TEXT   NOT NULL PRIMARY KEY,
    repository_id TEXT   NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
    tag           TEXT   NOT NULL,
    digest        TEXT,
    moved_at      BIGINT NOT NULL,
    moved_by      TEXT   NOT NULL
);
CREATE INDEX tag_moves_by_tag ON tag_moves (repository_id, tag, id);

-- The outbox: what happened, written with the change itself.
CREATE TABLE events (
    id            TEXT   NOT NULL PRIMARY KEY,
    kind          TEXT   NOT NULL,
    -- No reference: an event outlives its repository.
    repository_id TEXT,
    actor         TEXT   NOT NULL,
    happened_at   BIGINT NOT NULL,
    body          TEXT   NOT NULL
);
CREATE INDEX events_by_repository ON events (repository_id, id);
