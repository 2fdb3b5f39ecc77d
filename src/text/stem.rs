//! The stems of English words.

use std::ops::Range;

use frostem::Algorithm;
use rustc_hash::FxHashMap;

/// Takes folded words to their stems, and remembers the ones it has seen.
///
/// By Snowball's English algorithm (Porter 2); [`Stems`](super::Stems) knows the other languages. Words with a digit or a letter
/// outside ASCII are their own stems, and so are words of one or two letters. The memory is
/// bounded: past 100,000 words it starts anew.
pub struct Stemmer {
    algorithm: frostem::Stemmer,
    /// The stems one after the other.
    stems: String,
    /// The words of up to 16 bytes, packed, and where their stems stand. Nearly all words are, and
    /// comparing two packed ones is one comparison of numbers.
    short: FxHashMap<u128, Range<u32>>,
    long: FxHashMap<Box<str>, Range<u32>>,
}

/// How many words a [`Stemmer`] remembers; about 10 MB.
const WORDS_MAX: usize = 100_000;

impl Default for Stemmer {
    fn default() -> Self {
        let algorithm = frostem::Stemmer::new(Algorithm::English);
        let (short, long) = (FxHashMap::default(), FxHashMap::default());
        Self { algorithm, stems: String::new(), short, long }
    }
}

impl Stemmer {
    /// Returns the stem of a folded word.
    pub fn stem<'a>(&'a mut self, word: &'a str) -> &'a str {
        if word.len() < 3 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return word;
        }
        let packed = pack(word);
        let known = match packed {
            Some(packed) => self.short.get(&packed),
            None => self.long.get(word),
        };
        let place = match known {
            Some(place) => place.clone(),
            None => self.remember(word, packed),
        };
        &self.stems[place.start as usize..place.end as usize]
    }

    fn remember(&mut self, word: &str, packed: Option<u128>) -> Range<u32> {
        if self.short.len() + self.long.len() >= WORDS_MAX {
            self.short.clear();
            self.long.clear();
            self.stems.clear();
        }
        let start = self.stems.len() as u32;
        self.stems.push_str(self.algorithm.stem(word).as_ref());
        let place = start..self.stems.len() as u32;
        match packed {
            Some(packed) => self.short.insert(packed, place.clone()),
            None => self.long.insert(word.into(), place.clone()),
        };
        place
    }
}

/// Packs a word of up to 16 bytes into a number; no two words give the same.
fn pack(word: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    Some(u128::from_le_bytes(bytes))
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
        assert_eq!(stemmer.stem("institutionalization"), "institution");
        assert_eq!(stemmer.stem("institutionalizations"), "institution");
        assert_eq!(stemmer.stem("us"), "us");
        assert_eq!(stemmer.stem("g20"), "g20");
    }
}
