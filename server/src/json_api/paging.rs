//! Lists in pages, as Docker Hub has them: `page` from 1, `page_size` of 1 to 100, links to the neighbours.

use super::error::Refusal;
use crate::shared::Shared;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use model::view::Page;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Rows a page when the client does not say.
const USUAL: u32 = 10;
const MOST: u32 = 100;

/// Some rows of a longer list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Results<T> {
    /// Rows in the whole list.
    count: u64,
    /// Where the next page is.
    next: Option<String>,
    /// Where the page before is.
    previous: Option<String>,
    results: Vec<T>,
}

/// Which page is wanted, as the documentation tells it.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only its description is used: the query is read by hand, for clear refusals")]
pub(super) struct PageParameters {
    /// From 1.
    #[param(minimum = 1, default = 1)]
    page: Option<u32>,
    /// Rows a page; more than 100 are 100.
    #[param(minimum = 1, maximum = 100, default = 10)]
    page_size: Option<u32>,
}

/// The query string of a list.
pub(super) struct Wanted {
    pub(super) page: u32,
    pub(super) size: u32,
    pairs: Vec<(String, String)>,
    /// The list's own address, without a query.
    address: String,
}

impl Wanted {
    fn read(query: &str, address: String) -> Result<Self, Refusal> {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let mut wanted = Self { page: 1, size: USUAL, pairs, address };
        wanted.page = wanted.number("page", 1)?;
        wanted.size = wanted.number("page_size", USUAL)?.min(MOST);
        Ok(wanted)
    }

    /// The first value of `key`.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find_map(|(name, value)| (name == key).then_some(value.as_str()))
    }

    /// A number from 1; too large a one is the largest there is.
    pub(super) fn number(&self, key: &str, usual: u32) -> Result<u32, Refusal> {
        let Some(text) = self.get(key) else { return Ok(usual) };
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse() {
            Ok(0) => Err(Refusal::field(key, "must be a number from 1")),
            Ok(number) => Ok(number),
            Err(_) if digits => Ok(u32::MAX),
            Err(_) => Err(Refusal::field(key, "must be a number from 1")),
        }
    }

    /// The answer: these rows, and where the others are.
    pub(super) fn results<R, T>(&self, page: Page<R>, shape: impl FnMut(R) -> T) -> Results<T> {
        let shown = u64::from(page.number).saturating_mul(u64::from(page.size));
        let last = page.total.div_ceil(u64::from(page.size).max(1)).max(1);
        let before = u64::from(page.number - u32::from(page.number > 1)).min(last);
        Results {
            count: page.total,
            next: (shown < page.total).then(|| self.link(u64::from(page.number) + 1)),
            previous: (page.number > 1).then(|| self.link(before)),
            results: page.rows.into_iter().map(shape).collect(),
        }
    }

    fn link(&self, number: u64) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("page", &number.to_string());
        query.append_pair("page_size", &self.size.to_string());
        query.extend_pairs(self.pairs.iter().filter(|(key, _)| key != "page" && key != "page_size"));
        format!("{}?{}", self.address, query.finish())
    }
}

impl FromRequestParts<Shared> for Wanted {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Refusal> {
        let address = format!("{}{}", shared.hub.settings().url, parts.uri.path());
        Self::read(parts.uri.query().unwrap_or_default(), address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(query: &str) -> Option<(u32, u32)> {
        Wanted::read(query, String::new()).ok().map(|wanted| (wanted.page, wanted.size))
    }

    #[test]
    fn numbers_are_clamped_and_nonsense_is_refused() {
        assert_eq!(wanted(""), Some((1, 10)));
        assert_eq!(wanted("page=3&page_size=1000"), Some((3, 100)));
        assert_eq!(wanted(&format!("page=1{}", "0".repeat(30))), Some((u32::MAX, 10)));
        for bad in ["page=0", "page=-1", "page=x", "page_size=", "page_size=0", "page=1.5", "page=%31%00"] {
            assert_eq!(wanted(bad), None, "{bad}");
        }
    }

    #[test]
    fn links_lead_to_the_neighbours_and_keep_the_filter() {
        let list = |query: &str, number, total| {
            let wanted = Wanted::read(query, "https://h/l".into()).unwrap_or_else(|_| panic!("{query}"));
            let page = Page { rows: vec![1], total, number, size: wanted.size };
            let results = wanted.results(page, |row| row);
            (results.previous, results.next)
        };
        assert_eq!(list("", 1, 10), (None, None));
        let (previous, next) = list("name=a%26b&page=2&page_size=5", 2, 11);
        assert_eq!(previous.unwrap(), "https://h/l?page=1&page_size=5&name=a%26b");
        assert_eq!(next.unwrap(), "https://h/l?page=3&page_size=5&name=a%26b");
        assert_eq!(list("page=9", 9, 11), (Some("https://h/l?page=2&page_size=10".into()), None));
    }
}
