//! The ids of the best articles, without the articles.

use crate::error::Result;
use crate::query::Looseness;

use super::deadline::Deadline;
use super::words::Total;
use super::{Expansion, HITS_MAX, Match, Request, Searcher};

/// An article among the best.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The id of the article.
    pub id: String,
    /// Its score, as [`Hit::score`](super::Hit::score).
    pub score: f32,
}

impl Searcher {
    /// Returns the ids that [`Self::search`] would come back with, in the same order; copies of one
    /// story are never folded.
    ///
    /// No article is fetched and none is counted: a thousand ids cost little more than finding
    /// them. Runs for `eval` are made of it.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`](crate::error::Kind::Index) where the index turns out to be damaged.
    pub fn listing(&self, request: &Request) -> Result<Vec<Listed>> {
        let loosenesses: &[Looseness] = match request.matching {
            Match::Auto => &[Looseness::All, Looseness::Any],
            Match::All => &[Looseness::All],
            Match::Any => &[Looseness::Any],
        };
        self.generation.contained(|| {
            for looseness in loosenesses {
                let listed = self.listed(request, *looseness)?;
                if !listed.is_empty() {
                    return Ok(listed);
                }
            }
            Ok(Vec::new())
        })
    }

    fn listed(&self, request: &Request, looseness: Looseness) -> Result<Vec<Listed>> {
        let deadline = Deadline::default();
        let (mut meaning, _) = self.read(&request.query, looseness, request)?;
        let expanded = match request.expansion {
            Expansion::None => None,
            Expansion::Feedback => Some(self.expand(&mut meaning, request, &deadline)?.0),
        };
        let request = expanded.as_ref().unwrap_or(request);
        let weighed = self.weigh(&meaning.clause, request.bm25(&meaning.clause), &deadline)?;
        let limit = request.limit.min(HITS_MAX);
        let depth = request.depth(&meaning.clause, &weighed);
        let n = limit.max(depth);
        let top = self.collect(&weighed, n, request.sort, Total::Unwanted, &deadline)?;
        let mut top = self.rescored(top, depth, &meaning, request, &deadline)?;
        top.keep(limit);
        Ok(top.into_listed())
    }
}
