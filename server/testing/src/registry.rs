//! A registry's plain client: what docker does on the wire, step by step, so that a test can stop in between.
//! It follows the challenge like docker does and renews its token before its time is over.

use crate::http::{Connection, Reply, Request};
use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::time::{Duration, Instant};

/// The media type of the manifests that tests push.
pub const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const CONFIG: &str = "application/vnd.oci.image.config.v1+json";
const LAYER: &str = "application/vnd.oci.image.layer.v1.tar";
const OCTETS: &str = "application/octet-stream";

/// Seconds that a token lives where the registry does not say (docker's rule).
const USUAL_LIFE: u64 = 60;

/// `sha256:…` of some bytes.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", hex::encode(Sha256::digest(bytes)))
}

/// Who asks.
#[derive(Debug, Clone)]
pub struct Login {
    pub name: String,
    pub password: String,
}

impl Login {
    #[must_use]
    pub fn new(name: &str, password: &str) -> Self {
        Self { name: name.to_owned(), password: password.to_owned() }
    }
}

/// One client of one repository.
pub struct Registry {
    pub connection: Connection,
    repository: String,
    login: Option<Login>,
    /// And when to ask for the next one.
    token: Option<(String, Instant)>,
}

impl Registry {
    /// A client of `repository` that asks as `login`, or as nobody.
    #[must_use]
    pub fn new(address: &str, repository: &str, login: Option<&Login>) -> Self {
        Self {
            connection: Connection::new(address),
            repository: repository.to_owned(),
            login: login.cloned(),
            token: None,
        }
    }

    /// `/v2/<repository>/<rest>`.
    #[must_use]
    pub fn path(&self, rest: &str) -> String {
        format!("/v2/{}/{rest}", self.repository)
    }

    /// Sends the request with a token; where the registry wants none, without one.
    ///
    /// # Errors
    /// The connection or the login failed.
    pub fn send(&mut self, request: Request<'_>) -> Result<Reply> {
        let request = self.authorized(request)?;
        self.connection.send(&request)
    }

    /// The request with this client's token.
    ///
    /// # Errors
    /// The login failed.
    pub fn authorized<'a>(&mut self, request: Request<'a>) -> Result<Request<'a>> {
        let token = self.token()?;
        Ok(if token.is_empty() {
            request
        } else {
            request.header("Authorization", format!("Bearer {token}"))
        })
    }

    /// A token that is good for some seconds still; empty where the registry asks for none.
    ///
    /// # Errors
    /// The registry refuses the login.
    pub fn token(&mut self) -> Result<String> {
        if let Some((token, until)) = &self.token
            && Instant::now() < *until
        {
            return Ok(token.clone());
        }
        let asked = Instant::now();
        let (token, life) = self.new_token()?;
        // With a third of its life to spare.
        self.token = Some((token.clone(), asked + Duration::from_secs(life) * 2 / 3));
        Ok(token)
    }

    /// A token, and the seconds that it lives.
    fn new_token(&mut self) -> Result<(String, u64)> {
        let challenge = self.connection.send(&Request::get("/v2/"))?;
        let Some(challenge) = challenge.header("www-authenticate") else {
            return Ok((String::new(), USUAL_LIFE));
        };
        let realm = quoted(challenge, "realm").context("no realm")?;
        let service = quoted(challenge, "service").unwrap_or_default();
        let path = format!("{realm}?service={service}&scope=repository:{}:pull,push,delete", self.repository);
        let mut request = Request::get(&path);
        if let Some(Login { name, password }) = &self.login {
            let basic = STANDARD.encode(format!("{name}:{password}"));
            request = request.header("Authorization", format!("Basic {basic}"));
        }
        let reply = self.connection.send(&request)?.expect_status(200)?.json()?;
        let token = reply["token"].as_str().or(reply["access_token"].as_str());
        let life = reply["expires_in"].as_u64().unwrap_or(USUAL_LIFE);
        Ok((token.context("no token in the answer")?.to_owned(), life))
    }

    /// Starts an upload: its location.
    ///
    /// # Errors
    /// Anything but 202.
    pub fn begin(&mut self) -> Result<String> {
        let path = self.path("blobs/uploads/");
        next_location(&self.send(Request::new("POST", &path))?.expect_status(202)?)
    }

    /// Sends a chunk that starts at `start`. The answer, whatever it is.
    ///
    /// # Errors
    /// The connection failed.
    pub fn append(&mut self, location: &str, start: usize, chunk: &[u8]) -> Result<Reply> {
        let range = format!("{start}-{}", (start + chunk.len()).saturating_sub(1));
        let request = Request::new("PATCH", location).header("Content-Type", OCTETS);
        self.send(request.header("Content-Range", range).body(chunk))
    }

    /// Finishes an upload with its last bytes. The answer, whatever it is.
    ///
    /// # Errors
    /// The connection failed.
    pub fn finish(&mut self, location: &str, digest: &str, rest: &[u8]) -> Result<Reply> {
        let mark = if location.contains('?') { '&' } else { '?' };
        let path = format!("{location}{mark}digest={digest}");
        self.send(Request::new("PUT", &path).header("Content-Type", OCTETS).body(rest))
    }

    /// Pushes a blob the short way: POST, then PUT with all bytes.
    ///
    /// # Errors
    /// It was not taken.
    pub fn push_blob(&mut self, digest: &str, bytes: &[u8]) -> Result<()> {
        let location = self.begin()?;
        self.finish(&location, digest, bytes)?.expect_status(201).map(drop)
    }

    /// Pushes a manifest under a tag or a digest.
    ///
    /// # Errors
    /// It was not taken.
    pub fn push_manifest(&mut self, reference: &str, manifest: &[u8]) -> Result<()> {
        let path = self.path(&format!("manifests/{reference}"));
        let request = Request::new("PUT", &path).header("Content-Type", MANIFEST).body(manifest);
        self.send(request)?.expect_status(201).map(drop)
    }

    /// Pushes an image of one layer: the manifest's bytes.
    ///
    /// # Errors
    /// Some part was not taken.
    pub fn push_image(&mut self, tag: &str, layer: &[u8]) -> Result<Vec<u8>> {
        let config = image_config(&digest(layer));
        self.push_blob(&digest(layer), layer)?;
        self.push_blob(&digest(&config), &config)?;
        let manifest = image_manifest(&config, layer);
        self.push_manifest(tag, &manifest)?;
        Ok(manifest)
    }
}

/// Where an upload goes on: each answer may name another place.
///
/// # Errors
/// The answer names none.
pub fn next_location(reply: &Reply) -> Result<String> {
    Ok(reply.header("location").context("no location")?.to_owned())
}

/// A config for an image of one uncompressed layer.
#[must_use]
pub fn image_config(layer: &str) -> Vec<u8> {
    let config = serde_json::json!({
        "architecture": "amd64", "os": "linux", "config": {},
        "rootfs": { "type": "layers", "diff_ids": [layer] },
    });
    config.to_string().into_bytes()
}

/// A manifest for an image of one uncompressed layer.
#[must_use]
pub fn image_manifest(config: &[u8], layer: &[u8]) -> Vec<u8> {
    let part = |kind: &str, bytes: &[u8]| serde_json::json!({ "mediaType": kind, "digest": digest(bytes), "size": bytes.len() });
    let manifest = serde_json::json!({
        "schemaVersion": 2, "mediaType": MANIFEST,
        "config": part(CONFIG, config), "layers": [part(LAYER, layer)],
    });
    manifest.to_string().into_bytes()
}

/// The value of `name="…"` in a challenge.
fn quoted<'a>(challenge: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = challenge.split_once(&format!("{name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}
