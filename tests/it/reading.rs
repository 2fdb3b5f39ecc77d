//! Archives as bad as they come: what cannot be read is set aside and named, all else is found.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};

use serde_json::Value;

use crate::world::{NEWS, Said, World};

/// An article that must be found whatever lies beside it.
const GOOD: (&str, &str) = ("good.txt", "The ferry sails.");

/// Checks what a run says beside its sums, and that the good article is found.
#[track_caller]
fn check<const N: usize>(world: &World, code: i32, lines: [&str; N]) {
    let said = world.index().expect(code);
    assert_eq!(complaints(&said), lines);
    assert!(world.ids(&[], "sails").contains(&"good".to_owned()));
}

fn complaints(said: &Said) -> Vec<&str> {
    let is_one =
        |line: &&str| ["set aside: ", "note: ", "and "].iter().any(|it| line.starts_with(it));
    said.err.lines().filter(is_one).collect()
}

/// Makes a world of the good article and a file of any bytes.
fn beside(name: &str, content: impl AsRef<[u8]>) -> World {
    let world = World::with([GOOD]);
    world.put(name, content);
    world
}

#[test]
fn a_run_ends_with_its_sums() {
    let world = World::with([GOOD, ("2024/03/14-mill.txt", "Mill.")]);
    let said = world.index().expect(0);
    let lines: Vec<&str> = said.err.lines().collect();
    assert_eq!(lines[0], "reading 2 files, 0.0 kB");
    assert!(lines[1].starts_with("run 1: generation 1 in "), "{said:?}");
    let row = |name: &str| {
        let line = lines.iter().find_map(|line| line.trim_start().strip_prefix(name));
        line.unwrap_or_default().trim_start().to_owned()
    };
    assert_eq!([row("files"), row("articles"), row("set aside")], ["2", "2", "0"]);
    assert_eq!(said.out, "");
}

#[test]
fn an_empty_folder_is_a_guard() {
    let said = World::empty().index().expect(7);
    said.says("dateline: there are no files in 'news'")
        .says("hint: check the path, and whether the archive is mounted; nothing was changed");
}

#[test]
fn a_missing_folder_is_an_error_of_input_and_output() {
    let world = World::empty();
    let said = world.run(&["index", "nowhere"]).expect(6);
    said.says("dateline: cannot read 'nowhere': no such file or directory")
        .says("hint: check the path");
    assert!(!world.path("index").exists());
}

#[test]
fn a_missing_folder_beside_a_good_one_stops_the_run_before_it_begins() {
    let world = World::with([GOOD]);
    world.run(&["index", NEWS, "nowhere"]).expect(6);
    assert!(!world.path("index").exists());
}

