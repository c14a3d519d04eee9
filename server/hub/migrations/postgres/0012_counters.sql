-- What lists are ordered by and pages show, kept with each repository so that nothing is counted for a list.
ALTER TABLE repositories ADD COLUMN stars BIGINT NOT NULL DEFAULT 0;
-- Comments that everybody who sees the repository sees.
ALTER TABLE repositories ADD COLUMN comments BIGINT NOT NULL DEFAULT 0;
ALTER TABLE repositories ADD COLUMN pulls BIGINT NOT NULL DEFAULT 0;
ALTER TABLE repositories ADD COLUMN last_pulled_at BIGINT;
