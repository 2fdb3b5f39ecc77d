//! The generations that are kept: what they take of the disk, and going back to one.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::path::Path;
use std::time::Duration;

use crate::error::{Error, Kind, Named, Result};

use super::facts::Facts;
use super::generation::Generation;
use super::home::Home;

/// A generation on the disk.
#[derive(Clone, Debug, PartialEq)]
pub struct GenerationUse {
    /// Its number.
    pub number: u64,
    /// What it holds; nothing where that cannot be read.
    pub facts: Option<Facts>,
    /// How long its files are together, in bytes.
    pub bytes: u64,
    /// How long those are that no other generation has too: what its removal would free.
    pub own_bytes: u64,
    /// Whether it is the one in use.
    pub is_current: bool,
}

/// What going back to a generation has changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Rollback {
    /// The generation that was in use, if that could be told.
    pub from: Option<u64>,
    /// What it held, if that can be read.
    pub left: Option<Facts>,
    /// What the generation holds that is in use now.
    pub now: Facts,
    /// The generations after it, which the next run removes.
    pub newer: Vec<u64>,
}

impl Home {
    /// Lists the generations on the disk, in ascending order, and how much of it they take.
    ///
    /// A file that several generations link to is one file of the disk, known by its inode. Where
    /// the system has no inodes, no file is taken for shared.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`] where the folder cannot be listed.
    pub fn disk_use(&self) -> Result<Vec<GenerationUse>> {
        // Whoever asks where CURRENT is damaged still wants to see what there is.
        let current = self.current().ok().flatten();
        if !self.dir().is_dir() {
            return Err(self.absent());
        }
        let numbers = self.generations()?;
        let mut files: Vec<Vec<(Option<Inode>, u64)>> = Vec::new();
        let mut n_links: HashMap<Inode, usize> = HashMap::new();
        for number in &numbers {
            let of_generation = lengths(&self.generation_dir(*number));
            for inode in of_generation.iter().filter_map(|(inode, _)| *inode) {
                *n_links.entry(inode).or_default() += 1;
            }
            files.push(of_generation);
        }
        let is_own = |inode: &Option<Inode>| inode.is_none_or(|inode| n_links[&inode] == 1);
        let uses = numbers.into_iter().zip(files).map(|(number, files)| GenerationUse {
            number,
            facts: self.facts(number).ok(),
            bytes: files.iter().map(|(_, bytes)| bytes).sum(),
            own_bytes: files.iter().filter(|it| is_own(&it.0)).map(|(_, bytes)| bytes).sum(),
            is_current: current == Some(number),
        });
        Ok(uses.collect())
    }

    /// Makes a kept generation the one in use: that with a number, or without one the newest
    /// before the one in use.
    ///
    /// What the generation is made of is checked as far as that takes no time: its small files by
    /// their sums, and that it can be opened. Nothing is removed; the next run builds on the
    /// generation that is in use then, and removes those after it.
    ///
    /// # Errors
    ///
    /// [`Kind::Locked`] while a run is under way; [`Kind::Index`] where there is no index, or no
    /// such generation, or this program cannot read it; [`Kind::Io`] where the disk does not let
    /// us. The generation in use is then the one that it was.
    pub fn roll_back(
        &self,
        to: Option<u64>,
        lock_timeout: Duration,
        waiting: &mut dyn FnMut(),
    ) -> Result<Rollback> {
        if !self.dir().is_dir() {
            return Err(self.absent());
        }
        let _lock = self.lock(lock_timeout, waiting)?;
        // Going back is a way out where CURRENT is damaged, so that must be no obstacle.
        let from = self.current().ok().flatten();
        let numbers = self.generations()?;
        let to = match to {
            Some(number) if numbers.contains(&number) => number,
            Some(number) => {
                let message = format!("the index at {} keeps no generation {number}", self.name());
                return Err(Error::new(Kind::Index, message).with_hint(LIST));
            }
            None => {
                let before = |number: &&u64| from.is_none_or(|from| **number < from);
                *numbers.iter().rev().find(before).ok_or_else(|| self.nothing_before(from))?
            }
        };
        if from == Some(to) {
            let message = format!("generation {to} of the index at {} is in use", self.name());
            return Err(Error::new(Kind::Usage, message).with_hint(LIST));
        }
        self.check_own_files(to)?;
        self.files(to)?;
        let now = Generation::open_kept(self, to)?.facts;
        self.switch(to)?;
        Ok(Rollback {
            from,
            left: from.and_then(|from| self.facts(from).ok()),
            now,
            newer: numbers.into_iter().filter(|number| *number > to).collect(),
        })
    }

    fn name(&self) -> Named<'_> {
        Named(self.dir())
    }

    fn nothing_before(&self, from: Option<u64>) -> Error {
        let Some(from) = from else {
            return self.absent();
        };
        let message =
            format!("the index at {} keeps nothing before generation {from}", self.name());
        Error::new(Kind::Index, message).with_hint(LIST)
    }

    /// Makes the error that there is no index.
    pub fn absent(&self) -> Error {
        Error::new(Kind::Index, format!("there is no index at {}", self.name()))
            .with_hint("build one with 'dateline index PATH', PATH being your archive")
    }
}

const LIST: &str = "'dateline rollback --list' lists the generations that are kept";

/// What tells a file of the disk from another, whatever their names: device and number.
type Inode = (u64, u64);

/// Returns the files of a generation, as far as they can be seen: which they are and how long.
fn lengths(dir: &Path) -> Vec<(Option<Inode>, u64)> {
    let entries = fs::read_dir(dir).into_iter().flatten();
    let files = entries.filter_map(|entry| {
        let metadata = entry.ok()?.metadata().ok()?;
        Some((inode(&metadata), metadata.len()))
    });
    files.collect()
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> Option<Inode> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> Option<Inode> {
    None
}
