-- The sitemap's pages: public names in their order, without looking at any others.
CREATE INDEX repositories_public ON repositories (namespace, name) WHERE visibility = 'public';
