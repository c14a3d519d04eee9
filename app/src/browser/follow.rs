//! Keeps a part of the page up with a stream of server-sent events.

use super::region::renew;
use leptos::prelude::{set_interval, window_event_listener_untyped};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::js_sys::Function;
use web_sys::{EventSource, MessageEvent};

/// A browser asks again when a stream breaks off, but not when it was refused.
const AGAIN: Duration = Duration::from_secs(10);

/// What the server tells of the element with the id `region`. That one knows which version it shows (`data-version`), and
/// whether there will be another (`data-last`).
struct Follower {
    url: String,
    region: String,
    stream: RefCell<Option<EventSource>>,
    /// The version that was told and not looked at yet.
    told: RefCell<Option<String>>,
    is_renewing: Cell<bool>,
}

/// Renews the element with the id `region` whenever the stream at `url` tells of another version than it shows.
pub(crate) fn follow(url: &str, region: &str) {
    let follower = Rc::new(Follower {
        url: url.to_owned(),
        region: region.to_owned(),
        stream: RefCell::default(),
        told: RefCell::default(),
        is_renewing: Cell::default(),
    });
    follower.listen();
    let (seen, patient) = (Rc::clone(&follower), follower);
    window_event_listener_untyped("visibilitychange", move |_| seen.listen());
    set_interval(move || patient.listen(), AGAIN);
}

impl Follower {
    /// Listens while the page is looked at and there is something to come: a browser has few connections to one server.
    fn listen(self: &Rc<Self>) {
        let is_wanted = self.shown("data-last").is_none() && is_visible();
        let mut stream = self.stream.borrow_mut();
        let is_open = stream.as_ref().is_some_and(|stream| stream.ready_state() != EventSource::CLOSED);
        if is_wanted && !is_open {
            *stream = self.open();
        } else if !is_wanted && let Some(stream) = stream.take() {
            stream.close();
        }
    }

    fn open(self: &Rc<Self>) -> Option<EventSource> {
        let stream = EventSource::new(&self.url).ok()?;
        let follower = Rc::clone(self);
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            follower.hear(event.data().as_string().unwrap_or_default());
        });
        stream.set_onmessage(Some(heard.into_js_value().unchecked_ref::<Function>()));
        Some(stream)
    }

    /// One look at a time: an older answer must not take the place of a newer one.
    fn hear(self: &Rc<Self>, version: String) {
        self.told.replace(Some(version));
        if self.is_renewing.replace(true) {
            return;
        }
        let follower = Rc::clone(self);
        leptos::task::spawn_local(async move {
            while let Some(version) = follower.told.take() {
                if follower.shown("data-version") != Some(version) {
                    renew(&follower.region).await;
                }
            }
            follower.is_renewing.set(false);
            follower.listen();
        });
    }

    fn shown(&self, attribute: &str) -> Option<String> {
        web_sys::window()?.document()?.get_element_by_id(&self.region)?.get_attribute(attribute)
    }
}

fn is_visible() -> bool {
    web_sys::window().and_then(|window| window.document()).is_some_and(|document| !document.hidden())
}
