//! Copies of the index for the day on which the disk fails.
//!
//! ```text
//! DIR/
//!   BACKUP               the path of the index that it is a backup of, one line
//!   CURRENT              the generation that was backed up last
//!   g000012/             a whole generation; g000012.tmp while it is being copied
//!   runs/  quarantine.ndjson
//! ```
//!
//! A backup is an index: `--index DIR` searches it, and its files copied back are the index again.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::{Error, Kind, Named, Result};

use super::generation::Generation;
use super::home::{Home, sync_dir};
use super::sums::{Sums, is_of_segment, sum_of};

/// The file by which a folder is known as a backup.
const MARK: &str = "BACKUP";

/// How often a backup starts again because runs have removed what it was copying.
const ATTEMPTS_MAX: usize = 5;

/// How much of a file is in memory at a time.
const BUFFER_BYTES: usize = 1 << 18;

/// What a disk has before anything is put on it, and what a backup leaves that was ended at once.
const NOTHING: &[&str] = &["lost+found", "BACKUP.new"];

/// What a backup has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BackedUp {
    /// The generation that the backup holds now.
    pub generation: u64,
    /// How many articles that has.
    pub articles: u64,
    /// How many bytes were copied of it.
    pub copied_bytes: u64,
    /// How many bytes were there already, and have been read and found right.
    pub present_bytes: u64,
    /// The generations that were removed from the backup.
    pub removed: Vec<u64>,
}

impl Home {
    /// Copies the generation in use, the reports and the list of what was set aside to a folder,
    /// and keeps so many generations there that were backed up before.
    ///
    /// Runs may go on meanwhile: a generation does not change, and where a run removes the one that
    /// is being copied, its successor is copied. Bytes are read and written, even where the disk
    /// could link or share them: a backup that shares them with the index dies with them. Within
    /// the backup, a file that an older generation has is linked, once it was read and found right.
    /// Everything is compared with the sums of the generation before the backup names it; what is
    /// read back just after it was written may come from memory, so that `verify` on another day
    /// says more.
    ///
    /// # Errors
    ///
    /// [`Kind::Usage`] where the folder is or holds the index, or holds something else;
    /// [`Kind::Index`] where there is no index, or a file of it is damaged; [`Kind::Locked`] where
    /// another backup writes to the folder; [`Kind::Io`] where a disk does not let us. An earlier
    /// backup in the folder is then as it was.
    pub fn back_up(&self, dir: &Path, n_older_kept: usize) -> Result<BackedUp> {
        if self.current()?.is_none() {
            return Err(self.absent());
        }
        let backup = Home::at(dir);
        let source = resolved(self.dir())?;
        check_apart(&source, &resolved(dir)?, dir)?;
        if check_backup(&source, dir)? {
            fs::create_dir_all(dir).map_err(|cause| Error::io("make the folder", dir, &cause))?;
            let line = format!("{}\n", source.to_string_lossy());
            backup.replace(MARK, line.as_bytes())?;
        }
        let _lock = backup.lock(Duration::ZERO, &mut || {})?;
        let mut done = self.back_up_current(&backup)?;
        for name in self.beside() {
            let path = self.dir().join(&name);
            let bytes = match fs::read(&path) {
                Ok(bytes) => bytes,
                // A run that has finished meanwhile removes the oldest reports.
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => continue,
                Err(cause) => return Err(Error::io("read", &path, &cause)),
            };
            if fs::read(dir.join(&name)).ok().as_ref() != Some(&bytes) {
                backup.replace(&name, &bytes)?;
            }
        }
        backup.switch(done.generation)?;
        let older = backup.generations()?.into_iter().rev().filter(|it| *it != done.generation);
        for old in older.skip(n_older_kept) {
            backup.remove(old)?;
            done.removed.push(old);
        }
        Ok(done)
    }

    /// Copies the generation in use, whichever that is by then.
    fn back_up_current(&self, backup: &Home) -> Result<BackedUp> {
        let mut n_attempts = 0;
        loop {
            let number = self.current()?.ok_or_else(|| self.absent())?;
            n_attempts += 1;
            match back_up(self, number, backup) {
                // Runs may have removed what was being copied.
                Err(_) if n_attempts < ATTEMPTS_MAX && self.current()? != Some(number) => {}
                done => return done,
            }
        }
    }

