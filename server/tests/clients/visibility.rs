//! Who can pull what, as a client without an account sees it.

use crate::stage::Stage;
use anyhow::{Result, ensure};
use testing::digest;
use testing::http::{Reply, Request};

/// Everything of an answer that must not tell a private repository from a missing one.
fn face(reply: &Reply, name: &str) -> String {
    let telling = |header: &&(String, String)| !matches!(header.0.as_str(), "date" | "x-request-id");
    let headers: Vec<_> = reply.headers.iter().filter(telling).collect();
    format!("{} {headers:?} {}", reply.status, reply.text()).replace(name, "NAME")
}

#[test]
fn nobody_pulls_public_and_unlisted_images() -> Result<()> {
    let stage = Stage::new()?;
    let layer = b"a layer";
    for visibility in ["public", "unlisted"] {
        let name = format!("anna/{visibility}");
        let manifest = stage.registry(&name).push_image("v1", layer)?;
        stage.berth.set_visibility(&stage.anna, &name, visibility)?;
        let mut nobody = stage.anonymous(&name);
        let path = nobody.path("manifests/v1");
        let reply = nobody.send(Request::get(&path))?.expect_status(200)?;
        ensure!(reply.body == manifest, "the manifest came back changed");
        let path = nobody.path(&format!("blobs/{}", digest(layer)));
        let reply = nobody.send(Request::get(&path))?.expect_status(200)?;
        ensure!(reply.body == layer, "the layer came back changed");
        let uploads = nobody.path("blobs/uploads/");
        nobody.send(Request::new("POST", &uploads))?.expect_status(401)?;
    }
    stage.end()
}

#[test]
fn private_is_missing_for_nobody_and_for_strangers() -> Result<()> {
    let stage = Stage::new()?;
    let ben = stage.berth.add_user("ben")?;
    stage.registry("anna/secret").push_image("v1", b"secret")?;
    let blob = format!("blobs/{}", digest(b"secret"));
    for login in [None, Some(&ben)] {
        for rest in ["manifests/v1", "tags/list", "blobs/uploads/", blob.as_str()] {
            let method = if rest.ends_with('/') { "POST" } else { "GET" };
            let mut faces = Vec::new();
            for name in ["anna/secret", "anna/absent"] {
                let mut registry = testing::Registry::new(&stage.berth.address, name, login);
                let path = registry.path(rest);
                let reply = registry.send(Request::new(method, &path))?;
                ensure!((400..500).contains(&reply.status), "{name} {rest}: {}", reply.status);
                faces.push(face(&reply, name));
            }
            ensure!(faces[0] == faces[1], "{rest}:\n{}\n{}", faces[0], faces[1]);
        }
    }
    stage.end()
}

#[test]
fn a_blob_is_readable_only_through_a_repository_one_may_read() -> Result<()> {
    let stage = Stage::new()?;
    let ben = stage.berth.add_user("ben")?;
    stage.registry("anna/secret").push_image("v1", b"secret")?;
    let mut bens = testing::Registry::new(&stage.berth.address, "ben/own", Some(&ben));
    bens.push_image("v1", b"own")?;
    let path = bens.path(&format!("blobs/{}", digest(b"secret")));
    bens.send(Request::get(&path))?.expect_status(404)?;
    let mount = bens.path(&format!("blobs/uploads/?mount={}&from=anna/secret", digest(b"secret")));
    bens.send(Request::new("POST", &mount))?.expect_status(202)?;
    stage.end()
}
