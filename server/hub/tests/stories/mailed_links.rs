//! Mails: an address that proves itself, a forgotten password, an invitation; each link once.

use crate::stage::{PASSWORD, Stage};
use crate::stories;
use hub::{Hub, Settings, Visit};
use model::mail::MailAbout;
use model::view::SignUp;
use model::{Error, Membership, Missing, Problem, Username};

stories! { a_new_address_proves_itself a_forgotten_password_is_replaced nobody_learns_who_is_here
a_mail_that_nobody_takes_is_tried_again somebody_is_invited_by_mail }

const MINUTE: i64 = 60_000;

/// The mails that wait, each with its link's last word; they count as sent.
async fn mails(hub: &Hub) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for due in hub.due_mails().await.unwrap() {
        let (MailAbout::Verification { link, .. }
        | MailAbout::Reset { link, .. }
        | MailAbout::Invitation { link, .. }
        | MailAbout::Notice { link, .. }) = &due.mail.about;
        found.push((due.mail.to.clone(), link.rsplit('/').next().unwrap().to_owned()));
        hub.mail_tried(&due, true).await.unwrap();
    }
    found
}

async fn is_verified(stage: &Stage) -> bool {
    stage.hub.account(&stage.anna).await.unwrap().email_verified
}

async fn a_new_address_proves_itself(stage: Stage) {
    let hub = stage.restarted(Settings { sign_up: SignUp::Open, ..Settings::default() }).await;
    let new = hub::NewAccount {
        username: "carl".into(),
        email: "carl@example.org".into(),
        password: PASSWORD.into(),
        invite: None,
    };
    hub.sign_up(&new, &Visit::default()).await.unwrap();
    let [(to, token)] = &mails(&hub).await[..] else { panic!("one mail") };
    assert_eq!(to, "carl@example.org");
    hub.verify_email(token).await.unwrap();
    assert_eq!(hub.verify_email(token).await, Err(Error::NotFound(Missing::Link)), "once");

    stage.hub.change_email(&stage.anna, PASSWORD, "anna@new.example").await.unwrap();
    stage.hub.send_verification(&stage.anna, "en").await.unwrap();
    stage.hub.send_verification(&stage.anna, "en").await.unwrap();
    let [(_, first)] = &mails(&stage.hub).await[..] else { panic!("one mail a minute") };
    stage.hub.change_email(&stage.anna, PASSWORD, "anna@newer.example").await.unwrap();
    let stale = stage.hub.verify_email(first).await;
    assert_eq!(stale, Err(Error::NotFound(Missing::Link)), "the mail went to another address");
    stage.hub.send_verification(&stage.anna, "en").await.unwrap();
    let [(to, second)] = &mails(&stage.hub).await[..] else { panic!("one mail") };
    assert_eq!((to.as_str(), is_verified(&stage).await), ("anna@newer.example", false));
    stage.hub.verify_email(second).await.unwrap();
    assert!(is_verified(&stage).await);
}

async fn a_forgotten_password_is_replaced(stage: Stage) {
    let hub = &stage.hub;
    let session = hub.open_session(&stage.anna, &Visit::default()).await.unwrap();
    let login = hub.refresh_token(&stage.anna, "docker").await.unwrap().unwrap();
    hub.request_reset("ANNA@example.org", "en").await.unwrap();
    stage.wait(2 * MINUTE);
    hub.request_reset("anna@example.org", "en").await.unwrap();
    let [(_, first), (_, second)] = &mails(hub).await[..] else { panic!("two mails") };
    assert_eq!(hub.reset_link(first).await.unwrap().as_str(), "anna");
    let weak = hub.reset_password(first, "short").await;
    assert!(matches!(weak, Err(Error::Invalid(_))));
    hub.reset_password(first, "another good password").await.unwrap();
    assert!(hub.check_password("anna", "another good password").await.is_ok());
    assert!(hub.session(&session).await.unwrap().is_none(), "whoever was signed in is not any more");
    assert!(hub.redeem_refresh_token(&login).await.is_err());
    for token in [first, second] {
        assert_eq!(hub.reset_link(token).await, Err(Error::NotFound(Missing::Link)), "all such links end");
    }
    hub.request_reset("anna@example.org", "en").await.unwrap();
    let [(_, late)] = &mails(hub).await[..] else { panic!("one mail") };
    stage.wait(49 * 60 * MINUTE);
    assert_eq!(hub.reset_password(late, PASSWORD).await, Err(Error::NotFound(Missing::Link)));
}

async fn nobody_learns_who_is_here(stage: Stage) {
    stage.hub.suspend_account(&stage.root, &"ben".parse().unwrap()).await.unwrap();
    for email in ["nobody@example.org", "ben@example.org", "", "not an address"] {
        assert_eq!(stage.hub.request_reset(email, "en").await, Ok(()), "{email}");
    }
    assert!(mails(&stage.hub).await.is_empty());
    for token in ["", "invented", "\0"] {
        assert!(stage.hub.verify_email(token).await.is_err());
    }
}

async fn a_mail_that_nobody_takes_is_tried_again(stage: Stage) {
    stage.hub.request_reset("anna@example.org", "en").await.unwrap();
    let due = stage.hub.due_mails().await.unwrap();
    assert_eq!(stage.hub.take_mail(&due[0]).await, Ok(true));
    assert_eq!(stage.hub.take_mail(&due[0]).await, Ok(false), "another process has it");
    stage.hub.mail_tried(&due[0], false).await.unwrap();
    assert!(stage.hub.due_mails().await.unwrap().is_empty(), "not at once");
    stage.wait(MINUTE);
    let mut tries = 1;
    while let Some(due) = stage.hub.due_mails().await.unwrap().first() {
        assert!(stage.hub.take_mail(due).await.unwrap());
        stage.hub.mail_tried(due, false).await.unwrap();
        tries += 1;
        stage.wait(24 * 60 * MINUTE);
    }
    assert_eq!(tries, 11, "a day, then it is given up");
}

async fn somebody_is_invited_by_mail(stage: Stage) {
    let name: Username = stage.hub.create_organization(&stage.anna, "acme", "").await.unwrap();
    let invite = |email: &'static str| {
        let (hub, anna, name) = (stage.hub.clone(), stage.anna.clone(), name.clone());
        async move { hub.invite_by_mail(&anna, &name, Membership::Member, None, (email, "zh-CN")).await }
    };
    assert_eq!(invite("nonsense").await, Err(Error::field("email", Problem::BadEmail)));
    invite("ben@example.org").await.unwrap();
    let due = stage.hub.due_mails().await.unwrap();
    assert_eq!(due[0].mail.language, "zh-CN");
    let page = stage.hub.members(&stage.anna, &name).await.unwrap();
    assert_eq!(page.invitations[0].email, "ben@example.org");
    let [(_, token)] = &mails(&stage.hub).await[..] else { panic!("one mail") };
    assert_eq!(stage.hub.join(&stage.ben, token).await.unwrap(), name);
    assert_eq!(stage.hub.join(&stage.root, token).await, Err(Error::NotFound(Missing::Invitation)));
}
