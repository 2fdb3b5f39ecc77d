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
mod titles;

pub(super) use consistency::settle;
pub(super) use naming::{Names, unshouted};
pub(super) use titles::without_titles;

use super::label::{Label, Stretch, stretches};

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

    /// Returns all names in order; none reaches from one sentence into the next.
    pub(super) fn names(&self, labels: &[Label]) -> Vec<Stretch> {
        let mut names = Vec::new();
        for sentence in self.sentences() {
            let found = stretches(&labels[sentence.clone()]).into_iter();
            names.extend(found.map(|it| Stretch {
                start: it.start + sentence.start,
                end: it.end + sentence.start,
                ..it
            }));
        }
        names
    }
}
