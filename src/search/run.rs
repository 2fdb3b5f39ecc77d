//! Words in a row, as a tantivy query.
//!
//! tantivy's own phrase query knows neither paragraphs nor headlines nor wildcards. This one reads
//! the positions of the words and of the paragraph marks, and answers as the matcher does.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use crate::index::{BODY_POSITION, Fields, MARK_FORMS, MARK_PARAGRAPH};

use super::postings::Slot;

/// When to stop looking.
#[derive(Clone, Debug, Default)]
pub(super) struct Deadline(Option<Instant>);

impl Deadline {
    pub(super) fn after(start: Instant, timeout: Option<Duration>) -> Self {
        Self(timeout.and_then(|timeout| start.checked_add(timeout)))
    }

    pub(super) fn has_passed(&self) -> bool {
        self.0.is_some_and(|deadline| Instant::now() >= deadline)
    }
}

/// Which part of an article a run may stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    Anywhere,
    Headline,
}

/// The words that fit one place of a run.
#[derive(Clone, Default)]
pub(super) struct Choice {
    /// Terms that fit wherever they stand.
    pub(super) terms: Vec<Term>,
    /// Stems that fit where they are the printed form too.
    pub(super) stems: Vec<Term>,
}

impl Choice {
    fn all(&self) -> impl Iterator<Item = &Term> {
        self.terms.iter().chain(&self.stems)
    }
}

/// Looks for words in a row, within the headline or one paragraph.
#[derive(Clone)]
pub(super) struct RunQuery {
    /// For each place of the run the words that fit.
    pub(super) slots: Vec<Choice>,
    pub(super) zone: Zone,
    pub(super) fields: Fields,
    pub(super) deadline: Deadline,
}

impl fmt::Debug for RunQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RunQuery of {} words", self.slots.len())
    }
}

impl Query for RunQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let bm25 = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => {
                let n_docs = statistics_provider.total_num_docs()?;
                let n_tokens = statistics_provider.total_num_tokens(self.fields.text)?;
                let average = n_tokens as Score / n_docs.max(1) as Score;
                // A run is as rare as all its words are: their idf is added up, as for a phrase.
                let mut weights = Vec::new();
                for slot in &self.slots {
                    let mut n = 0;
                    for term in slot.all() {
                        n += statistics_provider.doc_freq(term)?;
                    }
                    weights.push(Bm25Weight::for_one_term(n.min(n_docs), n_docs, average));
                }
                weights
            }
            EnableScoring::Disabled { .. } => Vec::new(),
        };
        Ok(Box::new(RunWeight { query: Arc::new(self.clone()), bm25 }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.slots.iter().flat_map(Choice::all).for_each(|term| visitor(term, true));
    }
}

struct RunWeight {
    query: Arc<RunQuery>,
    /// The weight of each slot; empty where nothing is scored.
    bm25: Vec<Bm25Weight>,
}

impl RunWeight {
    fn marks(
        &self,
        segment: &SegmentReader,
        mark: &str,
    ) -> tantivy::Result<Option<SegmentPostings>> {
        let field = self.query.fields.marks;
        let term = Term::from_field_text(field, mark);
        Ok(segment.inverted_index(field)?.read_postings(&term, WITH_POSITIONS)?)
    }

    fn run(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Option<RunScorer>> {
        let mut slots = Vec::with_capacity(self.query.slots.len());
        for choice in &self.query.slots {
            let terms = read_all(segment, &choice.terms)?;
            let stems = read_all(segment, &choice.stems)?;
            if terms.is_empty() && stems.is_empty() {
                return Ok(None);
            }
            let forms = if stems.is_empty() { None } else { self.marks(segment, MARK_FORMS)? };
            slots.push(Slot::new(terms, stems, forms));
        }
        let fields = self.query.fields;
        let needs_paragraphs = slots.len() > 1;
        let paragraphs = if needs_paragraphs { self.marks(segment, MARK_PARAGRAPH)? } else { None };
        let lead = (0..slots.len()).min_by_key(|idx| slots[*idx].size_hint()).unwrap_or(0);
        let mut scorer = RunScorer {
            slots,
            lead,
            paragraphs,
            zone: self.query.zone,
            norms: segment.get_fieldnorms_reader(fields.text)?,
            bm25: self.bm25.iter().map(|weight| weight.boost_by(boost)).collect(),
            deadline: self.query.deadline.clone(),
            n_looked_at: 0,
            starts: Vec::new(),
            positions: Vec::new(),
            n_runs: 0,
        };
        scorer.settle();
        Ok(Some(scorer))
    }
}

fn read_all(segment: &SegmentReader, terms: &[Term]) -> tantivy::Result<Vec<SegmentPostings>> {
    let mut postings = Vec::with_capacity(terms.len());
    for term in terms {
        let inverted = segment.inverted_index(term.field())?;
        postings.extend(inverted.read_postings(term, WITH_POSITIONS)?);
    }
    Ok(postings)
}

const WITH_POSITIONS: IndexRecordOption = IndexRecordOption::WithFreqsAndPositions;

impl Weight for RunWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match self.run(segment, boost)? {
            Some(scorer) => Box::new(scorer),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let Some(mut scorer) = self.run(segment, 1.0)? else {
            return Ok(Explanation::new("words in a row, none of them here", 0.0));
        };
        let score = if scorer.seek(doc) == doc { scorer.score() } else { 0.0 };
        Ok(Explanation::new("words in a row", score))
    }
}

