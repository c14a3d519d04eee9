//! READMEs that another version of the renderer wrote are rendered again.

use super::{VERSION, rendered};
use crate::Hub;
use crate::store::readmes as rows;
use model::Error;

/// READMEs in one transaction: others wait for it.
const CHUNK: u32 = 50;

impl Hub {
    /// Renders again what an older version rendered. May be ended at any moment; the next start goes on. How many there
    /// were.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn render_old_readmes(&self) -> Result<u64, Error> {
        let mut all = 0;
        while let Some(done) = self.render_some().await? {
            all += done;
        }
        Ok(all)
    }

    /// Rendered before the transaction, so that nobody waits for it; what was edited meanwhile is left as it is. `None`:
    /// nothing is old.
    async fn render_some(&self) -> Result<Option<u64>, Error> {
        let mut old = rows::older_than(self.database(), VERSION, CHUNK).await?;
        if old.is_empty() {
            return Ok(None);
        }
        // In one order, as all changes of several repositories.
        old.sort_unstable_by(|one, other| one.id.cmp(&other.id));
        let mut pages = Vec::with_capacity(old.len());
        for readme in &old {
            pages.push(rendered(&readme.markdown).await);
        }
        let (mut change, mut done) = (self.change().await?, 0);
        for (readme, html) in old.iter().zip(&pages) {
            done += rows::replace(&mut change, readme, html, VERSION).await?;
        }
        change.commit_quietly().await?;
        Ok(Some(done))
    }
}
