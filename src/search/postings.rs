//! The places of one word, or of any of several words, article by article.

use std::sync::Arc;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED};

/// A term that fits one place of a run.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// Says which articles have the word, and how often.
    pub(super) docs: Term,
    /// Says where; the same term or one of another field.
    pub(super) positions: Term,
    /// Whether the positions are those of a stem, which fits only where it is the printed form.
    pub(super) as_printed: bool,
}

impl Choice {
    /// Chooses a term that has positions itself.
    pub(super) fn plain(term: Term) -> Self {
        Self { docs: term.clone(), positions: term, as_printed: false }
    }

    /// Tells whether the term that says which articles have the word says where, too.
    fn is_plain(&self) -> bool {
        self.docs == self.positions
    }
}

/// What a reader of several words wants of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Frequencies,
    Positions,
}

/// The postings of the words that may stand at one place of a run.
pub(super) enum Slot {
    /// Exactly one word fits.
    One(Box<SegmentPostings>),
    /// A few words fit: a word has a term in each language of the archive.
    Few(Vec<SegmentPostings>),
    /// Any of several words fits.
    Any(Box<Union>),
}

impl Slot {
    /// Opens the postings of the words that fit; nothing where no article has one.
    ///
    /// `forms` marks the positions at which the printed form is not the stem.
    pub(super) fn open(
        segment: &SegmentReader,
        choices: &[Choice],
        forms: &Term,
    ) -> tantivy::Result<Option<Self>> {
        if let [only] = choices
            && !only.as_printed
        {
            let inverted = segment.inverted_index(only.positions.field())?;
            let postings = inverted.read_postings(&only.positions, WITH_POSITIONS)?;
            return Ok(postings.map(|it| Self::One(Box::new(it))));
        }
        if choices.len() <= FEW_MAX && choices.iter().all(|it| !it.as_printed && it.is_plain()) {
            let mut few = Vec::with_capacity(choices.len());
            for choice in choices {
                let inverted = segment.inverted_index(choice.positions.field())?;
                few.extend(inverted.read_postings(&choice.positions, WITH_POSITIONS)?);
            }
            return Ok(match few.len() {
                0 => None,
                1 => few.pop().map(|it| Self::One(Box::new(it))),
                _ => Some(Self::Few(few)),
            });
        }
        let union = Union::open(segment, choices, Wanted::Positions, Some(forms))?;
        Ok(union.map(|it| Self::Any(Box::new(it))))
    }

    pub(super) fn doc(&self) -> DocId {
        match self {
            Self::One(postings) => postings.doc(),
            Self::Few(few) => few.iter().map(DocSet::doc).min().unwrap_or(TERMINATED),
            Self::Any(union) => union.doc(),
        }
    }

    /// Goes to the first article from `target` on; stays where it is if that is there already.
    ///
    /// On a damaged disk a posting may have a number beyond [`TERMINATED`]. There it ends here:
    /// tantivy would look for such a target without end.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        let target = target.min(TERMINATED);
        let doc = match self {
            Self::One(postings) if postings.doc() < target => postings.seek(target),
            Self::One(postings) => postings.doc(),
            Self::Few(few) => {
                let seek = |it: &mut SegmentPostings| match it.doc() < target {
                    true => it.seek(target),
                    false => it.doc(),
                };
                few.iter_mut().map(seek).min().unwrap_or(TERMINATED)
            }
            Self::Any(union) => union.seek(target),
        };
        doc.min(TERMINATED)
    }

    /// Tells roughly how many articles there are.
    pub(super) fn size_hint(&self) -> u32 {
        match self {
            Self::One(postings) => postings.size_hint(),
            Self::Few(few) => few.iter().fold(0, |sum: u32, it| sum.saturating_add(it.size_hint())),
            Self::Any(union) => union.size_hint(),
        }
    }

    /// Reads the positions in the current article, in order: as often as they are indexed.
    pub(super) fn positions(&mut self, positions: &mut Vec<u32>) {
        match self {
            Self::One(postings) => postings.positions(positions),
            Self::Few(few) => {
                positions.clear();
                let doc = few.iter().map(DocSet::doc).min().unwrap_or(TERMINATED);
                let here = few.iter_mut().filter(|it| it.doc() == doc);
                here.for_each(|it| it.append_positions_with_offset(0, positions));
                positions.sort_unstable();
            }
            Self::Any(union) => union.positions(positions),
        }
    }
}

