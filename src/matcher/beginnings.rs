//! Which words are none of those that are looked for, as their first two letters tell.

use crate::text::{Span, is_joint};

use super::pair::{BLOCK, PAIRS_MAX, Pair};

/// Makes a table that has all bits for each byte of which something holds.
macro_rules! all_where {
    (|$byte:ident| $holds:expr) => {{
        let mut table = [0; 256];
        let mut idx = 0;
        while idx < table.len() {
            let $byte = idx as u8;
            table[idx] = if $holds { u32::MAX } else { 0 };
            idx += 1;
        }
        table
    }};
}

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
    /// The same beginnings, each once; one more than [`PAIRS_MAX`] where there are more.
    pairs: Vec<Pair>,
    /// Whether a word may begin in any way.
    allow_all: bool,
}

impl Default for Beginnings {
    fn default() -> Self {
        Self {
            first: ANY_FIRST,
            second: ANY_SECOND,
            n_allowed: 0,
            pairs: Vec::new(),
            allow_all: false,
        }
    }
}

impl Beginnings {
    /// Lets words pass that begin as a folded word does, as far as its second byte goes.
    pub(super) fn allow(&mut self, word: &str) {
        let bit = 1 << (self.n_allowed % u32::BITS);
        self.n_allowed += 1;
        self.allow_all |= word.is_empty();
        let pair = Pair::of(word.as_bytes());
        if self.pairs.len() <= PAIRS_MAX && !self.pairs.contains(&pair) {
            self.pairs.push(pair);
        }
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
    /// Where there are few beginnings, blocks of bytes are asked about all of them at once, and only
    /// the few that may have one are looked at byte by byte.
    fn first_within(&self, bytes: &[u8]) -> Option<usize> {
        if self.opens(u8::MAX, *bytes.first()?, bytes.get(1).copied()) {
            return Some(0);
        }
        let are_few = self.pairs.len() <= PAIRS_MAX && !self.allow_all;
        let mut passed = 0;
        loop {
            let mut end = bytes.len();
            if are_few {
                passed += Pair::n_passed(&self.pairs, &bytes[passed..]);
                end = end.min(passed + BLOCK + 2);
            }
            if let Some(n) = self.first_behind(&bytes[passed..end]) {
                return Some(passed + n);
            }
            if end == bytes.len() {
                break;
            }
            passed += BLOCK;
        }
        let [.., before, last] = *bytes else {
            return None;
        };
        self.opens(before, last, None).then_some(bytes.len() - 1)
    }

    /// Returns where the first word begins that may pass, but for one at the first byte or the last.
    ///
    /// Every byte is looked at, without asking where words end: no step depends on the one before,
    /// which is what makes it fast.
    fn first_behind(&self, bytes: &[u8]) -> Option<usize> {
        let opens = |it: &[u8]| self.opens(it[0], it[1], Some(it[2]));
        bytes.windows(3).position(opens).map(|n| n + 1)
    }

    /// Tells whether a word that may pass begins with a byte, between those before and behind it.
    #[inline]
    fn opens(&self, before: u8, first: u8, next: Option<u8>) -> bool {
        let second = next.map_or(u32::MAX, |next| self.second[usize::from(next)]);
        BORDER[usize::from(before)] & self.first[usize::from(first)] & second != 0
    }
}

/// All bits for each byte behind which a word may begin: all but letters and figures of ASCII.
static BORDER: [u32; 256] = all_where!(|byte| !byte.is_ascii_alphanumeric());

/// The first bytes that pass whatever is looked for.
const ANY_FIRST: [u32; 256] = all_where!(|byte| !byte.is_ascii());

/// The second bytes that do.
const ANY_SECOND: [u32; 256] = all_where!(|byte| !byte.is_ascii() || is_joint(byte));

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

    /// Returns the parts of a text as looking at each byte finds them.
    fn parts_one_by_one(beginnings: &Beginnings, text: &str) -> Vec<Span> {
        let bytes = text.as_bytes();
        let opens = |at: usize| {
            let before = at.checked_sub(1).map_or(b' ', |before| bytes[before]);
            beginnings.opens(before, bytes[at], bytes.get(at + 1).copied())
        };
        let mut at = 0;
        let parts = text.split(' ').map(|part| {
            at += part.len() + 1;
            Span::new(at - 1 - part.len(), at - 1)
        });
        parts.filter(|part| (part.start..part.end).any(opens)).collect()
    }

    /// The ends that Snowball's English rules look at, and letters that they ask about before them.
    const PARTS: &str = "[a-z]{1,3}(y|e|i|ae|al|at|bl|iz|tt|s|l|gener|arsen|over)?(s|es|ies|ied|ed|\
        eed|ing|ingly|edly|eedly|ly|li|y|e|ational|tional|enci|anci|abli|entli|izer|ization|ation|\
        ator|alism|aliti|alli|fulness|ousli|ousness|iveness|iviti|biliti|bli|ogi|fulli|lessli|\
        alize|icate|iciti|ical|ful|ness|ative|ement|ment|ent|ion|ism|ous|ive|able|ibl)?";

    proptest! {
        #[test]
        fn blocks_are_searched_as_bytes_are(
            words in proptest::collection::vec("[a-d2é\u{1}][aiy2.é\u{1}]?", 1..9),
            text in "([a-dA-D2é][aiyAIYo2é]{0,6}[ .,'_&\u{1}]?[ “-]?){0,60}",
        ) {
            let mut beginnings = Beginnings::default();
            words.iter().for_each(|word| beginnings.allow(word));
            let parts: Vec<Span> = beginnings.parts(&text).collect();
            prop_assert_eq!(parts, parts_one_by_one(&beginnings, &text));
        }
    }

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
