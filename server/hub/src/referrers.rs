//! Manifests that refer to another one: signatures, SBOMs (OCI distribution spec, "Listing Referrers").

use crate::Hub;
use crate::actor::Actor;
use crate::store::StoreError;
use crate::store::images::{self, ReferrerRow};
use model::{Action, Digest, Error, RepositoryName};
use std::collections::BTreeMap;

/// One manifest that refers to the subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referrer {
    pub digest: Digest,
    pub media_type: String,
    /// Bytes of the manifest.
    pub size: u64,
    pub artifact_type: Option<String>,
    pub annotations: BTreeMap<String, String>,
}

/// Referrers on one page.
const PAGE: u32 = 500;

impl Hub {
    /// A page of referrers behind the digest `after` (empty: from the start), and whether there are more.
    /// An unknown subject has none.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn referrers(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        subject: &Digest,
        artifact_type: Option<&str>,
        after: &str,
    ) -> Result<(Vec<Referrer>, bool), Error> {
        let entered = self.enter(actor, name, Action::Pull).await?;
        let kind = artifact_type.unwrap_or_default();
        let mut rows = images::referrers(self.database(), &entered, subject, kind, after, PAGE + 1).await?;
        let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = rows.len() > page;
        rows.truncate(page);
        Ok((rows.into_iter().map(referrer).collect::<Result<_, _>>()?, more))
    }
}

fn referrer(row: ReferrerRow) -> Result<Referrer, StoreError> {
    let annotations = row.annotations.as_deref().map(serde_json::from_str).transpose();
    Ok(Referrer {
        size: row.size(),
        digest: row.digest.parse().map_err(|_| StoreError::corrupt("digest"))?,
        media_type: row.media_type,
        artifact_type: row.artifact_type,
        annotations: annotations.map_err(|_| StoreError::corrupt("annotations"))?.unwrap_or_default(),
    })
}
