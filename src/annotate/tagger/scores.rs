//! How well names are recognised, by the measure of CoNLL-2003: a name counts as right where its
//! kind, its first and its last word are right.

use super::super::bio;
use super::super::label::{Label, stretches};
use crate::article::MentionKind;

/// How many names were right, wrong and missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Found, and in the file.
    pub n_right: u64,
    /// Found, and not in the file.
    pub n_wrong: u64,
    /// In the file, and not found.
    pub n_missed: u64,
}

impl Score {
    /// Returns the share of names found that are right; 0 where none is found.
    pub fn precision(self) -> f64 {
        share(self.n_right, self.n_right + self.n_wrong)
    }

    /// Returns the share of names in the file that were found; 0 where it has none.
    pub fn recall(self) -> f64 {
        share(self.n_right, self.n_right + self.n_missed)
    }

    /// Returns the harmonic mean of precision and recall (van Rijsbergen's F with weight 1).
    pub fn f1(self) -> f64 {
        share(2 * self.n_right, 2 * self.n_right + self.n_wrong + self.n_missed)
    }

    fn add(&mut self, other: Self) {
        self.n_right += other.n_right;
        self.n_wrong += other.n_wrong;
        self.n_missed += other.n_missed;
    }
}

/// The scores of each kind of name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    kinds: [Score; MentionKind::ALL.len()],
    /// How many words were labelled.
    pub n_words: u64,
}

impl Scores {
    /// Compares the labels of a document with those that were found; `found` has those of all its
    /// words, in order.
    pub fn add(&mut self, document: &bio::Document<'_>, found: &[Label]) {
        let mut rest = found;
        for sentence in &document.sentences {
            let n_words = sentence.labels.len().min(rest.len());
            let (labels, behind) = rest.split_at(n_words);
            rest = behind;
            self.n_words += n_words as u64;
            self.add_sentence(&sentence.labels, labels);
        }
    }

    /// Returns the score of a kind.
    pub fn of(&self, kind: MentionKind) -> Score {
        self.kinds[kind as usize]
    }

    /// Returns the score of all names together: the micro average.
    pub fn micro(&self) -> Score {
        let mut sum = Score::default();
        self.kinds.iter().for_each(|it| sum.add(*it));
        sum
    }

    fn add_sentence(&mut self, wanted: &[Label], found: &[Label]) {
        let (wanted, found) = (stretches(wanted), stretches(found));
        for name in &found {
            let score = &mut self.kinds[name.kind as usize];
            if wanted.contains(name) {
                score.n_right += 1;
            } else {
                score.n_wrong += 1;
            }
        }
        for name in wanted.iter().filter(|it| !found.contains(it)) {
            self.kinds[name.kind as usize].n_missed += 1;
        }
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: &str = "Ann\tB-PER\nHale\tI-PER\nof\tO\nAlder\tB-LOC\nBay\tI-LOC\n";

    fn scores(found: [usize; 5]) -> Scores {
        let mut scores = Scores::default();
        let documents = bio::documents(WANTED, "a.bio").unwrap();
        scores.add(&documents[0], &found.map(Label::of));
        scores
    }

    #[test]
    fn a_name_is_right_when_kind_and_both_ends_are() {
        let all = scores([1, 2, 0, 5, 6]).micro();
        assert_eq!((all.n_right, all.n_wrong, all.n_missed), (2, 0, 0));
        let half = scores([1, 2, 0, 5, 0]);
        assert_eq!(half.of(MentionKind::Place), Score { n_right: 0, n_wrong: 1, n_missed: 1 });
        assert_eq!(half.micro().f1(), 0.5);
        let other = scores([1, 2, 0, 3, 4]);
        assert_eq!(other.of(MentionKind::Organisation).n_wrong, 1);
        assert_eq!(other.of(MentionKind::Place).recall(), 0.0);
    }

    #[test]
    fn nothing_found_is_no_division_by_zero() {
        assert_eq!(scores([0; 5]).micro().precision(), 0.0);
        assert_eq!(scores([0; 5]).micro().f1(), 0.0);
    }
}
