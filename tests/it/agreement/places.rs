//! Where words stand, and what stands near what: the plain scan within an article.

use std::collections::BTreeSet;

use super::ask::{Ask, Form, Nearness, Order, Term, Within};
use super::paper::{Case, Piece, Printed};

/// The words that are looked at, in texts that no place spans two of.
#[derive(Clone)]
pub(super) struct View {
    texts: Vec<Vec<Word>>,
}

/// The texts of an article: its headline, and its body as if it were one line.
const HEADLINE: usize = 0;
const BODY: usize = 1;

/// A word, a part of a compound or a compound written as one.
#[derive(Clone)]
struct Word {
    word: String,
    case: Case,
    /// Its place among the words of its text; a compound written as one is where its first part is.
    at: usize,
    /// The number of its sentence among those of its text.
    sentence: usize,
    /// The number of its paragraph likewise.
    paragraph: usize,
}

/// The first and the last word of something in a text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    text: usize,
    first: usize,
    last: usize,
}

impl View {
    /// Lays out the headline and the body.
    pub(super) fn of_text(piece: &Piece) -> Self {
        let headline = Self::of_field(&piece.headline);
        let mut body = Vec::new();
        let (mut at, mut sentence) = (0, 0);
        for (paragraph, words) in piece.body().enumerate() {
            let mut after_stop = false;
            for printed in words {
                if after_stop && printed.may_open_sentence() {
                    sentence += 1;
                }
                after_stop = printed.ends_with_stop();
                body.extend(words_of(printed, at, sentence, paragraph));
                at += printed.parts.len();
            }
            sentence += 1;
        }
        Self { texts: [headline.texts, vec![body]].concat() }
    }

    /// Lays out a text that is one sentence and one paragraph.
    pub(super) fn of_field(words: &[Printed]) -> Self {
        let mut text = Vec::new();
        let mut at = 0;
        for printed in words {
            text.extend(words_of(printed, at, 0, 0));
            at += printed.parts.len();
        }
        Self { texts: vec![text] }
    }

    /// Keeps the words of the headline in view.
    pub(super) fn headline(&self) -> Self {
        self.only(|text, _| text == HEADLINE)
    }

    /// Keeps the words of the first paragraph in view.
    pub(super) fn lead(&self) -> Self {
        self.only(|text, word| text == BODY && word.paragraph == 0)
    }

    /// Keeps the first words of the body in view.
    pub(super) fn first(&self, n: usize) -> Self {
        self.only(|text, word| text == BODY && word.at < n)
    }

    /// Keeps the words in view that are printed so.
    pub(super) fn printed(&self, form: Form) -> Self {
        self.only(|_, word| match form {
            Form::Exact => true,
            Form::Caps => word.case != Case::Small,
            Form::AllCaps => word.case == Case::Capitals,
        })
    }

    fn only(&self, is_kept: impl Fn(usize, &Word) -> bool) -> Self {
        let mut view = self.clone();
        for (idx, text) in view.texts.iter_mut().enumerate() {
            text.retain(|word| is_kept(idx, word));
        }
        view
    }

    fn word_at(&self, text: usize, at: usize) -> &Word {
        self.texts[text].iter().find(|word| word.at == at).unwrap()
    }
}

/// Returns the words of what is printed between two spaces.
fn words_of(printed: &Printed, at: usize, sentence: usize, paragraph: usize) -> Vec<Word> {
    let parts = (at..).zip(&printed.parts);
    let mut words: Vec<Word> = parts
        .map(|(at, part)| Word {
            word: part.word.to_owned(),
            case: part.case,
            at,
            sentence,
            paragraph,
        })
        .collect();
    if words.len() > 1 {
        let whole = words.iter().map(|part| part.word.as_str()).collect();
        words.push(Word { word: whole, ..words[0].clone() });
    }
    words
}

/// Returns the places of what has places.
pub(super) fn places(ask: &Ask, view: &View) -> BTreeSet<Place> {
    match ask {
        Ask::Term(term) => {
            let texts = view.texts.iter().enumerate();
            let found = texts.flat_map(|(text, words)| {
                let ends = term_ends(term, words).into_iter();
                ends.map(move |(first, last)| Place { text, first, last })
            });
            found.collect()
        }
        Ask::Any(asks) => asks.iter().flat_map(|ask| places(ask, view)).collect(),
        Ask::Form(form, ask) => places(ask, &view.printed(*form)),
        Ask::AtLeast(n, ask) => {
            let found = places(ask, view);
            if found.len() < *n { BTreeSet::new() } else { found }
        }
        Ask::Near(left, nearness, right) => {
            let (left, right) = (places(left, view), places(right, view));
            if nearness.negated {
                let is_alone = |a: &Place| {
                    !right.iter().any(|b| a.shares(*b) || is_near(*a, *b, nearness, view))
                };
                return left.into_iter().filter(is_alone).collect();
            }
            let pairs = left.iter().flat_map(|a| right.iter().map(move |b| (*a, *b)));
            let near = pairs.filter(|(a, b)| is_near(*a, *b, nearness, view));
            near.map(|(a, b)| a.through(b)).collect()
        }
        _ => panic!("{ask} has no places"),
    }
}

