//! What clients leave hanging is cut; what is under way at the end is finished.

use axum::body::Body;
use http_body_util::BodyExt;
use hyper::{Request, Response};
use server::accept::{Answer, PacedBody, Rules, serve};
use server::config::{Cli, Command};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

/// What is to happen has happened by then: later than the limits of these servers, before those that are the default.
const SOON: Duration = Duration::from_secs(14);
/// Longer than the patience of five seconds that some servers here have.
const BEYOND: Duration = Duration::from_secs(6);

/// Answers with the length of the body, or 400 when it breaks off; `/slow` when the test says so.
#[derive(Clone, Default)]
struct Lengths {
    begun: Arc<Notify>,
    go_on: Arc<Notify>,
}

impl Answer for Lengths {
    async fn answer(self, request: Request<PacedBody>) -> Response<Body> {
        if request.uri().path() == "/slow" {
            self.begun.notify_one();
            self.go_on.notified().await;
        }
        match request.into_body().collect().await {
            Ok(body) => Response::new(Body::from(body.to_bytes().len().to_string())),
            Err(_) => {
                let mut response = Response::new(Body::from("cut"));
                *response.status_mut() = axum::http::StatusCode::BAD_REQUEST;
                response
            }
        }
    }
}

fn rules(flags: &str) -> Rules {
    use clap::Parser;
    match Cli::parse_from(format!("berth serve {flags}").split(' ')).command {
        Command::Serve(config) => Rules::new(&config.limits, &config.spans),
        _ => unreachable!(),
    }
}

struct Server {
    address: SocketAddr,
    answers: Lengths,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Server {
    async fn start(flags: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, answers) = (listener.local_addr().unwrap(), Lengths::default());
        let stop = CancellationToken::new();
        let task = tokio::spawn(serve(listener, answers.clone(), rules(flags), stop.clone()));
        Self { address, answers, stop, task }
    }

    /// A connection that has sent this.
    async fn told(&self, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }
}

/// What comes until the server closes the connection.
async fn until_closed(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    let _ = timeout(SOON, stream.read_to_end(&mut text)).await.unwrap();
    String::from_utf8(text).unwrap()
}

async fn assert_served(stream: &mut TcpStream) {
    stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    let mut answer = [0; 1024];
    let length = stream.read(&mut answer).await.unwrap();
    assert!(answer[..length].starts_with(b"HTTP/1.1 200"));
}

#[tokio::test]
async fn slow_headers_and_silence_are_cut() {
    let server = Server::start("--header-timeout 500ms --idle-timeout 1h").await;
    let mut silent = server.told("").await;
    let mut slow = server.told("GET / HTTP/1.1\r\nhost:").await;
    for stream in [&mut silent, &mut slow] {
        until_closed(stream).await;
    }
}

#[tokio::test]
async fn a_connection_may_rest_between_requests() {
    let server = Server::start("--header-timeout 5s --idle-timeout 1h").await;
    let mut stream = server.told("").await;
    assert_served(&mut stream).await;
    sleep(BEYOND).await;
    assert_served(&mut stream).await;
}

#[tokio::test]
async fn a_connection_may_not_rest_for_ever() {
    let server = Server::start("--header-timeout 1h --idle-timeout 5s").await;
    let mut stream = server.told("").await;
    assert_served(&mut stream).await;
    assert_eq!(until_closed(&mut stream).await, "");
}

#[tokio::test]
async fn a_dribbling_body_is_cut() {
    let server = Server::start("--body-timeout 200ms").await;
    let mut stream = server.told("PUT / HTTP/1.1\r\nhost: a\r\ncontent-length: 1000000\r\n\r\n").await;
    let (mut coming, mut going) = stream.split();
    let dribble = async {
        while going.write_all(b"x").await.is_ok() {
            sleep(Duration::from_millis(50)).await;
        }
        // There may be an answer to be read.
        std::future::pending().await
    };
    let mut answer = [0; 12];
    let cut = async {
        tokio::select! {
            read = coming.read(&mut answer) => read,
            never = dribble => never,
        }
    };
    let read = timeout(SOON, cut).await.unwrap();
    assert!(read.is_err() || answer == *b"HTTP/1.1 400");
}

#[tokio::test]
async fn a_slow_answer_is_not_cut() {
    let server = Server::start("--header-timeout 5s --idle-timeout 5s --body-timeout 5s").await;
    let mut stream = server.told("GET /slow HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    server.answers.begun.notified().await;
    sleep(BEYOND).await;
    server.answers.go_on.notify_one();
    assert!(until_closed(&mut stream).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_request_under_way_is_finished_at_the_end() {
    let server = Server::start("--drain 60s").await;
    let mut stream = server.told("GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
    server.answers.begun.notified().await;
    server.stop.cancel();
    // It has begun to end when nobody is let in any more.
    while TcpStream::connect(server.address).await.is_ok() {
        sleep(Duration::from_millis(10)).await;
    }
    server.answers.go_on.notify_one();
    assert!(until_closed(&mut stream).await.starts_with("HTTP/1.1 200"));
    server.task.await.unwrap();
}
