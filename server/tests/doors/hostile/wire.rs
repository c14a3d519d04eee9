//! What is no HTTP at all, sent to a socket.

use super::Target;
use clap::Parser;
use server::accept::{Rules, serve};
use server::config::{Cli, Command};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

/// Sends `bytes`, says no more, and reads what comes back.
async fn answer(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut text = Vec::new();
    // The server may hang up before it has read everything.
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    let _ = tokio::time::timeout(Duration::from_secs(60), stream.read_to_end(&mut text)).await;
    String::from_utf8_lossy(&text).into_owned()
}

fn requests() -> Vec<Vec<u8>> {
    let end = "\r\nhost: a\r\nconnection: close\r\n\r\n";
    let lines = [
        "GET /\u{0} HTTP/1.1",
        "GET /é HTTP/1.1",
        "GET / HTTP/9.9",
        "GET /",
        "",
        " ",
        "GET  / HTTP/1.1",
        "G\u{1}T / HTTP/1.1",
        "GET * HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "CONNECT a:1 HTTP/1.1",
        "GET http://evil.example/v2/ HTTP/1.1",
        "GET //evil.example/ HTTP/1.1",
        "GET /../../etc/passwd HTTP/1.1",
        "GET /v2/../token HTTP/1.1",
        "TRACE / HTTP/1.1",
        "GET /%zz%00%ff HTTP/1.1",
        "PROPFIND /v2/anna/app/manifests/v1 HTTP/1.1",
        "GET ?a HTTP/1.1",
        "GET # HTTP/1.1",
        "GET /livez HTTP/1.0",
    ];
    let mut requests: Vec<Vec<u8>> = lines.iter().map(|line| format!("{line}{end}").into_bytes()).collect();
    let head = "POST /v2/anna/app/blobs/uploads/ HTTP/1.1\r\nhost: a\r\n";
    for rest in [
        "content-length: -1\r\n\r\n",
        "content-length: x\r\n\r\n",
        "content-length: 5\r\ncontent-length: 6\r\n\r\nhello",
        "content-length: 100\r\n\r\nshort",
        "transfer-encoding: chunked\r\n\r\nzz\r\n",
        "transfer-encoding: chunked\r\n\r\n5\r\nhel",
        "transfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
        "transfer-encoding: gzip\r\n\r\n",
        "transfer-encoding: chunked\r\ncontent-length: 3\r\n\r\n0\r\n\r\n",
        "expect: 100-continue\r\ncontent-length: 5\r\n\r\n",
        "a\u{0}b: c\r\n\r\n",
        "no colon here\r\n\r\n",
        " folded\r\n\r\n",
    ] {
        requests.push(format!("{head}{rest}").into_bytes());
    }
    requests.push(format!("GET /{} HTTP/1.1{end}", "a".repeat(200_000)).into_bytes());
    requests.push(format!("GET / HTTP/1.1\r\nx: {}{end}", "a".repeat(2_000_000)).into_bytes());
    requests.push(format!("GET / HTTP/1.1\r\n{}{end}", "x: y\r\n".repeat(10_000)).into_bytes());
    requests.push(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\xff\xff\xff\xff\xff\xff\xff\xff\xff".to_vec());
    requests.push(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec());
    requests.push((0..=255).cycle().take(10_000).collect());
    requests
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_request_is_refused_or_cut() {
    let target = Target::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    let Command::Serve(config) = Cli::parse_from(["berth", "serve"]).command else { panic!("serve") };
    let rules = Rules::new(&config.limits, &config.spans);
    let task = tokio::spawn(serve(listener, target.server.front.clone(), rules, stop.clone()));
    for bytes in requests() {
        let text = answer(address, &bytes).await;
        let shown: String = String::from_utf8_lossy(&bytes).chars().take(80).collect();
        assert!(!text.starts_with("HTTP/1.1 5"), "{shown}: {text}");
        let alive = answer(address, b"GET /livez HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
        assert!(alive.starts_with("HTTP/1.1 200"), "after {shown}: {alive}");
    }
    stop.cancel();
    task.await.unwrap();
    target.assert_sound().await;
}
