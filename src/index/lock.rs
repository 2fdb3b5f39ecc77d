//! One writer at a time.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::process;

use crate::error::{Error, Kind, Named, Result};
use crate::text;

use super::clock::now_s;

/// The right to write an index, held until it is dropped.
///
/// The lock is the operating system's, on the file `LOCK`: it ends with the process that holds it,
/// however that ends. What the file says (process, host, start) is for people only.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of the index at `dir`, or fails at once if another run holds it.
    ///
    /// # Errors
    ///
    /// [`Kind::Locked`], naming the holder; [`Kind::Io`] where the file cannot be written.
    pub(super) fn take(dir: &Path) -> Result<Self> {
        let path = dir.join("LOCK");
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = file.map_err(|cause| Error::io("write", &path, &cause))?;
        match file.try_lock() {
            Ok(()) => {
                // Who holds it is a courtesy; a disk too full to say so is found out soon enough.
                let _ = write_holder(&mut file);
                Ok(Self { _file: file })
            }
            Err(TryLockError::WouldBlock) => Err(held(dir, &path)),
            Err(TryLockError::Error(cause)) => Err(Error::io("lock", &path, &cause)),
        }
    }
}

fn write_holder(file: &mut File) -> std::io::Result<()> {
    let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let started = text::Moment::of_timestamp(now_s());
    file.set_len(0)?;
    file.seek(SeekFrom::Start(0))?;
    writeln!(file, "process {} on {}, since {started}", process::id(), host.trim())
}

fn held(dir: &Path, path: &Path) -> Error {
    let holder = fs::read_to_string(path).unwrap_or_default();
    let holder = holder.trim();
    let holder = if holder.is_empty() { String::new() } else { format!(" ({holder})") };
    Error::new(
        Kind::Locked,
        format!("the index at {} is being written by another run{holder}", Named(dir)),
    )
    .with_hint("wait until it has finished; searching works meanwhile")
}
