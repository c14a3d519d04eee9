//! What a list of fields needs that people put in order.

use leptos::ev::{ClipboardEvent, PointerEvent};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement};

fn element<E: JsCast>(id: &str) -> Option<E> {
    web_sys::window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Puts `text` into the text area with that id.
pub(crate) fn set_value(id: &str, text: &str) {
    if let Some(area) = element::<HtmlTextAreaElement>(id) {
        area.set_value(text);
    }
}

/// Hides the element with that id.
pub(crate) fn hide(id: &str) {
    if let Some(element) = element::<HtmlElement>(id) {
        element.set_hidden(true);
    }
}

/// Gives the focus to the element with that id.
pub(crate) fn focus(id: &str) {
    if let Some(element) = element::<HtmlElement>(id) {
        element.focus().ok();
    }
}

/// The text that is being pasted.
pub(crate) fn pasted(event: &ClipboardEvent) -> Option<String> {
    event.clipboard_data()?.get_data("text/plain").ok()
}

/// Whatever the pointer does until it is let go is told to the element that it is on.
pub(crate) fn capture(event: &PointerEvent) {
    if let Some(element) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
        element.set_pointer_capture(event.pointer_id()).ok();
    }
}

/// How many rows of the list with that id lie above the pointer, but for the one at `except`.
pub(crate) fn rows_above(id: &str, except: usize, event: &PointerEvent) -> usize {
    let Some(list) = element::<Element>(id) else { return except };
    let rows = list.children();
    let middle = |index: u32| {
        let row = rows.item(index)?.get_bounding_client_rect();
        Some(row.top() + row.height() / 2.0)
    };
    let others = (0..rows.length()).filter(|index| usize::try_from(*index) != Ok(except));
    others.filter_map(middle).filter(|middle| *middle < f64::from(event.client_y())).count()
}
