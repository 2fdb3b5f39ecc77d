//! The index directory: which generation is in use, and what lies beside it.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::{self, Cause, Error, Kind, Named, Result};

use super::facts::{Facts, FileFacts};
use super::failure::named;
use super::lock::Lock;
use super::quarantine::Quarantined;
use super::scratch::Scratch;
use super::system::{forget, free_bytes};

/// How many generations are kept: the one in use and the ones before it.
pub const GENERATIONS_KEPT: usize = 3;

/// How many reports of runs are kept: more than a year of nights.
pub(super) const RUNS_KEPT: usize = 400;

/// An index directory. It need not exist yet.
#[derive(Clone, Debug)]
pub struct Home {
    dir: PathBuf,
}

impl Home {
    /// Names an index directory, without looking at it.
    pub fn at(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// Returns the directory.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Returns the number of the generation in use, or nothing where there is no index.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`] where `CURRENT` names no generation, [`Kind::Io`] where it cannot be read.
    pub fn current(&self) -> Result<Option<u64>> {
        let path = self.dir.join("CURRENT");
        let line = match fs::read_to_string(&path) {
            Ok(line) => line,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(Error::io("read", &path, &cause)),
        };
        let number = line.trim().strip_prefix('g').and_then(|it| it.parse().ok());
        number
            .map(Some)
            .ok_or_else(|| self.unusable(format!("{} names no generation", Named(&path))))
    }

    /// Returns the folder of a generation.
    pub fn generation_dir(&self, number: u64) -> PathBuf {
        self.dir.join(format!("g{number:06}"))
    }

    /// Reads the facts of a generation.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`] where they are missing or damaged.
    pub fn facts(&self, number: u64) -> Result<Facts> {
        let path = self.generation_dir(number).join("facts.json");
        let damaged = |cause: &dyn std::fmt::Display| {
            self.unusable(format!("the index at {} is damaged: {cause}", Named(&self.dir)))
        };
        let text = fs::read_to_string(&path)
            .map_err(|cause| damaged(&Error::io("read", &path, &cause)))?;
        serde_json::from_str(&text).map_err(|cause| damaged(&format!("{}: {cause}", Named(&path))))
    }

    /// Tells whether this program can search, and add to, a generation.
    pub(super) fn is_readable(&self, number: u64) -> bool {
        self.facts(number).is_ok_and(|facts| facts.is_readable())
    }

    /// Reads what is known of the files of the generation in use; of one that was made by other
    /// rules, as far as it can be read.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`] where the list is missing or damaged.
    pub fn known_files(&self) -> Result<Vec<FileFacts>> {
        let Some(number) = self.current()? else {
            return Ok(Vec::new());
        };
        let files = self.files(number);
        if self.is_readable(number) { files } else { Ok(files.unwrap_or_default()) }
    }

    /// Reads the manifest of a generation.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`] where it is missing or damaged.
    pub fn files(&self, number: u64) -> Result<Vec<FileFacts>> {
        let path = self.generation_dir(number).join("files.ndjson");
        let damaged = |cause: &dyn std::fmt::Display| {
            self.unusable(format!("{} is damaged: {cause}", Named(&path)))
        };
        let mut lines = BufReader::new(File::open(&path).map_err(|cause| damaged(&Cause(&cause)))?);
        let mut files = Vec::new();
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line).map_err(|cause| damaged(&Cause(&cause)))? > 0 {
            files.push(serde_json::from_slice(&line).map_err(|cause| damaged(&cause))?);
            line.clear();
        }
        Ok(files)
    }

    /// Asks the system to forget what it has in memory of a generation, and returns how many bytes
    /// that has on the disk; nothing where this system cannot be asked.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`] where the system refuses.
    pub fn forget(&self, number: u64) -> Result<Option<u64>> {
        let dir = self.generation_dir(number);
        forget(&dir).map_err(|cause| Error::io("drop from memory", &dir, &cause))
    }

    /// Returns the folder of the generation in the making.
    pub(super) fn draft_dir(&self) -> PathBuf {
        self.dir.join("draft")
    }

