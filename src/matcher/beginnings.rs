//! Which words are none of those that are looked for, as their first two letters tell.

use crate::text::{Span, is_joint};

/// The first two bytes of words that may be among those that are looked for.
///
/// An English stem begins with the two first letters of its word, but for *vying*, whose stem is
/// *vie*: else the rules of Snowball take ends off, and put others in their place, only behind them.
/// So of a hundred words of an article about one has to be folded, stemmed and looked up.
pub(super) struct Beginnings {
    /// For each byte a bit for each beginning that has it first; beyond the width of the number
    /// beginnings share their bits. What is no ASCII has all: letters are folded to others.
    first: [u32; 256],
    /// The same of the second byte; what joins words has all too: `U.S.` is `us`.
    second: [u32; 256],
    n_allowed: u32,
    /// Whether a word may begin in any way.
    allow_all: bool,
}

impl Default for Beginnings {
    fn default() -> Self {
        let all_where = |holds: fn(u8) -> bool| {
            std::array::from_fn(|byte| if holds(byte as u8) { u32::MAX } else { 0 })
        };
        let first = all_where(|byte| !byte.is_ascii());
        let second = all_where(|byte| !byte.is_ascii() || is_joint(byte));
        Self { first, second, n_allowed: 0, allow_all: false }
    }
}

impl Beginnings {
    /// Lets words pass that begin as a folded word does, as far as its second byte goes.
    pub(super) fn allow(&mut self, word: &str) {
        let bit = 1 << (self.n_allowed % u32::BITS);
        self.n_allowed += 1;
        self.allow_all |= word.is_empty();
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

    /// Tells whether words pass however they begin.
    pub(super) fn allow_all(&self) -> bool {
        self.allow_all
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

    /// Returns the parts of a text, between spaces, outside of which no word passes, in order.
    ///
    /// A space ends whatever words are joined to, so each part can be cut into words by itself.
    pub(super) fn parts<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Span> {
        let bytes = text.as_bytes();
        let mut at = 0;
        std::iter::from_fn(move || {
            let found = at + self.first_within(&bytes[at..])?;
            let start =
                bytes[at..found].iter().rposition(|it| *it == b' ').map_or(at, |n| at + n + 1);
            at =
                bytes[found..].iter().position(|it| *it == b' ').map_or(bytes.len(), |n| found + n);
            Some(Span::new(start, at))
        })
    }

    /// Returns where the first word begins that may pass, if any does.
    ///
    /// Every byte is looked at, without asking where words end: no step depends on the one before,
    /// which is what makes it fast.
    fn first_within(&self, bytes: &[u8]) -> Option<usize> {
        let opens = |first: u8, second: u32| self.first[usize::from(first)] & second != 0;
        let second = |byte: Option<&u8>| byte.map_or(u32::MAX, |it| self.second[usize::from(*it)]);
        if opens(*bytes.first()?, second(bytes.get(1))) {
            return Some(0);
        }
        let within = bytes.windows(3).position(|it| {
            let [before, first, next] = [it[0], it[1], it[2]].map(usize::from);
            self.first[first] & self.second[next] & BORDER[before] != 0
        });
        within.map(|n| n + 1).or_else(|| {
            let last = bytes.len().checked_sub(1).filter(|last| *last > 0)?;
            let is_open = BORDER[usize::from(bytes[last - 1])] != 0;
            (is_open && opens(bytes[last], u32::MAX)).then_some(last)
        })
    }
}

/// All bits for each byte behind which a word may begin: all but letters and figures of ASCII.
static BORDER: [u32; 256] = {
    let mut border = [u32::MAX; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        border[byte as usize] = if byte.is_ascii_alphanumeric() { 0 } else { u32::MAX };
        byte += 1;
    }
    border
};

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

    #[test]
    fn parts_are_those_between_spaces() {
        let mut beginnings = Beginnings::default();
        ["ferri", "us"].iter().for_each(|word| beginnings.allow(word));
        let text = "The long-ferry line, a U.S. firm\u{2019}s (Ferry) fe, of \u{e9}lan f";
        let parts: Vec<&str> = beginnings.parts(text).map(|it| it.of(text)).collect();
        assert_eq!(
            parts,
            ["long-ferry", "U.S.", "firm\u{2019}s", "(Ferry)", "fe,", "\u{e9}lan", "f"]
        );
        assert_eq!(beginnings.parts("").count() + beginnings.parts("n").count(), 0);
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
