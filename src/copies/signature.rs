//! What stands for the text of an article when it is compared with others.

use std::collections::HashSet;

use crate::article::Article;
use crate::text::{Tokenizer, fnv_1a};

/// How many words in a row make a shingle.
pub const SHINGLE_WORDS: usize = 5;

/// How many hashes a signature has.
pub const HASHES: usize = 64;

/// The fewest words of an article that has a signature.
///
/// What is shorter is an announcement, a result or a correction, and resembles others by its form.
pub const WORDS_MIN: usize = 40;

/// How many hashes of two signatures agree at the least where the articles are copies of one story:
/// at that many they share half of their shingles, as far as can be told.
pub const AGREEING_MIN: u32 = 32;

/// How many 64-bit words a signature is stored in.
const PARTS: usize = HASHES / 8;

/// The text of an article, as a MinHash of its shingles.
///
/// Of each of 64 hash functions it has the lowest byte of the least value that any shingle takes
/// (Broder 1997; the bytes as in b-bit minwise hashing, Li and König 2010). Two articles that share
/// a part *J* of their shingles agree in *J* + (1 − *J*)/256 of the bytes, give or take 6 % at
/// *J* = ½.
///
/// The functions are *h* + *i·g* for *i* from 0 to 63, *h* and *g* being the halves of one 64-bit
/// hash of the shingle (Kirsch and Mitzenmacher 2006): sums are cheap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature([u8; HASHES]);

impl Signature {
    /// Returns the signature as eight numbers, to be stored.
    pub fn parts(&self) -> [u64; PARTS] {
        let mut parts = [0; PARTS];
        for (part, bytes) in parts.iter_mut().zip(self.0.as_chunks().0) {
            *part = u64::from_le_bytes(*bytes);
        }
        parts
    }

    /// Makes a signature of the numbers that it was stored as; nothing where there are too few.
    pub fn of_parts(parts: impl Iterator<Item = u64>) -> Option<Self> {
        let mut signature = [0; HASHES];
        let mut n_parts = 0;
        for (bytes, part) in signature.as_chunks_mut().0.iter_mut().zip(parts) {
            *bytes = part.to_le_bytes();
            n_parts += 1;
        }
        (n_parts == PARTS).then_some(Self(signature))
    }

    /// Returns how many hashes of two signatures agree.
    pub fn n_agreeing(&self, other: &Self) -> u32 {
        self.0.iter().zip(&other.0).map(|(a, b)| u32::from(a == b)).sum()
    }

    /// Returns so many bytes from a place on as one number.
    pub(super) fn band(&self, from: usize, n_bytes: usize) -> u32 {
        self.0[from..from + n_bytes].iter().fold(0, |band, byte| band << 8 | u32::from(*byte))
    }
}

/// Makes the signature of an article from its folded words, which are pushed one after the other as
/// their hashes.
#[derive(Clone, Debug)]
pub struct Signer {
    window: Window,
    n_words: usize,
    /// The least value of each function. They are compared as signed numbers, in which a processor
    /// compares several at once.
    least: [i32; HASHES],
}

impl Default for Signer {
    fn default() -> Self {
        Self { window: Window::default(), n_words: 0, least: [i32::MAX; HASHES] }
    }
}

impl Signer {
    /// Takes the next word, by its [`word_hash`].
    pub fn push(&mut self, word: u64) {
        self.n_words += 1;
        let Some(shingle) = self.window.push(word) else {
            return;
        };
        let (mut value, step) = (shingle as i32, (shingle >> 32) as i32);
        for least in &mut self.least {
            *least = value.min(*least);
            value = value.wrapping_add(step);
        }
    }

    /// Returns the signature of the words since the last one; nothing where they are fewer than
    /// [`WORDS_MIN`].
    pub fn finish(&mut self) -> Option<Signature> {
        let Self { n_words, least, .. } = std::mem::take(self);
        // The first byte of a least value is hardly ever another one than that of the next.
        (n_words >= WORDS_MIN).then(|| Signature(least.map(|it| it as u8)))
    }
}

/// The hashes of the last words.
#[derive(Clone, Debug, Default)]
struct Window {
    words: [u64; SHINGLE_WORDS],
    n_words: usize,
}

