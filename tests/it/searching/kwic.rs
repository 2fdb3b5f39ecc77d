//! A line for each match: what is on it, where it stands, in what order.

use dateline::snippet::LINES_MAX;
use serde_json::{Value, json};

use crate::world::{Said, World};

/// Checks the lines of a concordance for people, so many columns wide, without those that say which
/// articles their numbers stand for.
#[track_caller]
fn check<const N: usize>(world: &World, columns: usize, args: &[&str], lines: [&str; N]) {
    let printed = print(world, columns, args);
    let printed: Vec<&str> = printed.lines().take_while(|line| !line.is_empty()).collect();
    assert_eq!(printed, lines, "{args:?}");
}

fn print(world: &World, columns: usize, args: &[&str]) -> String {
    let mut command = world.command(&[&["search", "--kwic"], args].concat());
    Said::of(command.env("COLUMNS", columns.to_string()), "").expect(0).out
}

/// Returns the rows of a TSV without the names of its fields.
#[track_caller]
fn rows(world: &World, args: &[&str]) -> Vec<Vec<String>> {
    let said = world.run(&[&["search", "--kwic", "--format", "tsv"], args].concat()).expect(0);
    let mut rows = said.out.lines().map(|line| line.split('\t').map(str::to_owned).collect());
    let names = ["id", "date", "paragraph", "start", "end", "left", "match", "right"];
    assert_eq!(rows.next(), Some(names.map(str::to_owned).to_vec()));
    rows.collect()
}

/// Returns one column of the rows.
fn column(rows: &[Vec<String>], idx: usize) -> Vec<&str> {
    rows.iter().map(|row| row[idx].as_str()).collect()
}

fn wire() -> World {
    World::of_records([
        json!({
            "id": "k-1", "headline": "Shells hit Kyiv", "date": "2024-03-14T10:00:00Z",
            "body": "Two died as shells hit Kyiv. Kyiv’s mayor called it the worst night yet.\n\n\
                Read also: Kyiv\n\nNobody left Kyiv.",
        }),
        json!({"id": "k-2", "date": "1987-05", "body": "Old Kyiv slept."}),
        json!({"id": "k-3", "body": "In Kyiv the trams ran."}),
    ])
}

#[test]
fn the_matches_stand_below_each_other_and_the_articles_below_them() {
    let printed = print(&wire(), 60, &["kyiv"]);
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(
        lines,
        [
            " 1  2024-03-14           Shells hit Kyiv",
            " 1  2024-03-14   died as shells hit Kyiv. Kyiv’s mayor",
            " 1  2024-03-14  as shells hit Kyiv. Kyiv’s mayor called it",
            " 1  2024-03-14          Nobody left Kyiv.",
            " 2  1987-05                     Old Kyiv slept.",
            " 3                               In Kyiv the trams ran.",
            "",
            " 1  k-1  Shells hit Kyiv",
            " 2  k-2  Old Kyiv slept.",
            " 3  k-3  In Kyiv the trams ran.",
        ]
    );
}

#[test]
fn a_line_is_as_wide_as_it_is_told_and_no_wider() {
    let words = "the old ferry sails again and ".repeat(20);
    let paper = World::of([&words]);
    for columns in [30, 60, 80, 200] {
        let printed = print(&paper, columns, &["ferry"]);
        let lines: Vec<&str> = printed.lines().collect();
        let widest = lines.iter().map(|line| line.chars().count()).max();
        assert!(widest.is_some_and(|n| n <= columns && n > columns - 12), "{columns}: {printed}");
        let coloured = print(&paper, columns, &["--color", "always", "ferry"]);
        let at = |line: &str| line.replace("\x1b[2m", "").replace("\x1b[0m", "").find('\x1b');
        let mut places: Vec<Option<usize>> = coloured.lines().take(20).map(at).collect();
        places.dedup();
        let middle = places[0].unwrap().abs_diff(columns / 2);
        assert!(places.len() == 1 && middle < 6, "{columns}: {coloured}");
    }
}

#[test]
fn colours_take_no_columns_and_asterisks_are_not_needed() {
    let wire = wire();
    let plain = print(&wire, 60, &["kyiv"]);
    assert!(!plain.contains('*'));
    let coloured = print(&wire, 60, &["--color", "always", "kyiv"]);
    assert!(coloured.contains("Nobody left \x1b[1;31mKyiv\x1b[0m."), "{coloured}");
    let mut stripped = coloured;
    for sign in ["\x1b[1;31m", "\x1b[2m", "\x1b[0m"] {
        stripped = stripped.replace(sign, "");
    }
    assert_eq!(stripped, plain);
}

