//! Forms of the second factor, of forgotten passwords and of e-mail addresses.

use super::Failure;
use super::accounts::prove_again;
use super::context::{caller, local, sent_cookie, set_cookie, set_cookie_for, settle};
use super::shown_once::show_once;
use crate::routes::{FORGOTTEN, PASSKEYS, SIGN_IN, SIGN_IN_CODE, TWO_FACTOR};
use form_urlencoded::byte_serialize;
use leptos::prelude::*;
use model::Error;

/// What a sign-in that owes a code is known by, until the code comes.
const PENDING: &str = "berth_sign_in";
/// Seconds.
const PENDING_LIFE: u32 = 600;

/// Remembers, in this browser, a sign-in that owes a code.
pub(super) fn expect_code(pending: &str, is_secure: bool) {
    set_cookie_for(PENDING, pending, PENDING_LIFE, is_secure);
}

/// Brings the code that a sign-in owes, and goes to `next`.
#[server(prefix = "/api/fn", endpoint = "finish_sign_in")]
pub async fn finish_sign_in(code: String, #[server(default)] next: String) -> Result<(), Failure> {
    let caller = caller()?;
    let pending = sent_cookie(PENDING).unwrap_or_default();
    let next = local(&next);
    let finished = caller.hub.finish_sign_in(&pending, &code, &caller.visit).await;
    let back = if finished == Err(Error::WrongCredentials) { SIGN_IN } else { SIGN_IN_CODE };
    let result = finished.map(|token| {
        set_cookie_for(PENDING, "", 0, caller.is_secure);
        set_cookie(caller.cookie, Some(&token), caller.is_secure);
    });
    settle(result, next, back, &[("next", next)])
}

/// What a question for a passkey is known by, until its answer comes.
const PASSKEY: &str = "berth_passkey";
/// Seconds.
const PASSKEY_LIFE: u32 = 300;

/// Remembers, in this browser, a question for a passkey.
pub(super) fn expect_passkey(pending: &str, is_secure: bool) {
    set_cookie_for(PASSKEY, pending, PASSKEY_LIFE, is_secure);
}

/// The question that this browser was asked.
pub(super) fn expected_passkey() -> Option<String> {
    sent_cookie(PASSKEY)
}

/// Signs in with a passkey and goes to `next`.
#[server(prefix = "/api/fn", endpoint = "sign_in_with_passkey")]
pub async fn sign_in_with_passkey(
    #[server(default)] answer: String,
    #[server(default)] next: String,
) -> Result<(), Failure> {
    let caller = caller()?;
    let pending = expected_passkey().unwrap_or_default();
    let signed_in = caller.hub.sign_in_with_passkey(&pending, &answer, &caller.visit).await;
    set_cookie_for(PASSKEY, "", 0, caller.is_secure);
    let result = signed_in.map(|token| set_cookie(caller.cookie, Some(&token), caller.is_secure));
    let next = local(&next);
    settle(result, next, SIGN_IN, &[("next", next)])
}

/// Asks for a new passkey; the page then asks the device.
#[server(prefix = "/api/fn", endpoint = "begin_passkey")]
pub async fn begin_passkey(label: String, password: String) -> Result<(), Failure> {
    let caller = caller()?;
    let pending = match prove_again(&caller, "password", &password).await {
        Ok(()) => caller.hub.begin_passkey(&caller.actor, &password, &label).await,
        Err(error) => Err(error),
    };
    let result = pending.map(|pending| expect_passkey(&pending, caller.is_secure));
    settle(result, PASSKEYS, PASSKEYS, &[("label", &label)])
}

/// Files the passkey that the device made.
#[server(prefix = "/api/fn", endpoint = "add_passkey")]
pub async fn add_passkey(#[server(default)] answer: String) -> Result<(), Failure> {
    let caller = caller()?;
    let pending = expected_passkey().unwrap_or_default();
    let result = caller.hub.add_passkey(&caller.actor, &pending, &answer).await;
    set_cookie_for(PASSKEY, "", 0, caller.is_secure);
    settle(result, &format!("{PASSKEYS}?saved=1"), PASSKEYS, &[])
}

