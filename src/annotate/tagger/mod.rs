//! The tagger: a linear-chain conditional random field over hashed features.
//!
//! - [`Lexicon`] knows word clusters and lists of names, [`train`] makes a [`Model`] of it and of
//!   labelled documents, [`Tagger`] labels documents by a model, and [`Scores`] compares labels.
//!
//! What one word says of itself and of its neighbours is summed when the word is first met; so most
//! of the work of a word is done once, however often it occurs.

#![allow(clippy::needless_range_loop, reason = "labels are numbers, and index several tables")]

mod copies;
mod crf;
mod decoding;
mod document;
mod features;
mod file;
mod hash;
mod lexicon;
mod model;
mod pairs;
mod scores;
mod spelling;
mod table;
mod training;
mod vocabulary;

pub use lexicon::Lexicon;
pub use model::Model;
pub use scores::{Score, Scores};
pub use training::{ROW_BITS, ROW_BITS_RANGE, train};

pub(super) use hash::hash_of;
pub(super) use lexicon::lists;
pub(super) use model::COMMITTED;
pub(super) use spelling::in_usual_capitals;

use std::sync::Arc;

use super::bio;
use super::label::Label;
use super::sense::{Fact, Reading, settle};
use decoding::{Decoder, Ends};
use document::{Document, Tally, mark_name_parts, neighbour, visit_windows};
use features::{Manner, Phrase, REACH, Stand, WINDOW, joint_rows};
use model::{OwnSums, Steps, Sums};
use pairs::Pairs;
use vocabulary::{BEFORE, Vocabulary};

/// How many word types are kept from one document to the next.
const TYPES_KEPT_MAX: usize = 1 << 16;

/// Labels documents by a model.
///
/// It keeps the words that it met, and its room: one for each worker, the model shared.
#[derive(Debug)]
pub struct Tagger {
    model: Arc<Model>,
    steps: Steps,
    vocabulary: Vocabulary,
    /// For each word type, what it adds to the scores of the words around it.
    own: Vec<OwnSums>,
    pairs: Pairs,
    /// The hashes of the words of the document.
    hashes: Vec<u64>,
    document: Document,
    tally: Tally,
    phrases: Vec<Phrase>,
    /// For each word of a sentence, whether it can be part of a name.
    can_be: Vec<bool>,
    /// The scores of those that can, in order.
    scores: Vec<Sums>,
    /// The rows of what each says together with its neighbours, and where they end.
    rows: Vec<u32>,
    row_ends: Vec<usize>,
    decoder: Decoder,
    facts: Vec<Fact>,
    /// How often it forgot all words.
    n_forgotten: u32,
}

impl Tagger {
    /// Makes a tagger that has met no word.
    pub fn new(model: Arc<Model>) -> Self {
        let mut tagger = Self {
            steps: model.steps(),
            model,
            vocabulary: Vocabulary::with_capacity(0),
            own: Vec::new(),
            pairs: Pairs::new(),
            hashes: Vec::new(),
            document: Document::default(),
            tally: Tally::default(),
            phrases: Vec::new(),
            can_be: Vec::new(),
            scores: Vec::new(),
            rows: Vec::new(),
            row_ends: Vec::new(),
            decoder: Decoder::default(),
            facts: Vec::new(),
            n_forgotten: 0,
        };
        tagger.forget();
        tagger
    }

    /// Labels the words of a document, as an article is labelled: each sentence by the model, then
    /// all by the sense of the whole.
    pub fn label(&mut self, document: &bio::Document<'_>) -> Vec<Label> {
        let words: Vec<&str> =
            document.sentences.iter().flat_map(|it| it.words.iter().copied()).collect();
        let mut end = 0;
        let ends = document.sentences.iter().map(|it| {
            end += it.words.len();
            end
        });
        let ends: Vec<usize> = ends.collect();
        self.label_words(&words, &ends)
    }

    /// Labels words; `ends` tells where each sentence ends.
    pub(super) fn label_words(&mut self, words: &[&str], ends: &[usize]) -> Vec<Label> {
        self.read(words, ends);
        let mut labels = Vec::with_capacity(words.len());
        self.tally.count(&self.document, &self.vocabulary);
        let document = std::mem::take(&mut self.document);
        // A text without any capital has its names in small letters.
        let has_capitals = self.facts.iter().any(|it| it.is_capitalised);
        for (idx, (_, sentence)) in document.sentences().enumerate() {
            mark_name_parts(sentence, &self.vocabulary, &mut self.can_be);
            if !has_capitals {
                self.can_be.fill(true);
            }
            self.score(sentence, self.tally.manners()[idx]);
            self.decode(&mut labels);
        }
        self.document = document;
        let reading = Reading { words, facts: &self.facts, ends };
        settle(&reading, &mut labels);
        labels
    }

    /// Returns what the rules of sense know of the words that were labelled last.
    pub(super) fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// Returns the number of each word that was labelled last: words that differ only in capitals have
    /// the same.
    pub(super) fn classes(&self) -> impl Iterator<Item = u32> {
        self.document.words.iter().map(|number| self.vocabulary.class(*number))
    }

