//! Two-factor sign-in: a code once, wrong ones wait, docker needs a token.

use crate::stage::{PASSWORD, Stage};
use crate::stories;
use hub::{FirstStep, Hub, NewAccessToken, Visit};
use model::{Error, Problem, TokenScope};
use totp_rs::{Builder, Secret};

stories! { codes_at_once_are_counted_too a_code_follows_the_password a_code_is_taken_once wrong_codes_wait a_recovery_code_opens_once
docker_needs_a_token it_is_turned_off_with_password_and_code }

/// 2026-05-28, in seconds: when the stage's clock begins.
const BEGIN: i64 = 1_780_000_000;
const STEP: i64 = 30_000;

fn code(secret: &str, at: i64) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(at).unwrap()).to_string()
}

/// Turns it on for Anna; her secret and her recovery codes. The code of the first step is used up.
async fn turn_on(stage: &Stage) -> (String, Vec<String>) {
    stage.hub.begin_two_factor(&stage.anna, PASSWORD).await.unwrap();
    let page = stage.hub.two_factor(&stage.anna).await.unwrap();
    assert!(!page.is_on, "a secret alone turns nothing on");
    let authenticator = page.authenticator.unwrap();
    assert!(authenticator.url.contains(&authenticator.secret));
    let codes = stage.hub.confirm_two_factor(&stage.anna, &code(&authenticator.secret, BEGIN)).await.unwrap();
    assert!(stage.hub.two_factor(&stage.anna).await.unwrap().is_on);
    (authenticator.secret, codes)
}

async fn owed(hub: &Hub) -> String {
    match hub.sign_in("anna", PASSWORD, &Visit::default()).await.unwrap() {
        FirstStep::CodeNeeded(pending) => pending,
        FirstStep::Done(_) => panic!("no code was asked for"),
    }
}

fn wrong<T>() -> Result<T, Error> {
    Err(Error::field("code", Problem::Wrong))
}

async fn a_code_follows_the_password(stage: Stage) {
    let (hub, visit) = (&stage.hub, Visit::default());
    assert!(matches!(hub.sign_in("anna", PASSWORD, &visit).await, Ok(FirstStep::Done(_))));
    let (secret, _) = turn_on(&stage).await;
    let pending = owed(hub).await;
    assert!(hub.session(&pending).await.unwrap().is_none(), "it is no session yet");
    stage.wait(STEP);
    let session = hub.finish_sign_in(&pending, &code(&secret, BEGIN + 30), &visit).await.unwrap();
    assert_eq!(hub.session(&session).await.unwrap().unwrap().username().unwrap().as_str(), "anna");
    stage.wait(STEP);
    let again = hub.finish_sign_in(&pending, &code(&secret, BEGIN + 60), &visit).await;
    assert_eq!(again, Err(Error::WrongCredentials), "a sign-in is finished once");
    let late = owed(hub).await;
    stage.wait(11 * 60_000);
    let code = code(&secret, BEGIN + 60 + 660);
    assert_eq!(hub.finish_sign_in(&late, &code, &visit).await, Err(Error::WrongCredentials));
}

async fn a_code_is_taken_once(stage: Stage) {
    let (secret, _) = turn_on(&stage).await;
    let visit = Visit::default();
    let replayed = stage.hub.finish_sign_in(&owed(&stage.hub).await, &code(&secret, BEGIN), &visit).await;
    assert_eq!(replayed, wrong(), "the code that turned it on");
    stage.wait(STEP);
    let next = code(&secret, BEGIN + 30);
    stage.hub.finish_sign_in(&owed(&stage.hub).await, &next, &visit).await.unwrap();
    assert_eq!(stage.hub.finish_sign_in(&owed(&stage.hub).await, &next, &visit).await, wrong());
}

