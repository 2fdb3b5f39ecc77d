//! Articles about the same thing as another.

use std::collections::HashMap;

use crate::article::{Article, MentionKind, Part};
use crate::error::Result;
use crate::query::{Query, Weight};
use crate::text::{Span, Stems, Tokenizer, Tongue, is_stop_word};

use super::{Answer, Folding, Lead, Match, Request, Searcher, Spelling};

/// How many words are asked for: the most telling ones.
pub const TERMS_MAX: usize = 20;

/// How many words of an article are looked up, those that it has most often.
const CANDIDATES_MAX: usize = 400;

/// How many letters a word has at the least that is asked for.
const LETTERS_MIN: usize = 3;

/// How much more a word tells that is part of a name.
const NAME_FACTOR: f64 = 1.5;

/// How many times a word of the headline counts.
const HEADLINE_TIMES: u32 = 2;

/// What resembles an article.
#[derive(Clone, Debug)]
pub struct Similar {
    /// The words that were asked for, the most telling first.
    pub terms: Vec<String>,
    /// The articles that have most of them; its query is what was asked.
    pub answer: Answer,
}

/// A word of the article.
#[derive(Clone, Debug, Default)]
pub(super) struct Term {
    /// Its forms, folded, with how often each stands there.
    forms: HashMap<String, u32>,
    /// Whether it is part of the name of a person or an organisation.
    pub(super) is_name: bool,
}

impl Term {
    /// Returns the form that stands there most often; of equals the first in the alphabet.
    pub(super) fn word(&self) -> &str {
        let most = self.forms.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
        most.map_or("", |(word, _)| word)
    }

    /// Returns how often the word stands there, in any form.
    pub(super) fn n_times(&self) -> u32 {
        self.forms.values().sum()
    }

    /// Returns how much the word says about what the article is about, its rarity left out.
    fn weight(&self) -> f64 {
        let n_times = self.n_times();
        (1.0 + f64::from(n_times).ln()) * if self.is_name { NAME_FACTOR } else { 1.0 }
    }
}

impl Searcher {
    /// Returns articles about the same thing as one in the index: those that have most of its most
    /// telling words, which are frequent in it and rare elsewhere. Copies of a story are one hit;
    /// the article and its own copies are none.
    ///
    /// Of the request its limit, its day and its measure count.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`](crate::error::Kind::Index) where the index turns out to be damaged.
    pub fn similar(&self, article: &Article, request: &Request) -> Result<Similar> {
        let telling = self.telling(article)?;
        let words: Vec<Query> = telling.iter().filter_map(weighted).collect();
        let query = match words.len() {
            1 => words.into_iter().next().unwrap_or(Query::Everything),
            _ => Query::Or(words),
        };
        let asked = Request {
            query,
            // Its own story is the first of the hits.
            limit: request.limit + 1,
            matching: Match::All,
            spelling: Spelling::AsTyped,
            folding: Folding::Folded(Lead::Best),
            ..request.clone()
        };
        let mut answer = self.search(&asked)?;
        self.generation.contained(|| {
            let own = self.address(&article.id)?;
            let mut others = Vec::new();
            for hit in std::mem::take(&mut answer.hits) {
                let is_own = match (own, self.address(&hit.article.id)?) {
                    (Some(own), Some(other)) => self.are_copies(own, other),
                    _ => false,
                };
                if !is_own {
                    others.push(hit);
                }
            }
            others.truncate(request.limit);
            (1..).zip(&mut others).for_each(|(rank, hit)| hit.rank = rank);
            answer.hits = others;
            Ok(())
        })?;
        answer.diagnosis = None;
        Ok(Similar { terms: telling.into_iter().map(|(word, _)| word).collect(), answer })
    }

    /// Returns the words that tell most about an article, the most telling first, with their
    /// weights.
    fn telling(&self, article: &Article) -> Result<Vec<(String, f64)>> {
        let mut stems = self.take_stems();
        let mut terms: Vec<Term> = terms(article, usize::MAX, &mut stems).into_values().collect();
        self.keep_stems(stems);
        let by_weight =
            |a: &Term, b: &Term| b.weight().total_cmp(&a.weight()).then(a.word().cmp(b.word()));
        terms.sort_unstable_by(by_weight);
        terms.truncate(CANDIDATES_MAX);
        let words: Vec<String> = terms.iter().map(|it| it.word().to_owned()).collect();
        let n_articles = self.generation.facts.articles.max(1) as f64;
        let frequencies = self.n_articles_with(&words)?;
        let n_own = match self.address(&article.id)? {
            Some(address) => self.copies_of(address).len().max(1) as u64,
            None => 0,
        };
        let mut telling: Vec<(String, f64, f64)> = Vec::new();
        for ((term, word), n) in terms.iter().zip(words).zip(frequencies) {
            // A word that stands in no other story finds none.
            if n > n_own {
                let rarity = (1.0 + n_articles / n as f64).ln();
                telling.push((word, term.weight(), term.weight() * rarity));
            }
        }
        telling.sort_by(|a, b| b.2.total_cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
        telling.truncate(TERMS_MAX);
        Ok(telling.into_iter().map(|(word, weight, _)| (word, weight)).collect())
    }
}

/// Returns the part of a query that asks for a word.
fn weighted((word, weight): &(String, f64)) -> Option<Query> {
    let weight = Weight::nearest((weight * 10.0).round() / 10.0)?;
    Some(Query::Weighted(Box::new(Query::Word(word.clone())), weight))
}

/// Returns the words of the headline and of the first paragraphs of an article by their stems; those
/// that say nothing are left out.
pub(super) fn terms(
    article: &Article,
    n_paragraphs: usize,
    stems: &mut Stems,
) -> HashMap<String, Term> {
    let mut terms: HashMap<String, Term> = HashMap::new();
    let tongue = Tongue::of(&article.language);
    let mentions = article.annotations.mentions();
    let mentions: Vec<(Part, Span)> = mentions
        .into_iter()
        .filter(|(.., entity)| entity.kind != MentionKind::Place)
        .map(|(part, span, _)| (part, span))
        .collect();
    let mut tokenizer = Tokenizer::default();
    let body = article.body().take(n_paragraphs);
    let body = body.map(|(idx, it)| (Part::Paragraph(idx as u32), it.text.as_str(), 1));
    let headline = (Part::Headline, article.headline.as_str(), HEADLINE_TIMES);
    for (part, text, n_times) in std::iter::once(headline).chain(body) {
        tokenizer.tokenize(text, |token| {
            let is_number = token.word.chars().any(char::is_numeric);
            let is_short = token.word.chars().count() < LETTERS_MIN;
            if token.n_positions > 1 || is_number || is_short || is_stop_word(token.word) {
                return;
            }
            let found = stems.all(&[tongue], token.word, token.span.of(text));
            let Some(stem) = found.into_iter().next() else {
                return;
            };
            let term = terms.entry(stem).or_default();
            match term.forms.get_mut(token.word) {
                Some(n) => *n += n_times,
                None => _ = term.forms.insert(token.word.to_owned(), n_times),
            }
            term.is_name = term.is_name
                || mentions.iter().any(|(at, span)| *at == part && span.contains(token.span));
        });
    }
    terms
}