#[test]
fn a_file_that_may_not_be_read_is_set_aside() {
    let world = beside("secret.txt", "Mill.");
    fs::set_permissions(world.news("secret.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(world.news("secret.txt")).is_ok() {
        println!("skipped: this user may read every file");
        return;
    }
    check(&world, 3, ["set aside: news/secret.txt: permission denied"]);
}

#[test]
fn files_without_any_text_are_set_aside() {
    check(&beside("a.txt", ""), 3, ["set aside: news/a.txt: empty file"]);
    check(&beside("a.jsonl", "\n \n"), 3, ["set aside: news/a.jsonl: no headline and no body"]);
    check(&beside("a.txt", " \n\t\n"), 3, ["set aside: news/a.txt: no headline and no body"]);
}

#[test]
fn furniture_alone_is_no_article() {
    let world = beside("a.txt", "ADVERTISEMENT\nRead also: the mill");
    check(&world, 3, ["set aside: news/a.txt: no headline and no body"]);
}

#[test]
fn a_headline_alone_is_an_article() {
    let world = beside("a.jsonl", r#"{"id": "h", "headline": "Mill closes"}"#);
    check(&world, 0, []);
    world.check("mill", ["**Mill** closes"]);
    world.run(&["show", "h"]).expect(0);
}

#[test]
fn a_body_without_a_headline_is_an_article() {
    let world = beside("a.txt", "The mill closes.");
    check(&world, 0, []);
    world.check("mill", ["The **mill** closes."]);
}

#[test]
fn files_that_are_no_news_are_set_aside_by_what_they_are() {
    let text = "not a text file (looks like";
    let format = "no reader for this format (looks like";
    for (name, bytes, why) in [
        ("a.txt", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], format!("{text} PNG)")),
        ("a.txt", b"7z\xBC\xAF\x27\x1C\0\0", format!("{text} 7-zip)")),
        ("a.txt", &[0, 1, 2, 3, 0xFF, 0xFE, 0], format!("{text} binary data)")),
        (
            "a.html",
            b"<html><p>Mill</p></html>",
            "a page that is no article: hardly any text".to_owned(),
        ),
        ("a.tsv", b"mill\tferry\n", "a table without a column of text".to_owned()),
        (
            "a.xml",
            b"<agency><p>Mill</p></agency>",
            format!("{format} XML (root element 'agency'))"),
        ),
    ] {
        check(&beside(name, bytes), 3, [&format!("set aside: news/{name}: {why}")]);
    }
}

#[test]
fn older_encodings_are_read() {
    let world = beside("a.txt", b"The caf\xE9 of M\xFCller in Z\xFCrich.");
    check(&world, 0, []);
    world.check("müller", ["The café of **Müller** in Zürich."]);
}

#[test]
fn bytes_that_are_no_text_are_replaced_and_told() {
    let world = beside("a.txt", b"The Stra\xC3\x9Fe is \xC3\xBCber\xFF mill.");
    check(&world, 0, ["note: news/a.txt: an invalid character was replaced"]);
    world.check("mill", ["The Straße is über\u{fffd} **mill**."]);
}

#[test]
fn a_bad_line_costs_one_record() {
    let world = beside(
        "a.jsonl",
        "{\"id\": \"1\", \"body\": \"Mill.\"}\n{\"id\": \"2\", \"body\"\n[1]\n{\"id\": \"4\"}\n\
         {\"id\": \"5\", \"body\": 7}\n{\"id\": \"6\", \"body\": \"Mill too.\"}\n",
    );
    check(
        &world,
        3,
        [
            "set aside: news/a.jsonl:2: not valid JSON: EOF while parsing an object at column 18",
            "set aside: news/a.jsonl:3: the record is not an object",
            "set aside: news/a.jsonl:4: no headline and no body",
            "set aside: news/a.jsonl:5: 'body' is a number",
        ],
    );
    world.finds("mill", ["1", "6"]);
    assert_eq!(quarantine(&world)[0]["record"], 2);
    assert_eq!(quarantine(&world).len(), 4);
}

#[test]
fn json_that_breaks_off_costs_its_last_record() {
    let world =
        beside("a.jsonl", "{\"id\": \"1\", \"body\": \"Mill.\"}\n{\"id\": \"2\", \"body\": \"Mi");
    let line = "set aside: news/a.jsonl:2: not valid JSON: EOF while parsing a string at column 23";
    check(&world, 3, [line]);
    world.finds("mill", ["1"]);
    let only = beside("a.jsonl", "{\"id\": \"2\", \"body\": \"Mi");
    check(&only, 3, [&line.replace(":2:", ":1:")]);
}

#[test]
fn a_line_beyond_the_limit_costs_one_record() {
    let long = "mill ".repeat(17 * 1024 * 1024 / 5);
    let world = beside(
        "a.jsonl",
        format!(
            "{{\"id\": \"1\", \"body\": \"{long}\"}}\n{{\"id\": \"2\", \"body\": \"Mill.\"}}\n"
        ),
    );
    check(&world, 3, ["set aside: news/a.jsonl:1: record longer than 16777216 bytes"]);
    world.finds("mill", ["2"]);
}

#[test]
fn two_articles_with_one_id_are_both_found() {
    let world = beside(
        "a.jsonl",
        "{\"id\": \"x\", \"body\": \"Mill one.\"}\n{\"id\": \"x\", \"body\": \"Mill two.\"}\n\
         {\"id\": \"x\", \"body\": \"Mill three.\"}\n",
    );
    let lines = [
        "note: news/a.jsonl:2: the id 'x' belongs to news/a.jsonl:1; indexed as 'x#2'",
        "note: news/a.jsonl:3: the id 'x' belongs to news/a.jsonl:1; indexed as 'x#3'",
    ];
    check(&world, 0, lines);
    world.finds("mill", ["x", "x#2", "x#3"]);
    assert!(world.run(&["show", "x#2"]).expect(0).out.starts_with("Mill two."));
    world.run(&["index", "--rebuild", NEWS]).expect(0).says(lines[0]).says(lines[1]);
    world.finds("mill", ["x", "x#2", "x#3"]);
    check(&world, 0, []);
    world.finds("mill", ["x", "x#2", "x#3"]);
}

#[test]
fn a_date_that_is_not_understood_costs_the_date() {
    let world = beside("2024.jsonl", r#"{"id": "1", "body": "Mill.", "date": "03/04/2025"}"#);
    check(
        &world,
        0,
        ["note: news/2024.jsonl:1: date '03/04/2025' may be the day first, or the month"],
    );
    assert_eq!(world.json(&[], "mill")["hits"][0]["date"], Value::Null);
}

#[test]
fn links_are_followed_but_not_in_circles_nor_into_nothing() {
    let world = beside("sub/mill.txt", "Mill.");
    symlink("..", world.news("sub/up")).unwrap();
    symlink("nowhere", world.news("gone")).unwrap();
    symlink("good.txt", world.news("link.txt")).unwrap();
    check(
        &world,
        3,
        [
            "set aside: news/gone: no such file or directory",
            "set aside: news/sub/up: a link that leads back to 'news'",
        ],
    );
    world.finds("mill", ["sub/mill"]);
    world.finds("ferry", ["good", "link"]);
}

#[test]
fn what_is_no_file_is_told_and_never_opened() {
    let world = World::with([GOOD]);
    let _socket = std::os::unix::net::UnixListener::bind(world.news("door")).unwrap();
    check(&world, 3, ["set aside: news/door: not a regular file"]);
}

#[test]
fn hidden_files_and_readmes_are_passed_over_without_a_word() {
    let world = beside(".hidden.txt", "Mill.");
    world.put(".git/a.txt", "Mill.");
    world.put("README.md", "Mill.");
    check(&world, 0, []);
    assert_eq!(world.count("mill"), 0);
}

#[test]
fn names_may_hold_anything() {
    let world = World::with([GOOD]);
    let names = [&b"a b.txt"[..], b"a\nb.txt", b"a\xFFb.txt", b"a\x1b[31m.txt", b"\xC3\xA4.txt"];
    for name in names {
        fs::write(world.path(NEWS).join(OsStr::from_bytes(name)), "Mill.").unwrap();
    }
    check(&world, 0, []);
    let paths = world.run(&["search", "--format", "paths", "mill"]).expect(0);
    paths.prints([
        "news/a b.txt",
        "news/a\\nb.txt",
        "news/a\\u{1b}[31m.txt",
        "news/a\\xffb.txt",
        "news/ä.txt",
    ]);
    for id in ["a b.txt", "a\\nb.txt", "a\\xffb.txt", "a\\u{1b}[31m.txt", "ä.txt"] {
        world.run(&["show", id]).expect(0);
    }
}

#[test]
fn of_many_bad_records_the_first_are_told_and_all_are_listed() {
    let world = beside("a.jsonl", "{\"id\": \"1\"}\n".repeat(30));
    let said = world.index().expect(3);
    let told = complaints(&said);
    assert_eq!((told.len(), told[20]), (21, "and 10 more records set aside"));
    said.says("30 records set aside, listed in 'index/quarantine.ndjson'");
    assert_eq!(quarantine(&world).len(), 30);
}

#[test]
fn what_was_mended_leaves_the_list_of_bad_records() {
    let world = beside("a.jsonl", "{\"id\": \"1\"}\n");
    world.index().expect(3);
    world.put("a.jsonl", "{\"id\": \"1\", \"body\": \"Mill.\"}\n");
    world.index().expect(0);
    assert_eq!(quarantine(&world), Vec::<Value>::new());
    world.finds("mill", ["1"]);
}

#[test]
fn status_and_the_report_count_what_was_set_aside() {
    let world = beside("a.jsonl", "{\"id\": \"1\"}\n{\"id\": \"2\", \"body\": \"Mill.\"}\n");
    world.run(&["index", "--report", "report.json", NEWS]).expect(3);
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let report = read(&fs::read_to_string(world.path("report.json")).unwrap());
    let status = read(&world.run(&["status", "--format", "json"]).expect(0).out);
    assert_eq!(status["last_run"], report);
    assert_eq!((&report["set_aside"], &report["articles"]["read"]), (&1.into(), &2.into()));
    assert_eq!((&status["quarantined"], &status["articles"]), (&1.into(), &2.into()));
    assert_eq!((&status["files"], &status["undated"]), (&2.into(), &2.into()));
}

fn quarantine(world: &World) -> Vec<Value> {
    let lines = fs::read_to_string(world.path("index/quarantine.ndjson")).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
