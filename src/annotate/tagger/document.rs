//! A document as the features see it: sentences of word types, and how often it has each word.

use super::features::{Counts, Manner, Phrase, REACH, Stand, WINDOW, Window};
use super::hash::append;
use super::lexicon::{Lexicon, PHRASE_WORDS_MAX};
use super::spelling::NamePart;
use super::vocabulary::{BEFORE, BEHIND, Vocabulary};

/// Sentences of word types.
#[derive(Clone, Debug, Default)]
pub(super) struct Document {
    /// The numbers of all its words.
    pub(super) words: Vec<u32>,
    /// Where each sentence ends in `words`.
    pub(super) ends: Vec<usize>,
}

impl Document {
    /// Visits the place of the first word of each sentence, and its words.
    pub(super) fn sentences(&self) -> impl Iterator<Item = (usize, &[u32])> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let bounds = starts.zip(self.ends.iter().copied());
        bounds.map(|(start, end)| (start, &self.words[start..end]))
    }

    /// Empties the document, and keeps its room.
    pub(super) fn clear(&mut self) {
        self.words.clear();
        self.ends.clear();
    }
}

/// How often a document has the words of each class, in small letters and in capitals.
#[derive(Debug, Default)]
pub(super) struct Tally {
    counts: Vec<Counts>,
    touched: Vec<u32>,
    /// How capitals are used in each sentence.
    manners: Vec<Manner>,
}

impl Tally {
    /// Counts the words of a document, and forgets those of the one before.
    ///
    /// Words that are all capitals say nothing of how they are usually written, nor does a capital
    /// at the beginning of a sentence.
    pub(super) fn count(&mut self, document: &Document, vocabulary: &Vocabulary) {
        for class in self.touched.drain(..) {
            self.counts[class as usize] = Counts::default();
        }
        self.grow(vocabulary);
        self.manners.clear();
        for (_, sentence) in document.sentences() {
            let manner = manner_of(sentence, vocabulary);
            self.manners.push(manner);
            if manner != Manner::Plain {
                continue;
            }
            for (idx, &number) in sentence.iter().enumerate() {
                let word = vocabulary.get(number);
                if !word.has_letter || word.is_shouted {
                    continue;
                }
                let class = vocabulary.class(number);
                let counts = &mut self.counts[class as usize];
                if *counts == Counts::default() {
                    self.touched.push(class);
                }
                if !word.is_capitalised {
                    counts.n_small = counts.n_small.saturating_add(1);
                } else if idx > 0 {
                    counts.n_inside = counts.n_inside.saturating_add(1);
                }
            }
        }
    }

    /// Makes room for the words that a vocabulary met since; the document has none of them.
    pub(super) fn grow(&mut self, vocabulary: &Vocabulary) {
        self.counts.resize(vocabulary.n_classes(), Counts::default());
    }

    /// Returns how capitals are used in each sentence of the document.
    pub(super) fn manners(&self) -> &[Manner] {
        &self.manners
    }

    /// Returns the counts of a class.
    #[inline]
    pub(super) fn of(&self, class: u32) -> Counts {
        self.counts[class as usize]
    }
}

/// Returns how capitals are used in a sentence.
pub(super) fn manner_of(sentence: &[u32], vocabulary: &Vocabulary) -> Manner {
    Manner::of(sentence.iter().map(|&number| vocabulary.get(number)))
}