impl Window {
    /// Takes the next word, and returns the hash of the shingle that ends with it.
    fn push(&mut self, word: u64) -> Option<u64> {
        self.words.rotate_left(1);
        self.words[SHINGLE_WORDS - 1] = word;
        self.n_words += 1;
        (self.n_words >= SHINGLE_WORDS).then(|| {
            let sum = self.words.iter().fold(0, |sum: u64, word| mixed(sum.rotate_left(7) ^ word));
            mixed(sum)
        })
    }
}

/// Returns what stands for a folded word in a shingle.
pub fn word_hash(word: &str) -> u64 {
    fnv_1a(word.as_bytes())
}

/// Spreads what a number tells over all its bits: the end of `SplitMix64`, shortened.
fn mixed(number: u64) -> u64 {
    let number = (number ^ number >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    number ^ number >> 29
}

/// The shingles of an article, to tell exactly what two have in common.
#[derive(Clone, Debug, Default)]
pub struct Shingles(HashSet<u64>);

impl Shingles {
    /// Returns those of an article's body.
    pub fn of(article: &Article) -> Self {
        let mut shingles = HashSet::new();
        let mut window = Window::default();
        let mut tokenizer = Tokenizer::default();
        for (_, paragraph) in article.body() {
            tokenizer.tokenize(&paragraph.text, |token| {
                if token.n_positions == 1 {
                    shingles.extend(window.push(word_hash(token.word)));
                }
            });
        }
        Self(shingles)
    }

    /// Returns which part of the shingles of either two articles share, from 0 to 1: the Jaccard
    /// similarity. Articles without any share nothing.
    pub fn similarity(&self, other: &Self) -> f64 {
        let n_shared = self.0.intersection(&other.0).count();
        let n_all = self.0.len() + other.0.len() - n_shared;
        if n_all == 0 { 0.0 } else { n_shared as f64 / n_all as f64 }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn signature(words: impl Iterator<Item = usize>) -> Option<Signature> {
        let mut signer = Signer::default();
        words.for_each(|word| signer.push(word_hash(&format!("w{word}"))));
        signer.finish()
    }

    /// Two texts of 800 words that share the first words, and how far the estimate is off.
    fn error(n_shared: usize, seed: usize) -> f64 {
        let from = seed * 10_000;
        let one = signature(from..from + 800).unwrap();
        let other = (from..from + n_shared).chain(from + 5_000..from + 5_800 - n_shared);
        let agreeing = f64::from(one.n_agreeing(&signature(other).unwrap())) / HASHES as f64;
        let n_common = n_shared.saturating_sub(SHINGLE_WORDS - 1) as f64;
        let estimated = (agreeing - 1.0 / 256.0) / (1.0 - 1.0 / 256.0);
        estimated - n_common / (2.0 * 796.0 - n_common)
    }

    #[test]
    fn the_estimate_is_right_on_average_and_seldom_far_off() {
        for n_shared in [0, 200, 400, 533, 600, 700, 780] {
            let errors: Vec<f64> = (0..200).map(|seed| error(n_shared, seed)).collect();
            let mean = errors.iter().sum::<f64>() / 200.0;
            let spread = (errors.iter().map(|it| it * it).sum::<f64>() / 200.0).sqrt();
            assert!(mean.abs() < 0.02, "{n_shared} words shared: {mean} off on average");
            assert!(spread < 0.085, "{n_shared} words shared: {spread} off");
        }
    }

    #[test]
    fn a_few_words_have_no_signature() {
        assert_eq!(signature(0..WORDS_MIN - 1), None);
        assert!(signature(0..WORDS_MIN).is_some());
    }

    #[test]
    fn a_signature_is_the_same_everywhere() {
        let parts = signature(0..100).unwrap().parts();
        assert_eq!(parts[0], PART_OF_HUNDRED_WORDS, "stored signatures would not fit new ones");
    }

    /// What the signature of the words `w0` to `w99` begins with.
    const PART_OF_HUNDRED_WORDS: u64 = 14_153_637_263_591_220_929;

    proptest! {
        #[test]
        fn a_signature_comes_back_from_its_parts(n_words in WORDS_MIN..200) {
            let signature = signature(0..n_words).unwrap();
            prop_assert_eq!(Signature::of_parts(signature.parts().into_iter()), Some(signature));
            prop_assert_eq!(Signature::of_parts(signature.parts().into_iter().take(7)), None);
            prop_assert_eq!(signature.n_agreeing(&signature) as usize, HASHES);
        }
    }
}
