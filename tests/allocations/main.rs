//! How much memory is asked for, in numbers of times: of fixed questions to the seeds, and of a run
//! that indexes them.
//!
//! A time tells what the machine did meanwhile; this number is the same on every machine, and what
//! makes a search slow, a copy too many or a text read twice, is seen in it. It is no measure of
//! speed: only what changes is told. `DATELINE_ALLOCATIONS=1 cargo test --test allocations` writes
//! the numbers anew, for a change that is meant.
//!
//! It is a program of its own because what counts is the allocator of the whole program.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::alloc::System;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use dateline::index::Home;
use dateline::ingest::{self, Job, Start};
use dateline::query;
use dateline::render::{Layout, Names, Renderer, Styles, Text};
use dateline::search::{Request, Searcher};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use tempfile::TempDir;

#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Where the numbers are kept, a line each: the number, a tab, what was done.
const KEPT: &str = "tests/allocations/kept.tsv";

/// What makes the test write the numbers down instead of comparing them.
const REWRITE: &str = "DATELINE_ALLOCATIONS";

/// A question of each form.
const QUERIES: [&str; 30] = [
    "ferry",
    "ukraine",
    "the war",
    "security guarantees",
    "ukraine AND russia",
    "putin AND zelensky AND trump",
    "drone OR missile OR rocket",
    "president OR minister OR government OR talks",
    "\"security guarantees\"",
    "\"white house\"",
    "ferry W/5 strik*",
    "putin PRE/3 zelensky",
    "\"ferry strike\"~4",
    "ferry W/S strike",
    "ferry W/P strike",
    "ukrain*",
    "*erry",
    "zelenskiy~1",
    "zelenskiy",
    "atleast3(ukraine)",
    "lead:ukraine",
    "first/50(ceasefire)",
    "exact(talks)",
    "caps(House)",
    "headline:ukraine",
    "place:ukraine",
    "person:putin",
    "ferry -ukraine",
    "ceasefire^2 OR peace",
    "*",
];

/// How much a number may change and mean nothing: a library's own tables grow by what they hold.
const SHARE_MAX: f64 = 0.03;
const TIMES_MAX: f64 = 30.0;

/// How much that of indexing may: how many articles a thread has at hand is left to chance.
const INDEXING_SHARE_MAX: f64 = 0.15;

const INDEXING: &str = "indexing the seeds";

/// Returns how often memory is asked for while something is done.
fn n_allocations(work: impl FnOnce()) -> usize {
    let region = Region::new(COUNTED);
    work();
    let change = region.change();
    change.allocations + change.reallocations
}

/// Parses a query, searches, and prints the page to nobody.
fn ask(searcher: &Searcher, text: &str) {
    let query = query::parse(text).unwrap();
    let answer = searcher.search(&Request::new(query)).unwrap();
    let layout = Layout { styles: Styles::COLOURED, names: Names::All, width: 80 };
    let mut page = Vec::new();
    Text { layout }.render(&answer, &mut page).unwrap();
    assert!(!answer.hits.is_empty(), "{text} finds nothing, and measures nothing");
}

/// Keeps to one core: a run has as many threads as there are cores, and each learns its words anew.
#[cfg(target_os = "linux")]
fn keep_to_one_core() {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
    let allowed = sched_getaffinity(None).unwrap();
    let first = (0..CpuSet::MAX_CPU).find(|core| allowed.is_set(*core)).unwrap();
    let mut one = CpuSet::new();
    one.set(first);
    sched_setaffinity(None, &one).unwrap();
}

#[cfg(not(target_os = "linux"))]
fn keep_to_one_core() {}

/// Counts everything, each question when it was asked before.
fn counted() -> Vec<(usize, &'static str)> {
    keep_to_one_core();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dir = TempDir::new().unwrap();
    let home = Home::at(dir.path());
    let job = Job { start: Start::Rebuild, ..Job::new(home.clone(), vec![root.join("seeds")]) };
    let n_indexing = n_allocations(|| {
        ingest::run(&job, &mut |_| {}).unwrap();
    });
    let searcher = Searcher::open(&home).unwrap();
    QUERIES.iter().for_each(|text| ask(&searcher, text));
    let asked = QUERIES.iter().map(|text| (n_allocations(|| ask(&searcher, text)), *text));
    [(n_indexing, INDEXING)].into_iter().chain(asked).collect()
}

#[test]
fn no_more_memory_is_asked_for_than_before() {
    let now = counted();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(KEPT);
    if std::env::var_os(REWRITE).is_some() {
        let mut lines = String::new();
        now.iter().for_each(|(n, what)| writeln!(lines, "{n}\t{what}").unwrap());
        return fs::write(path, lines).unwrap();
    }
    let kept = fs::read_to_string(path).unwrap();
    let kept: Vec<(usize, &str)> = kept
        .lines()
        .map(|line| line.split_once('\t').unwrap())
        .map(|(n, what)| (n.parse().unwrap(), what))
        .collect();
    let whats = |rows: &[(usize, &str)]| rows.iter().map(|it| it.1.to_owned()).collect::<Vec<_>>();
    assert_eq!(whats(&kept), whats(&now), "other questions; {REWRITE}=1 writes the numbers anew");
    let mut changed = String::new();
    for ((before, what), (now, _)) in kept.iter().zip(&now) {
        let share = if *what == INDEXING { INDEXING_SHARE_MAX } else { SHARE_MAX };
        let allowed = *before as f64 * share + TIMES_MAX;
        if now.abs_diff(*before) as f64 > allowed {
            writeln!(changed, "{before:>8} -> {now:<8}  {what}").unwrap();
        }
    }
    assert!(
        changed.is_empty(),
        "memory is asked for more or less often; if that is meant, {REWRITE}=1 \
        writes the numbers anew\n{changed}"
    );
}
