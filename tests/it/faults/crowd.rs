//! Several runs at once, of which one writes at a time.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::thread;

use super::invariants::check_like_new;
use super::night::{Night, Runner};
use super::program;
use crate::world::World;

/// How many runs start at once.
const N_AT_ONCE: usize = 3;

/// How often they are killed together.
const N_CROWDS: usize = 4;

#[test]
fn runs_that_compete_make_one_whole_index_even_after_they_were_killed_together() {
    let mut night = Night::begin(2);
    for _ in 0..N_CROWDS {
        night.day();
        let reader = night.world.searcher();
        let crowd = start_crowd(&night.world);
        thread::sleep(night.delay(Runner::Program));
        kill_group(&crowd);
        ends(crowd);
        night.check_old_or_new(&reader);

        let ends = ends(start_crowd(&night.world));
        assert!(ends.iter().all(|(code, _)| matches!(code, Some(0 | 3 | 5))), "{ends:#?}");
        assert!(ends.iter().any(|(code, _)| matches!(code, Some(0 | 3))), "nobody won: {ends:#?}");
        night.check_new();
    }
    check_like_new(&night.world);
}

/// Starts several runs in a process group of their own, that of the first one.
fn start_crowd(world: &World) -> Vec<Child> {
    let mut crowd: Vec<Child> = Vec::new();
    for _ in 0..N_AT_ONCE {
        let group = crowd.first().map_or(0, |first| i32::try_from(first.id()).unwrap());
        let mut run = program::index(world);
        let run = run.process_group(group).stdout(Stdio::null()).stderr(Stdio::piped());
        crowd.push(run.spawn().unwrap());
    }
    crowd
}

/// Waits for all, and returns how each ended: its exit code, and what it said.
fn ends(crowd: Vec<Child>) -> Vec<(Option<i32>, String)> {
    let end = |run: Child| {
        let output = run.wait_with_output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    crowd.into_iter().map(end).collect()
}

/// Kills a process group at one stroke. None of it was waited for, so its number is still its own.
fn kill_group(crowd: &[Child]) {
    let group = format!("-{}", crowd[0].id());
    let mut kill = Command::new("sh");
    let done = kill.args(["-c", "kill -s KILL -- \"$1\"", "sh", &group]).status().unwrap();
    assert!(done.success());
}
