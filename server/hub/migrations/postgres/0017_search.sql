-- Search: what the index knows of each repository, written with each change of it. What is there already is indexed
-- when the server starts. To index everything anew (other words): DELETE FROM search_words, DELETE FROM search_documents.

CREATE TABLE search_documents (
    repository_id TEXT   NOT NULL PRIMARY KEY REFERENCES repositories (id) ON DELETE CASCADE,
    -- Its own for ever: keeps positions apart.
    number        BIGINT NOT NULL UNIQUE,
    -- Where it stands in search_words, the best first; NULL: it is not public and hence not there.
    position      BIGINT UNIQUE,
    -- The words of what is not public, a space around each; empty: they are in search_words.
    words         TEXT   NOT NULL,
    -- Name and short description in small letters: databases know only some of these.
    folded        TEXT   NOT NULL,
    -- Young and liked: the more, the higher; NULL: not public, or nobody starred or pulled it yet.
    rising        BIGINT,
    -- When its weight is to be looked at again.
    due_at        BIGINT NOT NULL
);
CREATE INDEX search_documents_due ON search_documents (due_at);
CREATE INDEX search_documents_rising ON search_documents (rising, number) WHERE rising IS NOT NULL;
CREATE SEQUENCE search_numbers;

-- Public ones only. GIN has no order: a word that half of all have would be read whole. So the best few thousand have
-- indexes of their own, and what is left for the whole ones is rare.
CREATE TABLE search_words (
    position BIGINT   NOT NULL PRIMARY KEY,
    is_top   BOOLEAN  NOT NULL,
    heads    TSVECTOR NOT NULL,
    words    TSVECTOR NOT NULL
);
-- fastupdate would keep new ones in a list that every search reads.
CREATE INDEX search_words_heads ON search_words USING gin (heads) WITH (fastupdate = off);
CREATE INDEX search_words_words ON search_words USING gin (words) WITH (fastupdate = off);
CREATE INDEX search_words_top_heads ON search_words USING gin (heads) WITH (fastupdate = off) WHERE is_top;
CREATE INDEX search_words_top_words ON search_words USING gin (words) WITH (fastupdate = off) WHERE is_top;
-- Which of the best are no longer among them.
CREATE INDEX search_words_top_positions ON search_words (position) WHERE is_top;
-- The last position that is among the best; one row.
CREATE TABLE search_words_top (last BIGINT NOT NULL);
INSERT INTO search_words_top (last) VALUES (9223372036854775807);

-- Whoever counts stars and pulls need not know of the index: it is told when a count doubles (its highest bit moves),
-- and of the first push in a week.
CREATE FUNCTION search_documents_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE search_documents SET due_at = 0 WHERE repository_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER search_documents_due AFTER UPDATE OF stars, pulls, updated_at ON repositories FOR EACH ROW
WHEN ((OLD.stars | NEW.stars) - (OLD.stars & NEW.stars) > (OLD.stars & NEW.stars)
    OR (OLD.pulls | NEW.pulls) - (OLD.pulls & NEW.pulls) > (OLD.pulls & NEW.pulls)
    OR NEW.updated_at > OLD.updated_at + 604800000)
EXECUTE FUNCTION search_documents_due();

-- The orders of lists (most repositories have no stars: the id decides), and which repository has which platform.
CREATE INDEX repositories_by_stars ON repositories (visibility, stars, id);
CREATE INDEX repositories_by_pulls ON repositories (visibility, pulls, id);
CREATE INDEX manifests_by_platform ON manifests (repository_id, platform);
-- The latest of what is looked through for its own people: anybody can own a hundred thousand.
CREATE INDEX repositories_hidden ON repositories (namespace, updated_at, id) WHERE visibility <> 'public';
DROP INDEX repository_members_by_user;
CREATE INDEX repository_members_by_user ON repository_members (user_id, repository_id);
