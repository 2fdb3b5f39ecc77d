//! The order of the hits: what counts, and how much.
//!
//! Candidates of words alone are found by the same BM25 (`search::words`), of other queries by tantivy
//! and the constants that it was built with. The best of them are then scored again, from their
//! postings:
//!
//! ```text
//! score = BM25 of the words, with k1 and b by the length of the query
//!       + pairs of words that stand beside each other, or near
//!       + the best paragraph, and the first
//! ```
//!
//! Every number of [`Ranking`] was chosen on the collections of `benches/ranking.md`, which tells
//! what each is worth and what it costs.

mod bm25;
mod evidence;
mod rescoring;

pub use bm25::Bm25Form;
pub(super) use bm25::{Bm25, Bm25Base, n_articles};
pub use evidence::Pairs;
pub(super) use rescoring::{ROUNDING, Rescorer, Scored, is_word, single_stem};

use crate::error::{Error, Kind, Result};
use crate::query::{Clause, Pattern};

/// What counts for the order by relevance, and how much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranking {
    /// How many candidates are scored again; what else is asked for follows them as it was found.
    pub n_candidates: usize,
    /// How many are of a short query of words alone: its candidates were found by the BM25 that they
    /// are scored by, and what is added to that is little.
    pub n_near: usize,
    /// From how many words on a query is long.
    pub long_from: usize,
    /// What counts in short queries.
    pub short: Weights,
    /// What counts in long queries.
    pub long: Weights,
    /// What the best articles add to a query, where that is asked for.
    pub feedback: Feedback,
}

/// How a query learns from its best answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feedback {
    /// How many of the best articles are read.
    pub n_articles: usize,
    /// How many paragraphs of each, from the first: news says there what it is about.
    pub n_paragraphs: usize,
    /// How many words are added.
    pub n_terms: usize,
    /// What part of the whole the query as typed keeps.
    pub original: f32,
    /// No word is added that a greater part of all articles has.
    pub share_max: f32,
    /// How much it counts that a word is rare: the power of the logarithm.
    pub rarity: f32,
}

/// What counts in queries of some length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// The constants of BM25.
    pub bm25: Bm25Form,
    /// Neighbours in the query that are neighbours in the article.
    pub pairs: Pairs,
    /// Neighbours in the query that are both typed with a capital, in a query that is not all
    /// capitals.
    pub names: Pairs,
    /// What the best paragraph counts beside the whole article.
    pub paragraph: f32,
    /// What the first paragraph counts beside the whole article: news says there what happened.
    pub lead: f32,
}

impl Default for Ranking {
    fn default() -> Self {
        Self {
            n_candidates: 200,
            n_near: 50,
            long_from: 6,
            short: Weights {
                bm25: Bm25Form { k1: 0.9, b: 0.4 },
                pairs: Pairs { next: 0.0, near: 0.0 },
                names: Pairs { next: 0.2, near: 0.1 },
                paragraph: 0.1,
                lead: 0.0,
            },
            long: Weights {
                bm25: Bm25Form { k1: 1.2, b: 0.75 },
                pairs: Pairs { next: 0.1, near: 0.0 },
                names: Pairs { next: 0.0, near: 0.0 },
                paragraph: 0.3,
                lead: 0.7,
            },
            feedback: Feedback {
                n_articles: 10,
                n_paragraphs: 2,
                n_terms: 20,
                original: 0.8,
                share_max: 0.1,
                rarity: 0.5,
            },
        }
    }
}

