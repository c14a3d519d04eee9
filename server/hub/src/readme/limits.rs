//! What keeps a README from costing much more than its length.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Node};

/// Parts in parts of a README; browsers stop at some hundred, and building a page takes time for each open one.
pub(super) const DEPTH_MOST: usize = 60;
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

/// What lies deeper than `most` parts in parts becomes text.
pub(crate) fn flatten<'a>(arena: &'a Arena<'a>, root: Node<'a>, most: usize) {
    let mut level = vec![root];
    for _ in 0..most {
        level = level.into_iter().flat_map(AstNode::children).collect();
    }
    for node in level {
        if node.first_child().is_none() {
            continue;
        }
        let text = text_of(node);
        for child in node.children().collect::<Vec<_>>() {
            child.detach();
        }
        put_text(arena, node, text);
    }
}

/// Makes `text` all that `node` has, in whatever it takes: a quote takes paragraphs, and a list none, but becomes one.
fn put_text<'a>(arena: &'a Arena<'a>, node: Node<'a>, text: String) {
    let text = arena.alloc(AstNode::from(NodeValue::Text(text.into())));
    if node.can_contain_type(&text.data().value) {
        return node.append(text);
    }
    match [NodeValue::Paragraph, NodeValue::TableCell].into_iter().find(|value| node.can_contain_type(value))
    {
        Some(value) => {
            let around = arena.alloc(AstNode::from(value));
            around.append(text);
            node.append(around);
        }
        None => {
            node.data_mut().value = NodeValue::Paragraph;
            node.append(text);
        }
    }
}

/// All that can be read in `root`, code and addresses too, with spaces between its blocks.
fn text_of(root: Node<'_>) -> String {
    let mut text = String::new();
    for node in root.descendants() {
        let value = &node.data().value;
        match value {
            NodeValue::Text(words) => text.push_str(words),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::CodeBlock(code) => text.push_str(&code.literal),
            NodeValue::HtmlBlock(html) => text.push_str(&html.literal),
            NodeValue::HtmlInline(html) => text.push_str(html),
            NodeValue::Link(link) | NodeValue::Image(link) if node.collect_text() != link.url => {
                text.push_str(&link.url);
                text.push(' ');
            }
            _ if value.block() && text.ends_with(|last: char| !last.is_whitespace()) => text.push(' '),
            NodeValue::LineBreak | NodeValue::SoftBreak => text.push(' '),
            _ => {}
        }
    }
    text
}
