//! A receiver's answer: as much of it as is kept. Nobody has to read more than 64 KiB of it.

use hub::{Attempt, Outcome};
use reqwest::Response;
use reqwest::header::{HeaderMap, RETRY_AFTER};

const READ_MOST: usize = 64 * 1024;
const KEPT_MOST: usize = 4 * 1024;

/// There was no answer.
pub(super) fn none(why: String) -> Attempt {
    Attempt {
        outcome: Outcome::Unanswered(why),
        duration: 0,
        response_headers: String::new(),
        response: String::new(),
    }
}

/// Reads an answer. What breaks off after its status is an answer too.
pub(super) async fn read(mut response: Response) -> Attempt {
    let status = response.status().as_u16();
    let response_headers = lines(response.headers());
    let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| seconds(value.to_str().ok()?));
    let (mut kept, mut length) = (Vec::new(), 0);
    while length < READ_MOST
        && let Ok(Some(chunk)) = response.chunk().await
    {
        let room = KEPT_MOST - kept.len();
        kept.extend_from_slice(&chunk[..chunk.len().min(room)]);
        length += chunk.len();
    }
    Attempt {
        outcome: Outcome::Answered(status, retry_after),
        duration: 0,
        response_headers,
        response: text(&kept),
    }
}

fn lines(headers: &HeaderMap) -> String {
    let mut all = String::new();
    for (name, value) in headers {
        let line = format!("{name}: {}\n", text(value.as_bytes()));
        if all.len() + line.len() > KEPT_MOST {
            break;
        }
        all.push_str(&line);
    }
    all
}

/// PostgreSQL's texts have no NUL.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace('\0', "\u{fffd}")
}

/// Seconds, or a date (RFC 9110, section 10.2.3).
fn seconds(text: &str) -> Option<u64> {
    if let Ok(seconds) = text.trim().parse() {
        return Some(seconds);
    }
    let at = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    u64::try_from(at.as_second() - jiff::Timestamp::now().as_second()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_given_in_seconds_or_as_a_date() {
        assert_eq!(seconds("120"), Some(120));
        assert_eq!(seconds("Wed, 21 Oct 2015 07:28:00 GMT"), None, "it is over");
        assert!(seconds("Fri, 31 Dec 2100 23:59:59 GMT").is_some_and(|wait| wait > 1_000_000));
        assert_eq!(seconds("soon"), None);
    }
}
