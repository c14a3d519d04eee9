//! What was pushed lately and fits, however little it weighs: where more fits than can be put in order, the heaviest would
//! hide it.

use super::SearchQuery;
use super::question::Question;
use crate::Hub;
use crate::store::search as rows;
use model::view::RepositoryRow;
use model::{Error, SearchOrder, Timestamp};
use std::collections::HashSet;

/// The latest of all public repositories that are looked through.
const LATEST: u32 = 1000;

impl Hub {
    /// Adds to `found` what fits of the latest pushes by its name or short description, if `query` is about when.
    pub(super) async fn add_lately(
        &self,
        query: &SearchQuery,
        question: &Question,
        found: &mut Vec<RepositoryRow>,
    ) -> Result<(), Error> {
        let is_about_time = query.days.is_some() || query.order == SearchOrder::Recent;
        // Nothing is built automatically yet.
        if !is_about_time || query.automated {
            return Ok(());
        }
        let since = query.days.map_or(Timestamp(0), |days| self.days_ago(days));
        let latest = rows::lately(self.database(), since, LATEST, query.platform.trim()).await?;
        let known: HashSet<_> = found.iter().map(|found| found.name.clone()).collect();
        let is_official = |row: &RepositoryRow| !query.official || row.name.is_official();
        let fits = |row: &RepositoryRow| {
            question.missing_in(row.name.namespace(), row.name.name(), &row.description).is_empty()
        };
        found.extend(
            latest.into_iter().filter(|row| is_official(row) && fits(row) && !known.contains(&row.name)),
        );
        Ok(())
    }
}
