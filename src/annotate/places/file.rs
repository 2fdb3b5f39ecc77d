//! The file that a gazetteer is kept in, and the checks that it has to pass.
//!
//! ```text
//! magic       8  "DLPLACES"
//! version     4
//! n_places    4
//! n_names     4
//! n_peoples   4
//! places_len  4  bytes of the texts, of the names, of the peoples
//! names_len   4
//! peoples_len 4
//! checksum    8  FNV-1a, 64 bits, of all other bytes
//! records        11 bytes for each place:
//!                  text u32, population u32, parent u16 (its number + 1; 0 for none), kind u8
//! texts          the name of each place as it is printed, behind a byte for its length
//! names          a table of names, see `names.rs`
//! peoples        a table of the names of peoples
//! ```
//!
//! All numbers are little-endian. The places that contain others come first, so that sixteen bits
//! name a parent.

use crate::error::{Error, Kind, Result};
use crate::text::fnv_1a;

use super::names::Names;
use super::{PlaceId, PlaceKind};

const MAGIC: &[u8; 8] = b"DLPLACES";

/// The number of the format; it is raised when the file changes its shape.
const VERSION: u32 = 1;

const HEADER_BYTES: usize = 44;
const CHECKSUM_AT: usize = 36;
const RECORD_BYTES: usize = 11;

/// In the byte of the kind: the place is the capital of its country.
const CAPITAL: u8 = 0x80;

/// A place as the file has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record {
    pub(super) text: u32,
    pub(super) population: u32,
    pub(super) parent: Option<PlaceId>,
    pub(super) kind: PlaceKind,
    pub(super) is_capital: bool,
}

/// Where the parts of a checked file lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    pub(super) n_places: u32,
    n_names: usize,
    n_peoples: usize,
    texts_at: usize,
    names_at: usize,
    peoples_at: usize,
}

impl Layout {
    /// Checks a file.
    ///
    /// # Errors
    ///
    /// When it is no gazetteer, of another version, cut short or changed.
    pub(super) fn check(bytes: &[u8]) -> Result<Self> {
        if !bytes.starts_with(MAGIC) {
            return Err(refused("it is not a file of places"));
        }
        let number = |at: usize| -> Option<u32> {
            Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
        };
        let version = number(8).ok_or_else(|| refused("it is cut short"))?;
        if version != VERSION {
            let message = format!("it has format {version}, this program reads {VERSION}");
            return Err(refused(&message));
        }
        let laid_out = || -> Option<(Self, usize)> {
            let n_places = number(12)?;
            let (n_names, n_peoples) = (number(16)? as usize, number(20)? as usize);
            let texts_at = HEADER_BYTES + n_places as usize * RECORD_BYTES;
            let names_at = texts_at.checked_add(number(24)? as usize)?;
            let peoples_at = names_at.checked_add(number(28)? as usize)?;
            let end = peoples_at.checked_add(number(32)? as usize)?;
            Some((Self { n_places, n_names, n_peoples, texts_at, names_at, peoples_at }, end))
        };
        let (layout, end) = laid_out().ok_or_else(|| refused("it is cut short"))?;
        let written = bytes.get(CHECKSUM_AT..).and_then(|it| it.first_chunk());
        let is_whole = end == bytes.len()
            && written.is_some_and(|it| u64::from_le_bytes(*it) == checksum(bytes))
            && layout.names(bytes).is_some()
            && layout.peoples(bytes).is_some();
        if is_whole { Ok(layout) } else { Err(refused("it is cut short or changed")) }
    }

    pub(super) fn names<'a>(&self, bytes: &'a [u8]) -> Option<Names<'a>> {
        Names::new(bytes.get(self.names_at..self.peoples_at)?, self.n_names)
    }

    pub(super) fn peoples<'a>(&self, bytes: &'a [u8]) -> Option<Names<'a>> {
        Names::new(bytes.get(self.peoples_at..)?, self.n_peoples)
    }

    pub(super) fn record(&self, bytes: &[u8], place: PlaceId) -> Option<Record> {
        if place.0 >= self.n_places {
            return None;
        }
        let at = HEADER_BYTES + place.0 as usize * RECORD_BYTES;
        let record: &[u8; RECORD_BYTES] = bytes.get(at..)?.first_chunk()?;
        let number = |at: usize| {
            u32::from_le_bytes([record[at], record[at + 1], record[at + 2], record[at + 3]])
        };
        let parent = u16::from_le_bytes([record[8], record[9]]);
        Some(Record {
            text: number(0),
            population: number(4),
            // A parent comes before what it contains: no file can lead in a circle.
            parent: parent.checked_sub(1).map(|it| PlaceId(it.into())).filter(|it| *it < place),
            kind: PlaceKind::of(record[10] & !CAPITAL),
            is_capital: record[10] & CAPITAL != 0,
        })
    }

    pub(super) fn text<'a>(&self, bytes: &'a [u8], at: u32) -> Option<&'a str> {
        let texts = bytes.get(self.texts_at..self.names_at)?;
        let (&len, rest) = texts.get(at as usize..)?.split_first()?;
        std::str::from_utf8(rest.get(..len as usize)?).ok()
    }
}

/// What a file is written from.
pub(super) struct Parts {
    /// A record for each place; its `text` is ignored.
    pub(super) places: Vec<(Record, String)>,
    pub(super) names: (usize, Vec<u8>),
    pub(super) peoples: (usize, Vec<u8>),
}

/// Writes a file: the mirror of [`Layout::check`].
pub(super) fn write(parts: &Parts) -> Vec<u8> {
    let (mut records, mut texts) = (Vec::new(), Vec::new());
    for (record, text) in &parts.places {
        records.extend((texts.len() as u32).to_le_bytes());
        records.extend(record.population.to_le_bytes());
        let parent = record.parent.map_or(0, |it| it.0 as u16 + 1);
        records.extend(parent.to_le_bytes());
        records.push(record.kind as u8 | if record.is_capital { CAPITAL } else { 0 });
        texts.push(text.len() as u8);
        texts.extend(text.as_bytes());
    }
    let mut out = MAGIC.to_vec();
    let numbers = [
        VERSION as usize,
        parts.places.len(),
        parts.names.0,
        parts.peoples.0,
        texts.len(),
        parts.names.1.len(),
        parts.peoples.1.len(),
    ];
    numbers.iter().for_each(|&it| out.extend((it as u32).to_le_bytes()));
    out.extend([0; 8]);
    for part in [&records, &texts, &parts.names.1, &parts.peoples.1] {
        out.extend(part);
    }
    let sum = checksum(&out);
    out[CHECKSUM_AT..HEADER_BYTES].copy_from_slice(&sum.to_le_bytes());
    out
}

/// Returns the hash of all but the checksum itself.
fn checksum(bytes: &[u8]) -> u64 {
    let parts = [bytes.get(..CHECKSUM_AT), bytes.get(HEADER_BYTES..)];
    fnv_1a(parts.into_iter().flatten().flatten())
}

fn refused(why: &str) -> Error {
    Error::new(Kind::Usage, format!("cannot use the gazetteer: {why}"))
        .with_hint("make it anew with 'dateline train --places DIR --out FILE'")
}
