//! What every page knows of the visit: who looks, in which language and colours, and when.
//!
//! The server provides it for each request.

use crate::words::{Locale, Words};
use leptos::prelude::use_context;
use model::view::Viewer;
use model::{Timestamp, Username};

/// The surroundings of one visit.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    pub locale: Locale,
    pub theme: Theme,
    pub viewer: Option<Viewer>,
    /// Notices that the viewer has not read; 100 are many.
    pub unread: u64,
    /// When the page was rendered.
    pub now: Timestamp,
    /// The external URL without a trailing slash.
    pub url: String,
    /// Names of the site's files; `None` in a program that was built without them.
    pub assets: Option<Assets>,
}

/// Paths of the files that the document needs, with their hashes in them.
#[derive(Debug, Clone)]
pub struct Assets {
    pub js: String,
    pub wasm: String,
    pub css: String,
}

/// The colours that the person chose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The word in cookies, forms and the document.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme that `word` names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == word)
    }
}

/// The surroundings of the page that is being rendered.
pub(crate) fn surroundings() -> Surroundings {
    use_context::<Surroundings>().unwrap_or_default()
}

/// The texts in the visitor's language.
pub(crate) fn words() -> &'static Words {
    surroundings().locale.words()
}

/// Who is signed in.
pub(crate) fn viewer() -> Option<Viewer> {
    surroundings().viewer
}

/// The signed-in person's name.
pub(crate) fn viewer_name() -> Option<Username> {
    viewer().map(|viewer| viewer.username)
}
