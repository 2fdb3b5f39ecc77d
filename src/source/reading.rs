//! Opening a file and reading it to its end.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

use super::packed::{Meter, Unpacking};
use super::walk::{self, Stamp};
use super::{
    Each, Event, FILE_BYTES_MAX, Input, Known, Note, NoteKind, Reader, Readers, Settings,
    SourceFile,
};
use super::{malformed, none_of, reader_for, signature};
use crate::article::{Class, Origin};
use crate::error::{Cause, contained};

/// How much is read from a file at a time.
const BUFFER_BYTES: usize = 64 * 1024;

/// How long ago a file must have been changed for the time of its change to be trusted.
///
/// A file may be written twice within the grain of the clock, which is two seconds on FAT, and
/// then has the same time both times.
const SETTLED_AFTER: Duration = Duration::from_secs(2);

/// How many figures of a hash are kept: 128 bits.
const HASH_FIGURES: usize = 32;

/// What the reading of a file came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The reader that was chosen with its version, as the manifest has it; of a packed file all
    /// that were, and what it is packed in: `tar/1 gzip/1 jsonl/2`.
    pub reader: String,
    /// The hash of the content, where the file was read to its end or would fail again.
    pub hash: Option<String>,
    /// Whether the time of the file's last change can be trusted.
    pub settled: bool,
    /// How much of the file was read.
    pub extent: Extent,
}

/// How much of a file was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// All that its reader wanted.
    #[default]
    Whole,
    /// A part: its reader failed, and would again.
    Part,
    /// A part or nothing: it could not be opened, or reading it failed. Another time it may work.
    Unreadable,
}

/// Reads a file that the walk found, and tells what is in it.
///
/// Every failure is an event: a file that cannot be opened, that is of no known format, that
/// breaks off, whose reader panics. The file must be a regular one, as those of the walk are.
pub fn read(file: &SourceFile, readers: Readers, each: &mut Each<'_>) -> Outcome {
    read_knowing(file, readers, None, &AtomicBool::new(false), each)
}

/// Reads a file as [`read`] does, and tells of records that are known from before only where they
/// stand. Once it is `given_up` from outside, reading fails: so a reader ends that was left behind,
/// the next time it wants to read on.
pub fn read_knowing(
    file: &SourceFile,
    readers: Readers,
    known: Option<&Known>,
    given_up: &AtomicBool,
    each: &mut Each<'_>,
) -> Outcome {
    let mut outcome = Outcome {
        reader: none_of(readers),
        settled: is_settled(file.mtime_ns),
        ..Outcome::default()
    };
    let mut stopped = false;
    let mut told = |event| {
        let flow = each(event);
        stopped = flow.is_break();
        flow
    };
    let read = contained(|| {
        let hasher = blake3::Hasher::new();
        let meter = Meter::new(file.size, given_up);
        let hashed = Hashed { file: File::open(&file.path)?, hasher, meter: &meter };
        read_open(file, hashed, readers, known, &mut outcome, &mut told)
    });
    let origin = Origin { path: file.shown.clone(), ..Origin::default() };
    let last = match read {
        Ok(Ok(stamp)) if stamp == (file.size, file.mtime_ns) => return outcome,
        Ok(Ok(_)) => {
            // The next run finds another time or size, and reads it again.
            outcome.settled = false;
            Event::Note(Note { origin, kind: NoteKind::Changed })
        }
        Ok(Err(cause)) => {
            outcome.extent = Extent::Unreadable;
            malformed(origin, Class::Unreadable, Cause(&cause).to_string())
        }
        Err(_) => {
            outcome.extent = Extent::Part;
            outcome.hash = hash(&file.path).ok();
            let reason = format!("the reader {} failed, which is a fault of it", outcome.reader);
            malformed(origin, Class::Panic, reason)
        }
    };
    if !stopped {
        _ = each(last);
    }
    outcome
}

/// Reads a file that was opened; returns what the file was like at the end.
fn read_open(
    file: &SourceFile,
    hashed: Hashed<'_>,
    readers: Readers,
    known: Option<&Known>,
    outcome: &mut Outcome,
    each: &mut Each<'_>,
) -> io::Result<Stamp> {
    let meter = hashed.meter;
    let mut stream = BufReader::with_capacity(BUFFER_BYTES, hashed);
    let input = Input {
        shown: &file.shown,
        below: &file.below,
        mtime_ns: Some(file.mtime_ns),
        settings: &file.settings,
        known,
        stream: &mut stream,
    };
    let mut unpacking = Unpacking::new(file, readers, meter);
    let read = unpacking.read(input, each);
    outcome.reader = unpacking.readers_used();
    read?;
    if unpacking.has_failed {
        outcome.extent = Extent::Part;
    }
    if stream.fill_buf()?.is_empty() {
        outcome.hash = Some(figures(&stream.get_ref().hasher));
    } else if file.size <= FILE_BYTES_MAX || unpacking.is_packed || unpacking.has_failed {
        // What no reader wants is known again by its content too, unless that is very much.
        outcome.hash = hash(&file.path).ok();
    }
    Ok(walk::stamp(&stream.get_ref().file.metadata()?))
}

/// Chooses the reader that is configured for a file of text, else the one that fits it best.
pub(super) fn chosen(
    head: &[u8],
    path: &Path,
    settings: &Settings,
    readers: Readers,
) -> Result<&'static dyn Reader, String> {
    let is_named = |it: &&&dyn Reader| settings.format.as_deref() == Some(it.name());
    match readers.iter().find(is_named) {
        Some(named) if signature::binary(head).is_none() => Ok(*named),
        _ => reader_for(head, path, readers),
    }
}

/// Returns the hash of a file's content, as [`Outcome`] has it.
///
/// # Errors
///
/// The file cannot be opened or read.
pub fn hash(path: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(figures(&hasher))
}

fn figures(hasher: &blake3::Hasher) -> String {
    hasher.finalize().to_hex()[..HASH_FIGURES].to_owned()
}

/// A file that is hashed while it is read.
struct Hashed<'a> {
    file: File,
    hasher: blake3::Hasher,
    meter: &'a Meter<'a>,
}

impl Read for Hashed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.meter.check()?;
        let n_bytes = self.file.read(buffer)?;
        self.hasher.update(&buffer[..n_bytes]);
        self.meter.packed(n_bytes);
        Ok(n_bytes)
    }
}

/// Tells whether a file that changed then has rested long enough for its time to be trusted.
pub(super) fn is_settled(mtime_ns: i64) -> bool {
    let then = u64::try_from(mtime_ns).map(Duration::from_nanos).unwrap_or_default();
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    now.checked_sub(then).is_some_and(|rested| rested > SETTLED_AFTER)
}
