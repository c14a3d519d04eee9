//! A running Berth: started on a free port, stopped with the value that stands for it.

use crate::http::{Connection, Reply, Request};
use crate::registry::Login;
use anyhow::{Context, Result, ensure};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

const START_LIMIT: Duration = Duration::from_secs(120);

/// How often a test kills what it tests: `usual` times, or as `BERTH_KILL_ROUNDS` says.
///
/// # Errors
/// That is no number.
pub fn kill_rounds(usual: u64) -> Result<u64> {
    Ok(std::env::var("BERTH_KILL_ROUNDS").ok().map_or(Ok(usual), |rounds| rounds.parse())?)
}

/// A `berth serve` of one's own. Dropping it ends it with SIGKILL.
pub struct Berth {
    binary: PathBuf,
    data: PathBuf,
    settings: Vec<(String, String)>,
    /// `host:port`.
    pub address: String,
    child: Child,
}

impl Berth {
    /// Starts `binary` over the folder `data` and waits until it listens.
    ///
    /// # Errors
    /// It does not start; what it said is on the test's standard error.
    pub fn start(binary: &Path, data: &Path) -> Result<Self> {
        Self::launch(&[], &[], binary, data)
    }

    /// Like [`Berth::start_with`], and waits until it is ready; also how long that took.
    ///
    /// # Errors
    /// As for [`Berth::start`]; or it took longer than `limit`.
    pub fn start_within(
        limit: Duration,
        settings: &[(&str, &str)],
        binary: &Path,
        data: &Path,
    ) -> Result<(Self, Duration)> {
        let since = Instant::now();
        let berth = Self::launch(&[], settings, binary, data)?;
        berth.wait_until_ready(limit)?;
        let start = since.elapsed();
        ensure!(start <= limit, "ready after {start:?}");
        Ok((berth, start))
    }

    /// Like [`Berth::start`], run by another program (`strace -D …`, `setpriv …`) that must become it, so that
    /// the process that is stopped is Berth's.
    ///
    /// # Errors
    /// As for [`Berth::start`].
    pub fn start_under(wrapper: &[&str], binary: &Path, data: &Path) -> Result<Self> {
        Self::launch(wrapper, &[], binary, data)
    }

    /// Like [`Berth::start`], with other settings for it and its commands: names and values of environment
    /// variables. One without a value is not set.
    ///
    /// # Errors
    /// As for [`Berth::start`].
    pub fn start_with(settings: &[(&str, &str)], binary: &Path, data: &Path) -> Result<Self> {
        Self::launch(&[], settings, binary, data)
    }

