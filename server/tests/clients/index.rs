//! An image for several platforms.

use crate::layout::Layout;
use crate::programs::{missing, run};
use crate::skopeo::{digest_at, log_in, pull, push, skopeo};
use crate::stage::Stage;
use anyhow::{Result, ensure};
use testing::noise;

#[test]
fn an_index_keeps_its_digest_and_its_platforms() -> Result<()> {
    if missing(&["skopeo"])? {
        return Ok(());
    }
    let stage = Stage::new()?;
    log_in(&stage)?;
    let layout = Layout::new(stage.path("out"))?;
    let images = [layout.image(&noise(3, 5000), "amd64")?, layout.image(&noise(4, 5000), "arm64")?];
    let index = layout.finish(layout.index(&images)?)?;
    run(&mut push(&stage, &layout.name(), "anna/many:v1"))?;
    ensure!(digest_at(&stage, "anna/many:v1")? == index, "the index changed");

    run(&mut pull(&stage, "anna/many:v1", &format!("oci:{}:latest", stage.path("back").display())))?;
    let image = format!("docker://{}", stage.image("anna/many:v1"));
    for architecture in ["amd64", "arm64"] {
        let words =
            ["--override-arch", architecture, "inspect", "--config", "--tls-verify=false", image.as_str()];
        let config = run(&mut skopeo(&stage, &words))?;
        ensure!(config.contains(architecture), "{architecture}: {config}");
    }
    stage.end()
}
