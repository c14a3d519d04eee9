//! For those who write receivers of webhooks: how to verify, answer and report. The programs are files that tests run.

use super::webhooks::where_from;
use crate::api::reading;
use crate::islands::copy_button::CopyButton;
use crate::parts::meta::PageMeta;
use crate::routes::HELP_WEBHOOKS;
use crate::surroundings::words;
use leptos::prelude::*;

/// Language, file, program.
const PROGRAMS: [(&str, &str, &str); 5] = [
    ("Python", "verify.py", include_str!("../../snippets/verify.py")),
    ("JavaScript", "verify.mjs", include_str!("../../snippets/verify.mjs")),
    ("Go", "verify.go", include_str!("../../snippets/verify.go")),
    ("PHP", "verify.php", include_str!("../../snippets/verify.php")),
    ("Ruby", "verify.rb", include_str!("../../snippets/verify.rb")),
];
const REPORT: &str = include_str!("../../snippets/report.sh");

/// The page.
#[component]
pub(crate) fn HelpWebhooks() -> AnyView {
    let words = &words().help;
    let terms = reading::webhook_terms();
    view! {
        <PageMeta title=words.title description=words.lead path=HELP_WEBHOOKS/>
        <article class="reading">
            <h1>{words.title}</h1>
            <p class="lead">{words.lead}</p>
            {headers()}
            {verify()}
            {answer(&terms)}
            {callback()}
            <section>
                <h2>{words.addresses}</h2>
                {where_from(terms.sources)}
            </section>
        </article>
    }
    .into_any()
}

fn headers() -> AnyView {
    let words = &words().help;
    let terms = [
        ("webhook-id", words.id),
        ("webhook-timestamp", words.timestamp),
        ("webhook-signature", words.signature),
        ("x-hub-signature-256", words.hub_signature),
    ];
    view! {
        <section>
            <h2>{words.headers}</h2>
            <p>{words.headers_text}</p>
            {list(&terms)}
        </section>
    }
    .into_any()
}

/// Words of a protocol and what they mean.
fn list(terms: &[(&'static str, &'static str)]) -> AnyView {
    let rows = terms.iter().map(|(term, text)| {
        view! {
            <dt><code translate="no">{*term}</code></dt>
            <dd>{*text}</dd>
        }
    });
    view! { <dl class="terms">{rows.collect_view()}</dl> }.into_any()
}

fn verify() -> AnyView {
    let words = &words().help;
    let programs = PROGRAMS.iter().map(|(language, file, text)| {
        view! {
            <details>
                <summary translate="no">{*language}</summary>
                {code(file, text)}
            </details>
        }
    });
    view! {
        <section>
            <h2>{words.verify}</h2>
            <p>{words.verify_text}</p>
            {programs.collect_view()}
            <p>{words.libraries}" "<a href="https://www.standardwebhooks.com" translate="no">"standardwebhooks.com"</a></p>
        </section>
    }
    .into_any()
}

/// A file to be copied.
fn code(file: &'static str, text: &'static str) -> AnyView {
    let words = words();
    let label = format!("{}: {file}", words.copy);
    view! {
        <div class="code">
            <CopyButton text=text.to_owned() label done=words.copied.to_owned()/>
            <pre class="raw" translate="no" tabindex="0">{text}</pre>
        </div>
    }
    .into_any()
}

fn answer(terms: &reading::WebhookTerms) -> AnyView {
    let words = &words().help;
    let pauses: Vec<String> = terms.pauses.iter().copied().map(span).collect();
    let retries = match pauses.is_empty() {
        true => words.no_retries.to_owned(),
        false => (words.retries)(&pauses.join(", ")),
    };
    view! {
        <section>
            <h2>{words.answer}</h2>
            <p>{(words.answer_text)(&span(terms.patience))}" "{retries}</p>
            <p>{words.gone}</p>
            <p>{words.once}</p>
        </section>
    }
    .into_any()
}

/// Milliseconds as people say them.
fn span(millis: i64) -> String {
    let words = &words().help;
    match millis / 1000 {
        seconds if seconds == 0 || seconds % 60 != 0 => (words.seconds)(seconds),
        seconds if seconds % 3600 != 0 => (words.minutes)(seconds / 60),
        seconds => (words.hours)(seconds / 3600),
    }
}

fn callback() -> AnyView {
    let words = &words().help;
    let terms = [
        ("state", words.state),
        ("description", words.description),
        ("context", words.context),
        ("target_url", words.target_url),
    ];
    view! {
        <section>
            <h2>{words.callback}</h2>
            <p>{words.callback_text}</p>
            {code("report.sh", REPORT)}
            {list(&terms)}
            <p>{words.callback_answers}</p>
        </section>
    }
    .into_any()
}
