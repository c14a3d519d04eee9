//! The outbox: writes down what happened, in the transaction of the change itself.

use crate::actor::Actor;
use crate::store::{Change, StoreError, events};
use model::Timestamp;
use model::event::Event;

/// Records `event` as part of `change`. `repository` is the id of the repository that it is about.
///
/// # Errors
/// The database refused; the change must not be committed then.
pub(crate) async fn record(
    change: &mut Change,
    at: Timestamp,
    actor: &Actor,
    repository: Option<&str>,
    event: &Event,
) -> Result<(), StoreError> {
    let namespace = event.namespace().unwrap_or_else(|| name_of(actor));
    events::add(change, &new_event(at, actor, namespace, repository, event)).await
}

/// Records it for a namespace too that is not the event's own.
///
/// # Errors
/// As for [`record`].
pub(crate) async fn record_in(
    change: &mut Change,
    at: Timestamp,
    actor: &Actor,
    namespace: &str,
    event: &Event,
) -> Result<(), StoreError> {
    events::add(change, &new_event(at, actor, namespace, None, event)).await
}

fn name_of(actor: &Actor) -> &str {
    actor.username().map_or("", |name| name.as_str())
}

fn new_event<'a>(
    at: Timestamp,
    actor: &'a Actor,
    namespace: &'a str,
    repository_id: Option<&'a str>,
    event: &'a Event,
) -> events::NewEvent<'a> {
    let (actor, address, means) = (name_of(actor), actor.address(), actor.means());
    events::NewEvent { at, actor, address, means, namespace, repository_id, event }
}