/// Removes one of one's own passkeys.
#[server(prefix = "/api/fn", endpoint = "remove_passkey")]
pub async fn remove_passkey(id: String) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.remove_passkey(&caller.actor, &id).await;
    settle(result, &format!("{PASSKEYS}?saved=1"), PASSKEYS, &[])
}

/// Makes the secret that an authenticator is to be given.
#[server(prefix = "/api/fn", endpoint = "begin_two_factor")]
pub async fn begin_two_factor(password: String) -> Result<(), Failure> {
    let caller = caller()?;
    let result = match prove_again(&caller, "password", &password).await {
        Ok(()) => caller.hub.begin_two_factor(&caller.actor, &password).await,
        refused => refused,
    };
    settle(result, TWO_FACTOR, TWO_FACTOR, &[])
}

/// Turns two-factor sign-in on; the page shows the recovery codes once.
#[server(prefix = "/api/fn", endpoint = "confirm_two_factor")]
pub async fn confirm_two_factor(code: String) -> Result<(), Failure> {
    let caller = caller()?;
    let codes = caller.hub.confirm_two_factor(&caller.actor, &code).await;
    let result = codes.map(|codes| show_once(&caller, &codes.join("_")));
    settle(result, TWO_FACTOR, TWO_FACTOR, &[])
}

/// Makes new recovery codes; the page shows them once.
#[server(prefix = "/api/fn", endpoint = "renew_recovery_codes")]
pub async fn renew_recovery_codes(code: String) -> Result<(), Failure> {
    let caller = caller()?;
    let codes = caller.hub.renew_recovery_codes(&caller.actor, &code).await;
    let result = codes.map(|codes| show_once(&caller, &codes.join("_")));
    settle(result, TWO_FACTOR, TWO_FACTOR, &[])
}

/// Turns two-factor sign-in off.
#[server(prefix = "/api/fn", endpoint = "stop_two_factor")]
pub async fn stop_two_factor(password: String, code: String) -> Result<(), Failure> {
    let caller = caller()?;
    let result = match prove_again(&caller, "password", &password).await {
        Ok(()) => caller.hub.stop_two_factor(&caller.actor, &password, &code).await,
        refused => refused,
    };
    settle(result, &format!("{TWO_FACTOR}?saved=1"), &format!("{TWO_FACTOR}?form=stop"), &[])
}

/// Mails a link to choose a new password; says the same whether or not somebody has the address.
#[server(prefix = "/api/fn", endpoint = "request_reset")]
pub async fn request_reset(email: String) -> Result<(), Failure> {
    let caller = caller()?;
    caller.hub.request_reset_unseen(email, caller.visit.language);
    settle(Ok(()), &format!("{FORGOTTEN}?sent=1"), FORGOTTEN, &[])
}

/// Chooses a new password with a mailed link.
#[server(prefix = "/api/fn", endpoint = "reset_password")]
pub async fn reset_password(token: String, password: String) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.reset_password(&token, &password).await;
    let back: String = byte_serialize(token.as_bytes()).collect();
    settle(result, &format!("{SIGN_IN}?saved=1"), &format!("{FORGOTTEN}/{back}"), &[])
}

/// Mails the link that proves one's address again.
#[server(prefix = "/api/fn", endpoint = "send_verification")]
pub async fn send_verification() -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.send_verification(&caller.actor, &caller.visit.language).await;
    settle(result, "/settings?saved=email", "/settings", &[])
}

/// Proves an address with a mailed link.
#[server(prefix = "/api/fn", endpoint = "verify_email")]
pub async fn verify_email(token: String) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.verify_email(&token).await;
    let back: String = byte_serialize(token.as_bytes()).collect();
    settle(result, "/verify/done?saved=1", &format!("/verify/{back}"), &[])
}
