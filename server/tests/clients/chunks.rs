//! Chunks that come twice, too early, or not as promised.

use crate::stage::Stage;
use anyhow::{Result, ensure};
use testing::http::Request;
use testing::{digest, next_location, noise};

#[test]
fn replayed_and_early_chunks_are_refused_and_change_nothing() -> Result<()> {
    let stage = Stage::new()?;
    let mut registry = stage.registry("anna/app");
    let bytes = noise(9, 3000);
    let location = registry.begin()?;
    let first = registry.append(&location, 0, &bytes[..1000])?.expect_status(202)?;
    ensure!(first.header("range") == Some("0-999"), "{:?}", first.header("range"));
    let location = next_location(&first)?;

    registry.append(&location, 0, &bytes[..1000])?.expect_status(416)?;
    registry.append(&location, 2000, &bytes[2000..])?.expect_status(416)?;
    let mark = if location.contains('?') { '&' } else { '?' };
    let target = format!("{location}{mark}digest={}", digest(&bytes));
    let early = Request::new("PUT", &target).header("Content-Range", "2000-2999").body(&bytes[2000..]);
    registry.send(early)?.expect_status(416)?;

    let state = registry.send(Request::get(&location))?.expect_status(204)?;
    ensure!(state.header("range") == Some("0-999"), "{:?}", state.header("range"));
    let last = registry.append(&location, 1000, &bytes[1000..])?.expect_status(202)?;
    registry.finish(&next_location(&last)?, &digest(&bytes), b"")?.expect_status(201)?;
    stage.end()
}

#[test]
fn a_wrong_digest_is_never_acknowledged() -> Result<()> {
    let stage = Stage::new()?;
    let mut registry = stage.registry("anna/app");
    let bytes = noise(10, 5000);
    let other = digest(b"something else");
    let location = registry.begin()?;
    registry.finish(&location, &other, &bytes)?.expect_status(400)?;
    for missing in [&other, &digest(&bytes)] {
        let path = registry.path(&format!("blobs/{missing}"));
        registry.send(Request::new("HEAD", &path))?.expect_status(404)?;
    }
    for nonsense in ["sha256:..", "sha256:ABC", "md5:00", "", "sha256:../../x"] {
        let location = registry.begin()?;
        let reply = registry.finish(&location, nonsense, &bytes)?;
        ensure!((400..500).contains(&reply.status), "{nonsense}: {}", reply.status);
    }
    stage.end()
}
