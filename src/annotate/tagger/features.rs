//! The features of a word in its sentence, as rows of the table of weights.
//!
//! A feature is a template and a value; its row is their hash (the hashing trick of Weinberger et
//! al., 2009), so that no list of features is kept. They are told apart for speed: what one word says
//! of itself or of a neighbour ([`own_rows`]), and of itself inside running text ([`standing_rows`]),
//! is summed once a word type; what two neighbours say together ([`left_pair_rows`],
//! [`right_pair_rows`]) once for each time that the pair is met anew; only what three say
//! ([`joint_rows`]) is looked up for each word of a text.

use super::hash::mix;
use super::lexicon::lists;
use super::spelling::{Letters, WordType};

/// How far to each side of a word the features reach.
pub(super) const REACH: usize = 2;

/// How many words the features of one look at.
pub(super) const WINDOW: usize = 2 * REACH + 1;

/// The size of a table of weights, and the row of each feature in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rows {
    /// The table has 2 to this many rows.
    pub(super) bits: u32,
}

impl Rows {
    /// Returns how many rows there are.
    pub(super) fn n(self) -> usize {
        1 << self.bits
    }

    #[inline]
    fn row(self, template: u64, value: u64) -> u32 {
        let hash = mix(value.wrapping_add(template.wrapping_mul(0xD6E8_FEB8_6659_FD93)));
        (hash & ((1 << self.bits) - 1)) as u32
    }
}

/// The first template of the features that several words share; those of one word are below.
const JOINT: u64 = 1000;

/// How many templates the features of a word at one distance may take.
const TEMPLATES_PER_PLACE: u64 = 100;

/// How capitals are used in a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Manner {
    /// As in running text.
    #[default]
    Plain = 0,
    /// Most words begin with one, as in a headline.
    Headline = 1,
    /// Most words are in capitals.
    Shouted = 2,
}

impl Manner {
    /// Looks at the words of a sentence.
    pub(super) fn of<'a>(words: impl Iterator<Item = &'a WordType>) -> Self {
        let (mut n_letters, mut n_shouted, mut n_capitals) = (0, 0, 0);
        for word in words {
            n_letters += usize::from(word.has_letter);
            n_shouted += usize::from(word.is_shouted);
            n_capitals += usize::from(word.is_capitalised);
        }
        if n_letters > 1 && n_shouted * 2 > n_letters {
            Self::Shouted
        } else if n_letters > 3 && n_capitals * 10 > n_letters * 7 {
            Self::Headline
        } else {
            Self::Plain
        }
    }
}

/// How often a word occurs in a document, by the way it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// In small letters.
    pub(super) n_small: u16,
    /// With a capital, inside a sentence.
    pub(super) n_inside: u16,
}

/// How a word stands in its sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stand {
    /// How capitals are used in the sentence.
    pub(super) manner: Manner,
    /// Whether the word is the first.
    pub(super) is_first: bool,
}

/// A word with its neighbours.
pub(super) struct Window<'a> {
    /// Two words before, the word itself, and two behind.
    pub(super) words: [&'a WordType; WINDOW],
    /// How the word stands in its sentence.
    pub(super) stand: Stand,
    /// The lists that a phrase is on which the word belongs to, and its place in the phrase.
    pub(super) phrase: Phrase,
    /// How often the document has the word.
    pub(super) counts: Counts,
}

/// A word's part in a phrase of several words that is on a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Phrase {
    /// The lists; 0 where there is no phrase.
    pub(super) lists: u16,
    /// 1 for the first word, 2 for the others.
    pub(super) place: u8,
}

/// Visits the rows of what a word says of another, in whose window it stands at `place`; at
/// [`REACH`] that is the word itself.
pub(super) fn own_rows(
    rows: Rows,
    word: &WordType,
    letters: &Letters,
    place: usize,
    visit: &mut impl FnMut(u32),
) {
    let mut template = TEMPLATES_PER_PLACE * place as u64;
    let mut put = |value: u64| {
        template += 1;
        visit(rows.row(template, value));
    };
    put(word.lower);
    put(u64::from(word.clusters[1]));
    if place.abs_diff(REACH) <= 1 {
        put(word.shape);
        put(letters.suffixes[2]);
        put(u64::from(word.clusters[2]));
        put(u64::from(word.clusters[3]));
    }
    if place == REACH {
        put(letters.form);
        put(letters.long_shape);
        letters.prefixes.into_iter().for_each(&mut put);
        [0, 1, 3].into_iter().for_each(|idx| put(letters.suffixes[idx]));
        put(u64::from(word.clusters[0]));
        put(u64::from(word.lists));
    }
    if place.abs_diff(REACH) <= 1 {
        let template = TEMPLATES_PER_PLACE * place as u64 + 50;
        visit_lists(word.lists, |bit| visit(rows.row(template, bit)));
    }
}

/// Visits the rows of a word in a sentence of some manner, and at its beginning or not.
#[inline]
pub(super) fn standing_rows(
    rows: Rows,
    word: &WordType,
    stand: Stand,
    visit: &mut impl FnMut(u32),
) {
    let manner = stand.manner as u64;
    let cluster = u64::from(word.clusters[1]);
    let values = [
        manner,
        pair(word.shape, manner),
        pair(word.shape, u64::from(stand.is_first) + 7),
        (cluster << 20) ^ pair(word.shape, manner),
        (u64::from(word.lists) << 40) ^ word.shape,
    ];
    visit_all(rows, JOINT, values, visit);
    if stand.manner != Manner::Plain {
        let template = JOINT + 10;
        visit_lists(word.lists, |bit| visit(rows.row(template, bit * 4 + manner)));
    }
}

