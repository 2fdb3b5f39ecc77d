//! Backups: made while runs go on, added to, searched, and never worse than before.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use dateline::index::Home;
use dateline::search::Searcher;

use super::{files_of, flip, generation, segment_file, world_of_nights};
use crate::world::{NEWS, Said, World};

fn backup(world: &World) -> Said {
    world.run(&["backup", "copy"])
}

fn copy(world: &World) -> Home {
    Home::at(world.path("copy"))
}

/// Checks that the backup is sound, and which article it finds for `ferry`.
#[track_caller]
fn holds(world: &World, number: u64, words: &str) {
    world.run(&["verify", "--index", "copy", "--sample", "10"]).expect(0);
    assert_eq!(copy(world).current().unwrap(), Some(number));
    let query = format!("ferry AND {words}");
    world.run(&["count", "--index", "copy", &query]).expect(0).prints(["1"]);
}

#[test]
fn a_backup_is_searched_and_copied_back_and_nothing_of_it_is_shared() {
    let world = world_of_nights(["Ferry one.", "Ferry two."]);
    world.put("c.txt", "");
    world.index().expect(3);
    let said = backup(&world).expect(0);
    let beginning = "backed up generation 3, 2 articles, to 'copy': ";
    assert!(
        said.err.starts_with(beginning) && said.err.ends_with(" 0.0 kB were there\n"),
        "{said:?}"
    );
    holds(&world, 3, "two");
    for path in files_of(&copy(&world).generation_dir(3)) {
        assert_eq!(fs::metadata(&path).unwrap().nlink(), 1, "{}", path.display());
    }
    for name in ["quarantine.ndjson", "runs/000001.json", "runs/000003.json"] {
        let there = fs::read(world.path("copy").join(name)).unwrap();
        assert_eq!(there, fs::read(world.path("index").join(name)).unwrap(), "{name}");
    }
    fs::remove_dir_all(world.path("index")).unwrap();
    fs::rename(world.path("copy"), world.path("index")).unwrap();
    world.finds("ferry", ["a"]);
    world.put("a.txt", "Ferry three.");
    world.index().expect(0);
    world.finds("ferry AND three", ["a"]);
}

#[test]
fn a_backup_is_added_to_and_keeps_as_many_as_it_is_told() {
    let world = world_of_nights(["Ferry one."]);
    backup(&world).expect(0);
    let said = backup(&world).expect(0);
    assert!(said.err.contains(": 0.0 kB copied, "), "{said:?}");
    for text in ["Ferry two.", "Ferry three."] {
        world.put("a.txt", text);
        world.index().expect(0);
        backup(&world).expect(0);
    }
    holds(&world, 3, "three");
    assert_eq!(copy(&world).generations().unwrap(), [2, 3]);
    world.put("a.txt", "Ferry four.");
    world.index().expect(0);
    let said = world.run(&["backup", "copy", "--keep", "0"]).expect(0);
    said.says("removed generation 2 from the backup").says("removed generation 3 from the backup");
    assert_eq!(copy(&world).generations().unwrap(), [4]);
}

/// Makes a world in whose backup a second generation has the segments of the first.
fn world_with_a_second_night_of_the_same_articles() -> World {
    let world = world_of_nights(["Ferry one."]);
    backup(&world).expect(0);
    world.put("c.txt", "");
    world.index().expect(3);
    world
}

fn inode(path: &Path) -> u64 {
    fs::metadata(path).unwrap().ino()
}

#[test]
fn what_an_earlier_backup_has_is_linked_within_the_backup_and_not_copied() {
    let world = world_with_a_second_night_of_the_same_articles();
    backup(&world).expect(0);
    holds(&world, 2, "one");
    let [source, first, second] =
        [generation(&world, 2), copy(&world).generation_dir(1), copy(&world).generation_dir(2)];
    let inodes = [source, first, second].map(|dir| inode(&segment_file(&dir, "idx")));
    assert_eq!(inodes[1], inodes[2]);
    assert_ne!(inodes[0], inodes[1]);
}

