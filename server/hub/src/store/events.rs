//! SQL of the outbox, and of the audit log that is read from it.

use super::repositories::count;
use super::webhooks::queue;
use super::{Change, Database, StoreError, read, statements, write};
use model::Timestamp;
use model::event::Event;
use model::view::{AuditRow, Means};
use std::net::IpAddr;

/// What every log is narrowed by: $2 action, $3 who, $4 from, $5 before.
macro_rules! narrowed {
    ($what:literal, $by:literal, $tail:literal) => {
        concat!(
            "SELECT ",
            $what,
            " FROM events WHERE ",
            $by,
            " AND ($2 = '' OR kind = $2) AND ($3 = '' OR actor = $3) AND happened_at >= $4 AND happened_at < $5",
            $tail
        )
    };
}

macro_rules! rows {
    ($by:literal) => {
        narrowed!("id, actor, happened_at, address, means, body", $by, " ORDER BY id DESC LIMIT $6 OFFSET $7")
    };
}

macro_rules! total {
    ($by:literal) => {
        narrowed!("COUNT(*)", $by, "")
    };
}

statements! {
    ADD = "
        INSERT INTO events (id, kind, repository_id, namespace, actor, address, means, happened_at, body, sequence)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    NUMBER_PUSH = "UPDATE repositories SET pushes = pushes + 1 WHERE id = $1 RETURNING pushes";
    OF_REPOSITORY = rows!("repository_id = $1");
    COUNT_OF_REPOSITORY = total!("repository_id = $1");
    OF_NAMESPACE = rows!("namespace = $1");
    COUNT_OF_NAMESPACE = total!("namespace = $1");
    /// The first parameter is there for the sake of the others, and empty.
    OF_SITE = rows!("$1 = ''");
    COUNT_OF_SITE = total!("$1 = ''");
}

/// What is written down.
pub(crate) struct NewEvent<'a> {
    pub(crate) at: Timestamp,
    pub(crate) actor: &'a str,
    pub(crate) address: Option<IpAddr>,
    pub(crate) means: Means,
    pub(crate) namespace: &'a str,
    pub(crate) repository_id: Option<&'a str>,
    pub(crate) event: &'a Event,
}

/// Files an event. A pushed tag gets the repository's next number, and waits for webhooks where there are any.
pub(crate) async fn add(change: &mut Change, new: &NewEvent<'_>) -> Result<(), StoreError> {
    let body = written(new.event)?;
    let address = new.address.map(|address| address.to_string()).unwrap_or_default();
    let means = if new.means == Means::None { String::new() } else { written(&new.means)? };
    let id = super::new_id();
    let pushed_to = new.repository_id.filter(|_| matches!(new.event, Event::Pushed { tag: Some(_), .. }));
    let sequence: Option<i64> = match pushed_to {
        Some(repository) => write!(change, c => sqlx::query_scalar(NUMBER_PUSH)
            .bind(repository).fetch_optional(c).await)?,
        None => None,
    };
    write!(change, connection => sqlx::query(ADD)
        .bind(&id).bind(new.event.action()).bind(new.repository_id).bind(new.namespace)
        .bind(new.actor).bind(address).bind(means).bind(new.at.0).bind(body).bind(sequence)
        .execute(connection).await.map(drop))?;
    if let Some(repository) = pushed_to
        && queue::enqueue(change, &id, repository).await?
    {
        change.ring();
    }
    Ok(())
}

fn written(what: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(what).map_err(|_| StoreError::corrupt("event"))
}

/// Whose log.
#[derive(Clone, Copy)]
pub(crate) enum Of<'a> {
    /// By its id.
    Repository(&'a str),
    Namespace(&'a str),
    Site,
}

/// Which of it. Empty texts narrow nothing.
pub(crate) struct Narrowed<'a> {
    pub(crate) action: &'a str,
    pub(crate) actor: &'a str,
    pub(crate) from: Timestamp,
    pub(crate) before: Timestamp,
}

#[derive(sqlx::FromRow)]
struct EventRow {
    id: String,
    actor: String,
    happened_at: i64,
    address: String,
    means: String,
    body: String,
}

impl EventRow {
    fn view(self) -> Result<AuditRow, StoreError> {
        let corrupt = |_| StoreError::corrupt("event");
        let means = if self.means.is_empty() {
            Means::None
        } else {
            serde_json::from_str(&self.means).map_err(corrupt)?
        };
        Ok(AuditRow {
            id: self.id,
            at: Timestamp(self.happened_at),
            actor: self.actor,
            address: self.address,
            means,
            event: serde_json::from_str(&self.body).map_err(corrupt)?,
        })
    }
}

/// A part of a log, the latest first, and how many rows the whole has.
pub(crate) async fn list(
    database: &Database,
    of: Of<'_>,
    by: &Narrowed<'_>,
    limit: i64,
    offset: i64,
) -> Result<(Vec<AuditRow>, u64), StoreError> {
    let (sql, count_sql, key) = match of {
        Of::Repository(id) => (OF_REPOSITORY, COUNT_OF_REPOSITORY, id),
        Of::Namespace(name) => (OF_NAMESPACE, COUNT_OF_NAMESPACE, name),
        Of::Site => (OF_SITE, COUNT_OF_SITE, ""),
    };
    let rows: Vec<EventRow> = read!(database, pool => sqlx::query_as(sql)
        .bind(key).bind(by.action).bind(by.actor).bind(by.from.0).bind(by.before.0).bind(limit).bind(offset)
        .fetch_all(pool).await)?;
    let total: i64 = read!(database, pool => sqlx::query_scalar(count_sql)
        .bind(key).bind(by.action).bind(by.actor).bind(by.from.0).bind(by.before.0)
        .fetch_one(pool).await)?;
    Ok((rows.into_iter().map(EventRow::view).collect::<Result<_, _>>()?, count(total)))
}
