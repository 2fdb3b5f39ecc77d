//! The places of one word, or of any of several words, article by article.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

/// The postings of the words that may stand at one place of a run.
pub(super) enum Slot {
    /// Exactly one word fits.
    One(Box<SegmentPostings>),
    /// Any of several words fits: a wildcard.
    Any(Box<Union>),
}

impl Slot {
    /// Makes a slot of the postings of the words that fit, and of stems that fit where `forms`
    /// does not say that the printed form is another. Without any, it is at its end at once.
    pub(super) fn new(
        mut terms: Vec<SegmentPostings>,
        stems: Vec<SegmentPostings>,
        forms: Option<SegmentPostings>,
    ) -> Self {
        if terms.len() == 1 && stems.is_empty() {
            return Self::One(Box::new(terms.remove(0)));
        }
        Self::Any(Box::new(Union::new(terms, stems, forms)))
    }

    pub(super) fn doc(&self) -> DocId {
        match self {
            Self::One(postings) => postings.doc(),
            Self::Any(union) => union.doc,
        }
    }

    pub(super) fn advance(&mut self) -> DocId {
        match self {
            Self::One(postings) => postings.advance(),
            Self::Any(union) => union.seek(union.doc.saturating_add(1)),
        }
    }

    /// Goes to the first article from `target` on; stays where it is if that is there already.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::One(postings) if postings.doc() < target => postings.seek(target),
            Self::One(postings) => postings.doc(),
            Self::Any(union) => union.seek(target),
        }
    }

    /// Tells roughly how many articles there are.
    pub(super) fn size_hint(&self) -> u32 {
        match self {
            Self::One(postings) => postings.size_hint(),
            Self::Any(union) => union.size_hint,
        }
    }

    /// Counts the occurrences in the current article, without reading more positions than it must.
    pub(super) fn frequency(&mut self) -> u32 {
        match self {
            Self::One(postings) => postings.term_freq(),
            Self::Any(union) => union.frequency(),
        }
    }

    /// Reads the positions in the current article: in order, each once.
    pub(super) fn positions(&mut self, positions: &mut Vec<u32>) {
        match self {
            Self::One(postings) => postings.positions(positions),
            Self::Any(union) => union.positions(positions),
        }
        // The words of a headline are indexed twice.
        positions.dedup();
    }
}

/// Several postings read as one.
pub(super) struct Union {
    /// The words that fit wherever they stand, then the stems.
    postings: Vec<SegmentPostings>,
    n_terms: usize,
    /// The positions at which the printed form is not the stem.
    forms: Option<SegmentPostings>,
    doc: DocId,
    /// The postings that have the current article.
    here: Vec<usize>,
    /// The others that are not at their end, with their articles, the least first.
    ahead: BinaryHeap<Reverse<(DocId, usize)>>,
    size_hint: u32,
    buffer: Vec<u32>,
    form_positions: Vec<u32>,
}

impl Union {
    fn new(
        mut postings: Vec<SegmentPostings>,
        mut stems: Vec<SegmentPostings>,
        forms: Option<SegmentPostings>,
    ) -> Self {
        let n_terms = postings.len();
        postings.append(&mut stems);
        let docs = postings.iter().enumerate().map(|(idx, it)| Reverse((it.doc(), idx)));
        let ahead = docs.filter(|entry| entry.0.0 != TERMINATED).collect();
        let size_hint = postings.iter().fold(0, |sum: u32, it| sum.saturating_add(it.size_hint()));
        let mut union = Self {
            postings,
            n_terms,
            forms,
            doc: 0,
            here: Vec::new(),
            ahead,
            size_hint,
            buffer: Vec::new(),
            form_positions: Vec::new(),
        };
        union.settle();
        union
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        while let Some(idx) = self.here.pop() {
            self.send_ahead(idx, target);
        }
        while let Some(Reverse((doc, idx))) = self.ahead.peek().copied() {
            if doc >= target {
                break;
            }
            self.ahead.pop();
            self.send_ahead(idx, target);
        }
        self.settle();
        self.doc
    }

    fn send_ahead(&mut self, idx: usize, target: DocId) {
        let doc = self.postings[idx].seek(target);
        if doc != TERMINATED {
            self.ahead.push(Reverse((doc, idx)));
        }
    }

    /// Makes the least article ahead the current one.
    fn settle(&mut self) {
        self.doc = self.ahead.peek().map_or(TERMINATED, |entry| entry.0.0);
        while let Some(Reverse((doc, idx))) = self.ahead.peek().copied() {
            if doc != self.doc {
                break;
            }
            self.ahead.pop();
            self.here.push(idx);
        }
    }

    /// Counts the occurrences in the current article.
    fn frequency(&mut self) -> u32 {
        let terms = self.here.iter().filter(|idx| **idx < self.n_terms);
        let n_terms: u32 = terms.map(|idx| self.postings[*idx].term_freq()).sum();
        let mut positions = Vec::new();
        self.stem_positions(&mut positions);
        n_terms + positions.len() as u32
    }

    fn positions(&mut self, positions: &mut Vec<u32>) {
        positions.clear();
        self.stem_positions(positions);
        for idx in self.here.iter().filter(|idx| **idx < self.n_terms) {
            self.postings[*idx].positions(&mut self.buffer);
            positions.extend_from_slice(&self.buffer);
        }
        positions.sort_unstable();
    }

    /// Adds the positions at which a stem stands that is the printed form too.
    fn stem_positions(&mut self, positions: &mut Vec<u32>) {
        for idx in self.here.iter().filter(|idx| **idx >= self.n_terms) {
            self.postings[*idx].positions(&mut self.buffer);
            positions.extend_from_slice(&self.buffer);
        }
        let Some(forms) = self.forms.as_mut().filter(|_| !positions.is_empty()) else {
            return;
        };
        if forms.doc() < self.doc {
            forms.seek(self.doc);
        }
        if forms.doc() == self.doc {
            forms.positions(&mut self.form_positions);
            positions.retain(|position| self.form_positions.binary_search(position).is_err());
        }
    }
}
