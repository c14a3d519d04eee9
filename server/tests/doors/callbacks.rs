//! Callbacks at the front door (BAR W08): what is no report leaves the chain waiting and nothing behind; who knows
//! no token learns nothing.

use crate::support::{Answer, TestServer};
use axum::body::{Body, Bytes};
use hub::{Attempt, Delivery, Outcome, Slots};
use serde_json::{Value, json};

const JSON: &str = "application/json";
/// What `curl -d` says.
const FORM: &str = "application/x-www-form-urlencoded";

/// Anna's private repository with a chain of two, whose first step was called.
struct Chain {
    server: TestServer,
    anna: String,
    webhook: String,
    /// Where its receiver is to report.
    path: String,
}

async fn api(server: &TestServer, method: &str, path: &str, anna: &str, body: &Value) -> Answer {
    server.typed(method, path, anna, JSON, body.to_string()).await
}

impl Chain {
    async fn called() -> Self {
        let server = TestServer::new().await;
        let login = json!({ "identifier": "anna", "secret": crate::support::PASSWORD });
        let token = api(&server, "POST", "/v2/auth/token", "", &login).await.json();
        let anna = format!("Bearer {}", token["access_token"].as_str().unwrap());
        server.push_image("anna", "anna/app", "v0").await;
        let hooks = [1, 2].map(|n| json!({ "hook_url": format!("https://1.1.1.{n}/") }));
        let new = json!({ "name": "chain", "webhooks": hooks, "wait_for_callback": true });
        let made = api(&server, "POST", "/v2/repositories/anna/app/webhooks", &anna, &new).await;
        let webhook = made.json()["id"].as_str().unwrap().to_owned();
        let path = call(&server).await;
        Self { server, anna, webhook, path }
    }

    async fn post(&self, kind: &str, body: impl Into<Body>) -> Answer {
        self.server.typed("POST", &self.path, "", kind, body).await
    }

    /// The latest run with its steps.
    async fn run(&self) -> Value {
        let runs = format!("/v2/repositories/anna/app/webhooks/{}/runs", self.webhook);
        let list = self.server.get(&runs, &self.anna).await.json();
        let id = list["results"][0]["id"].as_str().unwrap();
        self.server.get(&format!("{runs}/{id}"), &self.anna).await.json()
    }

    /// Nothing was taken: the first step waits as it did, and the second has not been called.
    async fn assert_waiting(&self, after: &str) {
        let run = self.run().await;
        let (first, second) = (&run["steps"][0], &run["steps"][1]);
        assert_eq!((&run["state"], &first["state"]), (&json!("running"), &json!("called")), "{after}");
        assert_eq!((&first["callback"], &second["state"]), (&Value::Null, &json!("waiting")), "{after}");
    }
}

/// Pushes, and lets the first step be taken: the path of its callback.
async fn call(server: &TestServer) -> String {
    server.push_image("anna", "anna/app", "v1").await;
    let slots = Slots::default();
    let delivery = loop {
        // What became due in this very millisecond is claimed in the next.
        if let Some(delivery) = server.hub.claim_deliveries(&slots).await.unwrap().pop() {
            break delivery;
        }
    };
    let path = callback_path(&delivery);
    let attempt = Attempt {
        outcome: Outcome::Answered(200, None),
        duration: 1,
        response_headers: String::new(),
        response: String::new(),
    };
    server.hub.settle_deliveries(&[(delivery, attempt)]).await.unwrap();
    path
}

fn callback_path(delivery: &Delivery) -> String {
    let payload: Value = serde_json::from_str(&delivery.body).unwrap();
    payload["callback_url"].as_str().unwrap().strip_prefix(crate::support::URL).unwrap().to_owned()
}

/// A good report with one field more or another one.
fn with(field: &str, value: &Value) -> String {
    let mut report = json!({ "state": "success", "description": "planted" });
    report[field] = value.clone();
    report.to_string()
}

