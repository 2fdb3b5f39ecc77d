//! How a query was read, what each part of it finds, and what an article scores by it.

use tantivy::DocAddress;
use tantivy::query::Bm25StatisticsProvider;

use crate::article::Article;
use crate::error::Result;
use crate::matcher::{Mark, Matcher, Spot};
use crate::query::{Clause, Looseness, Pattern};
use crate::snippet::{self, Measure, Snippet};
use crate::text::{Span, Tongue};

use super::naming::name_parts;
use super::ranking::{Bm25Form, Ranking, Weights};
use super::tongues::narrowed;
use super::{Correction, Note, Request, Searcher, damaged};

/// How a query was read.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The query in canonical form.
    pub query: String,
    /// Its clauses, each before the clauses within it.
    pub clauses: Vec<ClauseReport>,
    /// Stop words that were left out.
    pub left_out: Vec<String>,
    /// Words that were searched under other spellings.
    pub corrections: Vec<Correction>,
    /// What the asker should know about the clauses.
    pub notes: Vec<Note>,
    /// What the article in question scores; nothing where it does not match.
    pub score: Option<ScoreReport>,
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
    /// What the article in question has of it.
    pub evidence: Option<Evidence>,
}

/// What an article has of a part of a query.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Whether it fulfils the part.
    pub holds: bool,
    /// The bytes of the headline that the part marks, if any.
    pub headline_highlights: Vec<Span>,
    /// The passage that shows it best, where the part marks words of the body.
    pub passage: Option<Snippet>,
}

/// An article's score, and what it is made of.
#[derive(Clone, Debug)]
pub struct ScoreReport {
    /// The score that the search gives it: the sum of its parts.
    pub total: f32,
    /// The form of BM25.
    pub bm25: Bm25Form,
    /// How many words the article counts as, a headline's twice: BM25 knows lengths above 40 only
    /// roughly.
    pub n_words: u32,
    /// How many words an article counts as on the average.
    pub average_n_words: f32,
    /// The scores of the words and patterns, in order.
    pub parts: Vec<ScorePart>,
}

/// What a word or a pattern adds to a score.
#[derive(Clone, Debug)]
pub struct ScorePart {
    /// What it asks.
    pub text: String,
    /// What it adds.
    pub score: f32,
    /// How often it occurs in the article, in a headline counting twice; nothing where that is
    /// not a number of words in a row.
    pub n_occurrences: Option<u32>,
    /// How many articles of the index have it; nothing for what is no part of the query.
    pub n_articles: Option<u64>,
}

/// How much of an article is shown for each part.
const PASSAGE: Measure = Measure { n_snippets_max: 1, chars_max: 160 };

impl Searcher {
    /// Explains a query, and for one article which of its clauses hold.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`](crate::error::Kind::Index) where the index turns out to be damaged.
    pub fn explain(&self, request: &Request, article: Option<&Article>) -> Result<Explanation> {
        self.generation.contained(|| self.explanation(request, article))
    }

    fn explanation(&self, request: &Request, article: Option<&Article>) -> Result<Explanation> {
        let (meaning, corrections) = self.read(&request.query, Looseness::All, request)?;
        let subject = match article {
            None => None,
            Some(article) => {
                let address = self.address(&article.id)?;
                address.map(|address| Subject { article, address })
            }
        };
        let mut clauses = Vec::new();
        self.report(&meaning.clause, 0, subject.as_ref(), &mut clauses)?;
        let score = match &subject {
            None => None,
            Some(subject) => self.score_report(&meaning.clause, subject, &request.ranking)?,
        };
        let mut notes = request.reading_notes();
        notes.extend(self.weigh_whole(&meaning.clause)?.1);
        let query = request.query.to_string();
        Ok(Explanation { query, clauses, left_out: meaning.left_out, corrections, notes, score })
    }

    fn report(
        &self,
        clause: &Clause,
        depth: usize,
        subject: Option<&Subject<'_>>,
        reports: &mut Vec<ClauseReport>,
    ) -> Result<()> {
        reports.push(ClauseReport {
            depth,
            text: match subject {
                Some(subject) => {
                    narrowed(clause, Tongue::of(&subject.article.language)).to_string()
                }
                None => clause.to_string(),
            },
            n_articles: self.count_clause(clause)?,
            evidence: subject.map(|subject| self.evidence(clause, subject)).transpose()?,
        });
        parts_of(clause).iter().try_for_each(|part| self.report(part, depth + 1, subject, reports))
    }

    fn evidence(&self, clause: &Clause, subject: &Subject<'_>) -> Result<Evidence> {
        let marks = Matcher::new(clause).find(subject.article);
        let holds = marks.is_some();
        let marks = marks.unwrap_or_default();
        let is_in_body = marks.iter().any(|mark| mark.spot != Spot::Headline);
        let passage = match clause {
            Clause::Pattern(_) if is_in_body => {
                snippet::snippets(subject.article, &marks, PASSAGE).into_iter().next()
            }
            _ => None,
        };
        let headline_highlights = match clause {
            Clause::Pattern(_) => snippet::headline_highlights(subject.article, &marks),
            _ => Vec::new(),
        };
        Ok(Evidence { holds, headline_highlights, passage })
    }