    /// Returns the names of the reports, and of the list of what was set aside where there is one.
    fn beside(&self) -> Vec<String> {
        let reports = fs::read_dir(self.dir().join("runs")).into_iter().flatten();
        let reports = reports.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let reports = reports.filter(|name| name.ends_with(".json"));
        let mut names: Vec<String> = reports.map(|name| format!("runs/{name}")).collect();
        let list = "quarantine.ndjson";
        names.extend(self.dir().join(list).exists().then(|| list.to_owned()));
        names
    }
}

/// Copies a generation, unless the backup has it and every byte of it is right.
fn back_up(home: &Home, number: u64, backup: &Home) -> Result<BackedUp> {
    let from = home.generation_dir(number);
    let to = backup.generation_dir(number);
    let read = |cause| Error::io("read", &from, &cause);
    let facts = home.facts(number)?;
    let sums = match Sums::read(&from).map_err(read)? {
        Some(sums) => sums,
        None => Sums::of_dir(&from, &Sums::default()).map_err(read)?,
    };
    let mut done = BackedUp { generation: number, articles: facts.articles, ..BackedUp::default() };
    if let Ok(Some(there)) = Sums::read(&to) {
        if there != sums {
            let message = format!("{} is another generation {number}", Named(&to));
            return Err(Error::new(Kind::Usage, message)
                .with_hint("the backup is not of this index: back it up to another folder"));
        }
        if backup.check_bytes(number)?.is_sound() {
            done.present_bytes = backup.bytes(number);
            return Ok(done);
        }
    }
    let half = Half::begin(backup, number)?;
    half.fill(home, &from, &sums, &mut done)?;
    half.finish(&to)?;
    // What this program cannot read may be backed up all the same, before it is made anew.
    if facts.is_readable() {
        Generation::open_kept(backup, number)?;
    }
    Ok(done)
}

/// The folder of a generation that is being copied, removed with it unless it was finished.
struct Half<'a> {
    dir: PathBuf,
    backup: &'a Home,
}

impl Drop for Half<'_> {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next backup. Finished, it is not there.
        _ = fs::remove_dir_all(&self.dir);
    }
}

impl<'a> Half<'a> {
    fn begin(backup: &'a Home, number: u64) -> Result<Self> {
        let failed = |cause| Error::io("write", backup.dir(), &cause);
        for entry in fs::read_dir(backup.dir()).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.extension().is_some_and(|it| it == "tmp") {
                fs::remove_dir_all(&path).map_err(|cause| Error::io("remove", &path, &cause))?;
            }
        }
        let dir = backup.generation_dir(number).with_extension("tmp");
        fs::create_dir(&dir).map_err(|cause| Error::io("make the folder", &dir, &cause))?;
        Ok(Self { dir, backup })
    }

    /// Puts the files of a generation there, and their sums.
    fn fill(&self, home: &Home, from: &Path, sums: &Sums, done: &mut BackedUp) -> Result<()> {
        let older = self.backup.current()?.map(|older| self.backup.generation_dir(older));
        for name in sums.names() {
            let (source, target) = (from.join(name), self.dir.join(name));
            let sum = sums.of(name).unwrap_or_default();
            let older = older.as_ref().map(|older| older.join(name));
            if let Some(older) = older.filter(|older| is_of_segment(name) && is_there(older, sum))
                && fs::hard_link(older, &target).is_ok()
            {
                done.present_bytes += target.metadata().map_or(0, |it| it.len());
                continue;
            }
            let (copied, n_bytes) = copy(&source, &target)?;
            let written = sum_of(&target).map_err(|cause| Error::io("read", &target, &cause))?;
            if copied != sum {
                let message = format!("{} is damaged, and was not backed up", Named(&source));
                let dir = home.dir().to_string_lossy();
                return Err(Error::new(Kind::Index, message)
                    .with_hint(format!("look further with 'dateline verify --index {dir}'")));
            }
            if written != copied {
                let message = format!("{} is not what was written to it", Named(&target));
                return Err(Error::new(Kind::Io, message).with_hint("check the disk of the backup"));
            }
            done.copied_bytes += n_bytes;
        }
        sums.write(&self.dir).map_err(|cause| Error::io("write", &self.dir, &cause))
    }

    /// Gives the folder the name of a generation; one of that name was found damaged.
    fn finish(self, to: &Path) -> Result<()> {
        let rename = || {
            if to.exists() {
                fs::remove_dir_all(to)?;
            }
            fs::rename(&self.dir, to)?;
            sync_dir(self.backup.dir())
        };
        rename().map_err(|cause| Error::io("write", to, &cause))
    }
}

