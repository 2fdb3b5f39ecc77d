//! Words with gaps in them.

use std::fmt;

/// A folded word in which letters are left open: `launder*`, `wom?n`, `*gate`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Wildcard {
    pieces: Vec<Piece>,
}

/// A part of a wildcard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Piece {
    /// This character.
    Char(char),
    /// Any one character.
    One,
    /// Any number of characters, or none.
    Many,
}

impl Wildcard {
    /// Makes a wildcard of its parts; several [`Piece::Many`] in a row are one.
    pub fn new(pieces: impl IntoIterator<Item = Piece>) -> Self {
        let mut pieces: Vec<Piece> = pieces.into_iter().collect();
        pieces.dedup_by(|next, before| *next == Piece::Many && *before == Piece::Many);
        Self { pieces }
    }

    /// Makes the wildcard of all words that begin so.
    pub fn prefix_of(beginning: &str) -> Self {
        Self::new(beginning.chars().map(Piece::Char).chain([Piece::Many]))
    }

    /// Returns the characters that every word it stands for begins with.
    pub fn prefix(&self) -> String {
        let literal = |piece: &Piece| match piece {
            Piece::Char(c) => Some(*c),
            Piece::One | Piece::Many => None,
        };
        self.pieces.iter().map_while(literal).collect()
    }

    /// Tells whether it stands for every word with its prefix.
    pub fn is_prefix(&self) -> bool {
        let n_literal = self.pieces.iter().take_while(|it| matches!(it, Piece::Char(_))).count();
        self.pieces[n_literal..] == [Piece::Many]
    }

    /// Tells whether it names no character at all.
    pub fn is_open(&self) -> bool {
        !self.pieces.iter().any(|piece| matches!(piece, Piece::Char(_)))
    }

    /// Tells whether it stands for a folded word.
    ///
    /// The time taken grows at most with the product of both lengths.
    pub fn matches(&self, word: &str) -> bool {
        let mut chars = word.chars();
        let mut at = 0;
        // Where to go on from if what comes does not fit: behind the last `Many`, with the word
        // read one character further each time.
        let mut retry: Option<(usize, std::str::Chars<'_>)> = None;
        loop {
            let before = chars.clone();
            match (self.pieces.get(at), chars.next()) {
                (None, None) => return true,
                (Some(Piece::Many), _) => {
                    chars = before.clone();
                    at += 1;
                    retry = Some((at, before));
                    continue;
                }
                (Some(Piece::One), Some(_)) => at += 1,
                (Some(Piece::Char(wanted)), Some(c)) if *wanted == c => at += 1,
                _ => {
                    let Some((behind, mut rest)) = retry.take() else {
                        return false;
                    };
                    if rest.next().is_none() {
                        return false;
                    }
                    at = behind;
                    chars = rest.clone();
                    retry = Some((behind, rest));
                }
            }
        }
    }
}

/// Prints it as it is typed, folded.
impl fmt::Display for Wildcard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| match piece {
            Piece::Char(c) => write!(f, "{c}"),
            Piece::One => f.write_str("?"),
            Piece::Many => f.write_str("*"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wildcard(typed: &str) -> Wildcard {
        Wildcard::new(typed.chars().map(|c| match c {
            '*' => Piece::Many,
            '?' => Piece::One,
            c => Piece::Char(c),
        }))
    }

    #[test]
    fn signs_stand_for_letters() {
        for (typed, fits, fails) in [
            ("launder*", vec!["launder", "laundering"], vec!["laundry", "relaunder"]),
            ("wom?n", vec!["woman", "women", "womün"], vec!["womn", "womeen", "womens"]),
            ("*gate", vec!["gate", "watergate"], vec!["gates", "gat"]),
            ("col*r", vec!["colour", "color", "colr"], vec!["colours", "olor"]),
            ("*a*b?", vec!["abc", "xaabby"], vec!["ab", "ba", "acb"]),
            ("**", vec!["", "a"], vec![]),
            ("??", vec!["ab", "éé"], vec!["a", "abc"]),
        ] {
            let wildcard = wildcard(typed);
            fits.iter().for_each(|word| assert!(wildcard.matches(word), "{typed} {word}"));
            fails.iter().for_each(|word| assert!(!wildcard.matches(word), "{typed} {word}"));
        }
    }

    #[test]
    fn what_comes_before_the_first_sign_narrows_a_search() {
        assert_eq!(wildcard("col*r").prefix(), "col");
        assert!(wildcard("col*").is_prefix());
        assert!(wildcard("*").is_prefix());
        assert!(!wildcard("col").is_prefix());
        assert!(!wildcard("co?l*").is_prefix());
        assert!(wildcard("?*").is_open());
        assert_eq!(wildcard("a***b").to_string(), "a*b");
    }

    #[test]
    fn many_signs_take_no_exponential_time() {
        let wildcard = wildcard(&("*a".repeat(50) + "b"));
        assert!(!wildcard.matches(&"a".repeat(120)));
    }
}
