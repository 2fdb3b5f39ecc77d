//! Three ways to answer a query agree: the index, the matcher, and a scan so plain that one can
//! see that it is right.
//!
//! Archives and queries are random, of a few words that mean nothing, so that nearly every query
//! finds something and misses something. [`paper`] makes articles, [`ask`] makes queries, and
//! [`scan`] answers them without a line of the library.

mod ask;
mod paper;
mod scan;

use std::collections::BTreeMap;
use std::path::Path;

use dateline::article::Article;
use dateline::index::Home;
use dateline::ingest::{self, Job, Start};
use dateline::matcher::{Mark, Matcher, Spot};
use dateline::query::{Looseness, Meaning, Query, parse};
use dateline::search::{Match, Request, Searcher};
use dateline::text::Stemmer;
use proptest::prelude::*;

use paper::{Piece, VOCABULARY};

/// How many archives are made, and how many queries each is asked: 5,000 pairs.
const N_ARCHIVES: u32 = 40;
const N_QUERIES: usize = 125;

/// What stands where marked words stood: no query knows it.
const UNKNOWN: &str = "zzz";

#[test]
fn the_invented_words_are_their_own_stems() {
    let mut stemmer = Stemmer::default();
    for word in VOCABULARY {
        assert_eq!(stemmer.stem(word), word);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: N_ARCHIVES,
        failure_persistence: None,
        max_shrink_iters: 300,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_index_the_matcher_and_a_plain_scan_agree(
        pieces in prop::collection::vec(paper::piece(), 5..30),
        asks in prop::collection::vec(ask::any(), N_QUERIES),
    ) {
        let dir = tempfile::tempdir().unwrap();
        let searcher = index(dir.path(), &pieces);
        let articles = articles(&searcher);
        prop_assert_eq!(articles.len(), pieces.len());
        for ask in &asks {
            let typed = ask.to_string();
            let query = parse(&typed).unwrap_or_else(|error| panic!("{error}"));
            let by_scan = ids_where(&pieces, |piece| scan::holds(ask, piece));
            prop_assert_eq!(&by_index(&searcher, &query), &by_scan, "the index on {}", &typed);
            prop_assert_eq!(&by_matcher(&articles, &query), &by_scan, "the matcher on {}", &typed);
            let n = searcher.count(&query).unwrap();
            prop_assert_eq!(n, by_scan.len() as u64, "the count of {}", &typed);
        }
    }

    #[test]
    fn an_article_without_its_marked_words_matches_no_more(
        pieces in prop::collection::vec(paper::piece(), 5..15),
        asks in prop::collection::vec(ask::positive(), N_QUERIES),
    ) {
        let dir = tempfile::tempdir().unwrap();
        let articles = articles(&index(dir.path(), &pieces));
        for ask in &asks {
            let mut matcher = matcher(&parse(&ask.to_string()).unwrap());
            for article in articles.values() {
                let Some(marks) = matcher.find(article) else { continue };
                prop_assert!(!marks.is_empty(), "no mark for {} in {:?}", ask, article);
                let stripped = without(article, &marks);
                let left = matcher.find(&stripped);
                prop_assert_eq!(left, None, "{} still matches {:?}", ask, stripped);
            }
        }
    }
}

/// Indexes the pieces, and opens the index.
fn index(dir: &Path, pieces: &[Piece]) -> Searcher {
    let path = dir.join("wire.jsonl");
    std::fs::write(&path, paper::records(pieces)).unwrap();
    let job =
        Job { home: Home::at(dir.join("index")), roots: vec![path], start: Start::FromCurrent };
    let report = ingest::run(&job, &mut |_| {}).unwrap();
    assert_eq!((report.set_aside, report.doubts), (0, 0));
    Searcher::open(&job.home).unwrap()
}

/// Returns all articles of an index, by their ids.
fn articles(searcher: &Searcher) -> BTreeMap<String, Article> {
    let everything = request(&Query::Everything);
    let hits = searcher.search(&everything).unwrap().hits;
    hits.into_iter().map(|hit| (hit.article.id.clone(), hit.article)).collect()
}

fn request(query: &Query) -> Request {
    Request { limit: 100, matching: Match::All, ..Request::new(query.clone()) }
}

fn matcher(query: &Query) -> Matcher {
    Matcher::new(&Meaning::of(query, Looseness::All).clause)
}

fn by_index(searcher: &Searcher, query: &Query) -> Vec<String> {
    let hits = searcher.search(&request(query)).unwrap().hits;
    let mut ids: Vec<String> = hits.into_iter().map(|hit| hit.article.id).collect();
    ids.sort_unstable();
    ids
}

fn by_matcher(articles: &BTreeMap<String, Article>, query: &Query) -> Vec<String> {
    let mut matcher = matcher(query);
    let found = articles.iter().filter(|(_, article)| matcher.find(article).is_some());
    found.map(|(id, _)| id.clone()).collect()
}

/// Returns the ids of the pieces for which something holds, in order.
fn ids_where(pieces: &[Piece], holds: impl Fn(&Piece) -> bool) -> Vec<String> {
    let numbered = pieces.iter().enumerate();
    numbered.filter(|(_, it)| holds(it)).map(|(idx, _)| paper::id(idx)).collect()
}

/// Puts an unknown word where each mark is, the last first so that the others stay in place.
fn without(article: &Article, marks: &[Mark]) -> Article {
    let mut article = article.clone();
    let mut ends: BTreeMap<Spot, usize> = BTreeMap::new();
    for mark in marks.iter().rev() {
        let text = match mark.spot {
            Spot::Headline => &mut article.headline,
            Spot::Paragraph(idx) => &mut article.paragraphs[idx].text,
        };
        // A mark that reaches into the one replaced before it ends where that one began.
        let end = ends.get(&mark.spot).map_or(mark.span.end, |end| mark.span.end.min(*end));
        text.replace_range(mark.span.start..end, UNKNOWN);
        ends.insert(mark.spot, mark.span.start);
    }
    article
}
