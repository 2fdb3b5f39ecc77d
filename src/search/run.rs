//! Where words in a row stand, article by article.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::Term;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED};

use crate::article::MentionKind;
use crate::index::{Fields, MARK_KINDS};
use crate::matcher::places::{Extent, zone};
use crate::query::{Casing, Place};

use super::postings::{Choice, Slot, WITH_POSITIONS};

/// A run of words, ready to be looked up.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// For each place of the run the words that fit; nothing where any does.
    pub(super) slots: Vec<Option<Vec<Choice>>>,
    pub(super) place: Place,
    pub(super) casing: Casing,
}

/// Reads where a run of words stands.
pub(super) struct RunReader {
    /// Nothing where any word fits.
    slots: Vec<Option<Slot>>,
    /// The slots that there are, the rarest first.
    order: Vec<usize>,
    place: Place,
    casing: Casing,
    starts: Vec<u32>,
    positions: Vec<u32>,
}

impl RunReader {
    /// Opens a run; nothing where a word of it stands in no article of the segment.
    pub(super) fn open(
        segment: &SegmentReader,
        run: &Run,
        forms: &Term,
    ) -> tantivy::Result<Option<Self>> {
        let mut slots = Vec::with_capacity(run.slots.len());
        for choices in &run.slots {
            slots.push(match choices {
                None => None,
                Some(choices) => match Slot::open(segment, choices, forms)? {
                    None => return Ok(None),
                    some => some,
                },
            });
        }
        let mut order: Vec<usize> = (0..slots.len()).filter(|idx| slots[*idx].is_some()).collect();
        order.sort_by_key(|idx| slots[*idx].as_ref().map_or(0, Slot::size_hint));
        let (starts, positions) = (Vec::new(), Vec::new());
        let (place, casing) = (run.place, run.casing);
        Ok(Some(Self { slots, order, place, casing, starts, positions }))
    }

    pub(super) fn size_hint(&self) -> u32 {
        let rarest = self.order.first().and_then(|idx| self.slots[*idx].as_ref());
        rarest.map_or(0, Slot::size_hint)
    }

    /// Goes to the first article from `target` on that has all the words.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        first_shared(target, |mut furthest| {
            for idx in &self.order {
                if let Some(slot) = &mut self.slots[*idx] {
                    furthest = furthest.max(slot.seek(furthest));
                }
            }
            furthest
        })
    }

    /// Tells whether the run is at an article; it is not moved beyond it.
    pub(super) fn is_at(&self, doc: DocId) -> bool {
        self.slots.iter().flatten().all(|slot| slot.doc() == doc)
    }

    /// Adds the places of the run in the current article, in order; those of a name in a field of names
    /// as often as it is mentioned.
    pub(super) fn extents(&mut self, doc: DocId, text: &mut Text, extents: &mut Vec<Extent>) {
        let Some((Some(first), rest)) = self.slots.split_first_mut() else {
            return;
        };
        let last = rest.len() as u32;
        first.positions(&mut self.starts);
        // The words of a headline are indexed twice, a name as often as it is mentioned: that counts.
        if self.place.is_text() {
            self.starts.dedup();
        }
        // Only a lead needs its paragraphs, and reading them costs.
        let is_lead = self.place == Place::Lead;
        let (least, end) = zone(self.place, if is_lead { text.paragraphs.at(doc) } else { &[] });
        self.starts.retain(|start| least <= *start && start.saturating_add(last) < end);
        let printed: Option<&[u32]> = match self.casing {
            Casing::Any => None,
            Casing::Capitalized => Some(text.capitals.at(doc)),
            Casing::AllCaps => Some(text.all_caps.at(doc)),
            Casing::Name(kind) => Some(text.names_of(kind).at(doc)),
            Casing::Unnamed => Some(text.unnamed(doc)),
        };
        let fits = |position: u32| printed.is_none_or(|it| it.binary_search(&position).is_ok());
        self.starts.retain(|start| fits(*start));
        for (distance, slot) in (1..).zip(rest) {
            if self.starts.is_empty() {
                return;
            }
            if let Some(slot) = slot {
                slot.positions(&mut self.positions);
                self.positions.retain(|position| fits(*position));
                retain_followed(&mut self.starts, &self.positions, distance);
            }
        }
        // Only a text has paragraphs.
        if last > 0 && !self.starts.is_empty() && self.place.is_text() {
            let borders = text.paragraphs.at(doc);
            self.starts.retain(|start| {
                let next = borders.partition_point(|border| border <= start);
                borders.get(next).is_none_or(|border| *border > start + last)
            });
        }
        extents.extend(self.starts.iter().map(|start| Extent::new(*start, start + last)));
    }
}

/// Returns the first article from `target` on at which all of several stand.
///
/// `seek` takes one after the other to the article where the one before stands, and returns the
/// furthest.
pub(super) fn first_shared(target: DocId, mut seek: impl FnMut(DocId) -> DocId) -> DocId {
    let mut target = target;
    loop {
        let furthest = seek(target);
        if furthest == target || furthest == TERMINATED {
            return furthest;
        }
        target = furthest;
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

/// Reads how a text is divided and printed.
pub(super) struct Text {
    pub(super) sentences: Marks,
    pub(super) paragraphs: Marks,
    pub(super) capitals: Marks,
    pub(super) all_caps: Marks,
    /// The words of names, in the order of [`MARK_KINDS`].
    pub(super) names: [Marks; MARK_KINDS.len()],
    /// The words with capitals that belong to no name, of the article that was asked for last.
    pub(super) unnamed: Vec<u32>,
    /// The position of the body's first word; 0 in a field, which has no headline.
    pub(super) body: u32,
}

impl Text {
    fn names_of(&mut self, kind: MentionKind) -> &mut Marks {
        let idx = MARK_KINDS.iter().position(|it| it.0 == kind).unwrap_or_default();
        &mut self.names[idx]
    }

    /// Returns the positions of the words that have a capital and belong to no name.
    fn unnamed(&mut self, doc: DocId) -> &[u32] {
        self.unnamed.clear();
        self.unnamed.extend_from_slice(self.capitals.at(doc));
        for names in &mut self.names {
            let named = names.at(doc);
            self.unnamed.retain(|it| named.binary_search(it).is_err());
        }
        &self.unnamed
    }
}

/// The positions of a mark, read when they are first asked for in an article.
pub(super) struct Marks {
    postings: Option<SegmentPostings>,
    doc: DocId,
    positions: Vec<u32>,
}

impl Marks {
    pub(super) fn open(
        segment: &SegmentReader,
        fields: Fields,
        mark: &str,
        is_needed: bool,
    ) -> tantivy::Result<Self> {
        let term = Term::from_field_text(fields.marks, mark);
        let postings = match is_needed {
            true => segment.inverted_index(fields.marks)?.read_postings(&term, WITH_POSITIONS)?,
            false => None,
        };
        Ok(Self { postings, doc: TERMINATED, positions: Vec::new() })
    }

    /// Returns the positions in an article; articles are asked for in order.
    pub(super) fn at(&mut self, doc: DocId) -> &[u32] {
        if self.doc != doc {
            self.doc = doc;
            self.positions.clear();
            if let Some(postings) = &mut self.postings {
                if postings.doc() < doc {
                    postings.seek(doc);
                }
                if postings.doc() == doc {
                    postings.positions(&mut self.positions);
                }
            }
        }
        &self.positions
    }
}
