//! `cargo xtask`: the build steps that cargo does not know. Builds site files; knows nothing of what is on the pages.

mod dev;
mod site;
mod with_postgres;

use std::process::ExitCode;

use site::Mode;

const USAGE: &str = "usage: cargo xtask site [--dev]   build the browser's files into target/site
       cargo xtask dev            build, serve, and do both again when a source changes
       cargo xtask with-postgres -- COMMAND   run a command beside a PostgreSQL of its own
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["site"] => site::build(Mode::Release),
        ["site", "--dev"] => site::build(Mode::Dev),
        ["with-postgres", "--", command @ ..] => with_postgres::with_postgres(command),
        ["dev", serve @ ..] => dev::watch(serve),
        _ => Err(anyhow::Error::msg(USAGE)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("xtask: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// One line for the person at the terminal.
pub(crate) fn say(line: &str) {
    use std::io::Write;
    // Nobody listens on a closed terminal, and the build goes on all the same.
    let _ = writeln!(std::io::stderr(), "{line}");
}