/// Visits each word of a sentence that is wanted, with its neighbours; `visit` gets its place too.
///
/// `manner` is that of the sentence, and `phrases` is room that is used again.
#[inline]
pub(super) fn visit_windows(
    (sentence, manner): (&[u32], Manner),
    vocabulary: &Vocabulary,
    lexicon: &Lexicon,
    tally: &Tally,
    phrases: &mut Vec<Phrase>,
    is_wanted: impl Fn(usize) -> bool,
    mut visit: impl FnMut(usize, &Window<'_>),
) {
    find_phrases(sentence, vocabulary, lexicon, phrases);
    let mut words = [vocabulary.get(BEFORE); WINDOW];
    for place in REACH..WINDOW {
        words[place] = vocabulary.get(neighbour(sentence, place - REACH));
    }
    for idx in 0..sentence.len() {
        if is_wanted(idx) {
            let counts = tally.of(vocabulary.class(sentence[idx]));
            let stand = Stand { manner, is_first: idx == 0 };
            visit(idx, &Window { words, stand, phrase: phrases[idx], counts });
        }
        words.copy_within(1.., 0);
        words[WINDOW - 1] = vocabulary.get(neighbour(sentence, idx + REACH + 1));
    }
}

/// How far a link may stand from the word of a name that it belongs to.
const LINK_REACH: usize = 2;

/// Marks the words of a sentence that can be part of a name: those with a capital, links beside them,
/// and small words between two of them or behind a hyphen, as in `Bingu wa Mutharika` and `Yip Mau -
/// yung`. In newswire that is less than half of the words, and the others need not be weighed.
///
/// `can_be` has a place for each word, and is room that is used again.
pub(super) fn mark_name_parts(sentence: &[u32], vocabulary: &Vocabulary, can_be: &mut Vec<bool>) {
    can_be.clear();
    can_be.resize(sentence.len(), false);
    let part = |idx: usize| sentence.get(idx).map(|it| vocabulary.get(*it).part);
    let mut is_name = false;
    for idx in 0..sentence.len() {
        let follows_hyphen = idx > 1 && can_be[idx - 2] && part(idx - 1) == Some(NamePart::Hyphen);
        is_name = match part(idx) {
            Some(NamePart::Full) => true,
            Some(NamePart::None) => {
                can_be[idx] = is_name && part(idx + 1) == Some(NamePart::Full) || follows_hyphen;
                follows_hyphen
            }
            _ => false,
        };
        if !is_name {
            continue;
        }
        can_be[idx] = true;
        let is_link = |it: &usize| matches!(part(*it), Some(NamePart::Link | NamePart::Hyphen));
        let before = (idx.saturating_sub(LINK_REACH)..idx).rev();
        before.take_while(is_link).for_each(|it| can_be[it] = true);
        let behind = idx + 1..sentence.len().min(idx + 1 + LINK_REACH);
        behind.take_while(is_link).for_each(|it| can_be[it] = true);
    }
}

/// Returns a word of a sentence, or what stands behind it.
#[inline]
pub(super) fn neighbour(sentence: &[u32], idx: usize) -> u32 {
    sentence.get(idx).copied().unwrap_or(BEHIND)
}

/// Finds the phrases of several words that are on a list: from the left, the longest first.
fn find_phrases(
    sentence: &[u32],
    vocabulary: &Vocabulary,
    lexicon: &Lexicon,
    phrases: &mut Vec<Phrase>,
) {
    phrases.clear();
    phrases.resize(sentence.len(), Phrase::default());
    let mut start = 0;
    while start < sentence.len() {
        let n_words = longest_phrase(&sentence[start..], vocabulary, lexicon);
        let (lists, n_words) = n_words.unwrap_or((0, 1));
        if lists != 0 {
            for (idx, phrase) in phrases[start..start + n_words].iter_mut().enumerate() {
                *phrase = Phrase { lists, place: if idx == 0 { 1 } else { 2 } };
            }
        }
        start += n_words;
    }
}

/// Returns the lists and the length of the longest phrase that words begin with.
#[inline]
fn longest_phrase(
    words: &[u32],
    vocabulary: &Vocabulary,
    lexicon: &Lexicon,
) -> Option<(u16, usize)> {
    let first = vocabulary.get(words[0]);
    // Nearly all words are small, and of a capital one the next is: neither begins a phrase, nor does
    // a small one belong to any on the lists.
    if !first.is_capitalised || words.len() < 2 {
        return None;
    }
    let mut hash = append(0, first.cased);
    let mut found = None;
    for (idx, &number) in words.iter().enumerate().take(PHRASE_WORDS_MAX).skip(1) {
        let word = vocabulary.get(number);
        if word.part == NamePart::None {
            break;
        }
        hash = append(hash, word.cased);
        let lists = lexicon.lists(hash);
        if lists != 0 {
            found = Some((lists, idx + 1));
        }
    }
    found
}
