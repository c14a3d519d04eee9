//! One's own passkeys: the list, and a new one in two steps (the password, then the device).

use super::loaded::loaded;
use crate::api::reading;
use crate::api::security::{AddPasskey, BeginPasskey, RemovePasskey};
use crate::islands::passkey_button::PasskeyButton;
use crate::parts::field::{Field, Hidden};
use crate::parts::meta::PageMeta;
use crate::parts::notice::{RefusalNotice, SavedNotice, kept, refusal};
use crate::parts::time::ago;
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::view::{Passkey, PasskeysPage};

/// The page.
#[component]
pub(crate) fn Passkeys() -> AnyView {
    loaded(reading::passkeys(), show)
}

fn show(page: PasskeysPage) -> AnyView {
    let (all, words) = (words(), &words().security);
    let is_empty = page.passkeys.is_empty();
    let rows = page.passkeys.into_iter().map(row).collect_view();
    let form = match (page.can_add, page.options) {
        (false, _) => view! { <p class="notice">{words.no_passkeys_here}</p> }.into_any(),
        (true, Some(options)) => create(options),
        (true, None) => begin(),
    };
    view! {
        <PageMeta title=words.passkeys description=words.passkeys_text hidden=true/>
        <div class="reading">
            <p><a href="/settings">{all.account}</a></p>
            <h1>{words.passkeys}</h1>
            <p class="lead">{words.passkeys_text}</p>
            <SavedNotice/>
            <RefusalNotice refusal=refusal()/>
            {if is_empty {
                view! { <p class="soft">{words.no_passkeys}</p> }.into_any()
            } else {
                view! { <ul class="entries">{rows}</ul> }.into_any()
            }}
            <section>
                <h2>{words.new_passkey}</h2>
                {form}
            </section>
        </div>
    }
    .into_any()
}

fn row(passkey: Passkey) -> AnyView {
    let (words, tokens) = (&words().security, &words().tokens);
    let used = passkey.used_at.map_or_else(|| tokens.never_used.to_owned(), |at| (tokens.used)(&ago(at)));
    view! {
        <li>
            <div>
                <strong translate="no">{passkey.label.clone()}</strong>
                <p class="soft">{used}</p>
            </div>
            <form method="post" action=RemovePasskey::url()>
                <Hidden name="id" value=passkey.id/>
                <button class="quiet" type="submit" aria-label=format!("{} {}", words.remove_passkey, passkey.label)>
                    {words.remove_passkey}
                </button>
            </form>
        </li>
    }
    .into_any()
}

/// The first step: a stolen session makes no passkey.
fn begin() -> AnyView {
    let (all, words, refusal) = (words(), &words().security, refusal());
    view! {
        <form method="post" action=BeginPasskey::url()>
            <Field
                name="label"
                label=words.passkey_label
                hint=words.passkey_label_hint
                value=kept("label")
                max=100
                autocomplete="off"
                refusal=refusal.clone()
            />
            <Field
                name="password"
                label=all.current_password
                kind="password"
                autocomplete="current-password"
                refusal
            />
            <button class="primary" type="submit">{words.go_on}</button>
        </form>
        <noscript><p class="soft">{words.passkeys_need_script}</p></noscript>
    }
    .into_any()
}

/// The second step: the device's answer goes into the form, which is then sent.
fn create(options: String) -> AnyView {
    let words = &words().security;
    view! {
        <p>{words.create_passkey_text}</p>
        <form method="post" action=AddPasskey::url()>
            <PasskeyButton
                making=Some(options)
                label=words.create_passkey.to_owned()
                failed=words.passkey_failed.to_owned()
            />
        </form>
        <noscript><p class="notice">{words.passkeys_need_script}</p></noscript>
    }
    .into_any()
}
