//! The address of the page that is shown, for forms that lead back to it.

use form_urlencoded::{Serializer, parse};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// What a form's round trip leaves in an address: it is told once.
const TOLD: [&str; 3] = ["refused", "saved", "resent"];

/// The page with what it was asked for, but without what it tells of the last form.
pub(crate) fn here() -> String {
    let location = use_location();
    untold(&location.pathname.get_untracked(), &location.search.get_untracked())
}

fn untold(path: &str, query: &str) -> String {
    let asked = parse(query.trim_start_matches('?').as_bytes()).filter(|(name, _)| !TOLD.contains(&&**name));
    let query = Serializer::new(String::new()).extend_pairs(asked).finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::untold;

    #[test]
    fn the_question_is_kept_and_the_answer_of_a_form_is_not() {
        for (query, address) in [
            ("", "/search"),
            ("q=redis&page=3", "/search?q=redis&page=3"),
            ("?q=%E6%BD%AE+1&order=stars", "/search?q=%E6%BD%AE+1&order=stars"),
            ("refused=%7B%22code%22%3A%22busy%22%7D", "/search"),
            ("saved=1&q=a&refused=x&page=2&refused=y", "/search?q=a&page=2"),
            ("resent=3", "/search"),
            // Nothing that could be another host's address is left as it is.
            ("q=a\\b", "/search?q=a%5Cb"),
        ] {
            assert_eq!(untold("/search", query), address, "{query}");
        }
    }
}
