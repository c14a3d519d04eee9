//! SQL of the outbox.

use super::{Change, StoreError, statements, write};
use model::Timestamp;
use model::event::Event;

statements! {
    ADD = "
        INSERT INTO events (id, kind, repository_id, actor, happened_at, body)
        VALUES ($1, $2, $3, $4, $5, $6)";
}

/// Files `event`.
pub(crate) async fn add(
    change: &mut Change,
    at: Timestamp,
    actor: &str,
    repository_id: Option<&str>,
    event: &Event,
) -> Result<(), StoreError> {
    let body = serde_json::to_string(event).map_err(|_| StoreError::corrupt("event"))?;
    write!(change, connection => sqlx::query(ADD)
        .bind(super::new_id())
        .bind(event.kind())
        .bind(repository_id)
        .bind(actor)
        .bind(at.0)
        .bind(body)
        .execute(connection)
        .await
        .map(drop))?;
    Ok(())
}
