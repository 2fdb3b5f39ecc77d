//! The formats of an answer, and the ways in and out of the program.

use std::io::Read;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::world::{Said, World};

fn wire() -> World {
    World::of_records([
        json!({
            "id": "k-1", "headline": "Shells hit Kyiv", "body": "KYIV, Ukraine (AP) — Two died.",
            "date": "2024-03-14T10:00:00Z", "byline": "By Ann Hale", "source": "The Wire",
            "section": "World", "language": "en", "url": "https://wire.example/kyiv",
        }),
        json!({"id": "k-2", "body": "Kyiv again."}),
    ])
}

#[test]
fn a_page_shows_rank_headline_place_date_passages_and_id() {
    wire().search("kyiv died").expect(0).prints([
        " 1  Shells hit **Kyiv**",
        "    The Wire · 14 March 2024 · KYIV, Ukraine",
        "    **KYIV**, Ukraine (AP) — Two **died**.",
        "    places: Kyiv, Ukraine · about: armed conflict",
        "    k-1",
    ]);
    wire().search("again").expect(0).prints([
        " 1  (no headline)",
        "    Kyiv **again**.",
        "    k-2",
    ]);
}

#[test]
fn a_page_is_as_wide_as_it_is_told() {
    let paper = World::of([&"the ferry sails ".repeat(40)]);
    for columns in [40, 80, 110] {
        let mut command = paper.command(&["search", "ferry"]);
        let page = Said::of(command.env("COLUMNS", columns.to_string()), "").expect(0).out;
        let widest = page.lines().map(|line| line.chars().count()).max();
        assert!(widest.is_some_and(|n| n <= columns && n > columns - 16), "{page}");
    }
}

#[test]
fn colours_are_there_only_when_asked_for() {
    let wire = wire();
    assert!(!wire.search("died").out.contains('\x1b'));
    let coloured = wire.run(&["search", "--color", "always", "died"]).expect(0).out;
    assert!(coloured.contains("\x1b[1;31mdied\x1b[0m") && !coloured.contains("**"), "{coloured}");
    let mut forced = wire.command(&["search", "died"]);
    assert!(Said::of(forced.env("CLICOLOR_FORCE", "1"), "").out.contains("\x1b["));
    let mut refused = wire.command(&["search", "died"]);
    let refused = refused.env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1");
    assert!(!Said::of(refused, "").out.contains("\x1b["));
    let mut never = wire.command(&["search", "--color", "never", "died"]);
    assert!(!Said::of(never.env("CLICOLOR_FORCE", "1"), "").out.contains("\x1b["));
}

#[test]
fn json_has_every_field_of_a_hit() {
    let answer = wire().json(&[], "\"kyiv ukraine\"");
    let mut hit = answer["hits"][0].clone();
    let score = hit.as_object_mut().unwrap().remove("score").unwrap();
    assert!(score.as_f64().unwrap() > 0.0);
    assert_eq!(
        hit,
        json!({
            "rank": 1, "id": "k-1", "headline": "Shells hit Kyiv", "headline_highlights": [],
            "date": "2024-03-14T10:00:00Z", "date_source": "meta", "source": "The Wire",
            "section": "World", "byline": "Ann Hale", "dateline": "KYIV, Ukraine",
            "language": "en", "url": "https://wire.example/kyiv", "path": "news/wire.jsonl",
            "record": 1, "people": [], "organisations": [],
            "topics": [{"code": "20000056", "label": "armed conflict", "from": "recognised"}],
            "places": [
                {"name": "Kyiv", "key": "ukraine/kyiv-city/kyiv", "mentions": 2, "from": "recognised"},
                {"name": "Ukraine", "key": "ukraine", "mentions": 1, "from": "recognised"},
            ],
            "snippets": [{
                "paragraph": 0, "offset": 0, "text": "KYIV, Ukraine (AP) — Two died.",
                "highlights": [{
                    "start": 0, "end": 13, "paragraph_start": 0, "paragraph_end": 13,
                    "kind": "match", "matched": true,
                }],
                "cut_start": false, "cut_end": false,
            }],
        })
    );
}

#[test]
fn json_ends_with_a_summary() {
    let answer = wire().json(&[], "the kyiv date<2030");
    let mut summary = answer["summary"].clone();
    assert!(summary.as_object_mut().unwrap().remove("took_us").unwrap().is_u64());
    assert_eq!(answer["format_version"], 2);
    assert_eq!(
        summary,
        json!({
            "total": 1, "total_is_exact": true, "relaxed": false, "generation": 1,
            "query": "the kyiv date<2030", "corrections": [],
            "notes": [
                "left out as too common: the (quotes would keep them)",
                "1 article has no date and matches no date",
            ],
        })
    );
}

