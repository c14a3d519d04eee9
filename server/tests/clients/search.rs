//! `docker search` and `podman search`.

use crate::scene::{Scene, with_docker, with_podman};
use anyhow::{Result, ensure};

#[test]
fn docker_searches() -> Result<()> {
    with_docker(|scene| {
        story(scene)?;
        scene.log_in(&scene.stage.anna)?;
        let own = scene.search(&[], "tide")?;
        ensure!(own.contains("anna/tide-secret"), "who logged in finds their own: {own}");
        Ok(())
    })
}

#[test]
fn podman_searches() -> Result<()> {
    with_podman(|scene| {
        story(scene)?;
        // It asks the catalog where nothing is searched for.
        scene.log_in(&scene.stage.anna)?;
        let all = scene.search(&[], "")?;
        ensure!(all.contains("anna/tide-open"), "{all}");
        Ok(())
    })
}

/// A public repository is found, an unlisted and a private one are not; limits and filters hold.
fn story(scene: &Scene) -> Result<()> {
    for (name, visibility) in [
        ("anna/tide-open", "public"),
        ("anna/tide-other", "public"),
        ("anna/tide-quiet", "unlisted"),
        ("anna/tide-secret", "private"),
    ] {
        scene.stage.registry(name).push_image("v1", name.as_bytes())?;
        scene.stage.berth.set_visibility(&scene.stage.anna, name, visibility)?;
    }
    let found = scene.search(&[], "tide")?;
    ensure!(found.contains("anna/tide-open") && found.contains("anna/tide-other"), "{found}");
    ensure!(!found.contains("quiet") && !found.contains("secret"), "{found}");
    let one = scene.search(&["--limit", "1"], "tide")?;
    ensure!(one.matches("anna/tide-").count() == 1, "{one}");
    for filter in ["stars=1", "is-official=true"] {
        let none = scene.search(&["--filter", filter], "tide")?;
        ensure!(!none.contains("anna/tide-"), "{filter}: {none}");
    }
    let none = scene.search(&[], "moon")?;
    ensure!(!none.contains("anna/"), "{none}");
    Ok(())
}
