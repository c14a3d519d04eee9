//! What receivers send is taken in a little at a time, and not without end. hyper reads on for as long as there is
//! something to read, `100 Continue` after `100 Continue`: sixteen receivers that say nothing else would have all
//! threads, and nobody would see a page.

use hyper::rt::{Read, ReadBuf, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{Connected, Connection};
use std::io::{Error, IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Bytes after which others have their turn.
const PIECE: usize = 16 * 1024;
/// Bytes that may answer one request: the longest head that hyper takes, the body that is read, and as much again.
const MOST: usize = 1024 * 1024;

/// A connection to a receiver.
pub(super) struct Paced<T> {
    io: T,
    since_rest: usize,
    since_request: usize,
}

impl<T> Paced<T> {
    pub(super) fn new(io: T) -> Self {
        Self { io, since_rest: 0, since_request: 0 }
    }
}

impl<T: Read + Unpin> Read for Paced<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut to: ReadBufCursor<'_>,
    ) -> Poll<Result<()>> {
        if self.since_rest >= PIECE {
            self.since_rest = 0;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        if self.since_request >= MOST {
            return Poll::Ready(Err(Error::other("the answer is too large")));
        }
        let mut piece = [0; PIECE];
        let room = to.remaining().min(PIECE);
        let mut piece = ReadBuf::new(&mut piece[..room]);
        ready!(Pin::new(&mut self.io).poll_read(cx, piece.unfilled()))?;
        let filled = piece.filled();
        self.since_rest += filled.len();
        self.since_request += filled.len();
        to.put_slice(filled);
        Poll::Ready(Ok(()))
    }
}

impl<T: Write + Unpin> Write for Paced<T> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, from: &[u8]) -> Poll<Result<usize>> {
        let written = ready!(Pin::new(&mut self.io).poll_write(cx, from))?;
        self.since_request = 0;
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        from: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let written = ready!(Pin::new(&mut self.io).poll_write_vectored(cx, from))?;
        self.since_request = 0;
        Poll::Ready(Ok(written))
    }
}

impl<T: Connection> Connection for Paced<T> {
    fn connected(&self) -> Connected {
        self.io.connected()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::Waker;

    /// Always has more.
    struct Endless;

    impl Read for Endless {
        fn poll_read(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
            mut to: ReadBufCursor<'_>,
        ) -> Poll<Result<()>> {
            to.put_slice(&vec![b'x'; to.remaining()]);
            Poll::Ready(Ok(()))
        }
    }

    impl Write for Endless {
        fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, from: &[u8]) -> Poll<Result<usize>> {
            Poll::Ready(Ok(from.len()))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    /// Bytes between two rests, and what came at last.
    fn read_on(paced: &mut Paced<Endless>, buffer: usize) -> (Vec<usize>, Result<()>) {
        let (mut between, mut cx) = (vec![0], Context::from_waker(Waker::noop()));
        let mut buffer = vec![0; buffer];
        loop {
            let mut buffer = ReadBuf::new(&mut buffer);
            match Pin::new(&mut *paced).poll_read(&mut cx, buffer.unfilled()) {
                Poll::Pending => between.push(0),
                Poll::Ready(Ok(())) => *between.last_mut().unwrap() += buffer.filled().len(),
                Poll::Ready(Err(error)) => return (between, Err(error)),
            }
        }
    }

    #[test]
    fn it_rests_after_each_piece_and_ends() {
        let mut paced = Paced::new(Endless);
        for buffer in [1000, PIECE, 400_000] {
            let written = Pin::new(&mut paced).poll_write(&mut Context::from_waker(Waker::noop()), b"POST");
            assert!(matches!(written, Poll::Ready(Ok(4))), "each request begins anew");
            let (between, end) = read_on(&mut paced, buffer);
            assert!(between.iter().all(|bytes| *bytes < 2 * PIECE), "{between:?}");
            assert!((MOST..MOST + PIECE).contains(&between.iter().sum()), "{between:?}");
            assert_eq!(end.unwrap_err().to_string(), "the answer is too large");
        }
    }
}
