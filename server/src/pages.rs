//! Mounts the pages and their server functions, and tells them who looks, in which language and from where.

use crate::guard::{PageNonce, guarded};
use crate::identity::{cookie, session_cookie};
use crate::live;
use crate::shared::Shared;
use crate::sharing;
use crate::site;
use app::api::Caller;
use app::{Assets, Locale, Surroundings, Theme};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderName, Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use futures::FutureExt;
use hub::{Actor, Visit};
use leptos::config::LeptosOptions;
use leptos::nonce::Nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::LeptosRoutes;
use std::sync::Arc;

/// Every page, what it hears while it is open, what is shown of it elsewhere, and every server function, guarded. What is none of them is the page that says so, with 404.
///
/// To be called once, before anything is rendered: routes are found by a render of their own (leptos #4773).
pub fn router(shared: &Shared) -> Router {
    let options = LeptosOptions::builder().output_name("berth").build();
    let routes = leptos_axum::generate_route_list(app::App);
    let told = shared.clone();
    let context = move || provide(&told);
    let missing = leptos_axum::render_app_async_with_context(context.clone(), app::shell);
    let pages = Router::new()
        .leptos_routes_with_context(&options, routes, context, app::shell)
        .fallback(async move |request: Request| {
            let mut response = missing(request).await;
            *response.status_mut() = StatusCode::NOT_FOUND;
            response
        })
        .with_state(options)
        .layer(from_fn_with_state(shared.clone(), count_unread))
        .merge(live::router().with_state(shared.clone()))
        .merge(sharing::router().with_state(shared.clone()));
    guarded(pages, shared.clone())
}

/// How many notices the viewer has not read.
#[derive(Clone, Copy)]
struct Unread(u64);

/// Asks for what the bell of each page shows. A page without it is better than none.
async fn count_unread(State(shared): State<Shared>, mut request: Request, next: Next) -> Response {
    let is_page = matches!(*request.method(), Method::GET | Method::HEAD);
    if let Some(actor) = request.extensions().get::<Actor>().filter(|_| is_page) {
        match shared.hub.unread(actor).await {
            Ok(unread) => drop(request.extensions_mut().insert(Unread(unread))),
            Err(error) => tracing::warn!(%error, "the bell does not know"),
        }
    }
    next.run(request).await
}

/// Called for each page and each server function, before it runs.
fn provide(shared: &Shared) {
    let Some(parts) = use_context::<Parts>() else { return };
    let actor = parts.extensions.get::<Actor>().cloned().unwrap_or_default();
    if let Some(nonce) = parts.extensions.get::<PageNonce>() {
        provide_context(Nonce::from_value(nonce.0.clone()));
    }
    provide_context(surroundings(shared, &parts, &actor));
    provide_context(caller(shared, &parts, actor));
}

fn caller(shared: &Shared, parts: &Parts, actor: Actor) -> Caller {
    let source = shared.identity.source(&parts.headers, &parts.extensions);
    let (identity, is_secure) = (shared.identity.clone(), shared.identity.is_secure());
    let name = session_cookie(is_secure);
    let visit = Visit {
        user_agent: text(parts, USER_AGENT),
        address: source.to_string(),
        language: locale(parts).tag().to_owned(),
    };
    Caller {
        hub: shared.hub.clone(),
        actor,
        sign_in: {
            let (identity, visit) = (identity.clone(), visit.clone());
            Arc::new(move |name, password| {
                let (identity, visit) = (identity.clone(), visit.clone());
                async move { identity.sign_in(&name, &password, &visit, source).await }.boxed()
            })
        },
        ask_for_passkey: {
            let identity = identity.clone();
            Arc::new(move || {
                let identity = identity.clone();
                async move { identity.ask_for_passkey(source).await }.boxed()
            })
        },
        prove: Arc::new(move |name, password| {
            let identity = identity.clone();
            async move { identity.by_password(&name, &password, source).await }.boxed()
        }),
        visit,
        cookie: name,
        session: cookie(&parts.headers, name).map(ToOwned::to_owned),
        is_secure,
    }
}

fn surroundings(shared: &Shared, parts: &Parts, actor: &Actor) -> Surroundings {
    Surroundings {
        locale: locale(parts),
        theme: cookie(&parts.headers, "berth_theme").and_then(Theme::from_word).unwrap_or_default(),
        viewer: actor.viewer(),
        unread: parts.extensions.get::<Unread>().map(|unread| unread.0).unwrap_or_default(),
        now: shared.clock.now(),
        url: shared.hub.settings().url.clone(),
        assets: site::assets().map(|assets| Assets {
            js: assets.js.clone(),
            wasm: assets.wasm.clone(),
            css: assets.css.clone(),
        }),
    }
}

fn locale(parts: &Parts) -> Locale {
    cookie(&parts.headers, "berth_lang")
        .and_then(Locale::from_tag)
        .unwrap_or_else(|| Locale::from_accept_language(&text(parts, ACCEPT_LANGUAGE)))
}

fn text(parts: &Parts, name: HeaderName) -> String {
    parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}
