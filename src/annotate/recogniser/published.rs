//! Whom, what and which places the publisher names, which counts before what is recognised.

use crate::annotate::names::{organisation_key, word_keys};
use crate::annotate::places::{Gap, Gazetteer, Named as PlaceName, Setting};
use crate::article::{Article, Entity, KEY_MARK, MentionKind, Named, Witness};
use crate::text::fold;

use super::entities::Entities;

impl Entities<'_> {
    /// Adds what the publisher names.
    ///
    /// A surname alone is that of the one person of the article who bears it. Where the publisher
    /// says otherwise what kind of name it is, so it is.
    pub(super) fn add_published(&mut self, article: &Article, gazetteer: &Gazetteer) {
        for named in &article.named {
            let entity = match named.kind {
                MentionKind::Place => Some(self.published_place(named, gazetteer)),
                _ => match self.borne_by(named) {
                    Some(entity) => Some(entity),
                    None => self.named(named.kind, &named.name, Witness::Publisher),
                },
            };
            if let Some(entity) = entity {
                self.all[entity].witness = Witness::Publisher;
                self.take_over(entity, &named.name);
            }
        }
    }

    fn published_place(&mut self, named: &Named, gazetteer: &Gazetteer) -> usize {
        let name = PlaceName { name: &named.name, gap: Gap::Other };
        let found = gazetteer.resolve(&[name], &Setting::default());
        match found.first().copied().flatten() {
            Some(place) => self.located(place, Witness::Publisher, gazetteer),
            None => self.unlocated(&named.name, Witness::Publisher),
        }
    }

    /// Finds the one entity whose name ends with a name of one word.
    fn borne_by(&self, named: &Named) -> Option<usize> {
        let words = match named.kind {
            MentionKind::Person => word_keys(&named.name),
            _ => vec![organisation_key(&named.name)],
        };
        let [word] = words.as_slice() else { return None };
        let is_last = |it: &Entity| {
            let is_word = |it: &String| it.strip_prefix(KEY_MARK) == Some(word.as_str());
            it.kind == named.kind && it.terms().last().is_some_and(is_word)
        };
        let mut bearers = (0..self.all.len()).filter(|idx| is_last(&self.all[*idx]));
        bearers.next().filter(|_| bearers.next().is_none())
    }

    /// Moves to an entity the mentions of those with its name that were taken for another kind.
    fn take_over(&mut self, entity: usize, name: &str) {
        let (kind, name) = (self.all[entity].kind, fold(name));
        let mut taken = Vec::new();
        for other in self.all.iter_mut().filter(|it| it.kind != kind) {
            if other.witness == Witness::Recognised && fold(other.name()) == name {
                taken.append(&mut other.mentions);
            }
        }
        self.all[entity].mentions.append(&mut taken);
    }
}
