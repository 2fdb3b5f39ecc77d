//! The program as these tests run it.

use std::env;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use dateline::index::Home;
use dateline::ingest::{Guards, Job, Share};

use crate::world::{NEWS, Said, World};

/// Returns the command that indexes a world's archive, however many articles go.
///
/// The days of these tests are wilder than those of a newsroom, so the guard against deletions is
/// told to let everything pass.
pub(super) fn index(world: &World) -> Command {
    let mut command = index_guarded(world);
    command.args(["--max-delete", "100%"]);
    command
}

/// Returns the command that indexes a world's archive, unless too much of it is gone.
///
/// The archive is named by its whole path, as the library names it in [`job`]: articles are shown
/// where they were read, and that is where the run was told to go.
pub(super) fn index_guarded(world: &World) -> Command {
    let mut command = world.command(&["index"]);
    command.arg(world.path(NEWS));
    command
}

/// Returns what the library is asked to do, deletions without limit.
pub(super) fn job(index: impl Into<PathBuf>, archive: impl Into<PathBuf>) -> Job {
    let guards = Guards { deletions_max: Some(Share::Percent(100.0)), ..Guards::default() };
    // Children that others start at this moment hold the lock for another one.
    let lock_timeout = Duration::from_secs(60);
    Job { guards, lock_timeout, ..Job::new(Home::at(index), vec![archive.into()]) }
}

/// Indexes a world's archive, and returns what was said.
pub(super) fn index_said(world: &World) -> Said {
    Said::of(&mut index(world), "")
}

/// Indexes a world's archive, in which something may be set aside.
#[track_caller]
pub(super) fn index_to_the_end(world: &World) -> Said {
    let said = index_said(world);
    assert!(matches!(said.code, Some(0 | 3)), "{said:#?}");
    said
}

/// Starts a command that says nothing.
pub(super) fn start(command: &mut Command) -> Child {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.spawn().unwrap()
}

/// Returns how to run a test of this very program again, in a process of its own.
pub(super) fn this_test(module: &str, test: &str) -> [String; 2] {
    let program = env::current_exe().unwrap().into_os_string().into_string().unwrap();
    let (_, module) = module.split_once("::").unwrap();
    [program, format!("{module}::{test}")]
}
