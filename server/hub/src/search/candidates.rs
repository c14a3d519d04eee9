//! What fits a question, level by level, before anything of it is read but the places in the index.

use super::question::{Level, Question};
use super::{SHOWN, SearchQuery, ranking};
use crate::Hub;
use crate::actor::Actor;
use crate::store::search::{self as rows, Column};
use futures::future::{try_join_all, try_join3};
use model::view::RepositoryRow;
use model::{Error, SearchOrder, Timestamp};
use std::cmp::Reverse;
use std::collections::HashMap;

/// Repositories of one's own that are looked through.
const HIDDEN: u32 = 500;
const DAY: i64 = 24 * 3_600_000;

/// Something that fits, before it is read: where it stands, or one of one's own.
pub(super) enum Candidate {
    Public(i64),
    Hidden(Box<RepositoryRow>),
}

/// Candidates, the best first, and whether there are more.
pub(super) struct Candidates {
    pub(super) all: Vec<Candidate>,
    pub(super) is_capped: bool,
}

/// Places in the index with the score of the best level that each fits at, and whether a level has more.
#[derive(Default)]
struct Scores {
    best: HashMap<i64, i64>,
    is_capped: bool,
}

impl Scores {
    fn add(&mut self, position: i64, level: Level) {
        self.keep(position, level.bonus() + ranking::weight_at(position));
    }

    fn keep(&mut self, position: i64, score: i64) {
        let best = self.best.entry(position).or_insert(score);
        *best = score.max(*best);
    }

    fn join(&mut self, other: Self) {
        self.is_capped |= other.is_capped;
        other.best.into_iter().for_each(|(position, score)| self.keep(position, score));
    }
}

/// What was found of a page, how much in all, and whether there is more.
pub(super) type Sliced = (Vec<RepositoryRow>, u64, bool);

impl Hub {
    /// What fits (a question that has words or marks), at each level the best `most` at least.
    pub(super) async fn candidates(
        &self,
        actor: &Actor,
        question: &Question,
        most: u32,
        levels: &[Level],
    ) -> Result<Candidates, Error> {
        if question.has_no_words() {
            let positions = rows::find(self.database(), Column::Heads, question.marks(), most).await?;
            let is_capped = reaches(positions.len(), most);
            return Ok(Candidates { all: positions.into_iter().map(Candidate::Public).collect(), is_capped });
        }
        let of_names = |level: &Level| Level::SUGGESTED.contains(level);
        let names: Vec<Level> = levels.iter().copied().filter(of_names).collect();
        let (mut scores, texts, hidden) = try_join3(
            self.scores(question, &names, most),
            self.scores_of_texts(question, levels, most),
            self.hidden(actor, question, levels),
        )
        .await?;
        let [short, full] = texts;
        scores.join(short);
        if full.is_capped && reaches(scores.best.len(), most) {
            scores.is_capped = true;
        } else {
            scores.join(full);
        }
        let is_capped = scores.is_capped;
        let public =
            scores.best.into_iter().map(|(position, score)| (score, position, Candidate::Public(position)));
        let mut all: Vec<(i64, i64, Candidate)> = public.chain(hidden).collect();
        all.sort_by_key(|(score, position, _)| (Reverse(*score), *position));
        Ok(Candidates { all: all.into_iter().map(|(_, _, candidate)| candidate).collect(), is_capped })
    }

    /// What fits at one of `levels`.
    async fn scores(&self, question: &Question, levels: &[Level], most: u32) -> Result<Scores, Error> {
        let asked = levels.iter().filter_map(|level| Some((*level, question.at(*level)?)));
        let lists = asked.map(async |(level, words)| {
            let column = if level == Level::Full { Column::Words } else { Column::Heads };
            rows::find(self.database(), column, &words, most).await.map(|positions| (level, positions))
        });
        let mut scores = Scores::default();
        for (level, positions) in try_join_all(lists).await? {
            scores.is_capped |= reaches(positions.len(), most);
            positions.into_iter().for_each(|position| scores.add(position, level));
        }
        Ok(scores)
    }

