//! Runs that are killed at each of their steps, one step after the other.
//!
//! A step is an event that the library tells, at which a child aborts; or a change in the index
//! directory, at which the child that made it is killed. The tests go on until the children come to
//! their end, however many steps there are.

use super::archive::{Archive, Model, Size};
use super::invariants::{
    After, answers, assert_same, check_all, check_layout, check_like_new, check_words,
};
use super::{child, kills, program};
use crate::world::{NEWS, World};

/// The steps that such a run has at the least, and more than it has.
const N_STEPS_MIN: usize = 6;
const N_STEPS_MAX: usize = 500;

/// How many runs must have fewer steps before the tests believe that there are no more.
const N_SURVIVALS: usize = 2;

/// After how many runs that went through one is looked at with the program too, which takes longer.
const ONE_WHOLE_CHECK_OF: usize = 4;

/// How much happens to the archive before a run that dies at an event; a run makes many more changes
/// on the disk than it tells events.
const N_OPERATIONS: usize = 6;

/// One archive for so many kills that are asked for, in which so many runs die at one of their
/// first steps, after so much has happened.
const N_KILLS_PER_NIGHT: usize = 12;
const N_DEATHS: usize = 6;
const N_STEPS_OF_MANY: usize = 14;
const N_OPERATIONS_OF_MANY: usize = 3;

/// How many bytes are read between two commits: those of some articles.
const COMMIT_BYTES: u64 = 2_000;

#[test]
fn a_run_that_dies_at_any_event_leaves_the_old_index_or_the_new_one() {
    let mut night = Dying::begin(11);
    at_each_step(&mut night, N_OPERATIONS, |night, nth| {
        let has_died = night.dies_at_event(nth);
        if nth % 2 == 0 {
            night.run_to_the_end();
        }
        has_died
    });
}

#[test]
fn runs_that_die_later_and_later_come_to_their_end_at_last() {
    let mut night = Dying::begin(12);
    at_each_step(&mut night, N_OPERATIONS, Dying::dies_at_event);
    check_all(&night.world, &night.archive);
}

#[test]
fn a_run_that_is_killed_at_any_change_on_the_disk_leaves_the_old_index_or_the_new_one() {
    let mut night = Dying::begin(13);
    at_each_step(&mut night, 1, |night, nth| {
        let has_died = night.dies_at_change(nth);
        if nth % 2 == 0 {
            night.run_to_the_end();
        }
        has_died
    });
}

/// Lets runs die at their first step, their second, and so on, until several in a row have fewer.
#[track_caller]
fn at_each_step(
    night: &mut Dying,
    n_operations: usize,
    mut dies: impl FnMut(&mut Dying, usize) -> bool,
) {
    let (mut n_deaths, mut n_survivals) = (0, 0);
    let mut steps = 1..N_STEPS_MAX;
    while n_survivals < N_SURVIVALS {
        night.archive.day(n_operations);
        if dies(night, steps.next().unwrap()) {
            (n_deaths, n_survivals) = (n_deaths + 1, 0);
        } else {
            n_survivals += 1;
        }
    }
    println!("died at {n_deaths} steps");
    assert!(n_deaths >= N_STEPS_MIN, "died at {n_deaths} steps");
    check_like_new(&night.world);
}

#[test]
fn runs_that_die_again_and_again_never_confuse_the_one_that_goes_through() {
    let (n_kills, seed) = kills::asked_for();
    for seed in seed..seed + (n_kills / N_KILLS_PER_NIGHT) as u64 {
        println!("DATELINE_KILL_SEED={seed}");
        let mut night = Dying::begin(seed);
        for nth_death in 1..=N_DEATHS {
            night.archive.day(N_OPERATIONS_OF_MANY);
            let nth = 2 + night.archive.random.below(N_STEPS_OF_MANY);
            night.dies_at_event(nth);
            if nth_death % 2 == 0 {
                night.archive.day(N_OPERATIONS_OF_MANY);
                night.run_to_the_end();
                check_like_new(&night.world);
            }
        }
    }
}

/// An archive, and its index, whose runs die.
struct Dying {
    world: World,
    archive: Archive,
    /// What the index answers.
    published: Model,
    n_runs: usize,
}

impl Dying {
    fn begin(seed: u64) -> Self {
        let world = World::empty();
        let archive = Archive::make(world.path(NEWS), Size::SMALL, seed);
        let mut night = Self { world, archive, published: Model::new(), n_runs: 0 };
        night.run_to_the_end();
        night
    }

    fn run_to_the_end(&mut self) {
        program::index_to_the_end(&self.world);
        self.published = self.archive.model();
        self.n_runs += 1;
        if self.n_runs.is_multiple_of(ONE_WHOLE_CHECK_OF) {
            check_all(&self.world, &self.archive);
        } else {
            self.check(false, "a run that went through");
        }
    }

    /// Lets a run die at its nth event; returns whether it died, or had fewer events.
    fn dies_at_event(&mut self, nth: usize) -> bool {
        let output = child::index(&self.world, COMMIT_BYTES, Some(nth)).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(!matches!(output.status.code(), Some(1..)), "{told}");
        self.check(output.status.code().is_none(), &format!("dead at event {nth}"))
    }

    /// Kills a run at the nth change in the index directory; returns whether it was killed, or made
    /// fewer changes.
    fn dies_at_change(&mut self, nth: usize) -> bool {
        let run = child::index(&self.world, COMMIT_BYTES, None);
        let code = child::killed_at_change(&self.world, run, "", nth);
        assert!(matches!(code, None | Some(0)), "{code:?}");
        self.check(code.is_none(), &format!("killed at change {nth}"))
    }

    /// Checks that the index answers as before the run or as after it; passes `has_died` on.
    fn check(&mut self, has_died: bool, how: &str) -> bool {
        check_layout(&self.world, if has_died { After::AKill } else { After::ARun });
        let searcher = self.world.searcher();
        let (found, new) = (answers(&searcher), self.archive.model());
        if !has_died || found != self.published {
            assert_same(&found, &new, how);
        }
        check_words(&searcher, &found, &self.archive.words());
        self.published = found;
        has_died
    }
}