/// How many words are few: of more, each article would cost a look at each of them.
const FEW_MAX: usize = 8;

pub(super) const WITH_POSITIONS: IndexRecordOption = IndexRecordOption::WithFreqsAndPositions;

/// How many articles are read ahead at once.
const WINDOW: u32 = 4096;

/// Several postings read as one.
///
/// The postings are read window by window of articles, each from its beginning to its end, and
/// what they hold is put in the order of the articles by counting: a thousand words cost little
/// more than their postings. Positions are read by a second reader for each word, opened when the
/// first are asked for, because few articles that have a word are looked at so closely.
pub(super) struct Union {
    members: Vec<Member>,
    /// The members that are not at their end.
    alive: Vec<usize>,
    /// The article that the window begins with.
    window_start: DocId,
    /// What the window holds, article by article.
    window: Vec<Entry>,
    /// The entries of the current article.
    here: std::ops::Range<usize>,
    doc: DocId,
    size_hint: u32,
    /// The positions at which the printed form is not the stem.
    forms: Option<SegmentPostings>,
    counts: Vec<u32>,
    unordered: Vec<Entry>,
    form_positions: Vec<u32>,
}

/// A word of a union.
struct Member {
    docs: SegmentPostings,
    positions: Option<SegmentPostings>,
    term: Option<(Arc<InvertedIndexReader>, TermInfo)>,
    as_printed: bool,
}

/// An article of the window that has a word.
#[derive(Clone, Copy, Default)]
struct Entry {
    /// The article, counted from the start of the window.
    offset: u32,
    member: u32,
    frequency: u32,
}

impl Union {
    /// Opens the postings of some words; nothing where no article has one.
    pub(super) fn open(
        segment: &SegmentReader,
        choices: &[Choice],
        wanted: Wanted,
        forms: Option<&Term>,
    ) -> tantivy::Result<Option<Self>> {
        let option = match wanted {
            Wanted::Frequencies => IndexRecordOption::WithFreqs,
            Wanted::Positions => IndexRecordOption::Basic,
        };
        let mut members = Vec::with_capacity(choices.len());
        for choice in choices {
            let inverted = segment.inverted_index(choice.docs.field())?;
            let Some(docs) = inverted.read_postings(&choice.docs, option)? else {
                continue;
            };
            let term = match wanted {
                Wanted::Frequencies => None,
                Wanted::Positions => {
                    let inverted = segment.inverted_index(choice.positions.field())?;
                    inverted.get_term_info(&choice.positions)?.map(|info| (inverted, info))
                }
            };
            members.push(Member { docs, positions: None, term, as_printed: choice.as_printed });
        }
        if members.is_empty() {
            return Ok(None);
        }
        let forms = match forms.filter(|_| members.iter().any(|it| it.as_printed)) {
            Some(term) => {
                segment.inverted_index(term.field())?.read_postings(term, WITH_POSITIONS)?
            }
            None => None,
        };
        let sum = |sum: u32, it: &Member| sum.saturating_add(it.docs.size_hint());
        let mut union = Self {
            alive: (0..members.len()).collect(),
            size_hint: members.iter().fold(0, sum).min(segment.max_doc()),
            members,
            window_start: 0,
            window: Vec::new(),
            here: 0..0,
            doc: 0,
            forms,
            counts: vec![0; WINDOW as usize + 1],
            unordered: Vec::new(),
            form_positions: Vec::new(),
        };
        union.fill(0);
        Ok(Some(union))
    }

    pub(super) fn doc(&self) -> DocId {
        self.doc
    }

    pub(super) fn size_hint(&self) -> u32 {
        self.size_hint
    }

    pub(super) fn advance(&mut self) -> DocId {
        self.seek(self.doc.saturating_add(1))
    }

