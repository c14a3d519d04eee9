//! What was typed into a form that was refused: too long for an address, so it is kept here for the page that follows.
//!
//! In memory, a little of it, for a while: losing one is no more than what a browser's "back" brings again.

use model::Timestamp;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// Drafts of all people together.
const MOST: usize = 256;
/// Drafts of one person: nobody pushes the others' out.
const MOST_EACH: usize = 4;
/// Bytes of what a form is about: an id, and a word before it.
const ABOUT_MOST: usize = 64;
/// Bytes of one; a longer one is cut.
const LONGEST: usize = 64 * 1024;
/// Milliseconds that one is kept.
const LIFE: i64 = 3_600_000;

/// Whose draft, of which form.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) user: String,
    pub(super) repository: String,
    /// The comment that is answered or changed; empty: a new thread.
    pub(super) about: String,
}

/// The latest ones.
#[derive(Default)]
pub(crate) struct Drafts(Mutex<VecDeque<(Key, String, Timestamp)>>);

impl Drafts {
    pub(super) fn keep(&self, key: Key, text: &str, now: Timestamp) {
        if key.about.len() > ABOUT_MOST {
            return;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(other, _, at)| *other != key && at.plus(LIFE) > now);
        let mut of_one = kept.iter().enumerate().filter(|(_, (other, _, _))| other.user == key.user);
        let oldest = of_one.next().map(|(place, _)| place).filter(|_| of_one.count() + 1 >= MOST_EACH);
        if let Some(place) = oldest.or((kept.len() >= MOST).then_some(0)) {
            kept.remove(place);
        }
        kept.push_back((key, text[..text.floor_char_boundary(LONGEST)].to_owned(), now));
    }

    pub(super) fn find(&self, key: &Key, now: Timestamp) -> String {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter().find(|(other, _, at)| other == key && at.plus(LIFE) > now);
        found.map(|(_, text, _)| text.clone()).unwrap_or_default()
    }

    pub(super) fn forget(&self, key: &Key) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|(other, _, _)| other != key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(user: &str) -> Key {
        Key { user: user.into(), repository: "r".into(), about: String::new() }
    }

    #[test]
    fn a_draft_is_its_author_s_and_of_one_form() {
        let (drafts, now) = (Drafts::default(), Timestamp(0));
        drafts.keep(key("anna"), "one", now);
        drafts.keep(key("anna"), "two", now);
        assert_eq!(drafts.find(&key("anna"), now), "two");
        assert_eq!(drafts.find(&key("ben"), now), "");
        assert_eq!(drafts.find(&Key { about: "7".into(), ..key("anna") }, now), "");
        drafts.forget(&key("anna"));
        assert_eq!(drafts.find(&key("anna"), now), "");
    }

    #[test]
    fn nobody_pushes_out_what_others_typed() {
        let (drafts, now) = (Drafts::default(), Timestamp(0));
        drafts.keep(key("anna"), "hers", now);
        for number in 0..MOST {
            drafts.keep(Key { about: number.to_string(), ..key("ben") }, "more", now);
        }
        drafts.keep(Key { about: "x".repeat(ABOUT_MOST + 1), ..key("ben") }, "more", now);
        assert_eq!(drafts.find(&key("anna"), now), "hers");
        assert_eq!(drafts.0.lock().unwrap().len(), 1 + MOST_EACH);
    }

    #[test]
    fn drafts_are_few_short_and_soon_forgotten() {
        let (drafts, now) = (Drafts::default(), Timestamp(0));
        for number in 0..=MOST {
            drafts.keep(key(&number.to_string()), &"船".repeat(LONGEST), now);
        }
        assert_eq!(drafts.find(&key("0"), now), "");
        let kept = drafts.find(&key("1"), now);
        assert!(!kept.is_empty() && kept.len() <= LONGEST);
        assert_eq!(drafts.find(&key("1"), now.plus(LIFE)), "");
    }
}
