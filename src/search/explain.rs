//! How a query was read, and what each part of it finds.

use crate::article::Article;
use crate::error::Result;
use crate::matcher::Matcher;
use crate::query::{Clause, Looseness, Meaning, Query};
use crate::text::Moment;

use super::Searcher;

/// How a query was read.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The query in canonical form.
    pub query: String,
    /// Its clauses, each before the clauses within it.
    pub clauses: Vec<ClauseReport>,
    /// Stop words that were left out.
    pub left_out: Vec<String>,
}

/// A part of a query, and what it finds on its own.
#[derive(Clone, Debug)]
pub struct ClauseReport {
    /// How deep it stands within the others, from 0.
    pub depth: usize,
    /// What it asks.
    pub text: String,
    /// How many articles of the index fulfil it.
    pub n_articles: u64,
    /// Whether the article in question fulfils it.
    pub holds: Option<bool>,
}

impl Searcher {
    /// Explains a query, and for one article which of its clauses hold.
    ///
    /// # Errors
    ///
    /// The index turns out to be damaged.
    pub fn explain(
        &self,
        query: &Query,
        article: Option<&Article>,
        today: Moment,
    ) -> Result<Explanation> {
        let meaning = Meaning::of(query, Looseness::All, today);
        let mut clauses = Vec::new();
        self.report(&meaning.clause, 0, article, &mut clauses)?;
        Ok(Explanation { query: query.to_string(), clauses, left_out: meaning.left_out })
    }

    fn report(
        &self,
        clause: &Clause,
        depth: usize,
        article: Option<&Article>,
        reports: &mut Vec<ClauseReport>,
    ) -> Result<()> {
        reports.push(ClauseReport {
            depth,
            text: clause.to_string(),
            n_articles: self.count_clause(clause)?,
            holds: article.map(|article| Matcher::new(clause).find(article).is_some()),
        });
        match clause {
            Clause::All(clauses) | Clause::Any(clauses) => {
                clauses.iter().try_for_each(|it| self.report(it, depth + 1, article, reports))
            }
            Clause::Not(clause) | Clause::Weighted(clause, _) => {
                self.report(clause, depth + 1, article, reports)
            }
            _ => Ok(()),
        }
    }
}
