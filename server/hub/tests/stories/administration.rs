//! Site admins: who is here, who is suspended, what runs.

use crate::stage::{PASSWORD, Stage};
use crate::stories;
use hub::{NewAccessToken, Visit};
use model::{Error, TokenScope, Visibility};

stories! { a_suspended_account_opens_nothing only_site_admins_may accounts_are_found what_is_there_is_counted }

async fn a_suspended_account_opens_nothing(stage: Stage) {
    let (hub, anna) = (&stage.hub, "anna".parse().unwrap());
    let name = stage.add("anna/app", Visibility::Public).await;
    let session = hub.open_session(&stage.anna, &Visit::default()).await.unwrap();
    let login = hub.refresh_token(&stage.anna, "docker").await.unwrap().unwrap();
    let new = NewAccessToken {
        label: "CI".into(),
        scope: TokenScope::Admin,
        repositories: String::new(),
        expires_at: None,
    };
    let (row, secret) = hub.make_access_token(&stage.anna, &new).await.unwrap();
    hub.suspend_account(&stage.root, &anna).await.unwrap();
    assert!(hub.session(&session).await.unwrap().is_none());
    assert!(hub.redeem_refresh_token(&login).await.is_err());
    assert_eq!(hub.check_password("anna", PASSWORD).await.err(), Some(Error::Suspended));
    assert_eq!(hub.check_password("anna", "wrong").await.err(), Some(Error::WrongCredentials));
    assert_eq!(hub.check_password("anna", &secret).await.err(), Some(Error::WrongCredentials));
    assert!(hub.access_token_actor(&row.id).await.unwrap().is_none(), "a bearer in hand ends too");
    assert!(hub.person(&anna).await.unwrap().is_none());
    assert!(hub.repository(&stage.nobody, &name).await.is_ok(), "what is public stays");
    hub.restore_account(&stage.root, &anna).await.unwrap();
    assert!(hub.check_password("anna", PASSWORD).await.is_ok());
    assert!(hub.check_password("anna", &secret).await.is_ok());
}

async fn only_site_admins_may(stage: Stage) {
    let ben = "ben".parse().unwrap();
    assert_eq!(stage.hub.suspend_account(&stage.anna, &ben).await, Err(Error::Denied));
    assert_eq!(stage.hub.reset_two_factor(&stage.anna, &ben).await, Err(Error::Denied));
    assert_eq!(stage.hub.accounts(&stage.anna, "", 1).await.err(), Some(Error::Denied));
    assert_eq!(stage.hub.site(&stage.nobody).await.err(), Some(Error::SignInNeeded));
    let root = "root".parse().unwrap();
    let oneself = stage.hub.suspend_account(&stage.root, &root).await;
    assert!(matches!(oneself, Err(Error::Invalid(_))), "nobody locks the last door behind themselves");
}

async fn accounts_are_found(stage: Stage) {
    let found = |part: &'static str| {
        let (hub, root) = (stage.hub.clone(), stage.root.clone());
        async move {
            let rows = hub.accounts(&root, part, 1).await.unwrap().rows;
            rows.rows.into_iter().map(|row| row.username.to_string()).collect::<Vec<_>>()
        }
    };
    assert_eq!(found("").await, ["anna", "ben", "root"]);
    assert_eq!(found(" ANN").await, ["anna"]);
    assert_eq!(found("ben@").await, ["ben"]);
    assert!(found("%").await.is_empty(), "it is no pattern");
    stage.hub.create_organization(&stage.anna, "acme", "Acme").await.unwrap();
    let rows = stage.hub.all_organizations(&stage.root, "cm", 1).await.unwrap().rows;
    assert_eq!((rows[0].full_name.as_str(), rows[0].members), ("Acme", 1));
}

async fn what_is_there_is_counted(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Private).await;
    stage.push(&name, "v1", "one").await;
    let site = stage.hub.site(&stage.root).await.unwrap();
    assert_eq!((site.accounts, site.repositories, site.tags, site.blobs), (3, 1, 1, 2));
    assert!(site.stored > 0);
    assert!(site.settings.iter().all(|(name, value)| !name.is_empty() && !value.is_empty()));
}
