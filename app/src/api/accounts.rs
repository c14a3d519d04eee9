//! Forms of accounts: sign in and out, sign up, e-mail, password, sessions.

use super::Failure;
use super::context::{Caller, caller, go, local, set_cookie, settle};
use super::security::expect_code;
use crate::routes::{SIGN_IN, SIGN_IN_CODE, with_next};
use hub::FirstStep;
use leptos::prelude::*;
use model::{Error, Problem, Visibility};

/// Signs in and goes to `next`.
#[server(prefix = "/api/fn", endpoint = "sign_in")]
pub async fn sign_in(name: String, password: String, #[server(default)] next: String) -> Result<(), Failure> {
    let caller = caller()?;
    let next = local(&next);
    let (result, done) = match (caller.sign_in)(name.clone(), password).await {
        Ok(FirstStep::Done(token)) => {
            set_cookie(caller.cookie, Some(&token), caller.is_secure);
            (Ok(()), next.to_owned())
        }
        Ok(FirstStep::CodeNeeded(pending)) => {
            expect_code(&pending, caller.is_secure);
            (Ok(()), with_next(SIGN_IN_CODE, next))
        }
        Err(error) => (Err(error), String::new()),
    };
    settle(result, &done, SIGN_IN, &[("name", &name), ("next", next)])
}

/// Signs out.
#[server(prefix = "/api/fn", endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), Failure> {
    let caller = caller()?;
    if let Some(token) = &caller.session {
        caller.hub.sign_out(token).await?;
    }
    set_cookie(caller.cookie, None, caller.is_secure);
    go("/");
    Ok(())
}

/// Makes an account and signs it in.
#[server(prefix = "/api/fn", endpoint = "sign_up")]
pub async fn sign_up(
    username: String,
    email: String,
    password: String,
    #[server(default)] invite: String,
) -> Result<(), Failure> {
    let caller = caller()?;
    let new = hub::NewAccount { username, email, password, invite: Some(invite.clone()) };
    let made = caller.hub.sign_up(&new, &caller.visit).await;
    let result = made.map(|token| set_cookie(caller.cookie, Some(&token), caller.is_secure));
    let kept = [("username", new.username.as_str()), ("email", &new.email), ("invite", &invite)];
    settle(result, "/", "/signup", &kept)
}

/// Replaces the e-mail.
#[server(prefix = "/api/fn", endpoint = "change_email")]
pub async fn change_email(password: String, email: String) -> Result<(), Failure> {
    let caller = caller()?;
    let result = match prove_again(&caller, "password", &password).await {
        Ok(()) => caller.hub.change_email(&caller.actor, &password, &email).await,
        refused => refused,
    };
    if result.is_ok() {
        caller.hub.send_verification(&caller.actor, &caller.visit.language).await?;
    }
    settle(result, "/settings?saved=email", "/settings?form=email", &[("email", &email)])
}

/// Replaces the password; other sessions end.
#[server(prefix = "/api/fn", endpoint = "change_password")]
pub async fn change_password(old: String, new: String) -> Result<(), Failure> {
    let caller = caller()?;
    let result = match prove_again(&caller, "old", &old).await {
        Ok(()) => caller.hub.change_password(&caller.actor, &old, &new).await,
        refused => refused,
    };
    settle(result, "/settings?saved=password", "/settings?form=password", &[])
}

/// Ends one of one's own sessions.
#[server(prefix = "/api/fn", endpoint = "end_session")]
pub async fn end_session(id: String) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.end_session(&caller.actor, &id).await;
    settle(result, "/settings?saved=session", "/settings?form=session", &[])
}

/// Chooses what a first push makes.
#[server(prefix = "/api/fn", endpoint = "set_default_visibility")]
pub async fn set_default_visibility(visibility: Visibility) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.set_default_visibility(&caller.actor, visibility).await;
    settle(result, "/settings?saved=visibility", "/settings?form=visibility", &[])
}

/// Proves the password of whoever is signed in, within the limits on guessing: a stolen session is no way around them.
pub(super) async fn prove_again(caller: &Caller, field: &'static str, password: &str) -> Result<(), Error> {
    let viewer = caller.actor.viewer().ok_or(Error::SignInNeeded)?;
    let proved = (caller.prove)(viewer.username.to_string(), password.to_owned()).await;
    match proved {
        // Said only to whoever has the password.
        Ok(_) | Err(Error::TokenNeeded) => Ok(()),
        Err(Error::WrongCredentials) => Err(Error::field(field, Problem::Wrong)),
        Err(other) => Err(other),
    }
}
