//! Which words are none of those that are looked for, as their first two letters tell.

/// The first two bytes of words that may be among those that are looked for.
///
/// An English stem begins with the two first letters of its word, but for *vying*, whose stem is
/// *vie*: else the rules of Snowball take ends off, and put others in their place, only behind them.
/// So of a hundred words of an article about one has to be folded, stemmed and looked up.
pub(super) struct Beginnings {
    /// For each byte a bit for each beginning that has it first; beyond the width of the number
    /// beginnings share their bits.
    first: [u32; 256],
    /// The same of the second byte.
    second: [u32; 256],
    n_allowed: u32,
}

impl Default for Beginnings {
    fn default() -> Self {
        Self { first: [0; 256], second: [0; 256], n_allowed: 0 }
    }
}

impl Beginnings {
    /// Lets words pass that begin as a folded word does, as far as its second byte goes.
    pub(super) fn allow(&mut self, word: &str) {
        let bit = 1 << (self.n_allowed % u32::BITS);
        self.n_allowed += 1;
        let mut bytes = word.bytes();
        for (place, is_second) in [(&mut self.first, false), (&mut self.second, true)] {
            match bytes.next() {
                Some(byte) => {
                    place[usize::from(byte)] |= bit;
                    place[usize::from(byte.to_ascii_uppercase())] |= bit;
                    if byte == b'i' && is_second {
                        place[usize::from(b'y')] |= bit;
                        place[usize::from(b'Y')] |= bit;
                    }
                }
                None => place.iter_mut().for_each(|it| *it |= bit),
            }
        }
    }

    /// Tells whether a word may be looked for, folded or as it is printed in plain ASCII.
    #[inline]
    pub(super) fn has(&self, word: &[u8]) -> bool {
        match word {
            [] => false,
            [first] => self.first[usize::from(*first)] != 0,
            [first, second, ..] => {
                self.first[usize::from(*first)] & self.second[usize::from(*second)] != 0
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::text::Stemmer;

    use super::*;

    #[test]
    fn words_pass_by_their_first_two_letters() {
        let mut beginnings = Beginnings::default();
        ["ferri", "s", "öl"].iter().for_each(|word| beginnings.allow(word));
        let passes = ["ferry", "FEE", "f", "strike", "s", "öl"];
        assert_eq!(passes.map(|word| beginnings.has(word.as_bytes())), [true; 6]);
        let others = ["fish", "el", "oil", ""];
        assert_eq!(others.map(|word| beginnings.has(word.as_bytes())), [false; 4]);
        beginnings.allow("");
        assert!(beginnings.has(b"oil"));
    }

    /// The ends that Snowball's English rules look at, and letters that they ask about before them.
    const PARTS: &str = "[a-z]{1,3}(y|e|i|ae|al|at|bl|iz|tt|s|l|gener|arsen|over)?(s|es|ies|ied|ed|\
        eed|ing|ingly|edly|eedly|ly|li|y|e|ational|tional|enci|anci|abli|entli|izer|ization|ation|\
        ator|alism|aliti|alli|fulness|ousli|ousness|iveness|iviti|biliti|bli|ogi|fulli|lessli|\
        alize|icate|iciti|ical|ful|ness|ative|ement|ment|ent|ion|ism|ous|ive|able|ibl)?";

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn a_word_begins_as_its_stem_lets_it(word in PARTS) {
            let mut stemmer = Stemmer::default();
            let stem = stemmer.stem(&word).to_owned();
            let mut beginnings = Beginnings::default();
            beginnings.allow(&stem);
            prop_assert!(!stem.is_empty() && beginnings.has(word.as_bytes()), "{word} -> {stem}");
        }
    }
}
