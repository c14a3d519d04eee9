//! Two clients that finish one upload.

use crate::stage::Stage;
use anyhow::{Result, ensure};
use std::thread;
use testing::http::Request;
use testing::{digest, noise};

/// Rounds, since what goes wrong here goes wrong seldom.
const ROUNDS: u64 = 20;

#[test]
fn two_clients_finish_one_upload_and_one_blob_is_there() -> Result<()> {
    let stage = Stage::new()?;
    for round in 0..ROUNDS {
        let bytes = noise(100 + round, 200_000);
        let location = stage.registry("anna/app").begin()?;
        let statuses = thread::scope(|scope| {
            let finish = || {
                let mut registry = stage.registry("anna/app");
                registry.finish(&location, &digest(&bytes), &bytes).map(|reply| reply.status)
            };
            let both = [scope.spawn(finish), scope.spawn(finish)];
            both.into_iter().filter_map(|one| one.join().ok()).collect::<Result<Vec<u16>>>()
        })?;
        ensure!(statuses.contains(&201), "nobody was served: {statuses:?}");
        ensure!(statuses.iter().all(|status| [201, 404, 409, 416].contains(status)), "{statuses:?}");
        let mut registry = stage.registry("anna/app");
        let path = registry.path(&format!("blobs/{}", digest(&bytes)));
        let back = registry.send(Request::get(&path))?.expect_status(200)?;
        ensure!(back.body == bytes, "the blob came back changed");
    }
    stage.end()
}
