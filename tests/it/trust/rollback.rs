//! Going back to an earlier generation, and forth again.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::time::Duration;

use serde_json::Value;

use super::{files_of, flip, generation, segment_file, world_of_nights};
use crate::world::{Said, World};

fn current(world: &World) -> u64 {
    world.home().current().unwrap().unwrap()
}

/// Returns what is said with the times taken out of it.
fn said_without_times(said: &Said) -> String {
    let words = said.err.split(' ').map(|word| {
        let is_time = word.starts_with("20") && word.contains('T');
        if is_time { "TIME," } else { word }
    });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_rollback_goes_to_the_generation_before_and_tells_what_comes_next() {
    let world = world_of_nights(["Ferry one.", "Ferry two.", "Ferry three."]);
    let said = world.run(&["rollback"]).expect(0);
    assert_eq!(
        said_without_times(&said),
        "in use now: generation 2, of TIME, 2 articles\n\
         before:     generation 3, of TIME, 2 articles\n\
         the next run builds on generation 2, and removes what is newer: 3; until then \
         'dateline rollback 3' goes there\n"
    );
    world.finds("ferry AND two", ["a"]);
    world.run(&["rollback"]).expect(0);
    assert_eq!(current(&world), 1);
    let said = world.run(&["rollback"]).expect(4);
    said.says("dateline: the index at 'index' keeps nothing before generation 1")
        .says("hint: 'dateline rollback --list' lists the generations that are kept");
    let said = world.run(&["rollback", "g000003"]).expect(0);
    let last = said.err.lines().last().unwrap();
    assert_eq!(last, "the next run builds on generation 3");
    world.finds("ferry AND three", ["a"]);
}

#[test]
fn the_run_after_a_rollback_builds_on_it_and_removes_what_is_newer() {
    let world = world_of_nights(["Ferry one.", "Ferry two.", "Ferry three."]);
    world.run(&["rollback", "2"]).expect(0);
    // The archive has not changed since the third run, but generation 2 knows another text.
    world.index().expect(0);
    world.finds("ferry AND three", ["a"]);
    assert_eq!((current(&world), world.home().generations().unwrap()), (4, vec![1, 2, 4]));
    world.run(&["verify", "--sample", "10"]).expect(0);
}

#[test]
fn what_cannot_be_gone_back_to_is_refused_and_the_index_stays_as_it_is() {
    let world = world_of_nights(["Ferry one.", "Ferry two."]);
    let refused = |args: &[&str], code: i32, line: &str| {
        world.run(args).expect(code).says(line);
        assert_eq!(current(&world), 2);
        world.finds("ferry", ["a"]);
    };
    let rollback = &["rollback"];
    refused(&["rollback", "7"], 4, "dateline: the index at 'index' keeps no generation 7");
    refused(&["rollback", "2"], 2, "dateline: generation 2 of the index at 'index' is in use");
    refused(&["rollback", "two"], 2, "For more information, try '--help'.");

    let dir = generation(&world, 1);
    for name in ["facts.json", "files.ndjson", "meta.json", ".managed.json"] {
        let whole = fs::read(dir.join(name)).unwrap();
        flip(&dir.join(name), whole.len() / 2, 1);
        let line = format!(
            "dateline: generation 1 is damaged: 'index/g000001/{name}' is not as it was written"
        );
        refused(rollback, 4, &line);
        fs::write(dir.join(name), whole).unwrap();
    }
    let path = segment_file(&dir, "term");
    let whole = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    world.run(rollback).expect(4);
    assert_eq!(current(&world), 2);
    fs::write(&path, whole).unwrap();

    let facts = fs::read_to_string(dir.join("facts.json")).unwrap();
    fs::remove_file(dir.join("SUMS")).unwrap();
    fs::write(dir.join("facts.json"), facts.replacen("\"format\": ", "\"format\": 9", 1)).unwrap();
    let said = world.run(rollback).expect(4);
    assert!(said.err.contains("cannot open the index at 'index': made by format 9"), "{said:?}");

    let lock = world.home().lock(Duration::ZERO, &mut || {}).unwrap();
    let said = world.run(rollback).expect(5);
    assert!(said.err.contains("is being written by another run (process "), "{said:?}");
    drop(lock);
    assert_eq!(current(&world), 2);
}

#[test]
fn an_index_whose_current_is_damaged_or_lost_is_mended_by_a_rollback() {
    let world = world_of_nights(["Ferry one.", "Ferry two."]);
    let path = world.path("index/CURRENT");
    fs::write(&path, "nonsense").unwrap();
    world.search("ferry").expect(4);
    let said = world.run(&["rollback"]).expect(0).says("before:     none that could be told");
    assert!(said.err.starts_with("in use now: generation 2, "), "{said:?}");
    world.finds("ferry AND two", ["a"]);
    fs::write(&path, "g000009").unwrap();
    world.run(&["rollback"]).expect(0).says("before:     generation 9, which cannot be read");
    world.finds("ferry AND two", ["a"]);
    fs::remove_file(&path).unwrap();
    world.run(&["rollback"]).expect(0);
    world.finds("ferry AND two", ["a"]);
}

#[test]
fn where_no_index_is_none_is_made() {
    let world = World::empty();
    for args in [&["rollback"][..], &["rollback", "--list"], &["backup", "copy"], &["verify"]] {
        world.run(args).expect(4).says("dateline: there is no index at 'index'");
    }
    assert!(!world.path("index").exists() && !world.path("copy").exists());
}

#[test]
fn the_list_tells_what_each_generation_holds_and_takes_of_the_disk() {
    let world = world_of_nights(["Ferry one.", "Ferry two."]);
    // A file that cannot be read changes what is known, and not the articles.
    world.put("c.txt", "");
    world.index().expect(3);
    let said = world.run(&["rollback", "--list", "--format", "json"]).expect(0);
    let list: Value = serde_json::from_str(&said.out).unwrap();
    let list = list.as_array().unwrap();
    let told: Vec<_> = list
        .iter()
        .map(|it| (it["generation"].as_u64().unwrap(), it["is_current"].as_bool().unwrap()))
        .collect();
    assert_eq!(told, [(1, false), (2, false), (3, true)]);
    for (it, number) in list.iter().zip(1..) {
        let files = files_of(&generation(&world, number));
        let length = |path: &std::path::PathBuf| fs::metadata(path).unwrap().len();
        let is_own = |path: &&std::path::PathBuf| fs::metadata(path).unwrap().nlink() == 1;
        assert_eq!(it["bytes"], files.iter().map(length).sum::<u64>(), "{it}");
        assert_eq!(it["own_bytes"], files.iter().filter(is_own).map(length).sum::<u64>(), "{it}");
        assert_eq!(it["articles"], 2);
    }
    assert_eq!(list[0]["own_bytes"], list[0]["bytes"]);
    assert!(list[2]["own_bytes"].as_u64() < list[2]["bytes"].as_u64(), "{list:#?}");
    fs::remove_file(generation(&world, 1).join("facts.json")).unwrap();
    let said = world.run(&["rollback", "--list"]).expect(0);
    let lines: Vec<&str> = said.out.lines().collect();
    assert!(lines[0].starts_with("g000001  cannot be read "), "{said:?}");
    assert!(lines[2].ends_with(" of its own  in use"), "{said:?}");
}
