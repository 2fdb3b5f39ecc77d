//! Where articles are now, for those that are no longer where they were indexed.
//!
//! A record that has not changed keeps its document although lines were put in above it, or its
//! file was moved: what it owes to the place is then told here. The file `whereabouts` of a
//! generation holds a row for each such article, sorted by id:
//!
//! ```text
//! "dateline whereabouts 1\n"
//! rows      (id, path, record, first byte, byte after the last), each a postcard record; the path
//!           is empty where the document has the right one
//! offsets   of each row, 8 bytes, the least significant first
//! number    of rows, 8 bytes likewise
//! ```
//!
//! A reader looks a row up by halving, some twenty small reads for a million rows; nothing of it is
//! held in memory.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Cursor, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Mutex;

use crate::article::Origin;
use crate::error::{Error, Result};
use crate::text::Span;

/// The name of the file in the folder of a generation.
pub(super) const NAME: &str = "whereabouts";

const HEADER: &[u8] = b"dateline whereabouts 1\n";

/// The longest row: an id, a path and three numbers; a longer one means that the file is damaged.
const ROW_BYTES_MAX: u64 = 1 << 20;

/// The bytes of an offset, and of the number of rows.
const NUMBER_BYTES: u64 = 8;

/// One row: id, path, record, and the bytes from and to.
type Row = (String, String, u64, u64, u64);

/// The articles of a generation that are no longer where they were indexed.
#[derive(Debug)]
pub struct Whereabouts {
    file: Option<Mutex<Source>>,
    n_rows: u64,
    offsets_at: u64,
}

/// The bytes of the file, on the disk or in memory.
#[derive(Debug)]
enum Source {
    OnDisk(File),
    InMemory(Cursor<Vec<u8>>),
}

/// The longest file that is held in memory.
const BYTES_HELD_MAX: u64 = 64 << 20;

impl Source {
    fn read_at(&mut self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        match self {
            Self::OnDisk(file) => {
                file.seek(SeekFrom::Start(at))?;
                file.read_exact(bytes)
            }
            Self::InMemory(cursor) => {
                cursor.set_position(at);
                cursor.read_exact(bytes)
            }
        }
    }
}

/// What a run has found out: where articles are now, or that they are where their document says.
pub(super) type Moves = BTreeMap<String, Option<Origin>>;

impl Whereabouts {
    /// Returns those of an index whose articles are all where they were indexed.
    pub(super) fn none() -> Self {
        Self { file: None, n_rows: 0, offsets_at: 0 }
    }

