//! In which order the hits come, and how many.

use serde_json::json;

use crate::world::World;

/// Records that differ in nothing but their dates and ids.
fn twins() -> World {
    let twin = |id: &str, date: &str| json!({"id": id, "body": "The ferry sails.", "date": date});
    World::of_records([
        twin("c", "2024-01-01"),
        twin("b", "2024-06-01"),
        twin("undated", ""),
        twin("a", "2024-01-01"),
        twin("d", "2023"),
    ])
}

#[test]
fn equals_come_newest_first_then_by_id() {
    twins().finds("ferry", ["b", "a", "c", "d", "undated"]);
}

#[test]
fn the_newest_or_the_oldest_may_come_first_and_the_undated_come_last() {
    let world = twins();
    assert_eq!(world.ids(&["--sort", "newest"], "ferry"), ["b", "a", "c", "d", "undated"]);
    assert_eq!(world.ids(&["--sort", "oldest"], "ferry"), ["d", "a", "c", "b", "undated"]);
    assert_eq!(world.ids(&["--sort", "oldest", "-n", "2"], "ferry"), ["d", "a"]);
}

#[test]
fn the_order_of_indexing_makes_no_difference() {
    let record = |n: u32| json!({"id": format!("{n:02}"), "body": "The ferry.", "date": "2024"});
    let up = World::of_records([1, 2, 3, 4, 5].map(record));
    let down = World::of_records([5, 4, 3, 2, 1].map(record));
    assert_eq!(up.ids(&["-n", "3"], "ferry"), ["01", "02", "03"]);
    assert_eq!(down.ids(&["-n", "3"], "ferry"), ["01", "02", "03"]);
}

#[test]
fn the_better_article_comes_first() {
    let paper = World::of([
        "A long piece in which, among many other things, a ferry is named once.",
        "Ferry stops\n\nThe ferry, the only ferry, stops.",
        "The mill and the ferry.",
    ]);
    paper.finds("ferry", ["b", "c", "a"]);
}

#[test]
fn a_headline_weighs_more_than_the_body() {
    let paper = World::of(["Mill closes\n\nThe ferry sails.", "Ferry sails\n\nThe mill closes."]);
    paper.finds("ferry", ["b", "a"]);
    paper.finds("mill", ["a", "b"]);
}

#[test]
fn at_most_as_many_hits_come_as_were_asked_for() {
    let world = World::with([("wire.jsonl", &records(25))]);
    world.index().expect(0);
    let answer = world.json(&["-n", "7"], "ferry");
    assert_eq!(answer["hits"].as_array().unwrap().len(), 7);
    assert_eq!(answer["summary"]["total"], 25);
    assert_eq!(world.ids(&[], "ferry").len(), 10);
    assert_eq!(world.ids(&["--limit", "1000"], "ferry").len(), 25);
    let said = world.run(&["search", "-n", "1001", "ferry"]).expect(2);
    said.says("error: invalid value '1001' for '--limit <N>': not between 1 and 1000 hits");
}

#[test]
fn more_hits_begin_with_the_fewer() {
    let world = World::with([("wire.jsonl", &records(40))]);
    world.index().expect(0);
    for query in ["ferry", "ferry OR word3 OR \"word7 the\"", "word*", "* -word9"] {
        let all = world.ids(&["-n", "40"], query);
        for n in ["1", "3", "10"] {
            let some = world.ids(&["-n", n], query);
            assert_eq!(some, all[..some.len()], "{query} {n}");
        }
    }
}

fn records(n: usize) -> String {
    let record = |n: usize| {
        let body = format!("word{n} the ferry {}", "sails ".repeat(n % 7));
        json!({"id": n.to_string(), "body": body}).to_string() + "\n"
    };
    (0..n).map(record).collect()
}

#[test]
fn the_same_search_gives_the_same_page() {
    let world = World::with([("wire.jsonl", &records(30))]);
    world.index().expect(0);
    let first = world.search("ferry OR word*").expect(0).out;
    world.index().expect(0);
    assert_eq!(world.search("ferry OR word*").expect(0).out, first);
}