#[test]
fn wide_letters_and_marks_keep_the_matches_in_their_column() {
    let paper = World::of([
        "In 東京都 kyiv 東京.\nOle\u{301}, ole\u{301} kyiv e\u{301}.\nA 👩‍👩‍👧 in kyiv ran.\nIt was, they said, the kyiv of old.",
    ]);
    check(
        &paper,
        40,
        &["kyiv"],
        [
            " 1        In 東京都 kyiv 東京.",
            " 1         Ole\u{301}, ole\u{301} kyiv e\u{301}.",
            " 1          A 👩‍👩‍👧 in kyiv ran.",
            " 1   they said, the kyiv of old.",
        ],
    );
}

#[test]
fn text_from_right_to_left_stays_in_its_cell() {
    let mark = '\u{200E}';
    let paper = World::of(["ראש העיר של kyiv אמר שלום.\nThe mayor of kyiv spoke."]);
    check(
        &paper,
        60,
        &["kyiv"],
        [
            &format!("{mark} 1   ראש העיר של {mark}kyiv{mark} אמר שלום."),
            " 1  The mayor of kyiv spoke.",
        ],
    );
    let arabic = World::of(["الحرب في كييف."]);
    check(&arabic, 60, &["كييف"], [&format!("{mark} 1  الحرب في {mark}كييف{mark}.")]);
}

#[test]
fn a_match_too_wide_for_its_column_is_cut() {
    let phrase = "one two three four five six seven eight nine ten";
    let paper = World::of([&format!("Before {phrase} after.")]);
    check(&paper, 30, &[&format!("\"{phrase}\"")], [" 1  Before one two three four"]);
}

#[test]
fn a_phrase_is_one_line_and_the_sides_of_a_proximity_are_two() {
    let paper = World::of(["They want security guarantees, and guarantees want troops."]);
    let rows = rows(&paper, &["\"security guarantees\" OR guarantees PRE/2 troops"]);
    assert_eq!(column(&rows, 6), ["security guarantees", "guarantees", "troops"]);
}

#[test]
fn matches_that_overlap_are_one_line() {
    let paper = World::of(["Security guarantees, security."]);
    let rows = rows(&paper, &["\"security guarantees\" security"]);
    assert_eq!(column(&rows, 6), ["Security guarantees", "security"]);
}

#[test]
fn what_must_not_be_there_and_furniture_have_no_line() {
    let paper = World::of(["A mill and a clinic.\nRead also: Mill closes", "A mill, a bridge."]);
    let rows = rows(&paper, &["mill -bridge"]);
    assert_eq!(column(&rows, 5), ["A "]);
}

#[test]
fn tabs_stand_between_the_fields_of_a_table() {
    let wire = wire();
    let said = wire.run(&["search", "--kwic", "--format", "tsv", "-n", "1", "kyiv"]).expect(0);
    said.keeps_quiet_about("article").prints([
        "id\tdate\tparagraph\tstart\tend\tleft\tmatch\tright",
        "k-1\t2024-03-14T10:00:00Z\t\t11\t15\tShells hit \tKyiv\t",
        "k-1\t2024-03-14T10:00:00Z\t0\t23\t27\tTwo died as shells hit \tKyiv\t. Kyiv’s mayor called it the worst night yet.",
        "k-1\t2024-03-14T10:00:00Z\t0\t29\t33\tTwo died as shells hit Kyiv. \tKyiv\t’s mayor called it the worst night yet.",
        "k-1\t2024-03-14T10:00:00Z\t2\t12\t16\tNobody left \tKyiv\t.",
    ]);
}

#[test]
fn places_count_characters_and_texts_follow_each_other() {
    let text = "Ä 👩‍👩‍👧 Cafe\u{301}s: ferry, Ferries, cafe\u{301} — 𝔘 ferry.";
    let paper = World::of([&format!("Zürich ferry\n\n{text}")]);
    for row in rows(&paper, &["ferry OR café"]) {
        let shown = if row[2].is_empty() { "Zürich ferry" } else { text };
        assert_eq!(row[5..].concat(), shown);
        let (start, end): (usize, usize) = (row[3].parse().unwrap(), row[4].parse().unwrap());
        let chars: String = shown.chars().skip(start).take(end - start).collect();
        assert_eq!(chars, row[6]);
    }
}

#[test]
fn tabs_and_control_characters_of_an_article_are_spaces() {
    let world = World::of_records([json!({
        "id": "evil\t1", "body": "A\ttab, the ferry\u{1b}[31m\u{202e}!",
    })]);
    let rows = rows(&world, &["ferry"]);
    assert_eq!(rows[0].len(), 8);
    assert_eq!(rows[0][5..], ["A tab, the ", "ferry", " [31m !"]);
    for format in ["text", "tsv", "json", "ndjson"] {
        let out = world.run(&["search", "--kwic", "--format", format, "ferry"]).expect(0).out;
        let is_bad = |c: char| c.is_control() && !matches!(c, '\n' | '\t') || c == '\u{202e}';
        assert!(!out.contains(is_bad), "{format}: {out:?}");
    }
}

