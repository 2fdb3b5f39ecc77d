//! Who told it first: the earliest article that matches, of each source.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::time::Instant;

use tantivy::DocAddress;

use crate::error::Result;
use crate::query::Looseness;

use super::columns::value;
use super::top::{Ranked, Top};
use super::{Answer, HITS_MAX, Note, Request, Searcher, Sort, damaged};

impl Searcher {
    /// Answers a question with the earliest article of each source that matches, the earliest first.
    ///
    /// All words side by side are required. Articles without a date are none of the earliest; how
    /// many match is a note.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`](crate::error::Kind::Index) where the index turns out to be damaged.
    pub fn first(&self, request: &Request) -> Result<Answer> {
        self.generation.contained(|| self.earliest(request))
    }

    fn earliest(&self, request: &Request) -> Result<Answer> {
        let started = Instant::now();
        let (meaning, corrections) = self.read(&request.query, Looseness::All, request)?;
        let (weight, weight_notes) = self.weigh_whole(&meaning.clause)?;
        let order = Top::new(0, Sort::Oldest, &self.columns);
        let mut earliest: HashMap<String, Ranked> = HashMap::new();
        let (mut total, mut n_undated) = (0, 0);
        let matched = self.matched(&*weight).map_err(damaged)?;
        for (ord, matched) in (0..).zip(matched) {
            let column = matched.segment.fast_fields().str("sources").map_err(damaged)?;
            let mut of_source: HashMap<Option<u64>, Ranked> = HashMap::new();
            for doc in matched.docs {
                total += 1;
                let new = order.unscored(DocAddress::new(ord, doc));
                if !new.is_dated() {
                    n_undated += 1;
                    continue;
                }
                let source = column.as_ref().and_then(|it| it.term_ords(doc).next());
                keep_earlier(of_source.entry(source), new, &order);
            }
            for (source, first) in of_source {
                let name = match (&column, source) {
                    (Some(column), Some(source)) => value(column, source)?,
                    _ => String::new(),
                };
                keep_earlier(earliest.entry(name), first, &order);
            }
        }
        let mut ranked: Vec<Ranked> = earliest.into_values().collect();
        ranked.sort_unstable_by(|a, b| order.compare(a, b));
        let n_left = ranked.len().saturating_sub(request.limit.min(HITS_MAX));
        ranked.truncate(ranked.len() - n_left);
        let hits = self.hits(&meaning, &ranked, request)?;
        let diagnosis = (total == 0).then(|| self.diagnose(request)).transpose()?;
        let mut notes = request.reading_notes();
        notes.extend(self.notes_on(&meaning, weight_notes));
        if n_undated > 0 {
            notes.push(Note::UndatedMatches(n_undated));
        }
        if n_left > 0 {
            notes.push(Note::SourcesLeft(n_left));
        }
        Ok(Answer {
            total,
            total_is_exact: true,
            hits,
            facets: Vec::new(),
            relaxed: false,
            corrections,
            notes,
            diagnosis,
            took: started.elapsed(),
            generation: self.generation.facts.generation,
            query: request.query.to_string(),
        })
    }
}

/// Keeps of two articles the one that comes first.
fn keep_earlier<K>(place: Entry<'_, K, Ranked>, new: Ranked, order: &Top<'_>) {
    match place {
        Entry::Vacant(place) => _ = place.insert(new),
        Entry::Occupied(mut place) if order.compare(&new, place.get()).is_lt() => {
            place.insert(new);
        }
        Entry::Occupied(_) => {}
    }
}
