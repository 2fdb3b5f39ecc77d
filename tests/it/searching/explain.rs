//! How a query is explained.

use dateline::query::parse;
use dateline::search::{Bm25Form, Match, Request};

use crate::world::World;

fn paper() -> World {
    World::of([
        "Ferry talks\n\nThe ferry crew met for talks. No deal was reached by the ferry crew.",
        "Mill fire\n\nThe mill burnt down. The crew of the ferry came to help.",
        "Bridge\n\nThe bridge is closed.",
    ])
}

#[test]
fn each_clause_has_its_articles_and_for_one_article_its_passage() {
    let paper = paper();
    paper.run(&["explain", "(talk* OR deal) W/9 crew"]).expect(0).prints([
        "read as   (talk* OR deal) W/9 crew",
        "",
        "       1 article  both, within 9 words",
        "       1 article    any of",
        "       1 article      form talk…",
        "       1 article      stem deal",
        "      2 articles    stem crew",
    ]);
    let said = paper.run(&["explain", "the ferry -bridge", "b.txt"]).expect(0);
    let lines: Vec<&str> = said.out.lines().collect();
    assert_eq!(
        lines[..10],
        [
            "read as   the ferry -bridge",
            "left out  the",
            "article   b.txt · Mill fire",
            "",
            "      2 articles  yes  all of",
            "      2 articles  yes    stem ferri",
            "                         The crew of the **ferry** came to help.",
            "      2 articles  yes    not",
            "       1 article  no       stem bridg",
            "",
        ]
    );
    assert!(lines[10].starts_with("score "), "{said:?}");
}

#[test]
fn corrections_and_notes_are_told() {
    let said = paper().run(&["explain", "brigde OR xylophone"]).expect(0);
    assert!(said.out.contains("spelling  searched for bridge instead of brigde\n"), "{said:?}");
    assert!(said.out.contains("note      'xylophone' stands in no article\n"), "{said:?}");
}

#[test]
fn a_score_is_the_sum_of_its_parts_and_the_one_of_the_search() {
    let paper = paper();
    let searcher = paper.searcher();
    for query in [
        "ferry",
        "ferry crew",
        "\"ferry crew\" OR talk*",
        "ferry^3 crew^0.5",
        "(ferry W/5 crew) deal",
        "crew date>=1900 OR ferry",
        "exact(talks) -bridge",
        "atleast2(ferry) lead:crew",
    ] {
        let request = Request { matching: Match::All, ..Request::new(parse(query).unwrap()) };
        let hit = searcher.search(&request).unwrap().hits.remove(0);
        let explanation = searcher.explain(&request, Some(&hit.article)).unwrap();
        let score = explanation.score.unwrap();
        assert_eq!(score.total, hit.score, "{query}");
        let sum: f32 = score.parts.iter().map(|part| part.score).sum();
        assert!((sum - score.total).abs() < 1e-4, "{query}: {sum} is not {}", score.total);
    }
}

#[test]
fn the_score_of_a_word_is_bm25_of_what_is_told() {
    let paper = paper();
    let searcher = paper.searcher();
    let request = Request::new(parse("ferry").unwrap());
    let article = searcher.article("a.txt").unwrap().unwrap();
    let score = searcher.explain(&request, Some(&article)).unwrap().score.unwrap();
    let [part] = score.parts.as_slice() else { panic!("{score:?}") };
    assert_eq!((part.n_occurrences, part.n_articles), (Some(4), Some(2)));
    let (n, n_all, tf) = (2.0_f32, 3.0_f32, 4.0_f32);
    let idf = (1.0 + (n_all - n + 0.5) / (n + 0.5)).ln();
    let length = score.n_words as f32 / score.average_n_words;
    let Bm25Form { k1, b } = score.bm25;
    let bm25 = idf * (k1 + 1.0) * tf / (tf + k1 * (1.0 - b + b * length));
    assert!((bm25 - part.score).abs() < 1e-4, "{bm25} is not {}", part.score);
}

#[test]
fn an_article_that_does_not_match_has_no_score() {
    let said = paper().run(&["explain", "ferry", "c.txt"]).expect(0);
    assert!(!said.out.contains("score"), "{said:?}");
}
