//! Making accounts and changing them.

use crate::stage::{PASSWORD, Stage, account};
use crate::stories;
use hub::{NewAccount, Settings, Visit};
use model::view::SignUp;
use model::{Error, Missing, Problem};

stories! { a_link_makes_one_account sign_up_is_the_operators_choice names_and_addresses_are_taken_in_any_case
a_new_password_ends_all_else a_new_address_is_unverified }

fn is_about(error: &Error, field: &str, problem: Problem) -> bool {
    matches!(error, Error::Invalid(all) if all.iter().any(|one| one.field == field && one.problem == problem))
}

async fn a_link_makes_one_account(stage: Stage) {
    let link = stage.hub.invite(true).await.unwrap();
    let new = |name: &str| NewAccount { invite: Some(link.clone()), ..account(name) };
    let cookie = stage.hub.sign_up(&new("captain"), &Visit::default()).await.unwrap();
    let actor = stage.hub.session(&cookie).await.unwrap().unwrap();
    assert!(actor.is_admin());
    let again = stage.hub.sign_up(&new("second"), &Visit::default()).await;
    assert_eq!(again.unwrap_err(), Error::NotFound(Missing::Invitation));

    let late = stage.hub.first_invitation().await.unwrap();
    stage.hub.first_invitation().await.unwrap();
    let new = NewAccount { invite: Some(late), ..account("third") };
    let refused = stage.hub.sign_up(&new, &Visit::default()).await;
    assert_eq!(
        refused.unwrap_err(),
        Error::NotFound(Missing::Invitation),
        "a later start's link replaces it"
    );

    let link = stage.hub.invite(false).await.unwrap();
    stage.wait(48 * 3_600_000 + 1);
    let new = NewAccount { invite: Some(link), ..account("fourth") };
    assert!(stage.hub.sign_up(&new, &Visit::default()).await.is_err(), "two days are over");
}

async fn sign_up_is_the_operators_choice(stage: Stage) {
    let refused = stage.hub.sign_up(&account("carl"), &Visit::default()).await;
    assert_eq!(refused.unwrap_err(), Error::Denied);
    let open = stage.restarted(Settings { sign_up: SignUp::Open, ..Settings::default() }).await;
    let cookie = open.sign_up(&account("carl"), &Visit::default()).await.unwrap();
    let carl = open.session(&cookie).await.unwrap().unwrap();
    assert!(!carl.is_admin());
    assert!(!open.account(&carl).await.unwrap().email_verified);
}

async fn names_and_addresses_are_taken_in_any_case(stage: Stage) {
    let taken =
        stage.hub.add_user(&NewAccount { email: "x@example.org".into(), ..account("anna") }, false).await;
    assert!(is_about(&taken.unwrap_err(), "username", Problem::Taken));
    let taken =
        stage.hub.add_user(&NewAccount { email: "Anna@Example.org".into(), ..account("carl") }, false).await;
    assert!(is_about(&taken.unwrap_err(), "email", Problem::Taken));
    let reserved = stage.restarted(Settings { sign_up: SignUp::Open, ..Settings::default() }).await;
    let refused = reserved.sign_up(&account("library"), &Visit::default()).await.unwrap_err();
    assert!(is_about(&refused, "username", Problem::Reserved), "{refused:?}");
}

async fn a_new_password_ends_all_else(stage: Stage) {
    let here = stage.hub.open_session(&stage.anna, &Visit::default()).await.unwrap();
    let elsewhere = stage.hub.open_session(&stage.anna, &Visit::default()).await.unwrap();
    let docker = stage.hub.refresh_token(&stage.anna, "docker").await.unwrap().unwrap();
    let anna = stage.hub.session(&here).await.unwrap().unwrap();
    let wrong = stage.hub.change_password(&anna, "not it", "another horse").await.unwrap_err();
    assert!(is_about(&wrong, "old", Problem::Wrong));
    stage.hub.change_password(&anna, PASSWORD, "another horse").await.unwrap();
    assert!(stage.hub.session(&here).await.unwrap().is_some());
    assert!(stage.hub.session(&elsewhere).await.unwrap().is_none());
    assert!(stage.hub.redeem_refresh_token(&docker).await.is_err());
    assert!(stage.hub.check_password("anna", PASSWORD).await.is_err());
    assert!(stage.hub.check_password("ANNA@example.org", "another horse").await.is_ok());
}

async fn a_new_address_is_unverified(stage: Stage) {
    assert!(stage.hub.account(&stage.anna).await.unwrap().email_verified, "the operator vouched for it");
    stage.hub.change_email(&stage.anna, PASSWORD, "new@example.org").await.unwrap();
    let account = stage.hub.account(&stage.anna).await.unwrap();
    assert_eq!((account.email.as_str(), account.email_verified), ("new@example.org", false));
    let taken = stage.hub.change_email(&stage.anna, PASSWORD, "ben@example.org").await.unwrap_err();
    assert!(is_about(&taken, "email", Problem::Taken));
}
