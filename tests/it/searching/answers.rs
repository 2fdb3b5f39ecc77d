//! How words side by side are taken, what is said beside the hits, and the exit codes.

use crate::world::World;

const RELAXED: &str = "note: no article has all the words; searched for any of them";

fn paper() -> World {
    World::of(["Ferry mill.", "Ferry bridge.", "Clinic."])
}

#[test]
fn where_no_article_has_all_words_any_will_do_and_it_is_said() {
    let paper = paper();
    paper.search("ferry clinic").expect(0).says(RELAXED);
    assert_eq!(paper.ids(&[], "ferry clinic"), ["c", "a", "b"]);
    assert_eq!(paper.json(&[], "ferry clinic")["summary"]["relaxed"], true);
    paper.search("ferry mill").expect(0).keeps_quiet_about("no article has all");
    assert_eq!(paper.json(&[], "ferry mill")["summary"]["relaxed"], false);
}

#[test]
fn all_words_may_be_demanded() {
    let said = paper().run(&["search", "--match", "all", "ferry", "clinic"]).expect(1);
    said.says("no article matches ferry clinic").keeps_quiet_about(RELAXED).prints([]);
}

#[test]
fn any_of_the_words_may_be_enough() {
    let paper = paper();
    assert_eq!(paper.ids(&["--match", "any"], "mill bridge"), ["a", "b"]);
    let said = paper.run(&["search", "--match", "any", "mill", "bridge"]).expect(0);
    said.keeps_quiet_about("note");
}

#[test]
fn operators_are_never_relaxed() {
    let paper = paper();
    paper.search("mill AND clinic").expect(1).keeps_quiet_about("note");
    paper.search("mill -ferry").expect(1).keeps_quiet_about("note");
    paper.search("\"mill ferry\"").expect(1).keeps_quiet_about("note");
}

#[test]
fn fields_and_dates_stay_required_when_words_are_relaxed() {
    let paper = World::of(["Ferry\n\nMill.", "Clinic.", "Bridge\n\nMill."]);
    assert_eq!(paper.ids(&[], "mill clinic headline:ferry"), ["a"]);
}

#[test]
fn counting_is_never_relaxed() {
    paper().run(&["count", "ferry clinic"]).expect(1).prints(["0"]);
}

#[test]
fn stop_words_are_left_out_of_loose_words_and_it_is_said() {
    let paper = World::of(["Ferry of the isles.", "Ferry."]);
    let note = "note: left out as too common: of, the (quotes would keep them)";
    paper.search("ferry of the").expect(0).says(note);
    assert_eq!(paper.count("ferry of the"), 2);
    paper.search("\"ferry of the\"").expect(0).keeps_quiet_about("note");
    assert_eq!(paper.count("\"ferry of the\""), 1);
}

#[test]
fn stop_words_are_searched_where_nothing_else_remains() {
    let paper = World::of(["To be or not.", "Ferry."]);
    paper.search("to be").expect(0).keeps_quiet_about("note");
    assert_eq!(paper.count("to be"), 1);
    assert_eq!(paper.count("the"), 0);
    assert_eq!(paper.count("ferry AND the"), 0);
}

#[test]
fn names_in_capitals_are_no_stop_words_unless_all_is_in_capitals() {
    let paper = World::of(["The WHO warns of a virus.", "A virus.", "The virus."]);
    assert_eq!(paper.count("WHO virus"), 1);
    assert_eq!(paper.count("who virus"), 3);
    assert_eq!(paper.count("WHO VIRUS"), 3);
}

#[test]
fn a_search_ends_with_how_many_matched() {
    let said = paper().search("ferry").expect(0);
    let last = said.err.lines().last().unwrap();
    assert!(last.starts_with("2 of 2 articles in ") && last.ends_with(" ms"), "{last}");
    let said = paper().run(&["search", "-n", "1", "ferry"]).expect(0);
    assert!(said.err.contains("\n1 of 2 articles in "), "{}", said.err);
    let said = paper().search("mill").expect(0);
    assert!(said.err.contains("\n1 of 1 article in "), "{}", said.err);
}

#[test]
fn no_hit_is_exit_code_1_and_a_reason() {
    let said = paper().search("zzz").expect(1).says("no article matches zzz");
    said.says("note: 'zzz' stands in no article").prints([]);
    paper().run(&["count", "zzz"]).expect(1).prints(["0"]);
}

#[test]
fn the_time_may_run_out_and_it_is_said() {
    let paper = paper();
    let said = paper.run(&["search", "--timeout", "0", "ferry"]);
    assert!(matches!(said.code, Some(0 | 1)), "{said:?}");
    said.says("note: the time ran out; there may be more and better hits");
    let answer = paper.json(&["--timeout", "0"], "\"ferry mill\" OR clin*");
    assert_eq!(answer["summary"]["total_is_exact"], false);
    let said = paper.run(&["search", "--timeout", "60", "ferry"]).expect(0);
    said.keeps_quiet_about("time ran out");
}

#[test]
fn a_search_may_be_logged_a_line_each() {
    let paper = paper();
    for query in ["ferry", "zzz", "\"ferry\tmill\" OR\nclinic"] {
        paper.run(&["search", "--log", "log", "--sort", "oldest", query]);
    }
    let log = std::fs::read_to_string(paper.path("log")).unwrap();
    let rows: Vec<serde_json::Value> =
        log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(rows.iter().all(|row| row["at"].as_str().unwrap().ends_with('Z')), "{log}");
    assert!(rows.iter().all(|row| row["took_us"].is_u64() && row["how"] == "oldest"), "{log}");
    let column = |key: &str| rows.iter().map(|row| row[key].clone()).collect::<Vec<_>>();
    assert_eq!(column("hits"), [2, 0, 2]);
    assert_eq!(column("query"), ["ferry", "zzz", "\"ferry\tmill\" OR clinic"]);
}

#[test]
fn a_log_that_cannot_be_written_is_told_after_the_hits() {
    let said = paper().run(&["search", "--log", "none/log", "--format", "paths", "mill"]).expect(0);
    let told =
        "note: this search is not logged: cannot write 'none/log': no such file or directory";
    said.says(told).prints(["news/a.txt"]);
}