    /// Removes what a run has left unfinished, if anything.
    pub(super) fn remove_draft(&self) -> Result<()> {
        let dir = self.draft_dir();
        match fs::remove_dir_all(&dir) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                Err(Error::io("remove", &dir, &cause))
            }
            _ => Ok(()),
        }
    }

    /// Gives a draft that is whole the name of a generation.
    pub(super) fn name_draft(&self, number: u64) -> Result<()> {
        let dir = self.generation_dir(number);
        let named = fs::rename(self.draft_dir(), &dir).and_then(|()| sync_dir(&self.dir));
        named.map_err(|cause| Error::io("write", &dir, &cause))
    }

    /// Returns the number of the next generation.
    pub(super) fn next_generation(&self) -> Result<u64> {
        // A damaged `CURRENT` is what a rebuild is for.
        let current = self.current().unwrap_or_default();
        Ok(self.generations()?.last().copied().max(current).unwrap_or(0) + 1)
    }

    /// Removes the generations that nobody goes back to: of the one in use and those before it, all
    /// but the latest `n_kept`.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`] where the disk does not let us.
    pub fn prune(&self, current: Option<u64>, n_kept: usize) -> Result<()> {
        let numbers = self.generations()?.into_iter().rev();
        let until_now = numbers.filter(|number| current.is_some_and(|it| *number <= it));
        until_now.skip(n_kept.max(1)).try_for_each(|number| self.remove(number))
    }

    /// Removes the generations between a new one and its base, which were rolled back or never in
    /// use.
    pub(super) fn remove_between(&self, base: Option<u64>, new: u64) -> Result<()> {
        let numbers = self.generations()?.into_iter();
        let is_between = |number: &u64| base.is_some_and(|base| (base + 1..new).contains(number));
        numbers.filter(is_between).try_for_each(|number| self.remove(number))
    }

    /// Makes the error that an index cannot be used, with the command that makes it anew.
    pub fn unusable(&self, message: String) -> Error {
        let dir = self.dir.to_string_lossy();
        Error::new(Kind::Index, message)
            .with_hint(format!("make it anew with 'dateline index --rebuild --index {dir}'"))
    }

    /// Reads the index, and makes the error that it is damaged of a panic on the way.
    ///
    /// # Errors
    ///
    /// Those of `read`, and [`Kind::Index`] where it panics.
    pub fn contained<T>(&self, read: impl FnOnce() -> Result<T>) -> Result<T> {
        error::contained(read).unwrap_or_else(|message| {
            let dir = self.dir.to_string_lossy();
            let message = format!("the index at {} cannot be read: {message}", Named(&self.dir));
            Err(Error::new(Kind::Index, message).with_hint(format!(
                "check it with 'dateline verify --index {dir}'; where nothing is damaged, this is a \
                 fault of the program"
            )))
        })
    }

    /// Takes the right to write, making the directory if need be. Where another run has it, tells
    /// so once and waits for so long.
    ///
    /// # Errors
    ///
    /// [`Kind::Locked`] where another run has it; [`Kind::Io`] where the disk does not let us.
    pub fn lock(&self, timeout: Duration, waiting: &mut dyn FnMut()) -> Result<Lock> {
        fs::create_dir_all(self.dir.join("runs"))
            .map_err(|cause| Error::io("make the folder", &self.dir, &cause))?;
        Lock::take(&self.dir, timeout, waiting)
    }

    /// Returns the numbers of the generations on disk, in ascending order.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`] where the folder cannot be listed.
    pub fn generations(&self) -> Result<Vec<u64>> {
        let entries =
            fs::read_dir(&self.dir).map_err(|cause| Error::io("list", &self.dir, &cause))?;
        let numbers = entries.filter_map(|entry| {
            let name = entry.ok()?.file_name();
            let figures = name.to_str()?.strip_prefix('g')?;
            figures.bytes().all(|byte| byte.is_ascii_digit()).then(|| figures.parse().ok())?
        });
        let mut numbers: Vec<u64> = numbers.collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    /// Makes a generation the one in use. What it consists of must be synced already.
    pub(super) fn switch(&self, number: u64) -> Result<()> {
        self.replace("CURRENT", format!("g{number:06}\n").as_bytes())
    }

    /// Removes a generation that is in nobody's way any more.
    pub(super) fn remove(&self, number: u64) -> Result<()> {
        let dir = self.generation_dir(number);
        fs::remove_dir_all(&dir).map_err(|cause| Error::io("remove", &dir, &cause))
    }

    /// Replaces a file of the directory as a whole: a reader sees the old one or the new one, and
    /// so does whoever looks after a power cut.
    pub(super) fn replace(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let new = self.dir.join(format!("{name}.new"));
        let path = self.dir.join(name);
        let write = || {
            write_synced(&new, bytes)?;
            fs::rename(&new, &path)?;
            sync_dir(path.parent().unwrap_or(&self.dir))
        };
        write().map_err(|cause| Error::io("write", &path, &cause))
    }

    /// Keeps the report of a run, as `runs/000042.json`, and removes the oldest beyond
    /// 400.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`] where the disk does not let us.
    pub fn keep_report(&self, run: u64, json: &str) -> Result<()> {
        self.replace(&format!("runs/{run:06}.json"), json.as_bytes())?;
        for old in self.runs().iter().rev().skip(RUNS_KEPT) {
            let path = self.report_path(*old);
            fs::remove_file(&path).map_err(|cause| Error::io("remove", &path, &cause))?;
        }
        Ok(())
    }

    /// Returns the report of a run, if it was kept.
    pub fn report(&self, run: u64) -> Option<String> {
        fs::read_to_string(self.report_path(run)).ok()
    }

    fn report_path(&self, run: u64) -> PathBuf {
        self.dir.join(format!("runs/{run:06}.json"))
    }

    /// Returns the numbers of the runs whose reports are kept, in ascending order.
    pub fn runs(&self) -> Vec<u64> {
        let entries = fs::read_dir(self.dir.join("runs")).into_iter().flatten();
        let number = |entry: io::Result<fs::DirEntry>| {
            entry.ok()?.file_name().to_str()?.strip_suffix(".json")?.parse().ok()
        };
        let mut runs: Vec<u64> = entries.filter_map(number).collect();
        runs.sort_unstable();
        runs
    }

    /// Returns the number of the next run.
    pub fn next_run(&self) -> u64 {
        self.runs().last().copied().unwrap_or(0) + 1
    }

    /// Names the index in an error that came from writing it.
    pub fn name_in(&self, error: Error) -> Error {
        named(error, &self.dir)
    }

    /// Returns how many bytes are free on the disk of the index, where the system tells.
    pub fn free_bytes(&self) -> Option<u64> {
        free_bytes(&self.dir)
    }

    /// Begins a list of records that are too many for memory, for the run that holds the lock.
    pub fn scratch<const N: usize>(&self) -> Scratch<N> {
        Scratch::within(self.draft_dir())
    }

    /// Replaces the list of records that could not be read.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`] where the disk does not let us.
    pub fn keep_quarantine(&self, records: &[Quarantined]) -> Result<()> {
        let mut lines = String::new();
        for record in records {
            // A plain struct of strings and numbers always has a JSON form.
            lines.push_str(&serde_json::to_string(record).unwrap_or_default());
            lines.push('\n');
        }
        self.replace("quarantine.ndjson", lines.as_bytes())
    }

    /// Returns the records that could not be read; lines that make no sense are passed over.
    pub fn quarantine(&self) -> Vec<Quarantined> {
        let text = fs::read_to_string(self.dir.join("quarantine.ndjson")).unwrap_or_default();
        text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
    }

    /// Returns how many bytes the folder of a generation takes.
    pub fn bytes(&self, number: u64) -> u64 {
        let entries = fs::read_dir(self.generation_dir(number)).into_iter().flatten();
        entries.filter_map(|entry| Some(entry.ok()?.metadata().ok()?.len())).sum()
    }
}

/// Writes a file and waits until it is on the disk.
pub(super) fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Waits until the names in a folder are on the disk.
pub(super) fn sync_dir(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}
