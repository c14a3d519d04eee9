-- Organizations, their people (rows of namespace_members; role 0 is a plain member) and their teams.

CREATE TABLE organizations (
    name               TEXT   NOT NULL PRIMARY KEY REFERENCES namespaces (name),
    full_name          TEXT   NOT NULL,
    default_visibility TEXT   NOT NULL,
    created_at         BIGINT NOT NULL
);

CREATE TABLE teams (
    id           TEXT   NOT NULL PRIMARY KEY,
    organization TEXT   NOT NULL REFERENCES organizations (name),
    name         TEXT   NOT NULL,
    description  TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    UNIQUE (organization, name)
);

CREATE TABLE team_members (
    team_id TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (team_id, user_id)
);
CREATE INDEX team_members_by_user ON team_members (user_id);

CREATE TABLE team_repositories (
    team_id       TEXT   NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    repository_id TEXT   NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
    role          BIGINT NOT NULL,
    PRIMARY KEY (team_id, repository_id)
);
CREATE INDEX team_repositories_by_repository ON team_repositories (repository_id);

-- One-time links into an organization.
CREATE TABLE member_invitations (
    id           TEXT   NOT NULL PRIMARY KEY,
    token_hash   TEXT   NOT NULL UNIQUE,
    organization TEXT   NOT NULL REFERENCES organizations (name),
    role         BIGINT NOT NULL,
    team_id      TEXT   REFERENCES teams (id) ON DELETE CASCADE,
    created_by   TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL
);
CREATE INDEX member_invitations_by_organization ON member_invitations (organization);

-- Whoever has a role in a repository, each source one branch; the strongest one counts.
-- A team gives no more than Read (1) to somebody whose e-mail is not verified.
DROP VIEW repository_roles;
CREATE VIEW repository_roles (repository_id, user_id, role) AS
    SELECT r.id, m.user_id, m.role
    FROM repositories r JOIN namespace_members m ON m.namespace = r.namespace AND m.role > 0
    UNION ALL
    SELECT repository_id, user_id, role FROM repository_members
    UNION ALL
    SELECT tr.repository_id, tm.user_id, CASE WHEN u.email_verified THEN tr.role ELSE 1 END
    FROM team_repositories tr
    JOIN team_members tm ON tm.team_id = tr.team_id
    JOIN users u ON u.id = tm.user_id;
