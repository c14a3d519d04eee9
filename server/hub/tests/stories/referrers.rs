//! What refers to an image: signatures, bills of material.

use crate::stage::{MANIFEST, Stage, digest};
use crate::stories;
use model::{Digest, Visibility};

stories! { referrers_are_found_by_their_subject_and_kind }

async fn attach(
    stage: &Stage,
    name: &model::RepositoryName,
    subject: &Digest,
    kind: &str,
    text: &str,
) -> Digest {
    let config = stage.blob(name, b"{}").await;
    let layer = stage.blob(name, text.as_bytes()).await;
    let manifest = format!(
        r#"{{"schemaVersion":2,"mediaType":"{MANIFEST}","artifactType":"{kind}","config":{config},"layers":[{layer}],"subject":{{"mediaType":"{MANIFEST}","digest":"{subject}","size":7}}}}"#
    );
    let digest = digest(manifest.as_bytes());
    let stored = stage.put(name, &digest.to_string(), MANIFEST, &manifest).await.unwrap();
    assert_eq!(stored.subject.as_ref(), Some(subject));
    digest
}

async fn referrers_are_found_by_their_subject_and_kind(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Public).await;
    let image = stage.push(&name, "latest", "one").await.digest;
    let signature = attach(&stage, &name, &image, "application/vnd.sign", "signature").await;
    attach(&stage, &name, &image, "application/vnd.sbom", "bill").await;
    attach(&stage, &name, &digest(b"elsewhere"), "application/vnd.sign", "other").await;
    let ask =
        async |kind: Option<&str>| stage.hub.referrers(&stage.nobody, &name, &image, kind, "").await.unwrap();
    let (all, more) = ask(None).await;
    assert_eq!((all.len(), more), (2, false));
    let (signatures, _) = ask(Some("application/vnd.sign")).await;
    assert_eq!(signatures.iter().map(|one| one.digest.clone()).collect::<Vec<_>>(), [signature]);
    assert!(ask(Some("application/none")).await.0.is_empty());
}
