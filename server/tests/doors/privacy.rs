//! A private repository is a missing one, byte for byte, for whoever has no role in it.

use crate::access::{Identified, PATIENT, Place, Question, Route, account, routes, unrelated};
use crate::support::{Answer, TestServer, URL};
use axum::http::Method;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use model::Visibility;

/// Names of ten shapes; each with one of the same shape that nobody has.
fn shapes() -> [(String, String); 10] {
    [
        ("qx", "qy"),
        ("4711", "4712"),
        ("my-qx", "my-qy"),
        ("my.qx", "my.qy"),
        ("my_qx", "my_qy"),
        ("my__qx", "my__qy"),
        ("a---qx", "a---qy"),
        ("tags", "tagz"),
        ("uploads", "uploadz"),
        ("LONGx", "LONGy"),
    ]
    .map(|(private, missing)| {
        let long = "q".repeat(200);
        (private.replace("LONG", &long), missing.replace("LONG", &long))
    })
}

const VERBS: [Method; 7] =
    [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn private_is_missing_for_everybody_without_a_role() {
    let server = TestServer::with(PATIENT).await;
    let people = unrelated(&server).await;
    let routes: Vec<Route> = routes().into_iter().filter(Route::is_about_a_repository).collect();
    for (name, other) in shapes() {
        for person in &people {
            let name = format!("{name}{}", person.person.account);
            let other = format!("{other}{}", person.person.account);
            let private = Place::named(&server, person, Visibility::Private, &name).await;
            let missing = Place { name: format!("anna/{other}").parse().unwrap(), ..private.clone() };
            for route in &routes {
                compare(&server, person, route, &private, &missing).await;
            }
            compare_tokens(&server, person, &private, &missing).await;
            assert_untouched(&server, &private).await;
        }
    }
}

async fn compare(server: &TestServer, person: &Identified, route: &Route, private: &Place, missing: &Place) {
    for verb in VERBS {
        let ask = async |place: &Place| {
            let question = Question::new(route, place, person).with_method(verb.as_str());
            masked(&question.ask(server, person).await, place)
        };
        let (is, would_be) = (ask(private).await, ask(missing).await);
        assert_eq!(is, would_be, "{verb} {} as {}: {}", route.path, person.person.called, private.name);
    }
}

/// What was asked for must not be granted, and nothing else may tell.
async fn compare_tokens(server: &TestServer, person: &Identified, private: &Place, missing: &Place) {
    let granted = async |place: &Place| {
        let path = format!("/token?service=hub.example&scope=repository:{}:pull,push,delete", place.name);
        let authorization = if person.api_token.is_empty() {
            String::new()
        } else {
            crate::support::basic(person.person.account)
        };
        let token = server.get(&path, &authorization).await.json()["token"].as_str().unwrap().to_owned();
        let claims = BASE64_URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
        serde_json::from_slice::<serde_json::Value>(&claims).unwrap()["access"].clone()
    };
    assert_eq!(granted(private).await, granted(missing).await, "{}", private.name);
}

/// Everything that was tried left it as it was.
async fn assert_untouched(server: &TestServer, private: &Place) {
    let owner = crate::support::basic("anna");
    for path in [
        format!("/v2/{}/manifests/v1", private.name),
        format!("/v2/{}/blobs/{}", private.name, private.blob),
        format!("/v2/{}/blobs/uploads/{}", private.name, private.upload),
        format!("/v2/repositories/{}/comments/{}", private.name, private.comment),
    ] {
        assert!(server.get(&path, &owner).await.status.is_success(), "{path}");
    }
    let details = server.get(&format!("/v2/repositories/{}", private.name), &owner).await.json();
    assert_eq!((&details["visibility"], &details["description"]), (&"private".into(), &"short".into()));
}

/// An answer without what differs from request to request, and without the name that was asked for.
fn masked(answer: &Answer, place: &Place) -> (u16, Vec<(String, String)>, String) {
    let nonce = nonce(answer.header("content-security-policy")).to_owned();
    let mask = |text: &str| {
        let name = place.name.as_str();
        let mut text = text.replace(name, "<name>").replace(&name.replace('/', "%2F"), "<name>");
        text = text.replace(&format!("/_/{}", place.name.name()), "/_/<name>");
        if !nonce.is_empty() {
            text = text.replace(&nonce, "<nonce>");
        }
        text
    };
    let mut headers: Vec<(String, String)> = answer
        .headers
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "x-request-id" | "date"))
        .map(|(name, value)| (name.to_string(), mask(&String::from_utf8_lossy(value.as_bytes()))))
        .collect();
    headers.sort();
    (answer.status.as_u16(), headers, mask(&answer.text()))
}

fn nonce(policy: &str) -> &str {
    policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap_or_default()
}

#[tokio::test]
async fn no_list_and_no_count_tells_of_what_is_not_public() {
    let server = TestServer::new().await;
    let people = unrelated(&server).await;
    let anna = account(&server, "anna").await;
    let lists = [
        "/v2/namespaces/anna/repositories",
        "/v2/repositories/anna/?name=q",
        "/v2/users/anna",
        "/v2/users/anna/repositories/starred",
        "/u/anna/stars",
        "/v2/_catalog",
        "/u/anna",
        "/",
        "/explore",
        "/search",
        "/search?q=cell",
        "/search?q=anna&order=recent",
        "/search?platform=linux/amd64",
        "/v1/search?q=cell",
        "/v1/search?q=anna&n=100",
        "/v2/search/repositories/?query=cell",
        "/v2/search/repositories/?query=",
        "/sitemap.xml",
        "/sitemap/page.xml",
        "/sitemap/page.xml?after=anna%2Fa",
        "/robots.txt",
        "/u/anna/picture.png",
    ];
    let mut before = Vec::new();
    for visibility in [None, Some(Visibility::Private), Some(Visibility::Unlisted)] {
        for person in &people {
            if let Some(visibility) = visibility {
                let place = Place::new(&server, person, visibility).await;
                server.hub.star(&anna, &place.name).await.unwrap();
            }
        }
        for (index, person) in people.iter().enumerate() {
            for (row, path) in lists.iter().enumerate() {
                let answer = listed(&server, person, path).await;
                assert!(!answer.text().contains("cell-"), "{path}");
                let at = index * lists.len() + row;
                let text = (answer.status, nonce_free(&answer));
                if visibility.is_none() {
                    before.push(text);
                } else {
                    assert_eq!(before[at], text, "{path} as {}", person.person.called);
                }
            }
        }
    }
}

fn nonce_free(answer: &Answer) -> String {
    let nonce = nonce(answer.header("content-security-policy"));
    if nonce.is_empty() { answer.text() } else { answer.text().replace(nonce, "") }
}

async fn listed(server: &TestServer, person: &Identified, path: &str) -> Answer {
    let mut request = axum::http::Request::builder().uri(path).header("origin", URL);
    let account = person.person.account;
    if path == "/v2/_catalog" && !account.is_empty() {
        let bearer = server.bearer(account, "registry:catalog:*").await;
        request = request.header("authorization", bearer);
    } else if !person.session.is_empty() {
        request = request.header("cookie", format!("__Host-session={}", person.session));
    }
    server.send(request.body(axum::body::Body::empty()).unwrap()).await
}
