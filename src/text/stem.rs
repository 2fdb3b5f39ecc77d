//! Stems.

use std::ops::Range;

use frostem::Algorithm;
use rustc_hash::FxHashMap;

/// Takes folded words to their stems, and remembers the ones it has seen.
///
/// English for now: Snowball's English algorithm (Porter 2). Words with a digit or a letter
/// outside ASCII are their own stems, and so are words of one or two letters. The memory is
/// bounded: past [`WORDS_MAX`] words it starts anew.
pub struct Stemmer {
    algorithm: frostem::Stemmer,
    /// The stems one after the other.
    stems: String,
    /// Each word, and where its stem stands.
    places: FxHashMap<Box<str>, Range<usize>>,
}

/// How many words a [`Stemmer`] remembers; about 10 MB.
const WORDS_MAX: usize = 100_000;

impl Default for Stemmer {
    fn default() -> Self {
        let algorithm = frostem::Stemmer::new(Algorithm::English);
        Self { algorithm, stems: String::new(), places: FxHashMap::default() }
    }
}

impl Stemmer {
    /// Returns the stem of a folded word.
    pub fn stem<'a>(&'a mut self, word: &'a str) -> &'a str {
        if word.len() < 3 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return word;
        }
        let place = match self.places.get(word) {
            Some(place) => place.clone(),
            None => self.remember(word),
        };
        &self.stems[place]
    }

    fn remember(&mut self, word: &str) -> Range<usize> {
        if self.places.len() >= WORDS_MAX {
            self.places.clear();
            self.stems.clear();
        }
        let start = self.stems.len();
        self.stems.push_str(self.algorithm.stem(word).as_ref());
        let place = start..self.stems.len();
        self.places.insert(word.into(), place.clone());
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        let mut stemmer = Stemmer::default();
        for form in ["guarantee", "guarantees", "guaranteed", "guaranteeing"] {
            assert_eq!(stemmer.stem(form), "guarante");
        }
        assert_eq!(stemmer.stem("us"), "us");
        assert_eq!(stemmer.stem("g20"), "g20");
    }
}
