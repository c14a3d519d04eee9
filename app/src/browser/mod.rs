//! The browser's own abilities: the only module that names `web_sys`. On the server each of them does nothing.

#[cfg(feature = "hydrate")]
mod fields;
#[cfg(feature = "hydrate")]
mod follow;
#[cfg(feature = "hydrate")]
mod region;

#[cfg(feature = "hydrate")]
mod real {
    pub(crate) use super::fields::{capture, focus, hide, pasted, rows_above, set_value};
    pub(crate) use super::follow::follow;
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::js_sys::{Function, JSON, Reflect};
    use web_sys::{
        CredentialCreationOptions, CredentialRequestOptions, HtmlInputElement, HtmlTextAreaElement,
    };

    /// Puts `text` on the clipboard; `false` where the browser lets no page do so, as over plain HTTP.
    pub(crate) async fn copy(text: &str) -> bool {
        let Some(window) = web_sys::window().filter(web_sys::Window::is_secure_context) else { return false };
        JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
    }

    /// What is in the text area with that id.
    pub(crate) fn value_of(id: &str) -> String {
        element::<HtmlTextAreaElement>(id).map(|area| area.value()).unwrap_or_default()
    }

    /// Lets the device make a passkey, as `options` (JSON) say; its answer, or `None` where it or the person declined.
    pub(crate) async fn make_passkey(options: &str) -> Option<String> {
        let wanted = CredentialCreationOptions::new();
        wanted.set_public_key(options_of("parseCreationOptionsFromJSON", options)?.unchecked_ref());
        let credentials = web_sys::window()?.navigator().credentials();
        as_text(JsFuture::from(credentials.create_with_options(&wanted).ok()?).await.ok()?)
    }

    /// Lets the device prove a passkey, as `options` (JSON) say; its answer, or `None` as above.
    pub(crate) async fn use_passkey(options: &str) -> Option<String> {
        let wanted = CredentialRequestOptions::new();
        wanted.set_public_key(options_of("parseRequestOptionsFromJSON", options)?.unchecked_ref());
        let credentials = web_sys::window()?.navigator().credentials();
        as_text(JsFuture::from(credentials.get_with_options(&wanted).ok()?).await.ok()?)
    }

    /// What a static method of `PublicKeyCredential` makes of JSON. web-sys has these only as unstable ones; browsers
    /// have them since 2024.
    fn options_of(method: &str, json: &str) -> Option<JsValue> {
        let window = JsValue::from(web_sys::window()?);
        let class = Reflect::get(&window, &"PublicKeyCredential".into()).ok()?;
        let method = Reflect::get(&class, &method.into()).ok()?.dyn_into::<Function>().ok()?;
        method.call1(&class, &JSON::parse(json).ok()?).ok()
    }

    /// `JSON.stringify` asks the credential itself what it is as JSON.
    fn as_text(credential: JsValue) -> Option<String> {
        JSON::stringify(&credential).ok()?.as_string()
    }

    /// Sends the form of the field with that id, with `value` in it.
    pub(crate) fn send_with(id: &str, value: &str) {
        let Some(field) = element::<HtmlInputElement>(id) else { return };
        field.set_value(value);
        if let Some(form) = field.form() {
            form.request_submit().ok();
        }
    }

    fn element<E: JsCast>(id: &str) -> Option<E> {
        web_sys::window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
    }

    /// Loads the page again.
    pub(crate) fn reload() {
        if let Some(window) = web_sys::window() {
            window.location().reload().ok();
        }
    }

    /// Opens another page of the hub.
    pub(crate) fn go(path: &str) {
        if let Some(window) = web_sys::window() {
            window.location().assign(path).ok();
        }
    }

    /// Brings the cursor into the field with that id; `false` where it is not shown.
    pub(crate) fn enter_field(id: &str) -> bool {
        let Some(field) = element::<HtmlInputElement>(id) else { return false };
        field.focus().ok();
        field.select();
        focused().is_some_and(|element| element.id() == id)
    }

    /// Whether keys go into a field just now.
    pub(crate) fn is_typing() -> bool {
        focused()
            .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
    }

    /// Whether what points here is fine: a mouse, and no finger.
    pub(crate) fn has_mouse() -> bool {
        let media = web_sys::window().and_then(|window| window.match_media("(pointer: fine)").ok().flatten());
        media.is_some_and(|media| media.matches())
    }

    fn focused() -> Option<web_sys::Element> {
        web_sys::window()?.document()?.active_element()
    }
}

#[cfg(not(feature = "hydrate"))]
mod real {
    use leptos::ev::{ClipboardEvent, PointerEvent};

    pub(crate) async fn copy(_text: &str) -> bool {
        false
    }

    pub(crate) fn value_of(_id: &str) -> String {
        String::new()
    }

    pub(crate) async fn make_passkey(_options: &str) -> Option<String> {
        None
    }

    pub(crate) async fn use_passkey(_options: &str) -> Option<String> {
        None
    }

    pub(crate) fn send_with(_id: &str, _value: &str) {}

    pub(crate) fn reload() {}

    pub(crate) fn follow(_url: &str, _region: &str) {}

    pub(crate) fn set_value(_id: &str, _text: &str) {}

    pub(crate) fn hide(_id: &str) {}

    pub(crate) fn focus(_id: &str) {}

    pub(crate) fn pasted(_event: &ClipboardEvent) -> Option<String> {
        None
    }

    pub(crate) fn capture(_event: &PointerEvent) {}

    pub(crate) fn rows_above(_id: &str, except: usize, _event: &PointerEvent) -> usize {
        except
    }

    pub(crate) fn go(_path: &str) {}

    pub(crate) fn enter_field(_id: &str) -> bool {
        false
    }

    pub(crate) fn is_typing() -> bool {
        false
    }

    pub(crate) fn has_mouse() -> bool {
        false
    }
}

pub(crate) use real::*;
