//! Access tokens: never more than their owner may, and nothing once they are over.

use crate::stage::{PASSWORD, Stage, body, digest};
use crate::stories;
use hub::{Actor, NewAccessToken, RepositoryEdit, Visit};
use model::{Error, Missing, Problem, Timestamp, TokenScope, Visibility};

stories! { a_token_reaches_as_far_as_its_scope a_token_for_one_repository_opens_no_other a_token_ends_at_once_with_its_logins
a_token_is_for_programs lists_name_only_what_a_token_could_read }

fn new(scope: TokenScope, repositories: &str) -> NewAccessToken {
    NewAccessToken { label: "CI".into(), scope, repositories: repositories.into(), expires_at: None }
}

async fn came_with(stage: &Stage, new: &NewAccessToken) -> Actor {
    let (_, secret) = stage.hub.make_access_token(&stage.anna, new).await.unwrap();
    stage.hub.check_password("anna", &secret).await.unwrap()
}

async fn a_token_reaches_as_far_as_its_scope(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Private).await;
    let texts = RepositoryEdit { short: Some("new".into()), ..RepositoryEdit::default() };
    let shown = RepositoryEdit { visibility: Some(Visibility::Public), ..RepositoryEdit::default() };
    let layer = digest(b"layer");
    for scope in TokenScope::ALL {
        let actor = came_with(&stage, &new(scope, "")).await;
        assert_eq!(stage.hub.repository(&actor, &name).await.is_ok(), scope >= TokenScope::Read, "{scope:?}");
        let pushed = stage.hub.put_blob(&actor, &name, &layer, body(b"layer")).await;
        assert_eq!(pushed.is_ok(), scope >= TokenScope::Write, "{scope:?} pushes");
        let described = stage.hub.edit_repository(&actor, &name, &texts).await;
        assert_eq!(described.is_ok(), scope >= TokenScope::Write, "{scope:?} describes");
        let made = stage.hub.put_blob(&actor, &"anna/other".parse().unwrap(), &layer, body(b"layer")).await;
        assert_eq!(made.is_ok(), scope >= TokenScope::Write, "{scope:?} makes one by pushing");
    }
    let write = came_with(&stage, &new(TokenScope::Write, "")).await;
    assert!(stage.hub.edit_repository(&write, &name, &shown).await.is_err());
    let admin = came_with(&stage, &new(TokenScope::Admin, "")).await;
    stage.hub.edit_repository(&admin, &name, &shown).await.unwrap();
}

async fn a_token_for_one_repository_opens_no_other(stage: Stage) {
    let (one, other) = (
        stage.add("anna/one", Visibility::Private).await,
        stage.add("anna/other", Visibility::Private).await,
    );
    let actor = came_with(&stage, &new(TokenScope::Admin, "anna/one")).await;
    assert!(stage.hub.repository(&actor, &one).await.is_ok());
    let missing = Some(Error::NotFound(Missing::Repository));
    assert_eq!(stage.hub.repository(&actor, &other).await.err(), missing);
    assert!(stage.hub.allowed(&actor, &other).await.unwrap().is_empty());
    let fresh = "anna/fresh".parse().unwrap();
    assert_eq!(stage.hub.put_blob(&actor, &fresh, &digest(b"x"), body(b"x")).await.err(), missing);
    let mounted = stage.hub.mount(&actor, &one, &digest(b"x"), Some(&other)).await;
    assert_eq!(mounted, Ok(false), "nothing comes from where it may not read");
}

async fn a_token_ends_at_once_with_its_logins(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Private).await;
    let (row, secret) = stage.hub.make_access_token(&stage.anna, &new(TokenScope::Read, "")).await.unwrap();
    let actor = stage.hub.check_password("ANNA@example.org", &secret).await.unwrap();
    assert_eq!(stage.hub.check_password("ben", &secret).await.err(), Some(Error::WrongCredentials));
    let login = stage.hub.refresh_token(&actor, "docker").await.unwrap().unwrap();
    let again = stage.hub.redeem_refresh_token(&login).await.unwrap();
    assert!(
        stage.hub.put_blob(&again, &name, &digest(b"x"), body(b"x")).await.is_err(),
        "as narrow as the token"
    );
    assert!(stage.hub.access_tokens(&stage.anna).await.unwrap()[0].used_at.is_some());
    assert_eq!(
        stage.hub.revoke_access_token(&stage.ben, &row.id).await,
        Err(Error::NotFound(Missing::Token)),
        "others' tokens are missing"
    );
    stage.hub.revoke_access_token(&stage.anna, &row.id).await.unwrap();
    assert_eq!(stage.hub.check_password("anna", &secret).await.err(), Some(Error::WrongCredentials));
    assert_eq!(stage.hub.redeem_refresh_token(&login).await.err(), Some(Error::WrongCredentials));
    assert!(stage.hub.access_token_actor(&row.id).await.unwrap().is_none());

    let now = 1_780_000_000_000;
    let short = NewAccessToken { expires_at: Some(Timestamp(now + 1000)), ..new(TokenScope::Read, "") };
    let (row, secret) = stage.hub.make_access_token(&stage.anna, &short).await.unwrap();
    assert!(stage.hub.access_token_actor(&row.id).await.unwrap().is_some());
    stage.wait(1000);
    assert!(stage.hub.access_token_actor(&row.id).await.unwrap().is_none(), "past every cache");
    assert!(stage.hub.check_password("anna", &secret).await.is_err());
    let past = stage.hub.make_access_token(&stage.anna, &short).await.err();
    assert_eq!(past, Some(Error::field("expires_at", Problem::BadValue)));
}

async fn a_token_is_for_programs(stage: Stage) {
    let actor = came_with(&stage, &new(TokenScope::Admin, "")).await;
    let (hub, anna) = (&stage.hub, "anna".parse().unwrap());
    assert!(hub.open_session(&actor, &Visit::default()).await.is_err());
    assert_eq!(hub.access_tokens(&actor).await.err(), Some(Error::Denied));
    assert!(hub.make_access_token(&actor, &new(TokenScope::Admin, "")).await.is_err());
    assert!(hub.create_organization(&actor, "acme", "").await.is_err());
    assert!(hub.change_plan(&actor, &anna, "roomy").await.is_err());
    assert!(hub.change_password(&actor, PASSWORD, "another good password").await.is_err());
    assert!(hub.change_email(&actor, PASSWORD, "new@example.org").await.is_err());
    for bad in ["", "  "] {
        let nameless = NewAccessToken { label: bad.into(), ..new(TokenScope::Read, "") };
        assert!(matches!(hub.make_access_token(&stage.anna, &nameless).await, Err(Error::Invalid(_))));
    }
    let odd = new(TokenScope::Read, "anna/app, Not A Name");
    assert!(matches!(hub.make_access_token(&stage.anna, &odd).await, Err(Error::Invalid(_))));
}

async fn lists_name_only_what_a_token_could_read(stage: Stage) {
    stage.add("anna/app", Visibility::Private).await;
    let anna = "anna".parse().unwrap();
    for (scope, repositories, seen) in
        [(TokenScope::Read, "", 1), (TokenScope::PublicRead, "", 0), (TokenScope::Admin, "anna/other", 0)]
    {
        let actor = came_with(&stage, &new(scope, repositories)).await;
        let profile = stage.hub.profile(&actor, &anna, 1).await.unwrap();
        assert_eq!(profile.repositories.rows.len(), seen, "{scope:?}");
        assert_eq!(
            stage.hub.catalog(&actor, None, "").await.unwrap().0.len(),
            seen,
            "{scope:?} in the catalog"
        );
    }
}
