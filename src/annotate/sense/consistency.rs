//! One sense per article.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::label::{Label, Stretch};
use super::super::tagger::lists;
use super::initials::name_by_initials;
use super::pairs::part;
use super::repeats::{name_again, take_given_names};
use super::titles::take_titles_off;
use super::{Fact, Reading};
use crate::article::MentionKind;

/// The lists whose names stay what they are, whoever bears them too: nobody is meant by `Georgia`.
pub(super) const PLACES: u16 = lists::COUNTRY | lists::STATE | lists::REGION;

/// Settles the labels of an article.
///
/// Each rule sees what those before it made; each takes a time that grows with the words alone.
pub(in crate::annotate) fn settle(reading: &Reading<'_>, labels: &mut [Label]) {
    for sentence in reading.sentences() {
        let words = &reading.words[sentence.clone()];
        take_titles_off(words, &mut labels[sentence]);
    }
    take_possessives_off(reading, labels);
    part(reading, &reading.names(labels), labels);
    agree_on_kinds(reading, labels);
    name_by_initials(reading, labels);
    take_given_names(reading, labels);
    name_by_surname(reading, labels);
    name_again(reading, labels);
}

/// Takes the possessive off the end of people and places. That of a company may be its name:
/// `Sainsbury's`.
fn take_possessives_off(reading: &Reading<'_>, labels: &mut [Label]) {
    for name in reading.names(labels) {
        let last = name.end - 1;
        let is_possessive = matches!(reading.words[last], "'s" | "’s" | "'" | "’");
        if is_possessive && name.n_words() > 1 && name.kind != MentionKind::Organisation {
            labels[last] = Label::OUTSIDE;
        }
    }
}

/// Gives names of the same words the kind that more than two in three of them have.
fn agree_on_kinds(reading: &Reading<'_>, labels: &mut [Label]) {
    let names = reading.names(labels);
    let mut votes: FxHashMap<u64, [u32; MentionKind::ALL.len()]> = FxHashMap::default();
    for name in &names {
        votes.entry(reading.key(name)).or_default()[name.kind as usize] += 1;
    }
    for name in &names {
        let votes = votes.get(&reading.key(name)).copied().unwrap_or_default();
        let n_votes: u32 = votes.iter().sum();
        let is_elected = |kind: &&MentionKind| votes[**kind as usize] * 3 > n_votes * 2;
        if let Some(&kind) = MentionKind::ALL.iter().find(is_elected)
            && kind != name.kind
        {
            Stretch { kind, ..*name }.write(labels);
        }
    }
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
