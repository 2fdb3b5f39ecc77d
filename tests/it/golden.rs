//! Files that hold what the program answers, so that no change of it goes unseen.

use std::fs;
use std::path::Path;

use crate::world::{World, command};

/// Set in the environment, it has the files written anew: read the difference before it is kept.
const REWRITE: &str = "DATELINE_GOLDEN";

/// Compares a text with a file below the root of the repository.
///
/// # Panics
///
/// Where they differ, with the first line that does.
#[track_caller]
pub(crate) fn hold(file: &str, told: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os(REWRITE).is_some() {
        fs::write(&path, told).unwrap();
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    let changed = known.lines().zip(told.lines()).find(|(known, told)| known != told);
    assert!(known == told, "{changed:?}; {REWRITE}=1 writes {file} anew");
}

/// Makes a world with an index of the sample archive, as it is made where nothing is said.
pub(crate) fn sample() -> World {
    let world = World::empty();
    let house = Path::new(env!("CARGO_MANIFEST_DIR"));
    let index = world.path("index");
    let args = ["index", "seeds", "--index", index.to_str().unwrap()];
    assert!(command(house, &args).output().unwrap().status.success());
    world
}
