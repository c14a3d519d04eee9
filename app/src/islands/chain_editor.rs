//! The addresses of a chain as fields in their order: moved by buttons or by hand, one pasted line each.

use super::chain::{Chain, Row, lines};
use crate::browser;
use crate::icon::{Icon, Mark};
use leptos::ev;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What stands for a number in the texts.
pub(crate) const NUMBER: &str = "{n}";
/// And for how many there are.
pub(crate) const ALL: &str = "{all}";

/// The texts of the editor.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ChainTexts {
    pub(crate) address: String,
    pub(crate) up: String,
    pub(crate) down: String,
    pub(crate) remove: String,
    pub(crate) add: String,
    pub(crate) drag: String,
    pub(crate) moved: String,
    pub(crate) removed: String,
    pub(crate) full: String,
    pub(crate) left_out: String,
}

/// Takes the place of the text area `field`, which stays the one that is sent. Without a script it is not shown.
#[island]
pub(crate) fn ChainEditor(field: String, invalid: bool, most: usize, texts: ChainTexts) -> impl IntoView {
    let is_awake = RwSignal::new(false);
    let editor = Editor {
        chain: RwSignal::new(Chain::default()),
        said: RwSignal::new(String::new()),
        drag: RwSignal::new(None),
        field: StoredValue::new(field),
        texts: StoredValue::new(texts),
        is_invalid: invalid,
    };
    Effect::new(move |_| {
        let field = editor.field.get_value();
        editor.chain.set(Chain::new(&browser::value_of(&field), most));
        browser::hide(&field);
        is_awake.set(true);
    });
    Effect::new(move |_| {
        if is_awake.get() {
            browser::set_value(&editor.field.get_value(), &editor.chain.with(Chain::text));
        }
    });
    move || is_awake.get().then(|| fields(editor))
}

/// A field that is held, and the place where it would be put.
#[derive(Clone, Copy, PartialEq)]
struct Drag {
    key: usize,
    to: usize,
}

#[derive(Clone, Copy)]
struct Editor {
    chain: RwSignal<Chain>,
    said: RwSignal<String>,
    drag: RwSignal<Option<Drag>>,
    field: StoredValue<String>,
    texts: StoredValue<ChainTexts>,
    is_invalid: bool,
}

fn fields(editor: Editor) -> impl IntoView {
    let texts = editor.texts.get_value();
    let add = move |_| match editor.chain.try_update(Chain::add).flatten() {
        Some(key) => editor.focus(key, ""),
        None => editor.say(&editor.texts.with_value(|texts| texts.full.clone())),
    };
    view! {
        <ol class="addresses" id=editor.id("list")>
            <For
                each=move || editor.chain.with(|chain| chain.rows().to_vec())
                key=|row| row.key
                children=move |row| address(editor, row)
            />
        </ol>
        <button type="button" on:click=add><Mark icon=Icon::Plus/>{texts.add}</button>
        <p class="soft" role="status">{move || editor.said.get()}</p>
    }
}

fn address(editor: Editor, Row { key, url }: Row) -> impl IntoView {
    view! {
        <li class=move || editor.mark(key)>
            <span
                class="handle"
                title=editor.texts.with_value(|texts| texts.drag.clone())
                on:pointerdown=move |event| editor.hold(key, &event)
                on:pointermove=move |event| editor.carry(&event)
                on:pointerup=move |_| editor.put()
                on:pointercancel=move |_| editor.drag.set(None)
            >
                <Mark icon=Icon::Grip/>
            </span>
            <input
                id=editor.id(&key.to_string())
                type="text"
                inputmode="url"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                value=url
                aria-label=move || editor.named(key, |texts| &texts.address)
                aria-invalid=editor.is_invalid.then_some("true")
                aria-describedby=editor.id("hint")
                on:input=move |event| editor.chain.update(|chain| chain.set(key, event_target_value(&event)))
                on:paste=move |event| editor.paste(key, &event)
            />
            {buttons(editor, key)}
        </li>
    }
}

