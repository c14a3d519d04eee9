//! Search over a million repositories, and the front page above them, on SQLite and, where there is one, PostgreSQL
//! (`BERTH_TEST_POSTGRES`, as `cargo xtask with-postgres` sets it).
//!
//! The rows are written by SQL past the hub; Berth itself indexes them when it starts, as it would after an update.

use crate::figures::{milliseconds, percentile, real};
use crate::peers::Field;
use crate::table::{Row, Target, progress};
use anyhow::{Result, ensure};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};
use testing::http::{Connection, Request};
use testing::{Berth, Login, TestDatabase};

const REPOSITORIES: u64 = 1_000_000;
/// Repositories that are not public, all of one person.
const UNLISTED: u64 = 100_000;
const OWNER: &str = "owner";
const ROUND: Duration = Duration::from_secs(20);
/// How long Berth may take to index them.
const INDEXING: Duration = Duration::from_secs(3600);
/// Looking costs the database something too.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// What people type: rare and common words, several of them, beginnings, Chinese, exact names, nothing that is there.
const QUERIES: [&str; 24] = [
    "redis",
    "service",
    "tool",
    "service+for+redis",
    "tool+cache",
    "gateway+metrics",
    "service+tool",
    "kafka+exporter+team",
    "r",
    "re",
    "ngi",
    "postg",
    "redis-pr",
    "%E6%95%B0%E6%8D%AE%E5%BA%93",
    "%E9%AB%98%E6%80%A7%E8%83%BD",
    "%E7%9B%91%E6%8E%A7+service",
    "%E7%BC%93%E5%AD%98",
    "user77/redis-proxy-3",
    "user4711",
    "nginx-exporter-12",
    "quixotic",
    "zebra+redis",
    "nothing+has+this",
    "README+license",
];
/// Lists that nobody asked words for, and orders of what words find.
const LISTS: [&str; 8] = [
    "",
    "order=stars",
    "order=pulls&page=40",
    "order=recent",
    "days=7&order=recent",
    "days=365&order=stars",
    "q=service&order=pulls",
    "platform=linux/amd64",
];
const SUGGESTIONS: [&str; 6] = ["r", "re", "redis", "user77/re", "nginx-exp", "%E6%95%B0%E6%8D%AE"];

pub(crate) fn measure_sqlite(field: &Field) -> Result<Vec<Row>> {
    measure_on(&field.binary, &TestDatabase::sqlite(), "SQLite")
}

pub(crate) fn measure_postgres(field: &Field) -> Result<Vec<Row>> {
    TestDatabase::postgres()
        .map_or_else(|| Ok(Vec::new()), |database| measure_on(&field.binary, &database, "PostgreSQL"))
}

fn measure_on(binary: &Path, database: &TestDatabase, product: &str) -> Result<Vec<Row>> {
    let data = database.folder.path().join("data");
    let start = || Berth::start_with(&[("BERTH_DATABASE_URL", database.url.as_str())], binary, &data);
    let mut berth = start()?;
    let owner = berth.add_user(OWNER)?;
    berth.stop()?;
    progress(&format!("search: writing a million repositories ({product})"));
    for statement in statements() {
        database.execute(&statement)?;
    }
    let since = Instant::now();
    let mut berth = start()?;
    wait_until_indexed(database, since)?;
    let indexed = since.elapsed();
    let asked = ask(&berth, &pages(&QUERIES.map(|query| format!("/v1/search?q={query}"))))?;
    let home = ask(&berth, &pages(&["/".to_owned()]))?;
    let mut rows = measure_lists(&berth, &owner, product)?;
    berth.stop()?;
    let at = |times: &[Duration], hundredth| milliseconds(percentile(times, hundredth));
    let rate = real(REPOSITORIES + UNLISTED) / indexed.as_secs_f64();
    let what = format!("search over 1,000,000 on {product}, p99");
    let search = Row::new(&what, at(&asked, 99), "ms", Target::AtMost(25.0));
    let what = format!("front page over 1,000,000 on {product}, p50");
    let front = Row::new(&what, at(&home, 50), "ms", Target::AtMost(5.0));
    rows.insert(0, front.remark(format!("p99 {:.1} ms", at(&home, 99))));
    rows.insert(0, search.remark(format!("p50 {:.1} ms; {rate:.0} indexed a second", at(&asked, 50))));
    Ok(rows)
}

