//! What a draft has finished, so that a run that is killed can be continued.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::article::Origin;
use crate::error::{Error, Kind, Named, Result};

use crate::index::facts::FileFacts;
use crate::index::quarantine::Quarantined;
use crate::index::records::Block;
use crate::index::versions::Version;

/// What is finished: a line of `journal.ndjson`.
///
/// A line counts once it is committed: the payload of a commit is the length of the journal then.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Entry {
    /// The reading of a file was under way at a commit: of its articles, some are in, and some of
    /// those before are replaced.
    Begun {
        /// What names it; nothing else of it is known.
        facts: Box<FileFacts>,
    },
    /// A file was read to its end, and its articles are in.
    Read(Box<ReadFile>),
    /// The articles of a file were taken out.
    Gone {
        /// Its absolute path.
        origin: String,
        /// Those of them that may have been somewhere else than their documents say.
        #[serde(default)]
        ids: Vec<String>,
    },
    /// An article of another file was taken out for a record with its id.
    Displaced {
        /// The absolute path of that file.
        origin: String,
        /// What it was; nothing where the file is to be read again anyway, and the record may be
        /// another one by then.
        version: Option<Version>,
        /// How many paragraphs of reporting it had.
        paragraphs: u64,
        /// Whether it had no date: 1 or 0.
        undated: u64,
    },
}

/// A file that was read, and what came of it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ReadFile {
    /// Its line of the manifest.
    pub(super) facts: FileFacts,
    /// What was set aside.
    pub(super) set_aside: Vec<Quarantined>,
    /// The articles that are no longer where their documents say, or are there again.
    pub(super) moves: Vec<(String, Option<Origin>)>,
    /// Its records that are not in the index because of others, and its words of withdrawal.
    pub(super) versions: Vec<Version>,
    /// Where its rows are, if there are any.
    pub(super) block: Option<Block>,
}

/// The journal of a draft, open for writing.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    file: BufWriter<File>,
    n_bytes: u64,
}

/// The name of the file in the folder of a draft.
pub(super) const NAME: &str = "journal.ndjson";

impl Journal {
    /// Opens the journal of a draft behind the bytes that are committed; what follows is dropped.
    pub(super) fn open(dir: &Path, n_bytes: u64) -> Result<Self> {
        let path = dir.join(NAME);
        let open = || {
            let mut options = OpenOptions::new();
            let file = options.create(true).append(true).open(&path)?;
            file.set_len(n_bytes)?;
            Ok(file)
        };
        let file = open().map_err(|cause: io::Error| Error::io("write", &path, &cause))?;
        Ok(Self { path, file: BufWriter::new(file), n_bytes })
    }

    /// Adds a line.
    pub(super) fn push(&mut self, entry: &Entry) -> Result<()> {
        let write = || {
            let mut line = serde_json::to_vec(entry)?;
            line.push(b'\n');
            self.n_bytes += line.len() as u64;
            self.file.write_all(&line)
        };
        let mut write = write;
        write().map_err(|cause| Error::io("write", &self.path, &cause))
    }

    /// Waits until the journal is on the disk, and returns its length in bytes.
    pub(super) fn sync(&mut self) -> Result<u64> {
        let synced = self.file.flush().and_then(|()| self.file.get_ref().sync_data());
        synced.map_err(|cause| Error::io("write", &self.path, &cause))?;
        Ok(self.n_bytes)
    }
}

/// Reads the lines that are committed.
pub(super) fn read(dir: &Path, n_bytes: u64) -> Result<Vec<Entry>> {
    let path = dir.join(NAME);
    let bytes = fs::read(&path).map_err(|cause| Error::io("read", &path, &cause))?;
    let committed = usize::try_from(n_bytes).ok().and_then(|n| bytes.get(..n));
    let damaged = || Error::new(Kind::Index, format!("{} is damaged", Named(&path)));
    let lines = committed.ok_or_else(damaged)?.split(|byte| *byte == b'\n');
    lines
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).map_err(|_| damaged()))
        .collect()
}

/// Removes the journal of a draft that is finished.
pub(super) fn remove(dir: &Path) -> io::Result<()> {
    fs::remove_file(dir.join(NAME))
}