#[test]
fn what_is_rotten_in_an_earlier_backup_is_copied_again() {
    let world = world_with_a_second_night_of_the_same_articles();
    flip(&segment_file(&copy(&world).generation_dir(1), "idx"), 9, 1);
    backup(&world).expect(0);
    holds(&world, 2, "one");
    flip(&segment_file(&copy(&world).generation_dir(2), "store"), 9, 1);
    world.run(&["verify", "--index", "copy"]).expect(4);
    backup(&world).expect(0);
    holds(&world, 2, "one");
}

#[test]
fn a_folder_that_is_no_place_for_a_backup_is_refused_and_left_alone() {
    let world = World::of(["Ferry."]);
    let refused = |dir: &str, why: &str| {
        let said = world.run(&["backup", dir]).expect(2);
        said.says(&format!("dateline: cannot back up to '{dir}': it {why}"));
    };
    refused("index", "is the index itself");
    refused("news/../index", "is the index itself");
    refused("index/copy", "is within the index");
    refused(".", "holds the index");
    refused(NEWS, "is not empty, and no backup");
    assert!(!world.path("index/copy").exists());
    assert_eq!(files_of(&world.path(NEWS)).len(), 1);

    world.run(&["backup", "copy"]).expect(0);
    let other = World::of(["Mill."]);
    let copy = world.path("copy");
    let said = other.run(&["backup", copy.to_str().unwrap()]).expect(2);
    assert!(said.err.contains(": it is a backup of '"), "{said:?}");
    // The other way round the backup is an index like any, whose mark says what it is.
    world.run(&["backup", "again", "--index", "copy"]).expect(0);

    fs::create_dir_all(world.path("disk/lost+found")).unwrap();
    world.run(&["backup", "disk"]).expect(0);
}

#[test]
fn a_generation_of_the_same_number_that_is_another_is_not_replaced() {
    let world = World::of(["Ferry."]);
    backup(&world).expect(0);
    fs::remove_dir_all(world.path("index")).unwrap();
    world.put("a.txt", "Another ferry.");
    world.index().expect(0);
    let said = backup(&world).expect(2);
    said.says("dateline: 'copy/g000001' is another generation 1");
    world.run(&["count", "--index", "copy", "another"]).expect(1);
}

#[test]
fn a_damaged_index_is_not_backed_up_and_the_earlier_backup_stays() {
    let world = world_of_nights(["Ferry one."]);
    backup(&world).expect(0);
    world.put("a.txt", "Ferry two.");
    world.index().expect(0);
    for path in files_of(&generation(&world, 2)) {
        let whole = fs::read(&path).unwrap();
        flip(&path, whole.len() / 2, 0x10);
        let said = backup(&world);
        assert!(matches!(said.code, Some(4 | 6)), "{}: {said:?}", path.display());
        fs::write(&path, whole).unwrap();
        holds(&world, 1, "one");
        assert_eq!(copy(&world).generations().unwrap(), [1]);
    }
    let said = {
        let path = segment_file(&generation(&world, 2), "pos");
        flip(&path, 1, 1);
        backup(&world).expect(4)
    };
    assert!(said.err.contains(" is damaged, and was not backed up\n"), "{said:?}");
    said.says("hint: look further with 'dateline verify --index index'");
}

#[test]
fn a_backup_that_breaks_off_leaves_the_earlier_one_and_no_rest() {
    let world = world_of_nights(["Ferry one."]);
    backup(&world).expect(0);
    let words: Vec<String> = (0..4_000).map(|n| format!("ferry{n} two")).collect();
    world.put("a.txt", format!("Ferry {}", words.join(" ")));
    world.index().expect(0);
    // A limit to the length of a file stands in for a disk that is full in the midst of one.
    let program = crate::world::PROGRAM;
    let mut command = std::process::Command::new("sh");
    let script = format!("trap '' XFSZ; ulimit -f 8; exec '{program}' backup copy");
    command.args(["-c", &script]).current_dir(world.path("."));
    let said = Said::of(&mut command, "").expect(6);
    assert!(said.err.starts_with("dateline: cannot write 'copy/g000002.tmp/"), "{said:?}");
    holds(&world, 1, "one");
    assert!(!world.path("copy/g000002.tmp").exists());
    backup(&world).expect(0);
    holds(&world, 2, "two");
}

