//! The people and organisations of an article, each once.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::annotate::names::full_names;
use crate::article::{Article, Entity, KEY_MARK, Mention, MentionKind, Part, Witness};

use super::memory::{Keys, Memory};
use super::printed;

/// The entities of an article, in the making.
pub(super) struct Entities<'a> {
    pub(super) all: Vec<Entity>,
    /// Where the entity with a kind and a key is.
    by_key: FxHashMap<(MentionKind, String), usize>,
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
        let keys = self.memory.named(kind, name);
        if keys.key.is_empty() {
            return None;
        }
        let keys = keys.clone();
        Some(self.keyed(kind, name, keys, witness))
    }

    /// Returns the entity with a key, which is made where there is none yet.
    pub(super) fn keyed(
        &mut self,
        kind: MentionKind,
        name: &str,
        Keys { key, terms }: Keys,
        witness: Witness,
    ) -> usize {
        self.told_apart(kind, key, |key| Entity::new(kind, name.to_owned(), key, &terms, witness))
    }

    /// Returns the entity that a key tells from the others here, which is made where there is none.
    pub(super) fn told_apart(
        &mut self,
        kind: MentionKind,
        key: String,
        make: impl FnOnce(&str) -> Entity,
    ) -> usize {
        let all = &mut self.all;
        *self.by_key.entry((kind, key)).or_insert_with_key(|(_, key)| {
            all.push(make(key));
            all.len() - 1
        })
    }

    /// Lets an organisation be found by a short form of its name too: `WHO`.
    fn call(&mut self, entity: usize, printed: &str) {
        let entity = &mut self.all[entity];
        if entity.kind == MentionKind::Organisation && entity.name() != printed {
            let key = &self.memory.named(MentionKind::Organisation, printed).key;
            let term = format!("{KEY_MARK}{key}");
            if *key != entity.key() && !key.contains(' ') && !entity.terms().contains(&term) {
                entity.add_term(term);
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