    fn launch(wrapper: &[&str], settings: &[(&str, &str)], binary: &Path, data: &Path) -> Result<Self> {
        let mut words = wrapper.iter().map(AsRef::as_ref).chain([binary.as_os_str()]);
        let mut command = Command::new(words.next().context("a program")?);
        command.args(words).args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data);
        // Few tests are about plans, and receivers of webhooks are on this machine.
        command.env("BERTH_PLANS", "roomy=unlimited").env("BERTH_WEBHOOK_ALLOW", "127.0.0.0/8");
        command.env("RUST_LOG", std::env::var("RUST_LOG").unwrap_or_else(|_| "warn".to_owned()));
        set(&mut command, settings.iter().copied());
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().context("no standard output")?;
        let settings = settings.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let (binary, data) = (binary.to_owned(), data.to_owned());
        let mut berth = Self { binary, data, settings, address: String::new(), child };
        berth.address = listening_address(output)?;
        Ok(berth)
    }

    /// Makes an account, also while the program runs.
    ///
    /// # Errors
    /// The program refuses.
    pub fn add_user(&self, name: &str) -> Result<Login> {
        let login = Login::new(name, "correct horse battery staple");
        let email = format!("{name}@example.com");
        let mut command = self.command(&["user", "add", name, "--email", &email, "--password-stdin"]);
        let mut child = command.stdin(Stdio::piped()).spawn()?;
        child.stdin.take().context("no standard input")?.write_all(login.password.as_bytes())?;
        ensure!(child.wait()?.success(), "`berth user add {name}` failed");
        Ok(login)
    }

    /// Fails if `berth fsck` finds anything missing.
    ///
    /// # Errors
    /// With what it found.
    pub fn fsck(&self) -> Result<()> {
        let output = self.command(&["fsck", "--json"]).output()?;
        let report = String::from_utf8_lossy(&output.stdout);
        let words = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "fsck: {report} {words}");
        serde_json::from_str::<serde_json::Value>(&report).context("fsck's report is not JSON").map(drop)
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(words).arg("--data").arg(&self.data).env("RUST_LOG", "warn");
        set(&mut command, self.settings.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        command
    }

    /// Asks something outside the registry.
    ///
    /// # Errors
    /// No answer.
    pub fn ask(&self, request: &Request<'_>) -> Result<Reply> {
        Connection::new(&self.address).send(request)
    }

    /// Waits until `/readyz` says 200.
    ///
    /// # Errors
    /// It does not within `limit`.
    pub fn wait_until_ready(&self, limit: Duration) -> Result<()> {
        let since = Instant::now();
        loop {
            match self.ask(&Request::get("/readyz")) {
                Ok(reply) if reply.status == 200 => return Ok(()),
                answer => ensure!(since.elapsed() < limit, "not ready after {limit:?}: {answer:?}"),
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// A token of the JSON API.
    ///
    /// # Errors
    /// The login is refused.
    pub fn api_token(&self, login: &Login) -> Result<String> {
        let body = serde_json::json!({ "identifier": login.name, "secret": login.password }).to_string();
        let request = json("POST", "/v2/auth/token").body(body.as_bytes());
        let reply = self.ask(&request)?.expect_status(200)?.json()?;
        Ok(reply["access_token"].as_str().context("no token")?.to_owned())
    }

    /// Lets `visibility` (public, unlisted, private) hold for `anna/app`-like names.
    ///
    /// # Errors
    /// The API refuses.
    pub fn set_visibility(&self, login: &Login, repository: &str, visibility: &str) -> Result<()> {
        let (namespace, name) = repository.split_once('/').context("namespace/name")?;
        let path = format!("/v2/namespaces/{namespace}/repositories/{name}");
        let body = serde_json::json!({ "visibility": visibility }).to_string();
        let token = format!("Bearer {}", self.api_token(login)?);
        let request = json("PATCH", &path).header("Authorization", token).body(body.as_bytes());
        self.ask(&request)?.expect_status(200).map(drop)
    }

    /// Its process.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// kill -9, and waits until it is gone.
    ///
    /// # Errors
    /// The process cannot be waited for.
    pub fn kill(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks it to end, as an operator does, and waits until it is gone.
    ///
    /// # Errors
    /// It ends with a failure.
    pub fn stop(&mut self) -> Result<()> {
        let pid = self.child.id().to_string();
        ensure!(Command::new("kill").args(["-TERM", &pid]).status()?.success(), "no process {pid}");
        let status = self.child.wait()?;
        ensure!(status.success(), "berth ended with {status}");
        Ok(())
    }
}

impl Drop for Berth {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn set<'a>(command: &mut Command, settings: impl Iterator<Item = (&'a str, &'a str)>) {
    for (name, value) in settings {
        if value.is_empty() {
            command.env_remove(name)
        } else {
            command.env(name, value)
        };
    }
}

fn json<'a>(method: &'a str, path: &'a str) -> Request<'a> {
    Request::new(method, path).header("Content-Type", "application/json")
}

/// Reads up to the line that names the port; the rest is read away, so that the pipe never fills.
fn listening_address(output: ChildStdout) -> Result<String> {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if let Some(url) = line.trim().strip_prefix("listening on http://") {
                let _ = sender.send(url.trim_end_matches('/').to_owned());
            }
        }
    });
    receiver.recv_timeout(START_LIMIT).context("berth does not listen")
}
