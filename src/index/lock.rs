//! One writer at a time.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::process;
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, Kind, Named, Result};
use crate::text;

use super::system::now_s;

/// The right to write an index, held until it is dropped.
///
/// The lock is the operating system's, on the file `LOCK`: it ends with the process that holds it,
/// however that ends. What the file says (process, host, start) is for people only.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of the index at `dir`; where another run holds it, tells so once and waits.
    ///
    /// # Errors
    ///
    /// [`Kind::Locked`], naming the holder; [`Kind::Io`] where the file cannot be written.
    pub(super) fn take(dir: &Path, timeout: Duration, waiting: &mut dyn FnMut()) -> Result<Self> {
        let path = dir.join("LOCK");
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = file.map_err(|cause| Error::io("write", &path, &cause))?;
        let began = Instant::now();
        let mut has_told = false;
        loop {
            match file.try_lock() {
                Ok(()) => {
                    // Who holds it is a courtesy; a disk too full to say so is found out soon
                    // enough.
                    let _ = write_holder(&mut file);
                    return Ok(Self { _file: file });
                }
                Err(TryLockError::WouldBlock) if began.elapsed() >= timeout => {
                    return Err(held(dir, &path));
                }
                Err(TryLockError::WouldBlock) => {
                    if !has_told {
                        waiting();
                        has_told = true;
                    }
                    thread::sleep(POLL.min(timeout));
                }
                Err(TryLockError::Error(cause)) => return Err(Error::io("lock", &path, &cause)),
            }
        }
    }
}

/// How often to look whether the lock is free: the system can wait for it, but not so long only.
const POLL: Duration = Duration::from_millis(100);

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
