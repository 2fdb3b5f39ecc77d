//! Ordinary days: an archive changes, a run follows, and the index answers as the archive does.

use super::archive::{Archive, Size};
use super::invariants::{answers, assert_same, check_all, check_like_new, check_words};
use super::operations::Operation;
use super::program;
use crate::world::{NEWS, World};

/// How many days an archive is followed, and how much happens in each.
const N_DAYS: usize = 8;
const N_OPERATIONS: usize = 6;

#[test]
fn the_index_follows_the_archive_day_by_day_and_is_like_a_new_one_at_the_end() {
    for seed in [1, 2] {
        println!("seed {seed}");
        let world = World::empty();
        let mut archive = Archive::make(world.path(NEWS), Size::SMALL, seed);
        program::index_to_the_end(&world);
        check_all(&world, &archive);
        for day in 1..=N_DAYS {
            println!("day {day}");
            let (before, words) = (archive.model(), archive.words());
            let reader = world.searcher();
            archive.day(N_OPERATIONS);
            program::index_to_the_end(&world);
            check_all(&world, &archive);
            assert_same(&answers(&reader), &before, "a reader that was there before the run");
            check_words(&reader, &before, &words);
        }
        check_like_new(&world);
    }
}

#[test]
fn each_thing_that_may_happen_to_an_archive_is_followed_alone() {
    let world = World::empty();
    let mut archive = Archive::make(world.path(NEWS), Size::SMALL, 4);
    program::index_to_the_end(&world);
    for operation in Operation::ALL {
        println!("{operation:?} {}", archive.apply(operation));
        program::index_to_the_end(&world);
        check_all(&world, &archive);
        check_like_new(&world);
    }
}

#[test]
fn a_run_with_nothing_to_do_changes_no_answer() {
    let world = World::empty();
    let archive = Archive::make(world.path(NEWS), Size::SMALL, 5);
    for _ in 0..3 {
        program::index_to_the_end(&world);
        check_all(&world, &archive);
    }
    check_like_new(&world);
}
