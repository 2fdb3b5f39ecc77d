//! What a run is asked to do, and how far it may go.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

use crate::annotate::Knowledge;
use crate::index::{GENERATIONS_KEPT, Home};
use crate::source::{self, Readers, Sources};

/// What to index, where to, and what the run may not do.
#[derive(Clone)]
pub struct Job {
    /// The index directory.
    pub home: Home,
    /// The files and folders to read.
    pub roots: Vec<PathBuf>,
    /// How the files of some folders are to be read, whether or not these are roots.
    pub sources: Sources,
    /// Whether to take over what the index holds.
    pub start: Start,
    /// How a file is known to be unchanged.
    pub trust: Trust,
    /// Whether what was set aside is tried again.
    pub quarantine: Quarantined,
    /// What stops the run.
    pub guards: Guards,
    /// How many generations are kept, the new one included; at least one.
    pub generations_kept: usize,
    /// How long to wait for another run to end.
    pub lock_timeout: Duration,
    /// How many bytes of articles are read between two commits: what a kill can cost.
    pub commit_bytes: u64,
    /// How long a reader may be silent over a file.
    pub patience: Duration,
    /// How much memory a reader may take while it is silent over a file, in bytes.
    pub swelling_bytes_max: u64,
    /// What articles are annotated by.
    pub knowledge: Knowledge,
    /// The readers to choose from.
    pub readers: Readers,
    /// Set from outside to end the run: it commits what is done, and the next run goes on there.
    pub stop: Arc<AtomicBool>,
}

/// How many bytes of articles are read between two commits where nobody says otherwise: a few
/// seconds' work.
pub const COMMIT_BYTES: u64 = 32 << 20;

/// How long a reader may be silent over a file where nobody says otherwise.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// How much memory a reader may take while it is silent over a file where nobody says otherwise:
/// some ten times of what the longest records need.
pub const SWELLING_BYTES_MAX: u64 = 1 << 30;

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { home, roots, start, trust, quarantine, guards, .. } = self;
        f.debug_struct("Job")
            .field("home", home)
            .field("roots", roots)
            .field("start", start)
            .field("trust", trust)
            .field("quarantine", quarantine)
            .field("guards", guards)
            .finish_non_exhaustive()
    }
}

impl Job {
    /// Makes a job with the usual guards.
    pub fn new(home: Home, roots: Vec<PathBuf>) -> Self {
        Self {
            home,
            roots,
            sources: Sources::default(),
            start: Start::FromCurrent,
            trust: Trust::Stamps,
            quarantine: Quarantined::Left,
            guards: Guards::default(),
            generations_kept: GENERATIONS_KEPT,
            lock_timeout: Duration::ZERO,
            commit_bytes: COMMIT_BYTES,
            patience: PATIENCE,
            swelling_bytes_max: SWELLING_BYTES_MAX,
            knowledge: Knowledge::default(),
            readers: source::readers(),
            stop: Arc::default(),
        }
    }
}

/// What becomes of the articles that the index holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// Those of unchanged files, and of other roots, stay.
    FromCurrent,
    /// All roots that the index knows are read again, and nothing is taken over.
    Rebuild,
}

/// How a file is known to be the one that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// By its size and the time of its last change; by its content only where these differ.
    Stamps,
    /// By its content: every file is read to its end.
    Content,
    /// By its size and time alone, for a glance: what differs is taken for changed.
    Times,
}

/// What becomes of files with records that were set aside, and that have not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quarantined {
    /// They are left alone: the same bytes would be refused again.
    Left,
    /// They are read again.
    Retried,
}

/// What stops a run before it does damage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Guards {
    /// The most articles that may go, of those of the roots that are walked; where nobody says,
    /// [`DELETIONS_MAX`], but [`DELETIONS_ALLOWED`] in any case.
    pub deletions_max: Option<Share>,
    /// What must stay free on the disk of the index, in bytes.
    pub free_bytes_min: u64,
    /// When to stop reading: what was read until then is published, the rest is for the next run.
    pub until: Option<SystemTime>,
    /// The most records that may be set aside.
    pub errors_max: Option<u64>,
}

/// The articles that may go in a run where nobody says how many.
pub const DELETIONS_MAX: Share = Share::Percent(5.0);

/// How many articles may go in any run where nobody says how many: in a small archive a few are
/// many of a hundred.
pub const DELETIONS_ALLOWED: u64 = 20;

impl Guards {
    /// Returns how many articles may go of so many.
    pub fn deletions_of(&self, n_articles: u64) -> u64 {
        match self.deletions_max {
            Some(share) => share.of(n_articles),
            None => DELETIONS_MAX.of(n_articles).max(DELETIONS_ALLOWED),
        }
    }
}

/// A number of articles, absolute or of all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Share {
    /// So many.
    Articles(u64),
    /// So many of a hundred, from 0 to 100.
    Percent(f64),
}

impl Share {
    /// Returns how many of so many articles these are, rounded down.
    pub fn of(self, n_articles: u64) -> u64 {
        match self {
            Self::Articles(n) => n,
            Self::Percent(percent) => (n_articles as f64 * percent / 100.0) as u64,
        }
    }
}

/// Prints the share as it is typed: `12`, `5%`.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Articles(n) => write!(f, "{n}"),
            Self::Percent(percent) => write!(f, "{percent}%"),
        }
    }
}