impl Ranking {
    /// Sets a number by its name, such as `long.k1=0.9`: what experiments vary.
    ///
    /// # Errors
    ///
    /// [`Kind::Usage`] where there is no such name, or no such number.
    pub fn set(&mut self, setting: &str) -> Result<()> {
        let no_number = || {
            Error::new(Kind::Usage, format!("'{setting}' sets no number"))
                .with_hint("write a name and a number, such as 'long.k1=0.9'")
        };
        let (name, typed) = setting.split_once('=').ok_or_else(no_number)?;
        let number: f32 = typed.parse().map_err(|_| no_number())?;
        if !(0.0..=1e6).contains(&number) {
            return Err(no_number());
        }
        let count = match name {
            "candidates" => Some(&mut self.n_candidates),
            "near-candidates" => Some(&mut self.n_near),
            "long-from" => Some(&mut self.long_from),
            "feedback.articles" => Some(&mut self.feedback.n_articles),
            "feedback.paragraphs" => Some(&mut self.feedback.n_paragraphs),
            "feedback.terms" => Some(&mut self.feedback.n_terms),
            _ => None,
        };
        if let Some(count) = count {
            *count = number as usize;
            return Ok(());
        }
        let place = match name.split_once('.') {
            Some(("short", name)) => self.short.place(name),
            Some(("long", name)) => self.long.place(name),
            Some(("feedback", name)) => self.feedback.place(name),
            _ => None,
        };
        let place = place.ok_or_else(|| {
            Error::new(Kind::Usage, format!("the ranking has no number '{name}'")).with_hint(
                "there are candidates, near-candidates, long-from, k1, b, next, near, name-next, name-near, paragraph and \
                 lead, each behind 'short.' or 'long.', and articles, paragraphs, terms, original, \
                 share-max and rarity behind 'feedback.'",
            )
        })?;
        *place = number;
        Ok(())
    }

    /// Returns how many candidates of a clause are scored again; `is_true` tells that they were found
    /// by their true BM25.
    ///
    /// They are where it has a word that tantivy scores, or where the words may stand to each other in
    /// one way or another. Patterns, wildcards and the like are our own, and have their true score from
    /// the beginning.
    pub(super) fn depth(&self, clause: &Clause, is_true: bool) -> usize {
        match n_words(clause) {
            0 | 1 if is_true => 0,
            _ if !has_word(clause) => 0,
            n if is_true && n < self.long_from => self.n_near.min(self.n_candidates),
            _ => self.n_candidates,
        }
    }

    /// Tells whether it is told of the candidates of a clause, without reading where its words
    /// stand, how much they score at least and at most: where it is made of several words alone.
    pub(super) fn has_bounds(clause: &Clause) -> bool {
        n_words(clause) > 1 && is_of_words(clause)
    }

    /// Returns what counts for a clause.
    pub(super) fn weights(&self, clause: &Clause) -> &Weights {
        if n_words(clause) >= self.long_from { &self.long } else { &self.short }
    }
}

impl Feedback {
    fn place(&mut self, name: &str) -> Option<&mut f32> {
        Some(match name {
            "original" => &mut self.original,
            "share-max" => &mut self.share_max,
            "rarity" => &mut self.rarity,
            _ => return None,
        })
    }
}

impl Weights {
    /// Tells whether it counts in which paragraph a word stands.
    fn count_paragraphs(&self) -> bool {
        self.paragraph + self.lead > 0.0
    }

    fn place(&mut self, name: &str) -> Option<&mut f32> {
        Some(match name {
            "k1" => &mut self.bm25.k1,
            "b" => &mut self.bm25.b,
            "next" => &mut self.pairs.next,
            "near" => &mut self.pairs.near,
            "name-next" => &mut self.names.next,
            "name-near" => &mut self.names.near,
            "paragraph" => &mut self.paragraph,
            "lead" => &mut self.lead,
            _ => return None,
        })
    }
}

/// Counts the words and patterns of a clause that are scored.
fn n_words(clause: &Clause) -> usize {
    match clause {
        Clause::Pattern(pattern) => usize::from(pattern.is_text()),
        Clause::All(clauses) | Clause::Any(clauses) => clauses.iter().map(n_words).sum(),
        Clause::Weighted(clause, _) => n_words(clause),
        _ => 0,
    }
}

fn is_of_words(clause: &Clause) -> bool {
    match clause {
        Clause::Pattern(Pattern::Words(words)) => is_word(words),
        Clause::All(clauses) | Clause::Any(clauses) => clauses.iter().all(is_of_words),
        Clause::Weighted(clause, _) => is_of_words(clause),
        _ => false,
    }
}

fn has_word(clause: &Clause) -> bool {
    match clause {
        Clause::Pattern(Pattern::Words(words)) => is_word(words),
        Clause::All(clauses) | Clause::Any(clauses) => clauses.iter().any(has_word),
        Clause::Weighted(clause, _) => has_word(clause),
        _ => false,
    }
}
