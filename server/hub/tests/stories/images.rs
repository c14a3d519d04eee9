//! Manifests: stored whole or not at all, read by tag and digest, deleted.

use crate::stage::{INDEX, MANIFEST, Stage, digest};
use crate::stories;
use model::{Error, Missing, Reference, Visibility};

stories! { an_image_comes_back_as_it_was_pushed nothing_is_stored_with_a_part_missing an_index_needs_its_images
deleting_a_manifest_takes_its_tags a_blob_in_use_stays many_tags_come_in_pages }

async fn an_image_comes_back_as_it_was_pushed(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Public).await;
    let stored = stage.push(&name, "latest", "one").await;
    let by_tag: Reference = "latest".parse().unwrap();
    let read = stage.hub.manifest(&stage.nobody, &name, &by_tag).await.unwrap();
    assert_eq!((&read.digest, read.media_type.as_str()), (&stored.digest, MANIFEST));
    assert_eq!(digest(&read.bytes), stored.digest);
    let by_digest = Reference::Digest(stored.digest.clone());
    assert_eq!(stage.hub.manifest(&stage.nobody, &name, &by_digest).await.unwrap().bytes, read.bytes);
    let second = stage.push(&name, "latest", "two").await;
    assert_eq!(stage.hub.manifest(&stage.nobody, &name, &by_tag).await.unwrap().digest, second.digest);
}

async fn nothing_is_stored_with_a_part_missing(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Private).await;
    let config = stage.blob(&name, b"{}").await;
    let ghost = digest(b"ghost");
    let manifest = format!(
        r#"{{"schemaVersion":2,"mediaType":"{MANIFEST}","config":{config},"layers":[{{"mediaType":"application/octet-stream","digest":"{ghost}","size":5}}]}}"#
    );
    let refused = stage.put(&name, "latest", MANIFEST, &manifest).await.unwrap_err();
    assert_eq!(refused, Error::PartsMissing(vec![ghost]));
    let lying = manifest.replace(&digest(b"ghost").to_string(), &digest(b"{}").to_string());
    let refused = stage.put(&name, "latest", MANIFEST, &lying).await.unwrap_err();
    assert!(matches!(refused, Error::ManifestInvalid(_)), "a size that is not so: {refused:?}");
    let other = digest(b"other").to_string();
    let mismatch = stage.put(&name, &other, MANIFEST, &manifest).await.unwrap_err();
    assert_eq!(mismatch, Error::DigestMismatch);
    assert!(stage.hub.tags(&stage.anna, &name, 1, 10).await.unwrap().tags.rows.is_empty());
}

async fn an_index_needs_its_images(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Private).await;
    let child = |digest: &model::Digest| {
        format!(
            r#"{{"schemaVersion":2,"mediaType":"{INDEX}","manifests":[{{"mediaType":"{MANIFEST}","digest":"{digest}","size":2,"platform":{{"os":"linux","architecture":"arm64"}}}}]}}"#
        )
    };
    let ghost = digest(b"ghost");
    let refused = stage.put(&name, "multi", INDEX, &child(&ghost)).await.unwrap_err();
    assert_eq!(refused, Error::PartsMissing(vec![ghost]));
    let image = stage.push(&name, "arm", "arm64").await;
    stage.put(&name, "multi", INDEX, &child(&image.digest)).await.unwrap();
    let page = stage.hub.tag(&stage.anna, &name, &"multi".parse().unwrap()).await.unwrap();
    assert_eq!(page.images.len(), 1);
    assert_eq!(page.images[0].platform, "linux/arm64");
}

async fn deleting_a_manifest_takes_its_tags(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Public).await;
    let stored = stage.push(&name, "v1", "one").await;
    stage.push(&name, "v2", "one").await;
    let reference = Reference::Digest(stored.digest.clone());
    assert_eq!(stage.hub.delete_manifest(&stage.ben, &name, &reference).await, Err(Error::Denied));
    stage.hub.delete_manifest(&stage.anna, &name, &reference).await.unwrap();
    for gone in ["v1", "v2"] {
        let read = stage.hub.manifest(&stage.anna, &name, &gone.parse().unwrap()).await;
        assert_eq!(read.unwrap_err(), Error::NotFound(Missing::Manifest));
    }
    assert!(stage.hub.delete_manifest(&stage.anna, &name, &reference).await.is_err(), "once");
}

async fn a_blob_in_use_stays(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Private).await;
    let stored = stage.push(&name, "latest", "layer").await;
    let layer = digest(b"layer");
    let kept = stage.hub.delete_blob(&stage.anna, &name, &layer).await;
    assert!(matches!(kept, Err(Error::InUse(_))));
    stage.hub.delete_manifest(&stage.anna, &name, &Reference::Digest(stored.digest)).await.unwrap();
    stage.hub.delete_blob(&stage.anna, &name, &layer).await.unwrap();
    assert!(stage.hub.blob(&stage.anna, &name, &layer).await.is_err());
}

async fn many_tags_come_in_pages(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Public).await;
    for tag in ["b", "A", "a", "_x", "c"] {
        stage.push(&name, tag, "one").await;
    }
    let (first, more) = stage.hub.tag_names(&stage.nobody, &name, Some(3), "").await.unwrap();
    assert_eq!((first.join(" ").as_str(), more), ("A _x a", true), "by their bytes, on both databases");
    let (rest, more) = stage.hub.tag_names(&stage.nobody, &name, Some(3), "a").await.unwrap();
    assert_eq!((rest.join(" ").as_str(), more), ("b c", false));
    let (none, _) = stage.hub.tag_names(&stage.nobody, &name, None, "zz").await.unwrap();
    assert!(none.is_empty());
}
