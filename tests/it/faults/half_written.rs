//! Commits that were half written when the run was killed.
//!
//! What is deleted is written down first, in a file that ends in `.del`: whoever kills a run when
//! one appears most often leaves a commit that is none.

use std::process::Command;

use super::archive::{Archive, Content, Size};
use super::child;
use super::invariants::check_all;
use super::program;
use crate::world::{NEWS, World};

/// How many bytes are read between two commits: a file has more.
const COMMIT_BYTES: u64 = 50;

/// How many files there are that something happens to.
const N_FILES: usize = 6;

/// What appears in the midst of a commit.
const SIGN: &str = ".del";

/// Makes an indexed archive with some files whose names are of one length.
fn indexed(seed: u64) -> (World, Archive) {
    let world = World::empty();
    let mut archive = Archive::make(world.path(NEWS), Size::SMALL, seed);
    (0..N_FILES).for_each(|nth| rewrite(&mut archive, nth));
    program::index_to_the_end(&world);
    (world, archive)
}

fn path(nth: usize) -> String {
    format!("a/{nth}.txt")
}

fn rewrite(archive: &mut Archive, nth: usize) {
    let story = archive.story();
    archive.write(path(nth), Content::Text(story));
}

/// Kills a run when it has begun to write down its nth deletions; returns whether it was killed, or
/// was through before the killer saw it.
#[track_caller]
fn kill_in_commit(world: &World, run: Command, nth: usize) -> bool {
    let code = child::killed_at_change(world, run, SIGN, nth);
    assert!(matches!(code, None | Some(0)), "{code:?}");
    code.is_none()
}

fn in_small_steps(world: &World) -> Command {
    child::index(world, COMMIT_BYTES, None)
}

/// Lets a run in small steps go through.
#[track_caller]
fn index(world: &World) {
    let output = in_small_steps(world).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_commit_that_was_half_written_is_written_again() {
    let (world, mut archive) = indexed(81);
    let mut n_kills = 0;
    for nth_commit in 1..N_FILES {
        (0..N_FILES).for_each(|nth| rewrite(&mut archive, nth));
        n_kills += usize::from(kill_in_commit(&world, in_small_steps(&world), nth_commit));
        // The rest is one commit, which begins where the other one began.
        n_kills += usize::from(kill_in_commit(&world, program::index(&world), 1));
        program::index_to_the_end(&world);
        check_all(&world, &archive);
    }
    assert!(n_kills > 0);
}

#[test]
fn a_deletion_that_was_half_written_is_made_again() {
    let (world, mut archive) = indexed(82);
    archive.remove(&path(0));
    index(&world);
    let mut n_kills = 0;
    for nth in 1..N_FILES {
        // To the letter as much as there was to be done the time before.
        archive.remove(&path(nth));
        n_kills += usize::from(kill_in_commit(&world, in_small_steps(&world), 1));
        index(&world);
        check_all(&world, &archive);
    }
    assert!(n_kills > 0);
}
