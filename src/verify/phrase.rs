//! The words by which an article should find itself.

use crate::article::Article;
use crate::error::Result;
use crate::search::Searcher;
use crate::text::{Span, Tokenizer};

/// How many words a phrase has; fewer where no paragraph has so many.
const WORDS_MAX: usize = 6;

/// How many words a phrase has at least; a paragraph of fewer names no article.
const WORDS_MIN: usize = 3;

/// How many words of a paragraph are looked at: the rarest of these are rare enough.
const WORDS_OF_PARAGRAPH_MAX: usize = 512;

/// Returns the words in a row, within a paragraph, that are rarest in the archive; nothing where
/// no paragraph has three.
///
/// Rare is what has words that few articles have: of a phrase, the sum of ln(N/n) over its words,
/// as in BM25. That is a guess at how many articles have the phrase, made without looking.
pub(super) fn rarest(article: &Article, searcher: &Searcher) -> Result<Option<String>> {
    let n_articles = searcher.facts().articles.max(1) as f64;
    let mut best: Option<(f64, &str)> = None;
    for (_, paragraph) in article.body() {
        let (spans, words) = words(&paragraph.text);
        let n_words = spans.len().min(WORDS_MAX);
        if n_words < WORDS_MIN {
            continue;
        }
        let rarity = |n_with: &u64| (n_articles / (*n_with).max(1) as f64).ln();
        let rarities: Vec<f64> = searcher.n_articles_with(&words)?.iter().map(rarity).collect();
        for (idx, rarities) in rarities.windows(n_words).enumerate() {
            let rarity: f64 = rarities.iter().sum();
            let printed = Span::new(spans[idx].start, spans[idx + n_words - 1].end);
            let printed = printed.of(&paragraph.text);
            let is_rarer = best.is_none_or(|(best, _)| rarity > best);
            if is_rarer && is_a_phrase(printed, &words[idx..idx + n_words]) {
                best = Some((rarity, printed));
            }
        }
    }
    Ok(best.map(|(_, phrase)| phrase.to_owned()))
}

/// Returns where the words of a paragraph stand and what they are, of a compound its parts.
fn words(text: &str) -> (Vec<Span>, Vec<String>) {
    let (mut spans, mut words) = (Vec::new(), Vec::new());
    Tokenizer::default().tokenize(text, |token| {
        if token.n_positions == 1 && spans.len() < WORDS_OF_PARAGRAPH_MAX {
            spans.push(token.span);
            words.push(token.word.to_owned());
        }
    });
    (spans, words)
}

/// Tells whether printed words can be put between quotes: none of their signs has a meaning there,
/// and apart from the paragraph they are the same words.
fn is_a_phrase(printed: &str, expected: &[String]) -> bool {
    let is_sign = |c: char| matches!(c, '"' | '“' | '”' | '„' | '‟' | '＂' | '*' | '?');
    !printed.contains(is_sign) && words(printed).1 == expected
}
