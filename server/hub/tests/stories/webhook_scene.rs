//! A repository of Anna's with a webhook, and what a dispatcher and receivers would do.

use crate::stage::Stage;
use hub::{Attempt, Delivery, Outcome, Reported, Slots, WebhookForm};
use model::webhook::{Callback, CallbackState, Disabled, PayloadFormat, RunState, StepState};
use model::{Error, RepositoryName, Visibility};
use serde_json::Value;

pub(crate) const HOUR: i64 = 3_600_000;

pub(crate) fn form(urls: &[&str]) -> WebhookForm {
    WebhookForm {
        name: "Test and deploy".into(),
        urls: urls.iter().map(|url| (*url).to_owned()).collect(),
        format: PayloadFormat::Hub,
        waits: false,
        wait_minutes: 60,
    }
}

pub(crate) const ONE: &[&str] = &["https://1.1.1.1/test"];
pub(crate) const CHAIN: &[&str] = &["https://1.1.1.1/test", "https://1.1.1.2/deploy", "https://1.1.1.3/log"];

pub(crate) struct Scene {
    pub(crate) stage: Stage,
    pub(crate) app: RepositoryName,
    pub(crate) id: String,
    slots: Slots,
}

pub(crate) async fn scene(stage: Stage, urls: &[&str], waits: bool) -> Scene {
    let app = stage.add("anna/app", Visibility::Private).await;
    let form = WebhookForm { waits, ..form(urls) };
    let (id, secret) = stage.hub.add_webhook(&stage.anna, &app, &form).await.unwrap();
    assert!(secret.starts_with("whsec_"));
    Scene { stage, app, id, slots: Slots::default() }
}

pub(crate) fn attempt(outcome: Outcome) -> Attempt {
    Attempt { outcome, duration: 7, response_headers: String::new(), response: "fine".into() }
}

pub(crate) fn fine() -> Attempt {
    attempt(Outcome::Answered(200, None))
}

pub(crate) fn body(delivery: &Delivery) -> Value {
    serde_json::from_str(&delivery.body).unwrap()
}

pub(crate) fn token(delivery: &Delivery) -> String {
    let body = body(delivery);
    let url = body["callback_url"].as_str().unwrap();
    assert!(url.starts_with("http://127.0.0.1:8080/u/anna/app/hook/") && url.ends_with('/'), "{url}");
    url.trim_end_matches('/').rsplit('/').next().unwrap().to_owned()
}

pub(crate) fn message_id(delivery: &Delivery) -> String {
    delivery.headers.iter().find(|(name, _)| *name == "webhook-id").unwrap().1.clone()
}

pub(crate) fn said(state: CallbackState) -> Callback {
    Callback {
        state,
        description: "387 tests PASSED".into(),
        context: "CI".into(),
        target_url: String::new(),
    }
}

impl Scene {
    pub(crate) async fn push(&self, tag: &str) {
        self.stage.push(&self.app, tag, tag).await;
    }

    pub(crate) async fn claim(&self) -> Vec<Delivery> {
        self.stage.hub.claim_deliveries(&self.slots).await.unwrap()
    }

    pub(crate) async fn claim_one(&self) -> Delivery {
        let mut all = self.claim().await;
        assert_eq!(all.len(), 1, "{all:?}");
        all.pop().unwrap()
    }

    pub(crate) async fn settle(&self, delivery: Delivery, outcome: Outcome) {
        self.stage.hub.settle_deliveries(&[(delivery, attempt(outcome))]).await.unwrap();
    }

    pub(crate) async fn answer(&self, delivery: Delivery, status: u16) {
        self.settle(delivery, Outcome::Answered(status, None)).await;
    }

    pub(crate) async fn report(&self, delivery: &Delivery, state: CallbackState) -> Result<Reported, Error> {
        self.stage.hub.report(&token(delivery), &said(state)).await
    }

    pub(crate) async fn states(&self) -> (RunState, Vec<StepState>) {
        let page = self.stage.hub.webhook(&self.stage.anna, &self.app, &self.id, 1).await.unwrap();
        let run = &page.runs.rows[0];
        let run = self.stage.hub.webhook_run(&self.stage.anna, &self.app, &self.id, &run.id).await.unwrap();
        (run.run.state, run.steps.iter().map(|step| step.state).collect())
    }

    pub(crate) async fn runs(&self) -> usize {
        let page = self.stage.hub.webhook(&self.stage.anna, &self.app, &self.id, 1).await.unwrap();
        page.runs.rows.len()
    }

    pub(crate) async fn disabled(&self) -> Option<Disabled> {
        let page = self.stage.hub.webhook(&self.stage.anna, &self.app, &self.id, 1).await.unwrap();
        page.webhook.disabled
    }
}