#[test]
fn what_a_killed_backup_has_left_is_removed_by_the_next() {
    let world = World::of(["Ferry one."]);
    backup(&world).expect(0);
    fs::create_dir(world.path("copy/g000009.tmp")).unwrap();
    fs::write(world.path("copy/g000009.tmp/half"), "half").unwrap();
    world.put("a.txt", "Ferry two.");
    world.index().expect(0);
    backup(&world).expect(0);
    assert!(!world.path("copy/g000009.tmp").exists());
    // One that was killed before anything was copied is no obstacle either.
    let other = World::of(["Ferry one."]);
    fs::create_dir(other.path("copy")).unwrap();
    fs::write(other.path("copy/BACKUP.new"), "").unwrap();
    backup(&other).expect(0);
    holds(&other, 1, "one");
}

#[test]
fn two_backups_to_the_same_folder_do_not_mix() {
    let world = World::of(["Ferry one."]);
    backup(&world).expect(0);
    let lock = copy(&world).lock(Duration::ZERO, &mut || {}).unwrap();
    backup(&world).expect(5);
    drop(lock);
    backup(&world).expect(0);
}

#[test]
fn a_backup_starts_again_where_a_run_has_removed_what_it_was_copying() {
    let world = world_of_nights(["Ferry one.", "Ferry two."]);
    let home = world.home();
    let roll_back = |number| home.roll_back(Some(number), Duration::ZERO, &mut || {}).unwrap();
    roll_back(1);
    // A pipe in the place of a file: whoever reads it waits until somebody writes.
    let path = segment_file(&generation(&world, 1), "idx");
    fs::remove_file(&path).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    thread::scope(|scope| {
        let backup = scope.spawn(|| home.back_up(&world.path("copy"), 1));
        let pipe = fs::File::options().write(true).open(&path).unwrap();
        roll_back(2);
        fs::remove_dir_all(generation(&world, 1)).unwrap();
        drop(pipe);
        assert_eq!(backup.join().unwrap().unwrap().generation, 2);
    });
    holds(&world, 2, "two");
}

#[test]
fn backups_are_whole_while_runs_remove_what_they_copy() {
    let world = world_of_nights(["Ferry number 0 sails."]);
    let filler: String =
        (0..400).map(|n| format!("{{\"body\": \"Mill {n} of many.\"}}\n")).collect();
    world.put("mills.jsonl", filler);
    let is_done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for n in 1.. {
                world.put("a.txt", format!("Ferry number {n} sails."));
                world.index().expect(0);
                if is_done.load(Ordering::Relaxed) {
                    break;
                }
            }
        });
        let backups = || {
            for _ in 0..12 {
                backup(&world).expect(0);
                let home = copy(&world);
                let searcher = Searcher::open(&home).unwrap();
                assert_eq!(Some(searcher.facts().generation), home.current().unwrap());
                world.run(&["verify", "--index", "copy"]).expect(0);
            }
        };
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(backups));
        is_done.store(true, Ordering::Relaxed);
        outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    });
    backup(&world).expect(0);
    let newest = world.home().current().unwrap();
    assert_eq!(copy(&world).current().unwrap(), newest);
}

#[test]
fn a_backup_that_nobody_may_write_can_be_searched_and_verified() {
    let world = World::of(["Ferry one."]);
    backup(&world).expect(0);
    let dirs = [world.path("copy"), copy(&world).generation_dir(1)];
    let set_mode = |mode: u32| {
        for dir in &dirs {
            fs::set_permissions(dir, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    set_mode(0o555);
    if fs::write(world.path("copy/may-write"), "").is_ok() {
        // Whoever may do anything is not kept from writing by modes.
        println!("skipped: the modes of files do not bind this user");
        set_mode(0o755);
        return;
    }
    world.run(&["count", "--index", "copy", "ferry"]).expect(0).prints(["1"]);
    world.run(&["verify", "--index", "copy", "--sample", "1"]).expect(0);
    set_mode(0o755);
}
