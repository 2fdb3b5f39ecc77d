//! The word types that were met, each looked at once.

use rustc_hash::FxHashMap;

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
    /// Makes a vocabulary that knows only the edges of sentences, with room for so many types.
    pub(super) fn with_capacity(n_types: usize) -> Self {
        let mut types = Vec::with_capacity(n_types);
        types.extend([WordType::before(), WordType::behind()]);
        let mut class_of = Vec::with_capacity(n_types);
        class_of.extend([0; 2]);
        let (numbers, classes) = (FxHashMap::default(), FxHashMap::default());
        Self { numbers, classes, types, class_of }
    }

    /// Returns the number of a word, whose hash is that of [`super::hash_of`]; calls `met` with its type where it
    /// is new.
    #[inline]
    pub(super) fn number(
        &mut self,
        (word, hash): (&str, u64),
        lexicon: &Lexicon,
        met: impl FnOnce(&WordType, &Letters),
    ) -> u32 {
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
