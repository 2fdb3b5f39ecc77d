//! Copies of sentences in other dress, so that the tagger knows names in it too.
//!
//! The sentences at hand are running text, and cut by one habit. Headlines and teletype are not, and
//! some corpora part every full stop from its abbreviation. A few sentences of each document are
//! learnt again in each of these forms.

use super::super::label::Label;

/// One in so many sentences is learnt again in capitals.
const SHOUTED_EVERY: usize = 6;

/// One in so many sentences is learnt again as a headline.
const HEADLINE_EVERY: usize = 6;

/// Words that headlines leave small.
const SMALL_IN_HEADLINES: &[&str] = &[
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with",
    "'s", "n't",
];

/// A sentence with words of its own.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Copy {
    /// Its words.
    pub(super) words: Vec<String>,
    /// Their labels.
    pub(super) labels: Vec<Label>,
}

/// Returns the copies of the sentence of a number.
pub(super) fn copies(words: &[&str], labels: &[Label], number: usize) -> Vec<Copy> {
    let mut copies = Vec::new();
    let mut dressed = |dress: fn(&str) -> String| {
        let words = words.iter().map(|it| dress(it)).collect();
        copies.push(Copy { words, labels: labels.to_vec() });
    };
    if number % SHOUTED_EVERY == SHOUTED_EVERY / 4 {
        dressed(str::to_uppercase);
    }
    if number % HEADLINE_EVERY == 3 * HEADLINE_EVERY / 4 {
        dressed(in_headline);
    }
    if words.iter().any(|it| is_abbreviation(it)) {
        copies.push(with_stops_apart(words, labels));
    }
    copies
}

/// Returns a word as it stands in a headline.
fn in_headline(word: &str) -> String {
    if SMALL_IN_HEADLINES.contains(&word) {
        return word.to_owned();
    }
    let mut chars = word.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

/// Tells whether a word is letters with full stops, the last at its end: `U.S.`, `Mr.`.
fn is_abbreviation(word: &str) -> bool {
    word.ends_with('.')
        && word.starts_with(char::is_uppercase)
        && word.chars().all(|c| c.is_alphabetic() || c == '.')
}

/// Returns a sentence in which each full stop of an abbreviation is a word.
fn with_stops_apart(words: &[&str], labels: &[Label]) -> Copy {
    let mut copy = Copy::default();
    for (word, &label) in words.iter().zip(labels) {
        let mut label = label;
        let parts: Vec<&str> =
            if is_abbreviation(word) { word.split_inclusive('.').collect() } else { vec![word] };
        for part in parts {
            let letters = if part.len() > 1 && is_abbreviation(word) {
                part.trim_end_matches('.')
            } else {
                part
            };
            for piece in [letters, &part[letters.len()..]] {
                if !piece.is_empty() {
                    copy.words.push(piece.to_owned());
                    copy.labels.push(label);
                    label = label.kind().map_or(label, Label::inside);
                }
            }
        }
    }
    copy
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(number: usize, want: &[&str]) {
        let words = ["The", "U.S.", "met", "Mr.", "Hale", "of", "St.", "Ann"];
        let labels = [0, 5, 0, 0, 1, 0, 5, 6].map(Label::of);
        let copies = copies(&words, &labels, number);
        let copies: Vec<String> = copies.iter().map(|it| it.words.join(" ")).collect();
        assert_eq!(copies, want);
    }

    #[test]
    fn some_sentences_are_seen_in_other_dress() {
        let apart = "The U . S . met Mr . Hale of St . Ann";
        check(0, &[apart]);
        check(SHOUTED_EVERY / 4, &["THE U.S. MET MR. HALE OF ST. ANN", apart]);
        check(3 * HEADLINE_EVERY / 4, &["The U.S. Met Mr. Hale of St. Ann", apart]);
    }

    #[test]
    fn a_name_with_stops_stays_one() {
        let copy = with_stops_apart(&["U.S.", "law"], &[Label::of(5), Label::OUTSIDE]);
        let labels: Vec<usize> = copy.labels.iter().map(|it| it.number()).collect();
        assert_eq!(labels, [5, 6, 6, 6, 0]);
    }
}
