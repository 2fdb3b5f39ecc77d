//! Whether the index can be trusted: what `verify` notices, what a backup is worth, where a
//! rollback leads, and that damage on the disk ends in a sentence.

mod backup;
mod damage;
mod rollback;
mod verify;

use std::fs;
use std::path::{Path, PathBuf};

use crate::world::{NEWS, World};

/// Returns the folder of a generation.
fn generation(world: &World, number: u64) -> PathBuf {
    world.home().generation_dir(number)
}

/// Returns the files of a folder that hold something, in the order of their names.
fn files_of(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap().map(|it| it.unwrap());
    let mut files: Vec<PathBuf> =
        entries.filter(|it| it.metadata().unwrap().len() > 0).map(|it| it.path()).collect();
    files.sort_unstable();
    files
}

/// Changes a byte of a file in its place.
fn flip(path: &Path, at: usize, bits: u8) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at] ^= bits;
    // Another generation, or a backup, may link to the file.
    fs::remove_file(path).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Returns the first file of a generation with an extension.
fn segment_file(dir: &Path, extension: &str) -> PathBuf {
    let is_meant = |path: &PathBuf| path.extension().is_some_and(|it| it == extension);
    files_of(dir).into_iter().find(is_meant).unwrap()
}

/// Makes a world whose index has a generation for each of some texts of `a.txt`, from 1.
fn world_of_nights<const N: usize>(texts: [&str; N]) -> World {
    let world = World::with([("b.txt", "The mill stands still.")]);
    for text in texts {
        world.put("a.txt", text);
        world.run(&["index", NEWS]).expect(0);
    }
    world
}
