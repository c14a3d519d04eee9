//! What clients leave hanging is cut; what is under way at the end is finished.

use axum::body::Body;
use http_body_util::BodyExt;
use hyper::{Request, Response};
use server::accept::{Answer, PacedBody, Rules, serve};
use server::config::{Cli, Command};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

/// Answers with the length of the body, or 400 when it breaks off; `/slow` after a while.
#[derive(Clone)]
struct Lengths;

impl Answer for Lengths {
    async fn answer(self, request: Request<PacedBody>) -> Response<Body> {
        if request.uri().path() == "/slow" {
            tokio::time::sleep(Duration::from_millis(400)).await;
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

fn rules() -> Rules {
    use clap::Parser;
    let flags = "berth serve --header-timeout 200ms --idle-timeout 400ms --body-timeout 200ms --drain 2s";
    match Cli::parse_from(flags.split(' ')).command {
        Command::Serve(config) => Rules::new(&config.limits, &config.spans),
        _ => unreachable!(),
    }
}

async fn start() -> (SocketAddr, CancellationToken, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    let task = tokio::spawn(serve(listener, Lengths, rules(), stop.clone()));
    (address, stop, task)
}

async fn until_closed(stream: &mut TcpStream) -> (String, Duration) {
    let begun = Instant::now();
    let mut text = Vec::new();
    let _ = stream.read_to_end(&mut text).await;
    (String::from_utf8(text).unwrap(), begun.elapsed())
}

#[tokio::test]
async fn slow_headers_and_silence_are_cut() {
    let (address, _stop, _task) = start().await;
    let mut silent = TcpStream::connect(address).await.unwrap();
    let mut slow = TcpStream::connect(address).await.unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\nhost:").await.unwrap();
    for stream in [&mut silent, &mut slow] {
        let (_, took) = until_closed(stream).await;
        assert!(took < Duration::from_secs(2), "{took:?}");
    }
}

#[tokio::test]
async fn a_connection_may_rest_between_requests_but_not_for_ever() {
    let (address, _stop, _task) = start().await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    for _ in 0..2 {
        stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        let mut answer = [0; 1024];
        let length = stream.read(&mut answer).await.unwrap();
        assert!(answer[..length].starts_with(b"HTTP/1.1 200"));
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    let (rest, took) = until_closed(&mut stream).await;
    assert!(rest.is_empty() && took < Duration::from_secs(2), "{rest} {took:?}");
}

#[tokio::test]
async fn a_dribbling_body_is_cut_and_a_slow_answer_is_not() {
    let (address, _stop, _task) = start().await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"PUT / HTTP/1.1\r\nhost: a\r\ncontent-length: 1000000\r\n\r\n").await.unwrap();
    let dribble = async {
        while stream.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(50)).await;
            let mut answer = [0; 12];
            if let Ok(read) = tokio::time::timeout(Duration::from_millis(1), stream.read(&mut answer)).await {
                return read.map(|length| String::from_utf8_lossy(&answer[..length]).into_owned());
            }
        }
        Ok(String::new())
    };
    let answer = tokio::time::timeout(Duration::from_secs(3), dribble).await.unwrap();
    assert!(answer.is_err() || answer.unwrap().starts_with("HTTP/1.1 400"));

    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /slow HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await.unwrap();
    assert!(until_closed(&mut stream).await.0.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_request_under_way_is_finished_at_the_end() {
    let (address, stop, task) = start().await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.cancel();
    assert!(until_closed(&mut stream).await.0.starts_with("HTTP/1.1 200"));
    task.await.unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}
