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
    let by = actor.username().map_or("", |name| name.as_str());
    events::add(change, at, by, repository, event).await
}
