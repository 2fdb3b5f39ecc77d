//! Misspelt names, and the spellings of a name.

use crate::world::World;

fn paper() -> World {
    World::of([
        "Premier Zelensky spoke.",
        "Premier Zelensky left the harbour.",
        "Minister Zelenskyy spoke.",
        "The harbour master of Gannet.",
        "The master baker Trump.",
    ])
}

const CORRECTED: &str = "searched for zelensky instead of zelenskiy";

#[test]
fn a_misspelt_name_is_searched_as_the_archive_spells_it_and_that_is_said() {
    let paper = World::of(["Premier Zelensky spoke.", "The harbour."]);
    paper.search("zelenskiy").expect(0).says(CORRECTED);
    let summary = &paper.json(&[], "zelenskiy")["summary"];
    assert_eq!(summary["corrections"][0]["typed"], "zelenskiy");
    assert_eq!(summary["corrections"][0]["searched"][0], "zelensky");
    assert_eq!(summary["corrections"][0]["articles"], 0);
    paper.check("zelenskiy", ["Premier **Zelensky** spoke."]);
}

#[test]
fn several_spellings_are_searched_where_several_are_likely() {
    let paper = paper();
    paper
        .search("zelenskij")
        .expect(0)
        .says("searched for zelensky or zelenskyy instead of zelenskij");
    assert_eq!(paper.ids(&["--sort", "oldest"], "zelenskij"), ["a", "b", "c"]);
}

#[test]
fn words_are_corrected_wherever_they_stand_for_a_stem() {
    let paper = paper();
    for query in ["harbuor master", "\"harbuor master\"", "master W/2 harbuor", "lead:harbuor"] {
        paper.search(query).expect(0).says("searched for harbour instead of harbuor");
    }
}

#[test]
fn what_is_typed_on_purpose_is_left_alone() {
    let paper = paper();
    for query in ["exact(zelenskiy)", "zelenskiy*", "caps(zelenskiy)", "byline:zelenskiy"] {
        paper.search(query).expect(1).keeps_quiet_about("searched for");
    }
    paper.search("harbour -zelenskiy").expect(0).keeps_quiet_about("searched for");
    paper.search("harbour NOT W/3 mastre").expect(0).keeps_quiet_about("searched for");
    let said = paper.run(&["search", "--no-correct", "zelenskiy"]).expect(1);
    said.keeps_quiet_about("searched for");
    assert_eq!(paper.count("zelenskiy"), 0);
}

#[test]
fn words_that_occur_or_are_short_or_like_nothing_are_left_alone() {
    let paper = paper();
    paper.search("zelenskyy").expect(0).keeps_quiet_about("searched for");
    for query in ["trm", "banana", "1999"] {
        paper.search(query).expect(1).keeps_quiet_about("searched for");
    }
}

#[test]
fn a_word_that_hardly_occurs_is_searched_beside_the_frequent_one() {
    let mut articles = ["The harbour master spoke."; 21];
    articles[20] = "The harbuor mistress spoke.";
    let paper = World::of(articles);
    paper.search("harbuor").expect(0).says("searched for harbour besides harbuor");
    assert_eq!(paper.json(&[], "harbuor")["summary"]["total"], 21);
    assert_eq!(paper.json(&["--no-correct"], "harbuor")["summary"]["total"], 1);
}

#[test]
fn show_marks_the_corrected_word() {
    let said = paper().run(&["show", "a.txt", "--query", "zelenskiy"]).expect(0);
    assert!(said.out.contains("Premier **Zelensky** spoke."), "{said:?}");
}

#[test]
fn the_spellings_of_a_name_are_listed_with_their_articles() {
    let paper = paper();
    paper.run(&["variants", "zelenskiy"]).expect(0).prints(["2\tzelensky", "1\tzelenskyy"]);
    paper
        .run(&["variants", "Volodymyr Zelensky"])
        .expect(0)
        .prints(["2\tzelensky", "1\tzelenskyy"]);
    paper.run(&["variants", "banana"]).expect(1).prints([]);
    let said = paper.run(&["variants", "--format", "json", "zelensky"]).expect(0);
    let variants: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(variants[0]["word"], "zelensky");
    assert_eq!(variants[0]["articles"], 2);
}
