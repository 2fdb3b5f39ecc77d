//! What differs between two texts, word by word.

use crate::article::Article;

/// The longest texts that are compared, in words.
pub(super) const WORDS_MAX: usize = 50_000;

/// The most words that two texts may differ in, those of either that the other has not; comparing
/// takes 4 bytes of memory for the square of that.
const EDITS_MAX: usize = 2_000;

/// How many words that both have are told before and after a change.
const CONTEXT_WORDS: usize = 4;

/// How many words two texts may have in common by chance, between changes of some length.
const CHANCE_WORDS_MAX: usize = 2;

/// How many words of either text such a change has.
const LONG_WORDS_MIN: usize = 4;

/// What stands for the end of a paragraph between its words and those of the next.
const PARAGRAPH: &str = "¶";

/// A stretch in which two texts differ, with a few words around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Its words, in order.
    pub pieces: Vec<Piece>,
}

/// Words in a row that one of two texts has, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Which text has them.
    pub kind: PieceKind,
    /// The words, with a space between them; `¶` stands where a paragraph ends.
    pub text: String,
}

/// Which of two texts has some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Both.
    Kept,
    /// The first alone.
    Removed,
    /// The second alone.
    Added,
}

impl PieceKind {
    /// Returns the word for it, as JSON has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Removed => "removed",
            Self::Added => "added",
        }
    }
}

/// Returns what makes the body of one article that of another, in order: as few words as possible
/// are removed and added (Myers 1986), but that one or two which both have by chance between longer
/// changes are changed with them. Words are told apart as they are printed.
///
/// Returns nothing where that cannot be said in reasonable time and memory: a text is longer than
/// 50,000 words, or the two differ in more than 2,000 words.
pub fn changes(from: &Article, to: &Article) -> Option<Vec<Change>> {
    let (from, to) = (words(from), words(to));
    if from.len().max(to.len()) > WORDS_MAX {
        return None;
    }
    let n_before = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let (from_rest, to_rest) = (&from[n_before..], &to[n_before..]);
    let ends = from_rest.iter().rev().zip(to_rest.iter().rev());
    let n_after = ends.take_while(|(a, b)| a == b).count();
    let middle =
        script(&from_rest[..from_rest.len() - n_after], &to_rest[..to_rest.len() - n_after])?;
    let mut steps: Vec<(PieceKind, &str)> = Vec::with_capacity(from.len() + to.len());
    steps.extend(from[..n_before].iter().map(|it| (PieceKind::Kept, *it)));
    steps.extend(middle);
    steps.extend(from_rest[from_rest.len() - n_after..].iter().map(|it| (PieceKind::Kept, *it)));
    Some(told(&smoothed(&steps)))
}

/// Returns the words of the body as they are printed.
fn words(article: &Article) -> Vec<&str> {
    let mut words = Vec::new();
    for (_, paragraph) in article.body() {
        if !words.is_empty() {
            words.push(PARAGRAPH);
        }
        words.extend(paragraph.text.split_whitespace());
    }
    words
}

/// Finds the shortest way from one text to the other, word by word.
fn script<'a>(from: &[&'a str], to: &[&'a str]) -> Option<Vec<(PieceKind, &'a str)>> {
    let (n_from, n_to) = (from.len() as isize, to.len() as isize);
    let edits_max = (from.len() + to.len()).min(EDITS_MAX) as isize;
    // For each number of edits, how far each diagonal reaches in `from`.
    let mut reached: Vec<Vec<u32>> = Vec::new();
    for n_edits in 0..=edits_max {
        let before = reached.last();
        let mut row = vec![0_u32; n_edits as usize + 1];
        let mut is_done = false;
        for (idx, diagonal) in (-n_edits..=n_edits).step_by(2).enumerate() {
            let mut x = before.map_or(0, |before| start(before, idx, n_edits));
            let mut y = x - diagonal;
            while x < n_from && y < n_to && from[x as usize] == to[y as usize] {
                x += 1;
                y += 1;
            }
            row[idx] = x as u32;
            is_done |= x >= n_from && y >= n_to;
        }
        reached.push(row);
        if is_done {
            return Some(walked_back(from, to, &reached));
        }
    }
    None
}

/// Returns where a diagonal begins, by those of one edit less: `idx` is its place among those of
/// `n_edits`, which are two apart.
fn start(before: &[u32], idx: usize, n_edits: isize) -> isize {
    match comes_down(before, idx, n_edits) {
        true => before[idx] as isize,
        false => before[idx - 1] as isize + 1,
    }
}

