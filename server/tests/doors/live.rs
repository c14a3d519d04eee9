//! An open page hears what happens to a run, for as long as there is something to hear.

use crate::access::{Identified, Place, identified};
use crate::support::TestServer;
use axum::body::Body;
use axum::http::{Request, Response};
use http_body_util::BodyExt;
use model::Visibility;
use server::front::{Front, Meters};
use server::live::Live;
use server::shared::Shared;
use server::start::front;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

struct Scene {
    server: TestServer,
    anna: Identified,
    place: Place,
}

async fn scene() -> Scene {
    let server = TestServer::new().await;
    let people = identified(&server).await;
    let anna = people.into_iter().find(|one| one.person.called == "owner").unwrap();
    let place = Place::new(&server, &anna, Visibility::Private).await;
    Scene { server, anna, place }
}

impl Scene {
    async fn open(&self, front: &Front) -> Response<Body> {
        let Place { name, webhook, run, .. } = &self.place;
        let path = format!("/r/{name}/settings/webhooks/{webhook}/runs/{run}/events");
        let cookie = format!("__Host-session={}", self.anna.session);
        let request = Request::get(path).header("cookie", cookie).header("accept-encoding", "br, gzip");
        front.clone().answer_any(request.body(Body::empty()).unwrap()).await
    }

    /// A stream of a server on which they show so often that they live, and last so long.
    async fn lasting(&self, sign: Duration, longest: Duration) -> Body {
        let live = Live::until(CancellationToken::new()).lasting(sign, longest);
        let shared = Shared { live, ..self.server.shared() };
        self.open(&front(&shared, &Meters::new())).await.into_body()
    }
}

async fn next(body: &mut Body) -> Option<String> {
    let frame = tokio::time::timeout(Duration::from_secs(60), body.frame()).await.unwrap()?;
    Some(String::from_utf8(frame.unwrap().into_data().unwrap().to_vec()).unwrap())
}

#[tokio::test]
async fn every_change_is_told_until_the_run_is_over() {
    let scene = scene().await;
    let (hub, actor, place) = (&scene.server.hub, &scene.anna.actor, &scene.place);
    let response = scene.open(&scene.server.front).await;
    for (name, value) in
        [("content-type", "text/event-stream"), ("cache-control", "no-store"), ("x-accel-buffering", "no")]
    {
        assert_eq!(response.headers()[name], value);
    }
    assert!(!response.headers().contains_key("content-encoding"));
    let mut body = response.into_body();
    assert_eq!(next(&mut body).await.unwrap(), "data: running sending0 waiting0\n\n");
    hub.skip_step(actor, &place.name, &place.webhook, &place.run, 1).await.unwrap();
    assert_eq!(next(&mut body).await.unwrap(), "data: running skipped0 sending0\n\n");
    hub.cancel_run(actor, &place.name, &place.webhook, &place.run).await.unwrap();
    assert_eq!(next(&mut body).await.unwrap(), "data: cancelled skipped0 cancelled0\n\n");
    assert_eq!(next(&mut body).await, None);

    let mut late = scene.open(&scene.server.front).await.into_body();
    assert_eq!(next(&mut late).await.unwrap(), "data: cancelled skipped0 cancelled0\n\n");
    assert_eq!(next(&mut late).await, None);
}

#[tokio::test]
async fn a_run_that_goes_ends_its_streams() {
    let scene = scene().await;
    let mut body = scene.open(&scene.server.front).await.into_body();
    next(&mut body).await.unwrap();
    let place = &scene.place;
    scene.server.hub.delete_webhook(&scene.anna.actor, &place.name, &place.webhook).await.unwrap();
    assert_eq!(next(&mut body).await, None);
}

#[tokio::test]
async fn a_quiet_stream_shows_that_it_lives_and_is_asked_for_again_after_a_while() {
    let scene = scene().await;
    let (soon, late) = (Duration::from_millis(20), Duration::from_secs(3600));
    let mut body = scene.lasting(soon, late).await;
    assert_eq!(next(&mut body).await.unwrap(), "data: running sending0 waiting0\n\n");
    for _ in 0..3 {
        assert_eq!(next(&mut body).await.unwrap(), ":\n\n");
    }
    let mut body = scene.lasting(late, soon).await;
    // It may be over before anything was told.
    while let Some(text) = next(&mut body).await {
        assert_eq!(text, "data: running sending0 waiting0\n\n");
    }
}

#[tokio::test]
async fn a_server_that_stops_ends_its_streams() {
    let scene = scene().await;
    let stop = CancellationToken::new();
    let shared = Shared { live: Live::until(stop.clone()), ..scene.server.shared() };
    let mut body = scene.open(&front(&shared, &Meters::new())).await.into_body();
    next(&mut body).await.unwrap();
    stop.cancel();
    assert_eq!(next(&mut body).await, None);
}

#[tokio::test]
async fn there_is_room_for_a_thousand_streams() {
    let scene = scene().await;
    let mut streams = Vec::new();
    for _ in 0..1000 {
        let response = scene.open(&scene.server.front).await;
        assert_eq!(response.status(), 200);
        streams.push(response);
    }
    let refused = scene.open(&scene.server.front).await;
    assert_eq!(refused.status(), 503);
    assert!(refused.headers().contains_key("retry-after"));
    streams.pop();
    assert_eq!(scene.open(&scene.server.front).await.status(), 200);
}
