//! The index is written with each change of a repository, in its transaction; weights follow a little later.

use super::document::{Document, Texts};
use super::ranking::{self, Weights};
use crate::Hub;
use crate::store::repository_lists::folded;
use crate::store::search_index::{self as rows, Facts, NewDocument, Place};
use crate::store::{Change, SearchSql, StoreError};
use model::{Error, Visibility};
use std::collections::{BTreeMap, BTreeSet};

/// Repositories in one transaction: others wait for it.
const CHUNK: u32 = 200;
/// Chunks between two looks at what the index itself wants done.
const CHUNKS: u32 = 25;

/// Words that a change takes from their places and puts to others.
///
/// In the order of places: FTS5 collects what comes in ascending order and writes it as one; each step back makes it
/// write a piece of its own, and join all pieces again and again.
#[derive(Default)]
struct Words {
    gone: BTreeSet<i64>,
    new: BTreeMap<i64, Document>,
}

impl Words {
    async fn write(self, change: &mut Change, sql: &SearchSql) -> Result<(), StoreError> {
        for position in self.gone {
            rows::remove_words(change, sql, position).await?;
        }
        for (position, document) in self.new {
            let (heads, words) = (line(&document.heads), line(&document.words));
            rows::add_words(change, sql, position, &heads, &words).await?;
        }
        Ok(())
    }
}

fn line(words: &BTreeSet<String>) -> String {
    words.iter().map(String::as_str).collect::<Vec<_>>().join(" ")
}

impl Hub {
    /// Writes down what search knows of a repository, as `change` leaves it.
    pub(crate) async fn index(&self, change: &mut Change, id: &str) -> Result<(), StoreError> {
        let mut words = Words::default();
        self.index_but_words(change, id, &mut words).await?;
        words.write(change, SearchSql::of(self.database())).await
    }

    /// The same without the words, which are to be written when all are together.
    async fn index_but_words(
        &self,
        change: &mut Change,
        id: &str,
        words: &mut Words,
    ) -> Result<(), StoreError> {
        let before = rows::place(change, id).await?;
        words.gone.extend(before.and_then(|place| place.position));
        let Some(facts) = rows::facts(change, id).await? else { return Ok(()) };
        let number = match before {
            Some(place) => place.number,
            None => rows::next_number(change, SearchSql::of(self.database())).await?,
        };
        let (now, weights, document) = (self.now(), weights(&facts), document(&facts));
        let is_public = facts.visibility == Visibility::Public;
        let position = is_public.then(|| ranking::position(weights.weight(now), number));
        let line = if is_public { String::new() } else { document.line() };
        let is_liked = facts.stars > 0 || facts.pulls > 0;
        let new = NewDocument {
            id,
            place: Place { number, position },
            line: &line,
            folded: &folded(&format!("{}/{} {}", facts.namespace, facts.name, facts.short)),
            rising: (is_public && is_liked).then(|| weights.rising()),
            due_at: weights.due_at(now),
        };
        rows::put(change, &new).await?;
        words.new.extend(position.map(|position| (position, document)));
        Ok(())
    }

    /// Forgets a repository that is about to be deleted.
    pub(crate) async fn forget(&self, change: &mut Change, id: &str) -> Result<(), StoreError> {
        if let Some(position) = rows::place(change, id).await?.and_then(|place| place.position) {
            rows::remove_words(change, SearchSql::of(self.database()), position).await?;
        }
        rows::delete(change, id).await
    }

    /// Indexes what the index does not know yet: repositories that are older than it. May be ended at any moment; the
    /// next start goes on. How many there were.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn index_the_unknown(&self) -> Result<u64, Error> {
        let (mut last, mut indexed) = (String::new(), 0_u64);
        for chunk in 1_u32.. {
            let ids = rows::unknown(self.database(), &last, CHUNK).await?;
            let Some(end) = ids.last() else { break };
            last.clone_from(end);
            self.index_each(&ids).await?;
            indexed += u64::try_from(ids.len()).unwrap_or_default();
            if chunk.is_multiple_of(CHUNKS) {
                self.tidy_search().await?;
            }
        }
        if indexed > 0 {
            self.tidy_search().await?;
        }
        Ok(indexed)
    }

    /// The same until it is done: tries again after each `pause`, which is told why.
    pub async fn index_until_done<P: Future<Output = ()>>(&self, pause: impl Fn(Error) -> P) -> u64 {
        loop {
            match self.index_the_unknown().await {
                Ok(count) => return count,
                Err(error) => pause(error).await,
            }
        }
    }

    /// Weighs again what got stars or pulls, was pushed, or is no longer fresh. How many there were.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn weigh_again(&self) -> Result<u64, Error> {
        let due = rows::due(self.database(), self.now(), CHUNK).await?;
        if !due.is_empty() {
            self.index_each(&due).await?;
        }
        Ok(u64::try_from(due.len()).unwrap_or_default())
    }

    /// What the index itself wants done now and then.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn tidy_search(&self) -> Result<(), Error> {
        let mut change = self.change().await?;
        rows::tidy(&mut change, SearchSql::of(self.database())).await?;
        Ok(change.commit_quietly().await?)
    }

    /// In one order, and each repository before what hangs on it, as all changes do.
    async fn index_each(&self, ids: &[String]) -> Result<(), Error> {
        let mut ids: Vec<&String> = ids.iter().collect();
        ids.sort_unstable();
        let mut change = self.change().await?;
        let sql = SearchSql::of(self.database());
        rows::hold_off_tidy(&mut change, sql).await?;
        let mut words = Words::default();
        for id in ids {
            if rows::hold(&mut change, sql, id).await? {
                self.index_but_words(&mut change, id, &mut words).await?;
            }
        }
        words.write(&mut change, sql).await?;
        Ok(change.commit_quietly().await?)
    }
}

fn weights(facts: &Facts) -> Weights {
    Weights {
        stars: facts.stars,
        pulls: facts.pulls,
        is_official: facts.namespace == "library",
        created_at: facts.created_at,
        updated_at: facts.updated_at,
    }
}

fn document(facts: &Facts) -> Document {
    Document::of(&Texts {
        namespace: &facts.namespace,
        name: &facts.name,
        short: &facts.short,
        full: &facts.full,
        platforms: &facts.platforms,
    })
}
