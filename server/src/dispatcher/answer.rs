//! A receiver's answer: as much of it as is kept. Nobody has to read more than 64 KiB of it.

use http_body_util::BodyExt;
use hub::{Attempt, Outcome};
use hyper::Response;
use hyper::body::Incoming;
use hyper::header::{HeaderMap, RETRY_AFTER};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

const READ_MOST: usize = 64 * 1024;
const KEPT_MOST: usize = 4 * 1024;
/// The forms of a date that every receiver must know, the first of them to be written today (RFC 9110, section 5.6.7).
const DATES: [&str; 3] = ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];

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
pub(super) async fn read(mut response: Response<Incoming>) -> Attempt {
    let status = response.status().as_u16();
    let response_headers = lines(response.headers());
    let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| seconds(value.to_str().ok()?));
    let (mut kept, mut length) = (Vec::new(), 0);
    while length < READ_MOST
        && let Some(Ok(frame)) = response.frame().await
    {
        let chunk = frame.into_data().unwrap_or_default();
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
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More than there is room for is for ever.
        return Some(text.parse().unwrap_or(u64::MAX));
    }
    let at = DATES.iter().find_map(|form| DateTime::strptime(form, text).ok())?;
    let now = TimeZone::UTC.to_datetime(jiff::Timestamp::now());
    u64::try_from(at.duration_since(now).as_secs()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_given_in_seconds_or_as_a_date() {
        assert_eq!(seconds("120"), Some(120));
        assert_eq!(seconds("Wed, 21 Oct 2015 07:28:00 GMT"), None, "it is over");
        for far in [
            "Fri, 31 Dec 2100 23:59:59 GMT",
            "Fri, 31 Dec 9999 23:59:59 GMT",
            "Friday, 31-Dec-66 23:59:59 GMT",
            "Fri Dec  3 23:59:59 2100",
            "99999999999999999999999",
        ] {
            assert!(seconds(far).is_some_and(|wait| wait > 1_000_000), "{far}");
        }
        for none in ["soon", "", "-1", "1.5", "+60", "60 seconds", "Fri, 31 Dec 2100"] {
            assert_eq!(seconds(none), None, "{none}");
        }
    }
}
