//! Webhooks without a network: runs, chains, callbacks, and what an administrator does with them.

use crate::stage::Stage;
use crate::stories;
use crate::webhook_scene::{CHAIN, HOUR, ONE, body, form, message_id, said, scene};
use hub::{Reported, WebhookForm};
use model::webhook::{CallbackState, PayloadFormat, RunState, StepState, Trigger};
use model::{Error, Missing, Problem, Visibility};

stories! { a_push_is_told_once_to_each_webhook
a_chain_goes_on_only_after_success
a_failure_stops_only_its_own_run
callbacks_are_taken_once_in_time_and_from_nobody_else
a_callback_may_come_before_the_answer
runs_are_replayed_skipped_and_cancelled
addresses_that_were_taken_out_are_not_called
only_administrators_and_only_public_addresses }

async fn a_push_is_told_once_to_each_webhook(stage: Stage) {
    let scene = scene(stage, ONE, false).await;
    let envelope = WebhookForm { format: PayloadFormat::Distribution, ..form(&["https://1.1.1.9/"]) };
    scene.stage.hub.add_webhook(&scene.stage.anna, &scene.app, &envelope).await.unwrap();
    assert!(scene.claim().await.is_empty(), "nothing was pushed");
    scene.push("v1").await;
    let told = scene.claim().await;
    assert_eq!(told.len(), 2);
    assert!(scene.claim().await.is_empty(), "it is under way");
    let first = told.iter().find(|delivery| delivery.url == ONE[0]).unwrap();
    let payload = body(first);
    assert_eq!(payload["push_data"]["tag"], "v1");
    assert_eq!(payload["push_data"]["pusher"], "anna");
    assert_eq!(payload["repository"]["repo_name"], "anna/app");
    assert_eq!(payload["repository"]["is_private"], true);
    let other = told.iter().find(|delivery| delivery.url != ONE[0]).unwrap();
    assert_eq!(body(other)["events"][0]["target"]["tag"], "v1");
    for delivery in told {
        scene.answer(delivery, 204).await;
    }
    assert_eq!(scene.states().await, (RunState::Complete, vec![StepState::Done]));
    scene.stage.wait(100 * HOUR);
    assert!(scene.claim().await.is_empty());
}

async fn a_chain_goes_on_only_after_success(stage: Stage) {
    let scene = scene(stage, CHAIN, true).await;
    scene.push("v1").await;
    for (index, url) in CHAIN.iter().enumerate() {
        let delivery = scene.claim_one().await;
        assert_eq!(delivery.url, *url);
        scene.answer(delivery.clone(), 200).await;
        assert!(scene.claim().await.is_empty(), "nothing before the callback of step {index}");
        assert_eq!(scene.states().await.0, RunState::Running);
        assert_eq!(scene.report(&delivery, CallbackState::Success).await, Ok(Reported::Taken));
    }
    assert_eq!(scene.states().await, (RunState::Complete, vec![StepState::Done; 3]));
}

async fn a_failure_stops_only_its_own_run(stage: Stage) {
    let scene = scene(stage, CHAIN, false).await;
    scene.push("v1").await;
    let first = scene.claim_one().await;
    scene.answer(first.clone(), 200).await;
    scene.push("v2").await;
    let other = scene.claim_one().await;
    assert_eq!(body(&other)["push_data"]["tag"], "v2", "the next push waits for nobody");
    scene.report(&first, CallbackState::Success).await.unwrap();
    let deploy = scene.claim_one().await;
    scene.answer(deploy.clone(), 200).await;
    assert_eq!(scene.report(&deploy, CallbackState::Failure).await, Ok(Reported::Taken));
    assert!(scene.claim().await.is_empty(), "the third step is not called");
    scene.answer(other.clone(), 200).await;
    scene.report(&other, CallbackState::Error).await.unwrap();
    let (state, steps) = scene.states().await;
    assert_eq!(state, RunState::Stopped);
    assert_eq!(steps, [StepState::Error, StepState::Cancelled, StepState::Cancelled]);
}

async fn callbacks_are_taken_once_in_time_and_from_nobody_else(stage: Stage) {
    let scene = scene(stage, ONE, true).await;
    scene.push("v1").await;
    let delivery = scene.claim_one().await;
    scene.answer(delivery.clone(), 200).await;
    let forged = scene.stage.hub.report("invented", &said(CallbackState::Success)).await;
    assert_eq!(forged, Err(Error::NotFound(Missing::Callback)));
    assert_eq!(scene.report(&delivery, CallbackState::Success).await, Ok(Reported::Taken));
    assert_eq!(scene.report(&delivery, CallbackState::Failure).await, Ok(Reported::NotAwaited));
    assert_eq!(scene.states().await.0, RunState::Complete, "the second one changed nothing");

    scene.push("v2").await;
    let late = scene.claim_one().await;
    scene.answer(late.clone(), 200).await;
    scene.stage.wait(HOUR);
    assert_eq!(scene.report(&late, CallbackState::Success).await, Ok(Reported::TooLate));
    scene.stage.hub.expire_callbacks().await.unwrap();
    assert_eq!(scene.states().await, (RunState::Expired, vec![StepState::Expired]));
    assert_eq!(scene.report(&late, CallbackState::Success).await, Ok(Reported::TooLate));
}

async fn a_callback_may_come_before_the_answer(stage: Stage) {
    let scene = scene(stage, &CHAIN[..2], false).await;
    scene.push("v1").await;
    let delivery = scene.claim_one().await;
    assert_eq!(scene.report(&delivery, CallbackState::Success).await, Ok(Reported::Taken));
    let next = scene.claim_one().await;
    assert_eq!(next.url, CHAIN[1]);
    scene.answer(delivery, 500).await;
    assert!(scene.claim().await.is_empty(), "what is done is not tried again");
    scene.answer(next, 200).await;
    assert_eq!(scene.states().await, (RunState::Complete, vec![StepState::Done; 2]));
}

