//! A receiver that behaves as badly as a test likes, and counts who calls.

use anyhow::Result;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// What it does with a connection, until that breaks.
pub(crate) type Behaviour = fn(&mut Caller) -> std::io::Result<()>;

/// The same, also with something that the test gives it.
pub(crate) trait Act: Fn(&mut Caller) -> std::io::Result<()> + Clone + Send + 'static {}

impl<T: Fn(&mut Caller) -> std::io::Result<()> + Clone + Send + 'static> Act for T {}

/// A server on a port of its own, until the program ends.
pub(crate) struct Wild {
    /// `127.0.0.1:port`.
    pub(crate) address: String,
    counts: Arc<Counts>,
}

#[derive(Default)]
struct Counts {
    connections: AtomicU64,
    ended: AtomicU64,
}

/// A connection that came in.
pub(crate) struct Caller {
    stream: TcpStream,
}

impl Wild {
    pub(crate) fn start(behaviour: impl Act) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?.to_string();
        let counts = Arc::new(Counts::default());
        let shared = Arc::clone(&counts);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (counts, behaviour) = (Arc::clone(&shared), behaviour.clone());
                counts.connections.fetch_add(1, Ordering::Relaxed);
                // It ends when the other side closes: that is what such a receiver waits for.
                std::thread::spawn(move || {
                    let _ = behaviour(&mut Caller { stream });
                    counts.ended.fetch_add(1, Ordering::Relaxed);
                });
            }
        });
        Ok(Self { address, counts })
    }

    pub(crate) fn connections(&self) -> u64 {
        self.counts.connections.load(Ordering::Relaxed)
    }

    /// Waits until all who called are gone; `false`: they are not within `limit`.
    pub(crate) fn is_left(&self, limit: Duration) -> bool {
        let since = Instant::now();
        while self.counts.ended.load(Ordering::Relaxed) < self.connections() {
            if since.elapsed() > limit {
                return false;
            }
            std::thread::sleep(LOOK_AGAIN);
        }
        true
    }
}

impl Caller {
    /// Reads what has come of the request; a delivery is smaller than this.
    pub(crate) fn read(&mut self) -> std::io::Result<()> {
        self.stream.read(&mut vec![0; 64 * 1024]).map(drop)
    }

    /// Waits until something has come, and leaves it there.
    pub(crate) fn peek(&self) -> std::io::Result<()> {
        self.stream.peek(&mut [0]).map(drop)
    }

    pub(crate) fn say(&mut self, bytes: impl AsRef<[u8]>) -> std::io::Result<()> {
        self.stream.write_all(bytes.as_ref())
    }

    /// Says it again and again, with a pause after each time.
    pub(crate) fn repeat(&mut self, bytes: impl AsRef<[u8]>, pause: Duration) -> std::io::Result<()> {
        loop {
            self.say(&bytes)?;
            if !pause.is_zero() {
                std::thread::sleep(pause);
            }
        }
    }

    /// Says nothing until the other side closes.
    pub(crate) fn wait(&mut self) -> std::io::Result<()> {
        while self.stream.read(&mut [0; 1024])? > 0 {}
        Ok(())
    }
}
