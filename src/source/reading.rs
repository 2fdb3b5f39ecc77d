//! Opening a file and reading it to its end.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::walk::{self, Stamp};
use super::{
    EMPTY, Each, Event, FILE_BYTES_MAX, HEAD_BYTES, Input, Note, NoteKind, Readers, SourceFile,
};
use super::{malformed, none_of, reader_for, versioned};
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
    /// The reader that was chosen with its version, as the manifest has it.
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
    let read = contained(|| read_open(file, readers, &mut outcome, &mut told));
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

/// Opens and reads a file; returns what the file was like at the end.
fn read_open(
    file: &SourceFile,
    readers: Readers,
    outcome: &mut Outcome,
    each: &mut Each<'_>,
) -> io::Result<Stamp> {
    let hashed = Hashed { file: File::open(&file.path)?, hasher: blake3::Hasher::new() };
    let mut stream = BufReader::with_capacity(BUFFER_BYTES, hashed);
    let input = Input { shown: &file.shown, below: &file.below, stream: &mut stream };
    read_stream(input, &file.path, readers, outcome, each)?;
    if stream.fill_buf()?.is_empty() {
        outcome.hash = Some(figures(&stream.get_ref().hasher));
    } else if file.size <= FILE_BYTES_MAX {
        // What no reader wants is known again by its content too, unless that is very much.
        outcome.hash = hash(&file.path).ok();
    }
    Ok(walk::stamp(&stream.get_ref().file.metadata()?))
}

/// Chooses the reader of a stream, and reads it to its end.
fn read_stream(
    input: Input<'_>,
    path: &Path,
    readers: Readers,
    outcome: &mut Outcome,
    each: &mut Each<'_>,
) -> io::Result<()> {
    let origin = input.origin();
    let head = input.stream.fill_buf()?;
    if head.is_empty() {
        _ = each(malformed(origin, Class::Empty, EMPTY));
        return Ok(());
    }
    match reader_for(&head[..head.len().min(HEAD_BYTES)], path, readers) {
        Ok(reader) => {
            outcome.reader = versioned(reader);
            reader.read(input, each)
        }
        Err(reason) => {
            _ = each(malformed(origin, Class::Format, reason));
            Ok(())
        }
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
struct Hashed {
    file: File,
    hasher: blake3::Hasher,
}

impl Read for Hashed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.file.read(buffer)?;
        self.hasher.update(&buffer[..n_bytes]);
        Ok(n_bytes)
    }
}

/// Tells whether a file that changed then has rested long enough for its time to be trusted.
pub(super) fn is_settled(mtime_ns: i64) -> bool {
    let then = u64::try_from(mtime_ns).map(Duration::from_nanos).unwrap_or_default();
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    now.checked_sub(then).is_some_and(|rested| rested > SETTLED_AFTER)
}
