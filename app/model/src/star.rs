//! In which order one's bookmarks stand.

use crate::word_enum::word_enum;

word_enum! {
    /// An order of starred repositories.
    StarOrder {
        /// The latest star first.
        Recent = "recent",
        Name = "name",
        /// The most starred first.
        Stars = "stars",
        /// The latest push first.
        Updated = "updated",
    }
}

#[expect(clippy::derivable_impls, reason = "words in general have no first one")]
impl Default for StarOrder {
    fn default() -> Self {
        Self::Recent
    }
}
