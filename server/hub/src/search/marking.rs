//! Found words in a text are marked, so that people see why it was found.

use super::words::{Run, runs, stem};
use model::view::Piece;
use std::ops::Range;

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
    use super::marked;

    fn shown(text: &str, words: &[&str]) -> String {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let bracket = |piece: model::view::Piece| {
            if piece.is_marked { format!("[{}]", piece.text) } else { piece.text }
        };
        marked(text, &words).into_iter().map(bracket).collect()
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
}
