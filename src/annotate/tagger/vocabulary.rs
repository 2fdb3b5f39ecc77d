//! The word types that were met, each looked at once.

use rustc_hash::FxHashMap;

use super::hash::hash_of;
use super::lexicon::Lexicon;
use super::spelling::{Letters, WordType};

/// The number of what stands before a sentence.
pub(super) const BEFORE: u32 = 0;

/// The number of what stands behind a sentence.
pub(super) const BEHIND: u32 = 1;

/// Word types by number, and the number of each word.
///
/// Words are told apart by 64 bits of their hash.
#[derive(Debug)]
pub(super) struct Vocabulary {
    numbers: FxHashMap<u64, u32>,
    /// From the hash of small letters to the number of their class.
    classes: FxHashMap<u64, u32>,
    types: Vec<WordType>,
    /// The class of each type: words that differ only in capitals are of one.
    class_of: Vec<u32>,
}

impl Vocabulary {
    /// Makes a vocabulary that knows only the edges of sentences.
    pub(super) fn new() -> Self {
        Self {
            numbers: FxHashMap::default(),
            classes: FxHashMap::default(),
            types: vec![WordType::before(), WordType::behind()],
            class_of: vec![0, 0],
        }
    }

    /// Returns the number of a word; calls `met` with its type where it is new.
    #[inline]
    pub(super) fn number(
        &mut self,
        word: &str,
        lexicon: &Lexicon,
        met: impl FnOnce(&WordType, &Letters),
    ) -> u32 {
        let hash = hash_of(word);
        if let Some(&number) = self.numbers.get(&hash) {
            return number;
        }
        let (word_type, letters) = WordType::of(word, lexicon);
        met(&word_type, &letters);
        let number = self.types.len() as u32;
        // Class 0 is that of the edges.
        let next = self.classes.len() as u32 + 1;
        self.class_of.push(*self.classes.entry(word_type.lower).or_insert(next));
        self.types.push(word_type);
        self.numbers.insert(hash, number);
        number
    }

    /// Returns the type of a number.
    #[inline]
    pub(super) fn get(&self, number: u32) -> &WordType {
        &self.types[number as usize]
    }

    /// Returns the class of a number.
    #[inline]
    pub(super) fn class(&self, number: u32) -> u32 {
        self.class_of[number as usize]
    }

    /// Returns how many types there are.
    pub(super) fn n_types(&self) -> usize {
        self.types.len()
    }

    /// Returns the number that the next class will have.
    pub(super) fn n_classes(&self) -> usize {
        self.classes.len() + 1
    }
}
