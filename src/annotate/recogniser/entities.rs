//! The people and organisations of an article, each once.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::annotate::names::full_names;
use crate::annotate::places::{Gazetteer, PlaceId};
use crate::article::{Article, Entity, KEY_MARK, Mention, MentionKind, PATH_MARK, Part, Witness};
use crate::text::fold;

use super::memory::Memory;
use super::printed;

/// Where the entity with a kind and a key is.
type ByKey = FxHashMap<(MentionKind, String), usize>;

/// The entities of an article, in the making.
pub(super) struct Entities<'a> {
    pub(super) all: Vec<Entity>,
    by_key: ByKey,
    pub(super) memory: &'a mut Memory,
}

impl<'a> Entities<'a> {
    /// Makes none, for one article.
    pub(super) fn new(memory: &'a mut Memory) -> Self {
        Self { all: Vec::new(), by_key: FxHashMap::default(), memory }
    }

    /// Adds what is neither a place nor nameless.
    pub(super) fn add_people_and_organisations(&mut self, article: &Article, mentions: &[Mention]) {
        let full = full_organisations(mentions);
        // Most names are mentioned more than once, and their keys are the same each time.
        let mut known: FxHashMap<(MentionKind, &str), Option<usize>> = FxHashMap::default();
        for mention in mentions.iter().filter(|it| it.kind != MentionKind::Place) {
            let name = match mention.kind {
                MentionKind::Organisation => full.get(mention.name.as_str()).copied(),
                _ => None,
            };
            let name = name.unwrap_or(&mention.name);
            let entity = *known
                .entry((mention.kind, name))
                .or_insert_with(|| self.named(mention.kind, name, mention.witness));
            if let Some(entity) = entity {
                self.call(entity, printed(article, mention));
                self.mention(entity, mention);
            }
        }
    }

    /// Returns the entity with a name, which is made where there is none yet; nothing for a name
    /// without a letter.
    pub(super) fn named(
        &mut self,
        kind: MentionKind,
        name: &str,
        witness: Witness,
    ) -> Option<usize> {
        let Self { all, by_key, memory } = self;
        let known = memory.named(kind, name);
        if known.key.is_empty() {
            return None;
        }
        let key = (kind, known.key.clone());
        Some(told_apart(all, by_key, key, || known.entity(witness)))
    }

    /// Returns the entity of a place of the gazetteer, which is made where there is none yet.
    pub(super) fn located(
        &mut self,
        place: PlaceId,
        witness: Witness,
        gazetteer: &Gazetteer,
    ) -> usize {
        let Self { all, by_key, memory } = self;
        let known = memory.located(place, gazetteer);
        let key = (MentionKind::Place, known.key.clone());
        told_apart(all, by_key, key, || known.entity(witness))
    }

    /// Returns the entity of a place that nobody knows, by its name, which is made where there is
    /// none yet.
    pub(super) fn unlocated(&mut self, name: &str, witness: Witness) -> usize {
        // No path begins so.
        let key = (MentionKind::Place, format!("{PATH_MARK}{}", fold(name)));
        // It tells the place from others here; across an archive it says nothing.
        told_apart(&mut self.all, &mut self.by_key, key, || {
            Entity::new(MentionKind::Place, name, "", &[], witness)
        })
    }

    /// Lets an organisation be found by a short form of its name too: `WHO`.
    fn call(&mut self, entity: usize, printed: &str) {
        let entity = &mut self.all[entity];
        if entity.kind == MentionKind::Organisation && entity.name() != printed {
            let key = &self.memory.named(MentionKind::Organisation, printed).key;
            let term = format!("{KEY_MARK}{key}");
            if *key != entity.key() && !key.contains(' ') && !entity.terms().contains(&term) {
                entity.add_term(&term);
            }
        }
    }

    /// Notes that an entity is mentioned.
    pub(super) fn mention(&mut self, entity: usize, mention: &Mention) {
        let entity = &mut self.all[entity];
        if mention.witness == Witness::Publisher {
            entity.witness = Witness::Publisher;
        }
        if mention.part != Part::Record {
            entity.mentions.push((mention.part, mention.span));
        }
    }

    /// Joins a surname that stands alone with the one person of the article who bears it.
    pub(super) fn join_surnames(&mut self) {
        let is_person = |it: &&Entity| it.kind == MentionKind::Person;
        // The one who bears each surname; nothing where several do.
        let mut bearers: FxHashMap<String, Option<usize>> = FxHashMap::default();
        let people = self.all.iter().enumerate().filter(|(_, it)| is_person(it));
        let people: Vec<(usize, Vec<String>)> =
            people.map(|(idx, entity)| (idx, entity.terms())).collect();
        for (idx, terms) in &people {
            if let [_, .., surname] = terms.as_slice() {
                bearers.entry(surname.clone()).and_modify(|it| *it = None).or_insert(Some(*idx));
            }
        }
        for (idx, terms) in &people {
            let [surname] = terms.as_slice() else { continue };
            if let Some(Some(bearer)) = bearers.get(surname) {
                let mut mentions = std::mem::take(&mut self.all[*idx].mentions);
                self.all[*bearer].mentions.append(&mut mentions);
            }
        }
    }

    /// Returns the last words of the names of all people.
    pub(super) fn surnames(&self) -> FxHashSet<String> {
        let people = self.all.iter().filter(|it| it.kind == MentionKind::Person);
        people.filter_map(|it| it.name().rsplit(' ').next()).map(str::to_owned).collect()
    }

    /// Returns all: first those that the publisher names, then in the order of their first mentions.
    pub(super) fn in_order(self) -> Vec<Entity> {
        let mut all = self.all;
        // What the publisher knows better has no mentions left.
        all.retain(|it| !it.mentions.is_empty() || it.witness == Witness::Publisher);
        all.iter_mut().for_each(|it| it.mentions.sort_unstable());
        all.sort_by_key(|it| {
            let is_recognised = it.witness == Witness::Recognised;
            (is_recognised, it.mentions.first().copied())
        });
        all
    }
}

/// Returns the entity that a kind and a key tell from the others, which is made where there is none.
fn told_apart(
    all: &mut Vec<Entity>,
    by_key: &mut ByKey,
    key: (MentionKind, String),
    make: impl FnOnce() -> Entity,
) -> usize {
    *by_key.entry(key).or_insert_with(|| {
        all.push(make());
        all.len() - 1
    })
}

/// Returns the full names of the organisations whose acronyms stand beside them.
fn full_organisations(mentions: &[Mention]) -> FxHashMap<&str, &str> {
    let mut names: Vec<&str> = Vec::new();
    for mention in mentions.iter().filter(|it| it.kind == MentionKind::Organisation) {
        if !names.contains(&mention.name.as_str()) && names.len() < NAMES_MAX {
            names.push(&mention.name);
        }
    }
    let full = full_names(&names).into_iter();
    let pairs = names.iter().zip(full).filter_map(|(name, full)| Some((*name, names[full?])));
    pairs.collect()
}

/// The organisations of an article among which acronyms are looked for: the search is quadratic.
const NAMES_MAX: usize = 500;
