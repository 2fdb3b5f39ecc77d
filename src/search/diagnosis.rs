//! Why nothing matched, and what would.

use tantivy::{DocSet, TERMINATED};

use crate::error::Result;
use crate::query::{Looseness, Proximity, Query, Within};
use crate::text;

use super::lookup::is_alive;
use super::{Note, Request, Searcher, damaged};

/// Why a query matched no article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnosis {
    /// The parts that are all required, in order; at most [`PARTS_MAX`].
    pub parts: Vec<Part>,
    /// Words that stand in no article, each with those of the archive that are most like it.
    pub unknown: Vec<Unknown>,
    /// Queries that ask for less and match something, the closest first.
    pub relaxations: Vec<Relaxation>,
}

/// A part of a query that every article must fulfil.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The part, as a query.
    pub query: String,
    /// How many articles match it alone.
    pub n_articles: u64,
    /// How many articles match all other parts; nothing where there are none.
    pub n_without: Option<u64>,
}

impl Part {
    /// Tells whether something would match without this part.
    pub fn is_fatal(&self) -> bool {
        self.n_articles == 0 || self.n_without.is_some_and(|n| n > 0)
    }
}

/// A word that stands in no article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The word, folded.
    pub word: String,
    /// Words of the archive that are like it, the likeliest first; perhaps none.
    pub nearest: Vec<String>,
}

/// A query that asks for less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relaxation {
    /// The query in canonical form.
    pub query: String,
    /// How many articles match it.
    pub n_articles: u64,
}

/// The most parts of a query that are looked at one by one.
pub const PARTS_MAX: usize = 16;

/// The most relaxed queries that are offered.
const RELAXATIONS_MAX: usize = 4;

/// The most relaxed queries that are tried.
const TRIED_MAX: usize = 24;

/// How many words of the archive are named for one that it has not.
const NEAREST_MAX: usize = 3;

/// The most words that are looked up in the dictionary.
const UNKNOWN_MAX: usize = 8;

impl Searcher {
    /// Finds out why a query matches nothing.
    pub(super) fn diagnose(&self, request: &Request) -> Result<Diagnosis> {
        let all = parts_of(&request.query);
        let mut parts = Vec::new();
        for (idx, part) in all.iter().enumerate().take(PARTS_MAX) {
            let others = without(&all, idx);
            parts.push(Part {
                query: part.to_string(),
                n_articles: self.count_for(part, request)?,
                n_without: others.map(|it| self.count_for(&it, request)).transpose()?,
            });
        }
        let relaxations = self.relaxations(&all, &parts, request)?;
        Ok(Diagnosis { unknown: self.unknown(&request.query)?, parts, relaxations })
    }

    fn relaxations(
        &self,
        all: &[Query],
        parts: &[Part],
        request: &Request,
    ) -> Result<Vec<Relaxation>> {
        let part = |idx: usize| parts.get(idx);
        let fatal = |idx: &usize| part(*idx).is_some_and(Part::is_fatal);
        let has_none = |idx: usize| part(idx).is_some_and(|it| it.n_articles == 0);
        let mut tried: Vec<Query> = Vec::new();
        // First what says nearly the same, then what leaves a part out. Of several parts that match
        // nothing only one can be helped at a time.
        for idx in (0..all.len()).filter(fatal) {
            for weaker in weaker(&all[idx]) {
                let others = (0..all.len()).filter(|other| *other == idx || !has_none(*other));
                let changed = others.map(|other| match other == idx {
                    true => weaker.clone(),
                    false => all[other].clone(),
                });
                tried.extend(joined(changed.collect()));
            }
        }
        tried.extend((0..all.len()).filter(fatal).filter_map(|idx| without(all, idx)));
        if all.len() > 1 {
            let wanted = all.iter().filter(|part| !matches!(part, Query::Not(_))).cloned();
            tried.push(Query::Or(wanted.collect()));
        }
        let mut found: Vec<Relaxation> = Vec::new();
        for query in tried.into_iter().take(TRIED_MAX) {
            if found.len() == RELAXATIONS_MAX {
                break;
            }
            // What was put together may differ from what its text reads as.
            let Ok(query) = crate::query::parse(&query.to_string()) else {
                continue;
            };
            let n_articles = self.count_for(&query, request)?;
            let query = query.to_string();
            if n_articles > 0 && found.iter().all(|it| it.query != query) {
                found.push(Relaxation { query, n_articles });
            }
        }
        Ok(found)
    }

    /// Adds a note for each part that an article need not fulfil, and that none does.
    ///
    /// Single words are noted where they are looked up.
    pub(super) fn note_vain_parts(
        &self,
        query: &Query,
        request: &Request,
        notes: &mut Vec<Note>,
    ) -> Result<()> {
        let optional: Vec<&Query> = match query {
            Query::Or(parts) => parts.iter().collect(),
            Query::Not(part) => vec![&**part],
            _ => Vec::new(),
        };
        for part in &optional {
            let is_word = matches!(part, Query::Word(_) | Query::Wildcard(_) | Query::Fuzzy(..));
            if !is_word && !self.exists(part, request)? {
                notes.push(Note::MatchesNothing(part.to_string()));
            }
        }
        match query {
            Query::And(parts) | Query::Loose(parts) | Query::Or(parts) => {
                parts.iter().try_for_each(|part| self.note_vain_parts(part, request, notes))
            }
            Query::Weighted(part, _) => self.note_vain_parts(part, request, notes),
            _ => Ok(()),
        }
    }

