//! What is said where nothing matches, or a part of a query does not.

use crate::world::World;

fn paper() -> World {
    World::of([
        "Ferry strike\n\nThe ferry crew began a long and bitter strike. The council met.",
        "Mill fire\n\nThe mill burnt down in the night.",
        "Bridge\n\nThe bridge over the river is closed.",
    ])
}

#[test]
fn the_part_that_kills_a_query_is_named_with_its_articles() {
    let said = paper().search("ferry AND date:1999").expect(1);
    let said = said.says("no article matches ferry AND date:1999");
    let said = said.says("       1 article  ferry");
    let said = said.says("      0 articles  date:1999  (1 article without it)");
    said.says("try: dateline search ferry  # 1 article");
}

#[test]
fn parts_that_are_found_but_not_together_are_told() {
    let said = paper().search("ferry AND mill AND council").expect(1);
    let said = said.says("each part is found, but no article has them all");
    let said = said.says("       1 article  mill  (1 article without it)");
    said.says("try: dateline search 'ferry AND council'  # 1 article");
}

#[test]
fn what_asks_for_nearly_the_same_is_offered() {
    let paper = paper();
    for (query, offered) in [
        ("\"strike ferry\"", "'\"strike ferry\"~6'"),
        ("crew W/2 strike", "'crew W/10 strike'"),
        ("strike PRE/9 crew", "'strike W/9 crew'"),
        ("council W/S crew", "'council W/P crew'"),
        ("exact(strikes)", "strikes"),
        ("headline:council", "council"),
        ("first/2(crew)", "crew"),
        ("atleast9(ferry)", "ferry"),
        ("\"river ferry\" OR zzz", ""),
    ] {
        let said = paper.run(&["search", "--no-correct", query]).expect(1);
        let line = format!("try: dateline search {offered}  # 1 article");
        assert!(offered.is_empty() || said.err.lines().any(|it| it == line), "{said:#?}");
    }
}

#[test]
fn what_is_offered_matches_when_it_is_run() {
    let paper = paper();
    for query in
        ["\"strike ferry\" AND mill", "bridge W/1 river date:2020", "exact(mills) W/3 fire"]
    {
        let said = paper.search(query).expect(1);
        let offers: Vec<&str> = said
            .err
            .lines()
            .filter_map(|line| line.strip_prefix("try: dateline search "))
            .collect();
        assert!(!offers.is_empty(), "{said:#?}");
        for offer in offers {
            let (query, n) = offer.split_once("  # ").unwrap();
            let query = query.trim_matches('\'');
            let found = paper.run(&["search", "--match", "all", query]).expect(0);
            let n = n.split(' ').next().unwrap();
            assert!(found.err.contains(&format!("{n} of {n} article")), "{offer}: {found:#?}");
        }
    }
}

#[test]
fn the_nearest_words_are_named_for_one_that_is_nowhere() {
    let said = paper().run(&["search", "--no-correct", "brigde W/3 river"]).expect(1);
    said.says("'brigde' stands in no article; the nearest are bridge");
    let said = paper().search("xylophone AND ferry").expect(1);
    said.says("'xylophone' stands in no article; nothing in the archive is like it");
}

#[test]
fn the_index_is_named_in_what_is_offered() {
    let paper = paper();
    let said = paper.run(&["search", "--index", "index", "ferry AND date:1999"]).expect(1);
    said.says("try: dateline search --index index ferry  # 1 article");
}

#[test]
fn the_diagnosis_is_in_the_json() {
    let diagnosis = &paper().json(&[], "ferry AND date:1999")["summary"]["diagnosis"];
    assert_eq!(diagnosis["parts"][1]["query"], "date:1999");
    assert_eq!(diagnosis["parts"][1]["articles"], 0);
    assert_eq!(diagnosis["parts"][1]["articles_without"], 1);
    assert_eq!(diagnosis["relaxations"][0]["query"], "ferry");
    assert!(paper().json(&[], "ferry")["summary"].get("diagnosis").is_none());
}

#[test]
fn a_part_that_matches_nothing_is_told_where_others_match() {
    let paper = paper();
    paper.search("ferry OR xylophone").expect(0).says("note: 'xylophone' stands in no article");
    paper.search("ferry OR xylo*").expect(0).says("note: 'xylo*' stands in no article");
    let note = "note: no article matches the part \"mill bridge\"";
    paper.search("ferry OR \"mill bridge\"").expect(0).says(note);
    paper.search("ferry AND NOT \"mill bridge\"").expect(0).says(note);
    paper.search("ferry OR mill").expect(0).keeps_quiet_about("note");
    paper
        .run(&["count", "ferry OR xylophone"])
        .expect(0)
        .says("note: 'xylophone' stands in no article");
}

#[test]
fn a_name_that_nobody_bears_is_told() {
    let note = "note: 'putin' stands in no person";
    paper().search("ferry OR person:putin").expect(0).says(note);
    paper()
        .search("topic:\"armed conflict\"")
        .expect(1)
        .says("no article matches topic:\"armed conflict\"");
}
