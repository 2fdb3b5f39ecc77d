//! What a searcher means by the name of a place, or which choices there are.

use super::key::slug;
use super::names::Standing;
use super::{Gazetteer, PlaceId, PlaceKind};

/// How many times more important the one place must be than the other, so that its name alone
/// means it.
const CLEARLY: f32 = 8.0;

/// The choices that are offered.
const CHOICES_MAX: usize = 9;

/// A place that words may mean.
#[derive(Clone, Copy)]
struct Choice {
    place: PlaceId,
    standing: Standing,
    importance: f32,
}

/// What a searcher's words for a place mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// One place.
    One(PlaceId),
    /// Several places of about the same importance, the most important first.
    Several(Vec<PlaceId>),
    /// No place that the gazetteer knows.
    Unknown,
}

impl Gazetteer {
    /// Says what is meant by `georgia`, `georgia/us`, `paris/texas`, `Paris, Texas`,
    /// `us/texas/paris` or `georgia/country`.
    ///
    /// Parts behind a slash or a comma narrow the name before them: to a place that contains it, by
    /// any of its names, or to a kind (`country`, `state`, `city`). A path from the outermost place
    /// inward, as [`Gazetteer::path`] makes it, is understood too. Where a place has its name from
    /// the one that contains it, as the city of New York has, the name means the larger one.
    pub fn ask(&self, words: &str) -> Answer {
        let parts: Vec<&str> = words.split(['/', ',']).map(str::trim).collect();
        if parts.iter().any(|it| it.is_empty()) {
            return Answer::Unknown;
        }
        if let Some(found) = self.at_path(words).filter(|_| parts.len() > 1) {
            return Answer::One(found);
        }
        let Some((&first, rest)) = parts.split_first() else { return Answer::Unknown };
        let mut found = self.narrowed(words, &[]);
        if found.is_empty() {
            found = self.narrowed(first, rest);
        }
        if found.is_empty()
            && let Some((&last, before)) = parts.split_last()
        {
            found = self.narrowed(last, before);
        }
        let found = Self::clear(self.outermost(&found));
        match found.as_slice() {
            [] => Answer::Unknown,
            [one] => Answer::One(*one),
            several => Answer::Several(several.to_vec()),
        }
    }

    /// Returns the shortest words that [`Gazetteer::ask`] answers with this place alone:
    /// `kyiv`, `georgia/us`, `washington/dc`; its path where there are none.
    pub fn asked_as(&self, id: PlaceId) -> String {
        let Some(place) = self.place(id) else { return String::new() };
        let name = slug(place.name);
        let around = self.ancestors(id).filter_map(|it| self.place(it));
        let around = around.map(|it| format!("{name}/{}", short(&slug(it.name))));
        let kind = format!("{name}/{}", place.kind.name());
        let kind = Some(kind).filter(|_| place.kind != PlaceKind::Region);
        let (before, behind) = match place.kind {
            PlaceKind::Country => (kind, None),
            _ => (None, kind),
        };
        let mut tried = std::iter::once(name.clone()).chain(before).chain(around).chain(behind);
        tried.find(|it| self.ask(it) == Answer::One(id)).unwrap_or_else(|| self.path(id))
    }

    /// Finds the place that has a path; see [`Gazetteer::path`].
    pub fn at_path(&self, path: &str) -> Option<PlaceId> {
        let last = path.rsplit('/').next()?;
        let mut found = self.candidates(last).map(|it| it.place);
        found.find(|it| self.path(*it) == path)
    }

    /// Lists the places of a name that lie in each of the others.
    fn narrowed(&self, name: &str, around: &[&str]) -> Vec<Choice> {
        let found = self.candidates(name).filter(|it| it.standing != Standing::Behind);
        let mut found: Vec<Choice> = found
            .filter_map(|it| {
                let importance = self.importance(it.place, it.standing)?;
                Some(Choice { place: it.place, standing: it.standing, importance })
            })
            .collect();
        for outer in around {
            let kind = kind_of(outer);
            let outer: Vec<PlaceId> = self.candidates(outer).map(|it| it.place).collect();
            found.retain(|Choice { place, .. }| {
                kind.is_some_and(|it| self.kind(*place) == Some(it))
                    || outer.iter().any(|it| it != place && self.is_within(*place, *it))
            });
        }
        found
    }

    /// Leaves out each place that lies in another one which really has the name, and which is as
    /// important as what it contains.
    fn outermost(&self, found: &[Choice]) -> Vec<Choice> {
        let is_outer = |outer: &Choice, inner: &Choice| {
            outer.place != inner.place
                && outer.standing <= Standing::Known
                && self.is_within(inner.place, outer.place)
        };
        let is_outermost = |it: &&Choice| !found.iter().any(|outer| is_outer(outer, it));
        let with_inner = |it: &Choice| {
            let inner = found.iter().filter(|inner| is_outer(it, inner));
            let importance = inner.map(|it| it.importance).fold(it.importance, f32::max);
            Choice { importance, ..*it }
        };
        found.iter().filter(is_outermost).map(with_inner).collect()
    }

    /// Leaves those that are about as important as the most important.
    fn clear(mut found: Vec<Choice>) -> Vec<PlaceId> {
        let order = |a: &Choice, b: &Choice| {
            b.importance.total_cmp(&a.importance).then(a.place.cmp(&b.place))
        };
        found.sort_by(order);
        let most = found.first().map_or(0.0, |it| it.importance);
        let important = found.iter().filter(|it| it.importance * CLEARLY >= most);
        important.map(|it| it.place).take(CHOICES_MAX).collect()
    }

    /// Returns how important a place is to a searcher, who means states as often as their towns.
    fn importance(&self, id: PlaceId, standing: Standing) -> Option<f32> {
        let record = self.layout.record(&self.bytes, id)?;
        let people = record.population as f32;
        let important = match record.kind {
            PlaceKind::Region => 5e8,
            PlaceKind::Country => people.max(1.2e7),
            PlaceKind::Division => people.max(1e4) / 2.0,
            PlaceKind::City if record.is_capital => people.max(1e3) * 4.0,
            PlaceKind::City => people.max(1e3),
        };
        Some(if standing == Standing::Listed { important / 20.0 } else { important })
    }
}

fn kind_of(word: &str) -> Option<PlaceKind> {
    match word.to_ascii_lowercase().as_str() {
        "country" => Some(PlaceKind::Country),
        "state" | "province" => Some(PlaceKind::Division),
        "city" | "town" => Some(PlaceKind::City),
        "region" => Some(PlaceKind::Region),
        _ => None,
    }
}

/// Returns the short word for a place that searchers have one for.
fn short(slug: &str) -> &str {
    match slug {
        "united-states" => "us",
        "united-kingdom" => "uk",
        "united-arab-emirates" => "uae",
        "district-of-columbia" => "dc",
        slug => slug,
    }
}
