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

/// The first line of a Markdown text that has one of `words`, at most about [`EXCERPT`] characters of it, marked; empty:
/// no line has any.
pub(crate) fn excerpt(text: &str, words: &[String]) -> Vec<Piece> {
    let found = text.lines().find_map(|line| Some((line, spans(line, words).into_iter().next()?.start)));
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
    start + begin + rest.find(char::is_whitespace).map_or(0, |space| space + 1)
}

fn push(pieces: &mut Vec<Piece>, text: Option<&str>, is_marked: bool) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        pieces.push(Piece { text: text.to_owned(), is_marked });
    }
}

/// What is to be marked, in order, neighbours made one.
fn spans(text: &str, words: &[String]) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    for run in runs(text) {
        for span in run_spans(&run, words) {
            match spans.last_mut().filter(|last| last.end >= span.start) {
                Some(last) => last.end = last.end.max(span.end),
                None => spans.push(span),
            }
        }
    }
    spans
}

fn run_spans(run: &Run, words: &[String]) -> Vec<Range<usize>> {
    let single = if run.is_ideographic { run.singles() } else { Vec::new() };
    let all = run.spans().into_iter().chain(single);
    let mut spans: Vec<Range<usize>> = all
        .filter_map(|(word, span)| {
            let is_found = words.iter().any(|found| stem(found) == stem(&word));
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
        assert_eq!(shown("", &[]), "");
        let long = format!("{} devices {}", "word ".repeat(100), "behind ".repeat(100));
        let part = shown(&long, &["devices"]);
        assert!(part.starts_with("…word word") && part.ends_with('…') && part.contains(" [devices] behind"));
        assert!((150..170).contains(&part.chars().count()), "{part}");
        let chinese = format!("{}数据库{}", "潮".repeat(300), "汐".repeat(300));
        let part = shown(&chinese, &["数据"]);
        assert!(part.starts_with('…') && part.contains("[数据]库") && part.chars().count() < 170, "{part}");
    }
}
