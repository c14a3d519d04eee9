//! The HTML document around the pages, as the server sends it.

use crate::routes::App;
use crate::surroundings::{Assets, surroundings};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

/// The document. Its `data-` attributes are what the browser reads the surroundings back from.
#[must_use]
pub fn shell() -> impl IntoView {
    let visit = surroundings();
    let viewer = visit.viewer.as_ref();
    view! {
        <!DOCTYPE html>
        <html
            lang=visit.locale.tag()
            data-theme=visit.theme.as_str()
            data-viewer=viewer.map(|viewer| viewer.username.to_string())
            data-admin=viewer.is_some_and(|viewer| viewer.is_admin).then_some("true")
            data-now=visit.now.0.to_string()
            data-url=visit.url.clone()
        >
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                {visit.assets.clone().map(files)}
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// The files of the site. The script is the only one without a file: it starts the others, by the request's nonce.
fn files(assets: Assets) -> impl IntoView {
    let start = format!(
        "import('{}').then(m => m.default({{module_or_path: '{}'}}).then(() => m.hydrate()));",
        assets.js, assets.wasm
    );
    view! {
        <link rel="stylesheet" href=assets.css/>
        <link rel="modulepreload" href=assets.js nonce=use_nonce()/>
        <link rel="preload" href=assets.wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
        <script type="module" nonce=use_nonce() inner_html=start></script>
    }
}