#[test]
fn json_has_the_same_fields() {
    let wire = wire();
    let answer = wire.json(&["--kwic"], "kyiv");
    let lines = answer["lines"].as_array().unwrap();
    assert_eq!(answer["format_version"], 2);
    assert_eq!(answer["summary"]["total"], 3);
    assert_eq!(
        lines[0],
        json!({
            "id": "k-1", "date": "2024-03-14T10:00:00Z", "paragraph": null, "start": 11, "end": 15,
            "left": "Shells hit ", "match": "Kyiv", "right": "",
        })
    );
    assert_eq!(lines[5]["date"], Value::Null);
    let said = wire.run(&["search", "--kwic", "--format", "ndjson", "kyiv"]).expect(0);
    let each: Vec<Value> = said.out.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    assert_eq!(each[..6], lines[..]);
    assert_eq!(each[6]["summary"]["total"], 3);
    assert_eq!(each.len(), 7);
}

#[test]
fn lines_are_sorted_by_the_words_beside_the_match() {
    let paper = World::of([
        "Zu alt war die ferry, sagt man.\nDer ferry’s bald.\nUnd die Ältere: ferry am Kai.\nFerry, kaum neu.",
    ]);
    let sorted = |by: &str, idx: usize| {
        let rows = rows(&paper, &["--kwic-sort", by, "ferry"]);
        column(&rows, idx).iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(sorted("left", 5), ["", "Und die Ältere: ", "Der ", "Zu alt war die "]);
    assert_eq!(sorted("right", 7), [" am Kai.", "’s bald.", ", kaum neu.", ", sagt man."]);
}

#[test]
fn lines_may_come_from_the_oldest_to_the_newest_and_the_undated_last() {
    let wire = wire();
    let ids = |args: &[&str]| -> Vec<String> {
        let mut ids: Vec<String> = rows(&wire, args).iter().map(|row| row[0].clone()).collect();
        ids.dedup();
        ids
    };
    assert_eq!(ids(&["--kwic-sort", "date", "kyiv"]), ["k-2", "k-1", "k-3"]);
    assert_eq!(ids(&["kyiv"]), wire.ids(&[], "kyiv"));
    assert_eq!(ids(&["--sort", "newest", "kyiv"]), ["k-1", "k-2", "k-3"]);
    // The order of the lines chooses no articles: the best one stays.
    assert_eq!(
        ids(&["--kwic-sort", "date", "-n", "1", "kyiv"]),
        [wire.ids(&[], "kyiv")[0].clone()]
    );
}

#[test]
fn hits_without_a_word_to_mark_are_counted() {
    let wire = wire();
    let said = wire.run(&["search", "--kwic", "date:2024 OR trams"]).expect(0);
    said.says("note: 1 article matches without a word to mark, and has no line");
    let said = wire.run(&["search", "--kwic", "--format", "tsv", "date>1400"]).expect(0);
    assert_eq!(said.out.lines().count(), 1);
    said.says("note: 2 articles match without a word to mark, and have no line");
    wire.run(&["search", "date:2024"]).expect(0).keeps_quiet_about("no line");
    wire.run(&["search", "--kwic", "zzz"]).expect(1).prints([]);
}

#[test]
fn there_is_an_end_to_the_lines_and_it_is_said() {
    let paper = World::of([&"ferry ".repeat(LINES_MAX), "The ferry."]);
    let args = ["search", "--kwic", "--format", "tsv", "ferry"];
    let said = paper.run(&args).expect(0);
    assert_eq!(said.out.lines().count(), LINES_MAX + 1);
    said.says("note: the hits have 10001 matches; only the first 10000 have a line");
    let notes = &paper.json(&["--kwic"], "ferry")["summary"]["notes"];
    assert_eq!(notes.as_array().unwrap().len(), 1);
}

#[test]
fn formats_and_lines_that_do_not_go_together_are_refused() {
    let world = World::empty();
    let said = world.run(&["search", "--format", "tsv", "ferry"]).expect(2);
    said.says("dateline: the format 'tsv' has a line for each match")
        .says("hint: ask for such lines with --kwic, or for hits with --format ndjson");
    let said = world.run(&["search", "--kwic", "--format", "paths", "ferry"]).expect(2);
    said.says("dateline: the format 'paths' has no lines for matches")
        .says("hint: leave --kwic out, or use --format text, tsv, json or ndjson");
    let said = world.run(&["search", "--kwic-sort", "left", "ferry"]).expect(2);
    assert!(said.err.contains("--kwic"), "{}", said.err);
}