/// At either end one of them has nothing to do; it stays, so that it can keep the focus.
fn buttons(editor: Editor, key: usize) -> impl IntoView {
    let place = move || editor.place(key);
    let is_last = move || editor.chain.with(|chain| place() + 1 == chain.rows().len());
    view! {
        <span class="moves">
            <button
                type="button"
                class="quiet"
                id=editor.id(&format!("{key}-up"))
                aria-label=move || editor.named(key, |texts| &texts.up)
                aria-disabled=move || (place() == 0).then_some("true")
                on:click=move |_| editor.shift(key, place().saturating_sub(1), "-up")
            >
                <Mark icon=Icon::Up/>
            </button>
            <button
                type="button"
                class="quiet"
                id=editor.id(&format!("{key}-down"))
                aria-label=move || editor.named(key, |texts| &texts.down)
                aria-disabled=move || is_last().then_some("true")
                on:click=move |_| editor.shift(key, place() + 1, "-down")
            >
                <Mark icon=Icon::Down/>
            </button>
            <button
                type="button"
                class="quiet"
                aria-label=move || editor.named(key, |texts| &texts.remove)
                on:click=move |_| editor.remove(key)
            >
                <Mark icon=Icon::Cross/>
            </button>
        </span>
    }
}

impl Editor {
    fn id(self, part: &str) -> String {
        self.field.with_value(|field| format!("{field}-{part}"))
    }

    /// From 0.
    fn place(self, key: usize) -> usize {
        self.chain.with(|chain| chain.place(key)).unwrap_or_default()
    }

    /// A text with the number of the field in it.
    fn named(self, key: usize, text: fn(&ChainTexts) -> &String) -> String {
        let number = (self.place(key) + 1).to_string();
        self.texts.with_value(|texts| text(texts).replace(NUMBER, &number))
    }

    fn say(self, text: &str) {
        self.said.set(text.to_owned());
    }

    /// The focus goes where the field went. The list is in its new order only with the next picture.
    fn focus(self, key: usize, part: &str) {
        let id = self.id(&format!("{key}{part}"));
        request_animation_frame(move || browser::focus(&id));
    }

    fn shift(self, key: usize, to: usize, part: &str) {
        if self.chain.try_update(|chain| chain.shift(key, to)) != Some(true) {
            return;
        }
        let all = self.chain.with_untracked(|chain| chain.rows().len()).to_string();
        self.say(&self.named(key, |texts| &texts.moved).replace(ALL, &all));
        self.focus(key, part);
    }

    fn remove(self, key: usize) {
        self.say(&self.named(key, |texts| &texts.removed));
        let next = self.chain.try_update(|chain| chain.remove(key)).flatten();
        if let Some(next) = next {
            self.focus(next, "");
        }
    }

    /// One line is the browser's own business.
    fn paste(self, key: usize, event: &ev::ClipboardEvent) {
        let Some(text) = browser::pasted(event).filter(|text| lines(text).nth(1).is_some()) else { return };
        event.prevent_default();
        let Some((last, left_out)) = self.chain.try_update(|chain| chain.paste(key, &text)).flatten() else {
            return;
        };
        if left_out > 0 {
            let text = self.texts.with_value(|texts| texts.left_out.replace(NUMBER, &left_out.to_string()));
            self.say(&text);
        }
        self.focus(last, "");
    }

    fn hold(self, key: usize, event: &ev::PointerEvent) {
        event.prevent_default();
        browser::capture(event);
        let to = self.chain.with_untracked(|chain| chain.place(key)).unwrap_or_default();
        self.drag.set(Some(Drag { key, to }));
    }

    fn carry(self, event: &ev::PointerEvent) {
        let Some(Drag { key, to }) = self.drag.get_untracked() else { return };
        let here = self.chain.with_untracked(|chain| chain.place(key)).unwrap_or_default();
        let above = browser::rows_above(&self.id("list"), here, event);
        if above != to {
            self.drag.set(Some(Drag { key, to: above }));
        }
    }

    fn put(self) {
        if let Some(Drag { key, to }) = self.drag.try_update(Option::take).flatten() {
            self.shift(key, to, "");
        }
    }

    /// Shows what is held, and between which fields it would be put.
    fn mark(self, key: usize) -> &'static str {
        let Some(drag) = self.drag.get() else { return "" };
        self.chain.with(|chain| {
            let mut others = chain.rows().iter().map(|row| row.key).filter(|other| *other != drag.key);
            if key == drag.key {
                "held"
            } else if others.clone().nth(drag.to) == Some(key) {
                "before"
            } else if others.clone().count() == drag.to && others.next_back() == Some(key) {
                "after"
            } else {
                ""
            }
        })
    }
}
