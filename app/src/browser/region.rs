//! A part of the page is made what the server says now, where it differs: what is open stays open, and what has the
//! focus keeps it.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomParser, Element, Node, Response, SupportedType};

/// The person's own: the server knows nothing of it.
const THEIRS: &str = "open";

/// Asks for the page again and takes over the element with that id. Where there is none any more, the whole page is
/// loaded: it says why. `None`: nothing could be had.
pub(super) async fn renew(id: &str) -> Option<()> {
    let window = web_sys::window()?;
    let address = window.location().href().ok()?;
    let response: Response = JsFuture::from(window.fetch_with_str(&address)).await.ok()?.dyn_into().ok()?;
    let html = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    let page = DomParser::new().ok()?.parse_from_string(&html, SupportedType::TextHtml).ok()?;
    match (window.document()?.get_element_by_id(id), page.get_element_by_id(id)) {
        (Some(old), Some(new)) => liken(&old, &new),
        _ => window.location().reload().ok()?,
    }
    Some(())
}

/// Makes `old` like `new`. Nodes of the same name and id are the same; none has changed places with another.
fn liken(old: &Node, new: &Node) {
    match (old.dyn_ref::<Element>(), new.dyn_ref::<Element>()) {
        (Some(old), Some(new)) => liken_attributes(old, new),
        _ => old.set_node_value(new.node_value().as_deref()),
    }
    let (mut here, mut wanted) = (old.first_child(), new.first_child());
    while let Some(node) = wanted {
        wanted = node.next_sibling();
        match counterpart(here.clone(), &node) {
            Some(same) => {
                remove_up_to(old, here, Some(&same));
                liken(&same, &node);
                here = same.next_sibling();
            }
            None => {
                old.insert_before(&node, here.as_ref()).ok();
            }
        }
    }
    remove_up_to(old, here, None);
}

/// What stands for `node`: where it is looked for, or further on if its id says so.
fn counterpart(here: Option<Node>, node: &Node) -> Option<Node> {
    let id = id_of(node);
    let mut at = here;
    while let Some(one) = at {
        if one.node_name() == node.node_name() && id_of(&one) == id {
            return Some(one);
        }
        at = one.next_sibling().filter(|_| id.is_some());
    }
    None
}

/// Not the property: a form with a field called `id` has that field there.
fn id_of(node: &Node) -> Option<String> {
    node.dyn_ref::<Element>()?.get_attribute("id")
}

fn remove_up_to(parent: &Node, from: Option<Node>, end: Option<&Node>) {
    let mut at = from;
    while let Some(node) = at.filter(|node| Some(node) != end) {
        at = node.next_sibling();
        parent.remove_child(&node).ok();
    }
}

fn liken_attributes(old: &Element, new: &Element) {
    for name in names(new) {
        let value = new.get_attribute(&name);
        if name != THEIRS && old.get_attribute(&name) != value {
            old.set_attribute(&name, &value.unwrap_or_default()).ok();
        }
    }
    for name in names(old) {
        if name != THEIRS && !new.has_attribute(&name) {
            old.remove_attribute(&name).ok();
        }
    }
}

fn names(element: &Element) -> Vec<String> {
    element.get_attribute_names().iter().filter_map(|name: JsValue| name.as_string()).collect()
}
