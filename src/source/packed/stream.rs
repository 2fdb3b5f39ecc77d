//! What is unpacked, as a stream that counts and that cannot fail.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::sync::atomic::{AtomicBool, Ordering};

use super::{MEMBER_BYTES_MAX, RATIO_MAX, UNPACKED_BYTES_MAX, UNPACKED_FREE_BYTES};
use crate::article::Class;
use crate::error::Cause;

/// How much is unpacked at a time.
const BUFFER_BYTES: usize = 64 * 1024;

/// The bytes that were read of a file, and what they have come to.
///
/// A file that is read twice, as a zip with overlapping members is, is not longer for that.
#[derive(Debug)]
pub(in crate::source) struct Meter<'a> {
    file_bytes: u64,
    n_packed: Cell<u64>,
    n_unpacked: Cell<u64>,
    given_up: &'a AtomicBool,
}

impl<'a> Meter<'a> {
    pub(in crate::source) fn new(file_bytes: u64, given_up: &'a AtomicBool) -> Self {
        Self { file_bytes, n_packed: Cell::new(0), n_unpacked: Cell::new(0), given_up }
    }

    /// Fails once the file was given up from outside: a little of it may unpack to very much.
    pub(in crate::source) fn check(&self) -> io::Result<()> {
        match self.given_up.load(Ordering::Relaxed) {
            true => Err(io::Error::other("the file was given up")),
            false => Ok(()),
        }
    }

    /// Counts bytes of the file on disk.
    pub(in crate::source) fn packed(&self, n_bytes: usize) {
        self.n_packed.set(self.n_packed.get().saturating_add(n_bytes as u64));
    }

    /// Counts bytes that were unpacked, and tells the limit that they reach.
    fn unpacked(&self, n_bytes: usize) -> Option<String> {
        let n_unpacked = self.n_unpacked.get().saturating_add(n_bytes as u64);
        self.n_unpacked.set(n_unpacked);
        let n_packed = self.n_packed.get().min(self.file_bytes);
        if n_unpacked > UNPACKED_FREE_BYTES + RATIO_MAX.saturating_mul(n_packed) {
            return Some(format!("unpacks to more than {RATIO_MAX} times its length: a bomb"));
        }
        (n_unpacked > UNPACKED_BYTES_MAX)
            .then(|| format!("the file unpacks to more than {UNPACKED_BYTES_MAX} bytes"))
    }
}

/// Why a stream ended before its end.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) class: Class,
    pub(super) reason: String,
    /// What the disk said, where it is the fault of that.
    pub(super) disk: Option<io::Error>,
}

impl Fault {
    /// Tells what a failure of unpacking is.
    pub(super) fn of(what: &str, cause: io::Error, at: u64) -> Self {
        let class = Class::Damaged;
        let reason = match cause.kind() {
            io::ErrorKind::UnexpectedEof => format!("the {what} breaks off after {at} bytes"),
            _ => format!("the {what} is damaged after {at} bytes: {}", Cause(&cause)),
        };
        let disk = cause.raw_os_error().is_some().then_some(cause);
        Self { class, reason, disk }
    }
}

/// Whether the bytes of a stream are more than those that they were made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    Unpacked,
    AsTheyAre,
}

/// A stream of what is unpacked. Where it fails it ends, and keeps the reason: so a reader tells
/// what came before.
pub(super) struct Stream<'a> {
    source: Box<dyn Read + 'a>,
    what: &'static str,
    meter: &'a Meter<'a>,
    counted: Counted,
    buffer: Vec<u8>,
    at: usize,
    /// How many bytes have come.
    pub(super) n_bytes: u64,
    pub(super) fault: Option<Fault>,
    is_over: bool,
}

impl<'a> Stream<'a> {
    pub(super) fn new(
        source: Box<dyn Read + 'a>,
        what: &'static str,
        meter: &'a Meter<'a>,
        counted: Counted,
    ) -> Self {
        Self {
            source,
            what,
            meter,
            counted,
            buffer: Vec::new(),
            at: 0,
            n_bytes: 0,
            fault: None,
            is_over: false,
        }
    }

    /// Fills the whole buffer, because readers tell formats by the first piece.
    fn fill(&mut self) {
        self.buffer.resize(BUFFER_BYTES, 0);
        self.at = 0;
        let mut len = 0;
        while len < BUFFER_BYTES && !self.is_over {
            let checked = self.meter.check();
            match checked.and_then(|()| self.source.read(&mut self.buffer[len..])) {
                Ok(0) => self.is_over = true,
                Ok(n_read) => len += n_read,
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => (),
                Err(cause) => {
                    self.fault = Some(Fault::of(self.what, cause, self.n_bytes + len as u64));
                    self.is_over = true;
                }
            }
        }
        self.buffer.truncate(len);
        self.n_bytes += len as u64;
        let limit = match self.counted {
            Counted::Unpacked => self.meter.unpacked(len),
            Counted::AsTheyAre => None,
        };
        let too_long = || {
            let reason = format!("longer than {MEMBER_BYTES_MAX} bytes unpacked");
            (self.n_bytes > MEMBER_BYTES_MAX).then_some(reason)
        };
        if let Some(reason) = limit.or_else(too_long) {
            self.fault = Some(Fault { class: Class::Limit, reason, disk: None });
            self.is_over = true;
        }
    }
}

impl Read for Stream<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n_read = self.fill_buf()?.read(into)?;
        self.consume(n_read);
        Ok(n_read)
    }
}

impl BufRead for Stream<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.buffer.len() && !self.is_over {
            self.fill();
        }
        Ok(self.buffer.get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, len: usize) {
        self.at = (self.at + len).min(self.buffer.len());
    }
}
