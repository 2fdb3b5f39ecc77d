//! What was worked out for the names of articles before: most names come again.

use rustc_hash::FxHashMap;

use crate::annotate::names::{organisation_key, person_key, word_keys};
use crate::annotate::places::{Gazetteer, PlaceId};
use crate::article::{Entity, KEY_MARK, MentionKind, PATH_MARK, Witness};

/// How many names are remembered of each kind; some ten megabytes in all.
const NAMES_MAX: usize = 20_000;

/// What a name is found by across an archive.
#[derive(Debug)]
pub(super) struct Known {
    /// What its spellings share; empty for a name without a letter.
    pub(super) key: String,
    /// What it names, mentioned nowhere yet.
    entity: Entity,
}

impl Known {
    fn of(kind: MentionKind, name: &str, key: String, terms: &[String]) -> Self {
        let entity = Entity::new(kind, name, &key, terms, Witness::Recognised);
        Self { key, entity }
    }

    /// Returns the entity of the name in an article.
    pub(super) fn entity(&self, witness: Witness) -> Entity {
        let mut entity = self.entity.clone();
        entity.witness = witness;
        entity
    }
}

/// What is known of the names that were met last.
#[derive(Debug, Default)]
pub(super) struct Memory {
    people: FxHashMap<Box<str>, Known>,
    organisations: FxHashMap<Box<str>, Known>,
    places: FxHashMap<PlaceId, Known>,
}

impl Memory {
    /// Returns what is known of a person or an organisation.
    pub(super) fn named(&mut self, kind: MentionKind, name: &str) -> &Known {
        let (known, look_at): (_, fn(&str) -> Known) = match kind {
            MentionKind::Organisation => (&mut self.organisations, of_organisation),
            _ => (&mut self.people, of_person),
        };
        if !known.contains_key(name) {
            forget_if_many(known);
            known.insert(name.into(), look_at(name));
        }
        &known[name]
    }

    /// Returns what is known of a place: its path, and the terms of all that contains it.
    pub(super) fn located(&mut self, place: PlaceId, gazetteer: &Gazetteer) -> &Known {
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

fn of_organisation(name: &str) -> Known {
    let key = organisation_key(name);
    let terms: Vec<String> = key.split(' ').map(|it| format!("{KEY_MARK}{it}")).collect();
    Known::of(MentionKind::Organisation, name, key, &terms)
}

fn of_person(name: &str) -> Known {
    let terms = word_keys(name).into_iter().map(|it| format!("{KEY_MARK}{it}"));
    Known::of(MentionKind::Person, name, person_key(name), &terms.collect::<Vec<_>>())
}

fn of_place(place: PlaceId, gazetteer: &Gazetteer) -> Known {
    let path = gazetteer.path(place);
    // What its path begins with contains it; parts of the world stand in no path.
    let is_beyond = |it: &String| !path.starts_with(&format!("{it}/"));
    let beyond = gazetteer.ancestors(place).map(|it| gazetteer.path(it)).filter(is_beyond);
    let terms = std::iter::once(path.clone()).chain(beyond);
    let terms: Vec<String> = terms.map(|it| format!("{PATH_MARK}{it}")).collect();
    let name = gazetteer.place(place).map_or("", |it| it.name);
    Known::of(MentionKind::Place, name, path, &terms)
}
