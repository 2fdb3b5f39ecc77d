//! Looking at one file closely: what every field of every record was made of.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::{Event, Note, Outcome, Readers, Settings, SourceFile, Trace, read};
use crate::article::{Article, Malformed, Withdrawal};

/// How many notes of a file are kept for telling; the rest is counted.
const NOTES_MAX: usize = 100;

/// What a file came to.
#[derive(Clone, Debug, Default)]
pub struct Inspection {
    /// The readers with their versions, and what else is to be said of the reading.
    pub outcome: Outcome,
    /// What it is written in, by the names of the Encoding Standard, in the order of the file.
    pub encodings: Vec<&'static str>,
    /// How many articles were read.
    pub n_articles: u64,
    /// How many articles it withdraws.
    pub n_withdrawn: u64,
    /// How many records, and whether the file itself, were set aside.
    pub n_set_aside: u64,
    /// How many doubts there were.
    pub n_notes: u64,
    /// The records that were asked for.
    pub records: Vec<Inspected>,
    /// The first doubts.
    pub notes: Vec<Note>,
}

/// A record of a file, or the file as a whole.
#[derive(Clone, Debug)]
pub enum Inspected {
    /// An article, and where its fields were found.
    Article(Box<Article>, Vec<Trace>),
    /// The word that an article is withdrawn, and where its fields were found.
    Withdrawal(Box<Withdrawal>, Vec<Trace>),
    /// What could not be read.
    Malformed(Malformed),
}

/// Reads a file whole, and keeps the records that are wanted: `is_wanted` is asked for each with
/// its path, which in a packed archive is a member's, and its number.
///
/// Memory grows with the records that are kept.
pub fn inspect(
    file: &SourceFile,
    readers: Readers,
    is_wanted: &mut dyn FnMut(&str, u64) -> bool,
) -> Inspection {
    let settings = Arc::new(Settings { traced: true, ..(*file.settings).clone() });
    let file = SourceFile { settings, ..file.clone() };
    let mut found = Inspection::default();
    let mut traces = Vec::new();
    let outcome = read(&file, readers, &mut |event| {
        match event {
            Event::Traces(of_next) => traces = of_next,
            // Nobody asked for these.
            Event::Unchanged(_) | Event::Fingerprint { .. } => {}
            Event::Encoded(encoding) => {
                if !found.encodings.contains(&encoding) {
                    found.encodings.push(encoding);
                }
            }
            Event::Article(article) => {
                found.n_articles += 1;
                if is_wanted(&article.origin.path, article.origin.record) {
                    found.records.push(Inspected::Article(article, std::mem::take(&mut traces)));
                }
            }
            Event::Withdrawn(withdrawal) => {
                found.n_withdrawn += 1;
                if is_wanted(&withdrawal.origin.path, withdrawal.origin.record) {
                    let traces = std::mem::take(&mut traces);
                    found.records.push(Inspected::Withdrawal(withdrawal, traces));
                }
            }
            Event::Malformed(malformed) => {
                found.n_set_aside += 1;
                if is_wanted(&malformed.origin.path, malformed.origin.record) {
                    found.records.push(Inspected::Malformed(malformed));
                }
            }
            Event::Note(note) => {
                found.n_notes += 1;
                if found.notes.len() < NOTES_MAX {
                    found.notes.push(note);
                }
            }
        }
        ControlFlow::Continue(())
    });
    found.outcome = outcome;
    found
}
