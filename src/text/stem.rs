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
    short: Shelf,
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
            short: Shelf::default(),
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
        let known = match packed(word) {
            Packed::Short(packed) => self.short.get(packed),
            Packed::Middle(packed) => self.middle.get(&packed).copied(),
            Packed::Long => self.long.get(word).copied(),
        };
        let place = match known {
            Some(place) => place,
            None => self.remember(word),
        };
        place.of(word, &self.stems)
    }

    fn remember(&mut self, word: &str) -> Place {
        if self.short.n_words + self.middle.len() + self.long.len() >= WORDS_MAX {
            self.short = Shelf::default();
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
        match packed(word) {
            Packed::Short(packed) => self.short.insert(packed, place),
            Packed::Middle(packed) => drop(self.middle.insert(packed, place)),
            Packed::Long => drop(self.long.insert(word.into(), place)),
        }
        place
    }
}

/// The places of short words, by the words as numbers: a table with open addressing, in which a word
/// is found where it is looked for first, or just behind.
///
/// Nearly every word of an archive is looked up here, and what a look-up waits for is memory: there is
/// one place to be fetched for each, where a map of the library has two.
#[derive(Default)]
struct Shelf {
    /// Words and their places; no word is 0. Their number is a power of two, or none.
    slots: Vec<(u64, Place)>,
    n_words: usize,
}

/// How many slots a shelf begins with.
const SLOTS_MIN: usize = 1 << 10;

impl Shelf {
    #[inline]
    fn get(&self, word: u64) -> Option<Place> {
        let slot = self.slots.get(self.slot(word)?)?;
        (slot.0 == word).then_some(slot.1)
    }

    /// Adds a word that is not there.
    fn insert(&mut self, word: u64, place: Place) {
        if (self.n_words + 1) * 3 > self.slots.len() * 2 {
            let n_slots = SLOTS_MIN.max(self.slots.len() * 2);
            let free = (0, Place { start: 0, n_bytes: 0 });
            let slots = std::mem::replace(&mut self.slots, vec![free; n_slots]);
            for known in slots.into_iter().filter(|it| it.0 != 0) {
                self.put(known);
            }
        }
        self.put((word, place));
        self.n_words += 1;
    }

    fn put(&mut self, known: (u64, Place)) {
        if let Some(slot) = self.slot(known.0) {
            self.slots[slot] = known;
        }
    }

    /// Returns the slot of a word, or the free one where it would go: there is one always.
    #[inline]
    fn slot(&self, word: u64) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        // The upper half of the product depends on all letters (Knuth, TAOCP 3, 6.4).
        let mut slot = (word.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & mask;
        while self.slots[slot].0 != word && self.slots[slot].0 != 0 {
            slot = (slot + 1) & mask;
        }
        Some(slot)
    }
}

/// A word as a number, by its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packed {
    /// Of 3 to 8 bytes.
    Short(u64),
    /// Of up to 16 bytes.
    Middle(u128),
    /// Of more, which are not packed.
    Long,
}

/// Packs a word of three bytes or more without a zero: no two words give the same.
///
/// A number is put together of the first and the last bytes, which may be the same ones; that is a
/// step or two, where copying so many bytes as there are is a call.
#[inline]
fn packed(word: &str) -> Packed {
    let bytes = word.as_bytes();
    let shift = |n_bytes: usize| 8 * (bytes.len() - n_bytes) as u32;
    match bytes {
        &[a, b, c] => Packed::Short(u64::from(u32::from_le_bytes([a, b, c, 0]))),
        _ if bytes.len() <= 8 => {
            let ends = bytes.first_chunk().zip(bytes.last_chunk());
            let [first, last] = ends.map_or([0; 2], |(first, last)| {
                [first, last].map(|it| u64::from(u32::from_le_bytes(*it)))
            });
            Packed::Short(first | last << shift(4))
        }
        _ if bytes.len() <= 16 => {
            let ends = bytes.first_chunk().zip(bytes.last_chunk());
            let [first, last] = ends.map_or([0; 2], |(first, last)| {
                [first, last].map(|it| u128::from(u64::from_le_bytes(*it)))
            });
            Packed::Middle(first | last << shift(8))
        }
        _ => Packed::Long,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shelf_holds_what_a_map_holds() {
        let (mut shelf, mut map) = (Shelf::default(), FxHashMap::default());
        assert!(shelf.get(1).is_none());
        for n in 0..5_000_u32 {
            let word = u64::from(n % 3_000 + 1) << (n % 5 * 8);
            if map.insert(word, n).is_none() {
                shelf.insert(word, Place { start: n, n_bytes: 3 });
            } else {
                map.insert(word, shelf.get(word).unwrap().start);
            }
        }
        assert_eq!(shelf.n_words, map.len());
        for word in (0..3_100).flat_map(|n| (0..5).map(move |place| n << (place * 8))) {
            let found = shelf.get(word).filter(|_| word > 0).map(|it| it.start);
            assert_eq!(found, map.get(&word).copied(), "{word}");
        }
    }

    #[test]
    fn a_packed_word_is_its_bytes() {
        for n_bytes in 3..=16 {
            let word = &"abcdefghijklmnop"[..n_bytes];
            let mut bytes = [0; 16];
            bytes[..n_bytes].copy_from_slice(word.as_bytes());
            let number = u128::from_le_bytes(bytes);
            let want = match n_bytes {
                ..=8 => Packed::Short(number as u64),
                _ => Packed::Middle(number),
            };
            assert_eq!(packed(word), want, "{word}");
        }
        assert_eq!(packed("abcdefghijklmnopq"), Packed::Long);
    }

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
