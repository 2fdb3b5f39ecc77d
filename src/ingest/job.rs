//! What a run is asked to do, and how far it may go.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use crate::index::{GENERATIONS_KEPT, Home};

/// What to index, where to, and what the run may not do.
#[derive(Clone, Debug)]
pub struct Job {
    /// The index directory.
    pub home: Home,
    /// The files and folders to read.
    pub roots: Vec<PathBuf>,
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
}

impl Job {
    /// Makes a job with the usual guards.
    pub fn new(home: Home, roots: Vec<PathBuf>) -> Self {
        Self {
            home,
            roots,
            start: Start::FromCurrent,
            trust: Trust::Stamps,
            quarantine: Quarantined::Left,
            guards: Guards::default(),
            generations_kept: GENERATIONS_KEPT,
            lock_timeout: Duration::ZERO,
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
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guards {
    /// The most articles that may go, of those of the roots that are walked.
    pub deletions_max: Share,
    /// What must stay free on the disk of the index, in bytes.
    pub free_bytes_min: u64,
    /// When to stop reading: what was read until then is published, the rest is for the next run.
    pub until: Option<SystemTime>,
    /// The most records that may be set aside.
    pub errors_max: Option<u64>,
}

impl Default for Guards {
    fn default() -> Self {
        Self {
            deletions_max: Share::Percent(5.0),
            free_bytes_min: 0,
            until: None,
            errors_max: None,
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
