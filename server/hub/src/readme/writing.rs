//! The parsed README as HTML, for what we write in another way than the Markdown crate.

use super::highlight::{self, Budget};
use super::names::{Names, PREFIX};
use comrak::html::{
    ChildRendering, Context, escape, escape_href, format_document_with_formatter, format_node_default,
};
use comrak::nodes::{NodeCodeBlock, NodeLink, NodeValue};
use comrak::options::Plugins;
use comrak::{Node, Options};
use std::fmt::{Error, Write};

/// What is known while a README is written.
#[derive(Default)]
struct State {
    names: Names,
    budget: Budget,
    /// Of links and images around what is written, whether each is a link on the page.
    open: Vec<bool>,
}

type Page<'o, 'c> = Context<'o, 'c, State>;

pub(super) fn write(root: Node<'_>, options: &Options) -> Option<String> {
    let mut html = String::new();
    let state = State { names: Names::of(root), ..State::default() };
    format_document_with_formatter(root, options, &mut html, &Plugins::default(), node, state).ok()?;
    Some(html)
}

fn node(page: &mut Page<'_, '_>, node: Node<'_>, entering: bool) -> Result<ChildRendering, Error> {
    match &node.data().value {
        NodeValue::Heading(heading) if entering => open_heading(page, heading.level)?,
        NodeValue::Heading(heading) => close_heading(page, heading.level)?,
        NodeValue::CodeBlock(block) if entering => code_block(page, block)?,
        NodeValue::CodeBlock(_) => {}
        NodeValue::Link(link) => return link_to(page, link, entering),
        NodeValue::Image(image) if entering => open_image(page, node, image)?,
        NodeValue::Image(_) => close_image(page)?,
        NodeValue::Table(_) => table(page, node, entering)?,
        NodeValue::TaskItem(_) => page.write_str(if entering { "<li class=\"task\">" } else { "</li>\n" })?,
        NodeValue::Paragraph if task(node).is_some() => task_text(page, node, entering)?,
        // A comment is for whoever reads the source.
        NodeValue::HtmlBlock(block) if is_comment(&block.literal) => {}
        _ => return format_node_default(page, node, entering),
    }
    Ok(ChildRendering::HTML)
}

fn open_heading(page: &mut Page<'_, '_>, level: u8) -> Result<(), Error> {
    let name = page.user.names.next();
    page.cr()?;
    write!(page, "<div class=\"heading\"><h{level} id=\"{PREFIX}{name}\">")?;
    page.current_anchorized_id = Some(name);
    Ok(())
}

/// The link stands beside the heading, which names it: a link within would be read as part of the heading.
fn close_heading(page: &mut Page<'_, '_>, level: u8) -> Result<(), Error> {
    let name = page.current_anchorized_id.take().unwrap_or_default();
    let id = format!("{PREFIX}{name}");
    writeln!(page, "</h{level}><a class=\"anchor\" href=\"#{id}\" aria-labelledby=\"{id}\"></a></div>")
}

fn code_block(page: &mut Page<'_, '_>, block: &NodeCodeBlock) -> Result<(), Error> {
    page.cr()?;
    page.write_str(if may_scroll(&block.literal) { "<pre tabindex=\"0\"><code>" } else { "<pre><code>" })?;
    let mut budget = std::mem::take(&mut page.user.budget);
    for piece in highlight::pieces(&block.info, &block.literal, &mut budget) {
        match piece.class {
            Some(class) => {
                write!(page, "<span class=\"{}\">", class.name())?;
                page.escape(piece.text)?;
                page.write_str("</span>")?;
            }
            None => page.escape(piece.text)?,
        }
    }
    page.user.budget = budget;
    page.write_str("</code></pre>\n")
}

/// What is wider than a phone scrolls, and what scrolls must be reached by keyboard.
fn may_scroll(code: &str) -> bool {
    const FITS: usize = 30;
    code.lines().any(|line| line.len() > FITS || line.contains('\t'))
}

fn link_to(page: &mut Page<'_, '_>, link: &NodeLink, entering: bool) -> Result<ChildRendering, Error> {
    if entering {
        let target = page.user.names.target(&link.url);
        page.user.open.push(target.is_some());
        if let Some(target) = target {
            open_link(page, "", &target, &link.title)?;
        }
    } else if page.user.open.pop() == Some(true) {
        page.write_str("</a>")?;
    }
    Ok(ChildRendering::HTML)
}

fn open_link(page: &mut Page<'_, '_>, class: &str, target: &str, title: &str) -> Result<(), Error> {
    page.write_str("<a")?;
    if !class.is_empty() {
        write!(page, " class=\"{class}\"")?;
    }
    page.write_str(" href=\"")?;
    escape_href(page, target, false)?;
    page.write_str("\"")?;
    if !title.is_empty() {
        page.write_str(" title=\"")?;
        page.escape(title)?;
        page.write_str("\"")?;
    }
    page.write_str(">")
}

/// A link named by the alternative text; where a link can not be, the text alone.
fn open_image(page: &mut Page<'_, '_>, node: Node<'_>, image: &NodeLink) -> Result<(), Error> {
    let is_in_link = page.user.open.contains(&true);
    let target = if is_in_link { None } else { page.user.names.target(&image.url) };
    page.user.open.push(target.is_some());
    match target {
        Some(target) => open_link(page, "image-link", &target, &image.title)?,
        None => page.write_str("<span class=\"image-text\">")?,
    }
    if node.first_child().is_none() {
        let file = image.url.rsplit('/').find(|part| !part.is_empty()).unwrap_or("…");
        escape(page, file)?;
    }
    Ok(())
}

fn close_image(page: &mut Page<'_, '_>) -> Result<(), Error> {
    let is_link = page.user.open.pop() == Some(true);
    page.write_str(if is_link { "</a>" } else { "</span>" })
}

/// In a box that scrolls, so that the table stays one.
fn table(page: &mut Page<'_, '_>, node: Node<'_>, entering: bool) -> Result<(), Error> {
    if entering {
        page.cr()?;
        page.write_str("<div class=\"scroll\" tabindex=\"0\">\n")?;
    }
    format_node_default(page, node, entering)?;
    if entering { Ok(()) } else { page.write_str("</div>\n") }
}

/// Whether the task whose text begins with this paragraph is done; `None`: it is no task's.
fn task(paragraph: Node<'_>) -> Option<bool> {
    let parent = paragraph.parent().filter(|_| paragraph.previous_sibling().is_none())?;
    match &parent.data().value {
        NodeValue::TaskItem(item) => Some(item.symbol.is_some()),
        _ => None,
    }
}

/// A task's first paragraph names its box.
fn task_text(page: &mut Page<'_, '_>, node: Node<'_>, entering: bool) -> Result<(), Error> {
    if !entering {
        page.write_str("</label>")?;
        return format_node_default(page, node, false).map(drop);
    }
    format_node_default(page, node, true)?;
    let checked = if task(node) == Some(true) { " checked=\"\"" } else { "" };
    write!(page, "<label><input type=\"checkbox\"{checked} disabled=\"\"> ")
}

fn is_comment(html: &str) -> bool {
    html.trim()
        .strip_prefix("<!--")
        .and_then(|rest| rest.strip_suffix("-->"))
        .is_some_and(|inside| !inside.contains("-->") && !inside.starts_with('>'))
}