/// Goes through the articles that have the run.
struct RunScorer {
    slots: Vec<Slot>,
    /// The slot with the fewest articles, which the others follow.
    lead: usize,
    paragraphs: Option<SegmentPostings>,
    zone: Zone,
    norms: FieldNormReader,
    bm25: Vec<Bm25Weight>,
    deadline: Deadline,
    n_looked_at: u32,
    /// The positions at which a run begins in the current article.
    starts: Vec<u32>,
    positions: Vec<u32>,
    /// How often the run occurs in the current article, a headline counting twice.
    n_runs: u32,
}

/// How many articles are looked at between two looks at the clock.
const DOCS_PER_CLOCK: u32 = 256;

impl RunScorer {
    /// Goes on from the lead's current article to the first one that has the run.
    fn settle(&mut self) -> DocId {
        loop {
            let doc = self.align();
            if doc == TERMINATED {
                return TERMINATED;
            }
            self.n_looked_at += 1;
            if self.n_looked_at.is_multiple_of(DOCS_PER_CLOCK) && self.deadline.has_passed() {
                return self.slots[self.lead].seek(TERMINATED);
            }
            if self.has_run(doc) {
                return doc;
            }
            self.slots[self.lead].advance();
        }
    }

    /// Takes all slots to the first article that they share.
    fn align(&mut self) -> DocId {
        let mut target = self.slots[self.lead].doc();
        loop {
            let mut furthest = target;
            for slot in &mut self.slots {
                furthest = furthest.max(slot.seek(furthest));
            }
            if furthest == target || furthest == TERMINATED {
                self.slots[self.lead].seek(furthest);
                return furthest;
            }
            target = furthest;
        }
    }

    fn has_run(&mut self, doc: DocId) -> bool {
        let Some((first, rest)) = self.slots.split_first_mut() else {
            return false;
        };
        if rest.is_empty() && self.zone == Zone::Anywhere {
            self.n_runs = first.frequency();
            return self.n_runs > 0;
        }
        first.positions(&mut self.starts);
        if self.zone == Zone::Headline {
            self.starts.retain(|start| *start < BODY_POSITION);
        }
        for (distance, slot) in (1..).zip(rest) {
            if self.starts.is_empty() {
                break;
            }
            slot.positions(&mut self.positions);
            retain_followed(&mut self.starts, &self.positions, distance);
        }
        self.drop_runs_across_paragraphs(doc);
        let in_headline = self.starts.iter().filter(|start| **start < BODY_POSITION).count();
        self.n_runs = (self.starts.len() + in_headline) as u32;
        self.n_runs > 0
    }

    fn drop_runs_across_paragraphs(&mut self, doc: DocId) {
        let Some(paragraphs) = self.paragraphs.as_mut().filter(|_| !self.starts.is_empty()) else {
            return;
        };
        if paragraphs.doc() < doc {
            paragraphs.seek(doc);
        }
        if paragraphs.doc() == doc {
            paragraphs.positions(&mut self.positions);
            let last = self.slots.len() as u32 - 1;
            let borders = &self.positions;
            self.starts.retain(|start| {
                let next = borders.partition_point(|border| border <= start);
                borders.get(next).is_none_or(|border| *border > start + last)
            });
        }
    }
}

/// Keeps the starts that have one of `positions` at `distance` behind them; both are in order.
fn retain_followed(starts: &mut Vec<u32>, positions: &[u32], distance: u32) {
    let mut rest = positions;
    starts.retain(|start| {
        let wanted = start + distance;
        let skip = rest.iter().take_while(|position| **position < wanted).count();
        rest = &rest[skip..];
        rest.first() == Some(&wanted)
    });
}

impl DocSet for RunScorer {
    fn advance(&mut self) -> DocId {
        if self.doc() == TERMINATED {
            return TERMINATED;
        }
        self.slots[self.lead].advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() < target {
            self.slots[self.lead].seek(target);
            self.settle();
        }
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.slots[self.lead].doc()
    }

    fn size_hint(&self) -> u32 {
        self.slots[self.lead].size_hint()
    }
}

impl Scorer for RunScorer {
    fn score(&mut self) -> Score {
        let norm = self.norms.fieldnorm_id(self.doc());
        self.bm25.iter().map(|weight| weight.score(norm, self.n_runs)).sum()
    }
}
