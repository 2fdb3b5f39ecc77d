//! Where the words of a query stand in an article.

use std::collections::HashMap;

use crate::article::{Article, HEADLINE_WORDS_MAX};
use crate::query::WordTest;
use crate::text::{Span, Stemmer, Token, Tokenizer};

use super::Spot;

/// A word of the query, found in an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Occurrence {
    pub(super) spot: Spot,
    /// The word's place in its paragraph.
    pub(super) position: u32,
    pub(super) span: Span,
}

/// Everything that a query's words come to in an article.
pub(super) struct Occurrences {
    /// The occurrences of each test, in the order of the page.
    pub(super) by_test: Vec<Vec<Occurrence>>,
    /// How many words the body has.
    pub(super) n_words: u64,
}

/// The words that a query looks for.
#[derive(Default)]
pub(super) struct Lexicon {
    tests: HashMap<WordTest, usize>,
    stems: HashMap<String, usize>,
    surfaces: HashMap<String, usize>,
    prefixes: Vec<(String, usize)>,
    /// The bytes that a word can begin with and pass a test: an English stem begins as its word
    /// does. Nearly every word of an article is out after one look at this.
    first_bytes: FirstBytes,
    stemmer: Stemmer,
}

struct FirstBytes([bool; 256]);

impl Default for FirstBytes {
    fn default() -> Self {
        Self([false; 256])
    }
}

impl Lexicon {
    /// Adds a test, once.
    pub(super) fn add(&mut self, test: &WordTest) {
        if self.tests.contains_key(test) {
            return;
        }
        let idx = self.tests.len();
        self.tests.insert(test.clone(), idx);
        let word = match test {
            WordTest::Stem(stem) => {
                self.stems.insert(stem.clone(), idx);
                stem
            }
            WordTest::Surface(word) => {
                self.surfaces.insert(word.clone(), idx);
                word
            }
            WordTest::Prefix(prefix) => {
                self.prefixes.push((prefix.clone(), idx));
                prefix
            }
        };
        if let Some(byte) = word.bytes().next() {
            self.first_bytes.0[usize::from(byte)] = true;
        }
    }

    pub(super) fn index_of(&self, test: &WordTest) -> Option<usize> {
        self.tests.get(test).copied()
    }

    /// Finds the words in an article's headline and body.
    pub(super) fn occurrences(
        &mut self,
        article: &Article,
        tokenizer: &mut Tokenizer,
    ) -> Occurrences {
        let mut by_test = vec![Vec::new(); self.tests.len()];
        let mut visit = |spot: Spot, token: Token<'_>| {
            let Token { position, span, .. } = token;
            self.each_passed(token.word, |idx| {
                by_test[idx].push(Occurrence { spot, position, span });
            });
        };
        tokenizer.tokenize(&article.headline, |token| {
            if token.position + token.n_positions <= HEADLINE_WORDS_MAX {
                visit(Spot::Headline, token);
            }
        });
        let mut n_words = 0;
        for (idx, paragraph) in article.body() {
            let spot = Spot::Paragraph(idx);
            n_words += u64::from(tokenizer.tokenize(&paragraph.text, |token| visit(spot, token)));
        }
        Occurrences { by_test, n_words }
    }

    /// Calls `found` with each test that a folded word passes.
    fn each_passed(&mut self, word: &str, mut found: impl FnMut(usize)) {
        let Some(first) = word.bytes().next() else {
            return;
        };
        if !self.first_bytes.0[usize::from(first)] {
            return;
        }
        if !self.stems.is_empty()
            && let Some(idx) = self.stems.get(self.stemmer.stem(word))
        {
            found(*idx);
        }
        if let Some(idx) = self.surfaces.get(word) {
            found(*idx);
        }
        for (prefix, idx) in &self.prefixes {
            if word.starts_with(prefix.as_str()) {
                found(*idx);
            }
        }
    }
}
