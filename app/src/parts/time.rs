//! "3 minutes ago", with the exact time to hover on.

use crate::surroundings::{surroundings, words};
use leptos::prelude::*;
use model::Timestamp;

/// How long ago `at` was when the page was rendered.
pub(crate) fn ago(at: Timestamp) -> String {
    let words = words();
    let minutes = (surroundings().now.0 - at.0) / 60_000;
    match minutes {
        ..1 => words.just_now.to_owned(),
        1..60 => (words.minutes_ago)(minutes),
        60..1440 => (words.hours_ago)(minutes / 60),
        1440..43_200 => (words.days_ago)(minutes / 1440),
        _ => date(at),
    }
}

/// A moment, as a distance from now.
#[component]
pub(crate) fn Ago(at: Timestamp) -> AnyView {
    view! { <time datetime=rfc3339(at) title=format!("{} UTC", date_time(at))>{ago(at)}</time> }.into_any()
}

/// A moment with its date and time, for lists in which the order counts.
#[component]
pub(crate) fn At(at: Timestamp) -> AnyView {
    view! { <time datetime=rfc3339(at) title=ago(at)>{date_time(at)}</time> }.into_any()
}

/// The beginning (UTC) of a day as browsers' date fields write it.
pub(crate) fn day(text: &str) -> Option<Timestamp> {
    let date: jiff::civil::Date = text.parse().ok()?;
    let midnight = date.at(0, 0, 0, 0).in_tz("UTC").ok()?;
    Some(Timestamp(midnight.timestamp().as_millisecond()))
}

/// The day of a moment, as `2026-11-23` (UTC).
pub(crate) fn date(at: Timestamp) -> String {
    written(at, "%F")
}

/// The day of a moment, as short as people write it.
pub(crate) fn month_day(at: Timestamp) -> String {
    written(at, words().pulls.month_day)
}

/// A moment that may still come, in UTC.
pub(crate) fn minute(at: Timestamp) -> String {
    format!("{} UTC", date_time(at))
}

/// A moment until which something lasts.
#[component]
pub(crate) fn Until(at: Timestamp) -> AnyView {
    let when = date_time(at);
    view! {
        <time datetime=rfc3339(at) title=format!("{when} UTC")>{(words().organizations.expires)(&when)}</time>
    }
    .into_any()
}

/// A moment as `2026-11-23 14:02` (UTC); empty for one that no calendar has.
fn date_time(at: Timestamp) -> String {
    written(at, "%F %R")
}

/// A moment as machines read it (RFC 3339, UTC).
pub(crate) fn rfc3339(at: Timestamp) -> String {
    written(at, "%FT%TZ")
}

fn written(at: Timestamp, format: &str) -> String {
    jiff::Timestamp::from_millisecond(at.0).map(|at| at.strftime(format).to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_utc() {
        assert_eq!(rfc3339(Timestamp(1_417_566_822_000)), "2014-12-03T00:33:42Z");
        assert_eq!(date_time(Timestamp(951_827_696_000)), "2000-02-29 12:34");
        assert_eq!(date_time(Timestamp(-1000)), "1969-12-31 23:59");
    }
}
