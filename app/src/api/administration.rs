//! Forms of site admins.

use super::Failure;
use super::context::{caller, settle};
use crate::routes::ADMIN_ACCOUNTS;
use leptos::prelude::*;
use model::{Error, Username};

/// Suspends an account.
#[server(prefix = "/api/fn", endpoint = "suspend_account")]
pub async fn suspend_account(username: Username) -> Result<(), Failure> {
    let caller = caller()?;
    done(caller.hub.suspend_account(&caller.actor, &username).await, &username)
}

/// Lets a suspended account in again.
#[server(prefix = "/api/fn", endpoint = "restore_account")]
pub async fn restore_account(username: Username) -> Result<(), Failure> {
    let caller = caller()?;
    done(caller.hub.restore_account(&caller.actor, &username).await, &username)
}

/// Takes the second factor from somebody who lost it.
#[server(prefix = "/api/fn", endpoint = "reset_two_factor")]
pub async fn reset_two_factor(username: Username) -> Result<(), Failure> {
    let caller = caller()?;
    done(caller.hub.reset_two_factor(&caller.actor, &username).await, &username)
}

fn done(result: Result<(), Error>, username: &Username) -> Result<(), Failure> {
    settle(result, &format!("{ADMIN_ACCOUNTS}?find={username}&saved=1"), ADMIN_ACCOUNTS, &[])
}
