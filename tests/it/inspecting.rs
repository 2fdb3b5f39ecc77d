//! `dateline inspect`: what the program makes of a file, and where it found each field.

use serde_json::Value;

use crate::world::World;

const STORY: &str = "Bridge closed for a year\n\nBy Ann Hale\n14 March 2024\n\n\
    ALDER BAY - The bridge was closed on Thursday.\nRead also:\nNobody was hurt.\n";

/// Returns what `inspect --format json` says.
#[track_caller]
fn inspected(world: &World, args: &[&str], code: i32) -> Value {
    let said = world.run(&[&["inspect", "--format", "json"], args].concat()).expect(code);
    serde_json::from_str(&said.out).unwrap()
}

/// Returns where a field of the first record was found, and what stands there.
#[track_caller]
fn found<'a>(inspected: &'a Value, field: &str) -> (&'a str, &'a str) {
    let found = inspected["records"][0]["found"].as_array().unwrap();
    let trace = found.iter().find(|it| it["field"] == field);
    let trace = trace.unwrap_or_else(|| panic!("no '{field}' in {found:#?}"));
    (trace["from"].as_str().unwrap(), trace["raw"].as_str().unwrap())
}

#[test]
fn every_field_is_told_with_its_place() {
    let world = World::with([("story.txt", STORY)]);
    let said = world.run(&["inspect", "news/story.txt"]).expect(0).prints([
        "news/story.txt",
        "       format  text/2",
        "     encoding  UTF-8",
        "        bytes  128",
        "      records  1 article",
        "",
        "news/story.txt",
        "           id  story.txt  (the path)",
        "     headline  Bridge closed for a year  (first line)",
        "       byline  Ann Hale  (byline)",
        "     dateline  ALDER BAY  (the first paragraph)",
        "         date  2024-03-14 [body]  (date line: '14 March 2024')",
        "     language  en  (the text)",
        "   paragraphs  2 of 11 words, and 1 of furniture  (lines)",
        "         lead  ALDER BAY - The bridge was closed on Thursday.",
        "    not found  version, subhead, updated, source, section, slug, keywords,",
        "               subjects, people, organisations, places, url",
    ]);
    assert_eq!(said.err, "");
}

#[test]
fn the_words_of_the_record_are_told_beside_what_was_made_of_them() {
    let record =
        r#"{"docno": 7, "Title": "Mill", "pub_date": "Mar 14, 2024 2:30 PM", "text": "A."}"#;
    let world = World::with([("a.jsonl", record)]);
    let told = inspected(&world, &["news/a.jsonl"], 0);
    assert_eq!(found(&told, "id"), ("docno", "7"));
    assert_eq!(found(&told, "headline"), ("Title", "Mill"));
    assert_eq!(found(&told, "date"), ("pub_date", "Mar 14, 2024 2:30 PM"));
    assert_eq!(told["records"][0]["article"]["date"], "2024-03-14T14:30:00");
    assert_eq!(told["encodings"], serde_json::json!(["UTF-8"]));
}

#[test]
fn whom_and_what_the_publisher_names_is_told_with_its_place() {
    let record = r#"{"id": 1, "text": "A.", "persons": ["Hale, Ann", "Tom Ruiz"], "orgs": "Bay Ferries", "places": []}"#;
    let world = World::with([("a.jsonl", record)]);
    let said = world.run(&["inspect", "news/a.jsonl"]).expect(0);
    for line in [
        "       people  Ann Hale, Tom Ruiz  (persons: 'Hale, Ann, Tom Ruiz')\n",
        "organisations  Bay Ferries  (orgs)\n",
    ] {
        assert!(said.out.contains(line), "{}", said.out);
    }
    let told = inspected(&world, &["news/a.jsonl"], 0);
    assert_eq!(found(&told, "people"), ("persons", "Hale, Ann, Tom Ruiz"));
    let named = &told["records"][0]["article"]["named"];
    assert_eq!(named[0], serde_json::json!({"kind": "person", "name": "Ann Hale", "code": ""}));
    assert_eq!(named[2]["kind"], "org");
}

#[test]
fn ids_are_those_that_an_index_of_the_archive_gives() {
    let world = World::with([("2024/a.txt", "The mill closes.")]);
    world.index().expect(0);
    let told = inspected(&world, &["news/2024/a.txt"], 0);
    assert_eq!(told["records"][0]["article"]["id"], "2024/a.txt");
    world.run(&["show", "2024/a.txt"]).expect(0);
}

#[test]
fn a_record_is_named_as_reports_name_it() {
    let lines = "{\"id\": 1, \"text\": \"A.\"}\nbroken\n{\"id\": 3, \"text\": \"C.\"}\n";
    let world = World::with([("a.jsonl", lines)]);
    let third = inspected(&world, &["news/a.jsonl:3"], 3);
    assert_eq!(third["records"].as_array().unwrap().len(), 1);
    assert_eq!(third["records"][0]["article"]["id"], "3");
    assert_eq!((&third["articles"], &third["set_aside"]), (&2.into(), &1.into()));
    let second = inspected(&world, &["news/a.jsonl:2"], 3);
    assert_eq!(second["records"][0]["class"], "damaged");
    assert_eq!(second["records"][0]["record"], 2);
    let said = world.run(&["inspect", "news/a.jsonl:9"]).expect(2);
    said.says("dateline: there is no record 9 in 'news/a.jsonl'");
    assert_eq!(
        inspected(&world, &["news/a.jsonl", "-n", "1"], 3)["records"].as_array().unwrap().len(),
        1
    );
}

#[test]
fn doubts_and_encodings_are_told() {
    let world = World::empty();
    world.put(
        "a.jsonl",
        b"{\"id\": 1, \"date\": \"soon\", \"text\": \"Caf\xE9 \\ufffd M\xFCller\"}\n",
    );
    let told = inspected(&world, &["news/a.jsonl"], 0);
    assert_eq!(told["encodings"], serde_json::json!(["windows-1252"]));
    assert_eq!(told["notes"][0], "news/a.jsonl:1: date 'soon' is not understood");
    assert_eq!(told["notes"][1], "news/a.jsonl: a character was lost before (U+FFFD)");
}

#[test]
fn a_file_may_be_read_as_another_format() {
    let world = World::with([("a.txt", "<p>The mill closes.</p>")]);
    let told = inspected(&world, &["news/a.txt", "--as", "text"], 0);
    assert_eq!(told["records"][0]["article"]["paragraphs"][0]["text"], "<p>The mill closes.</p>");
    world.run(&["inspect", "news/a.txt", "--as", "telex"]).expect(2);
}

#[test]
fn what_is_no_file_is_said() {
    let world = World::empty();
    world.run(&["inspect", "news"]).expect(2).says("dateline: 'news' is a folder");
    world.run(&["inspect", "news/none.txt"]).expect(6);
}
