//! Organizations by the JSON API, from nothing to a team's permission; moved repositories; two steps to sign in.

use crate::support::{Answer, PASSWORD, TestServer};
use serde_json::{Value, json};

async fn send(server: &TestServer, call: &str, authorization: &str, body: &Value) -> Answer {
    let (method, path) = call.split_once(' ').unwrap();
    server.typed(method, path, authorization, "application/json", body.to_string()).await
}

async fn signed_in(server: &TestServer, person: &str) -> String {
    let body = json!({ "identifier": person, "secret": PASSWORD });
    let answer = send(server, "POST /v2/auth/token", "", &body).await;
    format!("Bearer {}", answer.json()["access_token"].as_str().unwrap())
}

async fn with_acme() -> (TestServer, String, String) {
    let server = TestServer::new().await;
    let (anna, ben) = (signed_in(&server, "anna").await, signed_in(&server, "ben").await);
    let made =
        send(&server, "POST /v2/orgs", &anna, &json!({ "orgname": "acme", "full_name": "Acme" })).await;
    assert_eq!((made.status.as_u16(), &made.json()["full_name"]), (201, &json!("Acme")), "{}", made.text());
    let taken = send(&server, "POST /v2/orgs", &ben, &json!({ "orgname": "acme" })).await;
    assert_eq!(taken.status, 400);
    (server, anna, ben)
}

/// Ben follows the link of the last mail.
async fn join(server: &TestServer) {
    let due = server.hub.due_mails().await.unwrap();
    let model::mail::MailAbout::Invitation { link, .. } = &due.last().unwrap().mail.about else {
        panic!("no invitation")
    };
    let ben = server.hub.check_password("ben", PASSWORD).await.unwrap();
    server.hub.join(&ben, link.rsplit('/').next().unwrap()).await.unwrap();
}

#[tokio::test]
async fn people_are_invited_and_made_owners_and_taken_out() {
    let (server, anna, ben) = with_acme().await;
    assert_eq!(server.get("/v2/orgs/acme/members", &ben).await.status, 403);
    assert_eq!(server.get("/v2/orgs/acme", "").await.status, 200, "that it is there is no secret");
    let bulk = json!({ "org": "acme", "role": "member", "invitees": ["ben@example.org"] });
    assert_eq!(send(&server, "POST /v2/invites/bulk", &ben, &bulk).await.status, 403);
    assert_eq!(send(&server, "POST /v2/invites/bulk", &anna, &bulk).await.status, 202);
    let invites = server.get("/v2/orgs/acme/invites", &anna).await.json();
    assert_eq!(invites["results"][0]["email"], "ben@example.org");
    let id = invites["results"][0]["id"].as_str().unwrap();
    let path = format!("/v2/invites/{id}");
    for (who, status) in [("", 401), (ben.as_str(), 404), (anna.as_str(), 204), (anna.as_str(), 404)] {
        assert_eq!(server.call("DELETE", &path, who, "").await.status, status);
    }
    assert_eq!(send(&server, "POST /v2/invites/bulk", &anna, &bulk).await.status, 202);
    join(&server).await;
    assert_eq!(server.get("/v2/user/orgs", &ben).await.json()["results"][0]["orgname"], "acme");
    let export = server.get("/v2/orgs/acme/members/export", &ben).await;
    assert_eq!(export.text(), "username,role\r\nanna,owner\r\nben,member\r\n");
    let last = send(&server, "PUT /v2/orgs/acme/members/anna", &anna, &json!({ "role": "member" })).await;
    assert_eq!(last.status, 409);
    let owner = send(&server, "PUT /v2/orgs/acme/members/ben", &anna, &json!({ "role": "owner" })).await;
    assert_eq!(owner.json()["role"], "owner");
    assert_eq!(server.call("DELETE", "/v2/orgs/acme/members/anna", &ben, "").await.status, 204);
    assert_eq!(server.get("/v2/orgs/acme/members", &anna).await.status, 403);
}

#[tokio::test]
async fn a_group_gets_people_and_permissions() {
    let (server, anna, ben) = with_acme().await;
    let repository = json!({ "namespace": "acme", "name": "app", "is_private": true });
    assert_eq!(send(&server, "POST /v2/repositories", &anna, &repository).await.status, 201);
    let crew = json!({ "name": "crew", "description": "on board" });
    assert_eq!(send(&server, "POST /v2/orgs/acme/groups", &anna, &crew).await.status, 201);
    let stranger =
        send(&server, "POST /v2/orgs/acme/groups/crew/members", &anna, &json!({ "member": "ben" })).await;
    assert_eq!(stranger.status, 400, "he is no member of the organization");
    let bulk = json!({ "org": "acme", "role": "member", "team": "crew", "invitees": ["ben@example.org"] });
    assert_eq!(send(&server, "POST /v2/invites/bulk", &anna, &bulk).await.status, 202);
    join(&server).await;
    assert_eq!(server.get("/v2/repositories/acme/app", &ben).await.status, 404);
    let give = json!({ "group_id": "crew", "permission": "read" });
    assert_eq!(send(&server, "POST /v2/repositories/acme/app/groups", &anna, &give).await.status, 200);
    assert_eq!(server.get("/v2/repositories/acme/app", &ben).await.status, 200);
    let group = server.get("/v2/orgs/acme/groups/crew", &ben).await.json();
    assert_eq!((&group["member_count"], &group["repository_count"]), (&json!(1), &json!(1)));
    let listed = server.get("/v2/orgs/acme/groups/crew/repositories", &ben).await.json();
    assert_eq!(listed["results"][0], json!({ "namespace": "acme", "name": "app", "permission": "read" }));
    assert_eq!(server.call("DELETE", "/v2/repositories/acme/app/groups/crew", &anna, "").await.status, 204);
    assert_eq!(server.get("/v2/repositories/acme/app", &ben).await.status, 404);
    assert_eq!(server.call("DELETE", "/v2/orgs/acme/groups/crew/members/ben", &anna, "").await.status, 204);
    assert_eq!(server.get("/v2/orgs/acme/groups/crew", &ben).await.status, 404);
    assert_eq!(server.call("DELETE", "/v2/orgs/acme/groups/crew", &anna, "").await.status, 204);
}

