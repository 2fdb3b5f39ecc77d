//! Three ways to answer a query agree: the index, the matcher, and a scan so plain that one can
//! see that it is right.
//!
//! Archives and queries are random, of a few words that mean nothing, so that nearly every query
//! finds something and misses something. [`paper`] makes articles, [`asking`] makes queries as
//! [`ask`] types them, and [`scan`] answers them by [`places`] without a line of the library. Of
//! what fails, [`simpler`] looks for the smallest case.

mod ask;
mod asking;
mod paper;
mod places;
mod scan;
mod simpler;

use std::collections::BTreeMap;

use dateline::article::Article;
use dateline::index::Home;
use dateline::ingest::{self, Job};
use dateline::matcher::{Mark, Matcher, Spot};
use dateline::query::{Looseness, Meaning, Query, parse};
use dateline::search::{Match, Request, Searcher, Spelling};
use dateline::text::{Moment, Stems, Tongue, parted};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use tempfile::TempDir;

use ask::Ask;
use paper::{LANGUAGES, Piece, VOCABULARY};

/// How many archives are made for each property, and how many queries each is asked: 20,000 pairs.
const N_ARCHIVES: usize = 40;
const N_QUERIES: usize = 500;

/// The most articles of an archive; one archive in twenty has more, so that postings fill more than
/// one of their blocks of 128.
const N_ARTICLES_MAX: usize = 30;
const N_ARTICLES_MAX_OF_TWENTIETH: usize = 200;

/// How many smaller archives are tried where a property fails.
const N_SHRINKS_MAX: usize = 1_000;

#[test]
fn the_invented_words_are_their_own_stems() {
    let mut stems = Stems::default();
    for word in VOCABULARY {
        for term in stems.all(&tongues(), word, word) {
            assert_eq!(parted(&term).0, word, "{term}");
        }
    }
}

#[test]
fn the_index_the_matcher_and_a_plain_scan_agree() {
    check(&asking::any(), |archive, ask| {
        let by_scan = scan::ids(ask, &archive.sheets);
        let query = parse(&ask.to_string()).map_err(|error| error.to_string())?;
        same("the index", &archive.by_index(&query), &by_scan)?;
        same("the matcher", &archive.by_matcher(&query), &by_scan)?;
        let n = archive.searcher.count(&query, today()).map_err(|error| error.to_string())?;
        same("the count", &n.n_articles, &(by_scan.len() as u64))
    });
}

#[test]
fn an_article_without_its_marked_words_matches_no_more() {
    check(&asking::positive(), |archive, ask| {
        let query = parse(&ask.to_string()).map_err(|error| error.to_string())?;
        let mut matcher = matcher(&query);
        for article in archive.articles.values() {
            let Some(marks) = matcher.find(article) else { continue };
            let stripped = without(article, &marks);
            let left = matcher.find(&stripped);
            if marks.is_empty() || left.is_some() {
                return Err(format!("{marks:?} of {}; still matches: {left:?}", article.id));
            }
        }
        Ok(())
    });
}

/// Checks a property on random archives and queries, and shows the smallest case that fails.
fn check(asks: &BoxedStrategy<Ask>, property: impl Fn(&Archive, &Ask) -> Result<(), String>) {
    let mut runner = TestRunner::default();
    for nth in 1..=N_ARCHIVES {
        let n_most = if nth % 20 == 0 { N_ARTICLES_MAX_OF_TWENTIETH } else { N_ARTICLES_MAX };
        let papers = prop::collection::vec(paper::piece(), 1..=n_most);
        let mut pieces = papers.new_tree(&mut runner).unwrap();
        let archive = Archive::of(pieces.current());
        for _ in 0..N_QUERIES {
            let ask = asks.new_tree(&mut runner).unwrap().current();
            if property(&archive, &ask).is_err() {
                let ask = simpler::simplest(ask, |ask| property(&archive, ask).is_err());
                let archive = smallest(&mut pieces, archive, |it| property(it, &ask).is_err());
                let ask = simpler::simplest(ask, |ask| property(&archive, ask).is_err());
                let fault = property(&archive, &ask).unwrap_err();
                panic!("{ask}\n{fault}\n{}", paper::records(&archive.pieces));
            }
        }
    }
}