    /// Tells whether any article matches.
    fn exists(&self, query: &Query, request: &Request) -> Result<bool> {
        let clause = self.read(query, Looseness::All, request)?.0.clause;
        let (weight, _) = self.weigh_whole(&clause)?;
        for segment in self.generation.searcher.segment_readers() {
            let mut scorer = weight.scorer(segment, 1.0).map_err(damaged)?;
            while scorer.doc() != TERMINATED {
                if is_alive(segment, scorer.doc()) {
                    return Ok(true);
                }
                scorer.advance();
            }
        }
        Ok(false)
    }

    /// Returns the words of the text that a query asks for and no article has.
    fn unknown(&self, query: &Query) -> Result<Vec<Unknown>> {
        let mut words = Vec::new();
        each_word(query, &mut |word| {
            if !words.contains(&word) && words.len() < UNKNOWN_MAX {
                words.push(word);
            }
        });
        let mut unknown = Vec::new();
        for word in words {
            if !self.has_word(&word)? {
                let nearest = self.nearest_words(&word, NEAREST_MAX)?;
                unknown.push(Unknown { word, nearest });
            }
        }
        Ok(unknown)
    }
}

/// Returns the parts of a query that are all required.
fn parts_of(query: &Query) -> Vec<Query> {
    match query {
        Query::And(parts) | Query::Loose(parts) => parts.iter().flat_map(parts_of).collect(),
        _ => vec![query.clone()],
    }
}

/// Joins parts that are all required; nothing where there are none.
fn joined(mut parts: Vec<Query>) -> Option<Query> {
    match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(Query::And(parts)),
    }
}

fn without(parts: &[Query], idx: usize) -> Option<Query> {
    let others = parts.iter().enumerate().filter(|(other, _)| *other != idx);
    joined(others.map(|(_, part)| part.clone()).collect())
}

/// Returns queries that ask for less than one, the closest first.
fn weaker(query: &Query) -> Vec<Query> {
    match query {
        Query::Phrase(typed) if text::words(typed).len() > 1 => {
            let n_words = text::words(typed).len() as u32;
            vec![Query::Window(typed.clone(), n_words + 4), all_words(typed)]
        }
        Query::Window(typed, n) => {
            vec![Query::Window(typed.clone(), wider(*n)), all_words(typed)]
        }
        Query::Slop(typed, n) => vec![Query::Slop(typed.clone(), wider(*n)), all_words(typed)],
        Query::Near(left, proximity, right) => weaker_proximity(left, *proximity, right),
        Query::Form(_, part) | Query::First(_, part) => vec![(**part).clone()],
        Query::Field(field, part) if field.is_text() => vec![(**part).clone()],
        Query::AtLeast(n, part) => {
            let fewer = (*n > 3).then(|| Query::AtLeast(n / 2, part.clone()));
            fewer.into_iter().chain([(**part).clone()]).collect()
        }
        Query::Fuzzy(word, 1) if word.chars().count() > 3 => vec![Query::Fuzzy(word.clone(), 2)],
        Query::Weighted(part, _) => weaker(part),
        _ => Vec::new(),
    }
}

fn weaker_proximity(left: &Query, proximity: Proximity, right: &Query) -> Vec<Query> {
    let near = |proximity| Query::Near(Box::new(left.clone()), proximity, Box::new(right.clone()));
    if proximity.negated {
        return vec![left.clone()];
    }
    let unordered = Proximity { ordered: false, ..proximity };
    let mut weaker = Vec::new();
    if proximity.ordered {
        weaker.push(near(unordered));
    }
    match proximity.within {
        Within::Words(n) => {
            weaker.push(near(Proximity { within: Within::Words(wider(n)), ..unordered }));
        }
        Within::Sentence => {
            weaker.push(near(Proximity { within: Within::Paragraph, ..unordered }));
        }
        Within::Paragraph => {}
    }
    weaker.push(Query::And(vec![left.clone(), right.clone()]));
    let joined = |left, right| Query::Near(Box::new(left), proximity, Box::new(right));
    weaker.extend(self::weaker(left).into_iter().map(|left| joined(left, right.clone())));
    weaker.extend(self::weaker(right).into_iter().map(|right| joined(left.clone(), right)));
    weaker
}

/// Returns a distance at which words still have to do with each other.
fn wider(distance: u32) -> u32 {
    distance.saturating_mul(5).clamp(10, crate::query::DISTANCE_MAX)
}

fn all_words(typed: &str) -> Query {
    Query::And(text::words(typed).into_iter().map(Query::Word).collect())
}

/// Calls `visit` with each word that is asked for as a stem in the text.
fn each_word(query: &Query, visit: &mut dyn FnMut(String)) {
    match query {
        Query::Word(typed) => {
            // A compound may be known by its parts or as a whole; only plain words are told.
            let words = text::words(typed);
            if let [word] = words.as_slice() {
                visit(word.clone());
            }
        }
        Query::Phrase(typed) | Query::Window(typed, _) | Query::Slop(typed, _) => {
            if !typed.contains(['*', '?']) {
                text::words(typed).into_iter().for_each(visit);
            }
        }
        Query::Not(_) => {}
        Query::Field(field, _) if !field.is_text() => {}
        _ => query.parts().into_iter().for_each(|part| each_word(part, visit)),
    }
}
