//! From sources to `target/site`: what the server embeds and the browser downloads.
//! Every step writes only what changed, so that a build without changes leaves each file's time stamp alone
//! and cargo has no reason to compile the server again.

mod browser_code;
mod output;
mod style;
mod workspace;

use anyhow::{Context, Result};
use serde_json::json;

use output::Output;
pub(crate) use workspace::{Workspace, files_below, run};

/// What the browser's code is optimised for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Small: what is shipped.
    Release,
    /// Quick to build, with names in its stack traces.
    Dev,
}

/// Builds the site and says in one line how large the first visit's files are.
pub(crate) fn build(mode: Mode) -> Result<()> {
    let workspace = Workspace::find()?;
    let code = browser_code::build(&workspace, mode)?;
    let css = style::bundle(&workspace.root.join("style/main.css"))?;
    let brotli = mode == Mode::Release;
    let mut output = Output::open(workspace.target.join("site"), brotli)?;
    let names = json!({
        "js": output.hashed("berth", "js", code.js.as_bytes())?,
        "wasm": output.hashed("berth", "wasm", &code.wasm)?,
        "css": output.hashed("berth", "css", css.as_bytes())?,
    });
    copy_public(&workspace, &mut output)?;
    let text = serde_json::to_string_pretty(&names).context("assets.json")?;
    output.plain("assets.json", text.as_bytes())?;
    let report = output.finish()?;
    crate::say(&format!("site: {report}"));
    Ok(())
}

fn copy_public(workspace: &Workspace, output: &mut Output) -> Result<()> {
    let folder = workspace.root.join("public");
    if !folder.is_dir() {
        return Ok(());
    }
    for file in files_below(&folder)? {
        let name =
            file.strip_prefix(&folder)?.to_str().context("a file of public/ has a name that is not UTF-8")?;
        let bytes = std::fs::read(&file).with_context(|| file.display().to_string())?;
        output.compressible(&format!("public/{name}"), &bytes)?;
    }
    Ok(())
}
