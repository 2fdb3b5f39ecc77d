//! The places of an article, each once, with all that contain them.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::annotate::lists::Lists;
use crate::annotate::places::{Gap, Named, PlaceId, Resolver, Setting};
use crate::article::{Article, Mention, MentionKind, Witness};

use super::entities::Entities;

impl Entities<'_> {
    /// Adds the places that are mentioned.
    ///
    /// A place that the gazetteer does not know, a river or a building, is one under its name.
    pub(super) fn add_places(
        &mut self,
        article: &Article,
        mentions: &[Mention],
        resolver: &mut Resolver<'_>,
        lists: &Lists,
    ) {
        let mentions: Vec<&Mention> =
            mentions.iter().filter(|it| it.kind == MentionKind::Place).collect();
        if mentions.is_empty() {
            return;
        }
        let mut known: FxHashMap<PlaceId, usize> = FxHashMap::default();
        let gazetteer = resolver.gazetteer();
        let resolved = resolve(article, &mentions, resolver);
        let surnames = self.surnames();
        for (mention, place) in mentions.into_iter().zip(resolved) {
            let place = lists.place(&mention.name).unwrap_or(place);
            let entity = match place {
                None if mention.witness == Witness::Recognised
                    && bears_one_of(&surnames, &mention.name) =>
                {
                    let name = &mention.name;
                    self.named(MentionKind::Person, name, mention.witness)
                        .unwrap_or_else(|| self.unlocated(name, mention.witness))
                }
                Some(place) => *known
                    .entry(place)
                    .or_insert_with(|| self.located(place, mention.witness, gazetteer)),
                None => self.unlocated(&mention.name, mention.witness),
            };
            self.mention(entity, mention);
        }
    }
}

/// Tells whether a name of two words ends as that of a person of the article does: João Teixeira is
/// no place where Teixeira shoots a goal.
fn bears_one_of(surnames: &FxHashSet<String>, name: &str) -> bool {
    let last = name.split_once(' ').map(|it| it.1).filter(|it| !it.contains(' '));
    last.is_some_and(|it| surnames.contains(it))
}

/// Says which place each mention means.
fn resolve(
    article: &Article,
    mentions: &[&Mention],
    resolver: &mut Resolver<'_>,
) -> Vec<Option<PlaceId>> {
    let mut before: Option<&Mention> = None;
    let names = mentions.iter().map(|mention| {
        let gap = before.map_or(Gap::Other, |before| gap(article, before, mention));
        before = Some(mention);
        Named { name: &mention.name, gap }
    });
    let names: Vec<Named<'_>> = names.collect();
    let (mut peoples, gazetteer) = (Vec::new(), resolver.gazetteer());
    gazetteer.peoples_in(&article.headline, &mut |it| peoples.push(it));
    for (_, paragraph) in article.body() {
        gazetteer.peoples_in(&paragraph.text, &mut |it| peoples.push(it));
    }
    let dateline = article.dateline.as_ref().map(|it| it.place.as_str());
    resolver.resolve(&names, &Setting { dateline, peoples: &peoples })
}

/// Tells what stands between two mentions.
fn gap(article: &Article, before: &Mention, mention: &Mention) -> Gap {
    if before.part != mention.part || before.span.end > mention.span.start {
        return Gap::Other;
    }
    let text = article.text_of(mention.part);
    let between = text.and_then(|it| it.get(before.span.end..mention.span.start));
    between.map_or(Gap::Other, Gap::of)
}
