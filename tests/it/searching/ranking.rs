//! What counts for the order by relevance, and how much.

use dateline::query::{parse, plain};
use dateline::search::{Bm25Form, Match, Pairs, Ranking, Request, Weights};

use crate::world::World;

/// Counts nothing but BM25 with the constants that tantivy has.
fn as_tantivy() -> Ranking {
    let none = Pairs { next: 0.0, near: 0.0 };
    let weights =
        Weights { bm25: Bm25Form::default(), pairs: none, names: none, paragraph: 0.0, lead: 0.0 };
    Ranking { short: weights, long: weights, ..Ranking::default() }
}

fn paper() -> World {
    World::of([
        "Ferry stops\n\nThe ferry to Gannet Island has stopped. The crew wants a new boat.",
        "Mill closes\n\nThe mill on the river closes. A ferry brought the crew to the talks.",
        "Talks on the ferry\n\nNot one of the crew came to the talks.\nThe ferry waits.",
        "The deal\n\nA deal was made on the river, far from the island, after long talks.",
    ])
}

#[test]
fn candidates_that_are_scored_again_by_the_same_constants_keep_their_scores() {
    let searcher = paper().searcher();
    for query in [
        "ferry",
        "ferry crew",
        "ferry OR crew OR talks OR deal",
        "ferry (crew OR (deal talks))",
        "\"ferry to\" OR crew^2",
        "talks -mill",
        "exact(talks) OR riv* OR ferry",
        "talks words>10 OR island",
        "NOT mill OR deal",
    ] {
        let answer = |n_candidates| {
            let ranking = Ranking { n_candidates, ..as_tantivy() };
            let query = parse(query).unwrap();
            let request = Request { ranking, matching: Match::All, ..Request::new(query) };
            let hits = searcher.search(&request).unwrap().hits;
            hits.into_iter().map(|hit| (hit.article.id, hit.score)).collect::<Vec<_>>()
        };
        let (found, again) = (answer(0), answer(10));
        assert!(!found.is_empty(), "{query}");
        assert_eq!(found.len(), again.len(), "{query}");
        for (found, again) in found.iter().zip(&again) {
            assert_eq!(found.0, again.0, "{query}");
            assert!((found.1 - again.1).abs() < 1e-4, "{query}: {found:?}, but {again:?}");
        }
    }
}

#[test]
fn two_names_count_more_where_they_stand_together() {
    let world = World::of([
        "Lee and Kim met. Later on came the others and went, as they do. Anna waited for it.",
        "Kim met them. Later on came the others and went, as they do. Anna Lee waited for it.",
    ]);
    assert_eq!(world.ids(&[], "Anna Lee"), ["b", "a"]);
    let explained = world.run(&["explain", "Anna Lee", "b.txt"]).expect(0).out;
    assert!(explained.contains("Anna beside Lee"), "{explained}");
    let explained = world.run(&["explain", "anna lee", "b.txt"]).expect(0).out;
    assert!(!explained.contains("beside"), "no names: {explained}");
}

#[test]
fn a_paragraph_that_has_it_all_counts_more_than_words_here_and_there() {
    let scattered = "The ferry.\nThe crew.\nThe owner.\nThe river.\nThe strike.\nThe island.";
    let together = "A day.\nA night.\nFerry crew owner river strike island.\nNo.\nNo.\nYes.";
    let world = World::of([scattered, together]);
    let query = "island ferry river strike crew owner";
    assert_eq!(world.ids(&[], query), ["b", "a"]);
    let explained = world.run(&["explain", query, "b.txt"]).expect(0).out;
    assert!(explained.contains("the best paragraph"), "{explained}");
}

#[test]
fn a_long_query_finds_first_what_says_it_first() {
    let about = "Ferry crew owner river strike island.";
    let later = format!("A day went by.\n{about}\nNobody knew.");
    let first = format!("{about}\nA day went by.\nNobody knew.");
    let world = World::of([later.as_str(), first.as_str()]);
    let query = "island ferry river strike crew owner";
    assert_eq!(world.ids(&[], query), ["b", "a"]);
    let explained = world.run(&["explain", query, "b.txt"]).expect(0).out;
    assert!(explained.contains("the first paragraph"), "{explained}");
    let plainly = world.ids(&["--rank", "long.lead=0"], query);
    assert_eq!(plainly, ["a", "b"], "an article is as good as the other, and ids decide");
    let said = world.run(&["search", "--rank", "long.lead=x", query]).expect(2);
    assert!(said.err.contains("'long.lead=x' sets no number"), "{said:?}");
}

#[test]
fn the_first_hits_are_the_same_however_many_are_asked_for() {
    let world = World::empty();
    for n in 0..40 {
        let words = ["ferry", "crew", "talks", "deal", "river"];
        let text: Vec<&str> = (0..n % 7 + 3).map(|idx| words[(idx * n + idx / 2) % 5]).collect();
        world.put(&format!("{n:02}.txt"), text.join(" "));
    }
    world.index().expect(0);
    let searcher = world.searcher();
    let ids = |limit| -> Vec<String> {
        let ranking = Ranking { n_candidates: 8, ..Ranking::default() };
        let query = plain("ferry crew river").unwrap();
        let request = Request { ranking, limit, matching: Match::Any, ..Request::new(query) };
        let hits = searcher.search(&request).unwrap().hits;
        assert!(hits.is_sorted_by(|a, b| a.score >= b.score));
        hits.into_iter().map(|hit| hit.article.id).collect()
    };
    assert_eq!(ids(5), ids(30)[..5]);
    assert_eq!(ids(8), ids(30)[..8]);
}

#[test]
fn experiments_set_numbers_by_name() {
    let mut ranking = Ranking::default();
    for setting in ["long.k1=2", "short.name-next=0.5", "candidates=7", "long-from=3"] {
        ranking.set(setting).unwrap();
    }
    assert_eq!((ranking.long.bm25.k1, ranking.short.names.next), (2.0, 0.5));
    assert_eq!((ranking.n_candidates, ranking.long_from), (7, 3));
    for setting in ["k1=2", "long.k1", "long.k1=x", "long.k1=-1", "long.k1=NaN", "long.k9=1"] {
        ranking.set(setting).unwrap_err();
    }
    let world = paper();
    let said = world.run(&["eval", "--topics", "t", "--run", "r", "--rank", "k=1"]).expect(6);
    assert!(said.err.contains("cannot read 't'"), "{said:?}");
}
