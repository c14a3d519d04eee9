//! Forms of who may do what: collaborators, plans.

use super::Failure;
use super::context::{caller, settle};
use crate::routes;
use leptos::prelude::*;
use model::{RepositoryName, Username};

/// Lets somebody push.
#[server(prefix = "/api/fn", endpoint = "add_collaborator")]
pub async fn add_collaborator(name: RepositoryName, username: String) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.add_collaborator(&caller.actor, &name, &username).await;
    let page = routes::collaborators(&name);
    settle(result, &format!("{page}?saved=1"), &page, &[("username", &username)])
}

/// Ends somebody's right to push.
#[server(prefix = "/api/fn", endpoint = "remove_collaborator")]
pub async fn remove_collaborator(name: RepositoryName, username: Username) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.remove_collaborator(&caller.actor, &name, &username).await;
    let page = routes::collaborators(&name);
    settle(result, &format!("{page}?saved=1"), &page, &[])
}

/// Ends one's own right to push.
#[server(prefix = "/api/fn", endpoint = "leave_repository")]
pub async fn leave_repository(name: RepositoryName) -> Result<(), Failure> {
    let caller = caller()?;
    let viewer = caller.actor.viewer().ok_or(model::Error::SignInNeeded);
    let result = match viewer {
        Ok(viewer) => caller.hub.remove_collaborator(&caller.actor, &name, &viewer.username).await,
        Err(error) => Err(error),
    };
    settle(result, "/", &routes::repository(&name), &[])
}

/// Gives a namespace another plan.
#[server(prefix = "/api/fn", endpoint = "change_plan")]
pub async fn change_plan(namespace: Username, plan: String) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.change_plan(&caller.actor, &namespace, &plan).await;
    let page = routes::plan(namespace.as_str());
    settle(result, &format!("{page}?saved=1"), &page, &[])
}