    /// Opens the file of a generation; one that has none has no such articles.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`](crate::error::Kind::Io) where it is there and cannot be read.
    pub(super) fn open(generation_dir: &Path) -> Result<Self> {
        let path = generation_dir.join(NAME);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Self::none()),
            Err(cause) => return Err(Error::io("read", &path, &cause)),
        };
        Self::read_end(file).map_err(|cause| Error::io("read", &path, &cause))
    }

    /// Reads the file into memory, for whoever asks about every article; a very long one stays on
    /// the disk.
    pub(super) fn held(mut self) -> Result<Self> {
        let hold = |file: &mut File| {
            let mut bytes = Vec::new();
            file.seek(SeekFrom::Start(0))?;
            file.read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        if let Some(Ok(source)) = self.file.as_mut().map(Mutex::get_mut)
            && let Source::OnDisk(file) = source
            && file.metadata().is_ok_and(|it| it.len() <= BYTES_HELD_MAX)
        {
            let bytes = hold(file).map_err(|cause| Error::io("read", Path::new(NAME), &cause))?;
            *source = Source::InMemory(Cursor::new(bytes));
        }
        Ok(self)
    }

    fn read_end(file: File) -> io::Result<Self> {
        let len = file.metadata()?.len();
        let mut file = Source::OnDisk(file);
        let n_rows = match len.checked_sub(NUMBER_BYTES) {
            Some(at) => number_at(&mut file, at)?,
            None => return Err(damaged()),
        };
        let offsets_at = n_rows
            .checked_add(1)
            .and_then(|n_numbers| n_numbers.checked_mul(NUMBER_BYTES))
            .and_then(|n_bytes| len.checked_sub(n_bytes))
            .filter(|at| *at >= HEADER.len() as u64)
            .ok_or_else(damaged)?;
        Ok(Self { file: Some(Mutex::new(file)), n_rows, offsets_at })
    }

    /// Corrects where an article stands, where its document is behind the times.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`](crate::error::Kind::Io) where the file is damaged or cannot be read.
    pub fn settle(&self, id: &str, stored: &mut Origin) -> Result<()> {
        if let Some(now) = self.of(id)? {
            *stored = settled(now, stored);
        }
        Ok(())
    }

    /// Returns where an article is now, if that is not where its document says; the path is empty
    /// where it is that of the document.
    pub(super) fn of(&self, id: &str) -> Result<Option<Origin>> {
        let found = self.find(id);
        found.map_err(|cause| Error::io("read", Path::new(NAME), &cause))
    }

    fn find(&self, id: &str) -> io::Result<Option<Origin>> {
        let (mut first, mut last) = (0, self.n_rows);
        while first < last {
            let middle = first + (last - first) / 2;
            let row = self.row(middle)?;
            match row.0.as_str().cmp(id) {
                std::cmp::Ordering::Equal => return Ok(Some(origin(row))),
                std::cmp::Ordering::Less => first = middle + 1,
                std::cmp::Ordering::Greater => last = middle,
            }
        }
        Ok(None)
    }

    fn row(&self, idx: u64) -> io::Result<Row> {
        let Some(file) = &self.file else {
            return Err(damaged());
        };
        let mut file = file.lock().map_err(|_| damaged())?;
        let at = number_at(&mut file, self.offsets_at + idx * NUMBER_BYTES)?;
        let end = if idx + 1 < self.n_rows {
            number_at(&mut file, self.offsets_at + (idx + 1) * NUMBER_BYTES)?
        } else {
            self.offsets_at
        };
        let n_bytes = end.checked_sub(at).filter(|n| *n <= ROW_BYTES_MAX).ok_or_else(damaged)?;
        let mut bytes = vec![0; usize::try_from(n_bytes).map_err(|_| damaged())?];
        file.read_at(at, &mut bytes)?;
        postcard::from_bytes(&bytes).map_err(|_| damaged())
    }

    /// Returns the articles whose file has another path now, in the order of their ids.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`](crate::error::Kind::Io) where the file is damaged or cannot be read.
    pub fn moved(&self) -> Result<Vec<(String, Origin)>> {
        self.rows().filter(|row| !row.as_ref().is_ok_and(|(_, now)| now.path.is_empty())).collect()
    }

    /// Returns all rows in the order of their ids.
    pub(super) fn rows(&self) -> impl Iterator<Item = Result<(String, Origin)>> {
        (0..self.n_rows).map(|idx| {
            let row = self.row(idx).map(|row| (row.0.clone(), origin(row)));
            row.map_err(|cause| Error::io("read", Path::new(NAME), &cause))
        })
    }

    /// Tells whether no article has moved.
    pub(super) fn is_empty(&self) -> bool {
        self.n_rows == 0
    }

    /// Writes the file of a new generation: the rows of the old one with what a run has found out.
    /// Where no row is left, no file is made.
    pub(super) fn write(&self, moves: &Moves, generation_dir: &Path) -> Result<()> {
        let path = generation_dir.join(NAME);
        let written = self.write_rows(moves, &path);
        let n_rows = written.map_err(|cause| Error::io("write", &path, &cause))?;
        if n_rows == 0 {
            fs::remove_file(&path).map_err(|cause| Error::io("remove", &path, &cause))?;
        }
        Ok(())
    }

    fn write_rows(&self, moves: &Moves, path: &Path) -> io::Result<u64> {
        let mut rows = RowWriter::create(path)?;
        let mut moves = moves.iter().peekable();
        for idx in 0..self.n_rows {
            let old = self.row(idx)?;
            while let Some((id, moved)) = moves.next_if(|(id, _)| **id < old.0) {
                rows.push(id, moved.as_ref())?;
            }
            match moves.next_if(|(id, _)| **id == old.0) {
                Some((id, moved)) => rows.push(id, moved.as_ref())?,
                None => rows.push(&old.0.clone(), Some(&origin(old)))?,
            }
        }
        for (id, moved) in moves {
            rows.push(id, moved.as_ref())?;
        }
        rows.finish()
    }
}