    /// What fits at the levels of short and of all texts, if these are among `levels`.
    ///
    /// Whatever short texts have all texts have too: common words that stand nowhere together are looked for but once.
    async fn scores_of_texts(
        &self,
        question: &Question,
        levels: &[Level],
        most: u32,
    ) -> Result<[Scores; 2], Error> {
        if !levels.contains(&Level::Full) {
            return Ok([Scores::default(), Scores::default()]);
        }
        let full = self.scores(question, &[Level::Full], most).await?;
        if full.is_capped {
            return Ok([self.scores(question, &[Level::Short], most).await?, full]);
        }
        let positions: Vec<i64> = full.best.keys().copied().collect();
        let mut short = Scores::default();
        for (position, row) in rows::rows(self.database(), &positions).await? {
            if question.fits_short(row.name.namespace(), row.name.name(), &row.description) {
                short.add(position, Level::Short);
            }
        }
        Ok([short, full])
    }

    /// What fits of one's own that is not public, with its score.
    async fn hidden(
        &self,
        actor: &Actor,
        question: &Question,
        levels: &[Level],
    ) -> Result<Vec<(i64, i64, Candidate)>, Error> {
        let (user_id, Some(part)) = (actor.lister_id(), question.telling_word()) else {
            return Ok(Vec::new());
        };
        if user_id.is_empty() {
            return Ok(Vec::new());
        }
        let own = rows::hidden(self.database(), user_id, &part, HIDDEN).await?;
        let now = self.now();
        let scored = own.into_iter().filter_map(|hidden| {
            let level = question.level_of(&hidden.line, levels)?;
            let score = level.bonus() + hidden_weight(&hidden, now);
            Some((score, 0, Candidate::Hidden(Box::new(hidden.found))))
        });
        Ok(scored.collect())
    }

    /// Reads the page's part of what fits.
    pub(super) async fn sliced(&self, query: &SearchQuery, candidates: Candidates) -> Result<Sliced, Error> {
        let total = candidates.all.len().min(usize::try_from(SHOWN).unwrap_or(usize::MAX));
        let is_capped = candidates.is_capped || candidates.all.len() > total;
        let mut page: Vec<Candidate> = candidates.all;
        page.truncate(total);
        let page = query.slice(page);
        Ok((self.read(page).await?, u64::try_from(total).unwrap_or_default(), is_capped))
    }

    /// Reads all that fits, keeps what was pushed lately enough, and orders it otherwise.
    pub(super) async fn sorted(
        &self,
        query: &SearchQuery,
        question: &Question,
        candidates: Candidates,
    ) -> Result<Sliced, Error> {
        let is_capped = candidates.is_capped;
        let mut found = self.read(candidates.all).await?;
        if is_capped {
            self.add_lately(query, question, &mut found).await?;
        }
        if let Some(days) = query.days {
            let since = self.days_ago(days);
            found.retain(|found| found.updated_at >= since);
        }
        match query.order {
            SearchOrder::Best => {}
            SearchOrder::Stars => found.sort_by_key(|found| Reverse(found.stars)),
            SearchOrder::Pulls => found.sort_by_key(|found| Reverse(found.pulls)),
            SearchOrder::Recent => found.sort_by_key(|found| Reverse(found.updated_at)),
        }
        let total = u64::try_from(found.len()).unwrap_or_default();
        Ok((query.slice(found), total, is_capped))
    }

    pub(super) fn days_ago(&self, days: u32) -> Timestamp {
        self.now().plus(-DAY * i64::from(days))
    }

    /// The rows of `candidates`, in their order.
    pub(super) async fn read(&self, candidates: Vec<Candidate>) -> Result<Vec<RepositoryRow>, Error> {
        let positions: Vec<i64> = candidates.iter().filter_map(Candidate::position).collect();
        let mut public: HashMap<i64, RepositoryRow> = match positions.is_empty() {
            true => HashMap::new(),
            false => rows::rows(self.database(), &positions).await?.into_iter().collect(),
        };
        let found = candidates.into_iter().filter_map(|candidate| match candidate {
            Candidate::Public(position) => public.remove(&position),
            Candidate::Hidden(found) => Some(*found),
        });
        Ok(found.collect())
    }
}

impl Candidate {
    fn position(&self) -> Option<i64> {
        match self {
            Self::Public(position) => Some(*position),
            Self::Hidden(_) => None,
        }
    }
}

/// Whether a list is as long as it could be, so that there may be more.
fn reaches(found: usize, most: u32) -> bool {
    u32::try_from(found).unwrap_or(u32::MAX) >= most
}

fn hidden_weight(hidden: &rows::Hidden, now: Timestamp) -> i64 {
    let weights = ranking::Weights {
        stars: hidden.found.stars,
        pulls: hidden.found.pulls,
        is_official: hidden.found.name.is_official(),
        created_at: hidden.created_at,
        updated_at: hidden.found.updated_at,
    };
    weights.weight(now)
}
