//! What was worked out for the names of articles before: most names come again.

use std::borrow::Borrow;
use std::hash::Hash;

use rustc_hash::FxHashMap;

use crate::annotate::names::{organisation_key, person_keys};
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
    people: Kept<Box<str>>,
    organisations: Kept<Box<str>>,
    places: Kept<PlaceId>,
}

/// What is known of names of one kind, and where it stands.
#[derive(Debug)]
struct Kept<K> {
    places: FxHashMap<K, usize>,
    known: Vec<Known>,
}

impl<K> Default for Kept<K> {
    fn default() -> Self {
        Self { places: FxHashMap::default(), known: Vec::new() }
    }
}

impl<K: Eq + Hash> Kept<K> {
    /// Returns what is known of a name, which is looked at where it is new.
    fn get<Q>(&mut self, name: &Q, keep: fn(&Q) -> K, look_at: impl FnOnce(&Q) -> Known) -> &Known
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let place = match self.places.get(name) {
            Some(place) => *place,
            None => {
                if self.known.len() >= NAMES_MAX {
                    self.places.clear();
                    self.known.clear();
                }
                self.places.insert(keep(name), self.known.len());
                self.known.push(look_at(name));
                self.known.len() - 1
            }
        };
        &self.known[place]
    }
}

impl Memory {
    /// Returns what is known of a person or an organisation.
    pub(super) fn named(&mut self, kind: MentionKind, name: &str) -> &Known {
        match kind {
            MentionKind::Organisation => {
                self.organisations.get(name, |it| it.into(), of_organisation)
            }
            _ => self.people.get(name, |it| it.into(), of_person),
        }
    }

    /// Returns what is known of a place: its path, and the terms of all that contains it.
    pub(super) fn located(&mut self, place: PlaceId, gazetteer: &Gazetteer) -> &Known {
        self.places.get(&place, |it| *it, |it| of_place(*it, gazetteer))
    }
}

fn of_organisation(name: &str) -> Known {
    let key = organisation_key(name);
    let terms: Vec<String> = key.split(' ').map(|it| format!("{KEY_MARK}{it}")).collect();
    Known::of(MentionKind::Organisation, name, key, &terms)
}

fn of_person(name: &str) -> Known {
    let (key, words) = person_keys(name);
    let terms = words.into_iter().map(|it| format!("{KEY_MARK}{it}"));
    Known::of(MentionKind::Person, name, key, &terms.collect::<Vec<_>>())
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