async fn runs_are_replayed_skipped_and_cancelled(stage: Stage) {
    let scene = scene(stage, CHAIN, false).await;
    let (hub, anna) = (&scene.stage.hub, &scene.stage.anna);
    assert!(hub.test_webhook(anna, &scene.app, &scene.id).await.is_err(), "nothing was pushed");
    scene.push("v1").await;
    let first = scene.claim_one().await;
    scene.answer(first.clone(), 200).await;
    let page = hub.webhook(anna, &scene.app, &scene.id, 1).await.unwrap();
    let run = page.runs.rows[0].id.clone();
    let wrong = hub.skip_step(anna, &scene.app, &scene.id, &run, 2).await;
    assert_eq!(wrong, Err(Error::field("step", Problem::BadValue)));
    hub.skip_step(anna, &scene.app, &scene.id, &run, 1).await.unwrap();
    assert_eq!(scene.report(&first, CallbackState::Success).await, Ok(Reported::NotAwaited));
    let second = scene.claim_one().await;
    assert_eq!(second.url, CHAIN[1]);
    hub.cancel_run(anna, &scene.app, &scene.id, &run).await.unwrap();
    assert_eq!(scene.report(&second, CallbackState::Success).await, Ok(Reported::TooLate));
    let over = hub.cancel_run(anna, &scene.app, &scene.id, &run).await;
    assert_eq!(over, Err(Error::field("run", Problem::Over)));

    let again = hub.replay(anna, &scene.app, &scene.id, &run, 2).await.unwrap();
    let replayed = scene.claim_one().await;
    assert_eq!(replayed.url, CHAIN[1]);
    assert_ne!(message_id(&replayed), message_id(&second), "a run of its own");
    assert_eq!(body(&replayed)["push_data"], body(&second)["push_data"]);
    let page = hub.webhook_run(anna, &scene.app, &scene.id, &again).await.unwrap();
    assert_eq!((page.run.cause, page.steps[0].state), (Trigger::Replay, StepState::Skipped));
    for step in [0, 4] {
        assert!(hub.replay(anna, &scene.app, &scene.id, &run, step).await.is_err(), "{step}");
    }
    hub.test_webhook(anna, &scene.app, &scene.id).await.unwrap();
    assert_eq!(body(&scene.claim_one().await)["push_data"]["tag"], "v1");
}

async fn addresses_that_were_taken_out_are_not_called(stage: Stage) {
    let scene = scene(stage, CHAIN, false).await;
    let shorten = async |urls: &[&str]| {
        scene.stage.hub.edit_webhook(&scene.stage.anna, &scene.app, &scene.id, &form(urls)).await.unwrap();
    };
    scene.push("v1").await;
    let first = scene.claim_one().await;
    scene.answer(first.clone(), 200).await;
    shorten(&CHAIN[..2]).await;
    scene.report(&first, CallbackState::Success).await.unwrap();
    let second = scene.claim_one().await;
    scene.answer(second.clone(), 200).await;
    shorten(&CHAIN[..1]).await;
    assert!(scene.claim().await.is_empty());
    let steps = vec![StepState::Done, StepState::Skipped, StepState::Skipped];
    assert_eq!(scene.states().await, (RunState::Complete, steps));
    assert_eq!(scene.report(&second, CallbackState::Success).await, Ok(Reported::TooLate));

    shorten(CHAIN).await;
    scene.push("v2").await;
    let first = scene.claim_one().await;
    shorten(&CHAIN[..1]).await;
    scene.answer(first.clone(), 200).await;
    scene.report(&first, CallbackState::Success).await.unwrap();
    assert_eq!(scene.states().await.0, RunState::Complete, "nothing is left after it");
}

async fn only_administrators_and_only_public_addresses(stage: Stage) {
    let scene = scene(stage, ONE, false).await;
    let (hub, app) = (&scene.stage.hub, &scene.app);
    hub.add_collaborator(&scene.stage.anna, app, "ben").await.unwrap();
    assert_eq!(hub.webhooks(&scene.stage.ben, app).await.err(), Some(Error::Denied));
    assert_eq!(hub.add_webhook(&scene.stage.ben, app, &form(ONE)).await.err(), Some(Error::Denied));
    let missing = hub.webhooks(&scene.stage.nobody, app).await.err();
    assert_eq!(missing, Some(Error::NotFound(Missing::Repository)));
    let other = scene.stage.add("anna/other", Visibility::Public).await;
    let foreign = hub.delete_webhook(&scene.stage.anna, &other, &scene.id).await;
    assert_eq!(foreign, Err(Error::NotFound(Missing::Webhook)));
    for (bad, problem) in [
        ("http://127.0.0.1:9000/", Problem::NotPublic),
        ("http://localhost:9000/", Problem::NotPublic),
        ("http://169.254.169.254/latest/meta-data", Problem::NotPublic),
        ("https://user:secret@ci.example/", Problem::BadUrl),
        ("file:///etc/passwd", Problem::BadUrl),
    ] {
        let refused = hub.add_webhook(&scene.stage.anna, app, &form(&[bad])).await.err();
        assert_eq!(refused, Some(Error::field("url", problem)), "{bad}");
    }
    let many = vec!["https://1.1.1.1/"; 200];
    let refused = hub.add_webhook(&scene.stage.anna, app, &form(&many)).await.err();
    assert_eq!(refused, Some(Error::field("url", Problem::TooMany { max: 20 })));
}
