//! What was pushed lately and fits, however little it weighs: where more fits than can be put in order, the heaviest would
//! hide it.

use super::SearchQuery;
use super::document::{Document, Texts};
use super::question::{Level, Question};
use crate::Hub;
use crate::store::search as rows;
use model::view::RepositoryRow;
use model::{Error, SearchOrder, Timestamp};
use std::collections::HashSet;

/// The latest of all public repositories that are looked through.
const LATEST: u32 = 1000;
/// All but the full description, which a row does not have.
const LEVELS: [Level; 4] = [Level::Exact, Level::Prefix, Level::Name, Level::Short];

impl Hub {
    /// Adds to `found` what fits of the latest pushes, the latest first, if `query` is about when.
    pub(super) async fn add_lately(
        &self,
        query: &SearchQuery,
        question: &Question,
        found: &mut Vec<RepositoryRow>,
    ) -> Result<(), Error> {
        if query.days.is_none() && query.order != SearchOrder::Recent {
            return Ok(());
        }
        let since = query.days.map_or(Timestamp(0), |days| self.days_ago(days));
        let platform = query.platform.trim().to_lowercase();
        let latest = rows::lately(self.database(), since, LATEST, &platform).await?;
        let known: HashSet<_> = found.iter().map(|found| found.name.clone()).collect();
        let fits = |row: &RepositoryRow| question.level_of(&line(row, &platform), &LEVELS).is_some();
        found.extend(latest.into_iter().filter(|row| !known.contains(&row.name) && fits(row)));
        Ok(())
    }
}

/// What the index would know of it; `platform` is one that it has, or empty.
fn line(row: &RepositoryRow, platform: &str) -> String {
    let texts = Texts {
        namespace: row.name.namespace(),
        name: row.name.name(),
        short: &row.description,
        full: "",
        platforms: &[platform.to_owned()],
    };
    Document::of(&texts).line()
}