/// Tells whether the last edit before a diagonal adds a word of the second text.
fn comes_down(before: &[u32], idx: usize, n_edits: isize) -> bool {
    idx == 0 || idx as isize != n_edits && before[idx - 1] < before[idx]
}

/// Returns the steps of the way that was found, from its end back to its beginning.
fn walked_back<'a>(
    from: &[&'a str],
    to: &[&'a str],
    reached: &[Vec<u32>],
) -> Vec<(PieceKind, &'a str)> {
    let mut steps = Vec::with_capacity(from.len() + to.len());
    let (mut x, mut y) = (from.len() as isize, to.len() as isize);
    for n_edits in (0..reached.len() as isize).rev() {
        let idx = ((x - y + n_edits) / 2) as usize;
        let began = match n_edits {
            0 => 0,
            _ => start(&reached[n_edits as usize - 1], idx, n_edits),
        };
        while x > began {
            x -= 1;
            y -= 1;
            steps.push((PieceKind::Kept, from[x as usize]));
        }
        if n_edits > 0 {
            if comes_down(&reached[n_edits as usize - 1], idx, n_edits) {
                y -= 1;
                steps.push((PieceKind::Added, to[y as usize]));
            } else {
                x -= 1;
                steps.push((PieceKind::Removed, from[x as usize]));
            }
        }
    }
    steps.reverse();
    steps
}

/// Has words removed and added again that stand alone between longer changes: *the*, or *and in*,
/// in the midst of a sentence that was written anew.
fn smoothed<'a>(steps: &[(PieceKind, &'a str)]) -> Vec<(PieceKind, &'a str)> {
    let is_kept = |step: &(PieceKind, &str)| step.0 == PieceKind::Kept;
    let runs: Vec<_> = steps.chunk_by(|a, b| is_kept(a) == is_kept(b)).collect();
    let is_long = |idx: Option<usize>| {
        let run = idx.and_then(|idx| runs.get(idx)).copied().unwrap_or_default();
        let n_removed = run.iter().filter(|it| it.0 == PieceKind::Removed).count();
        n_removed.max(run.len() - n_removed) >= LONG_WORDS_MIN
    };
    let mut smooth = Vec::with_capacity(steps.len());
    for (idx, run) in runs.iter().enumerate() {
        let is_chance = is_kept(&run[0])
            && run.len() <= CHANCE_WORDS_MAX
            && is_long(idx.checked_sub(1))
            && is_long(Some(idx + 1));
        for (kind, word) in run.iter().copied() {
            match is_chance {
                true => smooth.extend([(PieceKind::Removed, word), (PieceKind::Added, word)]),
                false => smooth.push((kind, word)),
            }
        }
    }
    smooth
}

/// Puts steps that lie close together into changes, with a few words around each.
fn told(steps: &[(PieceKind, &str)]) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let mut told_to = 0;
    for (idx, (kind, word)) in steps.iter().enumerate() {
        if *kind == PieceKind::Kept {
            continue;
        }
        let gap = &steps[told_to..idx];
        match changes.last_mut() {
            Some(change) if gap.len() <= 2 * CONTEXT_WORDS => change.keep(gap),
            last => {
                if let Some(change) = last {
                    change.keep(&gap[..CONTEXT_WORDS]);
                }
                let mut change = Change::default();
                change.keep(&gap[gap.len().saturating_sub(CONTEXT_WORDS)..]);
                changes.push(change);
            }
        }
        if let Some(change) = changes.last_mut() {
            change.push(*kind, word);
        }
        told_to = idx + 1;
    }
    if let Some(change) = changes.last_mut() {
        let rest = &steps[told_to..];
        change.keep(&rest[..rest.len().min(CONTEXT_WORDS)]);
    }
    changes
}

impl Change {
    fn keep(&mut self, words: &[(PieceKind, &str)]) {
        words.iter().for_each(|(_, word)| self.push(PieceKind::Kept, word));
    }

