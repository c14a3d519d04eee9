//! What there is to discover: popular, rising, recent and official repositories. Public ones only, for everybody.

use crate::Hub;
use crate::search::hit;
use crate::store::search::{self as rows, List, Part};
use model::Error;
use model::view::{ExplorePage, Hit};

/// Rows of a list on the page for discovering.
const ROWS: u32 = 8;

impl Hub {
    /// The page for discovering.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn explore(&self) -> Result<ExplorePage, Error> {
        Ok(ExplorePage {
            popular: self.popular(ROWS).await?,
            rising: self.listing(List::Rising, ROWS).await?,
            recent: self.listing(List::Recent, ROWS).await?,
            official: self.listing(List::Official, ROWS).await?,
        })
    }

    /// Those that weigh the most.
    pub(crate) async fn popular(&self, most: u32) -> Result<Vec<Hit>, Error> {
        self.listing(List::Best, most).await
    }

    /// The latest pushes.
    pub(crate) async fn latest(&self, most: u32) -> Result<Vec<Hit>, Error> {
        self.listing(List::Recent, most).await
    }

    async fn listing(&self, list: List, most: u32) -> Result<Vec<Hit>, Error> {
        let found = rows::list(self.database(), list, &Part::first(most)).await?;
        Ok(found.into_iter().map(|found| hit(found, &[])).collect())
    }
}
