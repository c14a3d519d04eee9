//! A network of a test's own, in which every address of this machine, of private networks and of clouds is really
//! there: a request that leaks arrives, and is counted.

use super::names::{Names, PUBLIC};
use crate::programs::{missing, not_root, run, skip};
use anyhow::{Context, Result, ensure};
use std::env;
use std::net::TcpListener;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;

/// Tells a test that it is inside.
const INSIDE: &str = "BERTH_TEST_NETWORK";

/// `$1` is a folder with the files that are to be those of /etc.
///
/// Whatever is not the public's leads to this machine, so that it can be listened to. `v0` has two addresses of the
/// public; the others of the public are beyond it, and what goes to the receiver's is brought to port 8080 here.
const LAY_OUT: &str = r#"
for file in resolv.conf hosts nsswitch.conf; do mount --bind "$1/$file" "/etc/$file"; done
ip link set lo up
ip link add v0 type veth peer name v1
ip link set v0 up
ip link set v1 up
ip address add 93.184.216.1/24 dev v0
ip address add 2606:2800::1/64 dev v0 nodad
ip neigh add 93.184.216.34 lladdr 02:00:00:00:00:01 dev v0
ip neigh add 93.184.216.35 lladdr 02:00:00:00:00:01 dev v0
for net in 0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 \
    192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4; do
  ip route add local "$net" dev lo
done
for net in ::/96 64:ff9b::/32 100::/64 2001::/23 2001:db8::/32 2002::/16 2a00:1::/32 3fff::/20 5f00::/16 fc00::/7 \
    fe80::/10 fec0::/10; do
  ip -6 route add local "$net" dev lo
done
iptables -t nat -A OUTPUT -d 93.184.216.34 -p tcp --dport 8080 -j DNAT --to-destination 127.0.0.1
iptables -t mangle -A OUTPUT -d 93.184.216.34 -p tcp --syn --dport 8080 -j RETURN
for tables in iptables ip6tables; do
  $tables -t mangle -A OUTPUT -p tcp --syn -m multiport --dports 1:1024,5432,6379,8080,11211
done
"#;

/// The network, and who listens in it.
pub(crate) struct Place {
    pub(crate) names: Names,
    /// Connections that came to the ports of corpus and receiver.
    heard: Arc<AtomicU64>,
    _folder: TempDir,
}

/// Plays a story in a network of its own: this program is started again in there, for the test of that name alone.
pub(crate) fn in_a_network(test: &str, story: fn(&Place) -> Result<()>) -> Result<()> {
    if env::var_os(INSIDE).is_some() {
        return story(&Place::lay_out()?);
    }
    if missing(&["unshare", "mount", "ip", "iptables", "ip6tables"])? || not_root()? {
        return Ok(());
    }
    if let Err(refusal) = run(alone().args(["ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1"]))
    {
        return skip(&format!("no network of one's own: {refusal}")).map(drop);
    }
    let mut again = alone();
    again.arg(env::current_exe()?).args(["--exact", test, "--nocapture"]).env(INSIDE, "yes");
    let output = again.output()?;
    let (words, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    ensure!(output.status.success() && words.contains("1 passed"), "{words}\n{errors}");
    Ok(())
}

fn alone() -> Command {
    let mut command = Command::new("unshare");
    command.args(["--net", "--mount"]);
    command
}

impl Place {
    fn lay_out() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        for (file, text) in [
            ("resolv.conf", "nameserver 127.0.0.1\n"),
            ("hosts", "127.0.0.1 localhost\n::1 localhost\n10.0.0.7 intranet\n"),
            ("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"),
        ] {
            std::fs::write(folder.path().join(file), text)?;
        }
        run(Command::new("sh").args(["-euc", LAY_OUT, "sh"]).arg(folder.path()))?;
        let heard = Arc::new(AtomicU64::new(0));
        for port in [80, 443, 8080] {
            listen(port, Arc::clone(&heard))?;
        }
        Ok(Self { names: Names::serve()?, heard, _folder: folder })
    }

    /// Connections that came in, at whatever address.
    pub(crate) fn heard(&self) -> u64 {
        self.heard.load(Ordering::Relaxed)
    }

    /// Attempts to connect to anything but the public receiver since the last time, counted where they leave.
    pub(crate) fn leaked(&self) -> Result<u64> {
        let mut sum = 0;
        for tables in ["iptables", "ip6tables"] {
            let rules =
                run(Command::new(tables).args(["-t", "mangle", "-L", "OUTPUT", "-v", "-n", "-x", "-Z"]))?;
            let rule = rules.lines().find(|line| line.contains("multiport")).context("no rule")?;
            let packets = rule.split_whitespace().next().context("no count")?;
            sum += packets.parse::<u64>().with_context(|| rule.to_owned())?;
        }
        Ok(sum)
    }
}

/// Says 200 to whatever comes to this port, at every address.
fn listen(port: u16, heard: Arc<AtomicU64>) -> Result<()> {
    use std::io::{Read, Write};
    let listener = TcpListener::bind(("::", port)).with_context(|| format!("port {port} of {PUBLIC}"))?;
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            heard.fetch_add(1, Ordering::Relaxed);
            std::thread::spawn(move || {
                let _ = stream.read(&mut [0; 64 * 1024]);
                let _ =
                    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            });
        }
    });
    Ok(())
}
