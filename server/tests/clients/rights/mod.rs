//! What people and tokens may do, as docker and podman find it. Each story is played with both.

mod collaborator;
mod team;
mod token;
mod two_factor;

use crate::people::Api;
use anyhow::{Result, ensure};
use serde_json::json;

/// Makes of each story, a function of a [`crate::scene::Scene`], a test with docker and one with podman.
macro_rules! both_clients {
    ($($story:ident),+ $(,)?) => {
        mod docker {
            $(#[test]
            fn $story() -> anyhow::Result<()> {
                crate::scene::with_docker(super::$story)
            })+
        }
        mod podman {
            $(#[test]
            fn $story() -> anyhow::Result<()> {
                crate::scene::with_podman(super::$story)
            })+
        }
    };
}
use both_clients;

/// The statuses of what only an administrator may do to `repository`, which has the tag `tag`: deleting it,
/// describing the repository, seeing its collaborators, deleting the repository.
fn administers(api: &Api<'_>, repository: &str, tag: &str) -> Result<[u16; 4]> {
    let path = format!("/v2/repositories/{repository}");
    let described = api.send("PATCH", &path, &json!({ "description": "by them" }))?;
    let people = api.ask("GET", &format!("{path}/collaborators"))?;
    let untagged = api.ask("DELETE", &format!("{path}/tags/{tag}"))?;
    let deleted = api.ask("DELETE", &path)?;
    Ok([untagged, described, people, deleted].map(|reply| reply.status))
}

/// What was refused left no mark: the tag is there, and nobody described anything.
fn is_untouched(owner: &Api<'_>, repository: &str, tag: &str) -> Result<()> {
    let path = format!("/v2/repositories/{repository}");
    owner.ask("GET", &format!("{path}/tags/{tag}"))?.expect_status(200)?;
    let details = owner.ask("GET", &path)?.expect_status(200)?.json()?;
    ensure!(details["description"] == "", "{details}");
    Ok(())
}

/// Makes a private repository.
fn add_private(owner: &Api<'_>, namespace: &str, name: &str) -> Result<()> {
    let new = json!({ "namespace": namespace, "name": name, "is_private": true });
    owner.send("POST", "/v2/repositories", &new)?.expect_status(201).map(drop)
}
