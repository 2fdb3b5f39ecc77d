//! Tar archives.

use std::cell::Cell;
use std::io::{self, BufRead, Read};

use tar::{Archive, EntryType};

use super::member::{Named, named};
use super::stream::{Counted, Fault};
use super::unpacking::{Member, Unpacking};
use crate::article::Class;
use crate::source::{Each, Input};

/// How much is read for the head of a member, its long name included.
const HEAD_BYTES_MAX: u64 = 1 << 20;

/// Reads the members of a tar archive; the fault is that of the archive itself.
pub(super) fn read(
    unpacking: &mut Unpacking<'_>,
    input: Input<'_>,
    depth: u32,
    each: &mut Each<'_>,
) -> io::Result<Option<Fault>> {
    let Input { shown, below, settings, stream, .. } = input;
    let room = Cell::new(HEAD_BYTES_MAX);
    let mut archive = Archive::new(Bounded { stream, room: &room });
    let mut n_bytes = 0;
    let mut entries = archive.entries()?;
    loop {
        room.set(HEAD_BYTES_MAX);
        let mut entry = match entries.next() {
            None => return Ok(None),
            Some(Err(cause)) => return Ok(Some(Fault::of("tar", broken_off(cause), n_bytes))),
            Some(Ok(entry)) => entry,
        };
        room.set(u64::MAX);
        n_bytes = entry.raw_file_position();
        if let Some(limit) = unpacking.count_member() {
            return Ok(Some(limit));
        }
        let kind = entry.header().entry_type();
        let mtime = entry.header().mtime().ok().and_then(|it| i64::try_from(it).ok());
        let mtime_ns = mtime.filter(|it| *it > 0).and_then(|it| it.checked_mul(1_000_000_000));
        let not_read = match kind {
            EntryType::Directory | EntryType::XGlobalHeader => continue,
            EntryType::Regular | EntryType::Continuous => None,
            EntryType::Link | EntryType::Symlink => Some("a link, which is not followed"),
            EntryType::GNUSparse => Some("a sparse file, which is not read"),
            _ => Some("not a regular file"),
        };
        let name = named(&entry.path_bytes());
        let (name, refused) = match name {
            Named::Hidden => (None, None),
            Named::Refused(name, why) => (Some(name), Some((Class::Limit, why))),
            Named::Wanted(name) => (Some(name), not_read.map(|why| (Class::Format, why))),
        };
        let flow = match (name, refused) {
            (None, _) => std::ops::ControlFlow::Continue(()),
            (Some(name), Some((class, why))) => {
                unpacking.refuse(&format!("{shown}/{name}"), class, why, each)
            }
            (Some(name), None) => {
                let member = Member { shown, below, name: &name, mtime_ns, settings };
                let counted = Counted::AsTheyAre;
                unpacking.member(&member, Box::new(&mut entry), "tar", counted, depth, each)?
            }
        };
        if flow.is_break() {
            return Ok(None);
        }
        // What the reader did not want is passed over here, so that only heads are read above.
        if let Err(cause) = io::copy(&mut entry, &mut io::sink()) {
            return Ok(Some(Fault::of("tar", cause, n_bytes)));
        }
    }
}

/// Names an end in the midst of a head, which the crate has words for and no kind.
fn broken_off(cause: io::Error) -> io::Error {
    let is_end =
        ["read entire block", "unexpected EOF"].iter().any(|it| cause.to_string().contains(it));
    if is_end { io::ErrorKind::UnexpectedEof.into() } else { cause }
}

/// A stream of which no more is given than there is room for.
struct Bounded<'a, 'b> {
    stream: &'a mut dyn BufRead,
    room: &'b Cell<u64>,
}

impl Read for Bounded<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n_read = self.stream.read(into)?;
        match self.room.get().checked_sub(n_read as u64) {
            Some(room) => self.room.set(room),
            None => return Err(io::Error::other("the head of a member is too long")),
        }
        Ok(n_read)
    }
}
