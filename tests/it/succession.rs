//! Corrections and withdrawals: of the records with one id, the latest is in the index, whatever
//! came when.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead};
use std::ops::ControlFlow;
use std::sync::atomic::Ordering;
use std::time::Duration;

use dateline::article::{Article, Fingerprint, Origin, Unchanged, Withdrawal};
use dateline::index::Home;
use dateline::ingest::{self, Event, Guards, Job, Report, RunOutcome, Share};
use dateline::query::parse;
use dateline::search::{Match, Request, Searcher};
use dateline::snippet::Measure;
use dateline::source::{Confidence, Each, Head, Input, Reader, Readers};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::world::{NEWS, World};

/// Reads lines such as `a 2`, the second version of `a`, and `-a 3`, which withdraws it. Lines that
/// are known from before are not looked at.
struct Slips;

impl Reader for Slips {
    fn name(&self) -> &'static str {
        "slips"
    }

    fn version(&self) -> u32 {
        1
    }

    fn sniff(&self, _: &Head<'_>) -> Confidence {
        Confidence::Certain
    }

    fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()> {
        for (idx, line) in input.stream.lines().enumerate() {
            let line = line?;
            let (id, version) = line.split_once(' ').unwrap_or((&line, "0"));
            let version = version.parse().unwrap_or(0);
            let origin = Origin {
                path: input.shown.to_owned(),
                record: idx as u64 + 1,
                ..Origin::default()
            };
            let mut fingerprint = Fingerprint::default();
            fingerprint.0[..line.len()].copy_from_slice(line.as_bytes());
            if let Some(known) = input.known.and_then(|it| it.take(fingerprint, origin.record)) {
                let unchanged = Box::new(Unchanged { known, origin });
                if each(dateline::source::Event::Unchanged(unchanged)) == ControlFlow::Break(()) {
                    break;
                }
                continue;
            }
            let is_article = !id.starts_with('-');
            let print = dateline::source::Event::Fingerprint { fingerprint, numbered: false };
            if is_article && each(print) == ControlFlow::Break(()) {
                break;
            }
            let event = match id.strip_prefix('-') {
                Some(id) => dateline::source::Event::Withdrawn(Box::new(Withdrawal {
                    id: id.to_owned(),
                    version,
                    origin,
                    by: "a stroke".to_owned(),
                    ..Withdrawal::default()
                })),
                None => dateline::source::Event::Article(Box::new(Article {
                    id: id.to_owned(),
                    version,
                    headline: format!("{id} in version {version}"),
                    origin,
                    ..Article::default()
                })),
            };
            if each(event) == ControlFlow::Break(()) {
                break;
            }
        }
        Ok(())
    }
}

const READERS: Readers = &[&Slips];

fn job(world: &World, index: &str) -> Job {
    let mut job = Job::new(Home::at(world.path(index)), vec![world.path(NEWS)]);
    job.readers = READERS;
    // Children that others start at this moment hold the lock for another one.
    job.lock_timeout = Duration::from_secs(60);
    job.guards = Guards { deletions_max: Some(Share::Percent(100.0)), ..Guards::default() };
    job
}

fn run(job: &Job) -> Report {
    ingest::run(job, &mut |_| {}).unwrap()
}

/// Returns the headlines of the articles that an index holds, by their ids.
fn held(world: &World, index: &str) -> BTreeMap<String, String> {
    let Ok(searcher) = Searcher::open(&Home::at(world.path(index))) else {
        return BTreeMap::new();
    };
    let request = Request {
        limit: 1000,
        matching: Match::All,
        measure: Measure { n_snippets_max: 0, ..Measure::default() },
        ..Request::new(parse("*").unwrap())
    };
    let hits = searcher.search(&request).unwrap().hits.into_iter();
    hits.map(|it| (it.article.id, it.article.headline)).collect()
}

fn check<const N: usize>(world: &World, want: [(&str, &str); N]) {
    let held = held(world, "index");
    let held: Vec<(&str, &str)> = held.iter().map(|(id, it)| (id.as_str(), it.as_str())).collect();
    assert_eq!(held, want);
}

