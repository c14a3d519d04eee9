//! Tells the compiler where the site's files are (`cargo xtask site` makes them), and cargo to look at them again.
//! Without them the program compiles too; it then has no site to serve and says so at its start.

use std::env;
use std::error::Error;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let target = target_folder(&out).ok_or("the build folder lies in no target folder of cargo's")?;
    let site = target.join("site");
    // A folder that is missing would make cargo run this, and compile the server, on every build.
    std::fs::create_dir_all(&site)?;
    println!("cargo::rerun-if-changed={}", site.display());
    println!("cargo::rustc-env=BERTH_SITE={}", site.display());
    Ok(())
}

/// Cargo marks its target folder with this file, wherever the folder is.
fn target_folder(out: &Path) -> Option<&Path> {
    out.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file())
}
