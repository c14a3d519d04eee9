//! The browser's own abilities: the only file that names `web_sys`. On the server each of them does nothing.

#[cfg(feature = "hydrate")]
mod real {
    use crate::surroundings::{Surroundings, Theme};
    use crate::words::Locale;
    use model::Timestamp;
    use model::view::Viewer;
    use wasm_bindgen::JsCast;

    fn root() -> Option<web_sys::HtmlElement> {
        let document = web_sys::window()?.document()?;
        document.document_element()?.dyn_into().ok()
    }

    /// What the server wrote into the document about this visit.
    pub(crate) fn surroundings() -> Surroundings {
        let Some(root) = root() else { return Surroundings::default() };
        let data = |name: &str| root.dataset().get(name).unwrap_or_default();
        Surroundings {
            locale: Locale::from_tag(&root.lang()).unwrap_or_default(),
            theme: Theme::from_word(&data("theme")).unwrap_or_default(),
            viewer: data("viewer")
                .parse()
                .ok()
                .map(|username| Viewer { username, is_admin: data("admin") == "true" }),
            now: Timestamp(data("now").parse().unwrap_or_default()),
            url: data("url"),
            assets: None,
        }
    }

    /// Tells tests and styles that buttons work from now on.
    pub(crate) fn mark_hydrated() {
        if let Some(root) = root() {
            root.dataset().set("hydrated", "true").ok();
        }
    }

    /// Puts `text` on the clipboard.
    pub(crate) fn copy(text: &str) {
        if let Some(window) = web_sys::window() {
            drop(window.navigator().clipboard().write_text(text));
        }
    }
}

#[cfg(not(feature = "hydrate"))]
mod real {
    /// Only browsers have a clipboard.
    pub(crate) fn copy(_text: &str) {}
}

pub(crate) use real::*;
