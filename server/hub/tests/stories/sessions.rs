//! Who is signed in, and until when.

use crate::stage::{PASSWORD, Stage};
use crate::stories;
use hub::Visit;
use model::Error;

stories! { a_session_ends_when_nobody_uses_it a_docker_login_lives_while_it_is_used one_ends_only_ones_own_sessions unknown_people_are_wrong_like_wrong_passwords }

const DAY: i64 = 24 * 3_600_000;

async fn a_session_ends_when_nobody_uses_it(stage: Stage) {
    let cookie = stage.hub.open_session(&stage.anna, &Visit::default()).await.unwrap();
    stage.wait(29 * DAY);
    assert!(stage.hub.session(&cookie).await.unwrap().is_some());
    stage.wait(29 * DAY);
    assert!(stage.hub.session(&cookie).await.unwrap().is_some(), "it was used in between");
    stage.wait(31 * DAY);
    assert!(stage.hub.session(&cookie).await.unwrap().is_none());
    assert!(stage.hub.session("invented").await.unwrap().is_none());
}

async fn a_docker_login_lives_while_it_is_used(stage: Stage) {
    let token = stage.hub.refresh_token(&stage.anna, "docker").await.unwrap().unwrap();
    for _ in 0..3 {
        stage.wait(60 * DAY);
        assert!(stage.hub.redeem_refresh_token(&token).await.is_ok());
        stage.hub.sweep_sessions().await.unwrap();
    }
    stage.wait(91 * DAY);
    assert_eq!(stage.hub.redeem_refresh_token(&token).await.err(), Some(Error::WrongCredentials));
    stage.hub.sweep_sessions().await.unwrap();
    assert_eq!(stage.hub.redeem_refresh_token(&token).await.err(), Some(Error::WrongCredentials));
}

async fn one_ends_only_ones_own_sessions(stage: Stage) {
    let cookie = stage.hub.open_session(&stage.anna, &Visit::default()).await.unwrap();
    let anna = stage.hub.session(&cookie).await.unwrap().unwrap();
    let id = stage.hub.account(&anna).await.unwrap().sessions[0].id.clone();
    assert!(stage.hub.end_session(&stage.ben, &id).await.is_err());
    assert!(stage.hub.session(&cookie).await.unwrap().is_some());
    stage.hub.end_session(&stage.anna, &id).await.unwrap();
    assert!(stage.hub.session(&cookie).await.unwrap().is_none());
}

async fn unknown_people_are_wrong_like_wrong_passwords(stage: Stage) {
    for (name, password) in [("anna", "wrong"), ("nobody", PASSWORD), ("", ""), ("anna@", PASSWORD)] {
        let refused = stage.hub.check_password(name, password).await;
        assert_eq!(refused.err(), Some(Error::WrongCredentials), "{name}");
    }
    assert!(stage.hub.check_password("anna", PASSWORD).await.is_ok());
}
