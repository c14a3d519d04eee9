//! Found words in a text are marked, so that people see why it was found.

use super::words::{Run, runs, stem};
use model::view::Piece;
use std::ops::Range;

/// Characters of an excerpt.
const EXCERPT: usize = 160;
/// What begins and ends lines of Markdown and is not their text.
const SIGNS: [char; 8] = ['#', '>', '-', '*', '+', '|', '`', ' '];

/// `text` in pieces; whatever is one of `words`, or begins with the last of them, is marked.
pub(crate) fn marked(text: &str, words: &[String]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut done = 0;
    for span in spans(text, words) {
        push(&mut pieces, text.get(done..span.start), false);
        push(&mut pieces, text.get(span.clone()), true);
        done = span.end;
    }
    push(&mut pieces, text.get(done..), false);
    pieces
}

/// The first line of a Markdown text that has one of `words` whole, at most about [`EXCERPT`] characters of it, marked;
/// empty: no line has any.
pub(crate) fn excerpt(text: &str, words: &[String]) -> Vec<Piece> {
    let stems = stems(words);
    let found = text.lines().find_map(|line| Some((line, first(line, &stems)?)));
    let Some((line, at)) = found else { return Vec::new() };
    let line = line.trim_end_matches(SIGNS);
    let start = line.find(|c| !SIGNS.contains(&c)).unwrap_or(0);
    let begin = cut(line, start, at);
    let end = line.char_indices().map(|(index, _)| index).filter(|index| *index >= begin).nth(EXCERPT);
    let part = line.get(begin..end.unwrap_or(line.len())).unwrap_or_default();
    let (before, behind) = (if begin > start { "…" } else { "" }, if end.is_some() { "…" } else { "" });
    marked(&format!("{before}{part}{behind}"), words)
}

/// Where to begin so that what is `at` stands near the beginning: behind a space, if there is one.
fn cut(line: &str, start: usize, at: usize) -> usize {
    let before = line.get(start..at).unwrap_or_default();
    let Some((begin, _)) = before.char_indices().rev().nth(EXCERPT / 4) else { return start };
    let rest = before.get(begin..).unwrap_or_default();
    let space = rest.char_indices().find(|(_, c)| c.is_whitespace());
    start + begin + space.map_or(0, |(at, c)| at + c.len_utf8())
}

/// Where the first of the words stands that have these stems.
fn first(line: &str, stems: &[String]) -> Option<usize> {
    runs(line).iter().find_map(|run| {
        words_of(run).find(|(word, _)| stems.contains(&stem(word))).map(|(_, span)| span.start)
    })
}

fn stems(words: &[String]) -> Vec<String> {
    words.iter().map(|word| stem(word)).collect()
}

fn words_of(run: &Run) -> impl Iterator<Item = (String, Range<usize>)> {
    let single = if run.is_ideographic { run.singles() } else { Vec::new() };
    run.spans().into_iter().chain(single)
}

fn push(pieces: &mut Vec<Piece>, text: Option<&str>, is_marked: bool) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        pieces.push(Piece { text: text.to_owned(), is_marked });
    }
}

/// What is to be marked, in order, neighbours made one.
fn spans(text: &str, words: &[String]) -> Vec<Range<usize>> {
    let (mut spans, stems) = (Vec::<Range<usize>>::new(), stems(words));
    for run in runs(text) {
        for span in run_spans(&run, words, &stems) {
            match spans.last_mut().filter(|last| last.end >= span.start) {
                Some(last) => last.end = last.end.max(span.end),
                None => spans.push(span),
            }
        }
    }
    spans
}

fn run_spans(run: &Run, words: &[String], stems: &[String]) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = words_of(run)
        .filter_map(|(word, span)| {
            let is_found = stems.contains(&stem(&word));
            if is_found || run.is_ideographic {
                return is_found.then_some(span);
            }
            let start = words.iter().rfind(|start| start.len() > 1 && word.starts_with(start.as_str()))?;
            run.beginning(start.chars().count())
        })
        .collect();
    spans.sort_unstable_by_key(|span| span.start);
    spans
}

#[cfg(test)]
mod tests {
    use super::{excerpt, marked};

    fn shown(text: &str, words: &[&str]) -> String {
        bracketed(marked(text, &owned(words)))
    }

    fn owned(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn bracketed(pieces: Vec<model::view::Piece>) -> String {
        let bracket = |piece: model::view::Piece| {
            if piece.is_marked { format!("[{}]", piece.text) } else { piece.text }
        };
        pieces.into_iter().map(bracket).collect()
    }

    #[test]
    fn words_are_marked_as_they_stand() {
        assert_eq!(shown("A Fast PROXY, fast.", &["fast", "proxy"]), "A [Fast] [PROXY], [fast].");
        assert_eq!(shown("postgres-exporter", &["post"]), "[post]gres-exporter");
        assert_eq!(shown("高性能数据库", &["数据", "据库"]), "高性能[数据库]");
        assert_eq!(shown("<b>&", &["b"]), "<[b]>&");
        assert_eq!(shown("Backups, backup", &["backup"]), "[Backups], [backup]");
        assert_eq!(shown("nothing", &[]), "nothing");
        assert_eq!(shown("", &["x"]), "");
    }

    #[test]
    fn an_excerpt_is_the_line_that_tells_why() {
        let shown = |text: &str, words: &[&str]| bracketed(excerpt(text, &owned(words)));
        let text = "# Tides\n\nPlain.\n\n> - Wires *devices* together. |\n\nDevices.";
        assert_eq!(shown(text, &["devices"]), "Wires *[devices]* together.");
        assert_eq!(shown(text, &["tide"]), "[Tides]");
        assert_eq!(shown(text, &["moon"]), "");
        assert_eq!(shown("devicesque\ndevice", &["devices"]), "[device]", "not what only begins so");
        assert_eq!(shown("", &[]), "");
        let long = format!("{} devices {}", "word ".repeat(100), "behind ".repeat(100));
        let part = shown(&long, &["devices"]);
        assert!(part.starts_with("…word word") && part.ends_with('…') && part.contains(" [devices] behind"));
        assert!((150..170).contains(&part.chars().count()), "{part}");
        let chinese = format!("{}数据库{}", "潮".repeat(300), "汐".repeat(300));
        let part = shown(&chinese, &["数据"]);
        assert!(part.starts_with('…') && part.contains("[数据]库") && part.chars().count() < 170, "{part}");
        let spaced = format!("{}\u{3000}名称数据库", "潮".repeat(50));
        assert_eq!(shown(&spaced, &["数据"]), "…名称[数据]库", "a space of three bytes");
    }
}
