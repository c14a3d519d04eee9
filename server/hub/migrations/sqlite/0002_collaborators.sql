-- Collaborators, plans, and one place that knows every source of a role.

-- A word of the operator's plans; empty: the first one.
ALTER TABLE namespaces ADD COLUMN plan TEXT NOT NULL DEFAULT '';

ALTER TABLE repository_members ADD COLUMN added_at BIGINT NOT NULL DEFAULT 0;

CREATE INDEX repositories_by_namespace ON repositories (namespace, visibility);

-- Whoever has a role in a repository, each source one branch; the strongest one counts.
CREATE VIEW repository_roles (repository_id, user_id, role) AS
    SELECT r.id, m.user_id, m.role
    FROM repositories r JOIN namespace_members m ON m.namespace = r.namespace
    UNION ALL
    SELECT repository_id, user_id, role FROM repository_members;
