//! Pictures that were drawn lately, and the few that are drawn at once: drawing is work for processors.

use super::drawing::drawn;
use axum::body::Bytes;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Pictures in memory; each has some 30 KB.
const MOST: usize = 256;
/// Who has waited this long for their turn gets another picture.
const PATIENCE: Duration = Duration::from_secs(5);

/// Draws pictures, and keeps them by the names of what they show.
#[derive(Clone)]
pub struct Pictures {
    room: Arc<Semaphore>,
    kept: Arc<Mutex<Kept>>,
}

#[derive(Default)]
struct Kept {
    pictures: HashMap<String, Bytes>,
    /// The oldest one first.
    order: VecDeque<String>,
}

impl Default for Pictures {
    fn default() -> Self {
        Self { room: Arc::new(Semaphore::new(at_once())), kept: Arc::default() }
    }
}

/// Pictures that are drawn at once: half the processors are for registry and pages.
fn at_once() -> usize {
    std::thread::available_parallelism().map_or(1, |all| (all.get() / 2).max(1))
}

impl Pictures {
    /// The picture of `svg`, which is called `tag`; `None`: too many others are drawn.
    pub(super) async fn draw(&self, tag: &str, svg: &str) -> Option<Bytes> {
        if let Some(kept) = self.find(tag) {
            return Some(kept);
        }
        let room = tokio::time::timeout(PATIENCE, Arc::clone(&self.room).acquire_owned()).await.ok()?.ok()?;
        // Somebody may have waited for the same one.
        match self.find(tag) {
            Some(kept) => Some(kept),
            None => self.make(tag, svg, Some(room)).await,
        }
    }

    /// The same without waiting for a turn: for the one picture that stands for all others.
    pub(super) async fn draw_first(&self, tag: &str, svg: &str) -> Option<Bytes> {
        match self.find(tag) {
            Some(kept) => Some(kept),
            None => self.make(tag, svg, None).await,
        }
    }

    /// Whoever asked may leave: what was begun is finished and kept, and has its room until then.
    async fn make(&self, tag: &str, svg: &str, room: Option<OwnedSemaphorePermit>) -> Option<Bytes> {
        let (pictures, tag, svg) = (self.clone(), tag.to_owned(), svg.to_owned());
        let work = tokio::task::spawn_blocking(move || {
            let png = Bytes::from(drawn(&svg)?);
            pictures.keep(tag, png.clone());
            drop(room);
            Some(png)
        });
        work.await.ok().flatten()
    }

    fn find(&self, tag: &str) -> Option<Bytes> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).pictures.get(tag).cloned()
    }

    fn keep(&self, tag: String, png: Bytes) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.pictures.insert(tag.clone(), png).is_none() {
            kept.order.push_back(tag);
        }
        while kept.order.len() > MOST {
            if let Some(oldest) = kept.order.pop_front() {
                kept.pictures.remove(&oldest);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_ones_are_forgotten() {
        let pictures = Pictures::default();
        for number in 0..=MOST {
            pictures.keep(number.to_string(), Bytes::new());
            pictures.keep(number.to_string(), Bytes::new());
        }
        assert!(pictures.find("0").is_none() && pictures.find("1").is_some());
        assert_eq!(pictures.kept.lock().map(|kept| kept.pictures.len()).ok(), Some(MOST));
    }
}
