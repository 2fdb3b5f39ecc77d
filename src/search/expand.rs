//! A query that learns from its own best answers.
//!
//! The words that the best articles share and that are rare elsewhere are asked for too, counting for
//! less than what was typed: pseudo-relevance feedback, after RM3 (Abdul-Jaleel et al., *UMass at TREC
//! 2004*). An article speaks for its words in proportion to its score, and a word by how often it
//! stands in the article and by how rare it is in the archive. What it is worth is in
//! `benches/ranking.md`.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::article::Article;
use crate::error::Result;
use crate::query::{Casing, Clause, Meaning, Place, Weight, WordTest, Words};

use super::best::Best;
use super::deadline::Deadline;
use super::ranking::Feedback;
use super::similar::terms;
use super::words::Total;
use super::{Found, Note, Ranking, Request, Searcher, Sort};

/// A word that is worth asking for.
struct Telling {
    stem: String,
    /// The form that is told.
    word: String,
    weight: f64,
}

impl Telling {
    /// Compares two words: the one that tells more is less.
    fn order(&self, other: &Self) -> Ordering {
        other.weight.total_cmp(&self.weight).then_with(|| self.stem.cmp(&other.stem))
    }
}

impl Searcher {
    /// Adds to a query what its best articles have to add; returns the request that ranks it as the
    /// query alone would be ranked, what was found for that, and a note on what was added.
    pub(super) fn expand(
        &self,
        meaning: &mut Meaning,
        request: &Request,
        deadline: &Deadline,
    ) -> Result<(Request, Best)> {
        let feedback = request.ranking.feedback;
        let first =
            Request { limit: feedback.n_articles, sort: Sort::Relevance, ..request.clone() };
        let mut seen = self.best(meaning, &first, Total::Wanted, deadline)?;
        let mut articles = Vec::with_capacity(seen.ranked.len());
        for ranked in &seen.ranked {
            articles.push((self.stored(ranked.address)?, f64::from(ranked.score)));
        }
        let telling = self.telling_of(&articles, &meaning.clause, feedback)?;
        if telling.is_empty() {
            return Ok((request.clone(), seen));
        }
        let ranking = request.ranking.as_for(&meaning.clause);
        meaning.clause = expanded(&meaning.clause, &telling, feedback);
        seen.weighed.notes.push(Note::Expanded(telling.into_iter().map(|it| it.word).collect()));
        Ok((Request { ranking, ..request.clone() }, seen))
    }

    /// Finds the best articles for a query and what its best articles have to add.
    ///
    /// The number of articles in all stays that of the query as typed.
    pub(super) fn find_expanded(
        &self,
        meaning: &mut Meaning,
        request: &Request,
        deadline: &Deadline,
    ) -> Result<Found> {
        let (request, seen) = self.expand(meaning, request, deadline)?;
        let total = self.total(&seen, &request)?;
        let ranked = match total {
            0 => Vec::new(),
            _ => self.best(meaning, &request, Total::Unwanted, deadline)?.ranked,
        };
        Ok(Found { ranked, total, notes: seen.weighed.notes })
    }

    /// Returns the words that tell most about articles with their scores, the most telling first.
    fn telling_of(
        &self,
        articles: &[(Article, f64)],
        clause: &Clause,
        feedback: Feedback,
    ) -> Result<Vec<Telling>> {
        let all_scores: f64 = articles.iter().map(|it| it.1).sum();
        let mut found: HashMap<String, (String, f64)> = HashMap::new();
        let mut stems = self.take_stems();
        for (article, score) in articles {
            let terms = terms(article, feedback.n_paragraphs, &mut stems);
            let n_words: f64 = terms.values().map(|it| f64::from(it.n_times())).sum();
            for (stem, term) in terms {
                let share = f64::from(term.n_times()) / n_words.max(1.0);
                let entry = found.entry(stem).or_insert_with(|| (String::new(), 0.0));
                entry.1 += share * score / all_scores.max(f64::MIN_POSITIVE);
                if entry.0.is_empty() || term.word() < entry.0.as_str() {
                    term.word().clone_into(&mut entry.0);
                }
            }
        }
        self.keep_stems(stems);
        let asked = stems_of(clause);
        let mut found: Vec<(String, (String, f64))> = found.into_iter().collect();
        found.sort_by(|(a, (_, of_a)), (b, (_, of_b))| of_b.total_cmp(of_a).then_with(|| a.cmp(b)));
        let n_articles = self.generation.facts.articles.max(1) as f64;
        let rarity = |n: f64| (n_articles / n.max(1.0)).log2().powf(f64::from(feedback.rarity));
        let rarest = rarity(1.0);
        let mut telling: Vec<Telling> = Vec::with_capacity(feedback.n_terms + 1);
        for (stem, (word, share)) in found {
            // However rare the rest is, it tells less.
            let least = telling.last().filter(|_| telling.len() >= feedback.n_terms);
            if least.is_some_and(|it| share * rarest < it.weight) {
                break;
            }
            let n = self.n_articles_of_term(&stem)? as f64;
            if n / n_articles <= f64::from(feedback.share_max) && !asked.contains(&stem) {
                let new = Telling { stem, word, weight: share * rarity(n) };
                let at = telling.partition_point(|it| it.order(&new).is_lt());
                telling.insert(at, new);
                telling.truncate(feedback.n_terms);
            }
        }
        Ok(telling)
    }
}

/// Adds words to a clause, all together counting for their part beside what was typed.
fn expanded(clause: &Clause, telling: &[Telling], feedback: Feedback) -> Clause {
    let all: f64 = telling.iter().map(|it| it.weight).sum();
    let n_asked = stems_of(clause).len().max(1) as f64;
    let original = f64::from(feedback.original);
    let room = n_asked * (1.0 - original) / original;
    let mut clauses = match clause {
        Clause::Any(clauses) => clauses.clone(),
        clause => vec![clause.clone()],
    };
    let mut n_leaves = 0;
    clause.each_words(&mut |words| n_leaves = n_leaves.max(words.leaf + 1));
    for (leaf, it) in (n_leaves..).zip(telling) {
        let weight = room * it.weight / all;
        let Some(weight) = Weight::nearest(weight) else { continue };
        let words = Clause::words(Words {
            place: Place::Text,
            tests: vec![WordTest::Stem(vec![it.stem.clone()])],
            casing: Casing::Any,
            leaf,
            typed: String::new(),
        });
        clauses.push(Clause::Weighted(Box::new(words), weight));
    }
    Clause::Any(clauses)
}

/// Returns the stems that a clause looks for anywhere in the text.
fn stems_of(clause: &Clause) -> Vec<String> {
    let mut stems = Vec::new();
    clause.each_words(&mut |words| {
        for test in &words.tests {
            if let WordTest::Stem(of_word) = test {
                stems.extend(of_word.iter().take(1).cloned());
            }
        }
    });
    stems
}

impl Ranking {
    /// Returns a ranking under which any clause counts as long or short as this one.
    fn as_for(&self, clause: &Clause) -> Self {
        let is_long = self.weights(clause) == &self.long;
        Self { long_from: if is_long { 0 } else { usize::MAX }, ..*self }
    }
}
