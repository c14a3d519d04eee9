//! Pulls: what counts, for which tag and day, and what a crash loses.

use crate::stage::{INDEX, MANIFEST, Stage};
use crate::stories;
use hub::{Actor, Hub, Manifest, Settings};
use model::view::{PullSpan, PulledAs, PullsPage, TagPulls};
use model::{Error, Missing, RepositoryName, Visibility};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

stories! { a_pull_counts_for_its_repository_its_tag_and_its_day looking_is_free
docker_gets_by_digest_what_it_looked_up_by_tag an_index_with_its_images_is_one_pull
an_image_of_an_index_alone_is_a_pull the_latest_step_tells_what_an_image_of_an_index_was_pulled_for a_crash_loses_only_what_was_not_written_down
pulls_at_once_are_counted_exactly two_processes_add_up pulls_go_where_the_repository_goes
private_statistics_are_missing days_of_tags_are_forgotten_but_not_their_pulls writing_pulls_leaves_manifests_in_memory }

const DAY: i64 = 24 * 3_600_000;

/// A client at the address `10.0.0.<number>`.
fn at(actor: &Actor, number: u8) -> Actor {
    actor.clone().seen_from(IpAddr::V4(Ipv4Addr::new(10, 0, 0, number)))
}

/// `GET /v2/<name>/manifests/<reference>`.
pub(crate) async fn pull(hub: &Hub, actor: &Actor, name: &RepositoryName, reference: &str) -> Arc<Manifest> {
    let manifest = hub.manifest(actor, name, &reference.parse().unwrap()).await.unwrap();
    hub.pulled(actor, &manifest);
    manifest
}

/// The same with HEAD: the digest.
async fn look_up(hub: &Hub, actor: &Actor, name: &RepositoryName, reference: &str) -> String {
    let manifest = hub.manifest(actor, name, &reference.parse().unwrap()).await.unwrap();
    hub.looked_up(actor, &manifest);
    manifest.digest.to_string()
}

async fn statistics(hub: &Hub, name: &RepositoryName) -> PullsPage {
    hub.write_pulls().await.unwrap();
    hub.pulls(&Actor::anonymous(), name, PullSpan::Month, 1).await.unwrap()
}

