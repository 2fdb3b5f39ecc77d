//! The index directory: which generation is in use, and what lies beside it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::article::Malformed;
use crate::error::{Error, Kind, Named, Result};

use super::facts::{Facts, FileFacts};
use super::lock::Lock;

/// How many generations are kept: the one in use and the ones before it.
pub const GENERATIONS_KEPT: usize = 3;

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

    fn files(&self, number: u64) -> Result<Vec<FileFacts>> {
        let path = self.generation_dir(number).join("files.ndjson");
        let text = fs::read_to_string(&path).map_err(|cause| Error::io("read", &path, &cause))?;
        let files: std::result::Result<_, _> = text.lines().map(serde_json::from_str).collect();
        files.map_err(|cause| self.unusable(format!("{} is damaged: {cause}", Named(&path))))
    }

    /// Makes the error that an index cannot be used, with the command that makes it anew.
    pub fn unusable(&self, message: String) -> Error {
        let dir = self.dir.to_string_lossy();
        Error::new(Kind::Index, message)
            .with_hint(format!("make it anew with 'dateline index --rebuild --index {dir}'"))
    }

    /// Takes the right to write, making the directory if need be.
    ///
    /// # Errors
    ///
    /// [`Kind::Locked`] where another run has it; [`Kind::Io`] where the disk does not let us.
    pub fn lock(&self) -> Result<Lock> {
        fs::create_dir_all(self.dir.join("runs"))
            .map_err(|cause| Error::io("make the folder", &self.dir, &cause))?;
        Lock::take(&self.dir)
    }

    /// Returns the numbers of the generations on disk, in ascending order.
    pub(super) fn generations(&self) -> Result<Vec<u64>> {
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
    fn replace(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let new = self.dir.join(format!("{name}.new"));
        let path = self.dir.join(name);
        let write = || {
            write_synced(&new, bytes)?;
            fs::rename(&new, &path)?;
            sync_dir(path.parent().unwrap_or(&self.dir))
        };
        write().map_err(|cause| Error::io("write", &path, &cause))
    }

    /// Keeps the report of a run, as `runs/g000012.json`.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`] where the disk does not let us.
    pub fn keep_report(&self, generation: u64, json: &str) -> Result<()> {
        self.replace(&format!("runs/g{generation:06}.json"), json.as_bytes())
    }

    /// Returns the report of the run that made a generation, if it was kept.
    pub fn report(&self, generation: u64) -> Option<String> {
        fs::read_to_string(self.dir.join(format!("runs/g{generation:06}.json"))).ok()
    }

    /// Replaces the list of records that could not be read.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`] where the disk does not let us.
    pub fn keep_quarantine(&self, records: &[Malformed]) -> Result<()> {
        let mut lines = String::new();
        for record in records {
            // A plain struct of strings and numbers always has a JSON form.
            lines.push_str(&serde_json::to_string(record).unwrap_or_default());
            lines.push('\n');
        }
        self.replace("quarantine.ndjson", lines.as_bytes())
    }

    /// Returns the records that could not be read; lines that make no sense are passed over.
    pub fn quarantine(&self) -> Vec<Malformed> {
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
