//! Those who watch a run hear of all that happens to it.

use crate::stage::Stage;
use crate::stories;
use crate::webhook_scene::{CHAIN, HOUR, Scene, scene};
use hub::WebhookNews;
use model::webhook::{CallbackState, RunState};
use model::{Error, Missing};
use std::time::Duration;

stories! { every_change_of_a_run_is_news }

/// Wakes up, and finds the run as its page shows it: its state, and a version other than `before`.
async fn heard(scene: &Scene, news: &mut WebhookNews, run: &str, before: &mut String) -> RunState {
    tokio::time::timeout(Duration::from_secs(10), news.next()).await.unwrap();
    let (hub, anna) = (&scene.stage.hub, &scene.stage.anna);
    let (state, version) = hub.run_version(anna, &scene.app, &scene.id, run).await.unwrap();
    let page = hub.webhook_run(anna, &scene.app, &scene.id, run).await.unwrap();
    assert_eq!(version, page.version());
    assert_ne!(version, *before);
    *before = version;
    state
}

async fn every_change_of_a_run_is_news(stage: Stage) {
    let scene = scene(stage, CHAIN, true).await;
    let (hub, anna) = (&scene.stage.hub, &scene.stage.anna);
    scene.push("v1").await;
    let first = scene.claim_one().await;
    let page = hub.webhook(anna, &scene.app, &scene.id, 1).await.unwrap();
    let (run, mut version) = (page.runs.rows[0].id.clone(), String::new());
    let mut news = hub.webhook_news();

    scene.answer(first.clone(), 200).await;
    assert_eq!(heard(&scene, &mut news, &run, &mut version).await, RunState::Running);
    scene.report(&first, CallbackState::Success).await.unwrap();
    assert_eq!(heard(&scene, &mut news, &run, &mut version).await, RunState::Running);
    hub.skip_step(anna, &scene.app, &scene.id, &run, 2).await.unwrap();
    assert_eq!(heard(&scene, &mut news, &run, &mut version).await, RunState::Running);
    let last = scene.claim_one().await;
    scene.answer(last, 200).await;
    assert_eq!(heard(&scene, &mut news, &run, &mut version).await, RunState::Running);
    scene.stage.wait(2 * HOUR);
    hub.expire_callbacks().await.unwrap();
    assert_eq!(heard(&scene, &mut news, &run, &mut version).await, RunState::Expired);

    hub.delete_webhook(anna, &scene.app, &scene.id).await.unwrap();
    tokio::time::timeout(Duration::from_secs(10), news.next()).await.unwrap();
    let gone = hub.run_version(anna, &scene.app, &scene.id, &run).await;
    assert_eq!(gone, Err(Error::NotFound(Missing::Webhook)));
}
