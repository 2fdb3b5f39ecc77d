//! The map in `src/lib.rs`, enforced: which room may enter which, where each outside crate is at
//! home, and what is nowhere in the house.
//!
//! The rules are tables; [`source`] reads the house. What the checker sees is code without its
//! comments, its text in quotes and its tests. It does not see through macros, nor through a
//! name that one room passes on from another with `pub use`.

mod source;

use source::{Room, house};

/// The rooms that each room may enter; every one may use `error`, and `cli` enters them all.
const MAY_ENTER: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("random", &[]),
    ("text", &[]),
    ("article", &["text"]),
    ("source", &["article", "text"]),
    ("annotate", &["article", "text"]),
    ("copies", &["article", "text"]),
    ("query", &["article", "text"]),
    ("matcher", &["article", "query", "text"]),
    ("snippet", &["article", "matcher", "text"]),
    ("index", &["article", "copies", "text"]),
    ("ingest", &["annotate", "article", "index", "source", "text"]),
    ("search", &["annotate", "article", "copies", "index", "matcher", "query", "snippet", "text"]),
    // The third conductor: it follows articles from the index to their files and back through a
    // search, so it needs all three and nothing of theirs needs it.
    ("verify", &["article", "index", "query", "random", "search", "source", "text"]),
    // Measures are arithmetic on ids: `cli` asks the searcher and hands down what it found.
    ("eval", &["query", "random", "text"]),
    // Of `search` only the words in which a request is made: `cli` asks, holds the clock, and hands
    // both down.
    ("latency", &["article", "query", "random", "search", "text"]),
    (
        "render",
        &["article", "copies", "eval", "latency", "matcher", "search", "snippet", "source", "text"],
    ),
    (
        "cli",
        &[
            "annotate", "article", "copies", "eval", "index", "ingest", "latency", "matcher",
            "query", "random", "render", "search", "snippet", "source", "text", "verify",
        ],
    ),
];

