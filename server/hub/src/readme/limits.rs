//! What keeps a README from costing much more than its length.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Node};

/// Parts in parts; browsers stop at some hundred, and building a page takes time for each open one.
const DEPTH_MOST: usize = 60;
/// Each line of a table is filled up to its widest: the parser itself would go up to half a million cells.
const CELLS_MOST: usize = 50_000;
/// A text of the greatest length has fewer, unless it is made to have many.
const PARTS_MOST: usize = 80_000;

/// Whether its tables can not be too large: the widest line that could head one, times the lines that could follow.
pub(super) fn allow_tables(markdown: &str) -> bool {
    let widest = markdown.lines().map(|line| line.matches('|').count()).max().unwrap_or_default();
    widest.saturating_mul(markdown.lines().count()) <= CELLS_MOST
}

pub(super) fn has_too_many_parts(root: Node<'_>) -> bool {
    root.descendants().nth(PARTS_MOST).is_some()
}

/// What lies too deep becomes text.
pub(super) fn flatten<'a>(arena: &'a Arena<'a>, root: Node<'a>) {
    let mut level = vec![root];
    for _ in 0..DEPTH_MOST {
        level = level.into_iter().flat_map(AstNode::children).collect();
    }
    for node in level {
        if node.first_child().is_none() {
            continue;
        }
        let text = node.collect_text();
        for child in node.children().collect::<Vec<_>>() {
            child.detach();
        }
        node.append(arena.alloc(AstNode::from(NodeValue::Text(text.into()))));
    }
}
