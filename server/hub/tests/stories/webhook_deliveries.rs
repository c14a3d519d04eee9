//! Webhooks without a network: what is sent again, what is not, and by whom.

use crate::stage::Stage;
use crate::stories;
use crate::webhook_scene::{CHAIN, HOUR, ONE, body, fine, form, message_id, scene};
use hub::{Delivery, Outcome, Reported, Slots, Visit};
use model::Notice;
use model::mail::MailAbout;
use model::webhook::{CallbackState, Disabled, RunState, StepState};

stories! { what_fails_is_tried_again_by_the_schedule
a_lease_that_ran_out_is_sent_again_with_the_same_id
receivers_that_are_gone_are_not_asked_again
five_days_of_failure_turn_it_off_and_missed_pushes_are_sent_later
changes_reach_what_is_under_way
secrets_rotate_with_an_overlap
two_claimers_share_the_work
a_restart_delays_nothing_where_there_is_one_process
who_never_took_anything_gets_one_at_a_time
callbacks_and_outcomes_do_not_stand_in_each_other_s_way
pushes_are_numbered_without_gaps
a_receiver_may_ask_for_a_pause }

async fn what_fails_is_tried_again_by_the_schedule(stage: Stage) {
    let scene = scene(stage, ONE, false).await;
    scene.push("v1").await;
    let mut delivery = scene.claim_one().await;
    let id = message_id(&delivery);
    let minute = HOUR / 60;
    let pauses =
        [5000, 5 * minute, 30 * minute, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
    for pause in pauses {
        scene.settle(delivery, Outcome::Unanswered("timeout".into())).await;
        scene.stage.wait(pause * 8 / 10);
        assert!(scene.claim().await.is_empty(), "too early after {pause}");
        scene.stage.wait(pause * 4 / 10);
        delivery = scene.claim_one().await;
        assert_eq!(message_id(&delivery), id);
    }
    scene.answer(delivery, 500).await;
    assert_eq!(scene.states().await, (RunState::Undelivered, vec![StepState::Undelivered]));
    scene.stage.wait(100 * HOUR);
    assert!(scene.claim().await.is_empty());
}

async fn a_lease_that_ran_out_is_sent_again_with_the_same_id(stage: Stage) {
    let scene = scene(stage, ONE, false).await;
    scene.push("v1").await;
    let lost = scene.claim_one().await;
    scene.stage.wait(29_000);
    assert!(scene.claim().await.is_empty());
    scene.stage.wait(2000);
    let again = scene.claim_one().await;
    assert_eq!(message_id(&again), message_id(&lost));
    scene.answer(lost, 500).await;
    assert!(scene.claim().await.is_empty(), "who lost the lease changes nothing");
    scene.answer(again, 200).await;
    assert_eq!(scene.states().await.0, RunState::Complete);
}

async fn receivers_that_are_gone_are_not_asked_again(stage: Stage) {
    let scene = scene(stage, CHAIN, false).await;
    scene.push("v1").await;
    let delivery = scene.claim_one().await;
    scene.answer(delivery, 410).await;
    assert_eq!(scene.disabled().await, Some(Disabled::Gone));
    assert_eq!(scene.states().await.0, RunState::Undelivered);
    scene.push("v2").await;
    assert!(scene.claim().await.is_empty());
    assert_eq!(scene.runs().await, 1);
}

async fn five_days_of_failure_turn_it_off_and_missed_pushes_are_sent_later(stage: Stage) {
    let scene = scene(stage, ONE, false).await;
    let visit = Visit { language: "zh-CN".into(), ..Visit::default() };
    scene.stage.hub.open_session(&scene.stage.anna, &visit).await.unwrap();
    let begin = model::Timestamp(0);
    assert_eq!(scene.stage.hub.unread(&scene.stage.anna).await, Ok(0));
    for day in 0..6 {
        scene.push(&format!("v{day}")).await;
        for delivery in scene.claim().await {
            scene.answer(delivery, 500).await;
        }
        scene.stage.wait(25 * HOUR);
    }
    assert_eq!(scene.disabled().await, Some(Disabled::Failing));
    assert_eq!(scene.stage.hub.unread(&scene.stage.anna).await, Ok(1), "also after a quiet commit");
    let mails = scene.stage.hub.due_mails().await.unwrap();
    let [told] = mails.as_slice() else { panic!("one mail: {mails:?}") };
    assert_eq!((told.mail.to.as_str(), told.mail.language.as_str()), ("anna@example.org", "zh-CN"));
    let MailAbout::Notice { notice, link, .. } = &told.mail.about else { panic!("{told:?}") };
    assert!(matches!(notice, Notice::WebhookDisabled { because: Disabled::Failing, .. }), "{notice:?}");
    assert!(link.ends_with(&format!("/r/anna/app/settings/webhooks/{}", scene.id)), "{link}");
    scene.push("missed").await;
    scene.stage.wait(HOUR);
    assert!(scene.claim().await.is_empty());
    let hub = &scene.stage.hub;
    hub.set_webhook_on(&scene.stage.anna, &scene.app, &scene.id, true).await.unwrap();
    let runs = scene.runs().await;
    assert_eq!(hub.resend_missed(&scene.stage.anna, &scene.app, &scene.id, begin).await, Ok(1));
    assert_eq!(hub.resend_missed(&scene.stage.anna, &scene.app, &scene.id, begin).await, Ok(0), "once");
    assert_eq!(scene.runs().await, runs + 1);
    let mut sent = Vec::new();
    loop {
        let claimed = scene.claim().await;
        if claimed.is_empty() {
            break;
        }
        for delivery in claimed {
            sent.push(body(&delivery)["push_data"]["tag"].clone());
            scene.answer(delivery, 200).await;
        }
    }
    assert!(sent.iter().filter(|tag| **tag == "missed").count() == 1, "{sent:?}");
}

async fn changes_reach_what_is_under_way(stage: Stage) {
    let scene = scene(stage, ONE, false).await;
    scene.push("v1").await;
    let delivery = scene.claim_one().await;
    let hub = &scene.stage.hub;
    let moved = form(&["https://1.1.1.7/moved"]);
    hub.edit_webhook(&scene.stage.anna, &scene.app, &scene.id, &moved).await.unwrap();
    scene.answer(delivery, 500).await;
    scene.stage.wait(6000);
    let retry = scene.claim_one().await;
    assert_eq!(retry.url, "https://1.1.1.7/moved");
    hub.delete_webhook(&scene.stage.anna, &scene.app, &scene.id).await.unwrap();
    scene.answer(retry, 500).await;
    scene.stage.wait(HOUR);
    assert!(scene.claim().await.is_empty());

    let (id, _) = hub.add_webhook(&scene.stage.anna, &scene.app, &form(ONE)).await.unwrap();
    scene.push("v2").await;
    let last = scene.claim_one().await;
    hub.set_webhook_on(&scene.stage.anna, &scene.app, &id, false).await.unwrap();
    scene.answer(last, 500).await;
    scene.stage.wait(HOUR);
    assert!(scene.claim().await.is_empty(), "turned off");
    hub.set_webhook_on(&scene.stage.anna, &scene.app, &id, true).await.unwrap();
    let again = scene.claim_one().await;
    hub.delete_repository(&scene.stage.anna, &scene.app, None).await.unwrap();
    scene.answer(again, 200).await;
    assert!(scene.claim().await.is_empty());
}

async fn secrets_rotate_with_an_overlap(stage: Stage) {
    let scene = scene(stage, ONE, false).await;
    let hub = &scene.stage.hub;
    let signatures = |delivery: &Delivery| {
        let header = delivery.headers.iter().find(|(name, _)| *name == "webhook-signature").unwrap();
        header.1.split(' ').count()
    };
    scene.push("v1").await;
    let first = scene.claim_one().await;
    assert_eq!(signatures(&first), 1);
    scene.answer(first, 200).await;
    hub.rotate_webhook(&scene.stage.anna, &scene.app, &scene.id).await.unwrap();
    scene.push("v2").await;
    assert_eq!(signatures(&scene.claim_one().await), 2);
    scene.stage.wait(25 * HOUR);
    scene.push("v3").await;
    assert!(scene.claim().await.iter().all(|delivery| signatures(delivery) == 1));
}

async fn two_claimers_share_the_work(stage: Stage) {
    let scene = scene(stage, ONE, false).await;
    for number in 0..20 {
        scene.push(&format!("v{number}")).await;
    }
    let claims = futures::future::join_all((0..4).map(|_| {
        let hub = scene.stage.hub.clone();
        tokio::spawn(async move { hub.claim_deliveries(&Slots::default()).await.unwrap() })
    }));
    let mut ids: Vec<String> = Vec::new();
    let mut claimed: Vec<Delivery> = claims.await.into_iter().flat_map(Result::unwrap).collect();
    while !claimed.is_empty() {
        ids.extend(claimed.iter().map(message_id));
        for delivery in std::mem::take(&mut claimed) {
            scene.answer(delivery, 200).await;
        }
        claimed = scene.claim().await;
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 20, "each once");
}

async fn a_restart_delays_nothing_where_there_is_one_process(stage: Stage) {
    let scene = scene(stage, ONE, false).await;
    scene.push("v1").await;
    let lost = scene.claim_one().await;
    scene.stage.hub.take_over_deliveries().await.unwrap();
    let again = scene.claim().await;
    if scene.stage.database.url.starts_with("sqlite") {
        assert_eq!(message_id(&again[0]), message_id(&lost));
    } else {
        assert!(again.is_empty(), "another process may be sending it");
    }
}

async fn who_never_took_anything_gets_one_at_a_time(stage: Stage) {
    let scene = scene(stage, ONE, false).await;
    for number in 0..20 {
        scene.push(&format!("v{number}")).await;
    }
    let first = scene.claim_one().await;
    assert!(scene.claim().await.is_empty());
    scene.answer(first, 200).await;
    assert_eq!(scene.claim().await.len(), 8);
}

async fn callbacks_and_outcomes_do_not_stand_in_each_other_s_way(stage: Stage) {
    let scene = scene(stage, CHAIN, true).await;
    let other = scene.stage.hub.add_webhook(&scene.stage.anna, &scene.app, &form(CHAIN)).await;
    assert!(other.is_ok());
    for number in 0..10 {
        scene.push(&format!("v{number}")).await;
    }
    let mut steps = 0;
    loop {
        let claimed = scene.claim().await;
        if claimed.is_empty() {
            break;
        }
        steps += claimed.len();
        let settled: Vec<_> = claimed.iter().rev().map(|delivery| (delivery.clone(), fine())).collect();
        let settling = scene.stage.hub.settle_deliveries(&settled);
        let reports = claimed.iter().map(|delivery| scene.report(delivery, CallbackState::Success));
        let (settled, reported) = tokio::join!(settling, futures::future::join_all(reports));
        assert_eq!(settled, Ok(()));
        assert!(reported.iter().all(|taken| *taken == Ok(Reported::Taken)), "{reported:?}");
    }
    assert_eq!(steps, 60);
}

async fn pushes_are_numbered_without_gaps(stage: Stage) {
    let scene = scene(stage, ONE, false).await;
    let mut numbers = Vec::new();
    for number in 0..5 {
        scene.push(&format!("v{number}")).await;
        for delivery in scene.claim().await {
            numbers.push(body(&delivery)["push_data"]["sequence"].as_i64().unwrap());
            scene.answer(delivery, 200).await;
        }
    }
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
}
async fn a_receiver_may_ask_for_a_pause(stage: Stage) {
    let scene = scene(stage, ONE, false).await;
    scene.push("v1").await;
    let busy = scene.claim_one().await;
    scene.settle(busy, Outcome::Answered(503, Some(600))).await;
    let minute = HOUR / 60;
    scene.stage.wait(9 * minute);
    assert!(scene.claim().await.is_empty(), "it asked for ten minutes");
    scene.stage.wait(2 * minute);
    assert_eq!(scene.claim().await.len(), 1);
}
