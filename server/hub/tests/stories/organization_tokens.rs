//! Tokens of organizations: they reach that organization's repositories and nothing else.

use crate::stage::{Stage, body, digest};
use crate::stories;
use hub::{AuditQuery, AuditScope, NewAccessToken, NewRepository};
use model::{
    Algorithm, Error, Membership, Missing, Problem, RepositoryName, TokenScope, Username, Visibility,
};

stories! { a_program_reaches_its_organization_only only_owners_make_them they_end_at_once }

fn new(scope: TokenScope, repositories: &str) -> NewAccessToken {
    NewAccessToken { label: "CI".into(), scope, repositories: repositories.into(), expires_at: None }
}

async fn acme(stage: &Stage) -> (Username, RepositoryName) {
    let acme = stage.hub.create_organization(&stage.anna, "acme", "").await.unwrap();
    let name: RepositoryName = "acme/app".parse().unwrap();
    let repository = NewRepository {
        name: name.clone(),
        description: String::new(),
        full_description: String::new(),
        visibility: Visibility::Private,
    };
    stage.hub.add_repository(&stage.anna, &repository).await.unwrap();
    (acme, name)
}

async fn a_program_reaches_its_organization_only(stage: Stage) {
    let ((acme, app), hub) = (acme(&stage).await, &stage.hub);
    let others = stage.add("anna/app", Visibility::Private).await;
    let made = hub.make_organization_token(&stage.anna, &acme, &new(TokenScope::Write, "")).await;
    let (_, secret) = made.unwrap();
    assert_eq!(hub.check_password("anna", &secret).await.err(), Some(Error::WrongCredentials));
    let program = hub.check_password("acme", &secret).await.unwrap();
    hub.put_blob(&program, &app, &digest(b"x"), body(b"x")).await.unwrap();
    hub.put_blob(&program, &"acme/fresh".parse().unwrap(), &digest(b"x"), body(b"x")).await.unwrap();
    let upload = hub.begin_upload(&program, &app, Algorithm::Sha256).await.unwrap();
    assert!(hub.upload(&program, &app, &upload).await.is_ok());
    let missing = Some(Error::NotFound(Missing::Repository));
    assert_eq!(hub.repository(&program, &others).await.err(), missing);
    let pushed = hub.put_blob(&program, &"anna/fresh".parse().unwrap(), &digest(b"x"), body(b"x")).await;
    assert!(pushed.is_err());
    assert!(hub.delete_repository(&program, &app, None).await.is_err(), "write is not admin");
    assert!(hub.members(&program, &acme).await.is_err(), "it is no member");
    assert!(hub.account(&program).await.is_err(), "it is no person");
    assert_eq!(hub.refresh_token(&program, "docker").await, Ok(None));
    let (scope, query) = (AuditScope::Namespace(acme), AuditQuery { size: 50, ..AuditQuery::default() });
    let rows = hub.audit_log(&stage.anna, &scope, &query).await.unwrap().rows.rows;
    assert!(rows.iter().any(|row| row.actor == "acme" && row.event.action() == "repo.create"), "{rows:?}");
}

async fn only_owners_make_them(stage: Stage) {
    let ((acme, _), hub) = (acme(&stage).await, &stage.hub);
    let foreign = hub.make_organization_token(&stage.anna, &acme, &new(TokenScope::Read, "anna/app")).await;
    assert_eq!(foreign.err(), Some(Error::field("repositories", Problem::BadValue)));
    let link = hub.invite_member(&stage.anna, &acme, Membership::Member, None).await.unwrap();
    hub.join(&stage.ben, &link).await.unwrap();
    for actor in [&stage.ben, &stage.nobody] {
        assert!(hub.make_organization_token(actor, &acme, &new(TokenScope::Read, "")).await.is_err());
        assert!(hub.organization_tokens(actor, &acme).await.is_err());
    }
}

async fn they_end_at_once(stage: Stage) {
    let ((acme, app), hub) = (acme(&stage).await, &stage.hub);
    let made = hub.make_organization_token(&stage.anna, &acme, &new(TokenScope::Read, "")).await;
    let (row, secret) = made.unwrap();
    let program = hub.check_password("acme", &secret).await.unwrap();
    assert!(hub.repository(&program, &app).await.is_ok());
    assert!(hub.access_token_actor(&row.id).await.unwrap().is_some());
    assert!(hub.organization_tokens(&stage.anna, &acme).await.unwrap().tokens[0].used_at.is_some());
    hub.revoke_organization_token(&stage.anna, &acme, &row.id).await.unwrap();
    assert_eq!(hub.check_password("acme", &secret).await.err(), Some(Error::WrongCredentials));
    assert!(hub.access_token_actor(&row.id).await.unwrap().is_none());
    let again = hub.revoke_organization_token(&stage.anna, &acme, &row.id).await;
    assert_eq!(again, Err(Error::NotFound(Missing::Token)));
}