    /// Takes the score of an article apart; nothing where it does not match.
    fn score_report(
        &self,
        clause: &Clause,
        subject: &Subject<'_>,
        ranking: &Ranking,
    ) -> Result<Option<ScoreReport>> {
        let weights = ranking.weights(clause);
        let Some((scored, rescorer)) = self.score(clause, weights, subject.address)? else {
            return Ok(None);
        };
        let mut parts = self.word_parts(clause, subject, weights)?;
        let evidence =
            |text, score| ScorePart { text, score, n_occurrences: None, n_articles: None };
        for (first, second, score) in &scored.pairs {
            let text = format!("{} beside {}", rescorer.typed(*first), rescorer.typed(*second));
            parts.push(evidence(text, *score));
        }
        if scored.paragraph > 0.0 {
            parts.push(evidence("the best paragraph".to_owned(), scored.paragraph));
        }
        if scored.lead > 0.0 {
            parts.push(evidence("the first paragraph".to_owned(), scored.lead));
        }
        let searcher = &self.generation.searcher;
        let segment = searcher.segment_reader(subject.address.segment_ord);
        let text = self.generation.fields.text;
        let norms = segment.get_fieldnorms_reader(text).map_err(damaged)?;
        let statistics: &dyn Bm25StatisticsProvider = searcher;
        let n_tokens = statistics.total_num_tokens(text).map_err(damaged)?;
        Ok(Some(ScoreReport {
            total: scored.total(),
            bm25: weights.bm25,
            n_words: norms.fieldnorm(subject.address.doc_id),
            average_n_words: n_tokens as f32 / searcher.num_docs().max(1) as f32,
            parts,
        }))
    }

    /// Returns what each word and pattern adds to the score of an article.
    fn word_parts(
        &self,
        clause: &Clause,
        subject: &Subject<'_>,
        weights: &Weights,
    ) -> Result<Vec<ScorePart>> {
        let mut counted = Vec::new();
        counted_clauses(clause, subject.article, 1.0, &mut counted);
        let mut parts = Vec::new();
        for (clause, factor) in counted {
            if let Some((scored, _)) = self.score(clause, weights, subject.address)? {
                let n_occurrences = match clause {
                    Clause::Pattern(Pattern::Words(_)) | Clause::Any(_) => {
                        Some(n_occurrences(clause, subject.article))
                    }
                    _ => None,
                };
                let n_articles = Some(self.count_clause(clause)?);
                let text = asked(clause);
                let score = scored.clauses * factor;
                parts.push(ScorePart { text, score, n_occurrences, n_articles });
            }
        }
        Ok(parts)
    }
}

/// The article in question.
struct Subject<'a> {
    article: &'a Article,
    address: DocAddress,
}

/// Returns the clauses within a clause.
fn parts_of(clause: &Clause) -> Vec<Clause> {
    let pattern = |pattern: &Pattern| Clause::Pattern(pattern.clone());
    match clause {
        Clause::All(clauses) | Clause::Any(clauses) => clauses.clone(),
        Clause::Not(clause) | Clause::Weighted(clause, _) => vec![(**clause).clone()],
        Clause::Pattern(Pattern::Any(patterns)) => patterns.iter().map(pattern).collect(),
        Clause::Pattern(Pattern::Near(left, _, right)) => vec![pattern(left), pattern(right)],
        Clause::Pattern(Pattern::AtLeast(_, counted)) => vec![pattern(counted)],
        Clause::Pattern(Pattern::Window(words, _)) => {
            words.iter().map(|words| Clause::words(words.clone())).collect()
        }
        _ => Vec::new(),
    }
}

/// Collects the patterns that add to an article's score, with what their scores are multiplied by. A
/// name and where it was overlooked are one.
fn counted_clauses<'a>(
    clause: &'a Clause,
    article: &Article,
    factor: f32,
    counted: &mut Vec<(&'a Clause, f32)>,
) {
    match clause {
        Clause::Pattern(pattern) => {
            let is_annotation = matches!(pattern, Pattern::Words(words) if words.are_annotation());
            let is_scored = pattern.is_text() || is_annotation;
            counted.extend(is_scored.then_some((clause, factor)));
        }
        Clause::All(clauses) => {
            clauses.iter().for_each(|it| counted_clauses(it, article, factor, counted));
        }
        Clause::Any(clauses) if name_parts(clauses).is_some() => counted.push((clause, factor)),
        // An alternative that does not hold adds nothing, whatever of it would.
        Clause::Any(clauses) => clauses
            .iter()
            .filter(|clause| Matcher::new(clause).find(article).is_some())
            .for_each(|clause| counted_clauses(clause, article, factor, counted)),
        Clause::Weighted(clause, weight) => {
            counted_clauses(clause, article, factor * weight.factor(), counted);
        }
        Clause::Everything | Clause::Not(_) | Clause::Date(_) | Clause::WordCount(_) => {}
    }
}

/// Returns what a clause asks, in the words of its foremost part.
fn asked(clause: &Clause) -> String {
    match clause {
        Clause::Any(clauses) => match name_parts(clauses) {
            Some([named, _]) => format!("{named}, or overlooked"),
            None => clause.to_string(),
        },
        _ => clause.to_string(),
    }
}

/// Counts the places of words in a row; a headline counts twice.
fn n_occurrences(clause: &Clause, article: &Article) -> u32 {
    let marks = Matcher::new(clause).find(article).unwrap_or_default();
    let count = |mark: &Mark| if mark.spot == Spot::Headline { 2 } else { 1 };
    marks.iter().map(count).sum()
}
