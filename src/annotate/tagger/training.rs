//! From labelled documents to a model.

use std::panic::resume_unwind;
use std::thread;

use super::super::bio;
use super::super::label::Label;
use super::super::sense::without_titles;
use super::copies::copies;
use super::crf::{Chance, Example, Field};
use super::document::{Document, Tally, manner_of, neighbour, visit_windows};
use super::features::{
    REACH, Rows, WINDOW, joint_rows, left_pair_rows, own_rows, right_pair_rows, standing_rows,
};
use super::hash::hash_of;
use super::lexicon::Lexicon;
use super::model::{Average, Model};
use super::vocabulary::{BEFORE, Vocabulary};

/// How many fields learn, each with a chance of its own, before all are averaged.
const N_FIELDS: u64 = 8;

/// How often each field sees all sentences.
const EPOCHS: usize = 6;

/// From this epoch on the weights are averaged.
const AVERAGED_FROM: usize = EPOCHS / 2;

/// Of the features of a word, so many in 2^32 are left out in each step: 45 of 100.
const LEFT_OUT: u64 = (0.45 * 4_294_967_296.0) as u64;

/// The longest sentence that is learnt from, in words: longer ones are tables and lists.
const SENTENCE_WORDS_MAX: usize = 400;

/// Where the order of the sentences and the choice of features begin.
const SEED: u64 = 88_172_645_463_325_252;

/// How large a model is by default: 2 to this many rows, of 8 bytes each.
pub const ROW_BITS: u32 = 19;

/// The sizes that a model may have.
pub const ROW_BITS_RANGE: std::ops::RangeInclusive<u32> = 10..=22;

/// Learns from labelled documents.
///
/// Titles are taken out of the names first. Each field learns in an order of its own and on one
/// thread, and they are averaged by number: the same documents and lexicon give the same model, bit
/// by bit, whatever the number of threads. Half a million words take some 30 s of CPU and 500 MB.
pub fn train(documents: &[bio::Document<'_>], lexicon: Lexicon, row_bits: u32) -> Model {
    let bits = row_bits.clamp(*ROW_BITS_RANGE.start(), *ROW_BITS_RANGE.end());
    let rows = Rows { bits };
    let examples = Examples::new(rows, &lexicon).of(documents);
    let mut average = Average::new(rows.n());
    let n_threads = thread::available_parallelism().map_or(1, usize::from);
    let fields: Vec<u64> = (0..N_FIELDS).collect();
    for together in fields.chunks(n_threads) {
        let learnt = thread::scope(|scope| {
            let learning = together.iter().map(|&field| {
                let examples = &examples;
                scope.spawn(move || learn_field(examples, rows, field))
            });
            // All are started before the first is waited for.
            let learning: Vec<_> = learning.collect();
            let learnt = learning.into_iter().map(thread::ScopedJoinHandle::join);
            learnt.map(|it| it.unwrap_or_else(|fault| resume_unwind(fault))).collect::<Vec<_>>()
        });
        learnt.iter().for_each(|it| average.add_average(it));
    }
    Model::of(&average, rows, lexicon)
}

/// Returns the weights of one field, averaged over the later epochs.
fn learn_field(examples: &[Example], rows: Rows, number: u64) -> Average {
    let mut average = Average::new(rows.n());
    let mut field = Field::new(rows.n());
    let mut order: Vec<usize> = (0..examples.len()).collect();
    // The seeds of xorshift must not be 0; these differ in many bits.
    let mut chance = Chance(SEED ^ (number << 32));
    for epoch in 0..EPOCHS {
        shuffle(&mut order, &mut chance);
        for &idx in &order {
            field.learn(&examples[idx], LEFT_OUT, &mut chance);
        }
        if epoch >= AVERAGED_FROM {
            average.add(&field);
        }
    }
    average
}

/// Puts sentences in an order of chance (Fisher and Yates).
fn shuffle(order: &mut [usize], chance: &mut Chance) {
    for idx in (1..order.len()).rev() {
        order.swap(idx, (chance.draw() % (idx as u64 + 1)) as usize);
    }
}

/// Makes examples of documents.
struct Examples<'a> {
    rows: Rows,
    lexicon: &'a Lexicon,
    vocabulary: Vocabulary,
    /// For each word type, the rows of its own features at each place.
    own: Vec<[Vec<u32>; WINDOW]>,
    tally: Tally,
}

impl<'a> Examples<'a> {
    fn new(rows: Rows, lexicon: &'a Lexicon) -> Self {
        let vocabulary = Vocabulary::with_capacity(0);
        let edges = (0..vocabulary.n_types() as u32).map(|number| {
            let word = vocabulary.get(number);
            let letters = super::spelling::Letters::default();
            std::array::from_fn(|place| {
                let mut own = Vec::new();
                own_rows(rows, word, &letters, place, &mut |row| own.push(row));
                own
            })
        });
        let own = edges.collect();
        Self { rows, lexicon, vocabulary, own, tally: Tally::default() }
    }

    fn of(mut self, documents: &[bio::Document<'_>]) -> Vec<Example> {
        let mut examples = Vec::new();
        let mut number = 0;
        for read in documents {
            let mut document = Document::default();
            for sentence in &read.sentences {
                document.words.extend(sentence.words.iter().map(|word| self.number(word)));
                document.ends.push(document.words.len());
            }
            self.tally.count(&document, &self.vocabulary);
            for ((_, words), sentence) in document.sentences().zip(&read.sentences) {
                if words.len() <= SENTENCE_WORDS_MAX {
                    let labels = without_titles(&sentence.words, &sentence.labels);
                    number += 1;
                    for copy in copies(&sentence.words, &labels, number) {
                        let words: Vec<u32> = copy.words.iter().map(|it| self.number(it)).collect();
                        self.tally.grow(&self.vocabulary);
                        examples.push(self.example(&words, copy.labels));
                    }
                    examples.push(self.example(words, labels));
                }
            }
        }
        examples
    }

    fn number(&mut self, word: &str) -> u32 {
        let (rows, own) = (self.rows, &mut self.own);
        self.vocabulary.number((word, hash_of(word)), self.lexicon, |word, letters| {
            own.push(std::array::from_fn(|place| {
                let mut rows_of_place = Vec::new();
                own_rows(rows, word, letters, place, &mut |row| rows_of_place.push(row));
                rows_of_place
            }));
        })
    }

    fn example(&self, words: &[u32], labels: Vec<Label>) -> Example {
        let mut example = Example { labels, ..Example::default() };
        let mut phrases = Vec::new();
        let tally = &self.tally;
        let all = |_| true;
        visit_windows(
            (words, manner_of(words, &self.vocabulary)),
            &self.vocabulary,
            self.lexicon,
            tally,
            &mut phrases,
            all,
            |idx, window| {
                let rows = &mut example.rows;
                let mut put = |row| rows.push(row);
                let [_, before, word, behind, _] = window.words;
                joint_rows(self.rows, window, &mut put);
                standing_rows(self.rows, word, window.stand, &mut put);
                left_pair_rows(self.rows, before, word, &mut put);
                right_pair_rows(self.rows, word, behind, &mut put);
                for place in 0..WINDOW {
                    let number = at(words, idx, place);
                    rows.extend(&self.own[number as usize][place]);
                }
                example.ends.push(rows.len() as u32);
            },
        );
        example
    }
}

/// Returns the word that stands at a place of the window around a word.
#[inline]
pub(super) fn at(words: &[u32], idx: usize, place: usize) -> u32 {
    match (idx + place).checked_sub(REACH) {
        Some(idx) => neighbour(words, idx),
        None => BEFORE,
    }
}