async fn wrong_codes_wait(stage: Stage) {
    let (secret, _) = turn_on(&stage).await;
    let visit = Visit::default();
    stage.wait(STEP);
    for _ in 0..5 {
        assert_eq!(stage.hub.finish_sign_in(&owed(&stage.hub).await, "000000", &visit).await, wrong());
    }
    let right = code(&secret, BEGIN + 30);
    let waits = stage.hub.finish_sign_in(&owed(&stage.hub).await, &right, &visit).await;
    assert_eq!(waits, Err(Error::TooMany { retry_after: 60 }), "the right one too");
    stage.wait(60_000);
    let later = code(&secret, BEGIN + 90);
    stage.hub.finish_sign_in(&owed(&stage.hub).await, &later, &visit).await.unwrap();
}

async fn a_recovery_code_opens_once(stage: Stage) {
    let (secret, codes) = turn_on(&stage).await;
    let visit = Visit::default();
    assert_eq!(codes.len(), 10);
    let typed = codes[3].to_uppercase().replace('-', " ");
    stage.hub.finish_sign_in(&owed(&stage.hub).await, &typed, &visit).await.unwrap();
    assert_eq!(stage.hub.finish_sign_in(&owed(&stage.hub).await, &typed, &visit).await, wrong());
    assert_eq!(stage.hub.two_factor(&stage.anna).await.unwrap().recovery_codes, 9);
    stage.wait(STEP);
    let renewed = stage.hub.renew_recovery_codes(&stage.anna, &code(&secret, BEGIN + 30)).await.unwrap();
    assert_eq!(stage.hub.finish_sign_in(&owed(&stage.hub).await, &codes[4], &visit).await, wrong());
    stage.hub.finish_sign_in(&owed(&stage.hub).await, &renewed[0], &visit).await.unwrap();
}

async fn docker_needs_a_token(stage: Stage) {
    let hub = &stage.hub;
    let before = hub.refresh_token(&stage.anna, "docker").await.unwrap().unwrap();
    let new = NewAccessToken {
        label: "CI".into(),
        scope: TokenScope::Read,
        repositories: String::new(),
        expires_at: None,
    };
    let (_, secret) = hub.make_access_token(&stage.anna, &new).await.unwrap();
    turn_on(&stage).await;
    assert_eq!(hub.redeem_refresh_token(&before).await.err(), Some(Error::WrongCredentials));
    assert_eq!(hub.check_password("anna", PASSWORD).await.err(), Some(Error::TokenNeeded));
    assert_eq!(hub.check_password("anna", "wrong").await.err(), Some(Error::WrongCredentials));
    assert!(hub.check_password("anna", &secret).await.is_ok());
}

async fn it_is_turned_off_with_password_and_code(stage: Stage) {
    let (secret, _) = turn_on(&stage).await;
    stage.wait(STEP);
    let right = code(&secret, BEGIN + 30);
    let refused = stage.hub.stop_two_factor(&stage.anna, "wrong", &right).await;
    assert_eq!(refused, Err(Error::field("password", Problem::Wrong)));
    assert_eq!(stage.hub.stop_two_factor(&stage.anna, PASSWORD, "000000").await, wrong());
    stage.hub.begin_two_factor(&stage.anna, PASSWORD).await.unwrap();
    assert!(stage.hub.two_factor(&stage.anna).await.unwrap().is_on, "a new secret replaces no confirmed one");
    stage.hub.stop_two_factor(&stage.anna, PASSWORD, &right).await.unwrap();
    assert!(stage.hub.check_password("anna", PASSWORD).await.is_ok());
}

async fn codes_at_once_are_counted_too(stage: Stage) {
    turn_on(&stage).await;
    let pending = owed(&stage.hub).await;
    let tries = (0..40).map(|number| {
        let (hub, pending) = (stage.hub.clone(), pending.clone());
        tokio::spawn(async move {
            let code = format!("wrong {number}");
            hub.finish_sign_in(&pending, &code, &Visit::default()).await
        })
    });
    let answers = futures::future::join_all(tries).await;
    let looked_at = answers.iter().filter(|answer| *answer.as_ref().unwrap() == wrong()).count();
    assert_eq!(looked_at, 5, "the others must wait");
}
