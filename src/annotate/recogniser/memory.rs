//! What was worked out for the names of articles before: most names come again.

use rustc_hash::FxHashMap;

use crate::annotate::names::{organisation_key, person_key, word_keys};
use crate::annotate::places::{Gazetteer, PlaceId};
use crate::article::{KEY_MARK, MentionKind, PATH_MARK};

/// How many names are remembered of each kind; a few megabytes.
const NAMES_MAX: usize = 20_000;

/// What a name is found by across an archive.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    /// What its spellings share; empty for a name without a letter.
    pub(super) key: String,
    /// The terms by which it is asked for, each with its sign.
    pub(super) terms: Vec<String>,
}

/// The keys of the names that were met last.
#[derive(Debug, Default)]
pub(super) struct Memory {
    people: FxHashMap<Box<str>, Keys>,
    organisations: FxHashMap<Box<str>, Keys>,
    places: FxHashMap<PlaceId, Keys>,
}

impl Memory {
    /// Returns the keys of a person or an organisation.
    pub(super) fn named(&mut self, kind: MentionKind, name: &str) -> &Keys {
        let (known, keys_of): (_, fn(&str) -> Keys) = match kind {
            MentionKind::Organisation => (&mut self.organisations, of_organisation),
            _ => (&mut self.people, of_person),
        };
        if !known.contains_key(name) {
            forget_if_many(known);
            known.insert(name.into(), keys_of(name));
        }
        &known[name]
    }

    /// Returns the path of a place, and the terms of all that contains it.
    pub(super) fn located(&mut self, place: PlaceId, gazetteer: &Gazetteer) -> &Keys {
        let known = &mut self.places;
        if !known.contains_key(&place) {
            forget_if_many(known);
            known.insert(place, of_place(place, gazetteer));
        }
        &known[&place]
    }
}

fn forget_if_many<K, V>(known: &mut FxHashMap<K, V>) {
    if known.len() >= NAMES_MAX {
        known.clear();
    }
}

fn of_organisation(name: &str) -> Keys {
    let key = organisation_key(name);
    let terms = key.split(' ').map(|it| format!("{KEY_MARK}{it}")).collect();
    Keys { key, terms }
}

fn of_person(name: &str) -> Keys {
    let terms = word_keys(name).into_iter().map(|it| format!("{KEY_MARK}{it}")).collect();
    Keys { key: person_key(name), terms }
}

fn of_place(place: PlaceId, gazetteer: &Gazetteer) -> Keys {
    let path = gazetteer.path(place);
    // What its path begins with contains it; parts of the world stand in no path.
    let is_beyond = |it: &String| !path.starts_with(&format!("{it}/"));
    let beyond = gazetteer.ancestors(place).map(|it| gazetteer.path(it)).filter(is_beyond);
    let terms = std::iter::once(path.clone()).chain(beyond);
    let terms = terms.map(|it| format!("{PATH_MARK}{it}")).collect();
    Keys { key: path, terms }
}
