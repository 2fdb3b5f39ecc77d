//! The corners: odd names, odd places, odd orders, each of which went wrong once.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;

use serde_json::{Value, json};

use crate::world::{NEWS, Said, World};

fn world_of_folder(name: &OsStr) -> World {
    let world = World::empty();
    fs::create_dir(world.path("").join(name)).unwrap();
    fs::write(world.path("").join(name).join("a.txt"), "Ferry.").unwrap();
    world
}

fn index(world: &World, folder: &OsStr) -> Said {
    let mut command = world.command(&["index"]);
    Said::of(command.arg(folder), "").expect(0)
}

#[test]
fn an_archive_may_lie_in_a_folder_of_any_name_and_is_renewed_not_doubled() {
    for name in [&b"back\\slash"[..], b"new\nline", b"inv\xFFalid"] {
        let name = OsStr::from_bytes(name);
        let world = world_of_folder(name);
        index(&world, name);
        index(&world, name).keeps_quiet_about("another root");
        assert_eq!(world.count("*"), 1, "{name:?}");
    }
}

#[test]
fn an_archive_in_a_folder_that_is_no_utf_8_can_be_read_anew() {
    let name = OsStr::from_bytes(b"inv\xFFalid");
    let world = world_of_folder(name);
    index(&world, name);
    world.run(&["index", "--rebuild"]).expect(0);
}

#[test]
fn names_of_folders_never_reach_the_terminal_raw() {
    let world = world_of_folder(OsStr::new("n\x1b[31m"));
    let said = world.run(&["--index", "i\x1b[31m", "index", "n\x1b[31m"]).expect(0);
    assert!(!said.err.contains('\x1b'), "{said:?}");
    let said = world.run(&["--index", "i\x1b[31m", "status"]).expect(0);
    assert!(!said.out.contains('\x1b'), "{said:?}");
    fs::write(world.path("i\x1b[31m/CURRENT"), "nonsense").unwrap();
    let said = world.run(&["--index", "i\x1b[31m", "search", "ferry"]).expect(4);
    assert!(!said.err.contains('\x1b'), "{said:?}");
}

#[test]
fn an_archive_spelt_in_another_way_has_the_same_bad_records() {
    let world = World::with([("a.txt", "Ferry."), ("b.txt", "")]);
    world.index().expect(3);
    // What has not changed is not tried again, and not told again.
    world.run(&["index", world.path(NEWS).to_str().unwrap()]).expect(0);
    let status = world.run(&["status", "--format", "json"]).expect(0).out;
    assert_eq!(serde_json::from_str::<Value>(&status).unwrap()["quarantined"], 1);
}

#[test]
fn what_lies_below_a_folder_that_cannot_be_looked_into_stays_in_the_index() {
    let world = World::with([("a.txt", "Mill."), ("../disk/b.txt", "Ferry.")]);
    symlink("../disk", world.news("sub")).unwrap();
    world.index().expect(0);
    assert_eq!(world.count("ferry"), 1);
    fs::rename(world.path("disk"), world.path("unmounted")).unwrap();
    world.index().expect(3);
    assert_eq!(world.count("ferry"), 1);
}

#[test]
fn one_archive_of_two_that_became_empty_trips_the_guard() {
    let world = World::with([("a.txt", "Mill."), ("../disk/b.txt", "Ferry.")]);
    world.run(&["index", NEWS, "disk"]).expect(0);
    fs::remove_file(world.path("disk/b.txt")).unwrap();
    world.run(&["index", NEWS, "disk"]).expect(7);
    assert_eq!(world.count("ferry"), 1);
}

#[test]
fn a_group_with_a_date_in_it_may_be_negated() {
    let record = |id: &str, date: &str| json!({"id": id, "body": "Ferry mill.", "date": date});
    let world = World::of_records([
        record("1", "2020"),
        record("2", "2022"),
        record("3", ""),
        record("4", "2021"),
        record("5", ""),
        record("6", "2020"),
    ]);
    assert_eq!(world.count("ferry NOT (date>=2021 AND words<5)"), 4);
    assert_eq!(world.count("NOT (date:2020 AND date>=2020)"), 4);
}

#[test]
fn json_holds_no_control_character_that_a_terminal_obeys() {
    let evil = "The ferry \u{9b}31m, \u{7f} and \u{202e}gnp.exe";
    let world = World::of_records([json!({"id": "1", "headline": evil, "body": evil})]);
    for format in ["json", "ndjson"] {
        let said = world.run(&["search", "--format", format, "ferry"]).expect(0);
        let is_bad =
            |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!said.out.contains(is_bad), "{:?}", said.out);
    }
}

#[test]
fn commands_may_be_named_where_no_query_is_meant() {
    let world = World::with([("../count/a.txt", "Ferry.")]);
    world.run(&["help", "search"]).expect(0);
    world.run(&["index", "count", "--report", "report.json"]).expect(0);
    world.run(&["--index", "count", "index", "count"]).expect(0);
    world.run(&["--index", "count", "search", "ferry"]).expect(0);
}

#[test]
fn asking_for_no_hits_is_not_finding_none() {
    let world = World::of(["Ferry."]);
    world.run(&["search", "-n", "0", "ferry"]).keeps_quiet_about("no article matches");
}
