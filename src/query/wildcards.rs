//! What was typed, cut into words of which some have letters left open.

use std::fmt;

use crate::text::{Piece, Tokenizer, Wildcard};

/// A word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A folded word, and as it is typed.
    Word(String, String),
    /// A word with letters left open.
    Wildcard(Wildcard),
    /// A `*` alone: any word.
    AnyWord,
}

/// Prints it as it is typed, folded.
impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word, _) => f.write_str(word),
            Self::Wildcard(wildcard) => wildcard.fmt(f),
            Self::AnyWord => f.write_str("*"),
        }
    }
}

/// Which signs stand for letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signs {
    /// None.
    None,
    /// Every `*` and every `?`: the text is one word.
    All,
    /// Those that touch letters as only a wildcard does: the text is a phrase.
    WithinPhrase,
}

/// Letters that stand for `*` and `?` while a text is cut into words: without case, in no word that
/// is printed (Linear A, undeciphered).
const MANY: char = '\u{10600}';
const ONE: char = '\u{10601}';

/// Cuts what was typed into words, and returns them with the one compound that they are, if they
/// are one and have no letters left open.
pub(super) fn parts(
    tokenizer: &mut Tokenizer,
    typed: &str,
    signs: Signs,
) -> (Vec<Part>, Option<String>) {
    let lettered;
    let typed = match signs {
        Signs::None => typed,
        Signs::All => {
            lettered = typed.replace('*', "\u{10600}").replace('?', "\u{10601}");
            &lettered
        }
        Signs::WithinPhrase => {
            lettered = letter_signs(typed);
            &lettered
        }
    };
    let mut parts = Vec::new();
    let mut whole = None;
    let n = tokenizer.tokenize(typed, |token| {
        if token.n_positions == 1 {
            parts.push(part(token.word, token.span.of(typed)));
        } else {
            whole = Some((token.word.to_owned(), token.n_positions));
        }
    });
    let is_plain = parts.iter().all(|part| matches!(part, Part::Word(..)));
    let whole = whole.filter(|(_, n_positions)| is_plain && *n_positions == n);
    (parts, whole.map(|(word, _)| word))
}

fn part(word: &str, typed: &str) -> Part {
    if !word.contains([MANY, ONE]) {
        return Part::Word(word.to_owned(), typed.to_owned());
    }
    let wildcard = Wildcard::new(word.chars().map(|c| match c {
        MANY => Piece::Many,
        ONE => Piece::One,
        c => Piece::Char(c),
    }));
    if wildcard.is_open() && wildcard.is_prefix() {
        Part::AnyWord
    } else {
        Part::Wildcard(wildcard)
    }
}

/// Puts letters for the signs of a phrase that stand for letters: a `*` beside one or alone, a `?`
/// between two.
fn letter_signs(typed: &str) -> String {
    let chars: Vec<char> = typed.chars().collect();
    let at = |idx: Option<usize>| idx.and_then(|idx| chars.get(idx)).copied().unwrap_or(' ');
    let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '*' | '?');
    let mut lettered = String::with_capacity(typed.len());
    for (idx, c) in chars.iter().copied().enumerate() {
        let (before, after) = (at(idx.checked_sub(1)), at(idx.checked_add(1)));
        let touches = is_letter(before) || is_letter(after);
        let is_alone = before.is_whitespace() && after.is_whitespace();
        lettered.push(match c {
            '*' if touches || is_alone => MANY,
            '?' if before.is_alphanumeric() && after.is_alphanumeric() => ONE,
            c => c,
        });
    }
    lettered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, signs: Signs, want: &str) {
        let (parts, whole) = parts(&mut Tokenizer::default(), typed, signs);
        let mut found: Vec<String> = parts
            .into_iter()
            .map(|part| match part {
                Part::Word(word, _) => word,
                Part::Wildcard(wildcard) => format!("[{wildcard}]"),
                Part::AnyWord => "[]".to_owned(),
            })
            .collect();
        found.extend(whole.map(|whole| format!("={whole}")));
        assert_eq!(found.join(" "), want, "{typed}");
    }

    #[test]
    fn every_sign_of_a_word_stands_for_letters() {
        check("Launder*", Signs::All, "[launder*]");
        check("wom?n’s", Signs::All, "[wom?n]");
        check("co-op*", Signs::All, "co [op*]");
        check("?at", Signs::All, "[?at]");
        check("long-term", Signs::All, "long term =longterm");
        check("*-day", Signs::All, "[] day");
    }

    #[test]
    fn in_a_phrase_only_signs_beside_letters_do() {
        check("who won?", Signs::WithinPhrase, "who won");
        check("wom?n of the year", Signs::WithinPhrase, "[wom?n] of the year");
        check("secur* guarantee*", Signs::WithinPhrase, "[secur*] [guarantee*]");
        check("king * spain", Signs::WithinPhrase, "king [] spain");
        check("a ** b", Signs::WithinPhrase, "a [] b");
        check("what? *", Signs::WithinPhrase, "what []");
    }

    #[test]
    fn elsewhere_none_does() {
        check("a* b?", Signs::None, "a b");
    }
}
