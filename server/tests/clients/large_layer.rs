//! A layer of 1 GiB, pushed and pulled by skopeo.

use crate::layout::{Layout, blob_in};
use crate::programs::{missing, run};
use crate::skopeo::{log_in, pull, push};
use crate::stage::Stage;
use anyhow::{Context, Result, ensure};
use std::process::Command;
use testing::noise;

#[test]
fn a_layer_of_a_gibibyte_comes_back_whole() -> Result<()> {
    if missing(&["skopeo", "sha256sum"])? {
        return Ok(());
    }
    let stage = Stage::new()?;
    log_in(&stage)?;
    let layout = Layout::new(stage.path("out"))?;
    let layer = noise(5, 1 << 30);
    let digest = testing::digest(&layer);
    layout.finish(layout.image(&layer, "amd64")?)?;
    drop(layer);
    run(&mut push(&stage, &layout.name(), "anna/large:v1"))?;
    std::fs::remove_file(layout.blob(&digest)?)?;

    run(&mut pull(&stage, "anna/large:v1", &format!("oci:{}:latest", stage.path("back").display())))?;
    // Another program's opinion of the bytes.
    let sum = run(Command::new("sha256sum").arg(blob_in(&stage.path("back"), &digest)?))?;
    let sum = sum.split_whitespace().next().context("a sum")?;
    ensure!(digest == format!("sha256:{sum}"), "{digest} came back as {sum}");
    stage.end()
}
