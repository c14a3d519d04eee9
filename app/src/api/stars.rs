//! Forms of stars.

use super::Failure;
use super::context::{caller, local, settle};
use leptos::prelude::*;
use model::RepositoryName;

/// Stars a repository and goes back to `next`.
#[server(prefix = "/api/fn", endpoint = "star")]
pub async fn star(name: RepositoryName, next: String) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.star(&caller.actor, &name).await;
    settle(result, local(&next), local(&next), &[])
}

/// Takes the star back and goes back to `next`.
#[server(prefix = "/api/fn", endpoint = "unstar")]
pub async fn unstar(name: RepositoryName, next: String) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.unstar(&caller.actor, &name).await;
    settle(result, local(&next), local(&next), &[])
}
