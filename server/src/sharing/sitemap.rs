//! What search engines are told: which pages are not for them, and which there are. Public ones only.

use super::answer::{Sent, refused};
use super::asked::Asked;
use super::xml::{escaped, moment};
use axum::response::Response;
use hub::SITEMAP_PAGE;
use model::view::SitemapRow;
use model::{Error, Missing, RepositoryName};
use std::fmt::Write;

/// Seconds.
const FRESH: u32 = 3600;
const XML: &str = "application/xml; charset=utf-8";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const SPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Pages that are always there.
const ALWAYS: [&str; 3] = ["/", "/explore", "/help/webhooks"];

/// Registry and API, and what is for those who are signed in.
const NOT_FOR_ROBOTS: [&str; 18] = [
    "/v1/",
    "/v2/",
    "/api/",
    "/token",
    "/login",
    "/signup",
    "/reset",
    "/verify/",
    "/join/",
    "/new",
    "/settings",
    "/stars",
    "/orgs/",
    "/styleguide",
    "/notifications",
    "/admin",
    "/r/*/*/settings",
    "/u/*/settings",
];

/// `robots.txt`.
pub(super) async fn robots(asked: Asked) -> Response {
    let mut text = String::from("User-agent: *\n");
    for path in NOT_FOR_ROBOTS {
        writeln!(text, "Disallow: {path}").ok();
    }
    writeln!(text, "\nSitemap: {}/sitemap.xml", asked.shared.hub.settings().url).ok();
    Sent::public("text/plain; charset=utf-8", &text, FRESH).answer(&asked.headers, text)
}

/// Where the pages of the sitemap are.
pub(super) async fn index(asked: Asked) -> Response {
    let hub = &asked.shared.hub;
    let Ok(_room) = asked.shared.sharing.sitemaps.acquire().await else { return refused(&Error::Busy) };
    match hub.sitemap_starts(SITEMAP_PAGE).await {
        Ok(starts) => xml(&asked, index_of(&hub.settings().url, &starts)),
        Err(error) => refused(&error),
    }
}

/// One page of it, behind the repository that `after` names.
pub(super) async fn page(asked: Asked) -> Response {
    let hub = &asked.shared.hub;
    let after = asked.parameter("after").unwrap_or_default();
    if !after.is_empty() && after.parse::<RepositoryName>().is_err() {
        return refused(&Error::NotFound(Missing::Page));
    }
    let Ok(_room) = asked.shared.sharing.sitemaps.acquire().await else { return refused(&Error::Busy) };
    match hub.sitemap_page(&after, SITEMAP_PAGE).await {
        Ok(rows) => xml(&asked, page_of(&hub.settings().url, &after, &rows)),
        Err(error) => refused(&error),
    }
}

fn xml(asked: &Asked, text: String) -> Response {
    Sent::public(XML, &text, FRESH).answer(&asked.headers, text)
}

fn index_of(url: &str, starts: &[RepositoryName]) -> String {
    let url = escaped(url);
    let mut text = format!(
        "{HEAD}<sitemapindex xmlns=\"{SPACE}\">\n<sitemap><loc>{url}/sitemap/page.xml</loc></sitemap>\n"
    );
    for name in starts {
        let (namespace, name) = (name.namespace(), name.name());
        writeln!(text, "<sitemap><loc>{url}/sitemap/page.xml?after={namespace}%2F{name}</loc></sitemap>")
            .ok();
    }
    text.push_str("</sitemapindex>\n");
    text
}

/// The repositories, and before the first one of each namespace the page of that. The first page has what is always
/// there.
fn page_of(url: &str, after: &str, rows: &[SitemapRow]) -> String {
    let url = escaped(url);
    let mut text = format!("{HEAD}<urlset xmlns=\"{SPACE}\">\n");
    for path in ALWAYS.iter().filter(|_| after.is_empty()) {
        writeln!(text, "<url><loc>{url}{path}</loc></url>").ok();
    }
    let mut namespace = after.split('/').next().unwrap_or_default();
    for row in rows {
        if row.name.namespace() != namespace {
            namespace = row.name.namespace();
            // The operator's own repositories are no person's.
            if !row.name.is_official() {
                writeln!(text, "<url><loc>{url}/u/{namespace}</loc></url>").ok();
            }
        }
        let at = moment(row.updated_at);
        writeln!(text, "<url><loc>{url}/r/{}</loc><lastmod>{at}</lastmod></url>", row.name).ok();
    }
    text.push_str("</urlset>\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Timestamp;

    #[test]
    fn a_namespace_is_told_once_over_all_pages() {
        let row = |name: &str| SitemapRow {
            name: name.parse().unwrap_or_else(|_| panic!()),
            updated_at: Timestamp(0),
        };
        let rows = ["anna/aa", "anna/bb", "ben/aa", "library/cc"].map(row);
        let first = page_of("https://hub.example", "", &rows);
        let second = page_of("https://hub.example", "anna/aa", rows.get(1..).unwrap_or_default());
        for (text, addresses) in [(&first, 9), (&second, 4)] {
            let parsed = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(
                parsed.descendants().filter(|node| node.has_tag_name("loc")).count(),
                addresses,
                "{text}"
            );
        }
        assert!(first.contains("/u/anna<") && !second.contains("/u/anna<") && second.contains("/u/ben<"));
        assert!(first.contains("<lastmod>1970-01-01T00:00:00Z</lastmod>"));
    }
}