const NO_REPORTS: &[&str] = &[
    "",
    " ",
    "null",
    "\"success\"",
    "[]",
    "[{\"state\":\"success\"}]",
    "{",
    "{}",
    "{\"state\":\"success\"",
    "{\"state\":\"success\"}{\"state\":\"success\"}",
    "{\"state\":\"success\"} x",
    "{state:'success'}",
    "{\"state\":\"success\",}",
    "{\"state\":\"failure\",\"state\":\"success\"}",
    "{\"state\":\"success\",\"description\":\"planted\",\"description\":\"b\"}",
    "state=success",
    "{\"state\":\"\\ud800\"}",
    "\u{feff}{\"state\":\"success\"}",
    "{\"State\":\"success\"}",
];
const NO_STATES: [&str; 8] = ["ok", "Success", "SUCCESS", " success", "success\0", "pending", "done", ""];
const NO_LINKS: &[&str] = &[
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "java\nscript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "//evil.example/",
    "/\\evil.example",
    "evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https://",
    "https ://a/",
    "http://a b/",
    "http://a\r\nb/",
    "http://a/\u{202e}",
    "http://a/\0",
    "ftp://a/",
];

fn bad_reports() -> Vec<String> {
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(50_000), close.repeat(50_000));
    let mut all: Vec<String> = NO_REPORTS.iter().map(ToString::to_string).collect();
    all.extend(NO_STATES.map(|state| with("state", &json!(state))));
    let no_texts = [json!(null), json!(true), json!(0), json!(["success"]), json!({ "success": true })];
    all.extend(no_texts.iter().map(|state| with("state", state)));
    for (field, most) in [("description", 255), ("context", 100), ("target_url", 2048)] {
        let long = ["x".repeat(most + 1), "é".repeat(most + 1), "x".repeat(60_000)];
        all.extend(long.map(|text| with(field, &json!(text))));
        all.extend(no_texts[1..].iter().map(|value| with(field, value)));
    }
    all.extend(NO_LINKS.iter().map(|url| with("target_url", &json!(url))));
    let (lists, objects) = (deep("[", "]"), deep("{\"a\":", "}"));
    all.push(format!("{{\"state\":{lists}}}"));
    all.push(format!("{{\"state\":\"success\",\"x\":{lists}}}"));
    all.extend([lists, objects]);
    all
}

#[tokio::test]
async fn what_is_no_report_leaves_the_chain_waiting() {
    let chain = Chain::called().await;
    chain.assert_waiting("the call").await;
    for report in bad_reports() {
        let shown: String = report.chars().take(100).collect();
        let answer = chain.post(JSON, report).await;
        assert_eq!(answer.status, 400, "{shown}: {}", answer.text());
        assert_eq!(answer.header("content-type"), JSON, "{shown}");
        assert!(answer.json()["message"].is_string() || answer.json()["errors"].is_object(), "{shown}");
    }
    let latin = b"{\"state\":\"success\",\"description\":\"\xe9\"}".to_vec();
    assert_eq!(chain.post(JSON, latin).await.status, 400);
    chain.assert_waiting("bad reports").await;
}

#[tokio::test]
async fn what_is_too_large_or_breaks_off_leaves_the_chain_waiting() {
    let chain = Chain::called().await;
    let padded = |length: usize| format!("{}{}", with("state", &json!("success")), " ".repeat(length));
    for length in [64 * 1024, 1024 * 1024, 4 * 1024 * 1024] {
        let answer = chain.post(JSON, padded(length)).await;
        assert!([400, 413].contains(&answer.status.as_u16()), "{length}: {}", answer.text());
    }
    let endless =
        futures::stream::repeat_with(|| Ok::<_, std::io::Error>(Bytes::from_static(&[b' '; 65536])));
    let answer = chain.post(JSON, Body::from_stream(endless)).await;
    assert!([400, 413].contains(&answer.status.as_u16()), "{}", answer.text());
    let good = Bytes::from(with("state", &json!("success")));
    let broken = futures::stream::iter([Ok(good), Err(std::io::Error::other("gone"))]);
    assert_eq!(chain.post(JSON, Body::from_stream(broken)).await.status, 400);
    for method in ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"] {
        let status =
            chain.server.call(method, &chain.path, "", with("state", &json!("success"))).await.status;
        assert!(status.is_client_error(), "{method}: {status}");
    }
    chain.assert_waiting("large ones").await;
}

#[tokio::test]
async fn any_content_type_is_taken_and_the_path_may_end_either_way() {
    for kind in
        [FORM, "", "text/plain", "multipart/form-data; boundary=x", JSON, "application/json; charset=latin1"]
    {
        let chain = Chain::called().await;
        let path = if kind == JSON { chain.path.trim_end_matches('/') } else { &chain.path };
        let answer =
            chain.server.typed("POST", path, "", kind, with("context", &json!("é".repeat(100)))).await;
        assert_eq!(answer.status, 200, "{kind}: {}", answer.text());
        let run = chain.run().await;
        assert_eq!(
            (&run["steps"][0]["state"], &run["steps"][1]["state"]),
            (&json!("done"), &json!("sending"))
        );
        let again = chain.post(kind, with("state", &json!("failure"))).await;
        assert_eq!(again.status, 409, "{kind}");
    }
}

