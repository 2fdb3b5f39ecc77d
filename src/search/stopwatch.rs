//! Where the time of a search goes.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::Request;

/// A part of the work of a search, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// What the query means, and how its words are spelt.
    Reading,
    /// The best articles by what tantivy scores.
    Candidates,
    /// Their order by what counts here.
    Rescoring,
    /// How many articles match beside them.
    Counting,
    /// The articles that are shown, from the disk.
    Fetching,
    /// What in them matched.
    Matching,
    /// The passages that show it.
    Snippets,
    /// What the asker is told beside the hits: parts that match nothing, or why nothing did.
    Remarks,
}

impl Stage {
    /// All of them, in order.
    pub const ALL: [Self; 8] = [
        Self::Reading,
        Self::Candidates,
        Self::Rescoring,
        Self::Counting,
        Self::Fetching,
        Self::Matching,
        Self::Snippets,
        Self::Remarks,
    ];

    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reading => "read",
            Self::Candidates => "find",
            Self::Rescoring => "rescore",
            Self::Counting => "count",
            Self::Fetching => "fetch",
            Self::Matching => "match",
            Self::Snippets => "snippet",
            Self::Remarks => "remark",
        }
    }
}

/// Sums how long the stages of one search or of many take; whoever asks hands it down with a
/// [`Request`]. A request without one is not timed, and costs nothing more.
#[derive(Debug, Default)]
pub struct Stopwatch {
    ns: [AtomicU64; Stage::ALL.len()],
}

impl Stopwatch {
    /// Returns how long a stage took, all searches together.
    pub fn taken(&self, stage: Stage) -> Duration {
        Duration::from_nanos(self.ns[stage as usize].load(Ordering::Relaxed))
    }

    fn time<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let done = work();
        let ns = u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.ns[stage as usize].fetch_add(ns, Ordering::Relaxed);
        done
    }
}

impl Request {
    /// Does a stage of the work, by the stopwatch if there is one.
    pub(super) fn timed<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        match &self.stopwatch {
            None => work(),
            Some(stopwatch) => stopwatch.time(stage, work),
        }
    }
}
