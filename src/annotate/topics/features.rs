//! What a classifier sees of an article.

use crate::text::{Stemmer, Tokenizer, is_stop_word};

/// The words of an article that are looked at; news says early what it is about.
pub(super) const WORDS_MAX: usize = 400;

/// How often a word of the headline counts.
pub(super) const HEADLINE: f32 = 2.0;

/// Reads the words of articles that say what these are about, one article after the other.
#[derive(Default)]
pub struct TopicWords {
    tokenizer: Tokenizer,
    stemmer: Stemmer,
}

impl TopicWords {
    /// Calls `visit` with the stem of each word that says something, and how much it counts.
    pub(super) fn each_stem(
        &mut self,
        headline: &str,
        body: &[&str],
        visit: &mut dyn FnMut(&str, f32),
    ) {
        let Self { tokenizer, stemmer } = self;
        let mut n_left = WORDS_MAX;
        let parts = std::iter::once((headline, HEADLINE)).chain(body.iter().map(|it| (*it, 1.0)));
        for (part, weight) in parts {
            if n_left == 0 {
                return;
            }
            tokenizer.tokenize(part, |token| {
                if token.n_positions > 1 || n_left == 0 {
                    return;
                }
                n_left -= 1;
                let word = token.word;
                let says_something = word.chars().count() > 2
                    && !is_stop_word(word)
                    && !word.contains(|c: char| c.is_ascii_digit());
                if says_something {
                    visit(stemmer.stem(word), weight);
                }
            });
        }
    }
}
