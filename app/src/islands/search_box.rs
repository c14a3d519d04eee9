//! The field of a search, with names that it may become while one types (WAI-ARIA: combobox with a list).

use crate::api::live;
use crate::browser;
use leptos::ev;
use leptos::prelude::*;
use model::RepositoryName;
use std::time::Duration;

/// A pause this long in typing asks for suggestions.
const PAUSE: Duration = Duration::from_millis(150);
/// The code of keys that go to an input method. Safari ends the composition before it tells of the key that ended it.
const OF_INPUT_METHOD: u32 = 229;
/// What stands for the number in the text that says how many there are.
const COUNT: &str = "{count}";

/// A field `q` of a plain form; without a script it is just that. `/` brings the cursor here from anywhere on the page.
#[island]
pub(crate) fn SearchBox(id: String, label: String, value: String, suggestions: String) -> impl IntoView {
    let state = State {
        names: RwSignal::new(Vec::new()),
        at: RwSignal::new(None),
        typed: RwSignal::new(0),
        is_composing: RwSignal::new(false),
    };
    let (list, field) = (format!("{id}-list"), id.clone());
    Effect::new(move |_| come_on_slash(&field));
    let (option, options) = (list.clone(), list.clone());
    let active = move || state.at.get().map(|at| format!("{option}-{at}"));
    let status = move || match state.names.with(Vec::len) {
        0 => String::new(),
        count => suggestions.replace(COUNT, &count.to_string()),
    };
    let rows = move || {
        let names = state.names.get().into_iter().enumerate();
        names.map(|(at, name)| suggestion(state, format!("{options}-{at}"), at, name)).collect_view()
    };
    view! {
        <span class="search-box">
            <input
                id=id
                name="q"
                type="search"
                value=value
                maxlength="400"
                placeholder=label.clone()
                aria-label=label
                role="combobox"
                aria-autocomplete="list"
                aria-expanded=move || if state.is_open() { "true" } else { "false" }
                aria-controls=list.clone()
                aria-activedescendant=active
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                on:input=move |event| state.ask(event_target_value(&event))
                on:compositionstart=move |_| state.compose()
                on:compositionend=move |event| state.composed(event_target_value(&event))
                on:keydown=move |event| state.key(&event)
                on:blur=move |_| state.close()
            />
            <ul id=list role="listbox" hidden=move || !state.is_open()>{rows}</ul>
            <span class="hidden" role="status">{status}</span>
        </span>
    }
}

fn suggestion(state: State, id: String, at: usize, name: RepositoryName) -> impl IntoView {
    let path = path(&name);
    let selected = move || if state.at.get() == Some(at) { "true" } else { "false" };
    // The field must not lose the cursor before the click has done its work.
    let choose = move |event: ev::PointerEvent| {
        event.prevent_default();
        browser::go(&path);
    };
    view! {
        <li id=id role="option" translate="no" aria-selected=selected on:pointerdown=choose>
            {name.to_string()}
        </li>
    }
}

fn path(name: &RepositoryName) -> String {
    format!("/r/{name}")
}

/// What is suggested, and which of it the arrow keys are at.
#[derive(Clone, Copy)]
struct State {
    names: RwSignal<Vec<RepositoryName>>,
    at: RwSignal<Option<usize>>,
    /// How often something was typed: an answer to what was typed before is dropped.
    typed: RwSignal<u32>,
    /// An input method is putting together what will be typed.
    is_composing: RwSignal<bool>,
}

impl State {
    fn is_open(self) -> bool {
        self.names.with(|names| !names.is_empty())
    }

    fn close(self) {
        self.typed.update(|typed| *typed = typed.wrapping_add(1));
        self.at.set(None);
        self.names.set(Vec::new());
    }

    /// What is half put together is no word yet, and beside a mouse the input method has a list of its own there. On
    /// phones it is part of the keyboard, and many keyboards put together whatever is typed.
    fn compose(self) {
        if browser::has_mouse() {
            self.is_composing.set(true);
            self.close();
        }
    }

    /// Some browsers tell of the last input before this, some after it: then the second question takes the place of the
    /// first.
    fn composed(self, text: String) {
        self.is_composing.set(false);
        self.ask(text);
    }

    fn ask(self, text: String) {
        if self.is_composing.get_untracked() {
            return;
        }
        self.typed.update(|typed| *typed = typed.wrapping_add(1));
        let typed = self.typed.get_untracked();
        if text.trim().is_empty() {
            return self.close();
        }
        let is_latest = move || self.typed.try_get_untracked() == Some(typed);
        let ask = move || {
            if !is_latest() {
                return;
            }
            leptos::task::spawn_local(async move {
                // Whoever gets no suggestions can still search.
                let names = live::suggest(text).await.unwrap_or_default();
                if is_latest() {
                    self.at.set(None);
                    self.names.set(names);
                }
            });
        };
        set_timeout(ask, PAUSE);
    }

    fn key(self, event: &ev::KeyboardEvent) {
        if event.is_composing() || event.key_code() == OF_INPUT_METHOD {
            return;
        }
        let count = self.names.with_untracked(Vec::len);
        let at = self.at.get_untracked();
        let next = match (event.key().as_str(), at) {
            ("ArrowDown", _) if count > 0 => Some(at.map_or(0, |at| (at + 1) % count)),
            ("ArrowUp", _) if count > 0 => Some(at.map_or(count, |at| if at == 0 { count } else { at }) - 1),
            ("Enter", Some(at)) => {
                event.prevent_default();
                if let Some(name) = self.names.with_untracked(|names| names.get(at).cloned()) {
                    browser::go(&path(&name));
                }
                return;
            }
            ("Escape", _) if count > 0 => {
                event.prevent_default();
                return self.close();
            }
            _ => return,
        };
        event.prevent_default();
        self.at.set(next);
    }
}

fn come_on_slash(id: &str) {
    let id = id.to_owned();
    let handle = window_event_listener(ev::keydown, move |event| {
        let is_plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if event.key() == "/" && is_plain && !browser::is_typing() && browser::enter_field(&id) {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}
