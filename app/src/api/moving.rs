//! Forms of repositories that get another name.

use super::Failure;
use super::context::{caller, settle};
use crate::routes;
use leptos::prelude::*;
use model::{RepositoryName, Username};

/// Gives a repository another name in its namespace.
#[server(prefix = "/api/fn", endpoint = "rename_repository")]
pub async fn rename_repository(name: RepositoryName, new_name: String) -> Result<(), Failure> {
    let caller = caller()?;
    let moved = caller.hub.rename_repository(&caller.actor, &name, &new_name).await;
    let done = moved.as_ref().map(routes::repository_settings).unwrap_or_default();
    let back = routes::repository_settings(&name);
    settle(moved.map(drop), &format!("{done}?saved=1"), &back, &[("new_name", &new_name)])
}

/// Moves a repository to another namespace; `confirm` is its typed name.
#[server(prefix = "/api/fn", endpoint = "transfer_repository")]
pub async fn transfer_repository(
    name: RepositoryName,
    namespace: Username,
    confirm: String,
) -> Result<(), Failure> {
    let caller = caller()?;
    let moved = caller.hub.transfer_repository(&caller.actor, &name, &namespace, Some(&confirm)).await;
    let done = moved.as_ref().map(routes::repository_settings).unwrap_or_default();
    let back = format!("{}?form=transfer", routes::repository_settings(&name));
    settle(moved.map(drop), &format!("{done}?saved=1"), &back, &[])
}
