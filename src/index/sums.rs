//! The sums of the files of a generation.
//!
//! ```text
//! 9f0c…64 figures…  03d0c1f2a1.fast
//! 1b77…             facts.json
//! ```
//!
//! `SUMS` lies in each generation and has a line for every other file there, in the order of their
//! names, in the form that `b3sum --check` reads: whoever doubts this program can ask another.
//!
//! tantivy ends each of its files with a CRC of what stands before, but nobody sums that end, nor
//! `meta.json`, nor our own files. Here every byte counts, those of `SUMS` included: whichever of
//! them changes, a sum or a name no longer fits, or the line cannot be read.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::draft::PASSING;
use super::home::{Home, sync_dir, write_synced};

/// The name of the file.
pub(super) const SUMS: &str = "SUMS";

/// What it is called while it is being written.
const NEW: &str = "SUMS.new";

/// How much of a file is in memory at a time.
const BUFFER_BYTES: usize = 1 << 18;

/// The sums of the files of a generation, by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums(BTreeMap<String, String>);

impl Sums {
    /// Sums the files of a folder as they are.
    ///
    /// A file of tantivy's segments never changes, and keeps the sum that it has in `known`: it is
    /// not read again, and what became of it on the disk since is not taken for what it should be.
    pub(super) fn of_dir(dir: &Path, known: &Self) -> io::Result<Self> {
        let mut sums = BTreeMap::new();
        for name in summed_names(dir)? {
            let sum = match known.0.get(&name).filter(|_| is_of_segment(&name)) {
                Some(sum) => sum.clone(),
                None => sum_of(&dir.join(&name))?,
            };
            sums.insert(name, sum);
        }
        Ok(Self(sums))
    }

    /// Reads the sums of a generation; nothing where it was made before there were any.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::InvalidData`] where the file is not as this program writes it.
    pub(super) fn read(dir: &Path) -> io::Result<Option<Self>> {
        let text = match fs::read(dir.join(SUMS)) {
            Ok(text) => text,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(cause),
        };
        let sums = String::from_utf8(text).ok().and_then(|text| Self::parse(&text));
        let invalid = || io::Error::new(io::ErrorKind::InvalidData, "not a list of sums");
        sums.map(Some).ok_or_else(invalid)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut sums = BTreeMap::new();
        for line in text.lines() {
            let (sum, name) = line.split_once("  ")?;
            sums.insert(name.to_owned(), sum.to_owned());
        }
        // What is printed again the same has neither lines out of order nor signs too many.
        let sums = Self(sums);
        (sums.to_string() == text).then_some(sums)
    }

    /// Sums the generation in the folder of a draft, and writes the sums beside it. What is taken
    /// over from the generation in use keeps the sums that it has there.
    pub(super) fn keep(home: &Home, dir: &Path) -> io::Result<()> {
        let current = home.current().ok().flatten();
        let known = current.map(|it| Self::read(&home.generation_dir(it)).ok().flatten());
        Self::of_dir(dir, &known.flatten().unwrap_or_default())?.write(dir)
    }

    /// Writes the sums of the generation in a folder, as a file of its own however it was made: the
    /// one that is replaced may be linked into another generation.
    pub(super) fn write(&self, dir: &Path) -> io::Result<()> {
        let new = dir.join(NEW);
        write_synced(&new, self.to_string().as_bytes())?;
        fs::rename(&new, dir.join(SUMS))?;
        sync_dir(dir)
    }

    /// Returns the sum that a file should have.
    pub(super) fn of(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Returns the names of the files that there should be.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

impl fmt::Display for Sums {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(name, sum)| writeln!(f, "{sum}  {name}"))
    }
}

/// Returns the names of the files of a generation that are summed, in order.
///
/// tantivy's locks are no part of it: they are empty, and come and go with whoever writes. Nor is
/// what a run would be continued by, which goes once nobody can continue it.
pub(super) fn summed_names(dir: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(dir)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let is_passing = PASSING.contains(&name.as_str()) || name.ends_with(".lock");
        if !is_passing && name != SUMS && name != NEW {
            names.push(name);
        }
    }
    names.sort_unstable();
    Ok(names)
}

/// Tells whether a file is one of a segment of tantivy's: named by 32 figures, and never changed.
pub(super) fn is_of_segment(name: &str) -> bool {
    let stem = name.split_once('.').map_or("", |(stem, _)| stem);
    stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Reads a file to its end, and returns its sum in hexadecimal figures.
///
/// It is read, not mapped: a page that the disk cannot give is an error here, and would end the
/// process there.
pub(super) fn sum_of(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; BUFFER_BYTES];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(hasher.finalize().to_hex().to_string()),
            Ok(n) => _ = hasher.update(&buffer[..n]),
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
            Err(cause) => return Err(cause),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_come_back_as_they_were_and_no_changed_byte_passes() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        fs::write(dir.path().join("facts.json"), "{}")?;
        fs::write(dir.path().join("meta.json"), "[]")?;
        fs::write(dir.path().join(".tantivy-meta.lock"), "")?;
        let sums = Sums::of_dir(dir.path(), &Sums::default())?;
        sums.write(dir.path())?;
        assert_eq!(Sums::read(dir.path())?.as_ref(), Some(&sums));
        assert_eq!(sums.names().collect::<Vec<_>>(), ["facts.json", "meta.json"]);
        let text = sums.to_string();
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 0x04;
            let read = String::from_utf8(bytes).ok().and_then(|text| Sums::parse(&text));
            assert_ne!(read, Some(sums.clone()), "at {at}");
        }
        Ok(())
    }

    #[test]
    fn a_segment_keeps_the_sum_that_is_known_and_other_files_are_read_again() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        let segment = format!("{}.idx", "0a".repeat(16));
        for name in [segment.as_str(), "meta.json"] {
            fs::write(dir.path().join(name), "as it was")?;
        }
        let before = Sums::of_dir(dir.path(), &Sums::default())?;
        for name in [segment.as_str(), "meta.json"] {
            fs::write(dir.path().join(name), "rotten")?;
        }
        let after = Sums::of_dir(dir.path(), &before)?;
        assert_eq!(after.of(&segment), before.of(&segment));
        assert_ne!(after.of("meta.json"), before.of("meta.json"));
        Ok(())
    }

    #[test]
    fn a_generation_without_sums_is_known_as_such() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        assert_eq!(Sums::read(dir.path())?, None);
        fs::write(dir.path().join(SUMS), "nonsense\n")?;
        assert!(Sums::read(dir.path()).is_err());
        Ok(())
    }
}