/// Returns where an article stands, from what is known and what its document says.
pub(super) fn settled(now: Origin, stored: &Origin) -> Origin {
    let path = if now.path.is_empty() { stored.path.clone() } else { now.path };
    Origin { path, ..now }
}

/// Writes rows, then the offsets, which are kept until then: 8 bytes a row.
struct RowWriter {
    file: BufWriter<File>,
    at: u64,
    offsets: Vec<u64>,
}

impl RowWriter {
    fn create(path: &Path) -> io::Result<Self> {
        let mut file = BufWriter::new(File::create(path)?);
        file.write_all(HEADER)?;
        Ok(Self { file, at: HEADER.len() as u64, offsets: Vec::new() })
    }

    fn push(&mut self, id: &str, origin: Option<&Origin>) -> io::Result<()> {
        let Some(origin) = origin else {
            return Ok(());
        };
        let (start, end) = (origin.span.start as u64, origin.span.end as u64);
        let row = (id, &origin.path, origin.record, start, end);
        let bytes = postcard::to_stdvec(&row).map_err(io::Error::other)?;
        self.offsets.push(self.at);
        self.at += bytes.len() as u64;
        self.file.write_all(&bytes)
    }

    fn finish(mut self) -> io::Result<u64> {
        let n_rows = self.offsets.len() as u64;
        for number in self.offsets.iter().chain([&n_rows]) {
            self.file.write_all(&number.to_le_bytes())?;
        }
        self.file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        Ok(n_rows)
    }
}

fn origin((_, path, record, start, end): Row) -> Origin {
    // The file was written on a machine whose numbers may be wider.
    let byte = |at| usize::try_from(at).unwrap_or(usize::MAX);
    Origin { path, record, span: Span::new(byte(start), byte(end)) }
}

fn number_at(file: &mut Source, at: u64) -> io::Result<u64> {
    let mut bytes = [0; NUMBER_BYTES as usize];
    file.read_at(at, &mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "damaged")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(record: u64) -> Option<Origin> {
        Some(Origin { path: format!("p{record}"), record, span: Span::new(1, 5) })
    }

    fn moves(rows: &[(&str, Option<Origin>)]) -> Moves {
        rows.iter().map(|(id, origin)| ((*id).to_owned(), origin.clone())).collect()
    }

    #[test]
    fn rows_are_found_replaced_and_taken_out() -> Result<()> {
        let [first, second, third] = [(); 3].map(|()| tempfile::tempdir().unwrap());
        let none = Whereabouts::open(first.path())?;
        assert_eq!(none.of("a")?, None);
        none.write(&moves(&[("a", at(1)), ("c", at(3)), ("x", None)]), first.path())?;
        let old = Whereabouts::open(first.path())?.held()?;
        let found: Result<Vec<_>> = ["a", "b", "c", "x"].iter().map(|id| old.of(id)).collect();
        assert_eq!(found?, [at(1), None, at(3), None]);
        old.write(&moves(&[("a", None), ("b", at(2)), ("c", at(4)), ("d", at(5))]), second.path())?;
        let new = Whereabouts::open(second.path())?;
        let ids: Vec<_> = new.moved()?.into_iter().map(|(id, now)| (id, now.record)).collect();
        assert_eq!(ids, [("b".to_owned(), 2), ("c".to_owned(), 4), ("d".to_owned(), 5)]);
        new.write(&moves(&[("b", None), ("c", None), ("d", None)]), third.path())?;
        assert!(!third.path().join(NAME).exists());
        Ok(())
    }

    #[test]
    fn a_damaged_file_is_an_error() -> Result<()> {
        let dir = tempfile::tempdir().unwrap();
        let empty = Whereabouts::open(dir.path())?;
        empty.write(&moves(&[("a", at(1)), ("b", at(2)), ("c", at(3))]), dir.path())?;
        let path = dir.path().join(NAME);
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            for flipped in [0x01, 0x80, 0xff] {
                let mut bytes = whole.clone();
                bytes[at] ^= flipped;
                fs::write(&path, &bytes).unwrap();
                // Any answer will do but a panic, or memory without end.
                _ = Whereabouts::open(dir.path()).and_then(|it| it.of("b"));
            }
            fs::write(&path, &whole[..at]).unwrap();
            _ = Whereabouts::open(dir.path()).and_then(|it| it.of("b"));
        }
        Ok(())
    }
}
