//! What one pusher was promised, written down after each answer was read, and compared with what is there.

use anyhow::{Context, Result, ensure};
use std::collections::{BTreeMap, BTreeSet};
use testing::http::Request;
use testing::{Login, Registry, digest};

#[derive(Default)]
pub(crate) struct Ledger {
    blobs: BTreeSet<String>,
    manifests: BTreeMap<String, Vec<u8>>,
    tags: BTreeMap<String, Promise>,
}

/// What a tag may say: what was acknowledged last, or what was asked for since without an answer.
#[derive(Default)]
struct Promise {
    acknowledged: Option<String>,
    asked: BTreeSet<String>,
}

impl Ledger {
    pub(crate) fn blobs(&self) -> usize {
        self.blobs.len()
    }

    pub(crate) fn manifests(&self) -> usize {
        self.manifests.len()
    }

    pub(crate) fn blob_acknowledged(&mut self, bytes: &[u8]) {
        self.blobs.insert(digest(bytes));
    }

    pub(crate) fn tag_asked(&mut self, tag: &str, manifest: &[u8]) {
        self.tags.entry(tag.to_owned()).or_default().asked.insert(digest(manifest));
    }

    pub(crate) fn tag_acknowledged(&mut self, tag: &str, manifest: Vec<u8>) {
        let promise = self.tags.entry(tag.to_owned()).or_default();
        promise.asked.clear();
        promise.acknowledged = Some(digest(&manifest));
        self.manifests.insert(digest(&manifest), manifest);
    }

    /// Everything acknowledged is there with the right bytes, and no tag says something else.
    pub(crate) fn check(&mut self, address: &str, login: &Login, repository: &str) -> Result<()> {
        if self.blobs.is_empty() && self.tags.is_empty() {
            return Ok(());
        }
        let mut registry = Registry::new(address, repository, Some(login));
        for blob in &self.blobs {
            let bytes = read(&mut registry, &format!("blobs/{blob}"))?;
            ensure!(digest(&bytes) == *blob, "{blob} has other bytes");
        }
        for (digest, manifest) in &self.manifests {
            let bytes = read(&mut registry, &format!("manifests/{digest}"))?;
            ensure!(bytes == *manifest, "{digest} has other bytes");
        }
        for (tag, promise) in &mut self.tags {
            check_tag(&mut registry, tag, promise).with_context(|| format!("tag {tag}"))?;
        }
        Ok(())
    }
}

/// What the tag says now is what it has to say from here on.
fn check_tag(registry: &mut Registry, tag: &str, promise: &mut Promise) -> Result<()> {
    let path = registry.path(&format!("manifests/{tag}"));
    let reply = registry.send(Request::get(&path))?;
    if reply.status == 404 && promise.acknowledged.is_none() {
        return Ok(());
    }
    let there = digest(&reply.expect_status(200)?.body);
    let promised = promise.acknowledged.as_ref() == Some(&there) || promise.asked.contains(&there);
    ensure!(promised, "it says {there}, which was never asked for or is an older one");
    promise.acknowledged = Some(there);
    promise.asked.clear();
    Ok(())
}

fn read(registry: &mut Registry, rest: &str) -> Result<Vec<u8>> {
    let path = registry.path(rest);
    let reply = registry.send(Request::get(&path))?.expect_status(200);
    Ok(reply.with_context(|| format!("{rest} is lost"))?.body)
}
