//! The proof that nothing is missing: every tag → manifest → blob → hash, and every row ↔ file.

use crate::Hub;
use crate::blobs::hasher::Hasher;
use crate::store::{blobs, images, tags};
use futures::TryStreamExt;
use model::{Digest, Error};
use serde::Serialize;
use std::collections::HashMap;

/// What was looked at and what was found.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    pub tags: u64,
    pub manifests: u64,
    pub blobs: u64,
    /// Bytes of all blobs, read and hashed.
    pub bytes: u64,
    /// Something that was acknowledged is missing or damaged.
    pub errors: Vec<Finding>,
    /// Something that nobody needs, such as a blob whose push broke off.
    pub notes: Vec<Finding>,
}

/// One thing that is not as it should be.
#[derive(Debug, Serialize)]
pub struct Finding {
    /// A word for programs: `blob_missing`, `blob_damaged`, `blob_size`, `manifest_damaged`, `part_missing`,
    /// `tag_dangling`, `blob_unknown`.
    pub kind: &'static str,
    pub what: String,
}

impl Report {
    /// Whether nothing is lost.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.errors.is_empty()
    }

    fn error(&mut self, kind: &'static str, what: String) {
        self.errors.push(Finding { kind, what });
    }
}

impl Hub {
    /// Reads everything. Takes as long as reading all blobs does; pushes and pulls go on meanwhile.
    ///
    /// # Errors
    /// The database's, and the store's when it can not be listed.
    pub async fn fsck(&self) -> Result<Report, Error> {
        let mut report = Report { tags: tags::count_all(self.database()).await?, ..Report::default() };
        self.check_tags(&mut report).await?;
        self.check_manifests(&mut report).await?;
        self.check_blobs(&mut report).await?;
        Ok(report)
    }

    async fn check_tags(&self, report: &mut Report) -> Result<(), Error> {
        for (namespace, name, tag, digest) in tags::lost(self.database()).await? {
            report.error("tag_dangling", format!("{namespace}/{name}:{tag} names {digest}"));
        }
        for (namespace, name, manifest, part) in images::lost_parts(self.database()).await? {
            report.error("part_missing", format!("{namespace}/{name}@{manifest} needs {part}"));
        }
        Ok(())
    }

    async fn check_manifests(&self, report: &mut Report) -> Result<(), Error> {
        let mut after = (String::new(), String::new());
        loop {
            let rows = images::all(self.database(), (&after.0, &after.1)).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = (last.repository_id.clone(), last.digest.clone());
            for row in rows {
                report.manifests += 1;
                let right = row.digest.parse::<Digest>().is_ok_and(|digest| {
                    Hasher::digest(digest.algorithm(), &row.body).is_ok_and(|actual| actual == digest)
                });
                if !right {
                    report
                        .error("manifest_damaged", format!("{}/{}@{}", row.namespace, row.name, row.digest));
                }
            }
        }
    }

    async fn check_blobs(&self, report: &mut Report) -> Result<(), Error> {
        // Rows first: a blob that is pushed meanwhile has its file before its row.
        let rows = blobs::all(self.database()).await?;
        let mut files: HashMap<Digest, u64> = self.blobs().list().await?.into_iter().collect();
        for (text, size) in rows {
            report.blobs += 1;
            let Ok(digest) = text.parse::<Digest>() else {
                report.error("blob_missing", text);
                continue;
            };
            match files.remove(&digest) {
                None => report.error("blob_missing", text),
                Some(length) if i64::try_from(length) != Ok(size) => report.error("blob_size", text),
                Some(length) => self.check_bytes(&digest, length, report).await?,
            }
        }
        let unknown =
            files.into_keys().map(|digest| Finding { kind: "blob_unknown", what: digest.to_string() });
        report.notes.extend(unknown);
        Ok(())
    }

    async fn check_bytes(&self, digest: &Digest, length: u64, report: &mut Report) -> Result<(), Error> {
        let Ok(mut bytes) = self.blobs().read(digest, 0..length).await else {
            report.error("blob_damaged", digest.to_string());
            return Ok(());
        };
        let mut hasher = Hasher::new(digest.algorithm());
        loop {
            match bytes.try_next().await {
                Ok(Some(piece)) => {
                    hasher.update(&piece);
                    report.bytes += u64::try_from(piece.len()).unwrap_or_default();
                }
                Ok(None) if hasher.matches(digest) => return Ok(()),
                Ok(None) | Err(_) => {
                    report.error("blob_damaged", digest.to_string());
                    return Ok(());
                }
            }
        }
    }
}