/// Tells whether a file of an older backup is there and has a sum.
fn is_there(older: &Path, sum: &str) -> bool {
    sum_of(older).is_ok_and(|there| there == sum)
}

/// Copies a file, waits until it is on the disk, and returns the sum of what was read of it.
///
/// `fs::copy` would let the file systems that can share the blocks of both.
fn copy(from: &Path, to: &Path) -> Result<(String, u64)> {
    let reading = |cause| Error::io("read", from, &cause);
    let writing = |cause| Error::io("write", to, &cause);
    let mut source = File::open(from).map_err(reading)?;
    let mut target = File::create(to).map_err(writing)?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; BUFFER_BYTES];
    let mut n_bytes = 0;
    loop {
        match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => {
                hasher.update(&buffer[..n]);
                target.write_all(&buffer[..n]).map_err(writing)?;
                n_bytes += n as u64;
            }
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
            Err(cause) => return Err(reading(cause)),
        }
    }
    target.sync_all().map_err(writing)?;
    Ok((hasher.finalize().to_hex().to_string(), n_bytes))
}

/// Returns where a path leads, which need not exist: absolute and, as far as it does, without links.
fn resolved(path: &Path) -> Result<PathBuf> {
    let failed = |cause| Error::io("find", path, &cause);
    let absolute = std::path::absolute(path).map_err(failed)?;
    let there = absolute.ancestors().find(|ancestor| ancestor.exists()).unwrap_or(&absolute);
    let rest = absolute.strip_prefix(there).unwrap_or(Path::new(""));
    let there = fs::canonicalize(there).map_err(failed)?;
    Ok(if rest.as_os_str().is_empty() { there } else { there.join(rest) })
}

/// Refuses a folder that is the index, or within it, or around it.
fn check_apart(source: &Path, target: &Path, dir: &Path) -> Result<()> {
    let relation = if target == source {
        "is the index itself"
    } else if target.starts_with(source) {
        "is within the index"
    } else if source.starts_with(target) {
        "holds the index"
    } else {
        return Ok(());
    };
    let message = format!("cannot back up to {}: it {relation}", Named(dir));
    Err(Error::new(Kind::Usage, message).with_hint("name a folder on another disk"))
}

/// Tells whether a folder is free to become a backup; refuses one that is neither free nor a
/// backup of this index.
fn check_backup(source: &Path, dir: &Path) -> Result<bool> {
    let refused = |why: &str, hint: String| {
        let message = format!("cannot back up to {}: it {why}", Named(dir));
        Err(Error::new(Kind::Usage, message).with_hint(hint))
    };
    match fs::read_to_string(dir.join(MARK)) {
        Ok(line) if line.trim_end_matches('\n') == source.to_string_lossy() => return Ok(false),
        Ok(line) => {
            let of = PathBuf::from(line.trim_end_matches('\n'));
            let path = dir.join(MARK);
            let hint = format!(
                "name a folder of its own; if the index was moved, write its path into {}",
                Named(&path)
            );
            return refused(&format!("is a backup of {}", Named(&of)), hint);
        }
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
        Err(cause) => return Err(Error::io("read", &dir.join(MARK), &cause)),
    }
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(cause) => return Err(Error::io("list", dir, &cause)),
    };
    let is_something = |name: &str| !NOTHING.contains(&name);
    let mut names = entries.flatten().map(|it| it.file_name().to_string_lossy().into_owned());
    match names.find(|name| is_something(name)) {
        None => Ok(true),
        Some(_) => refused("is not empty, and no backup", "name an empty folder".to_owned()),
    }
}
