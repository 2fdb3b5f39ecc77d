//! Queries that learn from their best answers.

use crate::world::World;

/// Articles on a strike, one on its matter without its word, and many on other things.
fn harbour() -> World {
    let strike = |town: &str| {
        format!(
            "Strike in {town}\n\nThe crews of the ferry in {town} are on strike. The crews ask for \
             higher wages, and the strike goes on."
        )
    };
    let other = |town: &str| format!("Fair in {town}\n\nA fair is held in {town} on Sunday.");
    let world = World::empty();
    for (name, town) in [("a", "Elm"), ("b", "Oak"), ("c", "Ash")] {
        world.put(&format!("{name}.txt"), strike(town));
    }
    world.put("d.txt", "Crews return\n\nThe ferry sails again, and the crews have higher wages.");
    (0..40).for_each(|idx| world.put(&format!("fair{idx}.txt"), other(&format!("Town{idx}"))));
    world.index().expect(0);
    world
}

#[test]
fn the_words_of_the_best_articles_are_asked_for_too_and_told() {
    let harbour = harbour();
    let plain = harbour.json(&[], "strike");
    assert_eq!(plain["hits"].as_array().unwrap().len(), 3);
    let expanded = harbour.json(&["--expand"], "strike");
    let ids = harbour.ids(&["--expand"], "strike");
    assert_eq!((ids.len(), ids[3].as_str()), (4, "d"), "what does not have the word comes last");
    assert_eq!(expanded["summary"]["total"], 3, "the total is that of what was typed");
    let notes = expanded["summary"]["notes"].as_array().unwrap();
    let told =
        notes.iter().filter_map(|it| it.as_str()).find(|it| it.starts_with("searched for too"));
    assert!(told.unwrap().contains("crews") && told.unwrap().contains("wages"), "{notes:?}");
}

#[test]
fn an_expanded_query_marks_the_words_that_were_added() {
    let hit = &harbour().json(&["--expand"], "strike")["hits"][3];
    assert_eq!(hit["headline"], "Crews return");
    assert_eq!(hit["headline_highlights"][0]["end"], 5);
}

#[test]
fn a_query_that_nothing_answers_learns_nothing() {
    let harbour = harbour();
    assert_eq!(harbour.json(&["--expand"], "zeppelin")["summary"]["total"], 0);
    let everything = harbour.json(&["--expand"], "*");
    assert_eq!(everything["summary"]["total"], 44);
}
