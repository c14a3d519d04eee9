//! A README: Markdown to HTML that can stand in any page, rendered when it is saved.
//!
//! CommonMark with GitHub's tables, task lists, footnotes and alerts. HTML in it stays text. What [`writing`] writes goes
//! through [`sanitiser`], which knows nothing of Markdown and has the last word.
//!
//! - **Images are links** with their alternative text. Loading them would tell a stranger's server who reads the page, and
//!   a proxy would make the hub fetch whatever strangers name.
//! - **Links** lead to other sites (`http`, `https`, `mailto`) or to a heading of the same text. All others stay text: there
//!   are no files here that they could lead to.
//! - **No words of ours**: what is stored is shown in every language. A link to a heading is named by that heading, a box
//!   by its task; an alert has the word that was typed for it (`[!NOTE]`: Note) unless a title follows.
//! - **The hub's own badges** are links too, as all images: that a README has no `img` stays a rule without exception.
//! - **Bounds**: nesting, tables, coloured pieces and the whole have limits ([`limits`]), so that no text costs much more
//!   than its length.
//!
//! What other versions of this module rendered is rendered again at the next start ([`upkeep`]).

mod highlight;
mod limits;
mod names;
mod sanitiser;
#[cfg(test)]
mod tests;
mod upkeep;
mod writing;

pub(crate) use limits::flatten;

use crate::budget::FloodLimits;
use comrak::{Arena, Options};

/// Counts up with each change of what is rendered, so that stored READMEs are rendered again.
pub(crate) const VERSION: i64 = 2;

/// Previews, of comments too: more than anybody looks at, and few enough that they keep no processor busy.
pub(crate) const PREVIEWS: FloodLimits = FloodLimits { a_minute_per_account: 60, a_minute_per_source: 240 };

/// `markdown` as HTML that can stand in a page.
pub(crate) fn render(markdown: &str) -> String {
    if markdown.trim().is_empty() {
        return String::new();
    }
    let html = written(markdown).unwrap_or_else(|| plain(markdown));
    sanitiser::clean(&html)
}

/// The same beside all else that goes on: a long text takes a processor for a while.
pub(crate) async fn rendered(markdown: &str) -> String {
    let text = markdown.to_owned();
    let work = tokio::task::spawn_blocking(move || render(&text));
    // Whatever is wrong with the renderer, the text is there to be read.
    work.await.unwrap_or_else(|_| sanitiser::clean(&plain(markdown)))
}

/// `None`: it has too many parts.
fn written(markdown: &str) -> Option<String> {
    let (arena, options) = (Arena::new(), options(markdown));
    let root = comrak::parse_document(&arena, markdown, &options);
    if limits::has_too_many_parts(root) {
        return None;
    }
    flatten(&arena, root, limits::DEPTH_MOST);
    writing::write(root, &options)
}

/// As it was typed.
fn plain(markdown: &str) -> String {
    let mut html = String::from("<pre>");
    // A string takes whatever is written to it.
    comrak::html::escape(&mut html, markdown).ok();
    html + "</pre>"
}

fn options(markdown: &str) -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = limits::allow_tables(markdown);
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options.render.escape = true;
    options
}