    /// Goes to the first article from `target` on; stays where it is if that is there already.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target || self.doc == TERMINATED {
            return self.doc;
        }
        if target - self.window_start >= WINDOW {
            self.fill(target);
            return self.doc;
        }
        let offset = target - self.window_start;
        let rest = &self.window[self.here.end..];
        let start = self.here.end + rest.iter().take_while(|it| it.offset < offset).count();
        if start < self.window.len() {
            self.settle(start);
        } else {
            self.fill(self.window_start + WINDOW);
        }
        self.doc
    }

    /// Makes the article whose first entry is at `start` the current one.
    fn settle(&mut self, start: usize) {
        let offset = self.window[start].offset;
        let n = self.window[start..].iter().take_while(|it| it.offset == offset).count();
        self.here = start..start + n;
        self.doc = self.window_start + offset;
    }

    /// Reads the window of the first article from `target` on.
    fn fill(&mut self, target: DocId) {
        let target = target.min(TERMINATED);
        let members = &mut self.members;
        let mut first = TERMINATED;
        self.alive.retain(|idx| {
            let docs = &mut members[*idx].docs;
            let doc = if docs.doc() < target { docs.seek(target) } else { docs.doc() };
            first = first.min(doc);
            doc != TERMINATED
        });
        self.window.clear();
        self.here = 0..0;
        self.doc = first;
        if first == TERMINATED {
            return;
        }
        self.window_start = first;
        let end = first.saturating_add(WINDOW);
        self.unordered.clear();
        self.counts.fill(0);
        for idx in &self.alive {
            let docs = &mut members[*idx].docs;
            let mut doc = docs.doc();
            while doc < end {
                let offset = doc - first;
                let (member, frequency) = (*idx as u32, docs.term_freq());
                self.unordered.push(Entry { offset, member, frequency });
                self.counts[offset as usize + 1] += 1;
                doc = docs.advance();
            }
        }
        // Counting sort: from how many entries each article has to where they begin.
        for idx in 1..self.counts.len() {
            self.counts[idx] += self.counts[idx - 1];
        }
        self.window.resize(self.unordered.len(), Entry::default());
        for entry in &self.unordered {
            let at = &mut self.counts[entry.offset as usize];
            self.window[*at as usize] = *entry;
            *at += 1;
        }
        self.settle(0);
    }

    /// Counts the occurrences in the current article.
    pub(super) fn frequency(&self) -> u32 {
        self.window[self.here.clone()].iter().map(|it| it.frequency).sum()
    }

    /// Reads the positions in the current article, in order.
    fn positions(&mut self, positions: &mut Vec<u32>) {
        positions.clear();
        let mut n_stems = 0;
        // The stems first: they alone must be the printed forms.
        for as_printed in [true, false] {
            for entry in &self.window[self.here.clone()] {
                let member = &mut self.members[entry.member as usize];
                if member.as_printed == as_printed
                    && let Some(postings) = member.positions()
                {
                    let doc = postings.doc();
                    let doc = if doc < self.doc { postings.seek(self.doc) } else { doc };
                    if doc == self.doc {
                        postings.append_positions_with_offset(0, positions);
                    }
                }
            }
            if as_printed {
                n_stems = positions.len();
            }
        }
        if n_stems > 0 && self.read_forms() {
            let mut idx = 0;
            positions.retain(|position| {
                idx += 1;
                idx > n_stems || self.form_positions.binary_search(position).is_err()
            });
        }
        positions.sort_unstable();
    }

    /// Reads where the printed form is not the stem in the current article, if anywhere.
    fn read_forms(&mut self) -> bool {
        let Some(forms) = &mut self.forms else {
            return false;
        };
        if forms.doc() < self.doc {
            forms.seek(self.doc);
        }
        if forms.doc() != self.doc {
            return false;
        }
        forms.positions(&mut self.form_positions);
        true
    }
}

impl Member {
    /// Returns the reader of positions; it is opened once.
    fn positions(&mut self) -> Option<&mut SegmentPostings> {
        if let Some((inverted, info)) = self.term.take() {
            // What cannot be read is not there: reading the article will tell the damage.
            self.positions = inverted.read_postings_from_terminfo(&info, WITH_POSITIONS).ok();
        }
        self.positions.as_mut()
    }
}
