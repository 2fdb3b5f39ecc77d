//! What a run writes down for itself alone.
//!
//! A run may have to remember a little of every article and ask for it again of hardly any: that
//! has no place in memory, and none in the index. It lies in a file of the draft's disk that has no
//! name, so that it is gone with the run, however that ends.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// The name that the file has for a moment, where the system has no files without one.
pub(super) const NAME: &str = "scratch";

/// How much waits in memory until it is written: most nights write nothing.
const WAITING_BYTES_MAX: usize = 1 << 12;

/// A list of records of `N` bytes, of which the last are in memory and the others on the disk.
///
/// Appending costs what a buffered file does; reading one is a seek and a read.
#[derive(Debug)]
pub struct Scratch<const N: usize> {
    dir: PathBuf,
    /// Nothing until there is more than may wait.
    file: Option<File>,
    n_written: u64,
    waiting: Vec<[u8; N]>,
}

impl<const N: usize> Scratch<N> {
    /// Begins an empty list, of which what is too much for memory will lie in a folder.
    pub(super) fn within(dir: PathBuf) -> Self {
        Self { dir, file: None, n_written: 0, waiting: Vec::new() }
    }

    /// Appends a record, and returns its place: how many were there before.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`](crate::error::Kind::Io) where the disk does not let us.
    pub fn push(&mut self, record: [u8; N]) -> Result<u64> {
        if (self.waiting.len() + 1) * N > WAITING_BYTES_MAX {
            self.write().map_err(|cause| Error::io("write", &self.dir.join(NAME), &cause))?;
        }
        self.waiting.push(record);
        Ok(self.n_written + self.waiting.len() as u64 - 1)
    }

    /// Reads the record at a place that [`push`](Self::push) returned.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`](crate::error::Kind::Io) where the disk does not let us, or nothing is there.
    pub fn at(&self, place: u64) -> Result<[u8; N]> {
        self.read(place).map_err(|cause| Error::io("read", &self.dir.join(NAME), &cause))
    }

    fn write(&mut self) -> io::Result<()> {
        let mut file = match self.file.take() {
            Some(file) => file,
            None => nameless(&self.dir)?,
        };
        // Somebody may have read since.
        file.seek(SeekFrom::Start(self.n_written * N as u64))?;
        file.write_all(self.waiting.as_flattened())?;
        self.file = Some(file);
        self.n_written += self.waiting.len() as u64;
        self.waiting.clear();
        Ok(())
    }

    fn read(&self, place: u64) -> io::Result<[u8; N]> {
        let waiting = place.checked_sub(self.n_written);
        if let Some(place) = waiting.and_then(|place| usize::try_from(place).ok()) {
            return self.waiting.get(place).copied().ok_or(io::ErrorKind::UnexpectedEof.into());
        }
        let mut record = [0; N];
        let mut file = self.file.as_ref().ok_or(io::ErrorKind::NotFound)?;
        file.seek(SeekFrom::Start(place * N as u64))?;
        file.read_exact(&mut record)?;
        Ok(record)
    }
}

/// Makes a file without a name in a folder.
#[cfg(target_os = "linux")]
fn nameless(dir: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags, open};
    let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
    match open(dir, flags, Mode::RUSR | Mode::WUSR) {
        Ok(file) => Ok(file.into()),
        // Not every disk can.
        Err(_) => unnamed(dir),
    }
}

/// Makes a file without a name in a folder.
#[cfg(not(target_os = "linux"))]
fn nameless(dir: &Path) -> io::Result<File> {
    unnamed(dir)
}

/// Makes a file in a folder, and takes its name away.
fn unnamed(dir: &Path) -> io::Result<File> {
    let path = dir.join(NAME);
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(true).open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}

/// Removes the file of a run that was killed before it could take the name away.
pub(super) fn remove(dir: &Path) -> io::Result<()> {
    match std::fs::remove_file(dir.join(NAME)) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Some records more than may wait twice.
    const N_RECORDS: u64 = 2 * WAITING_BYTES_MAX as u64 / 8 + 100;

    #[test]
    fn what_was_pushed_is_read_again_wherever_it_lies() {
        let world = tempfile::tempdir().unwrap();
        let mut scratch = Scratch::<8>::within(world.path().to_owned());
        for number in 0..N_RECORDS {
            assert_eq!(scratch.push(number.to_le_bytes()).unwrap(), number);
            // Reading between two writes moves nothing.
            let before = number / 3;
            assert_eq!(scratch.at(before).unwrap(), before.to_le_bytes());
        }
        assert!(scratch.n_written > 0);
        for number in (0..N_RECORDS).rev() {
            assert_eq!(scratch.at(number).unwrap(), number.to_le_bytes());
        }
        assert!(scratch.at(N_RECORDS).is_err());
    }

    #[test]
    fn nothing_is_left_in_the_folder() {
        let world = tempfile::tempdir().unwrap();
        for make in [nameless, unnamed] {
            let mut file = make(world.path()).unwrap();
            file.write_all(b"a").unwrap();
            assert_eq!(std::fs::read_dir(world.path()).unwrap().count(), 0);
        }
        std::fs::write(world.path().join(NAME), "of a run that was killed").unwrap();
        remove(world.path()).unwrap();
        remove(world.path()).unwrap();
        assert_eq!(std::fs::read_dir(world.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_disk_that_does_not_let_us_is_told() {
        let world = tempfile::tempdir().unwrap();
        let mut scratch = Scratch::<8>::within(world.path().join("draft"));
        let error = (0..N_RECORDS).find_map(|it| scratch.push(it.to_le_bytes()).err()).unwrap();
        assert!(error.message.starts_with("cannot write '"), "{}", error.message);
    }
}