/// Visits the rows of what a word and the one before it say of the word.
#[inline]
pub(super) fn left_pair_rows(
    rows: Rows,
    before: &WordType,
    word: &WordType,
    visit: &mut impl FnMut(u32),
) {
    let values =
        pair_values(before, word, pair(before.lower, word.lower), before.lists, word.lists);
    visit_all(rows, JOINT + 20, values, visit);
}

/// Visits the rows of what a word and the one behind it say of the word.
#[inline]
pub(super) fn right_pair_rows(
    rows: Rows,
    word: &WordType,
    behind: &WordType,
    visit: &mut impl FnMut(u32),
) {
    let values =
        pair_values(behind, word, pair(word.lower, behind.lower), word.lists, behind.lists);
    visit_all(rows, JOINT + 30, values, visit);
}

#[inline]
fn pair_values(
    other: &WordType,
    word: &WordType,
    lower: u64,
    left_lists: u16,
    right_lists: u16,
) -> [u64; 4] {
    let [other_1, other_2] = [1, 2].map(|idx| u64::from(other.clusters[idx]));
    [
        lower,
        (other_1 << 20) ^ u64::from(word.clusters[1]),
        (other_2 << 20) ^ word.shape,
        (u64::from(left_lists) << 10) ^ u64::from(right_lists),
    ]
}

/// Visits the rows of what three words say together, and of the word's part in its document.
#[inline]
pub(super) fn joint_rows(rows: Rows, window: &Window<'_>, visit: &mut impl FnMut(u32)) {
    let [a, b, c, d, e] = window.words;
    let [b0, c0, d0] = [b, c, d].map(|it| u64::from(it.clusters[0]));
    let values = [
        b.shape.wrapping_mul(7) ^ pair(c.shape, d.shape),
        a.lower.wrapping_mul(5) ^ pair(b.lower, c.shape),
        e.lower.wrapping_mul(5) ^ pair(d.lower, c.shape),
        (b0 << 32) ^ (c0 << 16) ^ d0,
    ];
    visit_all(rows, JOINT + 40, values, visit);
    let template = JOINT + 50;
    if window.phrase.lists != 0 {
        let place = u64::from(window.phrase.place);
        visit(rows.row(template, u64::from(window.phrase.lists) * 4 + place));
        visit_lists(window.phrase.lists, |bit| visit(rows.row(template + 1, bit * 4 + place)));
    }
    if c.is_capitalised {
        let seen = few(window.counts.n_small) * 4 + few(window.counts.n_inside);
        let stand = u64::from(window.stand.is_first) * 4 + window.stand.manner as u64;
        visit(rows.row(template + 2, seen * 8 + stand));
        visit(rows.row(template + 3, pair(c.shape, seen)));
    }
}

/// Joins two hashes; their order matters.
#[inline]
fn pair(left: u64, right: u64) -> u64 {
    left.wrapping_mul(3) ^ right
}

/// Visits the row of each value, each of a template of its own from `first` on.
#[inline]
fn visit_all<const N: usize>(
    rows: Rows,
    first: u64,
    values: [u64; N],
    visit: &mut impl FnMut(u32),
) {
    for (template, value) in (first..).zip(values) {
        visit(rows.row(template, value));
    }
}

#[inline]
fn visit_lists(mut bits: u16, mut visit: impl FnMut(u64)) {
    bits &= (1 << lists::N) - 1;
    while bits != 0 {
        visit(u64::from(bits.trailing_zeros()));
        bits &= bits - 1;
    }
}

/// Returns one of four classes of counts.
fn few(n: u16) -> u64 {
    match n {
        0 => 0,
        1 => 1,
        2..=4 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::*;

    fn words(text: &str) -> Vec<WordType> {
        text.split(' ').map(|it| WordType::of(it, &Lexicon::default()).0).collect()
    }

    #[test]
    fn a_sentence_is_plain_or_a_headline_or_shouted() {
        let check = |text: &str, want| assert_eq!(Manner::of(words(text).iter()), want, "{text}");
        check("The harbour of Alder Bay is closed", Manner::Plain);
        check("Harbour of Alder Bay Closes", Manner::Headline);
        check("HARBOUR OF ALDER BAY closes", Manner::Shouted);
        check("UNESCO", Manner::Plain);
    }

    #[test]
    fn rows_stay_within_their_table() {
        let rows = Rows { bits: 4 };
        let (word, letters) = WordType::of("Hale", &Lexicon::default());
        let mut n = 0;
        let mut visit = |row: u32| {
            assert!((row as usize) < rows.n());
            n += 1;
        };
        (0..WINDOW).for_each(|place| own_rows(rows, &word, &letters, place, &mut visit));
        let window = Window {
            words: [&word; WINDOW],
            stand: Stand::default(),
            phrase: Phrase { lists: 3, place: 1 },
            counts: Counts::default(),
        };
        joint_rows(rows, &window, &mut visit);
        standing_rows(rows, &word, Stand::default(), &mut visit);
        left_pair_rows(rows, &word, &word, &mut visit);
        right_pair_rows(rows, &word, &word, &mut visit);
        assert_eq!(n, 2 * 2 + 3 * 6 + 10 + 5 + 4 + 4 + 4 + 3 + 2);
    }
}
