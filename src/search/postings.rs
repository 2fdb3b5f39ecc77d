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
            Self::Any(union) => union.doc(),
        }
    }

    pub(super) fn advance(&mut self) -> DocId {
        match self {
            Self::One(postings) => postings.advance(),
            Self::Any(union) => union.seek(union.doc().saturating_add(1)),
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
    /// The current articles of all postings that are not at their end, the least first.
    heap: BinaryHeap<Reverse<(DocId, usize)>>,
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
        let heap = docs.filter(|entry| entry.0.0 != TERMINATED).collect();
        let size_hint = postings.iter().fold(0, |sum: u32, it| sum.saturating_add(it.size_hint()));
        let (buffer, form_positions) = (Vec::new(), Vec::new());
        Self { postings, n_terms, forms, heap, size_hint, buffer, form_positions }
    }

    fn doc(&self) -> DocId {
        self.heap.peek().map_or(TERMINATED, |entry| entry.0.0)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        while let Some(Reverse((doc, idx))) = self.heap.peek().copied() {
            if doc >= target {
                break;
            }
            self.heap.pop();
            let doc = self.postings[idx].seek(target);
            if doc != TERMINATED {
                self.heap.push(Reverse((doc, idx)));
            }
        }
        self.doc()
    }

    fn positions(&mut self, positions: &mut Vec<u32>) {
        positions.clear();
        let doc = self.doc();
        let (terms, stems) = self.postings.split_at_mut(self.n_terms);
        for stem in stems.iter_mut().filter(|stem| stem.doc() == doc) {
            stem.positions(&mut self.buffer);
            positions.extend_from_slice(&self.buffer);
        }
        if let Some(forms) = self.forms.as_mut().filter(|_| !positions.is_empty()) {
            if forms.doc() < doc {
                forms.seek(doc);
            }
            if forms.doc() == doc {
                forms.positions(&mut self.form_positions);
                positions.retain(|position| self.form_positions.binary_search(position).is_err());
            }
        }
        for term in terms.iter_mut().filter(|term| term.doc() == doc) {
            term.positions(&mut self.buffer);
            positions.extend_from_slice(&self.buffer);
        }
        positions.sort_unstable();
    }
}