#[test]
fn a_later_version_supersedes_and_comes_forth_again_when_the_other_one_goes() {
    let world = World::empty();
    world.put("1.txt", "a 1\nb 1\n");
    let job = job(&world, "index");
    run(&job);
    check(&world, [("a", "a in version 1"), ("b", "b in version 1")]);
    world.put("2.txt", "a 2\n");
    let report = run(&job);
    assert_eq!((report.articles.superseded, report.articles.updated), (1, 1));
    check(&world, [("a", "a in version 2"), ("b", "b in version 1")]);
    world.put("3.txt", "a 1\n");
    assert_eq!(run(&job).articles.superseded, 1);
    check(&world, [("a", "a in version 2"), ("b", "b in version 1")]);
    fs::remove_file(world.path("news/2.txt")).unwrap();
    run(&job);
    check(&world, [("a", "a in version 1"), ("b", "b in version 1")]);
    assert_eq!(run(&job).outcome, RunOutcome::Unchanged);
    fs::remove_file(world.path("news/1.txt")).unwrap();
    run(&job);
    check(&world, [("a", "a in version 1")]);
}

#[test]
fn a_withdrawal_removes_the_article_until_it_is_taken_back() {
    let world = World::empty();
    world.put("1.txt", "a 1\nb 1\n");
    let job = job(&world, "index");
    run(&job);
    world.put("2.txt", "-a 2\n");
    assert_eq!(run(&job).articles.withdrawn, 1);
    check(&world, [("b", "b in version 1")]);
    world.put("1.txt", "a 1\nb 1\nc 1\n");
    run(&job);
    check(&world, [("b", "b in version 1"), ("c", "c in version 1")]);
    world.put("3.txt", "a 3\n");
    run(&job);
    check(&world, [("a", "a in version 3"), ("b", "b in version 1"), ("c", "c in version 1")]);
    fs::remove_file(world.path("news/3.txt")).unwrap();
    fs::remove_file(world.path("news/2.txt")).unwrap();
    run(&job);
    check(&world, [("a", "a in version 1"), ("b", "b in version 1"), ("c", "c in version 1")]);
}

/// What happens to the archive between two runs.
#[derive(Clone, Debug)]
enum Change {
    Write(u8, Vec<(bool, u8, u8)>),
    Remove(u8),
    Move(u8, u8),
}

fn name(file: u8) -> String {
    format!("{file}.txt")
}

impl Change {
    fn make(&self, world: &World) {
        match self {
            Self::Write(file, slips) => {
                let line = |(withdraws, id, version): &(bool, u8, u8)| {
                    let stroke = if *withdraws { "-" } else { "" };
                    format!("{stroke}{} {version}\n", char::from(b'a' + id))
                };
                world.put(&name(*file), slips.iter().map(line).collect::<String>());
            }
            // What is not there is let be.
            Self::Remove(file) => drop(fs::remove_file(world.news(&name(*file)))),
            Self::Move(from, to) => {
                drop(fs::rename(world.news(&name(*from)), world.news(&name(*to))));
            }
        }
    }
}

fn change() -> impl Strategy<Value = Change> {
    let slip = (prop::bool::weighted(0.2), 0_u8..3, 1_u8..5);
    prop_oneof![
        4 => (0_u8..5, prop::collection::vec(slip, 1..5)).prop_map(|(it, slips)| Change::Write(it, slips)),
        2 => (0_u8..5).prop_map(Change::Remove),
        1 => (0_u8..5, 0_u8..5).prop_map(|(from, to)| Change::Move(from, to)),
    ]
}

#[test]
fn after_every_day_the_index_is_as_one_that_is_made_anew() {
    let days = prop::collection::vec((prop::collection::vec(change(), 1..4), 0_usize..6), 1..8);
    let config = ProptestConfig { cases: 24, ..ProptestConfig::default() };
    let mut runner = TestRunner::new(config);
    let outcome = runner.run(&days, |days| {
        let world = World::empty();
        world.put(&name(9), "z 1\n");
        let mut job = job(&world, "index");
        job.commit_bytes = 1;
        for (changes, stops_at) in days {
            changes.iter().for_each(|change| change.make(&world));
            // A run that is stopped after some files, and the one that goes on with it.
            let mut n_files = 0;
            job.stop.store(false, Ordering::Relaxed);
            let stop = std::sync::Arc::clone(&job.stop);
            ingest::run(&job, &mut |event| {
                if let Event::File(_) = event {
                    n_files += 1;
                    stop.store(n_files == stops_at, Ordering::Relaxed);
                }
            })
            .map_err(|error| TestCaseError::fail(error.to_string()))?;
            job.stop.store(false, Ordering::Relaxed);
            ingest::run(&job, &mut |_| {}).map_err(|it| TestCaseError::fail(it.to_string()))?;
            drop(fs::remove_dir_all(world.path("anew")));
            run(&super::succession::job(&world, "anew"));
            prop_assert_eq!(held(&world, "index"), held(&world, "anew"));
        }
        Ok(())
    });
    if let Err(failed) = outcome {
        panic!("{failed}");
    }
}
