//! Who is measured: each a process of its own on a free port, with its data in one temporary folder.

use anyhow::{Context, Result, ensure};
use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use testing::http::{Connection, Request};
use testing::{Berth, Login, Registry};

/// The repository that is pushed to and pulled from.
const REPOSITORY: &str = "anna/bench";

/// All of them. The processes end before the folder goes.
pub(crate) struct Field {
    pub(crate) berth: Berth,
    pub(crate) anna: Login,
    pub(crate) binary: PathBuf,
    distribution: Process,
    nginx: Process,
    folder: TempDir,
}

/// Something that blobs are pushed to or pulled from.
#[derive(Clone)]
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    pub(crate) address: String,
    login: Option<Login>,
}

impl Peer {
    pub(crate) fn registry(&self) -> Registry {
        Registry::new(&self.address, REPOSITORY, self.login.as_ref())
    }
}

impl Field {
    pub(crate) fn start(binary: PathBuf) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let berth = Berth::start(&binary, &folder.path().join("berth"))?;
        let anna = berth.add_user("anna")?;
        let distribution = start_distribution(&folder.path().join("distribution"))?;
        let nginx = start_nginx(&folder.path().join("nginx"))?;
        Ok(Self { berth, anna, binary, distribution, nginx, folder })
    }

    /// Berth and its peer.
    pub(crate) fn registries(&self) -> [Peer; 2] {
        let login = Some(self.anna.clone());
        let berth = Peer { name: "Berth", address: self.berth.address.clone(), login };
        let address = self.distribution.address.clone();
        [berth, Peer { name: "distribution 2.8", address, login: None }]
    }

    /// Berth and an earlier build of it.
    pub(crate) fn builds(&self, earlier: &Berth, anna: &Login) -> [Peer; 2] {
        let [berth, _] = self.registries();
        let (address, login) = (earlier.address.clone(), Some(anna.clone()));
        [berth, Peer { name: "the earlier build", address, login }]
    }

    /// The limit of what can be sent.
    pub(crate) fn nginx(&self) -> Peer {
        Peer { name: "nginx", address: self.nginx.address.clone(), login: None }
    }

    /// The folder whose files nginx sends.
    pub(crate) fn served_folder(&self) -> PathBuf {
        self.folder.path().join("nginx/files")
    }

    /// Where distribution keeps the tags of the repository.
    pub(crate) fn distribution_tags(&self) -> PathBuf {
        let tags = format!("distribution/docker/registry/v2/repositories/{REPOSITORY}/_manifests/tags");
        self.folder.path().join(tags)
    }

    /// A fresh folder for a program of one's own.
    pub(crate) fn folder(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// Writes what earlier rounds left in memory, so that one peer's writing is not charged to the other.
pub(crate) fn settle() -> Result<()> {
    ensure!(Command::new("sync").status()?.success(), "sync failed");
    Ok(())
}

struct Process {
    child: Child,
    address: String,
}

impl Process {
    fn start(command: &mut Command, log: &Path, address: String) -> Result<Self> {
        let log = File::create(log)?;
        let child = command.stdout(log.try_clone()?).stderr(log).spawn();
        let process = Self { child: child.with_context(|| format!("{command:?}"))?, address };
        let since = Instant::now();
        while Connection::new(&process.address).send(&Request::get("/v2/")).is_err() {
            ensure!(since.elapsed() < Duration::from_secs(10), "{command:?} does not answer");
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(process)
    }
}

/// SIGTERM: nginx must have the time to end its workers.
impl Drop for Process {
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}

fn free_address() -> Result<String> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string())
}

fn start_distribution(folder: &Path) -> Result<Process> {
    fs::create_dir_all(folder)?;
    let address = free_address()?;
    let config = format!(
        "version: 0.1\nlog:\n  level: error\n  accesslog:\n    disabled: true\n\
         storage:\n  cache:\n    blobdescriptor: inmemory\n  delete:\n    enabled: true\n  filesystem:\n    \
         rootdirectory: {}\nhttp:\n  addr: {address}\n",
        folder.display()
    );
    let file = folder.join("config.yml");
    fs::write(&file, config)?;
    let mut command = Command::new("docker-registry");
    Process::start(command.arg("serve").arg(&file), &folder.join("log"), address)
}

fn start_nginx(folder: &Path) -> Result<Process> {
    fs::create_dir_all(folder.join("files"))?;
    let address = free_address()?;
    let config = format!(
        "daemon off;\nworker_processes 2;\nuser root;\npid {at}/pid;\nerror_log {at}/error.log;\n\
         events {{ worker_connections 1024; }}\n\
         http {{ sendfile on; tcp_nopush on; access_log off; keepalive_requests 100000000;\n\
         server {{ listen {address}; root {at}/files; }} }}\n",
        at = folder.display()
    );
    let file = folder.join("nginx.conf");
    fs::write(&file, config)?;
    let mut command = Command::new("/usr/sbin/nginx");
    Process::start(command.arg("-p").arg(folder).arg("-c").arg(&file), &folder.join("log"), address)
}
