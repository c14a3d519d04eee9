//! One's own two-factor sign-in: set up, turned off, recovery codes.

use super::loaded::loaded;
use crate::api::security::{BeginTwoFactor, ConfirmTwoFactor, RenewRecoveryCodes, StopTwoFactor};
use crate::api::{reading, shown_once};
use crate::parts::field::Field;
use crate::parts::meta::PageMeta;
use crate::parts::notice::{Refusal, RefusalNotice, SavedNotice, kept, refusal};
use crate::parts::qr_code::QrCode;
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::view::{Authenticator, TwoFactorPage};

/// The page.
#[component]
pub(crate) fn TwoFactor() -> AnyView {
    loaded(reading::two_factor(), show)
}

fn show(page: TwoFactorPage) -> AnyView {
    let (all, words, refusal) = (words(), &words().security, refusal());
    let state = if page.is_on { words.two_factor_is_on } else { words.two_factor_is_off };
    let forms = match (page.is_on, page.authenticator) {
        (true, _) => on(page.recovery_codes, &refusal),
        (false, Some(authenticator)) => set_up(authenticator, refusal.clone()),
        (false, None) => begin(refusal.clone()),
    };
    view! {
        <PageMeta title=words.two_factor description=words.two_factor_text hidden=true/>
        <div class="reading">
            <p><a href="/settings">{all.account}</a></p>
            <h1>{words.two_factor}</h1>
            <p class="lead">{words.two_factor_text}</p>
            <SavedNotice/>
            <RefusalNotice refusal/>
            <p><strong>{state}</strong></p>
            {new_codes()}
            {forms}
        </div>
    }
    .into_any()
}

/// The recovery codes that were just made.
fn new_codes() -> AnyView {
    let words = &words().security;
    shown_once()
        .map(|codes| {
            let codes = codes.split('_').map(|code| view! { <li><code>{code.to_owned()}</code></li> });
            view! {
                <section class="notice good" role="status">
                    <h2>{words.recovery_codes}</h2>
                    <p>{words.recovery_codes_text}</p>
                    <ul class="codes" translate="no">{codes.collect_view()}</ul>
                </section>
            }
        })
        .into_any()
}

fn begin(refusal: Refusal) -> AnyView {
    let words = &words().security;
    view! {
        <form method="post" action=BeginTwoFactor::url()>
            <Password refusal/>
            <button class="primary" type="submit">{words.begin}</button>
        </form>
    }
    .into_any()
}

fn set_up(authenticator: Authenticator, refusal: Refusal) -> AnyView {
    let words = &words().security;
    view! {
        <section>
            <p>{words.scan}</p>
            <QrCode text=authenticator.url label=words.qr_code/>
            <p>{words.secret}": "<code translate="no">{authenticator.secret}</code></p>
            <form method="post" action=ConfirmTwoFactor::url()>
                <Code hint=words.first_code_hint refusal/>
                <button class="primary" type="submit">{words.confirm}</button>
            </form>
        </section>
    }
    .into_any()
}

fn on(codes: u64, refusal: &Refusal) -> AnyView {
    let words = &words().security;
    // Both forms have a code; a problem with it belongs to the one that was sent.
    let stops = kept("form") == "stop";
    let [renewal, stop] =
        [!stops, stops].map(|is_its| if is_its { refusal.clone() } else { Refusal::default() });
    view! {
        <section>
            <h2>{words.recovery_codes}</h2>
            <p>{(words.codes_left)(codes)}</p>
            <form method="post" action=RenewRecoveryCodes::url()>
                <Code refusal=renewal/>
                <button type="submit">{words.new_codes}</button>
            </form>
        </section>
        <section>
            <h2>{words.turn_off}</h2>
            <form method="post" action=StopTwoFactor::url()>
                <Password refusal=stop.clone()/>
                <Code id="stop-code" refusal=stop/>
                <button class="bad" type="submit">{words.turn_off}</button>
            </form>
        </section>
    }
    .into_any()
}

#[component]
fn Password(refusal: Refusal) -> AnyView {
    view! {
        <Field
            name="password"
            label=words().current_password
            kind="password"
            autocomplete="current-password"
            refusal
        />
    }
    .into_any()
}

#[component]
fn Code(
    #[prop(optional, default = "code")] id: &'static str,
    #[prop(optional)] hint: Option<&'static str>,
    refusal: Refusal,
) -> AnyView {
    let words = &words().security;
    view! {
        <Field
            name="code"
            id=id
            label=words.code
            hint=hint.unwrap_or(words.code_hint)
            autocomplete="one-time-code"
            max=32
            refusal
        />
    }
    .into_any()
}
