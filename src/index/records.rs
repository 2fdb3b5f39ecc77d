//! The records of files, as they were when they were read.
//!
//! A file of many records is seldom new in all of them. So that only those need be parsed that are,
//! a generation keeps of each record whose article it holds what its bytes were, as a fingerprint,
//! and where it stood. The file `records` has them file by file, in the order of each:
//!
//! ```text
//! "dateline records 1\n"
//! rows         fingerprint                                      12 bytes
//!              first half of the id's BLAKE3 hash's first 16    8 bytes
//!              number of the record, less that of the row before    variable
//!              first byte, less the end of the row before           variable
//!              how many bytes                                       variable
//!              paragraphs × 4, + 2 without a date, + 1 if named by its number    variable
//! directory    (path, first byte, how many bytes) of the rows of each file, a postcard record
//! place        of the directory, 8 bytes, the least significant first
//! generation   8 bytes likewise
//! ```
//!
//! Variable are seven bits a byte, the least significant first, with the eighth where more follow. A
//! row takes some 25 bytes. The rows of a file are kept only where they tell the truth: one of whose
//! articles another file's record has taken the place since has none, and is parsed as a whole the
//! next time. A file that was carried here from another generation by a program that does not know
//! it is told by the generation that it names.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::leb128;
use crate::article::KnownRecord;
use crate::text::Span;

/// The name of the file in the folder of a generation.
pub(super) const NAME: &str = "records";

const HEADER: &[u8] = b"dateline records 1\n";

/// The place of the directory, and the generation.
const END_BYTES: u64 = 16;

/// Returns what stands for an id in a row.
///
/// Among ten million ids, two have the same with a chance of three in a million.
pub(super) fn id_hash(id: &str) -> u64 {
    let hash = blake3::hash(id.as_bytes());
    let (first, _) = hash.as_bytes().split_first_chunk().unwrap_or((&[0; 8], &[]));
    u64::from_le_bytes(*first)
}

/// Where the rows of a file are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Block {
    pub(super) at: u64,
    pub(super) n_bytes: u64,
}

/// Makes the rows of a file.
#[derive(Debug, Default)]
pub(super) struct RowWriter {
    pub(super) bytes: Vec<u8>,
    record: u64,
    end: u64,
}

impl RowWriter {
    /// Adds a row. Numbers and places must not decrease.
    pub(super) fn push(&mut self, row: &KnownRecord) {
        let (start, end) = (row.span.start as u64, row.span.end as u64);
        self.bytes.extend_from_slice(&row.fingerprint.0);
        self.bytes.extend_from_slice(&row.id_hash.to_le_bytes());
        for number in [
            row.record.saturating_sub(self.record),
            start.saturating_sub(self.end),
            end.saturating_sub(start),
            u64::from(row.paragraphs) << 2 | u64::from(row.undated) << 1 | u64::from(row.numbered),
        ] {
            leb128::push(&mut self.bytes, number);
        }
        (self.record, self.end) = (row.record, end);
    }
}

/// Reads the rows of a file; ends where they cannot be read.
#[derive(Debug)]
pub(super) struct RowReader<R> {
    bytes: R,
    record: u64,
    end: u64,
}

impl<R: BufRead> RowReader<R> {
    pub(super) fn new(bytes: R) -> Self {
        Self { bytes, record: 0, end: 0 }
    }

    fn row(&mut self) -> io::Result<KnownRecord> {
        let mut row = KnownRecord::default();
        self.bytes.read_exact(&mut row.fingerprint.0)?;
        let mut id_hash = [0; 8];
        self.bytes.read_exact(&mut id_hash)?;
        row.id_hash = u64::from_le_bytes(id_hash);
        let [record, gap, len, rest] =
            [self.number()?, self.number()?, self.number()?, self.number()?];
        self.record = self.record.saturating_add(record);
        let start = self.end.saturating_add(gap);
        self.end = start.saturating_add(len);
        row.record = self.record;
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
        row.span = Span::new(place(start), place(self.end));
        row.paragraphs = u32::try_from(rest >> 2).unwrap_or(u32::MAX);
        (row.undated, row.numbered) = (rest & 2 > 0, rest & 1 > 0);
        Ok(row)
    }

    fn number(&mut self) -> io::Result<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let mut byte = [0];
            self.bytes.read_exact(&mut byte)?;
            number |= u64::from(byte[0] & 0x7F) << shift;
            if byte[0] < 0x80 {
                break;
            }
        }
        Ok(number)
    }
}

impl<R: BufRead> Iterator for RowReader<R> {
    type Item = KnownRecord;

    fn next(&mut self) -> Option<KnownRecord> {
        self.row().ok()
    }
}

