//! What is coloured by its lines: changes, and what was typed into a console.

use super::languages::SHELL;
use super::{Class, Pieces, scanner};

/// Each line by its first sign.
pub(super) fn diff(code: &str) -> Pieces<'_> {
    let mut pieces = Pieces::default();
    for line in code.split_inclusive('\n') {
        let is_head = ["+++", "---", "diff ", "index "].iter().any(|start| line.starts_with(start));
        let class = match line.chars().next() {
            _ if is_head => Some(Class::Comment),
            Some('+') => Some(Class::Added),
            Some('-') => Some(Class::Deleted),
            Some('@') => Some(Class::Type),
            _ => None,
        };
        pieces.add(class, line);
    }
    pieces
}

/// Lines with a prompt are shell, all others what it answered.
pub(super) fn console(code: &str) -> Pieces<'_> {
    let mut pieces = Pieces::default();
    for line in code.split_inclusive('\n') {
        match prompted(line) {
            Some((prompt, typed)) => {
                pieces.add(Some(Class::Comment), prompt);
                pieces.0.extend(scanner::scan(typed, &SHELL).pieces.0);
            }
            None => pieces.add(None, line),
        }
    }
    pieces
}

pub(super) fn prompted(line: &str) -> Option<(&str, &str)> {
    ["$ ", "# ", "> "]
        .iter()
        .find(|prompt| line.starts_with(**prompt))
        .and_then(|prompt| line.split_at_checked(prompt.len()))
}
