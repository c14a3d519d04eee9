//! The pages' Rust as the browser takes it: cargo, then wasm-bindgen, then wasm-opt.
//! The two slow steps are kept by the hash of what went in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use super::Mode;
use super::output::hash;
use super::workspace::{Workspace, run};

/// Raise it when a step below changes, so that kept results of the old steps are not taken for new ones.
const STEPS: &str = "1";

const KEPT_RESULTS: usize = 6;

/// Features that rustc's wasm32 target uses by itself; wasm-opt refuses code with features it was not told of.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

pub(crate) struct BrowserCode {
    pub(crate) js: String,
    pub(crate) wasm: Vec<u8>,
}

pub(crate) fn build(workspace: &Workspace, mode: Mode) -> Result<BrowserCode> {
    let compiled = compile(workspace, mode)?;
    let input = fs::read(&compiled).with_context(|| compiled.display().to_string())?;
    let optimiser = workspace.root.join("end2end/node_modules/binaryen");
    let key = hash(&[&input, &tool_version(&optimiser)?, STEPS.as_bytes()]);
    let kept = workspace.target.join("site-cache").join(&key);
    if !kept.join("berth_bg.wasm").is_file() {
        bind(&compiled, &kept, mode)?;
        if mode == Mode::Release {
            optimise(&optimiser, &kept)?;
        }
        fs::rename(kept.join("bound.wasm"), kept.join("berth_bg.wasm"))?;
    }
    forget_older(&kept)?;
    let js = fs::read_to_string(kept.join("berth.js"))?;
    let wasm = fs::read(kept.join("berth_bg.wasm"))?;
    Ok(BrowserCode { js, wasm })
}

fn compile(workspace: &Workspace, mode: Mode) -> Result<PathBuf> {
    let (profile, folder) = match mode {
        Mode::Release => ("wasm-release", "wasm-release"),
        Mode::Dev => ("dev", "debug"),
    };
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--quiet", "--locked", "--package", "app", "--lib", "--no-default-features"]);
    cargo.args(["--features", "hydrate", "--target", "wasm32-unknown-unknown", "--profile", profile]);
    cargo.arg("--target-dir").arg(&workspace.target);
    run(&mut cargo)?;
    Ok(workspace.target.join("wasm32-unknown-unknown").join(folder).join("app.wasm"))
}

fn tool_version(optimiser: &Path) -> Result<Vec<u8>> {
    fs::read(optimiser.join("package.json")).context("wasm-opt is missing: run `make setup` first")
}

fn bind(compiled: &Path, kept: &Path, mode: Mode) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(compiled).out_name("berth").web(true)?;
    bindgen.typescript(false).omit_default_module_path(true).keep_debug(mode == Mode::Dev);
    bindgen.remove_name_section(mode == Mode::Release).remove_producers_section(true);
    let mut bound = bindgen.generate_output()?;
    ensure!(
        bound.snippets().values().all(Vec::is_empty) && bound.local_modules().is_empty(),
        "a crate brought a JavaScript snippet: the site serves one script only"
    );
    bound.emit(kept)?;
    fs::rename(kept.join("berth_bg.wasm"), kept.join("bound.wasm"))?;
    Ok(())
}

fn optimise(optimiser: &Path, kept: &Path) -> Result<()> {
    let file = kept.join("bound.wasm");
    let mut node = Command::new("node");
    node.arg(optimiser.join("bin/wasm-opt")).arg("-Oz").args(WASM_FEATURES).arg(&file).arg("-o").arg(&file);
    run(&mut node)
}

/// Results are a few megabytes each; the last few serve whoever goes back and forth between branches or modes.
fn forget_older(kept: &Path) -> Result<()> {
    let folder = kept.parent().context("the cache has a folder")?;
    let mut results = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        results.push((path.metadata()?.modified()?, path));
    }
    results.sort();
    for (_, path) in results.iter().rev().skip(KEPT_RESULTS).filter(|(_, path)| path != kept) {
        fs::remove_dir_all(path)?;
    }
    Ok(())
}