    /// Returns how often the tagger forgot the numbers of all words, and began anew.
    pub(super) fn n_forgotten(&self) -> u32 {
        self.n_forgotten
    }

    /// Takes the numbers of the words, and what the rules of sense need of each.
    fn read(&mut self, words: &[&str], ends: &[usize]) {
        if self.vocabulary.n_types() > TYPES_KEPT_MAX {
            self.forget();
        }
        self.document.clear();
        self.facts.clear();
        self.document.ends.extend_from_slice(ends);
        let Self { model, vocabulary, own, .. } = self;
        // In turns, so that the processor fetches what is known of many words at once: what one word
        // needs does not wait for another.
        self.hashes.clear();
        self.hashes.extend(words.iter().map(|word| hash_of(word)));
        let numbers = words.iter().zip(&self.hashes).map(|(word, hash)| {
            vocabulary.number((word, *hash), &model.lexicon, |word, letters| {
                own.push(model.own_sums(word, letters));
            })
        });
        self.document.words.extend(numbers);
        let facts = self.document.words.iter().map(|number| {
            let known = vocabulary.get(*number);
            Fact {
                cased: known.cased,
                lists: known.lists,
                is_capitalised: known.is_capitalised,
                is_shouted: known.is_shouted,
            }
        });
        self.facts.extend(facts);
    }

    /// Labels the words of a sentence that can be part of a name, each row of them for itself.
    fn decode(&mut self, labels: &mut Vec<Label>) {
        let Self { can_be, scores, steps, decoder, .. } = self;
        let mut scores = scores.as_slice();
        let mut start = 0;
        for row in can_be.chunk_by(|a, b| a == b) {
            let end = start + row.len();
            if row[0] {
                let ends = Ends { opens: start == 0, closes: end == can_be.len() };
                let (own, rest) = scores.split_at(row.len().min(scores.len()));
                decoder.decode(own, steps, ends, labels);
                scores = rest;
            } else {
                labels.resize(labels.len() + row.len(), Label::OUTSIDE);
            }
            start = end;
        }
    }

    /// Sums the weights of all features of each word of a sentence that can be part of a name.
    fn score(&mut self, sentence: &[u32], manner: Manner) {
        self.scores.clear();
        self.rows.clear();
        self.row_ends.clear();
        let Self { model, vocabulary, own, pairs, tally, phrases, can_be, .. } = self;
        let Self { scores, rows, row_ends, .. } = self;
        // What the last word that was visited adds to the one behind it.
        let mut of_pair = (usize::MAX, Sums::default());
        let wanted = |idx: usize| can_be[idx];
        visit_windows(
            (sentence, manner),
            vocabulary,
            &model.lexicon,
            tally,
            phrases,
            wanted,
            |idx, window| {
                let mut sums = of_pair.1;
                if of_pair.0 != idx {
                    let before = if idx == 0 { BEFORE } else { sentence[idx - 1] };
                    sums = pairs.get([before, sentence[idx]], model, vocabulary).right;
                }
                for place in 0..WINDOW {
                    let number = training::at(sentence, idx, place);
                    add(&mut sums, &own[number as usize].at_place[place]);
                }
                if window.stand == Stand::default() {
                    add(&mut sums, &own[sentence[idx] as usize].standing);
                } else {
                    add(&mut sums, &model.standing_sums(window.words[REACH], window.stand));
                }
                let pair = [sentence[idx], neighbour(sentence, idx + 1)];
                let pair = pairs.get(pair, model, vocabulary);
                add(&mut sums, &pair.left);
                of_pair = (idx + 1, pair.right);
                joint_rows(model.rows, window, &mut |row| rows.push(row));
                row_ends.push(rows.len());
                scores.push(sums);
            },
        );
        // Apart, so that the weights of many words, which are all over the table, are fetched at once.
        let mut start = 0;
        for (sums, end) in scores.iter_mut().zip(row_ends) {
            rows[start..*end].iter().for_each(|row| model.add(sums, *row));
            start = *end;
        }
    }

    /// Forgets all words but the edges of sentences.
    fn forget(&mut self) {
        self.n_forgotten = self.n_forgotten.wrapping_add(1);
        // The document that goes beyond what is kept may bring some more.
        let n_types = TYPES_KEPT_MAX + TYPES_KEPT_MAX / 8;
        self.vocabulary = Vocabulary::with_capacity(n_types);
        self.tally = Tally::default();
        self.pairs = Pairs::new();
        let edges = (0..self.vocabulary.n_types() as u32).map(|number| {
            self.model.own_sums(self.vocabulary.get(number), &spelling::Letters::default())
        });
        self.own = Vec::with_capacity(n_types);
        self.own.extend(edges);
    }
}

#[inline]
fn add(sums: &mut Sums, more: &Sums) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += more;
    }
}
