//! Asks the device for a passkey, and sends its answer with the form around the button.

use crate::api::live;
use crate::browser;
use leptos::prelude::*;

/// The hidden field for the device's answer.
const ANSWER: &str = "passkey-answer";

/// `making`: the question for a new passkey; without it the hub is asked for one to sign in with. Says `failed` where
/// the person or the device declined. Without a script it is not shown.
#[island]
pub(crate) fn PasskeyButton(making: Option<String>, label: String, failed: String) -> impl IntoView {
    let said = RwSignal::new(String::new());
    let ask = move |_| {
        let (making, failed) = (making.clone(), failed.clone());
        said.set(String::new());
        leptos::task::spawn_local(async move {
            match answer(making).await {
                Some(answer) => browser::send_with(ANSWER, &answer),
                None => said.set(failed),
            }
        });
    };
    view! {
        <input type="hidden" name="answer" id=ANSWER/>
        <button type="button" class="script-only" on:click=ask>{label}</button>
        <p class="soft" role="status">{move || said.get()}</p>
    }
}

async fn answer(making: Option<String>) -> Option<String> {
    match making {
        Some(options) => browser::make_passkey(&options).await,
        None => browser::use_passkey(&live::ask_for_passkey().await.ok()?).await,
    }
}
