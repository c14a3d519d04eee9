//! The contract of a blob store, told as stories.

use super::DiskBlobs;
use crate::blobs::hasher::Hasher;
use crate::blobs::{BlobError, BlobStore, BodyBroken, Incoming};
use bytes::Bytes;
use futures::{StreamExt, TryStreamExt};
use model::{Algorithm, Digest};

fn body(parts: Vec<Result<Bytes, BodyBroken>>) -> Incoming {
    futures::stream::iter(parts).boxed()
}

fn whole(bytes: &[u8]) -> Incoming {
    body(bytes.chunks(100_000).map(|part| Ok(Bytes::copy_from_slice(part))).collect())
}

fn digest(bytes: &[u8]) -> Digest {
    Hasher::digest(Algorithm::Sha256, bytes).unwrap()
}

async fn read(blobs: &DiskBlobs, digest: &Digest, range: std::ops::Range<u64>) -> Vec<u8> {
    let pieces: Vec<Bytes> = blobs.read(digest, range).await.unwrap().try_collect().await.unwrap();
    pieces.concat()
}

#[tokio::test]
async fn what_is_sealed_is_read_back_whole_and_in_parts() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = DiskBlobs::open(folder.path()).unwrap();
    for size in [0usize, 1, 1000, 300_000, 3_000_001] {
        let bytes: Vec<u8> = (0..size).map(|i| u8::try_from(i % 251).unwrap()).collect();
        let (id, digest, end) = (format!("u{size}"), digest(&bytes), u64::try_from(size).unwrap());
        blobs.begin(&id, Algorithm::Sha256).await.unwrap();
        assert_eq!(blobs.append(&id, Some(0), whole(&bytes)).await.unwrap(), end);
        assert_eq!(blobs.seal(&id, None, whole(b""), &digest).await.unwrap(), end);
        assert_eq!(blobs.size(&digest).await.unwrap(), Some(end));
        assert_eq!(read(&blobs, &digest, 0..end).await, bytes);
        if size > 10 {
            assert_eq!(read(&blobs, &digest, 5..end - 3).await, &bytes[5..size - 3]);
        }
    }
    assert!(blobs.uploads().await.unwrap().is_empty());
    assert_eq!(blobs.list().await.unwrap().len(), 5);
}

#[tokio::test]
async fn an_upload_goes_on_after_a_restart_and_hashes_right() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = DiskBlobs::open(folder.path()).unwrap();
    blobs.begin("u", Algorithm::Sha256).await.unwrap();
    blobs.append("u", Some(0), whole(b"hello ")).await.unwrap();
    let blobs = DiskBlobs::open(folder.path()).unwrap();
    assert_eq!(blobs.received("u").await.unwrap(), Some(6));
    blobs.append("u", Some(6), whole(b"world")).await.unwrap();
    let sha512 = Hasher::digest(Algorithm::Sha512, b"hello world").unwrap();
    assert_eq!(blobs.seal("u", None, whole(b""), &sha512).await.unwrap(), 11);
}

#[tokio::test]
async fn chunks_out_of_order_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = DiskBlobs::open(folder.path()).unwrap();
    blobs.begin("u", Algorithm::Sha256).await.unwrap();
    blobs.append("u", Some(0), whole(b"abc")).await.unwrap();
    for start in [0, 2, 4] {
        let answer = blobs.append("u", Some(start), whole(b"xyz")).await;
        assert!(matches!(answer, Err(BlobError::RangeWrong { received: 3 })));
    }
    assert_eq!(blobs.seal("u", None, whole(b""), &digest(b"abc")).await.unwrap(), 3);
}

#[tokio::test]
async fn what_arrived_before_a_break_is_kept_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = DiskBlobs::open(folder.path()).unwrap();
    blobs.begin("u", Algorithm::Sha256).await.unwrap();
    for (size, total) in [(10usize, 10u64), (1_000_000, 1_000_010)] {
        let broken = body(vec![Ok(vec![7; size].into()), Err(BodyBroken)]);
        assert!(matches!(blobs.append("u", None, broken).await, Err(BlobError::BrokenOff)));
        assert_eq!(blobs.received("u").await.unwrap(), Some(total));
    }
    assert_eq!(blobs.seal("u", None, whole(b""), &digest(&vec![7; 1_000_010])).await.unwrap(), 1_000_010);
}

#[tokio::test]
async fn a_wrong_digest_ends_the_upload_and_leaves_no_blob() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = DiskBlobs::open(folder.path()).unwrap();
    blobs.begin("u", Algorithm::Sha256).await.unwrap();
    blobs.append("u", None, whole(b"abc")).await.unwrap();
    assert!(matches!(
        blobs.seal("u", None, whole(b""), &digest(b"abd")).await,
        Err(BlobError::DigestMismatch)
    ));
    assert!(matches!(blobs.append("u", None, whole(b"abc")).await, Err(BlobError::Missing)));
    assert!(blobs.list().await.unwrap().is_empty() && blobs.uploads().await.unwrap().is_empty());
}

#[tokio::test]
async fn of_two_who_finish_one_wins() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = DiskBlobs::open(folder.path()).unwrap();
    blobs.begin("u", Algorithm::Sha256).await.unwrap();
    blobs.append("u", None, whole(b"abc")).await.unwrap();
    let digest = digest(b"abcdef");
    let (one, other) = tokio::join!(
        blobs.seal("u", None, whole(b"def"), &digest),
        blobs.seal("u", None, whole(b"def"), &digest)
    );
    let (won, lost) = if one.is_ok() { (one, other) } else { (other, one) };
    assert_eq!(won.unwrap(), 6);
    assert!(matches!(lost, Err(BlobError::Missing)), "{lost:?}");
    assert_eq!(read(&blobs, &digest, 0..6).await, b"abcdef");
}

#[tokio::test]
async fn a_request_that_is_dropped_leaves_an_upload_that_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = DiskBlobs::open(folder.path()).unwrap();
    blobs.begin("u", Algorithm::Sha256).await.unwrap();
    let (mut sender, frames) = futures::channel::mpsc::channel(1);
    let asked = blobs.append("u", None, frames.boxed());
    futures::SinkExt::send(&mut sender, Ok(Bytes::from(vec![7; 700_000]))).await.unwrap();
    // The connection is gone: nobody asks for the answer any more, and the body breaks off.
    assert!(tokio::time::timeout(std::time::Duration::from_millis(50), asked).await.is_err());
    assert!(matches!(blobs.append("u", None, whole(b"x")).await, Err(BlobError::InUse)));
    futures::SinkExt::send(&mut sender, Err(BodyBroken)).await.unwrap();
    drop(sender);
    // The last request waits until the broken one is noted.
    let size = blobs.seal("u", Some(700_000), whole(&[7; 5]), &digest(&[7; 700_005])).await;
    assert_eq!(size.unwrap(), 700_005);
}
