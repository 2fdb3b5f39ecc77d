//! Runs that die at each of their events, one event after the other.
//!
//! The test runs itself as a child that indexes with the library and aborts at the event whose
//! number the environment says: nothing is dropped, flushed or tidied up, as when it is killed. It
//! goes on until a child comes to its end, however many events there are.

use std::env;
use std::process::{self, Command};

use dateline::ingest;

use super::archive::{Archive, Model, Size};
use super::invariants::{
    After, answers, assert_same, check_all, check_layout, check_like_new, check_words,
};
use super::program;
use crate::world::{NEWS, World};

/// Says to the child at which event to die.
const KILL_POINT: &str = "DATELINE_KILL_POINT";

/// The events that such a run has at the least, and more than it has.
const N_EVENTS_MIN: usize = 5;
const N_EVENTS_MAX: usize = 500;

/// How much happens to the archive before each run.
const N_OPERATIONS: usize = 3;

#[test]
fn a_run_that_dies_at_any_event_leaves_the_old_index_or_the_new_one() {
    die_if_told();
    let mut night = Dying::begin(11);
    let n_deaths = (1..N_EVENTS_MAX).take_while(|nth| {
        night.archive.day(N_OPERATIONS);
        let has_died = night.dies_at(*nth);
        night.run_to_the_end();
        has_died
    });
    check_deaths(n_deaths.count());
    check_like_new(&night.world);
}

#[test]
fn runs_that_die_later_and_later_come_to_their_end_at_last() {
    die_if_told();
    let mut night = Dying::begin(12);
    let n_deaths = (1..N_EVENTS_MAX).take_while(|nth| {
        night.archive.day(N_OPERATIONS);
        night.dies_at(*nth)
    });
    check_deaths(n_deaths.count());
    check_all(&night.world, &night.archive);
    check_like_new(&night.world);
}

fn check_deaths(n: usize) {
    println!("died at {n} events");
    assert!((N_EVENTS_MIN..N_EVENTS_MAX - 1).contains(&n), "died at {n} events");
}

/// An archive, and its index, whose runs die.
struct Dying {
    world: World,
    archive: Archive,
    published: Model,
}

impl Dying {
    fn begin(seed: u64) -> Self {
        let world = World::empty();
        let archive = Archive::make(world.path(NEWS), Size::SMALL, seed);
        let mut night = Self { world, archive, published: Model::new() };
        night.run_to_the_end();
        night
    }

    fn run_to_the_end(&mut self) {
        program::index_to_the_end(&self.world);
        self.published = self.archive.model();
        check_all(&self.world, &self.archive);
    }

    /// Lets a run die at its nth event, and checks that the index answers as before or as after.
    ///
    /// Returns whether it died: it does not where it has fewer events.
    fn dies_at(&mut self, nth: usize) -> bool {
        // Either test will do as the child: both look first whether they are to die.
        let [program, test] = program::this_test(module_path!(), "runs_that_die_later_and_later");
        let mut child = Command::new(program);
        child.arg(test).env(KILL_POINT, nth.to_string()).current_dir(self.world.path(""));
        let output = child.output().unwrap();
        let has_died = !output.status.success();
        let died_how = String::from_utf8_lossy(&output.stderr);
        assert!(!died_how.contains("panicked"), "{died_how}");
        check_layout(&self.world, if has_died { After::AKill } else { After::ARun });
        let searcher = self.world.searcher();
        let (found, new) = (answers(&searcher), self.archive.model());
        if !has_died || found != self.published {
            assert_same(&found, &new, &format!("dead at event {nth}: {has_died}"));
        }
        check_words(&searcher, &found, &self.archive.words());
        self.published = found;
        has_died
    }
}

/// In the child, indexes the archive in the working directory, dies at the event that the
/// environment says, and ends the process; elsewhere does nothing.
fn die_if_told() {
    let Ok(nth) = env::var(KILL_POINT) else { return };
    let mut n_left: usize = nth.parse().unwrap();
    let here = env::current_dir().unwrap();
    let report = ingest::run(&program::job("index", here.join(NEWS)), &mut |_| {
        n_left -= 1;
        if n_left == 0 {
            process::abort();
        }
    });
    assert!(report.is_ok(), "{report:?}");
    process::exit(0);
}
