-- The sitemap's pages: public names in their order. Not a partial index: SQLite, which has no statistics here, would
-- rather sort all public repositories than read one.
CREATE INDEX repositories_by_name ON repositories (visibility, namespace, name);
-- The tag that was pushed last, and a version among the latest, for badges that strangers ask for.
CREATE INDEX tags_by_push ON tags (repository_id, pushed_at DESC, name);
