//! How good the answers are: runs measured against judgments, as the field measures them.
//!
//! ```text
//! topics ──▶ (a search each) ──▶ run ──┐
//!                                      ├──▶ evaluation ──▶ comparison with a baseline
//!                         judgments ───┘
//! ```
//!
//! The three files are those of the Text REtrieval Conference (TREC), so that other programs can
//! read what this one writes, and the other way round:
//!
//! | file | a line | read by |
//! |---|---|---|
//! | topics | `id <tab> query`; the query is plain words, nothing in it is an operator | [`topics`] |
//! | judgments ("qrels") | `topic iteration article grade`; a grade above 0 is relevant | [`Judgments::read`] |
//! | run | `topic Q0 article rank score tag`; the order is that of the scores | [`Run::read`] |
//!
//! The measures are those of trec_eval, to the last digit that it prints; [`Measure`] says which.
//! The mean is over every judged query that has a relevant article, whether the run has results for
//! it or not: without results it counts 0. That is trec_eval with `-c`. A query without any relevant
//! article can tell no run from another; it is left out of the mean, where trec_eval counts it as 0.
//!
//! This room reads bytes and writes strings; it knows no files.

mod comparison;
mod evaluation;
mod judgments;
mod measures;
mod run;
mod topics;

pub use comparison::{Comparison, Difference, N_PERMUTATIONS, SEED};
pub use evaluation::{Evaluation, Gaps, QueryScores};
pub use judgments::{Judged, Judgments};
pub use measures::{Measure, Scores};
pub use run::{Ranked, Ranking, Run};
pub use topics::{Topic, topics};

/// How many articles a run has for each query, at most.
pub const DEPTH: usize = 1_000;

/// The largest file that is read, in bytes.
pub const FILE_BYTES_MAX: u64 = 1 << 30;

/// The most topics of a file, and the most queries of judgments and of a run.
pub const QUERIES_MAX: usize = 10_000;

/// The most lines of judgments and of a run.
pub const LINES_MAX: usize = 20_000_000;