/// `latest 3, - 1`: a dash for what had no tag, brackets around what was deleted.
pub(crate) fn by_tag(page: &PullsPage) -> String {
    let one = |row: &TagPulls| match &row.pulled_as {
        PulledAs::Tag(tag) => format!("{tag} {}", row.total),
        PulledAs::DeletedTag(tag) => format!("({tag}) {}", row.total),
        PulledAs::DeletedTags => format!("() {}", row.total),
        PulledAs::Digest => format!("- {}", row.total),
    };
    page.tags.rows.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Anna's index over two images, which have no tags of their own, as `tag`: the images' digests.
async fn push_index(stage: &Stage, name: &RepositoryName, tag: &str) -> [String; 2] {
    let mut digests = Vec::new();
    for architecture in ["amd64", "arm64"] {
        let image = Box::pin(stage.push(name, "passing", architecture)).await;
        stage.hub.delete_tag(&stage.anna, name, &"passing".parse().unwrap()).await.unwrap();
        digests.push(image.digest.to_string());
    }
    let images: Vec<String> = digests
        .iter()
        .map(|digest| format!(r#"{{"mediaType":"{MANIFEST}","digest":"{digest}","size":2}}"#))
        .collect();
    let index = format!(r#"{{"schemaVersion":2,"mediaType":"{INDEX}","manifests":[{}]}}"#, images.join(","));
    Box::pin(stage.put(name, tag, INDEX, &index)).await.unwrap();
    digests.try_into().unwrap()
}

async fn a_pull_counts_for_its_repository_its_tag_and_its_day(stage: Stage) {
    let (hub, name) = (&stage.hub, stage.add("anna/app", Visibility::Public).await);
    stage.push(&name, "v1", "one").await;
    let digest = stage.push(&name, "v2", "two").await.digest.to_string();
    assert_eq!(statistics(hub, &name).await.last, None);
    for reference in ["v1", "v1", "v2", &digest] {
        pull(hub, &stage.nobody, &name, reference).await;
    }
    assert_eq!(hub.repository(&stage.nobody, &name).await.unwrap().pulls.total, 0, "not written down yet");
    let page = statistics(hub, &name).await;
    assert_eq!((page.total, by_tag(&page).as_str()), (4, "v1 2, - 1, v2 1"));
    // No flush between these: a day ends while they are counted.
    pull(hub, &stage.nobody, &name, "v1").await;
    stage.wait(DAY);
    pull(hub, &stage.anna, &name, "v1").await;
    let page = statistics(hub, &name).await;
    let days: Vec<u64> = page.bars.iter().map(|bar| bar.pulls).collect();
    assert_eq!((page.total, page.spans), (6, [6, 6, 6]));
    assert_eq!(days[27..], [0, 5, 1], "the owner's own count too");
    stage.wait(30 * DAY);
    let page = statistics(hub, &name).await;
    assert_eq!((page.total, page.spans, page.tags.rows[0].recent), (6, [0, 6, 6], 0));
    let tag = hub.tag(&stage.nobody, &name, &"v1".parse().unwrap()).await.unwrap();
    assert_eq!((tag.pulls.total, tag.pulls.last, tag.images[0].pulled_at), (4, page.last, page.last));
    let rows = hub.tags(&stage.nobody, &name, 1, 10).await.unwrap().tags.rows;
    assert_eq!(rows.iter().find(|row| row.tag.as_str() == "v1").unwrap().pulled_at, page.last);
}

async fn looking_is_free(stage: Stage) {
    let (hub, name) = (&stage.hub, stage.add("anna/app", Visibility::Public).await);
    let digest = stage.push(&name, "v1", "one").await.digest.to_string();
    for reference in ["v1", &digest] {
        look_up(hub, &stage.nobody, &name, reference).await;
    }
    let page = statistics(hub, &name).await;
    assert_eq!((page.total, page.last, page.tags.total), (0, None, 0));
}

async fn days_of_tags_are_forgotten_but_not_their_pulls(stage: Stage) {
    let (hub, name) = (&stage.hub, stage.add("anna/app", Visibility::Public).await);
    stage.push(&name, "v1", "one").await;
    for _ in 0..3 {
        pull(hub, &stage.nobody, &name, "v1").await;
        hub.write_pulls().await.unwrap();
        stage.wait(45 * DAY);
    }
    hub.sweep_sessions().await.unwrap();
    assert_eq!(by_tag(&statistics(hub, &name).await), "v1 3");
    for (table, days) in [("tag_pull_days", 1), ("pull_days", 3)] {
        assert_eq!(stage.number(&format!("SELECT COUNT(*) FROM {table}")).await, days, "{table}");
    }
}

async fn docker_gets_by_digest_what_it_looked_up_by_tag(stage: Stage) {
    let (hub, name) = (&stage.hub, stage.add("anna/app", Visibility::Public).await);
    for tag in ["v1", "latest"] {
        stage.push(&name, tag, "one").await;
    }
    let (docker, other) = (at(&stage.nobody, 1), at(&stage.nobody, 2));
    let digest = look_up(hub, &docker, &name, "v1").await;
    pull(hub, &docker, &name, &digest).await;
    assert_eq!(by_tag(&statistics(hub, &name).await), "v1 1", "of two tags with this digest");
    pull(hub, &other, &name, &digest).await;
    pull(hub, &at(&stage.ben, 1), &name, &digest).await;
    assert_eq!(by_tag(&statistics(hub, &name).await), "- 2, v1 1", "others did not look it up");
    stage.wait(61_000);
    pull(hub, &docker, &name, &digest).await;
    assert_eq!(by_tag(&statistics(hub, &name).await), "- 3, v1 1", "that was long ago");
}

async fn an_index_with_its_images_is_one_pull(stage: Stage) {
    let (hub, name) = (&stage.hub, stage.add("anna/app", Visibility::Public).await);
    let images = push_index(&stage, &name, "multi").await;
    let (docker, skopeo) = (at(&stage.nobody, 1), at(&stage.nobody, 2));
    let index = look_up(hub, &docker, &name, "multi").await;
    pull(hub, &docker, &name, &index).await;
    pull(hub, &docker, &name, &images[0]).await;
    assert_eq!(by_tag(&statistics(hub, &name).await), "multi 1");
    pull(hub, &skopeo, &name, "multi").await;
    for image in &images {
        stage.wait(9 * 60_000);
        pull(hub, &skopeo, &name, image).await;
    }
    let page = statistics(hub, &name).await;
    assert_eq!((page.total, by_tag(&page).as_str()), (2, "multi 2"), "a copy of all that takes its time");
    let tag = hub.tag(&stage.nobody, &name, &"multi".parse().unwrap()).await.unwrap();
    let image = tag.images.iter().find(|image| image.digest.as_str() == images[1]).unwrap();
    assert_eq!(image.pulled_at, page.last, "it was sent all the same");
}

async fn the_latest_step_tells_what_an_image_of_an_index_was_pulled_for(stage: Stage) {
    let (hub, name) = (&stage.hub, stage.add("anna/app", Visibility::Public).await);
    let [image, _] = push_index(&stage, &name, "multi").await;
    stage.push(&name, "amd64", "amd64").await;
    for (tag, told) in [
        ("amd64", "amd64 1"),
        ("multi", "amd64 1, multi 1"),
        ("multi", "multi 2, amd64 1"),
        ("amd64", "amd64 2, multi 2"),
    ] {
        let digest = look_up(hub, &stage.nobody, &name, tag).await;
        pull(hub, &stage.nobody, &name, &digest).await;
        if tag == "multi" {
            pull(hub, &stage.nobody, &name, &image).await;
        }
        assert_eq!(by_tag(&statistics(hub, &name).await), told);
    }
}

async fn an_image_of_an_index_alone_is_a_pull(stage: Stage) {
    let (hub, name) = (&stage.hub, stage.add("anna/app", Visibility::Public).await);
    let images = push_index(&stage, &name, "multi").await;
    pull(hub, &at(&stage.nobody, 1), &name, "multi").await;
    pull(hub, &at(&stage.nobody, 2), &name, &images[0]).await;
    let other = stage.push(&name, "other", "other").await.digest.to_string();
    pull(hub, &at(&stage.nobody, 1), &name, &other).await;
    assert_eq!(by_tag(&statistics(hub, &name).await), "- 2, multi 1", "another client, and another image");
    stage.wait(11 * 60_000);
    pull(hub, &at(&stage.nobody, 1), &name, &images[0]).await;
    assert_eq!(by_tag(&statistics(hub, &name).await), "- 3, multi 1", "long after the index");
}

async fn a_crash_loses_only_what_was_not_written_down(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Public).await;
    stage.push(&name, "v1", "one").await;
    pull(&stage.hub, &stage.nobody, &name, "v1").await;
    stage.hub.write_pulls().await.unwrap();
    pull(&stage.hub, &stage.nobody, &name, "v1").await;
    let after = stage.restarted(Settings::default()).await;
    assert_eq!(statistics(&after, &name).await.total, 1);
    assert_eq!(statistics(&stage.hub, &name).await.total, 2, "it did not crash after all");
}

/// `pulls` pulls of `v1` by each of four clients at once, while others write down what is there.
async fn pull_at_once(hubs: &[Hub], name: &RepositoryName, pulls: usize) {
    let mut clients = Vec::new();
    for hub in hubs.iter().cycle().take(4) {
        let (hub, name) = (hub.clone(), name.clone());
        clients.push(tokio::spawn(async move {
            for number in 0..pulls {
                pull(&hub, &Actor::anonymous(), &name, "v1").await;
                if number % 50 == 0 {
                    hub.write_pulls().await.unwrap();
                }
            }
        }));
    }
    for client in clients {
        client.await.unwrap();
    }
}

async fn pulls_at_once_are_counted_exactly(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Public).await;
    stage.push(&name, "v1", "one").await;
    pull_at_once(std::slice::from_ref(&stage.hub), &name, 250).await;
    let page = statistics(&stage.hub, &name).await;
    assert_eq!((page.total, by_tag(&page).as_str(), page.spans[0]), (1000, "v1 1000", 1000));
}

async fn two_processes_add_up(stage: Stage) {
    let (first, second) =
        (stage.add("anna/app", Visibility::Public).await, stage.add("anna/b2", Visibility::Public).await);
    let hubs = [stage.hub.clone(), stage.restarted(Settings::default()).await];
    for name in [&first, &second] {
        stage.push(name, "v1", "one").await;
    }
    tokio::join!(pull_at_once(&hubs, &first, 100), pull_at_once(&hubs, &second, 100));
    hubs[1].write_pulls().await.unwrap();
    for name in [&first, &second] {
        let page = statistics(&stage.hub, name).await;
        assert_eq!((page.total, by_tag(&page).as_str(), page.spans[0]), (400, "v1 400", 400));
    }
}

async fn pulls_go_where_the_repository_goes(stage: Stage) {
    let (hub, old) = (&stage.hub, stage.add("anna/app", Visibility::Public).await);
    stage.push(&old, "v1", "one").await;
    pull(hub, &stage.nobody, &old, "v1").await;
    let now = hub.rename_repository(&stage.anna, &old, "better").await.unwrap();
    pull(hub, &stage.nobody, &old, "v1").await;
    assert_eq!(statistics(hub, &now).await.total, 2, "also by its old name");
    hub.delete_tag(&stage.anna, &now, &"v1".parse().unwrap()).await.unwrap();
    let page = statistics(hub, &now).await;
    assert_eq!(by_tag(&page), "() 2");
    stage.push(&now, "v1", "two").await;
    pull(hub, &stage.nobody, &now, "v1").await;
    hub.delete_repository(&stage.anna, &now, None).await.unwrap();
    hub.write_pulls().await.unwrap();
    let again = stage.add("anna/better", Visibility::Public).await;
    let page = statistics(hub, &again).await;
    assert_eq!((page.total, page.tags.total), (0, 0), "what was deleted is forgotten");
}

async fn private_statistics_are_missing(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Private).await;
    let missing = Err(Error::NotFound(Missing::Repository));
    for actor in [&stage.nobody, &stage.ben] {
        assert_eq!(stage.hub.pulls(actor, &name, PullSpan::Year, 1).await, missing);
    }
    assert_eq!(stage.hub.pulls(&stage.anna, &name, PullSpan::Year, 1).await.unwrap().total, 0);
}

async fn writing_pulls_leaves_manifests_in_memory(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Public).await;
    stage.push(&name, "v1", "one").await;
    let before = pull(&stage.hub, &stage.nobody, &name, "v1").await;
    stage.hub.write_pulls().await.unwrap();
    let after = pull(&stage.hub, &stage.nobody, &name, "v1").await;
    // PostgreSQL may have other processes, so that nothing is kept there.
    if stage.database.url.starts_with("sqlite:") {
        assert!(Arc::ptr_eq(&before, &after));
    }
    assert_eq!(statistics(&stage.hub, &name).await.total, 2, "and what is kept counts on");
}