    /// Adds a word. What is removed in one place comes before what is added there.
    fn push(&mut self, kind: PieceKind, word: &str) {
        let at = match self.pieces.as_slice() {
            [.., last] if last.kind == kind => Some(self.pieces.len() - 1),
            [.., removed, added]
                if kind == PieceKind::Removed
                    && removed.kind == kind
                    && added.kind == PieceKind::Added =>
            {
                Some(self.pieces.len() - 2)
            }
            _ => None,
        };
        match at.and_then(|at| self.pieces.get_mut(at)) {
            Some(piece) => {
                piece.text.push(' ');
                piece.text.push_str(word);
            }
            None => self.pieces.push(Piece { kind, text: word.to_owned() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::{Paragraph, ParagraphKind};

    fn article(text: &str) -> Article {
        let paragraph = |line: &str| Paragraph { text: line.to_owned(), kind: ParagraphKind::Body };
        Article { paragraphs: text.lines().map(paragraph).collect(), ..Article::default() }
    }

    fn check(from: &str, to: &str, expected: &[&str]) {
        let changes = changes(&article(from), &article(to)).unwrap();
        let told = changes.iter().map(|change| {
            let pieces = change.pieces.iter().map(|piece| match piece.kind {
                PieceKind::Kept => piece.text.clone(),
                PieceKind::Removed => format!("[-{}-]", piece.text),
                PieceKind::Added => format!("{{+{}+}}", piece.text),
            });
            pieces.collect::<Vec<_>>().join(" ")
        });
        assert_eq!(told.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_same_text_has_no_changes() {
        check("The ferry sails.", "The ferry sails.", &[]);
        check("", "", &[]);
    }

    #[test]
    fn words_that_differ_are_told_with_the_words_around_them() {
        check(
            "On Monday the ferry sailed at six with forty people and two horses on board.",
            "On Monday the ferry sailed at seven with forty people and two horses on board.",
            &["the ferry sailed at [-six-] {+seven+} with forty people and"],
        );
        check("The ferry sails.", "The old ferry sails.", &["The {+old+} ferry sails."]);
    }

    #[test]
    fn a_paragraph_that_is_cut_is_one_change() {
        check(
            "One two.\nThree four.\nFive.",
            "One two.\nFive.",
            &["One two. ¶ [-Three four. ¶-] Five."],
        );
    }

    #[test]
    fn changes_far_apart_are_told_one_by_one() {
        check(
            "a 1 2 3 4 5 6 7 8 9 b",
            "x 1 2 3 4 5 6 7 8 9 y",
            &["[-a-] {+x+} 1 2 3 4", "6 7 8 9 [-b-] {+y+}"],
        );
        check(
            "a 1 2 3 4 5 6 7 8 b",
            "x 1 2 3 4 5 6 7 8 y",
            &["[-a-] {+x+} 1 2 3 4 5 6 7 8 [-b-] {+y+}"],
        );
    }

    #[test]
    fn a_sentence_that_is_written_anew_is_one_change() {
        check(
            "It rained. The council met on Monday night and heard nobody at all. It rained.",
            "It rained. Some forty people came by and said what they thought. It rained.",
            &["It rained. [-The council met on Monday night and heard nobody at all.-] \
               {+Some forty people came by and said what they thought.+} It rained."],
        );
        check("a one b two c", "a uno b due c", &["a [-one-] {+uno+} b [-two-] {+due+} c"]);
    }

    #[test]
    fn texts_that_have_nothing_in_common_are_not_compared() {
        let text =
            |from: usize| (from..from + 1_500).map(|it| format!("w{it} ")).collect::<String>();
        assert_eq!(changes(&article(&text(0)), &article(&text(5_000))), None);
    }

    proptest! {
        #[test]
        fn taking_the_steps_gives_either_text_and_no_way_is_shorter(
            from in proptest::collection::vec("[abc]", 0..12),
            to in proptest::collection::vec("[abc]", 0..12),
        ) {
            let from: Vec<&str> = from.iter().map(String::as_str).collect();
            let to: Vec<&str> = to.iter().map(String::as_str).collect();
            let steps = script(&from, &to).unwrap();
            let without = |left_out| {
                let left = steps.iter().filter(move |(kind, _)| *kind != left_out);
                left.map(|(_, word)| *word).collect::<Vec<_>>()
            };
            prop_assert_eq!(without(PieceKind::Added), from.clone());
            prop_assert_eq!(without(PieceKind::Removed), to.clone());
            let n_kept = steps.iter().filter(|(kind, _)| *kind == PieceKind::Kept).count();
            prop_assert_eq!(n_kept, longest_common(&from, &to));
        }
    }

    /// How many words two texts have in common in order, by the table of all beginnings.
    fn longest_common(from: &[&str], to: &[&str]) -> usize {
        let mut table = vec![vec![0; to.len() + 1]; from.len() + 1];
        for i in 0..from.len() {
            for j in 0..to.len() {
                table[i + 1][j + 1] = match from[i] == to[j] {
                    true => table[i][j] + 1,
                    false => table[i][j + 1].max(table[i + 1][j]),
                };
            }
        }
        table[from.len()][to.len()]
    }
}