fn token_of(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap()
}

/// The answer without what differs from request to request.
fn face(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let headers = answer.headers.iter().filter(|(name, _)| !matches!(name.as_str(), "x-request-id" | "date"));
    let mut headers: Vec<(String, String)> = headers
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    headers.sort();
    (answer.status.as_u16(), headers, answer.text())
}

#[tokio::test]
async fn an_invented_token_learns_nothing() {
    let chain = Chain::called().await;
    let server = &chain.server;
    server.push_image("anna", "anna/open", "v1").await;
    let (path, public) = ("/v2/namespaces/anna/repositories/open", json!({ "visibility": "public" }));
    assert_eq!(api(server, "PATCH", path, &chain.anna, &public).await.status, 200);
    let real = token_of(&chain.path);
    let flipped: String = real.chars().rev().collect();
    let report = with("state", &json!("success"));
    let mut faces = Vec::new();
    let short = &real[..real.len() - 1];
    let long = "a".repeat(4000);
    for token in ["invented", &flipped, short, &real.to_uppercase(), &long, "..", "%2e%2e", "%00", "a%2Fb"] {
        for name in ["anna/app", "anna/open", "anna/missing", "nobody/nothing", "v2/api"] {
            for ending in ["", "/"] {
                let path = format!("/u/{name}/hook/{token}{ending}");
                let answer = server.typed("POST", &path, "", JSON, report.clone()).await;
                assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
                faces.push((token.to_owned(), face(&answer)));
            }
        }
    }
    for (token, one) in &faces {
        let first = faces.iter().find(|(other, _)| other == token).unwrap();
        assert_eq!(*one, first.1, "{token}: the name in the path makes a difference");
    }
    chain.assert_waiting("invented tokens").await;
    // A token is what counts, wherever the repository is called meanwhile.
    let elsewhere = format!("/u/nobody/nothing/hook/{real}/");
    assert_eq!(server.typed("POST", &elsewhere, "", JSON, report).await.status, 200);
}

/// A token of a run before says nothing of this one, nor does one of a step that is not called yet.
#[tokio::test]
async fn a_token_is_for_one_step_of_one_run() {
    let chain = Chain::called().await;
    let first = chain.path.clone();
    let report = with("state", &json!("failure"));
    let second = call(&chain.server).await;
    assert_ne!(token_of(&first), token_of(&second));
    assert_eq!(chain.server.typed("POST", &first, "", FORM, report.clone()).await.status, 200);
    let run = chain.run().await;
    assert_eq!((&run["state"], &run["steps"][0]["callback"]), (&json!("running"), &Value::Null));
    assert_eq!(chain.server.typed("POST", &first, "", FORM, report.clone()).await.status, 409);
    assert_eq!(chain.server.typed("POST", &second, "", FORM, report).await.status, 200);
    assert_eq!(chain.run().await["state"], "stopped");
}

#[tokio::test]
async fn a_chain_has_twenty_urls_at_most() {
    let chain = Chain::called().await;
    let hooks = |count: usize| vec![json!({ "hook_url": "https://1.1.1.1/" }); count];
    for (count, status) in [(200, 400), (21, 400), (20, 201)] {
        let new = json!({ "name": "long", "webhooks": hooks(count) });
        let answer =
            api(&chain.server, "POST", "/v2/repositories/anna/app/webhooks", &chain.anna, &new).await;
        assert_eq!(answer.status, status, "{}", answer.text());
        if status == 400 {
            let words = answer.json()["errors"]["url"][0].as_str().unwrap().to_owned();
            assert!(words.contains("20"), "{words}");
        } else {
            let id = answer.json()["id"].as_str().unwrap().to_owned();
            let path = format!("/v2/repositories/anna/app/webhooks/{id}/hooks");
            let more = json!({ "hook_url": "https://1.1.1.1/" });
            let answer = api(&chain.server, "POST", &path, &chain.anna, &more).await;
            assert_eq!(answer.status, 400, "the twenty-first: {}", answer.text());
        }
    }
}
