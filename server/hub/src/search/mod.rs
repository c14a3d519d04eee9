//! Search: what somebody typed, to the repositories that they may find, the best first.
//!
//! Only public repositories are in the index. What else somebody has a role in is looked through beside it, so
//! that nothing of it can be in anybody else's list, order or count.

mod candidates;
mod document;
mod lately;
mod marking;
mod question;
mod ranking;
mod upkeep;
mod words;

use crate::Hub;
use crate::actor::Actor;
use crate::store::search::{self as rows, List, Part};
use marking::{excerpt, marked};
use model::view::{Hit, Page, RepositoryRow, SearchPage};
use model::{Error, Problem, RepositoryName, SearchOrder, Timestamp};
use question::{Level, Question};

/// What is searched for.
#[derive(Debug, Clone, Default)]
pub struct SearchQuery {
    pub text: String,
    pub order: SearchOrder,
    /// Only the operator's own.
    pub official: bool,
    /// Only what is built automatically.
    pub automated: bool,
    /// `linux/amd64` and the like; empty: any.
    pub platform: String,
    /// Pushed in the last so many days.
    pub days: Option<u32>,
    /// From 1.
    pub page: u32,
    /// Rows a page, at most 100.
    pub size: u32,
    /// With an excerpt where neither name nor short description tell why something was found.
    pub is_explained: bool,
}

/// Characters that a question may have.
pub const QUESTION_MOST: usize = 400;
/// Characters that a platform may have: no stored one has more.
const PLATFORM_MOST: usize = 100;
/// Found repositories that are counted; further ones are "more".
const COUNTED: u32 = 100;
/// Found repositories that can be paged through.
const SHOWN: u32 = 1000;
/// The best ones of a search that are put in another order, or looked at by a filter that the index does not know.
const SORTED: u32 = 300;
/// Characters of a full description that are looked at for an excerpt.
const EXPLAINED: i32 = 8000;
/// Names that are suggested while somebody types.
const SUGGESTED: u32 = 8;

impl Hub {
    /// What `actor` may find, a page of it.
    ///
    /// # Errors
    /// `Invalid` on `q` or `platform` when it is too long.
    pub async fn search(&self, actor: &Actor, query: &SearchQuery) -> Result<SearchPage, Error> {
        check("q", &query.text, QUESTION_MOST)?;
        check("platform", &query.platform, PLATFORM_MOST)?;
        let question = query.question();
        let asks_nothing = query.text.trim().is_empty();
        if question.has_no_words() && !asks_nothing {
            return Ok(query.page_of(Vec::new(), 0, false));
        }
        if asks_nothing && question.marks().is_empty() {
            return self.whole_list(query).await;
        }
        let most = if query.is_sorted() {
            SORTED
        } else {
            query.end().saturating_add(1).clamp(COUNTED + 1, SHOWN + 1)
        };
        let candidates = self.candidates(actor, &question, most, &Level::ALL).await?;
        let (found, total, is_capped) = if query.is_sorted() {
            self.sorted(query, &question, candidates).await?
        } else {
            self.sliced(query, candidates).await?
        };
        let mut hits: Vec<Hit> = found.into_iter().map(|found| hit(found, question.words())).collect();
        if query.is_explained {
            // One after the other: a page is not to keep all connections to the database busy.
            for hit in &mut hits {
                self.explain(hit, &question).await?;
            }
        }
        Ok(query.page_of(hits, total, is_capped))
    }

    /// Adds an excerpt where name and short description do not tell why it is a hit.
    async fn explain(&self, hit: &mut Hit, question: &Question) -> Result<(), Error> {
        let name = &hit.row.name;
        let missing = question.missing_in(name.namespace(), name.name(), &hit.row.description);
        if !missing.is_empty() {
            let text = rows::beginning(self.database(), &hit.row, EXPLAINED).await?;
            hit.excerpt = excerpt(&text, &missing);
        }
        Ok(())
    }

    /// Names that `text` may be the beginning of, the best first.
    ///
    /// # Errors
    /// `Invalid` on `q` when it is too long.
    pub async fn suggest(&self, actor: &Actor, text: &str) -> Result<Vec<RepositoryName>, Error> {
        check("q", text, QUESTION_MOST)?;
        let question = Question::new(text, &[]);
        if question.has_no_words() {
            return Ok(Vec::new());
        }
        let mut candidates = self.candidates(actor, &question, SUGGESTED, &Level::SUGGESTED).await?;
        candidates.all.truncate(usize::try_from(SUGGESTED).unwrap_or(usize::MAX));
        let found = self.read(candidates.all).await?;
        Ok(found.into_iter().map(|found| found.name).collect())
    }

    /// All public repositories, or all that were pushed lately enough, for whoever asks no words.
    async fn whole_list(&self, query: &SearchQuery) -> Result<SearchPage, Error> {
        let since = query.days.map_or(Timestamp(i64::MIN), |days| self.days_ago(days));
        let count = rows::count_since(self.database(), since, SHOWN + 1).await?;
        let skip = query.end() - query.size();
        let most = query.size().min(SHOWN.saturating_sub(skip));
        let list = match query.order {
            SearchOrder::Best => List::Best,
            SearchOrder::Stars => List::Stars,
            SearchOrder::Pulls => List::Pulls,
            SearchOrder::Recent => List::Recent,
        };
        let part = Part { most, skip, since, are_few: query.days.is_some() && count <= SHOWN };
        let found = if skip < count.min(SHOWN) {
            rows::list(self.database(), list, &part).await?
        } else {
            Vec::new()
        };
        let hits = found.into_iter().map(|found| hit(found, &[])).collect();
        Ok(query.page_of(hits, u64::from(count.min(SHOWN)), count > SHOWN))
    }
}

impl SearchQuery {
    fn question(&self) -> Question {
        let mut filters = Vec::new();
        filters.extend(self.official.then_some("official"));
        filters.extend(self.automated.then_some("automated"));
        filters.extend(Some(self.platform.trim()).filter(|platform| !platform.is_empty()));
        Question::new(&self.text, &filters)
    }

    /// The index has no such order, or does not know the filter.
    fn is_sorted(&self) -> bool {
        self.order != SearchOrder::Best || self.days.is_some()
    }

    fn size(&self) -> u32 {
        self.size.clamp(1, 100)
    }

    /// Rows of this page and those before it.
    fn end(&self) -> u32 {
        self.page.max(1).saturating_mul(self.size())
    }

    fn slice<T>(&self, all: Vec<T>) -> Vec<T> {
        let skip = usize::try_from(self.end() - self.size()).unwrap_or(usize::MAX);
        all.into_iter().skip(skip).take(usize::try_from(self.size()).unwrap_or(usize::MAX)).collect()
    }

    fn page_of(&self, rows: Vec<Hit>, total: u64, is_capped: bool) -> SearchPage {
        SearchPage { hits: Page { rows, total, number: self.page.max(1), size: self.size() }, is_capped }
    }
}

fn check(field: &'static str, text: &str, max: usize) -> Result<(), Error> {
    if text.chars().count() > max {
        return Err(Error::field(field, Problem::TooLong { max }));
    }
    Ok(())
}

/// A row of a list, with the words that it was found by marked.
pub(crate) fn hit(found: RepositoryRow, words: &[String]) -> Hit {
    let (name, description) = (marked(found.name.name(), words), marked(&found.description, words));
    Hit { name, description, excerpt: Vec::new(), row: found }
}
