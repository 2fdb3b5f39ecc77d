//! The versions of articles that are not in the index, and why.
//!
//! Of the records with one id only one is in the index. The others are told here, each with the
//! file that holds what superseded it, and so is every word that an article is withdrawn. When that
//! file changes or goes, the files of those that it superseded are read again.
//!
//! `versions.ndjson` of a generation has a line for each; an archive without corrections has no such
//! file.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::home;
use crate::error::{Error, Kind, Named, Result};

/// The name of the file in the folder of a generation.
pub(super) const NAME: &str = "versions.ndjson";

/// Which of several records with one id is the latest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rank {
    /// The number of the version; 0 where nobody counts.
    pub version: u64,
    /// When it was made or published, in seconds by the printed clock.
    pub at: Option<i64>,
}

impl Rank {
    /// Tells whether this is later than another one: by the version where both are counted, else
    /// by the time where both are known.
    pub fn is_later(self, other: Self) -> bool {
        match (self.version, other.version) {
            (own, others) if own != others && own > 0 && others > 0 => own > others,
            _ => matches!((self.at, other.at), (Some(own), Some(others)) if own > others),
        }
    }
}

/// A record that is not in the index because of another one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Version {
    /// The id of the article.
    pub id: String,
    /// The absolute path of the file that the record stands in.
    pub origin: String,
    /// The number of the record in its file.
    pub record: u64,
    /// Its rank.
    pub rank: Rank,
    /// The absolute path of the file with the record that superseded it; empty where it is a word
    /// that the article is withdrawn.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// What withdraws the article, in the words of the publisher.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub withdrawn: String,
}

/// Reads the versions that a generation tells of.
///
/// # Errors
///
/// [`Kind::Index`] where the file is damaged.
pub(super) fn read(dir: &Path) -> Result<Vec<Version>> {
    let path = dir.join(NAME);
    let damaged = |cause: &dyn std::fmt::Display| {
        Error::new(Kind::Index, format!("{} is damaged: {cause}", Named(&path)))
            .with_hint("make the index anew with 'dateline index --rebuild'")
    };
    let file = match File::open(&path) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        file => file.map_err(|cause| damaged(&cause))?,
    };
    let lines = BufReader::new(file).lines();
    lines
        .map(|line| {
            let line = line.map_err(|cause| damaged(&cause))?;
            serde_json::from_str(&line).map_err(|cause| damaged(&cause))
        })
        .collect()
}

/// What a draft knows of versions: those that the base tells of, and those that the run has found.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    old: Vec<Version>,
    new: Vec<Version>,
    /// Where the words of withdrawal stand, by the id, in `old` and after it in `new`.
    withdrawals: HashMap<String, Vec<usize>>,
}

impl Ledger {
    /// Begins with what the base tells.
    pub(super) fn of(old: Vec<Version>) -> Self {
        let mut ledger = Self { old, ..Self::default() };
        for idx in 0..ledger.old.len() {
            ledger.note_withdrawal(idx);
        }
        ledger
    }

    fn at(&self, idx: usize) -> &Version {
        self.old.get(idx).unwrap_or_else(|| &self.new[idx - self.old.len()])
    }

    fn note_withdrawal(&mut self, idx: usize) {
        let version = self.at(idx);
        if !version.withdrawn.is_empty() {
            let id = version.id.clone();
            self.withdrawals.entry(id).or_default().push(idx);
        }
    }

    /// Notes a version that is not in the index.
    pub(super) fn push(&mut self, version: Version) {
        self.new.push(version);
        self.note_withdrawal(self.old.len() + self.new.len() - 1);
    }

    /// Returns the latest word that an article is withdrawn, of those that count.
    pub(super) fn withdrawal(&self, id: &str, counts: impl Fn(&str) -> bool) -> Option<&Version> {
        let words = self.withdrawals.get(id)?.iter().map(|idx| (*idx, self.at(*idx)));
        let n_old = self.old.len();
        let counted = words.filter(|(idx, it)| *idx >= n_old || counts(&it.origin));
        counted.map(|(_, it)| it).reduce(|a, b| if b.rank.is_later(a.rank) { b } else { a })
    }

    /// Returns the files that were to be read again, because what superseded their records was, and
    /// that were not.
    pub(super) fn unheard(&self, done: &HashSet<String>) -> impl Iterator<Item = &String> {
        let open = self.old.iter().filter(|it| done.contains(&it.by) && !done.contains(&it.origin));
        open.map(|it| &it.origin)
    }

    /// Returns what the generation is to tell: what was found, and what was told of files that were
    /// not read again.
    pub(super) fn settled(self, done: &HashSet<String>) -> Vec<Version> {
        let kept = self.old.into_iter().filter(|it| !done.contains(&it.origin));
        let mut versions: Vec<Version> = kept.chain(self.new).collect();
        versions.sort_by(|a, b| (&a.id, &a.origin, a.record).cmp(&(&b.id, &b.origin, b.record)));
        versions.dedup();
        versions
    }
}

/// Writes the versions of a generation.
pub(super) fn write(dir: &Path, versions: &[Version]) -> io::Result<()> {
    if versions.is_empty() {
        return Ok(());
    }
    let mut lines = Vec::new();
    for version in versions {
        serde_json::to_writer(&mut lines, version)?;
        lines.push(b'\n');
    }
    home::write_synced(&dir.join(NAME), &lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_counts_before_the_time() {
        let rank = |version, at| Rank { version, at };
        for (later, earlier) in [
            (rank(2, Some(1)), rank(1, Some(9))),
            (rank(0, Some(2)), rank(0, Some(1))),
            (rank(1, Some(2)), rank(0, Some(1))),
            (rank(3, Some(2)), rank(3, Some(1))),
        ] {
            assert!(later.is_later(earlier) && !earlier.is_later(later), "{later:?} {earlier:?}");
        }
        for (a, b) in [(rank(1, None), rank(1, None)), (rank(1, None), rank(0, Some(4)))] {
            assert!(!a.is_later(b) && !b.is_later(a));
        }
    }
}