/// What is there to discover, lists in each order, suggestions, and a search of somebody who owns a lot that is not
/// public.
fn measure_lists(berth: &Berth, owner: &Login, product: &str) -> Result<Vec<Row>> {
    let bearer = format!("Bearer {}", berth.api_token(owner)?);
    let lists = LISTS.map(|query| format!("/search?{query}"));
    let searches = QUERIES.map(|query| format!("/v2/search/repositories?query={query}"));
    let own = searches.iter().map(|path| Request::get(path).header("Authorization", bearer.clone()));
    let typed = SUGGESTIONS.map(|text| format!("text={text}"));
    let suggest = typed.iter().map(|text| {
        Request::new("POST", "/api/fn/suggest")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .header("Sec-Fetch-Site", "same-origin")
            .body(text.as_bytes())
    });
    let measured = [
        ("/explore", ask(berth, &pages(&["/explore".to_owned()]))?),
        ("lists in each order", ask(berth, &pages(&lists))?),
        ("suggestions", ask(berth, &suggest.collect::<Vec<_>>())?),
        ("search by an owner of 100,000 unlisted", ask(berth, &own.collect::<Vec<_>>())?),
    ];
    let row = |(what, times): &(&str, Vec<Duration>)| {
        let at = |hundredth| milliseconds(percentile(times, hundredth));
        let what = format!("{what} over 1,000,000 on {product}, p99");
        Row::new(&what, at(99), "ms", Target::AtMost(25.0)).remark(format!("p50 {:.1} ms", at(50)))
    };
    Ok(measured.iter().map(row).collect())
}

fn pages(paths: &[String]) -> Vec<Request<'_>> {
    paths.iter().map(|path| Request::get(path).header("Accept", "text/html")).collect()
}

