//! Blobs on their way in: in pieces, whole, from another repository.

use crate::stage::{Stage, body, digest};
use crate::stories;
use model::{Algorithm, Error, Missing, Visibility};

stories! { an_upload_comes_in_pieces a_wrong_digest_ends_it an_upload_is_its_persons_alone one_blob_is_mounted_where_one_may_read
what_nobody_finishes_is_swept }

async fn an_upload_comes_in_pieces(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Private).await;
    let id = stage.hub.begin_upload(&stage.anna, &name, Algorithm::Sha256).await.unwrap();
    assert_eq!(stage.hub.append(&stage.anna, &name, &id, Some(0), body(b"abc")).await, Ok(3));
    for wrong in [0, 2, 4] {
        let refused = stage.hub.append(&stage.anna, &name, &id, Some(wrong), body(b"x")).await;
        assert_eq!(refused, Err(Error::RangeWrong { received: 3 }));
    }
    assert_eq!(stage.hub.upload(&stage.anna, &name, &id).await, Ok(3));
    let whole = digest(b"abcdef");
    stage.hub.finish_upload(&stage.anna, &name, &id, Some(3), body(b"def"), &whole).await.unwrap();
    assert_eq!(stage.hub.blob(&stage.anna, &name, &whole).await.unwrap().size, 6);
    let gone = stage.hub.finish_upload(&stage.anna, &name, &id, None, body(b""), &whole).await;
    assert_eq!(gone, Err(Error::NotFound(Missing::Upload)));
}

async fn a_wrong_digest_ends_it(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Private).await;
    let id = stage.hub.begin_upload(&stage.anna, &name, Algorithm::Sha512).await.unwrap();
    let wrong = digest(b"other");
    let refused = stage.hub.finish_upload(&stage.anna, &name, &id, None, body(b"bytes"), &wrong).await;
    assert_eq!(refused, Err(Error::DigestMismatch));
    assert_eq!(stage.hub.upload(&stage.anna, &name, &id).await, Err(Error::NotFound(Missing::Upload)));
    let refused = stage.hub.put_blob(&stage.anna, &name, &wrong, body(b"bytes")).await;
    assert_eq!(refused, Err(Error::DigestMismatch));
    assert!(stage.hub.blob(&stage.anna, &name, &wrong).await.is_err());
}

async fn an_upload_is_its_persons_alone(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Public).await;
    let id = stage.hub.begin_upload(&stage.anna, &name, Algorithm::Sha256).await.unwrap();
    assert_eq!(stage.hub.upload(&stage.ben, &name, &id).await, Err(Error::Denied));
    let missing = Err(Error::NotFound(Missing::Upload));
    assert_eq!(stage.hub.upload(&stage.root, &name, &id).await, missing, "an admin began none");
    let other = stage.add("anna/other", Visibility::Public).await;
    assert_eq!(stage.hub.upload(&stage.anna, &other, &id).await, missing);
    stage.hub.cancel_upload(&stage.anna, &name, &id).await.unwrap();
    assert_eq!(stage.hub.upload(&stage.anna, &name, &id).await, missing);
}

async fn one_blob_is_mounted_where_one_may_read(stage: Stage) {
    let from = stage.add("anna/base", Visibility::Private).await;
    stage.blob(&from, b"layer").await;
    let layer = digest(b"layer");
    let to = stage.add("anna/app", Visibility::Private).await;
    assert_eq!(stage.hub.mount(&stage.anna, &to, &layer, Some(&from)).await, Ok(true));
    assert_eq!(stage.hub.blob(&stage.anna, &to, &layer).await.unwrap().size, 5);
    assert_eq!(stage.hub.mount(&stage.anna, &to, &digest(b"none"), Some(&from)).await, Ok(false));
    let bens = "ben/app".parse().unwrap();
    stage.hub.put_blob(&stage.ben, &bens, &digest(b"b"), body(b"b")).await.unwrap();
    // Ben may not read it, so it is not there for him; he may still upload it.
    assert_eq!(stage.hub.mount(&stage.ben, &bens, &layer, Some(&from)).await, Ok(false));
    assert!(stage.hub.blob(&stage.ben, &bens, &layer).await.is_err());
}

async fn what_nobody_finishes_is_swept(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Private).await;
    let id = stage.hub.begin_upload(&stage.anna, &name, Algorithm::Sha256).await.unwrap();
    stage.hub.append(&stage.anna, &name, &id, None, body(b"abc")).await.unwrap();
    stage.hub.sweep_uploads().await.unwrap();
    assert_eq!(stage.hub.upload(&stage.anna, &name, &id).await, Ok(3), "young ones stay");
    assert_eq!(stage.hub.push_progress(&stage.anna, &name).await.unwrap().uploading, Some(3));
    stage.wait(24 * 3_600_000 + 1000);
    stage.hub.sweep_uploads().await.unwrap();
    assert_eq!(stage.hub.upload(&stage.anna, &name, &id).await, Err(Error::NotFound(Missing::Upload)));
}
