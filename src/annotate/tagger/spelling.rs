//! What a word shows by its letters alone, and what the lexicon knows of it.

use super::hash::{append, hash_of, mix};
use super::lexicon::{Clusters, Lexicon, NO_CLUSTERS};

/// The longest word that is looked at whole, in bytes; of a longer one only the beginning is.
const WORD_BYTES_MAX: usize = 120;

/// The number that stands for an affix that a word is too short for.
const NO_AFFIX: u64 = 1;

/// How long the shape of a word is written out, in bytes.
const LONG_SHAPE_BYTES: usize = 8;

/// What the features of a sentence need of each of its words.
#[derive(Clone, Debug, Default)]
pub(super) struct WordType {
    /// The hash of the small letters.
    pub(super) lower: u64,
    /// The hash of the word, in its usual capitals where it is shouted: `JAPAN` as `Japan`.
    pub(super) cased: u64,
    /// The hash of its shape, equal signs in a row written once: `U.S.` is `X.X.`, `Hale` is `Xx`.
    pub(super) shape: u64,
    /// Its clusters.
    pub(super) clusters: Clusters,
    /// The lists of names that it is on.
    pub(super) lists: u16,
    /// Whether it begins with a capital.
    pub(super) is_capitalised: bool,
    /// Whether it has two letters or more, and no small one.
    pub(super) is_shouted: bool,
    /// Whether it has a letter.
    pub(super) has_letter: bool,
    /// What it can be in a name.
    pub(super) part: NamePart,
}

/// What a word can be in a name, by its letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum NamePart {
    /// Any part: it has a capital, or letters that have no capitals.
    Full,
    /// A link between or beside such words: `of`, `van`, `&`, a figure.
    #[default]
    Link,
    /// A link behind which a part goes on in small letters: `Yip Mau-yung`.
    Hyphen,
    /// None: it is written in small letters.
    None,
}

/// Words in small letters that names have; sorted.
const LINKS: &[&str] = &[
    "'s", "abu", "af", "al", "and", "at", "av", "ben", "bin", "d'", "da", "das", "de", "degli",
    "dei", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "e", "el", "en", "et",
    "for", "für", "ibn", "il", "in", "l'", "la", "le", "les", "lo", "och", "of", "on", "s", "sans",
    "sur", "ter", "the", "to", "und", "van", "von", "y", "zu", "zur", "à",
];

/// What only the features of the word itself need.
#[derive(Clone, Debug, Default)]
pub(super) struct Letters {
    /// The hash of the word as printed.
    pub(super) form: u64,
    /// The hash of its shape without contraction, eight signs at most.
    pub(super) long_shape: u64,
    /// The hashes of its first two, three and four small letters.
    pub(super) prefixes: [u64; 3],
    /// The hashes of its last one to four small letters.
    pub(super) suffixes: [u64; 4],
}

impl WordType {
    /// The type of what stands before a sentence.
    pub(super) fn before() -> Self {
        Self { lower: 2, shape: 2, ..Self::nothing() }
    }

    /// The type of what stands behind a sentence.
    pub(super) fn behind() -> Self {
        Self { lower: 3, shape: 3, ..Self::nothing() }
    }

    fn nothing() -> Self {
        Self { clusters: NO_CLUSTERS.map(|it| it - 1), ..Self::default() }
    }

    /// Looks at a word.
    pub(super) fn of(word: &str, lexicon: &Lexicon) -> (Self, Letters) {
        let word = plain_quote(&word[..word.floor_char_boundary(WORD_BYTES_MAX)]);
        let lower: String = word.chars().flat_map(char::to_lowercase).collect();
        let shapes = Shapes::of(word);
        let is_shouted = shapes.n_capitals > 1 && shapes.n_small == 0;
        let cased = if is_shouted && word.chars().count() > 3 {
            hash_of(&in_usual_capitals(word))
        } else {
            hash_of(word)
        };
        let form = hash_of(word);
        let hash_of_lower = hash_of(&lower);
        let this = Self {
            lower: hash_of_lower,
            cased,
            shape: hash_of(&shapes.short),
            clusters: lexicon.clusters([form, cased, hash_of_lower]),
            lists: lexicon.lists(append(0, cased)),
            is_capitalised: word.chars().next().is_some_and(char::is_uppercase),
            is_shouted,
            has_letter: shapes.has_letter,
            part: if word == "-" { NamePart::Hyphen } else { shapes.part(&lower) },
        };
        let letters = Letters {
            form,
            long_shape: hash_of(&shapes.long),
            prefixes: [2, 3, 4].map(|n| prefix(&lower, n)),
            suffixes: [1, 2, 3, 4].map(|n| suffix(&lower, n)),
        };
        (this, letters)
    }
}

