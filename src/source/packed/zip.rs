//! Zip archives.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};

use zip::read::{ArchiveOffset, Config};
use zip::result::ZipError;
use zip::{DateTime, ZipArchive};

use super::member::{Named, named};
use super::stream::{Counted, Fault, Meter};
use super::unpacking::{Member, Unpacking};
use super::{NESTED_ZIP_BYTES_MAX, ZIP_MEMBERS_MAX};
use crate::article::Class;
use crate::source::{Each, Input};
use crate::text::Moment;

/// What a zip is read from, because its table of contents is at its end.
trait Seekable: Read + Seek {}
impl<T: Read + Seek> Seekable for T {}

/// Reads the members of a zip; the fault is that of the archive itself.
pub(super) fn read(
    unpacking: &mut Unpacking<'_>,
    input: Input<'_>,
    depth: u32,
    each: &mut Each<'_>,
) -> io::Result<Option<Fault>> {
    let Input { shown, below, settings, stream, .. } = input;
    let limit = |reason: String| Ok(Some(Fault { class: Class::Limit, reason, disk: None }));
    let mut source: Box<dyn Seekable + '_> = if depth == 0 {
        let file = File::open(&unpacking.file.path)?;
        Box::new(io::BufReader::new(Metered { file, meter: unpacking.meter }))
    } else {
        let mut held = Vec::new();
        stream.take(NESTED_ZIP_BYTES_MAX + 1).read_to_end(&mut held)?;
        if held.len() as u64 > NESTED_ZIP_BYTES_MAX {
            return limit(format!(
                "a zip within another file is longer than {NESTED_ZIP_BYTES_MAX} bytes"
            ));
        }
        Box::new(Cursor::new(held))
    };
    if members_claimed(&mut source)? > ZIP_MEMBERS_MAX {
        return limit(format!("the zip has more than {ZIP_MEMBERS_MAX} members"));
    }
    let config = Config { archive_offset: ArchiveOffset::Known(0) };
    let mut archive = match ZipArchive::with_config(config, source) {
        Ok(archive) => archive,
        Err(cause) => return Ok(Some(fault(cause))),
    };
    for idx in 0..archive.len() {
        if let Some(limit) = unpacking.count_member() {
            return Ok(Some(limit));
        }
        let Ok(entry) = archive.by_index_data(idx) else {
            continue;
        };
        if entry.is_dir() {
            continue;
        }
        let printed = entry.name();
        let bytes = printed.as_ref().map_or(entry.name_raw(), |it| it.as_bytes());
        let (name, mut refused) = match named(bytes) {
            Named::Hidden => continue,
            Named::Refused(name, why) => (name, Some((Class::Limit, why.to_owned()))),
            Named::Wanted(name) => (name, None),
        };
        if refused.is_none() && entry.is_symlink() {
            refused = Some((Class::Format, "a link, which is not followed".to_owned()));
        } else if refused.is_none() && entry.encrypted() {
            refused = Some((Class::Format, "encrypted".to_owned()));
        }
        let mtime_ns = entry.last_modified().and_then(nanoseconds);
        drop(printed);
        let opened = match refused {
            Some(refused) => Err(refused),
            None => archive.by_index(idx).map_err(|cause| {
                let fault = fault(cause);
                (fault.class, fault.reason)
            }),
        };
        let flow = match opened {
            Err((class, why)) => unpacking.refuse(&format!("{shown}/{name}"), class, &why, each),
            Ok(entry) => {
                let member = Member { shown, below, name: &name, mtime_ns, settings };
                let counted = Counted::Unpacked;
                unpacking.member(&member, Box::new(entry), "zip", counted, depth, each)?
            }
        };
        if flow.is_break() {
            break;
        }
    }
    Ok(None)
}

fn fault(cause: ZipError) -> Fault {
    let class = Class::Damaged;
    match cause {
        ZipError::Io(cause) => Fault::of("zip", cause, 0),
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => Fault {
            class: Class::Format,
            reason: format!("a zip of a kind that is not read: {cause}"),
            disk: None,
        },
        cause => Fault { class, reason: format!("the zip is damaged: {cause}"), disk: None },
    }
}

/// Returns when a member was written. A zip does not say in which zone: it is taken for UTC.
fn nanoseconds(at: DateTime) -> Option<i64> {
    let (year, month, day) = (at.year(), at.month(), at.day());
    let (hour, minute, second) = (at.hour(), at.minute(), at.second());
    let printed = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z");
    Moment::parse(&printed)?.seconds.checked_mul(1_000_000_000)
}

/// The lengths of the record at the end of a zip, and of the comment behind it.
const END_BYTES: usize = 22;
const COMMENT_BYTES_MAX: u64 = 65_535;

/// The length of the record that leads to the larger one of a zip64.
const LOCATOR_BYTES: usize = 20;

/// Returns how many members a zip says that it has: the crate makes room for all of them at once.
/// Of several ends, of which the crate takes one, the highest counts.
fn members_claimed(source: &mut Box<dyn Seekable + '_>) -> io::Result<u64> {
    let len = source.seek(SeekFrom::End(0))?;
    let tail_bytes = len.min(COMMENT_BYTES_MAX + (END_BYTES + LOCATOR_BYTES) as u64);
    source.seek(SeekFrom::Start(len - tail_bytes))?;
    let mut tail = Vec::new();
    source.take(tail_bytes).read_to_end(&mut tail)?;
    let mut claimed = 0;
    for (at, window) in tail.windows(4).enumerate() {
        if window == b"PK\x05\x06" {
            let count = tail.get(at + 10..at + 12).and_then(|it| it.try_into().ok());
            claimed = claimed.max(count.map_or(0, |it| u64::from(u16::from_le_bytes(it))));
        } else if window == b"PK\x06\x07"
            && let Some(place) = tail.get(at + 8..at + 16).and_then(|it| it.try_into().ok())
        {
            source.seek(SeekFrom::Start(u64::from_le_bytes(place)))?;
            let mut record = Vec::new();
            source.take(40).read_to_end(&mut record)?;
            let count = record.get(32..40).and_then(|it| it.try_into().ok());
            claimed = claimed.max(count.map_or(0, u64::from_le_bytes));
        }
    }
    source.seek(SeekFrom::Start(0))?;
    Ok(claimed)
}

/// A file whose bytes are counted.
struct Metered<'a> {
    file: File,
    meter: &'a Meter<'a>,
}

impl Read for Metered<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n_read = self.file.read(into)?;
        self.meter.packed(n_read);
        Ok(n_read)
    }
}

impl Seek for Metered<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
