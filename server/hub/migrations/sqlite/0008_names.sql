-- Names that repositories had: they lead to the repository, and nobody else takes them for a while.
CREATE TABLE former_names (
    namespace     TEXT   NOT NULL,
    name          TEXT   NOT NULL,
    repository_id TEXT   NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
    left_at       BIGINT NOT NULL,
    PRIMARY KEY (namespace, name)
);
CREATE INDEX former_names_by_repository ON former_names (repository_id);

-- What programs of an organization use: they belong to nobody who could leave.
CREATE TABLE organization_tokens (
    id           TEXT   NOT NULL PRIMARY KEY,
    organization TEXT   NOT NULL REFERENCES organizations (name),
    token_hash   TEXT   NOT NULL UNIQUE,
    label        TEXT   NOT NULL,
    scope        TEXT   NOT NULL,
    repositories TEXT   NOT NULL,
    created_by   TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT,
    used_at      BIGINT
);
CREATE INDEX organization_tokens_by_organization ON organization_tokens (organization);
