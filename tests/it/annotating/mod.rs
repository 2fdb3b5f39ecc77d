//! Names, places and topics: recognised in a run, searched, marked, counted.

mod facets;
mod golden;
mod places;

use crate::world::World;

/// Three articles that name people, organisations and places, and share a few words.
fn paper() -> World {
    World::of([
        "Merz visits Kyiv\n\n\
         Friedrich Merz, the German chancellor, arrived in Kyiv on Monday. He was met by Volodymyr \
         Zelensky, and both spoke of NATO.\nMerz will stay until Wednesday, said a spokesman in \
         Berlin.",
        "Talks in Kharkiv\n\n\
         President Volodymyr Zelenskyy travelled to Kharkiv on Friday. The World Health \
         Organization sends doctors, and the WHO asked for more money.\nZelenskyy thanked them.",
        "London wins in Seattle\n\n\
         Denzel London, the actor, spoke in Seattle on Sunday. London said that he had never been \
         to Spokane.",
    ])
}

#[test]
fn a_person_is_found_by_any_part_of_the_name_and_in_any_spelling() {
    let paper = paper();
    paper.finds("person:merz", ["a"]);
    paper.finds("person:\"friedrich merz\"", ["a"]);
    for spelling in ["zelensky", "zelenskyy", "Zelenskiy", "\"Volodymyr Zelensky\""] {
        assert_eq!(paper.count(&format!("person:{spelling}")), 2, "{spelling}");
    }
    paper.finds("person:zelen*", ["b", "a"]);
    paper.finds("person:london", ["c"]);
    paper.finds("person:berlin", []);
}

#[test]
fn an_organisation_is_found_by_its_name_and_by_its_acronym() {
    let paper = paper();
    paper.finds("org:nato", ["a"]);
    for name in ["\"World Health Organisation\"", "who", "\"health organization\""] {
        assert_eq!(paper.ids(&[], &format!("org:{name}")), ["b"], "{name}");
    }
}

#[test]
fn words_are_found_where_they_are_part_of_a_name() {
    let paper = paper();
    paper.finds("person(london)", ["c"]);
    paper.finds("place(london)", []);
    paper.finds("place(kharkiv)", ["b"]);
    paper.finds("person(merz) W/8 place(kyiv)", ["a"]);
    paper.check(
        "person(london)",
        [
            "**London** wins in Seattle",
            "Denzel **London**, the actor, spoke in Seattle on Sunday. **London** said that he had never been to",
        ],
    );
}

#[test]
fn the_mentions_of_what_matched_are_marked() {
    let paper = paper();
    let hit = &paper.json(&[], "person:merz")["hits"][0];
    let highlights = hit["headline_highlights"].as_array().unwrap();
    assert_eq!(highlights.len(), 1);
    assert_eq!(highlights[0]["kind"], "person");
    assert_eq!(highlights[0]["matched"], true);
    assert_eq!(highlights[0]["end"], 4);
    assert_eq!(hit["people"][0]["name"], "Friedrich Merz");
    assert_eq!(hit["people"][0]["mentions"], 3);
    assert_eq!(hit["people"][0]["from"], "recognised");
}

