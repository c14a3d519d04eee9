-- Which version of the renderer wrote `readme_html`. The server renders older ones again when it starts; there are no
-- others than those with a text.
ALTER TABLE repositories ADD COLUMN readme_version BIGINT NOT NULL DEFAULT 0;
CREATE INDEX repositories_by_readme_version ON repositories (readme_version) WHERE full_description <> '';
