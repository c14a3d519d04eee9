//! A stage with docker or podman on it: one story is played with either.

use crate::client::Client;
use crate::engine::Engine;
use crate::podman::Podman;
use crate::programs::{missing, not_root, refused, run, run_with_input};
use crate::stage::Stage;
use anyhow::{Result, bail, ensure};
use testing::Login;

/// A Berth and a client of it.
pub(crate) struct Scene {
    client: Box<dyn Client>,
    pub(crate) stage: Stage,
}

/// Plays a story with docker.
pub(crate) fn with_docker(story: fn(&Scene) -> Result<()>) -> Result<()> {
    if missing(&["docker", "dockerd", "tar"])? || not_root()? {
        return Ok(());
    }
    let stage = Stage::new()?;
    let engine = Engine::start(&stage.path("docker"))?;
    Scene { client: Box::new(engine), stage }.play(story)
}

/// Plays a story with podman.
pub(crate) fn with_podman(story: fn(&Scene) -> Result<()>) -> Result<()> {
    if missing(&["podman", "tar"])? || not_root()? {
        return Ok(());
    }
    let stage = Stage::new()?;
    let podman = Podman::new(stage.folder.path());
    Scene { client: Box::new(podman), stage }.play(story)
}

impl Scene {
    fn play(self, story: fn(&Self) -> Result<()>) -> Result<()> {
        story(&self)?;
        let Self { client, stage } = self;
        // An engine works in the stage's folder: it ends first.
        drop(client);
        stage.end()
    }

    pub(crate) fn log_in(&self, login: &Login) -> Result<()> {
        let mut command = self.client.log_in(&login.name, &self.stage.berth.address);
        run_with_input(&mut command, &login.password).map(drop)
    }

    pub(crate) fn log_in_refused(&self, login: &Login) -> Result<()> {
        match self.log_in(login) {
            Err(refusal) => by_the_registry(&refusal.to_string()),
            Ok(()) => bail!("{} was let in", login.name),
        }
    }

    /// Pushes an image that the registry does not have yet.
    pub(crate) fn push(&self, name: &str) -> Result<()> {
        run(&mut self.client.push(&self.made(name)?)).map(drop)
    }

    /// Pulls an image that is kept here, once more.
    pub(crate) fn pull(&self, name: &str) -> Result<()> {
        self.remove(name)?;
        self.pull_first(name)
    }

    /// Pulls an image that is not kept here.
    pub(crate) fn pull_first(&self, name: &str) -> Result<()> {
        run(&mut self.client.pull(&self.stage.image(name))).map(drop)
    }

    /// Keeps an image no more.
    pub(crate) fn remove(&self, name: &str) -> Result<()> {
        run(&mut self.client.remove(&self.stage.image(name))).map(drop)
    }

    /// What a search for `text` prints.
    pub(crate) fn search(&self, words: &[&str], text: &str) -> Result<String> {
        run(&mut self.client.search(words, &self.stage.image(text)))
    }

    /// A push that the registry refuses: what the client says.
    pub(crate) fn push_refused(&self, name: &str) -> Result<String> {
        let words = refused(&mut self.client.push(&self.made(name)?))?;
        by_the_registry(&words)?;
        Ok(words)
    }

    /// A pull that the registry refuses: what the client says.
    pub(crate) fn pull_refused(&self, name: &str) -> Result<String> {
        let words = refused(&mut self.client.pull(&self.stage.image(name)))?;
        by_the_registry(&words)?;
        Ok(words)
    }

    /// The tag `v1` of `repository` is refused like that of `absent`, which nobody has: a client can not tell
    /// them apart.
    pub(crate) fn looks_absent(&self, repository: &str, absent: &str) -> Result<()> {
        for refused in [Self::push_refused, Self::pull_refused] {
            let (hidden, missing) =
                (refused(self, &format!("{repository}:v1"))?, refused(self, &format!("{absent}:v1"))?);
            ensure!(face(&hidden).replace(repository, absent) == face(&missing), "{hidden}\n{missing}");
        }
        Ok(())
    }

    /// An image of one layer, named.
    fn made(&self, name: &str) -> Result<String> {
        let layer = self.stage.layer(&name.replace(['/', ':'], "-"))?;
        let image = self.stage.image(name);
        run(&mut self.client.import(&layer, &image))?;
        Ok(image)
    }
}

/// A refusal without the digests in it: each push is one of other bytes.
fn face(words: &str) -> String {
    words.split_whitespace().filter(|word| !word.contains("sha256:")).collect::<Vec<_>>().join(" ")
}

/// A client also fails where its engine is gone or the server breaks; such words are no refusal.
fn by_the_registry(words: &str) -> Result<()> {
    let telling = [
        "denied",
        "unauthorized",
        "not found",
        "name unknown",
        "authentication required",
        "invalid username/password",
    ];
    let words = words.to_lowercase();
    ensure!(telling.iter().any(|word| words.contains(word)), "another failure: {words}");
    Ok(())
}
