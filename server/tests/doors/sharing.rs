//! What is shown elsewhere: badges, feeds, pictures, sitemap, and the tags in the heads of pages.

use crate::support::{Answer, TestServer, basic};
use axum::body::Body;
use axum::http::Request;
use roxmltree::Document;
use serde_json::json;

/// What is shown of one repository.
const SHOWN: [&str; 8] = [
    "badge/pulls.svg",
    "badge/stars.svg",
    "badge/size.svg",
    "badge/version.svg",
    "badge/build.svg",
    "badge/version.svg?tag=v1&label=a&color=red&lang=zh-CN",
    "feed.atom",
    "picture.png",
];

/// Anna's repository of that name with an image under `v1`.
async fn stocked(visibility: &str) -> TestServer {
    let server = TestServer::new().await;
    server.push_image("anna", "anna/app", "v1").await;
    edit(&server, json!({ "visibility": visibility })).await;
    server
}

async fn edit(server: &TestServer, change: serde_json::Value) {
    let path = "/v2/repositories/anna/app/";
    let answer = server.typed("PATCH", path, &basic("anna"), "application/json", change.to_string()).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

async fn with(server: &TestServer, path: &str, name: &str, value: &str) -> Answer {
    server.send(Request::builder().uri(path).header(name, value).body(Body::empty()).unwrap()).await
}

fn head_of(answer: &Answer) -> Vec<(String, String)> {
    let masked = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
        (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let mut all: Vec<_> =
        answer.headers.iter().map(masked).filter(|(name, _)| name != "x-request-id").collect();
    all.sort();
    all
}

#[tokio::test]
async fn what_is_shown_says_who_may_keep_and_list_it() {
    for (visibility, keep, robots) in
        [("public", "public, max-age=", ""), ("unlisted", "public, max-age=", "noindex")]
    {
        let server = stocked(visibility).await;
        for path in SHOWN {
            let path = format!("/r/anna/app/{path}");
            let answer = server.get(&path, "").await;
            assert_eq!(answer.status, 200, "{path}");
            assert!(answer.header("cache-control").starts_with(keep), "{path}: {:?}", answer.headers);
            assert_eq!(answer.header("x-robots-tag"), robots, "{path}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
            assert_eq!(answer.header("vary"), "", "{path}: the same for everybody");
            let again = with(&server, &path, "if-none-match", answer.header("etag")).await;
            assert_eq!((again.status.as_u16(), again.body.len()), (304, 0), "{path}");
            let kind = answer.header("content-type");
            match path.rsplit('.').next().unwrap().split('?').next().unwrap() {
                "svg" => assert_eq!(kind, "image/svg+xml"),
                "png" => assert!(kind == "image/png" && answer.body.starts_with(b"\x89PNG")),
                _ => assert_eq!(kind, "application/atom+xml; charset=utf-8"),
            }
        }
    }
}

#[tokio::test]
async fn private_and_missing_are_one_answer() {
    let server = stocked("private").await;
    for path in SHOWN {
        let private = server.get(&format!("/r/anna/app/{path}"), "").await;
        let missing = server.get(&format!("/r/anna/none/{path}"), "").await;
        assert_eq!(private.status, 404, "{path}");
        assert_eq!(private.body, missing.body, "{path}");
        assert_eq!(head_of(&private), head_of(&missing), "{path}");
        assert_eq!(private.header("cache-control"), "no-store");
    }
    let page = server.get("/r/anna/app", "").await.text();
    assert!(
        page.contains("noindex") && page.contains("/picture.png\"") && !page.contains("canonical"),
        "{page}"
    );
}

#[tokio::test]
async fn a_former_name_leads_on() {
    let server = stocked("public").await;
    let body = json!({ "name": "tool" }).to_string();
    let path = "/v2/repositories/anna/app/rename";
    let renamed = server.typed("POST", path, &basic("anna"), "application/json", body).await;
    assert!(renamed.status.is_success(), "{}", renamed.text());
    for path in SHOWN {
        let answer = server.get(&format!("/r/anna/app/{path}"), "").await;
        assert_eq!(answer.status, 301, "{path}");
        assert_eq!(answer.header("location"), format!("/r/anna/tool/{path}"));
    }
}

#[tokio::test]
async fn texts_of_strangers_are_no_markup() {
    let server = stocked("public").await;
    let public = server.get("/r/anna/app/feed.atom", "").await.text();
    for attack in testing::attacks() {
        let short: String = attack.chars().take(100).collect();
        edit(&server, json!({ "description": short })).await;
        let feed = server.get("/r/anna/app/feed.atom", "").await.text();
        let parsed = Document::parse(&feed).unwrap_or_else(|error| panic!("{attack}: {error}"));
        let elements =
            |text: &str| Document::parse(text).unwrap().descendants().filter(|n| n.is_element()).count();
        let has_text = parsed.descendants().any(|node| node.has_tag_name("subtitle"));
        assert_eq!(elements(&feed), elements(&public) + usize::from(has_text), "{attack}");
        let query: String = form_urlencoded::Serializer::new(String::new())
            .append_pair("label", attack)
            .append_pair("color", attack)
            .append_pair("lang", attack)
            .append_pair("tag", attack)
            .finish();
        let badge = server.get(&format!("/r/anna/app/badge/version.svg?{query}"), "").await;
        assert_eq!(badge.status, 200, "{attack}");
        let badge = badge.text();
        Document::parse(&badge).unwrap_or_else(|error| panic!("{attack}: {error}: {badge}"));
        assert!(!badge.contains("style") || attack.contains("style"), "{badge}");
    }
}

#[tokio::test]
async fn a_feed_is_one_that_readers_understand() {
    let server = stocked("public").await;
    let image = server.push_image("anna", "anna/app", "v2").await;
    let text = server.get("/r/anna/app/feed.atom?lang=zh-CN", "").await.text();
    let feed = Document::parse(&text).unwrap();
    let root = feed.root_element();
    assert_eq!(root.tag_name().namespace(), Some("http://www.w3.org/2005/Atom"));
    let of = |node: roxmltree::Node<'_, '_>, name: &str| {
        node.children()
            .filter(|one| one.has_tag_name(name))
            .map(|one| one.text().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    for name in ["id", "title", "updated"] {
        assert_eq!(of(root, name).len(), 1, "{name}");
    }
    let links: Vec<_> = root
        .children()
        .filter(|one| one.has_tag_name("link"))
        .map(|one| one.attribute("href").unwrap())
        .collect();
    assert_eq!(
        links,
        ["https://hub.example/r/anna/app/feed.atom?lang=zh-CN", "https://hub.example/r/anna/app"]
    );
    let entries: Vec<_> = root.children().filter(|one| one.has_tag_name("entry")).collect();
    assert_eq!(entries.len(), 2);
    assert_eq!(of(entries[0], "title"), ["anna 推送了 anna/app:v2"]);
    assert!(of(entries[0], "content")[0].contains(&image.digest));
    assert_eq!(of(root, "updated"), of(entries[0], "updated"));
    assert!(of(entries[0], "id")[0].starts_with("urn:uuid:"));
}

#[tokio::test]
async fn search_engines_find_the_sitemap_and_in_it_what_is_public() {
    let server = stocked("public").await;
    let robots = server.get("/robots.txt", "").await;
    assert_eq!(robots.header("content-type"), "text/plain; charset=utf-8");
    assert!(robots.text().ends_with("\nSitemap: https://hub.example/sitemap.xml\n"), "{}", robots.text());
    assert!(robots.text().contains("Disallow: /settings\n"));
    let index = server.get("/sitemap.xml", "").await;
    assert_eq!(index.header("content-type"), "application/xml; charset=utf-8");
    let text = index.text();
    let pages: Vec<String> = locations(&text);
    assert_eq!(pages, ["https://hub.example/sitemap/page.xml"]);
    let page = server.get("/sitemap/page.xml", "").await.text();
    let expected = ["/", "/explore", "/help/webhooks", "/u/anna", "/r/anna/app"]
        .map(|path| format!("https://hub.example{path}"));
    assert_eq!(locations(&page), expected);
    for location in locations(&page) {
        let path = location.strip_prefix("https://hub.example").unwrap();
        assert_eq!(server.get(path, "").await.status, 200, "{path}");
    }
    edit(&server, json!({ "visibility": "unlisted" })).await;
    assert_eq!(locations(&server.get("/sitemap/page.xml", "").await.text()).len(), 3);
    for after in ["%", "..", "a", "%00", "a%2Fb%2Fc", "%E4%B8%AD%2Fa"] {
        assert_eq!(server.get(&format!("/sitemap/page.xml?after={after}"), "").await.status, 404, "{after}");
    }
}

fn locations(text: &str) -> Vec<String> {
    let map = Document::parse(text).unwrap();
    let found = map.descendants().filter(|node| node.has_tag_name("loc"));
    found.map(|node| node.text().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn every_page_tells_others_what_it_is() {
    let server = stocked("public").await;
    for path in [
        "/",
        "/explore",
        "/search",
        "/help/webhooks",
        "/u/anna",
        "/u/anna/stars",
        "/r/anna/app",
        "/r/anna/app/tags",
        "/r/anna/app/tags/v1",
        "/r/anna/app/comments",
        "/r/anna/app/stars",
        "/r/anna/app/pulls",
        "/r/anna/app/badges",
    ] {
        let page = with(&server, path, "accept-language", "zh").await.text();
        let canonical = format!("href=\"https://hub.example{path}\" rel=\"canonical\"");
        for tag in [
            &canonical,
            "property=\"og:title\"",
            "name=\"description\"",
            "property=\"og:description\"",
            "property=\"og:type\"",
            "property=\"og:site_name\"",
            "property=\"og:locale\" content=\"zh_CN\"",
            "property=\"og:image\" content=\"https://hub.example/",
            "property=\"og:image:width\" content=\"1200\"",
            "property=\"og:image:height\" content=\"630\"",
            "property=\"og:image:alt\"",
            "name=\"twitter:card\" content=\"summary_large_image\"",
        ] {
            assert_eq!(page.matches(tag).count(), 1, "{path}: {tag} in {page}");
        }
        assert!(!page.contains("noindex"), "{path}");
        assert_eq!(server.get(&image_of(&page), "").await.header("content-type"), "image/png", "{path}");
    }
    edit(&server, json!({ "visibility": "unlisted" })).await;
    for part in ["", "/tags", "/tags/v1", "/comments", "/stars", "/pulls", "/badges"] {
        let page = server.get(&format!("/r/anna/app{part}"), "").await.text();
        assert!(page.contains("name=\"robots\" content=\"noindex\""), "{part}");
    }
    let narrowed = server.get("/search?q=app&page=2", "").await.text();
    assert!(!narrowed.contains("noindex") && narrowed.contains("href=\"https://hub.example/search\""));
}

/// The path of the picture that a page names.
fn image_of(page: &str) -> String {
    let (_, rest) = page.split_once("property=\"og:image\" content=\"https://hub.example").unwrap();
    rest.split('"').next().unwrap().replace("&amp;", "&")
}

#[tokio::test]
async fn a_picture_has_another_address_when_it_shows_something_else() {
    let server = stocked("public").await;
    let address = async || image_of(&server.get("/r/anna/app", "").await.text());
    let before = address().await;
    assert!(before.starts_with("/r/anna/app/picture.png?v="), "{before}");
    assert_eq!(address().await, before);
    let drawn = server.get(&before, "").await;
    edit(&server, json!({ "description": "Another one" })).await;
    let after = address().await;
    assert_ne!(after, before);
    assert_ne!(server.get(&after, "").await.body, drawn.body);
}