/// Returns a word of capitals as it is written where nobody shouts: `O'BRIEN` as `O'brien`.
pub(in crate::annotate) fn in_usual_capitals(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next();
    first.into_iter().chain(chars.flat_map(char::to_lowercase)).collect()
}

/// Returns the plain form of a typographic quote or possessive.
fn plain_quote(word: &str) -> &str {
    match word {
        "’s" => "'s",
        "’S" => "'S",
        "’" | "‘" => "'",
        "“" | "”" | "„" | "''" | "``" => "\"",
        _ => word,
    }
}

fn prefix(lower: &str, n_chars: usize) -> u64 {
    let mut ends = lower.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.nth(n_chars - 1).map_or(NO_AFFIX, |end| hash_of(&lower[..end]))
}

fn suffix(lower: &str, n_chars: usize) -> u64 {
    let start = lower.char_indices().rev().nth(n_chars - 1);
    start.map_or(NO_AFFIX, |(start, _)| mix(hash_of(&lower[start..])))
}

/// The shapes of a word.
#[derive(Default)]
struct Shapes {
    short: String,
    long: String,
    n_capitals: usize,
    n_small: usize,
    has_letter: bool,
    /// Whether all letters are small ones.
    is_small: bool,
}

impl Shapes {
    fn of(word: &str) -> Self {
        let mut shapes = Self { is_small: true, ..Self::default() };
        let mut last = None;
        for c in word.chars() {
            let sign = shapes.sign(c);
            if last != Some(sign) {
                shapes.short.push(sign);
            }
            last = Some(sign);
            if shapes.long.len() < LONG_SHAPE_BYTES {
                shapes.long.push(sign);
            }
        }
        shapes
    }

    /// Returns what the word can be in a name.
    fn part(&self, lower: &str) -> NamePart {
        if !self.has_letter || LINKS.binary_search(&lower).is_ok() && self.n_capitals == 0 {
            NamePart::Link
        } else if self.is_small {
            NamePart::None
        } else {
            NamePart::Full
        }
    }

    fn sign(&mut self, c: char) -> char {
        if c.is_uppercase() {
            self.n_capitals += 1;
            self.has_letter = true;
            self.is_small = false;
            'X'
        } else if c.is_lowercase() {
            self.n_small += 1;
            self.has_letter = true;
            'x'
        } else if c.is_ascii_digit() {
            'd'
        } else if c.is_alphabetic() {
            self.has_letter = true;
            self.is_small = false;
            'z'
        } else {
            c
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(word: &str) -> (WordType, Letters) {
        WordType::of(word, &Lexicon::default())
    }

    #[test]
    fn a_shouted_word_is_looked_up_in_its_usual_capitals() {
        assert_eq!(of("JAPAN").0.cased, of("Japan").0.cased);
        assert_ne!(of("WHO").0.cased, of("Who").0.cased, "a short one is an acronym");
        assert!(of("U.S.").0.is_shouted && !of("A").0.is_shouted);
    }

    #[test]
    fn equal_signs_in_a_row_count_once_in_the_shape() {
        assert_eq!(of("Hale").0.shape, of("Ferrier").0.shape);
        assert_ne!(of("Hale").1.long_shape, of("Ferrier").1.long_shape);
        assert_ne!(of("McHale").0.shape, of("Hale").0.shape);
    }

    #[test]
    fn short_words_have_no_long_affixes() {
        let (_, letters) = of("Oz");
        assert_eq!(letters.prefixes[1..], [NO_AFFIX; 2]);
        assert_eq!(of("the").1.suffixes[1], of("bathe").1.suffixes[1]);
    }

    #[test]
    fn a_name_is_made_of_capitals_and_links() {
        let part = |word: &str| of(word).0.part;
        for full in ["Hale", "iPhone", "al-Assad", "U.S.", "市長"] {
            assert_eq!(part(full), NamePart::Full, "{full}");
        }
        assert_eq!(part("-"), NamePart::Hyphen);
        for link in ["of", "van", "’s", "&", "3"] {
            assert_eq!(part(link), NamePart::Link, "{link}");
        }
        for none in ["boat", "mid-march", "7th"] {
            assert_eq!(part(none), NamePart::None, "{none}");
        }
        assert!(LINKS.is_sorted());
    }

    #[test]
    fn typographic_possessives_are_possessives() {
        assert_eq!(of("’s").1.form, of("'s").1.form);
    }

    #[test]
    fn a_word_of_any_length_and_script_is_looked_at() {
        for word in ["", "é", "市長", "\u{301}", &"ß".repeat(10_000)] {
            of(word);
        }
    }
}
