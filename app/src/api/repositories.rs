//! Forms of repositories and their tags.

use super::Failure;
use super::context::{caller, settle};
use crate::routes;
use leptos::prelude::*;
use model::{Digest, RepositoryName, Tag, Visibility};

/// Makes a repository and goes to its page.
#[server(prefix = "/api/fn", endpoint = "add_repository")]
pub async fn add_repository(
    namespace: String,
    name: String,
    #[server(default)] description: String,
    visibility: Visibility,
) -> Result<(), Failure> {
    let caller = caller()?;
    let (text, short) = (name.trim().to_owned(), description.clone());
    let parsed = namespace.parse().and_then(|owner| RepositoryName::new(&owner, &text));
    let result = match &parsed {
        Err(problem) => Err(model::Error::field("name", *problem)),
        Ok(name) => {
            let name = name.clone();
            let new =
                hub::NewRepository { name, description: short, full_description: String::new(), visibility };
            caller.hub.add_repository(&caller.actor, &new).await
        }
    };
    let done = parsed.map(|name| routes::repository(&name)).unwrap_or_default();
    let kept = [
        ("namespace", namespace.as_str()),
        ("name", &text),
        ("description", &description),
        ("visibility", visibility.as_str()),
    ];
    settle(result, &done, "/new", &kept)
}

/// Replaces both descriptions.
#[server(prefix = "/api/fn", endpoint = "describe")]
pub async fn describe(name: RepositoryName, description: String, full: String) -> Result<(), Failure> {
    let caller = caller()?;
    // A form's line ends are CR LF (WHATWG URL, form encoding); Markdown's are not.
    let full = full.replace("\r\n", "\n");
    let edit = hub::RepositoryEdit {
        short: Some(description.clone()),
        full: Some(full),
        ..hub::RepositoryEdit::default()
    };
    let result = caller.hub.edit_repository(&caller.actor, &name, &edit).await;
    let settings = routes::repository_settings(&name);
    // The long text does not fit into an address; browsers bring it back by their own "back".
    settle(result, &format!("{settings}?saved=1"), &settings, &[("description", &description)])
}

/// Switches who can find and pull it.
#[server(prefix = "/api/fn", endpoint = "set_visibility")]
pub async fn set_visibility(name: RepositoryName, visibility: Visibility) -> Result<(), Failure> {
    let caller = caller()?;
    let edit = hub::RepositoryEdit { visibility: Some(visibility), ..hub::RepositoryEdit::default() };
    let result = caller.hub.edit_repository(&caller.actor, &name, &edit).await;
    let settings = routes::repository_settings(&name);
    settle(result, &format!("{settings}?saved=1"), &settings, &[])
}

/// Deletes a repository; `confirm` is its typed name.
#[server(prefix = "/api/fn", endpoint = "delete_repository")]
pub async fn delete_repository(name: RepositoryName, confirm: String) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.delete_repository(&caller.actor, &name, Some(&confirm)).await;
    settle(result, "/", &routes::repository_settings(&name), &[])
}

/// Takes a tag away.
#[server(prefix = "/api/fn", endpoint = "delete_tag")]
pub async fn delete_tag(name: RepositoryName, tag: Tag) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.delete_tag(&caller.actor, &name, &tag).await;
    settle(result, &routes::tags(&name), &routes::tag(&name, &tag), &[])
}

/// Puts a tag back on an image that it was on before.
#[server(prefix = "/api/fn", endpoint = "restore_tag")]
pub async fn restore_tag(name: RepositoryName, tag: Tag, digest: Digest) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.restore_tag(&caller.actor, &name, &tag, &digest).await;
    let page = routes::tag(&name, &tag);
    settle(result, &page, &page, &[])
}
