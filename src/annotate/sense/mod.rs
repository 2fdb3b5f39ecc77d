//! The sense of an article: what a name means once, it means throughout.
//!
//! The tagger looks at one sentence at a time. Here its labels are read as a whole article, and
//! settled: titles go, surnames follow full names, what is named in full is the name of its short
//! forms.

mod consistency;
mod craft;
mod designators;
mod initials;
mod naming;
mod pairs;
mod repeats;
mod shouted;
mod tables;
mod titles;

pub(super) use consistency::settle;
pub(super) use naming::{Names, unshouted};
pub(super) use titles::without_titles;

use super::label::{Label, Stretch, each_stretch};

/// What the rules know of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fact {
    /// The hash of the word in its usual capitals.
    pub(super) cased: u64,
    /// The lists of names that it is on.
    pub(super) lists: u16,
    /// Whether it begins with a capital.
    pub(super) is_capitalised: bool,
    /// Whether it has two letters or more, and no small one.
    pub(super) is_shouted: bool,
}

/// Most articles have fewer names than one for so many words.
const WORDS_PER_NAME: usize = 8;

/// An article as the rules read it; all three run over the same words.
pub(super) struct Reading<'a> {
    /// The words.
    pub(super) words: &'a [&'a str],
    /// What is known of each.
    pub(super) facts: &'a [Fact],
    /// Where each sentence ends.
    pub(super) ends: &'a [usize],
}

impl Reading<'_> {
    /// Visits the bounds of each sentence.
    fn sentences(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(self.ends.iter().copied()).map(|(start, end)| start..end)
    }

    /// Returns what names of the same words have in common.
    fn key(&self, name: &Stretch) -> u64 {
        let words = &self.facts[name.start..name.end];
        words.iter().fold(name.n_words() as u64, |hash, it| hash.rotate_left(7) ^ it.cased)
    }

    /// Visits the keys of what a name ends with, from its last word to the whole.
    fn keys_of_ends(&self, name: &Stretch) -> impl Iterator<Item = u64> {
        // Turning and joining by bits may be done in any order: each word is turned once for each
        // that follows it, and the number of words once for each word.
        let mut words = 0;
        (0_u32..).zip(self.facts[name.start..name.end].iter().rev()).map(move |(n_behind, it)| {
            words ^= it.cased.rotate_left(n_behind.wrapping_mul(7) % u64::BITS);
            let n_words = n_behind + 1;
            u64::from(n_words).rotate_left(n_words.wrapping_mul(7) % u64::BITS) ^ words
        })
    }

    /// Returns all names in order; none reaches from one sentence into the next.
    pub(super) fn names(&self, labels: &[Label]) -> Vec<Stretch> {
        let mut names = Vec::with_capacity(labels.len() / WORDS_PER_NAME);
        for sentence in self.sentences() {
            let found = each_stretch(&labels[sentence.clone()]);
            names.extend(found.map(|it| Stretch {
                start: it.start + sentence.start,
                end: it.end + sentence.start,
                ..it
            }));
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::MentionKind;

    #[test]
    fn the_ends_of_a_name_have_the_keys_of_names_of_the_same_words() {
        let words: Vec<String> = (0..40).map(|it| format!("w{it}")).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let fact =
            |it: u64| Fact { cased: it.wrapping_mul(0x9E37_79B9_7F4A_7C15), ..Fact::default() };
        let facts: Vec<Fact> = (1..=40).map(fact).collect();
        let reading = Reading { words: &words, facts: &facts, ends: &[40] };
        let name = |start| Stretch { kind: MentionKind::Person, start, end: 37 };
        let ends: Vec<u64> = reading.keys_of_ends(&name(3)).collect();
        let keys: Vec<u64> = (3..37).rev().map(|start| reading.key(&name(start))).collect();
        assert_eq!(ends, keys);
    }
}