/// The rows of a file, to be read by whoever reads the file.
#[derive(Clone, Debug)]
pub struct KnownRows {
    path: PathBuf,
    block: Block,
}

impl KnownRows {
    /// Names a block of a file.
    pub(super) fn at(path: &Path, block: Block) -> Self {
        Self { path: path.to_owned(), block }
    }

    /// Reads them, in the order of the file; ends where they cannot be read.
    pub fn read(&self) -> Box<dyn Iterator<Item = KnownRecord>> {
        match block_of(&self.path, self.block) {
            Ok(bytes) => Box::new(RowReader::new(bytes)),
            Err(_) => Box::new(std::iter::empty()),
        }
    }
}

fn block_of(path: &Path, block: Block) -> io::Result<io::Take<BufReader<File>>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(block.at))?;
    Ok(BufReader::new(file).take(block.n_bytes))
}

/// The records of the files of a generation.
#[derive(Debug, Default)]
pub(super) struct Records {
    path: PathBuf,
    blocks: HashMap<String, Block>,
}

impl Records {
    /// Opens the records of a generation. Of one that has none, and of one whose file cannot be
    /// read, nothing is known: its files are parsed as a whole.
    pub(super) fn open(generation_dir: &Path, generation: u64) -> Self {
        Self::read(generation_dir, generation).ok().flatten().unwrap_or_default()
    }

    /// Reads the directory; nothing where there is no file, or one of another generation.
    ///
    /// # Errors
    ///
    /// The file is damaged, or cannot be read.
    pub(super) fn read(generation_dir: &Path, generation: u64) -> io::Result<Option<Self>> {
        let path = generation_dir.join(NAME);
        let mut file = match File::open(&path) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => file?,
        };
        let damaged = || io::Error::new(io::ErrorKind::InvalidData, "damaged");
        let mut header = [0; HEADER.len()];
        file.read_exact(&mut header)?;
        let len = file.metadata()?.len();
        let end_at = len.checked_sub(END_BYTES).ok_or_else(damaged)?;
        file.seek(SeekFrom::Start(end_at))?;
        let [mut at, mut made_for] = [[0; 8]; 2];
        file.read_exact(&mut at)?;
        file.read_exact(&mut made_for)?;
        if u64::from_le_bytes(made_for) != generation {
            return Ok(None);
        }
        let at = u64::from_le_bytes(at);
        let n_bytes = end_at.checked_sub(at).filter(|_| header == HEADER).ok_or_else(damaged)?;
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(at))?;
        file.take(n_bytes).read_to_end(&mut bytes)?;
        let rows: Vec<(String, u64, u64)> = postcard::from_bytes(&bytes).map_err(|_| damaged())?;
        let block = |(path, first, n_bytes): (String, u64, u64)| {
            let is_within = first.checked_add(n_bytes).is_some_and(|end| end <= at);
            is_within.then_some((path, Block { at: first, n_bytes })).ok_or_else(damaged)
        };
        let blocks = rows.into_iter().map(block).collect::<io::Result<_>>()?;
        Ok(Some(Self { path, blocks }))
    }

    /// Returns the rows of a file, by its absolute path.
    pub(super) fn of(&self, origin: &str) -> Option<KnownRows> {
        self.blocks.get(origin).map(|block| KnownRows::at(&self.path, *block))
    }

    /// Returns the rows of each file, by its absolute path.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, KnownRows)> {
        let rows = |block: &Block| KnownRows::at(&self.path, *block);
        self.blocks.iter().map(move |(origin, block)| (origin.as_str(), rows(block)))
    }
}

/// Writes the file of a generation: the rows of each file, by its absolute path. Where there are
/// none, no file is made.
pub(super) fn write<'a>(
    generation_dir: &Path,
    generation: u64,
    files: impl Iterator<Item = (&'a str, KnownRows)>,
) -> io::Result<()> {
    let mut files = files.peekable();
    if files.peek().is_none() {
        return Ok(());
    }
    let mut target = BufWriter::new(File::create(generation_dir.join(NAME))?);
    target.write_all(HEADER)?;
    let mut at = HEADER.len() as u64;
    let mut directory = Vec::new();
    for (origin, rows) in files {
        let n_bytes = io::copy(&mut block_of(&rows.path, rows.block)?, &mut target)?;
        if n_bytes != rows.block.n_bytes {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        directory.push((origin, at, n_bytes));
        at += n_bytes;
    }
    target.write_all(&postcard::to_stdvec(&directory).map_err(io::Error::other)?)?;
    target.write_all(&at.to_le_bytes())?;
    target.write_all(&generation.to_le_bytes())?;
    target.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}
