//! What BM25 cannot see: how the words of a query stand to each other.

use tantivy::Score;

use crate::article::BODY_POSITION;

/// How much two words count that stand as in the query, beside what each of them counts alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pairs {
    /// One directly behind the other.
    pub next: f32,
    /// Within eight words of each other, both counted, in any order.
    pub near: f32,
}

/// How many words a pair that stands near takes at most, both counted.
const WINDOW: u32 = 8;

impl Pairs {
    /// Tells whether they count anything.
    pub(super) fn count(self) -> bool {
        self.next > 0.0 || self.near > 0.0
    }
}

/// Counts the places of the first word that have the second directly behind them, and those that
/// have it near; both lists are in order.
pub(super) fn n_together(first: &[u32], second: &[u32]) -> (u32, u32) {
    let (mut n_next, mut n_near) = (0, 0);
    let mut from = 0;
    for position in first {
        while second.get(from).is_some_and(|it| it + WINDOW <= *position) {
            from += 1;
        }
        let near = second[from..].iter().take_while(|it| **it < position + WINDOW);
        let (mut is_next, mut is_near) = (false, false);
        for other in near {
            is_next |= *other == position + 1;
            is_near |= other != position;
        }
        n_next += u32::from(is_next);
        n_near += u32::from(is_near);
    }
    (n_next, n_near)
}

/// Calls `add` with each paragraph that has one of the positions, and how many of them.
///
/// The headline is paragraph 0; `borders` are the positions with which the others begin.
pub(super) fn each_paragraph(positions: &[u32], borders: &[u32], add: &mut dyn FnMut(usize, u32)) {
    let paragraph = |position: u32| match position < BODY_POSITION {
        true => 0,
        false => borders.partition_point(|border| *border <= position).max(1),
    };
    let mut rest = positions;
    while let Some(first) = rest.first() {
        let here = paragraph(*first);
        let n = rest.iter().take_while(|it| paragraph(**it) == here).count();
        add(here, n as u32);
        rest = &rest[n..];
    }
}

/// The scores of paragraphs, each the sum of its words; the headline is the one numbered 0.
#[derive(Default)]
pub(super) struct Paragraphs(Vec<Score>);

impl Paragraphs {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn add(&mut self, paragraph: usize, score: Score) {
        if self.0.len() <= paragraph {
            self.0.resize(paragraph + 1, 0.0);
        }
        self.0[paragraph] += score;
    }

    pub(super) fn best(&self) -> Score {
        self.0.iter().copied().fold(0.0, Score::max)
    }

    /// Returns the score of the first paragraph of the body.
    pub(super) fn first(&self) -> Score {
        self.0.get(1).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_counted_by_the_first_word() {
        assert_eq!(n_together(&[1, 10, 30], &[2, 5, 17, 40]), (1, 2));
        assert_eq!(n_together(&[10], &[3, 18]), (0, 1));
        assert_eq!(n_together(&[10], &[2, 18]), (0, 0));
        assert_eq!(n_together(&[5], &[5]), (0, 0), "a word is not beside itself");
        assert_eq!(n_together(&[], &[1]), (0, 0));
    }

    #[test]
    fn positions_are_counted_paragraph_by_paragraph() {
        let body = BODY_POSITION;
        let mut found = Vec::new();
        let positions = [0, 3, body, body + 9, body + 10, body + 30];
        let borders = [body, body + 10, body + 20];
        each_paragraph(&positions, &borders, &mut |idx, n| found.push((idx, n)));
        assert_eq!(found, [(0, 2), (1, 2), (2, 1), (3, 1)]);
    }
}
