//! The proof that nothing is missing, and what it says when something is; events of every change.

use crate::stage::Stage;
use crate::stories;
use model::Visibility;

stories! { fsck_finds_what_is_lost_and_damaged }

async fn fsck_finds_what_is_lost_and_damaged(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Private).await;
    stage.push(&name, "latest", "a layer").await;
    let report = stage.hub.fsck().await.unwrap();
    assert!(report.is_clean(), "{:?}", report.errors);
    assert_eq!((report.tags, report.manifests, report.blobs), (1, 1, 2));

    let digest = crate::stage::digest(b"a layer");
    let blob = find(stage.database.folder.path(), digest.hex());
    std::fs::write(&blob, b"b layer").unwrap();
    let kinds = |report: hub::Report| report.errors.iter().map(|one| one.kind).collect::<Vec<_>>();
    assert_eq!(kinds(stage.hub.fsck().await.unwrap()), ["blob_damaged"]);
    std::fs::write(&blob, b"short").unwrap();
    assert_eq!(kinds(stage.hub.fsck().await.unwrap()), ["blob_size"]);
    std::fs::remove_file(&blob).unwrap();
    assert_eq!(kinds(stage.hub.fsck().await.unwrap()), ["blob_missing"]);
}

fn find(folder: &std::path::Path, name: &str) -> std::path::PathBuf {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|file| file.to_string_lossy().contains(name)) {
                return path;
            }
        }
    }
    panic!("no file of {name}")
}