/// Returns an archive for which something holds as it does for the first, and for no smaller one.
fn smallest(
    pieces: &mut impl ValueTree<Value = Vec<Piece>>,
    mut smallest: Archive,
    holds: impl Fn(&Archive) -> bool,
) -> Archive {
    let mut goes_on = pieces.simplify();
    for _ in 0..N_SHRINKS_MAX {
        if !goes_on {
            break;
        }
        let archive = Archive::of(pieces.current());
        goes_on = if holds(&archive) {
            smallest = archive;
            pieces.simplify()
        } else {
            pieces.complicate()
        };
    }
    smallest
}

fn same<T: PartialEq + std::fmt::Debug>(who: &str, found: &T, by_scan: &T) -> Result<(), String> {
    if found == by_scan {
        return Ok(());
    }
    Err(format!("{who}: {found:?}, the scan: {by_scan:?}"))
}

/// Articles, and the index of them.
struct Archive {
    pieces: Vec<Piece>,
    sheets: Vec<scan::Sheet>,
    searcher: Searcher,
    /// The articles as they were read, by their ids.
    articles: BTreeMap<String, Article>,
    _dir: TempDir,
}

impl Archive {
    fn of(pieces: Vec<Piece>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("wire.jsonl");
        std::fs::write(&path, paper::records(&pieces)).unwrap();
        let home = Home::at(dir.path().join("index"));
        let job = Job::new(home, vec![path]);
        let report = ingest::run(&job, &mut |_| {}).unwrap();
        assert_eq!((report.set_aside, report.doubts), (0, 0));
        let searcher = Searcher::open(&job.home).unwrap();
        let hits = searcher.search(&request(&Query::Everything)).unwrap().hits;
        let articles: BTreeMap<String, Article> =
            hits.into_iter().map(|hit| (hit.article.id.clone(), hit.article)).collect();
        assert_eq!(articles.len(), pieces.len());
        Self { sheets: scan::Sheet::all(&pieces), pieces, searcher, articles, _dir: dir }
    }

    fn by_index(&self, query: &Query) -> Vec<String> {
        let answer = self.searcher.search(&request(query)).unwrap();
        assert_eq!(answer.total, answer.hits.len() as u64, "{query}");
        let mut ids: Vec<String> = answer.hits.into_iter().map(|hit| hit.article.id).collect();
        ids.sort_unstable();
        ids
    }

    fn by_matcher(&self, query: &Query) -> Vec<String> {
        let mut matcher = matcher(query);
        let found = self.articles.iter().filter(|(_, article)| matcher.find(article).is_some());
        found.map(|(id, _)| id.clone()).collect()
    }
}

/// Asks for all articles that fulfil a query as it is typed: the invented words look misspelt.
fn request(query: &Query) -> Request {
    Request {
        limit: N_ARTICLES_MAX_OF_TWENTIETH,
        matching: Match::All,
        spelling: Spelling::AsTyped,
        today: today(),
        ..Request::new(query.clone())
    }
}

fn today() -> Moment {
    Moment::day(2024, 1, 1).unwrap()
}

fn matcher(query: &Query) -> Matcher {
    Matcher::new(&Meaning::of(query, Looseness::All, today(), &tongues()).clause)
}

fn tongues() -> Vec<Tongue> {
    LANGUAGES.into_iter().map(Tongue::of).collect()
}

/// Puts as many unknown words where marks are, printed likewise: sentences begin where they did.
fn without(article: &Article, marks: &[Mark]) -> Article {
    let unknown = |letter: char| match letter {
        letter if letter.is_lowercase() => 'z',
        letter if letter.is_uppercase() => 'Z',
        figure if figure.is_numeric() => '0',
        sign => sign,
    };
    let mut article = article.clone();
    for mark in marks {
        let text = match mark.spot {
            Spot::Headline => &mut article.headline,
            Spot::Paragraph(idx) => &mut article.paragraphs[idx].text,
        };
        let words: String = mark.span.of(text).chars().map(unknown).collect();
        // The letters are of one byte each: the other marks stay where they are.
        text.replace_range(mark.span.start..mark.span.end, &words);
    }
    article
}
