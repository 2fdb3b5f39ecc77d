//! One sense per article.

use rustc_hash::FxHashSet;

use super::super::label::{Label, Stretch};
use super::super::tagger::lists;
use super::pairs::part;
use super::titles::take_titles_off;
use super::{Fact, Reading};
use crate::article::MentionKind;

/// The lists whose names stay what they are, whoever bears them too: nobody is meant by `Georgia`.
const PLACES: u16 = lists::COUNTRY | lists::STATE | lists::REGION;

/// Settles the labels of an article.
pub(in crate::annotate) fn settle(reading: &Reading<'_>, labels: &mut [Label]) {
    for sentence in reading.sentences() {
        take_titles_off(&reading.words[sentence.clone()], &mut labels[sentence]);
    }
    part(reading, &reading.names(labels), labels);
    name_by_surname(reading, labels);
}

/// Makes a person of each word that is the surname of one named in full.
fn name_by_surname(reading: &Reading<'_>, labels: &mut [Label]) {
    let names = reading.names(labels);
    let surnames = surnames(reading, &names);
    if surnames.is_empty() {
        return;
    }
    let is_surname = |fact: &Fact| fact.lists & PLACES == 0 && surnames.contains(&fact.cased);
    for name in names.iter().filter(|it| it.n_words() == 1) {
        if is_surname(&reading.facts[name.start]) {
            labels[name.start] = Label::begin(MentionKind::Person);
        }
    }
    for sentence in reading.sentences() {
        for idx in sentence.clone() {
            let fact = &reading.facts[idx];
            if fact.is_capitalised
                && labels[idx] == Label::OUTSIDE
                && (idx == sentence.start || labels[idx - 1] == Label::OUTSIDE)
                && (idx + 1 == sentence.end || labels[idx + 1] == Label::OUTSIDE)
                && is_surname(fact)
            {
                labels[idx] = Label::begin(MentionKind::Person);
            }
        }
    }
}

/// Returns the surnames of all persons named in full.
fn surnames(reading: &Reading<'_>, names: &[Stretch]) -> FxHashSet<u64> {
    let full = names.iter().filter(|it| it.kind == MentionKind::Person && it.n_words() > 1);
    let last = full.map(|it| &reading.facts[it.end - 1]);
    last.filter(|it| it.is_capitalised).map(|it| it.cased).collect()
}