/// The outside crates, and the rooms that may name them: DESIGN, "dependencies and their homes".
const HOMES: &[(&str, &[&str])] = &[
    ("anstream", &["cli"]),
    ("anstyle", &["cli"]),
    ("anyhow", &["cli"]),
    ("blake3", &["source", "index", "ingest", "annotate", "latency"]),
    ("brotli_decompressor", &["source"]),
    ("bzip2", &["source"]),
    ("chardetng", &["source"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("csv", &["source"]),
    ("dom_query", &["source"]),
    ("dom_smoothie", &["source"]),
    ("encoding_rs", &["source"]),
    ("flate2", &["source", "cli"]),
    ("frostem", &["text"]),
    ("fsst", &["index"]),
    ("hdrhistogram", &["latency"]),
    ("html5ever", &["source"]),
    ("httparse", &["source"]),
    ("indicatif", &["cli"]),
    ("jiff", &["text", "cli"]),
    ("liblzma", &["source"]),
    ("lz4_flex", &["index"]),
    ("mail_parser", &["source"]),
    ("memchr", &["source"]),
    ("mimalloc", &["main"]),
    ("postcard", &["index", "search"]),
    ("pulldown_cmark", &["source"]),
    ("regex", &["cli", "source"]),
    ("rustc_hash", &["text", "annotate"]),
    ("rustix", &["index"]),
    ("saphyr_parser", &["source"]),
    ("serde", &["text", "article", "source", "index", "ingest", "latency", "render", "cli"]),
    ("serde_json", &["source", "index", "ingest", "latency", "render", "cli"]),
    ("signal_hook", &["cli"]),
    ("simdutf8", &["index"]),
    ("tantivy", &["index", "search"]),
    ("tar", &["source"]),
    ("terminal_size", &["cli"]),
    ("thiserror", &["error"]),
    ("toml", &["source", "cli"]),
    ("unicode_normalization", &["text"]),
    ("unicode_segmentation", &["text"]),
    ("unicode_width", &["text"]),
    ("walkdir", &["source"]),
    ("whatlang", &["source"]),
    ("zip", &["source"]),
    ("zstd", &["source", "annotate"]),
];

/// The parts of the standard library that touch the world, and the rooms that may.
const WORLDLY: &[(&str, &[&str])] = &[
    ("fs", &["source", "index", "cli"]),
    ("env", &["cli"]),
    ("process", &["cli", "main"]),
    ("net", &[]),
];

/// What a file names beyond its room's right: the lock tells people which process holds it.
const EXCEPTIONS: &[(&str, &str)] = &[("index/lock.rs", "std::process")];

/// The rooms in which time does not pass: the same words give the same answer at any hour.
const TIMELESS: &[&str] = &[
    "random", "text", "article", "annotate", "copies", "query", "matcher", "snippet", "eval",
    "latency", "render",
];

/// What stands nowhere outside tests, and what it would do there.
const ABSENT: &[(&str, &str)] = &[
    (".unwrap()", "panics"),
    (".expect(", "panics"),
    ("panic!", "panics"),
    ("unreachable!", "panics"),
    ("todo!", "is not finished"),
    ("unimplemented!", "is not finished"),
    ("dbg!", "is not finished"),
    ("println!", "panics when stdout is closed"),
    ("print!", "panics when stdout is closed"),
];

/// The lines that a file may have without its tests.
const LINES_MAX: usize = 500;

/// The lines of `main.rs`.
const MAIN_LINES_MAX: usize = 30;

/// Returns what is wrong with the rooms that a file enters.
fn trespasses(room: &Room) -> Vec<String> {
    let entered = room.entered("crate");
    let rule = MAY_ENTER.iter().find(|(name, _)| *name == room.name);
    let allowed = match (room.name.as_str(), rule) {
        ("lib", _) => return Vec::new(),
        ("main", _) => return strays(room, &room.entered("dateline"), &["cli"]),
        (_, Some((_, allowed))) => *allowed,
        (name, None) => return vec![format!("{}: the room '{name}' has no rule", room.path)],
    };
    strays(room, &entered, &[allowed, &["error", &room.name]].concat())
}

fn strays(room: &Room, entered: &[String], allowed: &[&str]) -> Vec<String> {
    let strays = entered.iter().filter(|it| !allowed.contains(&it.as_str()));
    strays.map(|it| format!("{}: {} enters {it}", room.path, room.name)).collect()
}

/// Returns the outside crates and worldly modules that a file has no right to name.
fn homeless(room: &Room) -> Vec<String> {
    let mut named: Vec<(String, &[&str])> = Vec::new();
    for (name, homes) in HOMES {
        if room.names_crate(name) {
            named.push(((*name).to_owned(), homes));
        }
    }
    let std = room.entered("std");
    for (name, homes) in WORLDLY {
        if std.iter().any(|it| it == name) {
            named.push((format!("std::{name}"), homes));
        }
    }
    let has_right = |name: &str, homes: &[&str]| {
        homes.contains(&room.name.as_str())
            || EXCEPTIONS.iter().any(|(path, it)| room.path == *path && *it == name)
    };
    let wrong = named.iter().filter(|(name, homes)| !has_right(name, homes));
    wrong.map(|(name, _)| format!("{}: {} names {name}", room.path, room.name)).collect()
}

/// Returns the words in a file that stand nowhere.
fn present(room: &Room) -> Vec<String> {
    let wrong = |&&(word, _): &&(&str, &str)| room.has(word);
    let told = |(word, why): &(&str, &str)| format!("{}: {word} {why}", room.path);
    ABSENT.iter().filter(wrong).map(told).collect()
}

fn clocks(room: &Room) -> Vec<String> {
    let is_timeless = TIMELESS.contains(&room.name.as_str());
    let clocks = ["Instant", "SystemTime"];
    let wrong = clocks.into_iter().filter(|it| is_timeless && room.has(it));
    wrong.map(|it| format!("{}: {} looks at the {it}", room.path, room.name)).collect()
}

fn too_long(room: &Room) -> Vec<String> {
    let max = if room.name == "main" { MAIN_LINES_MAX } else { LINES_MAX };
    if room.n_lines <= max {
        return Vec::new();
    }
    vec![format!("{}: {} lines, at most {max} are read with pleasure", room.path, room.n_lines)]
}

#[track_caller]
fn check(rule: fn(&Room) -> Vec<String>) {
    let wrong: Vec<String> = house().iter().flat_map(rule).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn each_room_enters_only_the_rooms_below_it() {
    check(trespasses);
}

#[test]
fn each_outside_crate_stays_in_its_home() {
    check(homeless);
}

#[test]
fn nothing_outside_tests_can_panic_by_its_own_will() {
    check(present);
}

#[test]
fn no_clock_hangs_in_the_pure_rooms() {
    check(clocks);
}

#[test]
fn no_file_takes_more_than_a_few_screens() {
    check(too_long);
}

#[test]
fn every_dependency_has_a_home() {
    let manifest = include_str!("../../../Cargo.toml");
    let (_, rest) = manifest.split_once("\n[dependencies]\n").unwrap();
    let (table, _) = rest.split_once("\n[").unwrap();
    let lines = table.lines().filter(|it| !it.starts_with('#'));
    let mut named: Vec<String> =
        lines.filter_map(|it| Some(it.split_once(" = ")?.0.replace('-', "_"))).collect();
    named.sort_unstable();
    let homes: Vec<&str> = HOMES.iter().map(|(name, _)| *name).collect();
    assert_eq!(named, homes, "the table of homes and Cargo.toml list the same crates in order");
}

#[test]
fn every_room_on_the_map_exists_and_every_room_is_on_the_map() {
    let map = include_str!("../../../src/lib.rs");
    let declared = map.lines().filter_map(|it| it.strip_prefix("pub mod "));
    let mut declared: Vec<&str> = declared.map(|it| it.trim_end_matches(';')).collect();
    let mut ruled: Vec<&str> = MAY_ENTER.iter().map(|(name, _)| *name).collect();
    declared.sort_unstable();
    ruled.sort_unstable();
    assert_eq!(declared, ruled);
    for room in declared {
        assert!(map.contains(&format!("//! | [`{room}`] |")), "'{room}' is not in the table");
    }
}

/// Checks that a rule finds something wrong with a planted file, and nothing with its repair.
#[track_caller]
fn catches(rule: fn(&Room) -> Vec<String>, path: &str, planted: &str, repaired: &str) {
    let wrong = rule(&Room::read(path, planted));
    assert_eq!(wrong.len(), 1, "{planted}: {wrong:?}");
    assert_eq!(rule(&Room::read(path, repaired)), [""; 0], "{repaired}");
}

#[test]
fn a_planted_trespass_is_caught() {
    let catches = |path, planted, repaired| catches(trespasses, path, planted, repaired);
    catches("text/a.rs", "use crate::query::Query;", "use crate::error::Error;");
    catches(
        "query/a.rs",
        "use crate::{article, index::Home};",
        "use crate::{article::{A, B}, text};",
    );
    catches("article/mod.rs", "use super::source;", "use super::text;");
    catches("index/a.rs", "fn f() { super::super::search::f() }", "fn f() { super::search::f() }");
    catches("snippet/a.rs", "type A = crate :: render::A;", "// crate::render\ntype A = u8;");
    catches("matcher/a.rs", "use crate::search as s;", "const A: &str = \"crate::search\";");
}

#[test]
fn a_room_that_the_map_does_not_know_is_caught() {
    assert_eq!(trespasses(&Room::read("attic/a.rs", "")).len(), 1);
}

#[test]
fn a_planted_stranger_is_caught() {
    let catches = |path, planted, repaired| catches(homeless, path, planted, repaired);
    catches("render/a.rs", "use tantivy::Index;", "use mytantivy::Index;");
    catches("query/a.rs", "#[derive(serde::Serialize)] struct A;", "#[derive(Debug)] struct A;");
    catches("ingest/a.rs", "use std::{fs, io};", "use std::{fmt, io};");
    catches("search/a.rs", "fn f() { std::env::args() }", "#[cfg(test)] mod t { use std::env; }");
    catches("index/home.rs", "use std::process;", "/* use std::process; */");
    catches("text/a.rs", "use clap;", "use jiff as calendar;");
}

#[test]
fn a_planted_panic_is_caught() {
    let catches = |planted, repaired| catches(present, "cli/a.rs", planted, repaired);
    catches("fn f() { a().unwrap() }", "fn f() { a().unwrap_or_default() }");
    catches("fn f() { a\n.expect(\"b\") }", "#[expect(dead_code)] fn f() {}");
    catches("fn f() { todo!() }", "#[test] fn f() { todo!() }");
    catches("fn f<'a>(_: &'a str) { panic!(\"'\") }", "fn f() -> char { g(\"\\\"panic!\"); '\"' }");
    catches("fn f() { println!() }", "fn f() { eprintln!(); r#\"println!\"# }");
}

#[test]
fn a_planted_clock_and_a_planted_scroll_are_caught() {
    let clock = "use std::time::Instant;";
    catches(clocks, "matcher/a.rs", clock, "use std::time::Duration;");
    let tests = format!("#[cfg(test)]\nmod tests {{{}}}", "\n".repeat(LINES_MAX));
    catches(too_long, "text/a.rs", &"\n".repeat(LINES_MAX + 1), &tests);
    catches(too_long, "main.rs", &"\n".repeat(MAIN_LINES_MAX + 1), "fn main() {}");
}
