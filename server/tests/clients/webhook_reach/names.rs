//! A name server (RFC 1035) that says what a test needs: names of private addresses, names that change their mind,
//! names about which it is silent.

use anyhow::Result;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};
use std::sync::{Arc, Mutex, PoisonError};

/// An address of the public, at which the story's receiver is.
pub(crate) const PUBLIC: Ipv4Addr = Ipv4Addr::new(93, 184, 216, 34);
/// Another, at which nobody is.
const NOBODY: Ipv4Addr = Ipv4Addr::new(93, 184, 216, 35);
/// The machine's own.
const OURS: Ipv4Addr = Ipv4Addr::new(93, 184, 216, 1);
const PRIVATE: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 1);
const METADATA: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 254);

const A: u16 = 1;
const CNAME: u16 = 5;
const AAAA: u16 = 28;

/// What is known of a name.
enum Known {
    Nothing,
    /// Nothing is answered at all.
    Silence,
    Addresses(Vec<IpAddr>),
    Alias(&'static str, IpAddr),
}

/// How often each name's IPv4 addresses were asked for.
#[derive(Clone, Default)]
pub(crate) struct Names {
    asked: Arc<Mutex<HashMap<String, usize>>>,
}

impl Names {
    /// Answers on 127.0.0.1:53 until the program ends.
    pub(crate) fn serve() -> Result<Self> {
        let socket = UdpSocket::bind("127.0.0.1:53")?;
        let names = Self::default();
        let asked = names.clone();
        std::thread::spawn(move || {
            let mut buffer = [0; 1024];
            while let Ok((length, whom)) = socket.recv_from(&mut buffer) {
                if let Some(answer) = asked.answer(&buffer[..length]) {
                    let _ = socket.send_to(&answer, whom);
                }
            }
        });
        Ok(names)
    }

    pub(crate) fn asked(&self, name: &str) -> usize {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.get(name).copied().unwrap_or_default()
    }

    fn answer(&self, question: &[u8]) -> Option<Vec<u8>> {
        let (name, end) = read_name(question, 12)?;
        let kind = u16::from_be_bytes([*question.get(end)?, *question.get(end + 1)?]);
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let times = asked.entry(name.clone()).or_default();
        *times += usize::from(kind == A);
        let known = known(&name, *times);
        drop(asked);
        let (is_known, records) = match known {
            Known::Silence => return None,
            Known::Nothing => (false, Vec::new()),
            Known::Addresses(all) => (true, all.iter().filter_map(|one| record(&name, kind, *one)).collect()),
            Known::Alias(other, address) => {
                let alias = resource(&name, CNAME, &write_name(other));
                (true, std::iter::once(alias).chain(record(other, kind, address)).collect())
            }
        };
        let count = u16::try_from(records.len()).ok()?.to_be_bytes();
        // An answer, recursion available; 3: there is no such name. One question, and no other sections.
        let head = [question[0], question[1], 0x81, if is_known { 0x80 } else { 0x83 }, 0, 1];
        let counts = [count[0], count[1], 0, 0, 0, 0];
        Some([&head[..], &counts, question.get(12..end + 4)?, &records.concat()].concat())
    }
}

fn known(name: &str, times: usize) -> Known {
    let four = |all: &[Ipv4Addr]| Known::Addresses(all.iter().map(|one| IpAddr::V4(*one)).collect());
    let six =
        |text: &str| text.parse().map_or(Known::Nothing, |one: Ipv6Addr| Known::Addresses(vec![one.into()]));
    if let Some(label) = name.strip_suffix(".nip.test") {
        return nip(label).map_or(Known::Nothing, |address| four(&[address]));
    }
    match name {
        "localhost" => four(&[Ipv4Addr::LOCALHOST]),
        "ci.test" => four(&[PUBLIC]),
        "hub.test" => four(&[NOBODY]),
        "other-hub.test" => four(&[OURS]),
        "internal.test" => four(&[PRIVATE]),
        "mixed.test" => four(&[PUBLIC, PRIVATE]),
        "mixed-last.test" => four(&[PUBLIC, NOBODY, METADATA]),
        "mixed-six.test" => Known::Addresses(vec![PUBLIC.into(), Ipv6Addr::LOCALHOST.into()]),
        "cname.test" => Known::Alias("internal.test", PRIVATE.into()),
        "cname-metadata.test" => Known::Alias("metadata.cloud.test", METADATA.into()),
        "mapped.test" => six("::ffff:10.0.0.1"),
        "translated.test" => six("64:ff9b::a00:1"),
        "link-local.test" => six("fe80::1"),
        "unspecified.test" => four(&[Ipv4Addr::UNSPECIFIED]),
        _ => fickle(name, times),
    }
}

/// `2-then-private.test` is public twice; `1-then-silent.test` is answered once.
fn fickle(name: &str, times: usize) -> Known {
    let parts =
        name.split_once("-then-").and_then(|(count, then)| Some((count.parse::<usize>().ok()?, then)));
    match parts {
        Some((count, _)) if times <= count => Known::Addresses(vec![PUBLIC.into()]),
        Some((_, "private.test")) => Known::Addresses(vec![PRIVATE.into()]),
        Some((_, then)) if then.starts_with("silent") => Known::Silence,
        _ => Known::Nothing,
    }
}

/// `10.0.0.1`, `10-0-0-1` or `0x0a000001`.
fn nip(label: &str) -> Option<Ipv4Addr> {
    match label.strip_prefix("0x") {
        Some(hex) => u32::from_str_radix(hex, 16).ok().map(Into::into),
        None => label.replace('-', ".").parse().ok(),
    }
}

fn record(name: &str, kind: u16, address: IpAddr) -> Option<Vec<u8>> {
    match address {
        IpAddr::V4(four) if kind == A => Some(resource(name, A, &four.octets())),
        IpAddr::V6(six) if kind == AAAA => Some(resource(name, AAAA, &six.octets())),
        _ => None,
    }
}

/// Class IN, good for no time at all.
fn resource(name: &str, kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap_or_default();
    [&write_name(name), &kind.to_be_bytes()[..], &[0, 1, 0, 0, 0, 0], &length.to_be_bytes(), data].concat()
}

fn write_name(name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for label in name.split('.') {
        bytes.push(u8::try_from(label.len()).unwrap_or_default());
        bytes.extend_from_slice(label.as_bytes());
    }
    bytes.push(0);
    bytes
}

/// A name in lower case, and where it ends.
fn read_name(message: &[u8], mut at: usize) -> Option<(String, usize)> {
    let mut labels = Vec::new();
    loop {
        let length = usize::from(*message.get(at)?);
        at += 1;
        if length == 0 {
            return Some((labels.join("."), at));
        }
        labels.push(String::from_utf8_lossy(message.get(at..at + length)?).to_ascii_lowercase());
        at += length;
    }
}
