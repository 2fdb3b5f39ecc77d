//! What a classifier sees of an article.

use crate::text::{Stemmer, is_stop_word, words};

/// The words of an article that are looked at; news says early what it is about.
const WORDS_MAX: usize = 400;

/// How often a word of the headline counts.
const HEADLINE: f32 = 2.0;

/// Calls `visit` with the stem of each word that says something, and how much it counts.
pub(super) fn stems(headline: &str, body: &[&str], visit: &mut dyn FnMut(&str, f32)) {
    let mut stemmer = Stemmer::default();
    let mut n_left = WORDS_MAX;
    let parts = std::iter::once((headline, HEADLINE)).chain(body.iter().map(|it| (*it, 1.0)));
    for (part, weight) in parts {
        if n_left == 0 {
            return;
        }
        for word in words(part).into_iter().take(n_left) {
            n_left -= 1;
            let says_something = word.chars().count() > 2
                && !is_stop_word(&word)
                && !word.contains(|c: char| c.is_ascii_digit());
            if says_something {
                visit(stemmer.stem(&word), weight);
            }
        }
    }
}
