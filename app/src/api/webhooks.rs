//! Forms of webhooks and their runs.

use super::Failure;
use super::context::{caller, settle};
use super::shown_once::show_once;
use crate::parts::time::day;
use crate::routes;
use hub::WebhookForm;
use leptos::prelude::*;
use model::webhook::PayloadFormat;
use model::{Error, Problem, RepositoryName};

/// Typed text that is longer is not carried through an address.
const KEPT_MOST: usize = 2000;

/// What the form's fields say.
fn form_of(label: String, urls: &str, format: &str, waits: &str, wait: &str) -> Result<WebhookForm, Error> {
    let urls: Vec<String> = urls.lines().map(str::to_owned).filter(|line| !line.trim().is_empty()).collect();
    if urls.is_empty() {
        return Err(Error::field("urls", Problem::Required));
    }
    Ok(WebhookForm {
        name: label,
        urls,
        format: format.parse().unwrap_or(PayloadFormat::Hub),
        waits: waits == "yes",
        wait_minutes: wait.trim().parse().map_err(|_| Error::field("wait", Problem::BadValue))?,
    })
}

/// A problem beside the field that the form calls by another name.
fn in_form(error: Error) -> Error {
    match error {
        Error::Invalid(mut problems) => {
            for problem in &mut problems {
                match problem.field.as_str() {
                    "name" => problem.field = "label".into(),
                    "url" => problem.field = "urls".into(),
                    _ => {}
                }
            }
            Error::Invalid(problems)
        }
        other => other,
    }
}

fn short(text: &str) -> &str {
    if text.len() > KEPT_MOST { "" } else { text }
}

/// Makes a webhook; its page shows the secret once.
#[server(prefix = "/api/fn", endpoint = "add_webhook")]
pub async fn add_webhook(
    name: RepositoryName,
    label: String,
    urls: String,
    #[server(default)] format: String,
    #[server(default)] waits: String,
    wait: String,
) -> Result<(), Failure> {
    let caller = caller()?;
    let kept = [("label", label.clone()), ("urls", short(&urls).to_owned())];
    let made = match form_of(label, &urls, &format, &waits, &wait) {
        Ok(form) => caller.hub.add_webhook(&caller.actor, &name, &form).await,
        Err(error) => Err(error),
    };
    let page = routes::webhooks(&name);
    let kept = kept.each_ref().map(|(key, value)| (*key, value.as_str()));
    match made {
        Ok((id, secret)) => {
            show_once(&caller, &secret);
            settle(Ok(()), &routes::webhook(&name, &id), &page, &[])
        }
        Err(error) => settle(Err(in_form(error)), "", &page, &kept),
    }
}

/// Changes a webhook.
#[server(prefix = "/api/fn", endpoint = "edit_webhook")]
pub async fn edit_webhook(
    name: RepositoryName,
    id: String,
    label: String,
    urls: String,
    #[server(default)] format: String,
    #[server(default)] waits: String,
    wait: String,
) -> Result<(), Failure> {
    let caller = caller()?;
    let kept = [("label", label.clone()), ("urls", short(&urls).to_owned())];
    let result = match form_of(label, &urls, &format, &waits, &wait) {
        Ok(form) => caller.hub.edit_webhook(&caller.actor, &name, &id, &form).await,
        Err(error) => Err(error),
    };
    let page = routes::webhook(&name, &id);
    let kept = kept.each_ref().map(|(key, value)| (*key, value.as_str()));
    settle(result.map_err(in_form), &format!("{page}?saved=1"), &page, &kept)
}

/// Turns one on or off.
#[server(prefix = "/api/fn", endpoint = "set_webhook_on")]
pub async fn set_webhook_on(
    name: RepositoryName,
    id: String,
    #[server(default)] on: String,
) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.set_webhook_on(&caller.actor, &name, &id, on == "yes").await;
    let page = routes::webhook(&name, &id);
    settle(result, &format!("{page}?saved=1"), &page, &[])
}

/// Makes a new secret; the page shows it once.
#[server(prefix = "/api/fn", endpoint = "rotate_webhook")]
pub async fn rotate_webhook(name: RepositoryName, id: String) -> Result<(), Failure> {
    let caller = caller()?;
    let secret = caller.hub.rotate_webhook(&caller.actor, &name, &id).await;
    let result = secret.map(|secret| show_once(&caller, &secret));
    let page = routes::webhook(&name, &id);
    settle(result, &page, &page, &[])
}

/// Deletes a webhook with its history.
#[server(prefix = "/api/fn", endpoint = "delete_webhook")]
pub async fn delete_webhook(name: RepositoryName, id: String) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.delete_webhook(&caller.actor, &name, &id).await;
    let page = routes::webhooks(&name);
    settle(result, &format!("{page}?saved=1"), &page, &[])
}

/// Sends the latest push as a test.
#[server(prefix = "/api/fn", endpoint = "test_webhook")]
pub async fn test_webhook(name: RepositoryName, id: String) -> Result<(), Failure> {
    let caller = caller()?;
    let back = routes::webhook(&name, &id);
    match caller.hub.test_webhook(&caller.actor, &name, &id).await {
        Ok(run) => settle(Ok(()), &routes::webhook_run(&name, &id, &run), &back, &[]),
        Err(error) => settle(Err(error), "", &back, &[]),
    }
}

/// Sends the pushes since a day that were missed.
#[server(prefix = "/api/fn", endpoint = "resend_missed")]
pub async fn resend_missed(name: RepositoryName, id: String, since: String) -> Result<(), Failure> {
    let caller = caller()?;
    let back = routes::webhook(&name, &id);
    let result = match day(&since) {
        Some(at) => caller.hub.resend_missed(&caller.actor, &name, &id, at).await,
        None => Err(Error::field("since", Problem::BadValue)),
    };
    let sent = result.as_ref().copied().unwrap_or_default();
    settle(result.map(drop), &format!("{back}?resent={sent}"), &back, &[("since", &since)])
}

/// Starts a run of the same payload, from a step on.
#[server(prefix = "/api/fn", endpoint = "replay_run")]
pub async fn replay_run(
    name: RepositoryName,
    id: String,
    run: String,
    #[server(default)] step: u32,
) -> Result<(), Failure> {
    let caller = caller()?;
    let back = routes::webhook_run(&name, &id, &run);
    match caller.hub.replay(&caller.actor, &name, &id, &run, step.max(1)).await {
        Ok(new) => settle(Ok(()), &routes::webhook_run(&name, &id, &new), &back, &[]),
        Err(error) => settle(Err(error), "", &back, &[]),
    }
}

/// Goes on without a step.
#[server(prefix = "/api/fn", endpoint = "skip_step")]
pub async fn skip_step(
    name: RepositoryName,
    id: String,
    run: String,
    #[server(default)] step: u32,
) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.skip_step(&caller.actor, &name, &id, &run, step).await;
    let page = routes::webhook_run(&name, &id, &run);
    settle(result, &page, &page, &[])
}

/// Ends a run.
#[server(prefix = "/api/fn", endpoint = "cancel_run")]
pub async fn cancel_run(name: RepositoryName, id: String, run: String) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.cancel_run(&caller.actor, &name, &id, &run).await;
    let page = routes::webhook_run(&name, &id, &run);
    settle(result, &page, &page, &[])
}
