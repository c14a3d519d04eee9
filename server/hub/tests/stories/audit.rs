//! The audit log: who, what, when, from where, with what; and who may read it.

use crate::stage::Stage;
use crate::stories;
use hub::{AuditQuery, AuditScope, NewAccessToken, Visit};
use model::view::{AuditRow, Means};
use model::{Error, Missing, TokenScope, Visibility};

stories! { it_tells_who_did_what_from_where_with_what it_is_narrowed_and_paged it_is_for_owners }

fn all() -> AuditQuery {
    AuditQuery { page: 1, size: 100, ..AuditQuery::default() }
}

async fn log(stage: &Stage, query: &AuditQuery) -> Vec<AuditRow> {
    let scope = AuditScope::Namespace("anna".parse().unwrap());
    stage.hub.audit_log(&stage.anna, &scope, query).await.unwrap().rows.rows
}

async fn it_tells_who_did_what_from_where_with_what(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Private).await;
    let visit = Visit { address: "192.0.2.7".into(), ..Visit::default() };
    let session = stage.hub.open_session(&stage.anna, &visit).await.unwrap();
    let browser = stage.hub.session(&session).await.unwrap().unwrap();
    let browser = browser.seen_from("2001:db8::1".parse().unwrap());
    stage.hub.add_collaborator(&browser, &name, "ben").await.unwrap();
    let new = NewAccessToken {
        label: "CI of tides".into(),
        scope: TokenScope::Admin,
        repositories: String::new(),
        expires_at: None,
    };
    let (_, secret) = stage.hub.make_access_token(&browser, &new).await.unwrap();
    let program = stage.hub.check_password("anna", &secret).await.unwrap();
    stage.hub.rename_repository(&program, &name, "better").await.unwrap();

    let rows = log(&stage, &all()).await;
    let told: Vec<(&str, &str, &str, &Means)> = rows
        .iter()
        .map(|row| (row.event.action(), row.actor.as_str(), row.address.as_str(), &row.means))
        .collect();
    assert_eq!(told[0], ("repo.move", "anna", "", &Means::Token("CI of tides".into())));
    assert_eq!(told[1], ("account.token.create", "anna", "2001:db8::1", &Means::Session));
    assert_eq!(told[2], ("repo.collaborator.add", "anna", "2001:db8::1", &Means::Session));
    assert_eq!(told[3].0, "account.sign_in");
    assert_eq!(told[3].2, "192.0.2.7");
    let scope = AuditScope::Repository("anna/better".parse().unwrap());
    let of_one = stage.hub.audit_log(&stage.anna, &scope, &all()).await.unwrap().rows;
    assert_eq!(of_one.total, 3, "made, collaborator, moved");
}

async fn it_is_narrowed_and_paged(stage: Stage) {
    for number in 0..5 {
        stage.add(&format!("anna/app{number}"), Visibility::Public).await;
        stage.wait(1000);
    }
    let created = AuditQuery { action: "repo.create".into(), ..all() };
    assert_eq!(log(&stage, &created).await.len(), 5);
    assert!(log(&stage, &AuditQuery { actor: "ben".into(), ..all() }).await.is_empty());
    let first = log(&stage, &created).await[4].at;
    let since =
        AuditQuery { from: Some(first.plus(1000)), before: Some(first.plus(3000)), ..created.clone() };
    assert_eq!(log(&stage, &since).await.len(), 2);
    let second = log(&stage, &AuditQuery { page: 2, size: 2, ..created }).await;
    let names: Vec<String> = second.iter().map(|row| format!("{:?}", row.event)).collect();
    assert!(names[0].contains("anna/app2") && names[1].contains("anna/app1"), "{names:?}");
}

async fn it_is_for_owners(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Private).await;
    stage.hub.add_collaborator(&stage.anna, &name, "ben").await.unwrap();
    let ask = |actor, scope| {
        let hub = stage.hub.clone();
        async move { hub.audit_log(&actor, &scope, &all()).await.err() }
    };
    let (of_one, of_anna) = (AuditScope::Repository(name), AuditScope::Namespace("anna".parse().unwrap()));
    assert_eq!(ask(stage.ben.clone(), of_one.clone()).await, Some(Error::Denied));
    assert_eq!(ask(stage.ben.clone(), of_anna.clone()).await, Some(Error::NotFound(Missing::Account)));
    assert_eq!(ask(stage.nobody.clone(), of_anna.clone()).await, Some(Error::SignInNeeded));
    assert_eq!(ask(stage.anna.clone(), AuditScope::Site).await, Some(Error::Denied));
    assert_eq!(ask(stage.root.clone(), AuditScope::Site).await, None);
    assert_eq!(ask(stage.root.clone(), of_anna).await, None);
}
