//! Search as docker, podman and Docker Hub's tools ask for it, and as pages show it.

use crate::support::{TestServer, basic};
use hub::NewRepository;
use model::Visibility;

async fn server() -> TestServer {
    let server = TestServer::new().await;
    let anna = server.hub.person(&"anna".parse().unwrap()).await.unwrap().unwrap();
    for (name, visibility) in [
        ("anna/tide-open", Visibility::Public),
        ("anna/tide-quiet", Visibility::Unlisted),
        ("anna/tide-secret", Visibility::Private),
    ] {
        let new = NewRepository {
            name: name.parse().unwrap(),
            description: "Tide <b>tables</b> 潮汐表".into(),
            full_description: String::new(),
            visibility,
        };
        server.hub.add_repository(&anna, &new).await.unwrap();
    }
    server
}

#[tokio::test]
async fn docker_is_told_that_there_is_a_search() {
    let answer = TestServer::new().await.get("/v1/_ping", "").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("x-docker-registry-standalone"), "true");
    assert_eq!(answer.json(), serde_json::json!({ "standalone": true }));
}

#[tokio::test]
async fn docker_finds_what_the_asker_may_find() {
    let server = server().await;
    let answer = server.get("/v1/search?q=tide&n=25", "").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("cache-control"), "private, no-store");
    let expected = serde_json::json!({
        "query": "tide", "num_results": 1, "num_pages": 1, "page": 1, "page_size": 25,
        "results": [{
            "name": "anna/tide-open", "description": "Tide <b>tables</b> 潮汐表", "star_count": 0,
            "is_official": false, "is_automated": false,
        }],
    });
    assert_eq!(answer.json(), expected);
    let own = server.get("/v1/search?q=tide&n=2", &basic("anna")).await.json();
    assert_eq!((&own["num_results"], &own["num_pages"]), (&3.into(), &2.into()));
    assert_eq!(own["results"].as_array().unwrap().len(), 2);
    let token = server.bearer("anna", "registry:catalog:search").await;
    assert_eq!(server.get("/v1/search?q=tide", &token).await.json()["num_results"], 3);
    assert_eq!(server.get("/v1/search?q=tide", &basic("ben")).await.json()["num_results"], 1);
}

#[tokio::test]
async fn bad_questions_are_refused_and_none_is_our_fault() {
    let server = server().await;
    let long = "a".repeat(401);
    for path in ["/v1/search?q=", "/v2/search/repositories?query=", "/search?q="] {
        let answer = server.get(&format!("{path}{long}"), "").await;
        assert_eq!(answer.status, 400, "{path}");
        assert!(answer.text().contains("400"), "{path} says how long it may be");
    }
    for length in [101, 2100] {
        let answer = server.get(&format!("/search?platform={}", "a".repeat(length)), "").await;
        assert_eq!(answer.status, 400, "{length}");
        let html = answer.text();
        let problem =
            "id=\"platform-hint\" class=\"hint\"><strong class=\"problem\">Use at most 100 characters.";
        assert!(html.contains(problem), "beside its field: {html}");
    }
    for (path, status) in [
        ("/v1/search", 200),
        ("/v1/search?q=%00&n=5", 200),
        ("/v1/search?q=%ff%fe", 200),
        ("/v1/search?q=%22%20OR%20*", 200),
        ("/v1/search?q=tide&n=1000", 200),
        ("/v1/search?q=tide&n=99999999999999999999", 200),
        ("/v1/search?q=tide&page=4294967295&n=100", 200),
        ("/v1/search?q=tide&n=0", 400),
        ("/v1/search?q=tide&n=-1", 400),
        ("/v1/search?q=tide&n=x", 400),
        ("/v2/search/repositories/?query=tide&page=0", 400),
        ("/v2/search/repositories/?query=tide&page=99999999999999999999&page_size=100", 200),
        ("/search?q=tide&page=99999999999999999999&order=x&days=-1&platform=%00%27", 200),
        ("/search?q=%f0%9f%9a%80&official=1&automated=1", 200),
        ("/explore?page=0", 200),
        ("/v1/nothing", 404),
    ] {
        assert_eq!(server.get(path, "").await.status, status, "{path}");
    }
}

#[tokio::test]
async fn docker_hub_s_search_has_its_shape() {
    let server = server().await;
    let answer = server.get("/v2/search/repositories/?query=tide&page_size=1", "").await;
    let expected = serde_json::json!({
        "count": 1, "next": null, "previous": null,
        "results": [{
            "repo_name": "anna/tide-open", "repo_owner": "anna", "short_description": "Tide <b>tables</b> 潮汐表",
            "star_count": 0, "pull_count": 0, "is_official": false, "is_automated": false,
        }],
    });
    assert_eq!(answer.json(), expected);
    for order in ["pull_count", "-pull_count"] {
        let path = format!("/v2/namespaces/anna/repositories?ordering={order}");
        assert_eq!(server.get(&path, "").await.json()["count"], 1);
    }
}

#[tokio::test]
async fn a_page_behind_the_last_counts_what_there_is() {
    let server = server().await;
    for text in ["", "tide"] {
        let path = format!("/v2/search/repositories/?query={text}&page=40");
        let answer = server.get(&path, "").await.json();
        assert_eq!((&answer["count"], answer["results"].as_array().unwrap().len()), (&1.into(), 0), "{path}");
    }
}

#[tokio::test]
async fn pages_mark_what_was_found_and_repeat_nothing_as_html() {
    let server = server().await;
    let html = server.get("/search?q=tide%20tables", "").await.text();
    assert!(html.contains("<mark>tide</mark>") && html.contains("<mark>tables</mark>"), "{html}");
    assert!(!html.contains("<b>"), "a description is text");
    assert!(!html.contains("tide-secret") && !html.contains("tide-quiet"));
    let html = server.get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22%3E", "").await.text();
    assert!(!html.contains("<script>alert"), "{html}");
    let html = server.get("/search?q=%E6%BD%AE%E6%B1%90", "").await.text();
    assert!(html.contains("<mark>潮汐</mark>表"), "{html}");
}
