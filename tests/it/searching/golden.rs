//! The order of the hits for queries on the sample archive, and the numbers that it comes from.
//!
//! Whoever changes the ranking sees in `ranked.txt` what that does to queries that a reader can judge,
//! and in `statistics.txt` whether it was the ranking or the archive that changed.

use std::fmt::Write as _;

use dateline::query::parse;
use dateline::search::{Folding, Hit, Lead, Match, Request, Searcher};
use dateline::text;

use crate::golden::{hold, sample};

const RANKED: &str = "tests/it/searching/ranked.txt";
const STATISTICS: &str = "tests/it/searching/statistics.txt";

/// What readers ask the sample: one word and several, names, long questions, phrases and fields.
const QUERIES: [&str; 38] = [
    "ferry",
    "bridge",
    "library",
    "flood",
    "cocoa",
    "turbine",
    "mayor",
    "ferry strike",
    "bridge repair",
    "salt fish",
    "school merger",
    "second doctor",
    "wind farm vote",
    "harbour master money",
    "Grey Heron",
    "Zoë Lindqvist",
    "Kit Marlow",
    "Harriet Boyle library",
    "Garrick trial",
    "Northgate deposits",
    "putin trump alaska",
    "Finland NATO",
    "grain deal Black Sea",
    "interest rates",
    "nobel prize physics",
    "pope from chicago",
    "who paid for the new bridge over the Tarrow",
    "why did the trawler sink",
    "what happened to the deposits of the tenants of the mill",
    "town meeting keeps the library open for another year",
    "crews vote to end ferry strike that cut off the island",
    "\"security guarantees\"",
    "\"town meeting\" library",
    "ferry -strike",
    "headline:rovers cup",
    "person:whitcombe bridge",
    "place:ukraine",
    "topic:\"labour strike\"",
];

/// How many hits of each query are told.
const HITS: usize = 5;

#[test]
fn the_sample_is_ranked_as_it_was_read() {
    let world = sample();
    let searcher = world.searcher();
    let told: Vec<String> = QUERIES.iter().map(|query| ranked(&searcher, query)).collect();
    hold(RANKED, &told.join("\n"));
    hold(STATISTICS, &statistics(&searcher));
}

/// Tells the best hits of a query.
fn ranked(searcher: &Searcher, query: &str) -> String {
    let request = Request {
        limit: HITS,
        folding: Folding::Folded(Lead::Best),
        ..Request::new(parse(query).unwrap())
    };
    let answer = searcher.search(&request).unwrap();
    let mut told = format!("{query}  ({} in all)\n", answer.total);
    for hit in &answer.hits {
        let headline = match hit.article.headline.as_str() {
            "" => "(no headline)",
            headline => headline,
        };
        let _ =
            writeln!(told, "{:3} {:7.3}  {headline}  [{}]", hit.rank, hit.score, hit.article.id);
    }
    for note in &answer.notes {
        let _ = writeln!(told, "    note: {note}");
    }
    told
}

/// Tells how large the archive is, and how many articles have each word of the queries.
fn statistics(searcher: &Searcher) -> String {
    let facts = searcher.facts();
    let all = Request { limit: 1_000, matching: Match::All, ..Request::new(parse("*").unwrap()) };
    let hits = searcher.search(&all).unwrap().hits;
    let text =
        |hit: &Hit| hit.article.body().map(|it| text::words(&it.1.text).len()).sum::<usize>();
    let n_words: usize = hits.iter().map(text).sum();
    let n_articles = facts.articles;
    let mut told = format!("articles\t{n_articles}\nwords\t{n_words}\n\n");
    let mut words: Vec<String> = QUERIES.iter().flat_map(|query| text::words(query)).collect();
    words.sort_unstable();
    words.dedup();
    let counts = searcher.n_articles_with(&words).unwrap();
    for (word, n) in words.iter().zip(counts) {
        let _ = writeln!(told, "{word}\t{n}");
    }
    told
}
