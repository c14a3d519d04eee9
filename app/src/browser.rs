//! The browser's own abilities: the only file that names `web_sys`. On the server each of them does nothing.

#[cfg(feature = "hydrate")]
mod real {
    use wasm_bindgen::JsCast;
    use wasm_bindgen_futures::JsFuture;

    /// Puts `text` on the clipboard; `false` where the browser lets no page do so, as over plain HTTP.
    pub(crate) async fn copy(text: &str) -> bool {
        let Some(window) = web_sys::window().filter(web_sys::Window::is_secure_context) else { return false };
        JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
    }

    /// What is in the text area with that id.
    pub(crate) fn value_of(id: &str) -> String {
        let element = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.get_element_by_id(id));
        let area = element.and_then(|element| element.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
        area.map(|area| area.value()).unwrap_or_default()
    }

    /// Loads the page again.
    pub(crate) fn reload() {
        if let Some(window) = web_sys::window() {
            window.location().reload().ok();
        }
    }
}

#[cfg(not(feature = "hydrate"))]
mod real {
    pub(crate) async fn copy(_text: &str) -> bool {
        false
    }

    pub(crate) fn value_of(_id: &str) -> String {
        String::new()
    }

    pub(crate) fn reload() {}
}

pub(crate) use real::*;