#[tokio::test]
async fn a_moved_repository_is_found_and_changed_by_its_old_name() {
    let (server, anna, ben) = with_acme().await;
    let repository = json!({ "namespace": "anna", "name": "app", "is_private": true });
    assert_eq!(send(&server, "POST /v2/repositories", &anna, &repository).await.status, 201);
    let moved =
        send(&server, "POST /v2/repositories/anna/app/transfer", &anna, &json!({ "namespace": "acme" }))
            .await;
    assert_eq!(moved.json()["namespace"], "acme", "{}", moved.text());
    let old = "/v2/namespaces/anna/repositories/app";
    assert_eq!(server.get(old, &anna).await.json()["namespace"], "acme");
    let changed = send(&server, &format!("PATCH {old}"), &anna, &json!({ "description": "x" })).await;
    assert_eq!(changed.status, 308);
    assert_eq!(changed.header("location"), "/v2/namespaces/acme/repositories/app");
    let stranger = send(&server, &format!("PATCH {old}"), &ben, &json!({ "description": "x" })).await;
    assert_eq!((stranger.status.as_u16(), stranger.headers.contains_key("location")), (404, false));
    let log = server.get("/v2/auditlogs/acme?action=repo.move", &anna).await.json();
    assert_eq!((&log["count"], &log["results"][0]["actor"]), (&json!(1), &json!("anna")));
    let lines = server.get("/v2/repositories/acme/app/auditlogs/export", &anna).await.text();
    assert_eq!(lines.lines().count(), 2, "{lines}");
    assert_eq!(server.get("/v2/auditlogs/acme?from=yesterday", &anna).await.status, 400);
}

#[tokio::test]
async fn a_login_with_two_steps_asks_for_the_code() {
    let server = TestServer::new().await;
    let anna = server.hub.check_password("anna", PASSWORD).await.unwrap();
    server.hub.begin_two_factor(&anna, PASSWORD).await.unwrap();
    let secret = server.hub.two_factor(&anna).await.unwrap().authenticator.unwrap().secret;
    let code = |ahead: u64| {
        let now = u64::try_from(server.shared().clock.now().0 / 1000).unwrap();
        let secret = totp_rs::Secret::try_from_base32(&secret).unwrap();
        totp_rs::Builder::new().with_secret(secret).build().unwrap().generate(now + ahead).to_string()
    };
    server.hub.confirm_two_factor(&anna, &code(0)).await.unwrap();
    let login = json!({ "username": "anna", "password": PASSWORD });
    let first = send(&server, "POST /v2/users/login", "", &login).await;
    assert_eq!(first.status, 401);
    let pending = first.json()["login_2fa_token"].clone();
    let wrong = json!({ "login_2fa_token": pending, "code": "000000" });
    assert_eq!(send(&server, "POST /v2/users/2fa-login", "", &wrong).await.status, 400);
    let right = json!({ "login_2fa_token": pending, "code": code(30) });
    let second = send(&server, "POST /v2/users/2fa-login", "", &right).await;
    let token = format!("Bearer {}", second.json()["token"].as_str().unwrap());
    assert_eq!(server.get("/v2/user", &token).await.json()["username"], "anna");
    let basic = crate::support::basic("anna");
    let docker = server.get("/token?service=hub.example&offline_token=true", &basic).await;
    assert_eq!(docker.status, 401);
    assert!(docker.text().contains("access token"), "{}", docker.text());
}

#[tokio::test]
async fn a_token_gets_another_label_and_stays_active() {
    let server = TestServer::new().await;
    let (anna, ben) = (signed_in(&server, "anna").await, signed_in(&server, "ben").await);
    let new = json!({ "token_label": "CI", "scopes": ["repo:read"] });
    let made = send(&server, "POST /v2/access-tokens", &anna, &new).await.json();
    let call = format!("PATCH /v2/access-tokens/{}", made["uuid"].as_str().unwrap());
    let changed = send(&server, &call, &anna, &json!({ "token_label": "CI of tides" })).await;
    assert_eq!((changed.status.as_u16(), &changed.json()["token_label"]), (200, &json!("CI of tides")));
    for body in [json!({}), json!({ "token_label": " " }), json!({ "token_label": "x", "is_active": false })]
    {
        assert_eq!(send(&server, &call, &anna, &body).await.status, 400, "{body}");
    }
    assert_eq!(send(&server, &call, &ben, &json!({ "token_label": "mine" })).await.status, 404);
}

#[tokio::test]
async fn the_hub_s_own_log_is_for_site_admins() {
    let server = TestServer::new().await;
    let (anna, root) = (signed_in(&server, "anna").await, signed_in(&server, "root").await);
    for path in ["/api/auditlogs", "/api/auditlogs/export"] {
        assert_eq!(server.get(path, "").await.status, 401, "{path}");
        assert_eq!(server.get(path, &anna).await.status, 403, "{path}");
        assert!(server.get(path, &root).await.text().contains("account.create"), "{path}");
    }
}
