//! Pages: a repository's among a thousand, and the bytes of a first visit.

use crate::figures::{Outcome, milliseconds, real};
use crate::load::{self, Until};
use crate::peers::Field;
use crate::table::{Row, Target};
use anyhow::{Result, ensure};
use std::collections::BTreeSet;
use std::time::Duration;
use testing::http::{Connection, Request};

const REPOSITORIES: usize = 1000;
const ROUNDS: usize = 3;
const ROUND: Duration = Duration::from_secs(2);
const PAGE: &str = "/r/anna/app";

pub(crate) fn measure(field: &Field) -> Result<Vec<Row>> {
    add_repositories(field)?;
    visit(field, 16, Duration::from_millis(500))?;
    let alone: Vec<_> = (0..ROUNDS).map(|_| visit(field, 1, ROUND)).collect::<Result<_>>()?;
    let busy: Vec<_> = (0..ROUNDS).map(|_| visit(field, 16, ROUND)).collect::<Result<_>>()?;
    let median = alone.iter().map(|outcome| outcome.median).min().unwrap_or_default();
    let (mut rate, mut busy_median) = (0.0, Duration::MAX);
    for outcome in &busy {
        rate = f64::max(rate, outcome.per_second());
        busy_median = busy_median.min(outcome.median);
    }
    let alone =
        Row::new("repository page, p50 of one visitor", milliseconds(median), "ms", Target::AtMost(2.0));
    let many = Row::new("repository page, 16 at once", rate, "/s", Target::AtLeast(2000.0));
    Ok(vec![alone, many.remark(format!("p50 {:.1} ms", milliseconds(busy_median))), first_visit(field)?])
}

fn add_repositories(field: &Field) -> Result<()> {
    let token = format!("Bearer {}", field.berth.api_token(&field.anna)?);
    let mut connection = Connection::new(&field.berth.address);
    for number in 0..REPOSITORIES {
        let name = if number == 0 { "app".to_owned() } else { format!("app-{number}") };
        let body = serde_json::json!({
            "namespace": "anna", "name": name, "visibility": "public", "description": "One of a thousand",
            "full_description": "# A title\n\nSome *words* about it.\n\n```sh\ndocker pull it\n```\n",
        });
        let body = body.to_string();
        let request = Request::new("POST", "/v2/namespaces/anna/repositories")
            .header("Content-Type", "application/json")
            .header("Authorization", token.clone())
            .body(body.as_bytes());
        connection.send(&request)?.expect_status(201)?;
    }
    let mut registry = testing::Registry::new(&field.berth.address, "anna/app", Some(&field.anna));
    registry.push_image("latest", b"a layer")?;
    Ok(())
}

fn visit(field: &Field, connections: usize, span: Duration) -> Result<Outcome> {
    load::run(connections, Until::Passed(span), || {
        let mut connection = Connection::new(&field.berth.address);
        Ok(move |_| {
            let reply = connection.drain(&Request::get(PAGE).header("Accept", "text/html"))?;
            ensure!(reply.status == 200 && reply.length > 1000, "{} {}", reply.status, reply.length);
            Ok(reply.length)
        })
    })
}

/// The home page and everything its HTML names: styles, script, WebAssembly.
fn first_visit(field: &Field) -> Result<Row> {
    let mut connection = Connection::new(&field.berth.address);
    let html = connection.send(&Request::get("/").header("Accept", "text/html"))?.expect_status(200)?;
    let mut total = fetch(&mut connection, "/")?;
    let mut parts = vec![format!("html {total}")];
    for file in files(&html.text()) {
        let length = fetch(&mut connection, &file)?;
        parts.push(format!("{} {length}", file.rsplit('.').next().unwrap_or_default()));
        total += length;
    }
    let row = Row::new("first visit, all bytes, brotli", real(total) / 1000.0, "KB", Target::AtMost(250.0));
    Ok(row.remark(parts.join(", ")))
}

fn fetch(connection: &mut Connection, path: &str) -> Result<u64> {
    let request = Request::get(path).header("Accept", "text/html, */*").header("Accept-Encoding", "br");
    Ok(connection.drain(&request)?.expect_status(200)?.length)
}

fn files(html: &str) -> BTreeSet<String> {
    let kinds = ["js", "wasm", "css", "woff2", "svg", "png", "ico"];
    let quoted = html.split(['"', '\'']).filter(|part| part.starts_with('/') && !part.contains(['<', ' ']));
    let is_file = |path: &&str| path.rsplit_once('.').is_some_and(|(_, kind)| kinds.contains(&kind));
    quoted.filter(is_file).map(str::to_owned).collect()
}
