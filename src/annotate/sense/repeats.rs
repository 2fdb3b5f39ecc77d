//! Names that the tagger saw in part, or saw once and missed again.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::label::{Label, Stretch};
use super::super::tagger::lists;
use super::Reading;
use super::consistency::{KNOWN, PLACES};
use super::titles::n_title_words;
use crate::article::MentionKind;

/// How many names with one first word are looked for.
const NAMES_PER_WORD_MAX: usize = 8;

/// Adds the given name before a person who is called by the surname alone.
///
/// Not at the beginning of a sentence, where every word has a capital.
pub(super) fn take_given_names(reading: &Reading<'_>, labels: &mut [Label]) {
    for sentence in reading.sentences() {
        for idx in sentence.start + 2..sentence.end {
            let before = &reading.facts[idx - 1];
            let is_one_word = labels[idx] == Label::begin(MentionKind::Person)
                && (idx + 1 == sentence.end || !labels[idx + 1].is_inside());
            if is_one_word
                && labels[idx - 1] == Label::OUTSIDE
                && before.is_capitalised
                && before.lists & lists::GIVEN_NAME != 0
                && before.lists & PLACES == 0
                && n_title_words(&reading.words[idx - 1..idx]) == 0
            {
                labels[idx - 1] = Label::begin(MentionKind::Person);
                labels[idx] = Label::inside(MentionKind::Person);
            }
        }
    }
}

/// Names the words that are a name of several words elsewhere in the article, or that of a place that
/// a list knows.
pub(super) fn name_again(reading: &Reading<'_>, names: &[Stretch], labels: &mut [Label]) {
    let nameless = reading.facts.iter().zip(&*labels);
    let nameless =
        nameless.filter(|(fact, label)| fact.is_capitalised && **label == Label::OUTSIDE);
    let asked: FxHashSet<u64> = nameless.map(|(fact, _)| fact.cased).collect();
    let by_first_word = by_first_word(reading, names, &asked);
    if by_first_word.is_empty() {
        return;
    }
    for sentence in reading.sentences() {
        let mut idx = sentence.start;
        while idx < sentence.end {
            let found = missed(reading, labels, &by_first_word, idx..sentence.end);
            if let Some(name) = found {
                name.write(labels);
            }
            idx = found.map_or(idx + 1, |it| it.end);
        }
    }
}

/// Returns the names that are looked for again by their first word, if that is asked for, each once.
fn by_first_word(
    reading: &Reading<'_>,
    names: &[Stretch],
    asked: &FxHashSet<u64>,
) -> FxHashMap<u64, Vec<Stretch>> {
    let mut by_first_word: FxHashMap<u64, Vec<Stretch>> = FxHashMap::default();
    let is_known =
        |it: &Stretch| it.kind == MentionKind::Place && reading.facts[it.start].lists & KNOWN != 0;
    for name in names.iter().filter(|it| it.n_words() > 1 || is_known(it)) {
        let first = reading.facts[name.start].cased;
        if !asked.contains(&first) {
            continue;
        }
        let known = by_first_word.entry(first).or_default();
        let key = reading.key(name);
        if known.len() < NAMES_PER_WORD_MAX && !known.iter().any(|it| reading.key(it) == key) {
            known.push(*name);
        }
    }
    by_first_word
}

/// Returns the name that words without a label begin with.
fn missed(
    reading: &Reading<'_>,
    labels: &[Label],
    by_first_word: &FxHashMap<u64, Vec<Stretch>>,
    words: std::ops::Range<usize>,
) -> Option<Stretch> {
    let first = &reading.facts[words.start];
    if labels[words.start] != Label::OUTSIDE || !first.is_capitalised {
        return None;
    }
    let candidates = by_first_word.get(&first.cased)?;
    let found = candidates.iter().map(|it| (it, words.start + it.n_words())).find(|(name, end)| {
        let cased = |at: usize| reading.facts[at].cased;
        *end <= words.end
            && labels[words.start..*end].iter().all(|it| *it == Label::OUTSIDE)
            && (words.start..*end)
                .zip(name.start..)
                .all(|(here, there)| cased(here) == cased(there))
    });
    found.map(|(name, end)| Stretch { kind: name.kind, start: words.start, end })
}
