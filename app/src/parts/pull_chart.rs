//! Pulls over time: bars with their scale, a table that says the same, and the small picture beside a number.
//!
//! Drawn here, for visitors without scripts too. Lengths are percentages, so that one drawing fits every width and its
//! texts stay as large as all others.

use super::count::count;
use super::time::{date, month_day};
use crate::surroundings::words;
use crate::words::exact;
use leptos::prelude::*;
use model::view::{PullBar, PullSpan, PullSummary};

/// A part of a whole, as SVG takes it.
fn percent(part: u64, whole: u64) -> String {
    let thousandths = u128::from(part) * 100_000 / u128::from(whole.max(1));
    format!("{}.{:03}%", thousandths / 1000, thousandths % 1000)
}

/// The end of the scale: a round number that is not below `most`, and whose half is round too.
fn top(most: u64) -> u64 {
    let mut unit = 1_u64;
    while unit.saturating_mul(10) < most {
        unit = unit.saturating_mul(10);
    }
    let round = (1..=5).map(|number| unit.saturating_mul(number * 2));
    round.into_iter().find(|top| *top >= most).unwrap_or(u64::MAX)
}

fn most(bars: &[PullBar]) -> u64 {
    bars.iter().map(|bar| bar.pulls).max().unwrap_or_default()
}

fn number_of(bars: &[PullBar]) -> u64 {
    u64::try_from(bars.len()).unwrap_or(u64::MAX)
}

/// The visible part of a bar; few pulls are a line, none are nothing.
fn column(index: u64, bar: &PullBar, bars: u64, top: u64) -> AnyView {
    if bar.pulls == 0 {
        return ().into_any();
    }
    let height = bar.pulls.max(top / 80);
    view! {
        <rect
            class="column"
            x=percent(index * 10 + 1, bars * 10)
            width=percent(8, bars * 10)
            y=percent(top.saturating_sub(height), top)
            height=percent(height, top)
            rx="1.5"
        />
    }
    .into_any()
}

/// `2026-11-03`, or the first and the last day.
fn days_of(bar: &PullBar) -> String {
    let first = date(bar.first);
    if bar.first == bar.last { first } else { format!("{first} – {}", date(bar.last)) }
}

fn pulls_of(pulls: u64) -> String {
    (words().pulls.pull_count)(pulls, &exact(pulls))
}

/// The chart with its scale.
#[component]
pub(crate) fn PullChart(bars: Vec<PullBar>, span: PullSpan) -> AnyView {
    let words = &words().pulls;
    let (top, sum) = (top(most(&bars)), bars.iter().map(|bar| bar.pulls).sum());
    let unit = if span.days_a_bar() == 1 { words.a_day } else { words.a_week };
    view! {
        <figure class="chart">
            <figcaption>{unit}</figcaption>
            <div class="plot">
                <div class="scale number" aria-hidden="true">
                    {[top, top / 2, 0].map(|number| view! { <span>{count(number)}</span> })}
                </div>
                <svg class="bars" role="img" aria-labelledby="chart-title">
                    <title id="chart-title">{(words.chart)(span.days(), &pulls_of(sum))}</title>
                    {["0%", "50%", "100%"].map(|y| view! { <line class="grid" x1="0" x2="100%" y1=y y2=y/> })}
                    {columns(&bars, top)}
                </svg>
                {axis(&bars)}
            </div>
            {(sum == 0).then(|| view! { <p class="soft">{words.none_in_span}</p> })}
            <details>
                <summary>{words.as_table}</summary>
                {table(bars, span, unit)}
            </details>
        </figure>
    }
    .into_any()
}

/// Each bar answers to the pointer in its whole height.
fn columns(bars: &[PullBar], top: u64) -> AnyView {
    let words = &words().pulls;
    let number = number_of(bars);
    let drawn = bars.iter().zip(0_u64..).map(|(bar, index)| {
        let is_today = index + 1 == number;
        let told = if is_today { words.bar_so_far } else { words.bar };
        view! {
            <g class=if is_today { "bar unfinished" } else { "bar" }>
                <title>{told(&days_of(bar), &pulls_of(bar.pulls))}</title>
                <rect class="reach" x=percent(index, number) width=percent(1, number) height="100%"/>
                {column(index, bar, number, top)}
            </g>
        }
    });
    drawn.collect_view().into_any()
}

/// The days under the bars. On a phone there is room for every other one.
fn axis(bars: &[PullBar]) -> AnyView {
    let number = number_of(bars);
    let last = number.saturating_sub(1);
    let places = [(0, "start"), (1, "middle minor"), (2, "middle"), (3, "middle minor"), (4, "end")];
    let labels = places.map(|(quarter, class)| {
        let index = last * quarter / 4;
        let x = match class {
            "start" => 0,
            "end" => number * 2,
            _ => index * 2 + 1,
        };
        let bar = usize::try_from(index).ok().and_then(|index| bars.get(index));
        bar.map(|bar| {
            let day = if class == "end" { bar.last } else { bar.first };
            view! { <text class=class x=percent(x, number * 2) y="14">{month_day(day)}</text> }
        })
    });
    view! { <svg class="axis" aria-hidden="true">{labels}</svg> }.into_any()
}

/// The same as a table, the latest first.
fn table(bars: Vec<PullBar>, span: PullSpan, unit: &'static str) -> AnyView {
    let words = &words().pulls;
    let rows = bars.into_iter().rev().map(|bar| {
        view! {
            <tr>
                <th scope="row" class="number">{days_of(&bar)}</th>
                <td class="number">{exact(bar.pulls)}</td>
            </tr>
        }
    });
    view! {
        <table>
            <caption>{unit}</caption>
            <thead>
                <tr>
                    <th scope="col">{if span.days_a_bar() == 1 { words.day } else { words.week }}</th>
                    <th scope="col">{words.pulls}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// A number's past at a glance: bars without a scale.
#[component]
pub(crate) fn Sparkline(pulls: PullSummary) -> AnyView {
    let (top, number) = (most(&pulls.days).max(1), number_of(&pulls.days));
    let told = (words().pulls.chart)(PullSpan::Month.days(), &pulls_of(pulls.recent()));
    let drawn = pulls.days.iter().zip(0_u64..).map(|(bar, index)| column(index, bar, number, top));
    view! {
        <svg class="sparkline" role="img">
            <title>{told}</title>
            <line class="grid" x1="0" x2="100%" y1="100%" y2="100%"/>
            {drawn.collect_view()}
        </svg>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_ends_at_a_round_number_with_a_round_half() {
        for (most, end) in
            [(0, 2), (1, 2), (3, 4), (9, 10), (10, 10), (11, 20), (61, 80), (204, 400), (1204, 2000)]
        {
            assert_eq!(top(most), end, "{most}");
        }
        assert_eq!(top(u64::MAX), u64::MAX);
    }

    #[test]
    fn parts_are_percentages() {
        assert_eq!(percent(1, 3), "33.333%");
        assert_eq!(percent(7, 7), "100.000%");
        assert_eq!(percent(u64::MAX, u64::MAX), "100.000%");
        assert_eq!(percent(1, 0), "100.000%");
    }
}
