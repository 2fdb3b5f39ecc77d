//! `place:`, which knows what lies in what.

use super::paper;
use crate::world::World;

#[test]
fn a_place_is_found_by_the_names_of_all_that_contain_it() {
    let paper = paper();
    paper.finds("place:kharkiv", ["b"]);
    paper.finds("place:ukraine", ["b", "a"]);
    paper.finds("place:europe AND NOT place:kyiv", ["b"]);
    paper.finds("place:kiev", ["a"]);
    paper.finds("place:washington/state", ["c"]);
    paper.finds("place:germany", ["a"]);
    let hit = &paper.json(&[], "place:ukraine AND talks")["hits"][0];
    assert_eq!(hit["headline_highlights"][1]["kind"], "place");
    assert_eq!(hit["places"][0]["key"], "ukraine/kharkiv-oblast/kharkiv");
}

#[test]
fn a_name_of_several_places_is_asked_about() {
    let paper = paper();
    let said = paper.run(&["search", "place:georgia"]).expect(2);
    assert!(said.err.contains("'georgia' is the name of several places"), "{said:?}");
    for choice in ["place:georgia/country (Georgia, a country)", "place:georgia/us"] {
        assert!(said.err.contains(choice), "{choice}: {said:?}");
    }
    paper.finds("place:georgia/us", []);
    paper.run(&["count", "NOT place:georgia"]).expect(2);
}

#[test]
fn a_place_that_nobody_knows_is_found_by_its_words() {
    let world =
        World::of(["On the river\n\nThe barge sank in the Danube on Monday, near the Black Sea."]);
    world.finds("place:danube", ["a"]);
    world.finds("place:\"black sea\"", ["a"]);
    world.finds("place:danu*", ["a"]);
    world.finds("place:sank", []);
}

#[test]
fn peoples_are_no_mention_of_their_country() {
    let world = World::of(["A visit\n\nUkrainian farmers met their Polish colleagues on Monday."]);
    world.finds("place:ukraine", []);
    world.finds("ukrainian", ["a"]);
}
