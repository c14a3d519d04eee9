-- The sitemap's pages: public names in their order. Not a partial index: SQLite, which has no statistics here, would
-- rather sort all public repositories than read one.
CREATE INDEX repositories_by_name ON repositories (visibility, namespace, name);
