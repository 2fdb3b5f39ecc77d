//! Reading what is merged without mapping it into memory.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, MmapDirectory, OwnedBytes, WatchCallback, WatchHandle,
    WritePtr,
};
use tantivy::{Directory, HasLen};

/// The directory of a draft: its files are read piece by piece instead of being mapped.
///
/// A merge goes once through everything that it merges. Mapped, all of that counts as the run's
/// memory, half a gigabyte for 200,000 articles; read in pieces, a piece a file does.
#[derive(Clone, Debug)]
pub(super) struct Streamed {
    mapped: MmapDirectory,
    dir: PathBuf,
}

/// How much of a file is read at a time where one read follows on another, as they do in a merge.
const PIECE_BYTES: usize = 1 << 18;

/// How much is read where one does not: of an article that is looked up, and the words of an id.
const FIRST_BYTES: usize = 1 << 13;

/// What is longer than this is mapped, for as long as somebody holds it: all stored articles of a
/// segment are copied as one piece when it is merged.
const READ_BYTES_MAX: usize = 1 << 23;

impl Streamed {
    pub(super) fn open(dir: &Path) -> tantivy::Result<Self> {
        Ok(Self { mapped: MmapDirectory::open(dir)?, dir: dir.to_owned() })
    }
}

/// A file that is read in pieces.
struct Pieces {
    len: usize,
    mapped: MmapDirectory,
    path: PathBuf,
    open: Mutex<Open>,
}

/// An open file, and the piece of it that was read last.
struct Open {
    file: File,
    at: usize,
    piece: OwnedBytes,
}

impl Open {
    fn read(&mut self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut bytes = Vec::with_capacity(range.len());
        self.file.seek(SeekFrom::Start(range.start as u64))?;
        self.file.by_ref().take(range.len() as u64).read_to_end(&mut bytes)?;
        if bytes.len() < range.len() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(OwnedBytes::new(bytes))
    }

    /// Returns the piece to read for a range that the one at hand does not hold.
    fn piece_of(&self, range: &Range<usize>, len: usize) -> Range<usize> {
        let end = self.at + self.piece.len();
        let follows = self.at <= range.start && range.start <= end + PIECE_BYTES;
        let ahead = if follows && end > 0 { PIECE_BYTES } else { FIRST_BYTES };
        range.start..len.min(range.start + ahead.max(range.len()))
    }

    fn holds(&self, range: &Range<usize>) -> bool {
        self.at <= range.start && range.end <= self.at + self.piece.len()
    }
}

impl fmt::Debug for Pieces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pieces({})", self.path.display())
    }
}

impl HasLen for Pieces {
    fn len(&self) -> usize {
        self.len
    }
}

impl FileHandle for Pieces {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.end > self.len || range.start > range.end {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if range.len() > READ_BYTES_MAX {
            let mapped = self.mapped.get_file_handle(&self.path).map_err(io::Error::other)?;
            return mapped.read_bytes(range);
        }
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if range.len() > PIECE_BYTES / 2 {
            return open.read(range);
        }
        if !open.holds(&range) {
            let piece = open.piece_of(&range, self.len);
            open.piece = open.read(piece)?;
            open.at = range.start;
        }
        Ok(open.piece.slice(range.start - open.at..range.end - open.at))
    }
}

impl Directory for Streamed {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let failed = |cause: io::Error| match cause.kind() {
            io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_owned()),
            _ => OpenReadError::wrap_io_error(cause, path.to_owned()),
        };
        let file = File::open(self.dir.join(path)).map_err(failed)?;
        let len = file.metadata().map_err(failed)?.len();
        let len = usize::try_from(len).map_err(|cause| failed(io::Error::other(cause)))?;
        let open = Mutex::new(Open { file, at: 0, piece: OwnedBytes::empty() });
        Ok(Arc::new(Pieces { len, mapped: self.mapped.clone(), path: path.to_owned(), open }))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.mapped.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.mapped.exists(path)
    }

    /// Nobody writes a file twice but who repeats a commit that was broken off: what is there is of
    /// no segment.
    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let _ = std::fs::remove_file(self.dir.join(path));
        self.mapped.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.mapped.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.mapped.atomic_write(path, bytes)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.mapped.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.mapped.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.mapped.watch(callback)
    }
}
