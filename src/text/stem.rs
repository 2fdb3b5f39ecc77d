//! Stems.

use std::collections::HashMap;

use frostem::Algorithm;

/// Takes folded words to their stems, and remembers the ones it has seen.
///
/// English for now: Snowball's English algorithm (Porter 2). Words with a digit or a letter
/// outside ASCII are their own stems, and so are words of one or two letters. The memory is
/// bounded: past [`WORDS_MAX`] words it starts anew.
pub struct Stemmer {
    algorithm: frostem::Stemmer,
    stems: HashMap<Box<str>, Box<str>>,
}

/// How many words a [`Stemmer`] remembers; about 10 MB.
const WORDS_MAX: usize = 100_000;

impl Default for Stemmer {
    fn default() -> Self {
        Self {
            algorithm: frostem::Stemmer::new(Algorithm::English),
            stems: HashMap::new(),
        }
    }
}

impl Stemmer {
    /// Returns the stem of a folded word.
    pub fn stem<'a>(&'a mut self, word: &'a str) -> &'a str {
        if word.len() < 3 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return word;
        }
        if self.stems.len() >= WORDS_MAX {
            self.stems.clear();
        }
        // Two look-ups instead of the entry API, which would need an owned key every time.
        if !self.stems.contains_key(word) {
            let stem = self.algorithm.stem(word).as_ref().into();
            self.stems.insert(word.into(), stem);
        }
        self.stems.get(word).map_or(word, |stem| stem)
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