/// How long each answer took; one client.
fn ask(berth: &Berth, requests: &[Request<'_>]) -> Result<Vec<Duration>> {
    let mut times = Vec::new();
    let mut connection = Connection::new(&berth.address);
    let since = Instant::now();
    // The first round reads the files.
    let mut is_warm = false;
    while since.elapsed() < ROUND {
        for request in requests {
            let begun = Instant::now();
            let reply = connection.drain(request)?;
            ensure!(reply.status == 200, "{}: {}", request.path, reply.status);
            if is_warm {
                times.push(begun.elapsed());
            }
        }
        is_warm = true;
    }
    Ok(times)
}

fn wait_until_indexed(database: &TestDatabase, since: Instant) -> Result<()> {
    loop {
        let left = database.number(
            "SELECT COUNT(*) FROM repositories r
             WHERE r.id > (SELECT COALESCE(MAX(repository_id), '') FROM search_documents)",
        )?;
        if left == 0 {
            return Ok(());
        }
        ensure!(since.elapsed() < INDEXING, "{left} are not indexed after {INDEXING:?}");
        sleep(LOOK_EVERY);
    }
}

const WORDS: &str = "redis nginx postgres mysql kafka mongo node python java rust golang php ruby cache proxy gateway \
    metrics logs tracing exporter agent runner worker queue broker server client api web admin dashboard editor player \
    backup sync storage bucket vector graph search crawler scraper mailer chat bot forum blog wiki docs notes tasks \
    calendar photos video audio stream transcoder encoder printer scanner sensor home garden weather maps tiles routes \
    fleet parking billing invoice shop cart payment ledger wallet market auction ticket booking hotel flight school lab \
    exam library museum theater cinema radio podcast news feed reader mail vault secrets keys certs dns dhcp vpn \
    firewall router mesh ingress registry builder linter formatter compiler debugger profiler tester fuzzer mocker \
    quixotic zebra";
const CHINESE: &str =
    "数据库 缓存 监控 网关 消息队列 日志分析 图片压缩 天气预报 反向代理 机器学习 知识库 密码管理";

/// The rows, in SQL that both databases speak: names of two words, descriptions in which "service" is in half of all,
/// most without stars, some with a Chinese text.
fn statements() -> Vec<String> {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let chinese: Vec<&str> = CHINESE.split_whitespace().collect();
    let listed = |words: &[&str]| {
        let rows = words.iter().enumerate().map(|(number, word)| format!("({number}, '{word}')"));
        rows.collect::<Vec<_>>().join(",")
    };
    let (count, count_chinese) = (words.len(), chinese.len());
    // Squares make the first words of the list the common ones.
    let pick = |factor: u64| format!("(((i * {factor}) % 997) * ((i * {factor}) % 997) * {count} / 994010)");
    vec![
        "CREATE TABLE bench_words (n BIGINT PRIMARY KEY, word TEXT NOT NULL)".to_owned(),
        "CREATE TABLE bench_chinese (n BIGINT PRIMARY KEY, word TEXT NOT NULL)".to_owned(),
        format!("INSERT INTO bench_words VALUES {}", listed(&words)),
        format!("INSERT INTO bench_chinese VALUES {}", listed(&chinese)),
        "WITH RECURSIVE t(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM t WHERE i < 9999)
         INSERT INTO namespaces (name, kind, created_at) SELECT 'user' || i, 'user', 0 FROM t"
            .to_owned(),
        format!(
            "WITH RECURSIVE t(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM t WHERE i < {REPOSITORIES} - 1)
             INSERT INTO repositories (id, namespace, name, visibility, description, full_description, readme_html,
                created_at, updated_at, stars, pulls, readme_version)
             SELECT 'bench-' || (1000000000 + i), 'user' || (i % 10000), a.word || '-' || b.word || '-' || (i / 10000),
                'public', 'A ' || CASE WHEN i % 2 = 0 THEN 'service' ELSE 'tool' END || ' for ' || c.word || ' and '
                || d.word || ' of team ' || (i % 977) || CASE WHEN i % 10 = 3 THEN '，高性能的' || z.word ELSE '' END,
                CASE WHEN i % 5 = 0 THEN '# README\n\nRuns ' || a.word || ' with ' || d.word || ' under its license.'
                ELSE '' END, '', 1600000000000 + i * 170000, 1600000000000 + i * 170000,
                CASE WHEN i % 20 = 0 THEN (i * 7919 % 1000) * (i * 7919 % 1000) / 500 ELSE 0 END,
                CASE WHEN i % 4 = 0 THEN (i * 104729 % 1000) * (i * 104729 % 1000) ELSE i % 7 END, 1000
             FROM t JOIN bench_words a ON a.n = {} JOIN bench_words b ON b.n = {} JOIN bench_words c ON c.n = {}
                JOIN bench_words d ON d.n = {} JOIN bench_chinese z ON z.n = (i / 10) % {count_chinese}",
            pick(31),
            pick(57),
            pick(89),
            pick(113),
        ),
        format!(
            "WITH RECURSIVE t(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM t WHERE i < {UNLISTED} - 1)
             INSERT INTO repositories (id, namespace, name, visibility, description, full_description, readme_html,
                created_at, updated_at)
             SELECT 'bench-' || (3000000000 + i), '{OWNER}', 'redis-tool-' || i, 'unlisted', 'A service of my own', '',
                '', 1600000000000, 1600000000000 + i FROM t"
        ),
        "ANALYZE".to_owned(),
    ]
}
