//! This very program as a child that indexes with the library.
//!
//! It commits after every few articles, as a run over a large archive does, so that whoever kills it
//! leaves something to be continued. It can be told to die at one of its events: then it aborts, and
//! nothing is dropped, flushed or tidied up.

use std::collections::BTreeSet;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{self, Command};
use std::time::Duration;
use std::{env, fs, thread};

use dateline::ingest::{self, Job};

use super::archive::{Archive, Size};
use super::invariants::{check_all, check_like_new};
use super::program;
use crate::world::{NEWS, World};

/// Says to the child how many bytes of articles it reads between two commits.
const COMMIT_BYTES: &str = "DATELINE_COMMIT_BYTES";

/// Says to the child at which event to die: 0 is never.
const DIES_AT: &str = "DATELINE_DIES_AT";

/// How long the killer waits before it looks again: some looks for each change.
const BETWEEN_LOOKS: Duration = Duration::from_micros(50);

/// Returns the command that indexes a world's archive in steps of so many bytes, and that dies at an
/// event if so told.
pub(super) fn index(world: &World, commit_bytes: u64, dies_at: Option<usize>) -> Command {
    let [program, test] = program::this_test(module_path!(), "a_run_of_many_commits");
    let mut command = Command::new(program);
    command.args([&test, "--nocapture"]).current_dir(world.path("")).env_clear();
    command.env(DIES_AT, dies_at.unwrap_or(0).to_string());
    command.env(COMMIT_BYTES, commit_bytes.to_string());
    command
}

/// Starts a run and kills it when a file with an ending appears in the index directory, and that
/// for the nth time; returns its exit code where it ended before. Every name has the ending `""`.
pub(super) fn killed_at_change(
    world: &World,
    mut run: Command,
    ending: &str,
    nth: usize,
) -> Option<i32> {
    let dir = world.path("index");
    let mut seen = fingerprint(&dir);
    let mut n_changes = 0;
    let mut run = program::start(&mut run);
    loop {
        if let Some(status) = run.try_wait().unwrap() {
            return status.code();
        }
        let now = fingerprint(&dir);
        n_changes += usize::from(now.difference(&seen).any(|(name, _)| name.ends_with(ending)));
        seen = now;
        if n_changes == nth {
            run.kill().unwrap();
            return run.wait().unwrap().code();
        }
        thread::sleep(BETWEEN_LOOKS);
    }
}

/// Returns what tells a state of the index directory from another: the names and numbers of the
/// files in it, in the draft and among the reports.
fn fingerprint(index: &Path) -> BTreeSet<(String, u64)> {
    let mut files = BTreeSet::new();
    for dir in [index.to_owned(), index.join("draft"), index.join("runs")] {
        for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
            let number = entry.metadata().map_or(0, |metadata| metadata.ino());
            files.insert((entry.file_name().to_string_lossy().into_owned(), number));
        }
    }
    files
}

/// In the child, indexes the archive of the world that is the working directory, and ends the
/// process; elsewhere does nothing.
fn index_if_told() {
    let Ok(dies_at) = env::var(DIES_AT) else { return };
    let dies_at: usize = dies_at.parse().unwrap();
    let commit_bytes = env::var(COMMIT_BYTES).unwrap().parse().unwrap();
    let here = env::current_dir().unwrap();
    let job = Job { commit_bytes, ..program::job(here.join("index"), here.join(NEWS)) };
    let mut n_events = 0;
    let ran = ingest::run(&job, &mut |_| {
        n_events += 1;
        if n_events == dies_at {
            process::abort();
        }
    });
    if let Err(error) = &ran {
        eprintln!("{error}");
    }
    process::exit(if ran.is_ok() { 0 } else { 1 });
}

#[test]
fn a_run_of_many_commits_makes_the_index_that_a_run_of_one_makes() {
    index_if_told();
    let world = World::empty();
    let mut archive = Archive::make(world.path(NEWS), Size::SMALL, 61);
    for _ in 0..5 {
        let output = index(&world, 500, None).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        check_all(&world, &archive);
        archive.day(8);
    }
    program::index_to_the_end(&world);
    check_all(&world, &archive);
    check_like_new(&world);
}
