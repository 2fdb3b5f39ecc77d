//! Runs that are killed at any moment.
//!
//! Day after day the archive changes, a run starts and is killed, once or several times in a row
//! with more changes between; then one goes through. After every kill the index answers either as
//! before the run or as after it, and never anything between.
//!
//! The ordinary test kills two dozen runs. The long one, from another seed if wanted:
//!
//! ```text
//! DATELINE_KILLS=200 DATELINE_KILL_SEED=7 cargo test --release --test it kill -- --nocapture
//! ```
//!
//! Where the kills fell is told by what lies in the index directory afterwards; a test in which
//! most of them missed the run would prove nothing, and fails.

use std::env;

use super::invariants::check_like_new;
use super::night::Night;

/// How many runs are killed, unless `DATELINE_KILLS` says how many.
const N_KILLS: usize = 24;

/// Of how many kills one, at the least, must fall within a run.
const ONE_WITHIN_OF: usize = 4;

#[test]
fn a_killed_run_leaves_the_old_index_or_the_new_one_and_the_next_run_makes_good() {
    let (n_kills, seed) = asked_for();
    println!("DATELINE_KILLS={n_kills} DATELINE_KILL_SEED={seed}");
    let mut night = Night::begin(seed);
    let mut n_killed = 0;
    while n_killed < n_kills {
        night.day();
        night.kill_a_run();
        n_killed += 1;
        if night.random.heads() {
            continue;
        }
        night.run_to_the_end();
    }
    night.run_to_the_end();
    check_like_new(&night.world);
    println!("{n_killed} runs killed: {:?}", night.stages);
    let within = night.stages.iter().filter(|(stage, _)| stage.is_within_a_run());
    let n_within: usize = within.map(|(_, n)| n).sum();
    assert!(n_within * ONE_WITHIN_OF >= n_killed, "only {n_within} kills fell within a run");
}

/// Returns how many kills are asked for, and from which seed.
pub(super) fn asked_for() -> (usize, u64) {
    let number = |name: &str| env::var(name).ok().map(|it| it.parse::<u64>().unwrap());
    let n_kills = number("DATELINE_KILLS").map_or(N_KILLS, |n| n as usize);
    (n_kills, number("DATELINE_KILL_SEED").unwrap_or(1))
}
