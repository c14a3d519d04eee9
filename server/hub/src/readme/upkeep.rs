//! READMEs that another version of the renderer wrote are rendered again.

use super::{VERSION, render};
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
        let mut rendered = 0;
        loop {
            let done = self.render_some().await?;
            if done == 0 {
                return Ok(rendered);
            }
            rendered += done;
        }
    }

    /// Rendered before the transaction, so that nobody waits for it; what was edited meanwhile is left as it is.
    async fn render_some(&self) -> Result<u64, Error> {
        let mut old = rows::older_than(self.database(), VERSION, CHUNK).await?;
        // In one order, as all changes of several repositories.
        old.sort_unstable_by(|one, other| one.id.cmp(&other.id));
        let rendered: Vec<String> = old.iter().map(|readme| render(&readme.markdown)).collect();
        let (mut change, mut done) = (self.change().await?, 0);
        for (readme, html) in old.iter().zip(&rendered) {
            done += rows::replace(&mut change, readme, html, VERSION).await?;
        }
        change.commit_quietly().await?;
        Ok(done)
    }
}
