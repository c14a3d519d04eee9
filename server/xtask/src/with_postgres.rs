//! `cargo xtask with-postgres -- COMMAND…`: a PostgreSQL of the tests' own around one command.
//! A new cluster in a temporary folder, on the loopback only, gone when the command ends. The tests find it by
//! `BERTH_TEST_POSTGRES` and make their databases in it themselves.

use std::ffi::OsStr;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use crate::say;
use crate::site::run;

const PACKAGED: &str = "/usr/lib/postgresql";
const LOOKS: u32 = 300;
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// Nothing here outlives the run, so nothing has to reach the disk; every test opens a pool of its own.
const SETTINGS: [&str; 5] = [
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_connections=500",
    "listen_addresses=127.0.0.1",
];

pub(crate) fn with_postgres(command: &[&str]) -> Result<()> {
    let (program, arguments) = command.split_first().context("with-postgres: which command?")?;
    let mut inner = Command::new(program);
    inner.args(arguments);
    let Some(programs) = programs() else {
        ensure!(std::env::var("CI").as_deref() != Ok("true"), "PostgreSQL is not installed");
        say("NOT TESTED ON POSTGRESQL: it is not installed here (.ci/setup test installs it)");
        return run(&mut inner);
    };
    let cluster = Cluster::start(&programs)?;
    run(inner.env("BERTH_TEST_POSTGRES", format!("127.0.0.1:{}", cluster.port)))
}

/// The folder of `initdb` and `postgres`: Debian keeps them off the path, one folder for each major version.
fn programs() -> Option<PathBuf> {
    let packaged =
        std::fs::read_dir(PACKAGED).into_iter().flatten().flatten().map(|entry| entry.path().join("bin"));
    let on_path = std::env::var_os("PATH")
        .into_iter()
        .flat_map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    packaged.chain(on_path).find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
}

struct Cluster {
    programs: PathBuf,
    folder: TempDir,
    port: u16,
    server: Child,
}

impl Cluster {
    fn start(programs: &Path) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("berth-postgres-").tempdir()?;
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(folder.path()))?;
        }
        let data = folder.path().join("data");
        let mut initdb = as_postgres(&programs.join("initdb"));
        initdb.arg("-D").arg(&data).args([
            "-U",
            "postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ]);
        run(initdb.stdout(Stdio::null()))?;
        let port = free_port()?;
        let mut postgres = as_postgres(&programs.join("postgres"));
        postgres.arg("-D").arg(&data).arg("-k").arg(folder.path()).args(["-p", &port.to_string()]);
        postgres.args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
        let log = std::fs::File::create(folder.path().join("log"))?;
        let server = postgres.stdout(log.try_clone()?).stderr(log).spawn().context("postgres")?;
        let mut cluster = Self { programs: programs.to_path_buf(), folder, port, server };
        cluster.wait_until_ready()?;
        Ok(cluster)
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        for _ in 0..LOOKS {
            ensure!(self.server.try_wait()?.is_none(), "PostgreSQL ended: {}", self.log());
            let mut ask = Command::new(self.programs.join("pg_isready"));
            if ask.args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()]).status()?.success() {
                return Ok(());
            }
            sleep(LOOK_EVERY);
        }
        anyhow::bail!("PostgreSQL does not answer: {}", self.log())
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = as_postgres(&self.programs.join("pg_ctl"));
        stop.arg("-D").arg(self.folder.path().join("data")).args(["stop", "-s", "-m", "immediate"]);
        if let Err(error) = run(&mut stop) {
            say(&format!("with-postgres: {error:#}"));
        }
        // It was told to end; waiting only spares us a process that nobody collects.
        let _ = self.server.wait();
    }
}

/// PostgreSQL refuses to run as root.
fn as_postgres(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command
        .args([OsStr::new("-u"), OsStr::new("postgres"), OsStr::new("--"), program.as_os_str()])
        .current_dir("/");
    command
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|facts| facts.uid() == 0)
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