impl Place {
    /// Tells whether both have a word in common.
    fn shares(self, other: Self) -> bool {
        self.text == other.text && self.first <= other.last && other.first <= self.last
    }

    /// Returns the place from the first word of both to the last.
    fn through(self, other: Self) -> Self {
        let (first, last) = (self.first.min(other.first), self.last.max(other.last));
        Self { first, last, ..self }
    }
}

fn is_near(left: Place, right: Place, nearness: &Nearness, view: &View) -> bool {
    if left.text != right.text || left.shares(right) {
        return false;
    }
    let is_left_first = left.first < right.first;
    if matches!(nearness.order, Order::LeftFirst(_)) && !is_left_first {
        return false;
    }
    let (before, after) = if is_left_first { (left, right) } else { (right, left) };
    let from = view.word_at(left.text, before.first);
    let to = view.word_at(left.text, after.last);
    match nearness.within {
        Within::Words(n) => after.first - before.last <= n,
        Within::Sentence => from.sentence == to.sentence,
        Within::Paragraph => from.paragraph == to.paragraph,
    }
}

/// Returns the first and the last word of each place of a term in a text.
fn term_ends(term: &Term, text: &[Word]) -> Vec<(usize, usize)> {
    match term {
        Term::Word(word) => in_a_row(&[*word], text),
        Term::Compound(parts) => {
            [in_a_row(parts, text), in_a_row(&[parts.concat()], text)].concat()
        }
        Term::Wildcard(words) | Term::Phrase(words) => in_a_row(words, text),
        Term::Fuzzy(word, n) => {
            let word: Vec<char> = word.chars().collect();
            let is_alike = |it: &&Word| is_alike(&word, &it.word.chars().collect::<Vec<_>>(), *n);
            text.iter().filter(is_alike).map(|word| (word.at, word.at)).collect()
        }
        Term::Window(words, n) => gathered(words, 0, *n, text, &[]),
        Term::Slop(words, n) => gathered(words, 1, *n, text, &[]),
    }
}

/// Finds words one after the other in one paragraph. Where a `*` stands alone there is always a word,
/// and it need not be in view.
fn in_a_row(words: &[impl AsRef<str>], text: &[Word]) -> Vec<(usize, usize)> {
    let starts = text.iter().filter(|start| fits(words[0].as_ref(), &start.word));
    let goes_on = |start: &&Word| {
        (start.at..).zip(words).map(|(at, word)| (at, word.as_ref())).all(|(at, wanted)| {
            let stands = |word: &Word| {
                word.at == at && word.paragraph == start.paragraph && fits(wanted, &word.word)
            };
            wanted == "*" || text.iter().any(stands)
        })
    };
    starts.filter(goes_on).map(|start| (start.at, start.at + words.len() - 1)).collect()
}

/// Finds all words, each at a place of its own, so that their places differ by at most `n` when
/// from each is taken `step` times its number.
fn gathered(
    words: &[String],
    step: usize,
    n: usize,
    text: &[Word],
    chosen: &[usize],
) -> Vec<(usize, usize)> {
    // Instead of taking more from each than from the one before, less is added: no place is below 0.
    let places = || chosen.iter().enumerate().map(|(idx, at)| at + step * (words.len() - idx));
    let spread = places().max().unwrap_or_default() - places().min().unwrap_or_default();
    if spread > n {
        return Vec::new();
    }
    let Some(wanted) = words.get(chosen.len()) else {
        let (first, last) = (chosen.iter().min().unwrap(), chosen.iter().max().unwrap());
        return vec![(*first, *last)];
    };
    text.iter()
        .filter(|word| fits(wanted, &word.word) && !chosen.contains(&word.at))
        .flat_map(|word| gathered(words, step, n, text, &[chosen, &[word.at]].concat()))
        .collect()
}

/// Tells whether a word is one that is wanted: a `*` stands for any letters, a `?` for one.
pub(super) fn fits(wanted: &str, word: &str) -> bool {
    let mut rest = word.chars();
    match wanted.chars().next() {
        None => word.is_empty(),
        Some('*') => {
            fits(&wanted[1..], word) || rest.next().is_some() && fits(wanted, rest.as_str())
        }
        Some('?') => rest.next().is_some() && fits(&wanted[1..], rest.as_str()),
        Some(letter) => rest.next() == Some(letter) && fits(&wanted[1..], rest.as_str()),
    }
}

/// Tells whether `n` slips at most make one word of the other: a letter too many or too few,
/// another letter, or two neighbours exchanged.
fn is_alike(one: &[char], other: &[char], n: usize) -> bool {
    match (one, other) {
        ([], rest) | (rest, []) => rest.len() <= n,
        ([a, one_rest @ ..], [b, other_rest @ ..]) => {
            let is_exchanged =
                one.len() > 1 && other.len() > 1 && (one[0], one[1]) == (other[1], other[0]);
            a == b && is_alike(one_rest, other_rest, n)
                || n > 0
                    && (is_alike(one_rest, other, n - 1)
                        || is_alike(one, other_rest, n - 1)
                        || is_alike(one_rest, other_rest, n - 1)
                        || is_exchanged && is_alike(&one[2..], &other[2..], n - 1))
        }
    }
}
