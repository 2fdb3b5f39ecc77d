//! Real samples of every format, against what a person reads in them.
//!
//! The samples are not part of the repository: where `../shared` is not there, nothing is tested
//! and the tests say so. What is expected was written down by reading the files, not by running
//! the program.

mod agencies;
mod crawls;
mod feed_details;
mod feeds;
mod json;
mod letters;
mod sgml;
mod tables;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use dateline::article::{Article, Malformed, Withdrawal};
use dateline::source::{self, Event, Note, Outcome};

/// Returns the folder of the samples, where it is at hand; else says that a test is skipped.
fn samples() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/formats");
    if !folder.exists() {
        println!("skipped: ../shared/corpora/formats is not here");
        return None;
    }
    Some(folder)
}

/// What a file came to.
#[derive(Debug, Default)]
struct Seen {
    outcome: Outcome,
    articles: Vec<Article>,
    malformed: Vec<Malformed>,
    withdrawn: Vec<Withdrawal>,
    notes: Vec<Note>,
}

/// Reads a file as a run does.
#[track_caller]
fn read(file: &Path) -> Seen {
    let mut seen = Seen::default();
    let found = source::walk(file).unwrap().next().unwrap().unwrap();
    seen.outcome = source::read(&found, source::readers(), &mut |event| {
        match event {
            Event::Article(article) => seen.articles.push(*article),
            Event::Malformed(malformed) => seen.malformed.push(malformed),
            Event::Withdrawn(withdrawal) => seen.withdrawn.push(*withdrawal),
            Event::Note(note) => seen.notes.push(note),
            Event::Encoded(_) | Event::Traces(_) => {}
            Event::Unchanged(_) | Event::Fingerprint { .. } => {}
        }
        ControlFlow::Continue(())
    });
    seen
}

/// Returns whom and what an article names: `person Ann Hale`.
fn names(article: &Article) -> Vec<String> {
    article.named.iter().map(|it| format!("{} {}", it.kind.name(), it.name)).collect()
}

/// What a person reads in an article.
struct Expected {
    /// The whole headline; empty where there is none.
    headline: &'static str,
    /// How the date begins in ISO 8601, as far as the file has it: `2024-03-14T09:30`; empty where
    /// there is none.
    date: &'static str,
    /// How many paragraphs of reporting there are.
    n_paragraphs: usize,
    /// How the first of them begins.
    begins: &'static str,
    /// How the last of them ends.
    ends: &'static str,
}

/// Holds an article against what a person reads in it.
#[track_caller]
fn check(article: &Article, expected: &Expected) {
    let body: Vec<&str> = article.body().map(|(_, it)| it.text.as_str()).collect();
    let (first, last) = (body.first().unwrap_or(&""), body.last().unwrap_or(&""));
    let place = &article.origin;
    assert_eq!(article.headline, expected.headline, "{place}: the headline");
    let date = article.date.map(|it| it.moment.to_string()).unwrap_or_default();
    assert!(date.starts_with(expected.date), "{place}: the date is '{date}'");
    assert_eq!(date.is_empty(), expected.date.is_empty(), "{place}: the date is '{date}'");
    assert_eq!(body.len(), expected.n_paragraphs, "{place}: paragraphs: {body:#?}");
    assert!(first.starts_with(expected.begins), "{place}: the first paragraph is '{first}'");
    assert!(last.ends_with(expected.ends), "{place}: the last paragraph is '{last}'");
}
