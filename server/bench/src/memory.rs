//! Memory of a Berth of its own: idle, and at its peak while blobs of several sizes come in.

use crate::figures::real;
use crate::load::{self, Until};
use crate::peers::Field;
use crate::table::{Row, Target};
use anyhow::{Context, Result};
use std::time::Duration;
use testing::http::Request;
use testing::{Berth, Login, Registry, digest, noise};

const MIB: usize = 1 << 20;

pub(crate) fn measure(field: &Field) -> Result<Vec<Row>> {
    let berth = Berth::start(&field.binary, &field.folder("memory"))?;
    berth.wait_until_ready(Duration::from_secs(5))?;
    berth.ask(&Request::get("/"))?;
    std::thread::sleep(Duration::from_secs(1));
    let idle = mebibytes(berth.pid(), "VmRSS:")?;
    let anna = berth.add_user("anna")?;
    // A login costs argon2's memory once; the peaks below are to be those of uploads.
    let mut rows = vec![Row::new("memory, idle after the first page", idle, "MiB", Target::AtMost(40.0))];
    for (what, size, count) in [("1 MiB", MIB, 64), ("16 MiB", 16 * MIB, 64), ("1 GiB", 1 << 30, 1)] {
        let peak = peak(&berth, &anna, size, count)?;
        let what = format!("peak memory, {count} uploads of {what} at once");
        rows.push(Row::new(&what, peak, "MiB", Target::AtMost(128.0)));
    }
    Ok(rows)
}

fn peak(berth: &Berth, anna: &Login, size: usize, count: usize) -> Result<f64> {
    // The same bytes but for the head, so that the client does not need the sum of all.
    let bytes = noise(u64::try_from(size)?, size);
    let digests = digests(&bytes, count)?;
    let pid = berth.pid();
    load::run(count, Until::Operations(u64::try_from(count)?), || {
        let mut registry = Registry::new(&berth.address, "anna/bench", Some(anna));
        registry.token()?;
        std::fs::write(format!("/proc/{pid}/clear_refs"), "5")?;
        let (digests, bytes) = (&digests, &bytes);
        Ok(move |number: usize| {
            let location = registry.begin()?;
            let head = u64::try_from(number)?.to_le_bytes();
            let first = registry.append(&location, 0, &head)?.expect_status(202)?;
            let location = testing::next_location(&first)?;
            registry.finish(&location, &digests[number], bytes)?.expect_status(201)?;
            Ok(0)
        })
    })?;
    mebibytes(pid, "VmHWM:")
}

fn digests(bytes: &[u8], count: usize) -> Result<Vec<String>> {
    let with_head = |number: usize| {
        let mut blob = u64::try_from(number)?.to_le_bytes().to_vec();
        blob.extend_from_slice(bytes);
        Ok(digest(&blob))
    };
    (0..count).map(with_head).collect()
}

fn mebibytes(pid: u32, name: &str) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find(|line| line.starts_with(name)).context("no such figure")?;
    let kibibytes: u64 = line.split_whitespace().nth(1).context("no figure")?.parse()?;
    Ok(real(kibibytes) / 1024.0)
}