#[test]
fn which_names_are_marked_can_be_asked_for() {
    let paper = paper();
    let line = |mentions: &str| {
        let said = paper.run(&["search", "wednesday", "--mentions", mentions]).expect(0);
        said.out.lines().find(|it| it.contains("will stay")).unwrap().trim().to_owned()
    };
    assert_eq!(line("none"), "Merz will stay until **Wednesday**, said a spokesman in Berlin.");
    assert_eq!(line("matched"), line("none"));
    assert_eq!(line("all"), "[Merz] will stay until **Wednesday**, said a spokesman in <Berlin>.");
    let kinds = |mentions: &str| {
        let answer = paper.json(&["--mentions", mentions], "merz");
        let highlights = answer["hits"][0]["headline_highlights"].as_array().unwrap().clone();
        highlights.iter().map(|it| it["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(kinds("none"), ["match"]);
    assert_eq!(kinds("matched"), ["person"]);
    assert_eq!(kinds("all"), ["person", "place"]);
}

#[test]
fn every_mention_is_shown_with_its_article() {
    let paper = paper();
    let said = paper.run(&["show", "a.txt", "--mentions", "all"]).expect(0);
    assert!(said.out.contains("[Friedrich Merz], the German chancellor"), "{said:?}");
    assert!(said.out.contains("both spoke of {NATO}"), "{said:?}");
    let said = paper.run(&["show", "a.txt", "--format", "json"]).expect(0);
    let article: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let mentions = article["mentions"].as_array().unwrap();
    assert_eq!(mentions[0]["name"], "Friedrich Merz");
    assert!(mentions[0]["paragraph"].is_null());
    assert!(mentions.iter().any(|it| it["kind"] == "org" && it["paragraph"] == 0));
}

#[test]
fn a_line_below_a_hit_says_whom_and_what_it_names() {
    let said = paper().search("person:merz").expect(0);
    let told = said.out.replace("\n   ", "");
    let line =
        "people: Friedrich Merz, Volodymyr Zelensky · organisations: NATO · places: Kyiv, Berlin";
    assert!(told.contains(line), "{said:?}");
}

#[test]
fn topics_are_found_by_label_by_code_and_by_what_contains_them() {
    let record = |id: &str, section: &str| serde_json::json!({"id": id, "headline": id, "section": section, "body": "Nothing is said."});
    let wire = World::of_records([record("a", "Football"), record("b", "Armed conflict")]);
    wire.finds("topic:sport", ["a"]);
    wire.finds("topic:15000000", ["a"]);
    wire.finds("topic:\"armed conflict\"", ["b"]);
    wire.finds("topic:\"conflict, war and peace\"", ["b"]);
    wire.finds("topic:16000000", ["b"]);
    wire.finds("NOT topic:sport", ["b"]);
    let hit = &wire.json(&[], "topic:sport")["hits"][0];
    assert_eq!(hit["topics"][0]["from"], "publisher");
}

#[test]
fn articles_in_other_languages_have_no_mentions_and_their_names_are_found_as_printed() {
    let world = World::of([
        "Merz reist nach Kiew\n\nDer Bundeskanzler Friedrich Merz ist am Montag nach Kiew gereist, und \
         dort hat er mit dem Präsidenten Wolodymyr Selenskyj über die Lage an der Front gesprochen, die \
         sich in den letzten Wochen nicht verändert hat.",
    ]);
    world.finds("merz", ["a"]);
    world.finds("person:merz", ["a"]);
    world.finds("person:front", ["a"]);
    world.finds("person:hat", []);
    let hit = &world.json(&[], "merz")["hits"][0];
    assert_eq!(hit["people"].as_array().map(Vec::len), Some(0));
}

#[test]
fn lists_of_the_archive_count_more_than_what_is_recognised() {
    let world = World::of([
        "Trawler lost\n\nThe Grey Heron sank off Springfield on Monday, said Ann Hale of Boston.",
    ]);
    let names = |world: &World| {
        let hit = &world.json(&[], "trawler")["hits"][0];
        let name = |it: &serde_json::Value| it["name"].as_str().unwrap().to_owned();
        hit["organisations"].as_array().unwrap().iter().map(name).collect::<Vec<_>>()
    };
    std::fs::write(world.path("names.tsv"), "org\tGrey Heron\tTrawler Grey Heron\n").unwrap();
    std::fs::write(world.path("places.tsv"), "Springfield\tspringfield/illinois\n").unwrap();
    let settings = "names = \"names.tsv\"\nplaces = \"places.tsv\"\n";
    std::fs::write(world.path("dateline.toml"), settings).unwrap();
    let said = world.index().expect(0);
    assert!(said.err.contains("making the whole index anew (other models or lists"), "{said:?}");
    assert_eq!(names(&world), ["Trawler Grey Heron"]);
    world.finds("org:trawler", ["a"]);
    world.finds("place:illinois", ["a"]);
    world.index().expect(0).keeps_quiet_about("anew");
    std::fs::write(world.path("names.tsv"), "ship\tGrey Heron\n").unwrap();
    let said = world.index().expect(2);
    assert!(said.err.contains("names.tsv:1: its first column is not person"), "{said:?}");
    world.search("trawler").expect(0);
}

#[test]
fn what_the_publisher_names_comes_first_and_is_marked_so() {
    let wire = World::of_records([serde_json::json!({
        "id": "a", "headline": "Lawson speaks", "people": ["Merz, Friedrich"], "places": ["Kyiv"],
        "organizations": ["World Health Organization"],
        "body": "Olaf Scholz spoke in Berlin on Monday. Merz listened to him for an hour."
    })]);
    wire.finds("person:merz", ["a"]);
    wire.finds("place:ukraine", ["a"]);
    wire.finds("org:\"health organization\"", ["a"]);
    let hit = &wire.json(&[], "person:scholz")["hits"][0];
    assert_eq!(hit["people"][0]["name"], "Friedrich Merz");
    assert_eq!(hit["people"][0]["from"], "publisher");
    let from = |name: &str| {
        let people = hit["people"].as_array().unwrap().iter();
        people.filter(|it| it["name"] == name).map(|it| it["from"].clone()).next().unwrap()
    };
    assert_eq!(from("Olaf Scholz"), "recognised");
}
