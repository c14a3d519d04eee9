//! Manifests by tag, beside an earlier build of Berth: what was added since may cost a twentieth. Counting pulls was
//! measured so.

use crate::manifests::one_method;
use crate::peers::Field;
use crate::table::{Row, Target, left_out};
use anyhow::Result;
use std::path::Path;
use testing::Berth;

/// More than elsewhere: the difference is small.
const ROUNDS: usize = 8;

pub(crate) fn measure(field: &Field) -> Result<Vec<Row>> {
    let Some(binary) = std::env::var_os("BERTH_BENCH_EARLIER") else {
        left_out("BERTH_BENCH_EARLIER names no earlier build (README.md)");
        return Ok(Vec::new());
    };
    let earlier = Berth::start(Path::new(&binary), &field.folder("earlier"))?;
    let anna = earlier.add_user("anna")?;
    let builds = field.builds(&earlier, &anna);
    for build in &builds {
        build.registry().push_image("latest", b"a layer")?;
    }
    ["GET", "HEAD"].iter().map(|method| one_method(&builds, method, ROUNDS, Target::Ratio(0.95))).collect()
}
