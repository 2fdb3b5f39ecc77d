//! The stems of English words.

use frostem::Algorithm;
use rustc_hash::FxHashMap;

/// Takes folded words to their stems, and remembers the ones it has seen.
///
/// By Snowball's English algorithm (Porter 2); [`Stems`](super::Stems) knows the other languages. Words with a digit or a letter
/// outside ASCII are their own stems, and so are words of one or two letters. The memory is
/// bounded: past 100,000 words it starts anew.
pub struct Stemmer {
    algorithm: frostem::Stemmer,
    /// The stems one after the other that their words do not begin with.
    stems: String,
    /// The words of up to 8 and of up to 16 bytes, packed, and where their stems stand. Nearly all
    /// words are, and comparing two packed ones is one comparison of numbers.
    short: FxHashMap<u64, Place>,
    middle: FxHashMap<u128, Place>,
    long: FxHashMap<Box<str>, Place>,
}

/// Where the stem of a word stands.
#[derive(Clone, Copy)]
struct Place {
    /// Its first byte among the stems, or [`IN_WORD`].
    start: u32,
    n_bytes: u32,
}

/// The word begins with its stem, as most do: nothing else need be looked at.
const IN_WORD: u32 = u32::MAX;

impl Place {
    fn of<'a>(self, word: &'a str, stems: &'a str) -> &'a str {
        let n_bytes = self.n_bytes as usize;
        match self.start {
            IN_WORD => &word[..n_bytes],
            start => &stems[start as usize..start as usize + n_bytes],
        }
    }
}

/// How many words a [`Stemmer`] remembers; about 10 MB.
const WORDS_MAX: usize = 100_000;

impl Default for Stemmer {
    fn default() -> Self {
        let algorithm = frostem::Stemmer::new(Algorithm::English);
        Self {
            algorithm,
            stems: String::new(),
            short: FxHashMap::default(),
            middle: FxHashMap::default(),
            long: FxHashMap::default(),
        }
    }
}

impl Stemmer {
    /// Returns the stem of a folded word.
    pub fn stem<'a>(&'a mut self, word: &'a str) -> &'a str {
        if word.len() < 3 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return word;
        }
        let known = if let Some(packed) = pack(word) {
            self.short.get(&u64::from_le_bytes(packed))
        } else if let Some(packed) = pack(word) {
            self.middle.get(&u128::from_le_bytes(packed))
        } else {
            self.long.get(word)
        };
        let place = match known {
            Some(place) => *place,
            None => self.remember(word),
        };
        place.of(word, &self.stems)
    }

    fn remember(&mut self, word: &str) -> Place {
        if self.short.len() + self.middle.len() + self.long.len() >= WORDS_MAX {
            self.short.clear();
            self.middle.clear();
            self.long.clear();
            self.stems.clear();
        }
        let stem = self.algorithm.stem(word);
        let n_bytes = stem.len() as u32;
        let start = match word.starts_with(stem.as_ref()) {
            true => IN_WORD,
            false => self.stems.len() as u32,
        };
        if start != IN_WORD {
            self.stems.push_str(&stem);
        }
        let place = Place { start, n_bytes };
        if let Some(packed) = pack(word) {
            self.short.insert(u64::from_le_bytes(packed), place);
        } else if let Some(packed) = pack(word) {
            self.middle.insert(u128::from_le_bytes(packed), place);
        } else {
            self.long.insert(word.into(), place);
        }
        place
    }
}

/// Packs a word that is not longer than `N` bytes; no two words give the same.
fn pack<const N: usize>(word: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    Some(bytes)
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
