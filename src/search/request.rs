//! A question, and how it wants to be answered.

use std::sync::Arc;
use std::time::Duration;

use crate::index;
use crate::query::Query;
use crate::snippet::Measure;
use crate::text::Moment;

use super::{Facet, Folding, Note, Ranking, Stopwatch};

/// How words that stand side by side are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Match {
    /// All of them; where no article has all, any of them, and the answer says so.
    #[default]
    Auto,
    /// All of them.
    All,
    /// Any of them.
    Any,
}

/// What becomes of a word that is hardly anywhere in the archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spelling {
    /// What it is a misspelling of is searched, and the answer says so.
    #[default]
    Corrected,
    /// It is searched as it is typed.
    AsTyped,
}

/// Whether a query learns from its best answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Expansion {
    /// It asks for what was typed.
    #[default]
    None,
    /// It asks for the words too that its best answers share.
    Feedback,
}

/// The order of the hits. Equals come newest first, then by id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// The latest first; articles without a date last.
    Newest,
    /// The earliest first; articles without a date last.
    Oldest,
}

/// A question.
#[derive(Clone, Debug)]
pub struct Request {
    /// What is looked for.
    pub query: Query,
    /// What the asker should know about how the query was read.
    pub remarks: Vec<String>,
    /// The most hits wanted, up to [`HITS_MAX`](super::HITS_MAX).
    pub limit: usize,
    /// How words side by side are taken.
    pub matching: Match,
    /// The order of the hits.
    pub sort: Sort,
    /// What counts for the order by relevance.
    pub ranking: Ranking,
    /// Whether copies of one story are one hit.
    pub folding: Folding,
    /// Whether misspelt words are corrected.
    pub spelling: Spelling,
    /// Whether the query learns from its best answers.
    pub expansion: Expansion,
    /// How long to look; what was found until then is the answer.
    pub timeout: Option<Duration>,
    /// What the articles that match are counted by.
    pub facets: Vec<Facet>,
    /// How much of each article to show.
    pub measure: Measure,
    /// The day of the asker, from which `date:yesterday` is counted.
    pub today: Moment,
    /// What sums how long each stage takes, if anybody wants to know.
    pub stopwatch: Option<Arc<Stopwatch>>,
}

impl Request {
    /// Asks for the ten best articles, copies of one story each for itself, today being the day in Greenwich.
    pub fn new(query: Query) -> Self {
        Self {
            query,
            remarks: Vec::new(),
            limit: 10,
            matching: Match::default(),
            sort: Sort::default(),
            ranking: Ranking::default(),
            folding: Folding::default(),
            spelling: Spelling::default(),
            expansion: Expansion::default(),
            timeout: None,
            facets: Vec::new(),
            measure: Measure::default(),
            today: Moment::of_timestamp(index::now_s()),
            stopwatch: None,
        }
    }

    /// Returns what the asker should know about how the query was read.
    pub(super) fn reading_notes(&self) -> Vec<Note> {
        self.remarks.iter().cloned().map(Note::Reading).collect()
    }
}
