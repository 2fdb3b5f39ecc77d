//! What joins words: AND, OR, NOT and parentheses.

use crate::world::World;

fn paper() -> World {
    World::of(["Ferry mill.", "Ferry bridge.", "Mill bridge.", "Ferry mill bridge.", "Clinic."])
}

#[test]
fn words_side_by_side_are_all_required() {
    paper().finds("ferry mill", ["a", "d"]);
    paper().finds("bridge ferry mill", ["d"]);
}

#[test]
fn and_is_written_in_any_case() {
    let paper = paper();
    for query in ["ferry AND mill", "ferry and mill", "ferry And mill"] {
        paper.finds(query, ["a", "d"]);
    }
}

#[test]
fn or_and_the_bar_are_the_same() {
    let paper = paper();
    assert_eq!(paper.count("clinic OR mill"), 4);
    assert_eq!(paper.count("clinic | mill"), 4);
    assert_eq!(paper.count("clinic|mill"), 4);
    assert_eq!(paper.count("clinic or mill or bridge"), 5);
}

#[test]
fn not_and_the_minus_leave_out() {
    let paper = paper();
    for query in ["ferry AND NOT mill", "ferry NOT mill", "ferry -mill", "-mill ferry"] {
        paper.finds(query, ["b"]);
    }
}

#[test]
fn a_query_may_be_nothing_but_not() {
    let paper = paper();
    assert_eq!(paper.count("NOT ferry"), 2);
    assert_eq!(paper.count("-ferry -clinic"), 1);
    assert_eq!(paper.count("NOT NOT ferry"), 3);
    assert_eq!(paper.count("NOT (ferry OR clinic)"), 1);
}

#[test]
fn an_alternative_may_be_a_negation() {
    assert_eq!(paper().count("clinic OR NOT ferry"), 2);
    assert_eq!(paper().count("clinic OR (mill -ferry)"), 2);
}

#[test]
fn a_leading_minus_is_no_option() {
    let world = paper();
    world.run(&["count", "-ferry"]).expect(0).prints(["2"]);
    world.run(&["count", "-mill", "ferry"]).expect(0).prints(["1"]);
    world
        .run(&["search", "--format", "paths", "-ferry", "-clinic"])
        .expect(0)
        .prints(["news/c.txt"]);
}

#[test]
fn options_may_stand_before_and_after_the_query() {
    let world = paper();
    for args in [
        &["search", "-n", "1", "--format", "paths", "clinic"][..],
        &["search", "clinic", "-n", "1", "--format", "paths"],
        &["search", "-n1", "clinic", "-zzz", "--format=paths"],
        &["search", "--format", "paths", "--", "clinic", "-zzz"],
    ] {
        world.run(args).expect(0).prints(["news/e.txt"]);
    }
}

#[test]
fn and_binds_tighter_than_or() {
    let paper = paper();
    assert_eq!(paper.count("clinic OR ferry AND mill"), 3);
    assert_eq!(paper.count("ferry AND mill OR clinic"), 3);
    assert_eq!(paper.count("clinic OR ferry mill"), 3);
}

#[test]
fn parentheses_win() {
    let paper = paper();
    assert_eq!(paper.count("(clinic OR ferry) AND mill"), 2);
    assert_eq!(paper.count("(clinic OR ferry) mill"), 2);
    assert_eq!(paper.count("ferry -(mill bridge)"), 2);
    assert_eq!(paper.count("((ferry))"), 3);
    assert_eq!(paper.count("(ferry (mill OR (bridge)))"), 3);
}

#[test]
fn operators_in_quotes_are_words() {
    let paper = World::of(["Trial and error.", "Trial error."]);
    paper.finds("\"trial and error\"", ["a"]);
    paper.finds("trial \"and\"", ["a"]);
}

#[test]
fn phrases_and_wildcards_may_be_left_out_too() {
    let paper = World::of(["Security guarantees.", "Guarantees of security.", "Secure."]);
    paper.finds("guarantees -\"security guarantees\"", ["b"]);
    paper.finds("NOT guarant*", ["c"]);
}

#[test]
fn what_is_left_out_is_never_relaxed() {
    let paper = paper();
    assert_eq!(paper.ids(&["--match", "any"], "ferry clinic -mill"), ["e", "b"]);
    assert_eq!(paper.ids(&[], "clinic mill -ferry"), ["e", "c"]);
}

#[test]
fn several_arguments_are_one_query() {
    let world = paper();
    world.run(&["count", "ferry", "AND", "mill"]).expect(0).prints(["2"]);
    world.run(&["count", "ferry", "-mill"]).expect(0).prints(["1"]);
}

#[test]
fn ten_thousand_words_are_refused_in_one_sentence() {
    let query = "ferry ".repeat(10_000);
    let said = paper().run(&["search", &query]).expect(2);
    assert!(
        said.err.starts_with("dateline: the query has more than 1024 words and filters\n"),
        "{}",
        said.err
    );
    assert_eq!(said.out, "");
}

#[test]
fn a_thousand_words_are_searched() {
    let query: Vec<String> = (0..1_000).map(|n| format!("word{n}")).collect();
    let paper = paper();
    assert_eq!(paper.count(&format!("clinic OR {}", query.join(" OR "))), 1);
    assert_eq!(paper.count(&query.join(" ")), 0);
    assert_eq!(paper.count(&format!("ferry -{}", query.join(" -"))), 3);
}

#[test]
fn a_query_of_a_hundred_kilobytes_is_refused() {
    let query = "x".repeat(100 * 1024);
    let message = "dateline: the query is 102400 bytes long, and at most 65536 are read";
    let said = paper().run(&["search", &query]).expect(2).says(message);
    said.says("hint: search for fewer words at once");
    let fed = paper().run_fed(&["search", "-"], &query).expect(2);
    assert!(fed.err.contains("at most 65536 are read"), "{}", fed.err);
}

#[test]
fn parentheses_may_stand_deep_but_not_without_end() {
    let paper = paper();
    let nested = |n: usize| format!("{}ferry{}", "(".repeat(n), ")".repeat(n));
    assert_eq!(paper.count(&nested(64)), 3);
    let said = paper.search(&nested(10_000)).expect(2);
    assert!(said.err.contains("nested more than 64 levels deep"), "{}", said.err);
}
