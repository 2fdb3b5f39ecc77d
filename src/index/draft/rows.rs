//! The rows of the files that a draft has read: what [`records`] will tell of them.
//!
//! They are appended to the file `rows` of the draft when a file is finished, and waited for before
//! each commit; the journal says where those of each file are. Those of files that were not read
//! again stay in the generation before until the new one is published.

use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::article::KnownRecord;
use crate::error::{Error, Result};

use super::Leftover;
use crate::index::facts::FileFacts;
use crate::index::records::{self, Block, KnownRows, Records, RowReader, RowWriter};

/// The name of the file in the folder of a draft.
pub(super) const NAME: &str = "rows";

/// The rows of a file that are held until it is finished: those of some ten million records. Of a
/// file with more none are kept.
const BLOCK_BYTES_MAX: usize = 1 << 28;

/// The rows that a draft has, and those of its base.
#[derive(Debug)]
pub(super) struct Rows {
    path: PathBuf,
    file: BufWriter<File>,
    n_bytes: u64,
    blocks: HashMap<String, Block>,
    /// The files whose rows do not tell the truth any more: an article was taken out.
    stale: HashSet<String>,
    base: Records,
    open: Open,
}

/// The rows of the file that is being read.
#[derive(Debug, Default)]
struct Open {
    rows: RowWriter,
    n_rows: u64,
    /// Articles that were taken out again, each with the number of rows until then.
    void: HashMap<u64, u64>,
}

impl Rows {
    /// Opens the rows of a draft, those that were committed.
    pub(super) fn open(dir: &Path, leftover: &Leftover, base: Records) -> Result<Self> {
        let path = dir.join(NAME);
        let n_committed = leftover.blocks.values().map(|it| it.at + it.n_bytes).max().unwrap_or(0);
        let open = || {
            let file = OpenOptions::new().create(true).append(true).open(&path)?;
            let has_all = file.metadata()?.len() >= n_committed;
            let n_bytes = if has_all { n_committed } else { 0 };
            file.set_len(n_bytes)?;
            Ok((file, n_bytes))
        };
        let (file, n_bytes) =
            open().map_err(|cause: io::Error| Error::io("write", &path, &cause))?;
        let has_all = n_bytes == n_committed;
        let blocks = if has_all { leftover.blocks.clone() } else { HashMap::new() };
        let stale = leftover.stale.clone();
        let file = BufWriter::new(file);
        Ok(Self { path, file, n_bytes, blocks, stale, base, open: Open::default() })
    }

    /// Returns the rows of a file of the base, where they tell the truth.
    pub(super) fn of_base(&self, origin: &str) -> Option<KnownRows> {
        self.base.of(origin).filter(|_| !self.stale.contains(origin))
    }

    /// Begins a file.
    pub(super) fn begin(&mut self) {
        self.open = Open::default();
    }

    /// Adds a row of the file that was begun.
    pub(super) fn push(&mut self, row: &KnownRecord) {
        self.open.n_rows += 1;
        if self.open.rows.bytes.len() <= BLOCK_BYTES_MAX {
            self.open.rows.push(row);
        }
    }

    /// Takes note that an article is taken out, by the hash of its id, whose record is one that came
    /// in the file that was begun.
    pub(super) fn take_back(&mut self, id_hash: u64) {
        self.open.void.insert(id_hash, self.open.n_rows);
    }

    /// Takes note that an article of a file is taken out.
    pub(super) fn spoil(&mut self, origin: &str) {
        self.stale.insert(origin.to_owned());
    }

    /// Ends the file, and writes its rows down; returns where they are. They are for the journal to
    /// tell, and then [`keep`](Self::keep).
    pub(super) fn end(&mut self) -> Result<Option<Block>> {
        let open = std::mem::take(&mut self.open);
        let bytes = open.bytes();
        if bytes.is_empty() || bytes.len() > BLOCK_BYTES_MAX {
            return Ok(None);
        }
        let block = Block { at: self.n_bytes, n_bytes: bytes.len() as u64 };
        self.file.write_all(&bytes).map_err(|cause| Error::io("write", &self.path, &cause))?;
        self.n_bytes += block.n_bytes;
        Ok(Some(block))
    }

    /// Takes note of the rows of a file that was read to its end.
    pub(super) fn keep(&mut self, origin: &str, block: Option<Block>) {
        self.stale.remove(origin);
        match block {
            Some(block) => _ = self.blocks.insert(origin.to_owned(), block),
            None => _ = self.blocks.remove(origin),
        }
    }

    /// Waits until the rows are on the disk.
    pub(super) fn sync(&mut self) -> Result<()> {
        let synced = self.file.flush().and_then(|()| self.file.get_ref().sync_data());
        synced.map_err(|cause| Error::io("write", &self.path, &cause))
    }

    /// Writes the records of a generation: of the files that were `done` what was found, of the
    /// others what was known.
    pub(super) fn publish(
        &mut self,
        dir: &Path,
        generation: u64,
        files: &[FileFacts],
        done: &HashSet<String>,
    ) -> io::Result<()> {
        self.file.flush()?;
        let rows = |file: &FileFacts| {
            let is_true = !self.stale.contains(&file.origin) && !file.hash.is_empty();
            let rows = match self.blocks.get(&file.origin) {
                Some(block) => Some(KnownRows::at(&self.path, *block)),
                None if done.contains(&file.origin) => None,
                None => self.base.of(&file.origin),
            };
            rows.filter(|_| is_true)
        };
        let files = files.iter().filter_map(|it| Some((it.origin.as_str(), rows(it)?)));
        records::write(dir, generation, files)
    }
}

impl Open {
    /// Returns the rows but those whose articles were taken out again.
    fn bytes(self) -> Vec<u8> {
        if self.void.is_empty() {
            return self.rows.bytes;
        }
        let mut left = RowWriter::default();
        for (n_before, row) in (0..).zip(RowReader::new(self.rows.bytes.as_slice())) {
            if self.void.get(&row.id_hash).is_none_or(|n_void| n_before >= *n_void) {
                left.push(&row);
            }
        }
        left.bytes
    }
}

/// Removes the rows of a draft that is finished.
pub(super) fn remove(dir: &Path) -> io::Result<()> {
    std::fs::remove_file(dir.join(NAME))
}