#[test]
fn an_answer_without_hits_is_json_too() {
    let said = wire().run(&["search", "--format", "json", "zzz"]).expect(1);
    let answer: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&answer["hits"], &answer["summary"]["total"]), (&json!([]), &json!(0)));
}

#[test]
fn ndjson_is_the_same_hits_a_line_each_then_the_summary() {
    let wire = wire();
    let said = wire.run(&["search", "--format", "ndjson", "kyiv"]).expect(0);
    let lines: Vec<Value> = said.out.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    let whole = wire.json(&[], "kyiv");
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[..2], *whole["hits"].as_array().unwrap());
    assert_eq!(lines[2]["summary"]["total"], 2);
    assert_eq!(lines[2]["format_version"], 2);
}

#[test]
fn paths_name_the_file_and_the_record() {
    let world = World::with([
        ("a.txt", "Ferry."),
        ("wire.jsonl", "{\"body\": \"Mill.\"}\n\n{\"body\": \"Ferry boat.\"}"),
    ]);
    world.index().expect(0);
    let said = world.run(&["search", "--format", "paths", "ferry"]).expect(0);
    said.prints(["news/a.txt", "news/wire.jsonl:3"]);
}

#[test]
fn an_article_may_be_shown_as_json() {
    let world = World::of(["Mill closes\n\nShut.\nADVERTISEMENT"]);
    let said = world.run(&["show", "--format", "json", "a.txt"]).expect(0);
    let article: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(article["headline"], "Mill closes");
    assert_eq!(
        article["paragraphs"],
        json!([
            {"text": "Shut.", "kind": "body"},
            {"text": "ADVERTISEMENT", "kind": "furniture"},
        ])
    );
}

#[test]
fn every_id_that_is_printed_is_taken_by_show() {
    let wire = wire();
    for id in wire.ids(&[], "kyiv") {
        wire.run(&["show", &id]).expect(0);
    }
}

#[test]
fn a_query_may_come_from_stdin() {
    let wire = wire();
    wire.run_fed(&["count", "-"], "kyiv AND\n\"two died\"\n").expect(0).prints(["1"]);
    let fed = wire.run_fed(&["search", "--format", "paths", "-"], "again").expect(0);
    fed.prints(["news/wire.jsonl:2"]);
    wire.run_fed(&["search", "-"], "").expect(2).says("dateline: the query is empty");
    wire.run_fed(&["search", "-"], "headl:x").expect(2);
}

#[test]
fn control_characters_of_an_article_never_reach_stdout() {
    let evil = "\x1b]0;owned\x07 ferry \x1b[2J\u{8} \u{202e}gnp.exe\r\u{2066}";
    let world = World::of_records([json!({
        "id": "evil\x1b[31m", "headline": format!("Hat {evil}"), "body": format!("The {evil} here"),
        "byline": evil, "source": evil, "section": evil, "url": evil, "language": evil,
        "dateline": evil,
    })]);
    let id = world.ids(&[], "ferry").remove(0);
    for args in [
        &["search", "ferry"][..],
        &["search", "--format", "paths", "ferry"],
        &["show", &id],
        &["show", &id, "-q", "ferry"],
        &["explain", "ferry", &id],
    ] {
        let said = world.run(args).expect(0);
        assert!(!said.out.is_empty() && is_printable(&said.out), "{args:?}: {:?}", said.out);
        assert!(is_printable(&said.err), "{args:?}: {:?}", said.err);
    }
    let json = world.run(&["search", "--format", "json", "ferry"]).expect(0).out;
    assert!(!json.chars().any(|c| c.is_control() && c != '\n'), "{json:?}");
}

fn is_printable(text: &str) -> bool {
    let is_bad = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}');
    !text.chars().any(is_bad)
}

#[test]
fn a_reader_who_leaves_early_is_no_failure() {
    let paragraph = "The ferry sails. ".repeat(2_000);
    let world = World::of([&format!("{paragraph}\n").repeat(40)]);
    for args in [&["show", "a.txt"][..], &["search", "--format", "json", "ferry"], &["--help"]] {
        let mut command = world.command(args);
        let piped = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!(
            (child.wait().unwrap().code(), err.contains("panick")),
            (Some(0), false),
            "{err}"
        );
    }
}
