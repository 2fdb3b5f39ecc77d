//! Where the words of a query stand in an article.

use std::collections::HashMap;

use crate::article::{Article, BODY_POSITION, HEADLINE_WORDS_MAX, MentionKind};
use crate::query::{Casing, Clause, WordTest};
use crate::text::{Case, Opens, Span, Stems, Token, Tokenizer, Tongue};

use super::Spot;

/// A word of the query, found in an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Occurrence {
    pub(super) spot: Spot,
    /// The word's position in the article: the headline's from 0, the body's from
    /// [`BODY_POSITION`].
    pub(super) position: u32,
    pub(super) span: Span,
    pub(super) case: Case,
    /// The kind of the name that it belongs to, where the query asks for kinds.
    pub(super) name: Option<MentionKind>,
}

/// Everything that a query's words come to in an article.
pub(super) struct Occurrences {
    /// The occurrences of each test, in the order of the page.
    pub(super) by_test: Vec<Vec<Occurrence>>,
    /// The positions at which sentences begin, where the query asks for them.
    pub(super) sentences: Vec<u32>,
    /// The positions at which paragraphs begin.
    pub(super) paragraphs: Vec<u32>,
    /// How many words the body has.
    pub(super) n_words: u64,
}

/// The words that a query looks for.
#[derive(Default)]
pub(super) struct Lexicon {
    tests: HashMap<WordTest, usize>,
    terms: HashMap<String, Vec<usize>>,
    surfaces: HashMap<String, usize>,
    /// The tests that are no look-up.
    patterns: Vec<(WordTest, usize)>,
    /// The bytes that a word can begin with and pass a test: an English stem begins as its word
    /// does. Nearly every word of an English article is out after one look at this.
    first_bytes: FirstBytes,
    stems: Stems,
    /// Whether anything asks where sentences begin.
    wants_sentences: bool,
    /// Whether anything asks which words are names.
    wants_names: bool,
}

struct FirstBytes([bool; 256]);

impl Default for FirstBytes {
    fn default() -> Self {
        Self([false; 256])
    }
}

impl FirstBytes {
    /// Lets words pass that begin as `word` does; any where it is empty.
    fn allow(&mut self, word: &str) {
        match word.bytes().next() {
            Some(byte) => self.0[usize::from(byte)] = true,
            None => self.0 = [true; 256],
        }
    }
}

impl Lexicon {
    /// Collects the words that a clause looks for in the headline and the body.
    pub(super) fn of(clause: &Clause) -> Self {
        let mut lexicon = Self::default();
        clause.each_words(&mut |words| {
            if words.place.is_text() {
                words.tests.iter().for_each(|test| lexicon.add(test));
            }
        });
        lexicon.wants_sentences = clause.asks_for_sentences();
        clause.each_words(&mut |words| {
            lexicon.wants_names |= matches!(words.casing, Casing::Name(_) | Casing::Unnamed);
        });
        lexicon
    }

    /// Adds a test, once.
    fn add(&mut self, test: &WordTest) {
        if self.tests.contains_key(test) {
            return;
        }
        let idx = self.tests.len();
        match test {
            WordTest::Stem(stems) => {
                for stem in stems {
                    self.first_bytes.allow(stem);
                    self.terms.entry(stem.clone()).or_default().push(idx);
                }
            }
            WordTest::Surface(word) => {
                self.first_bytes.allow(word);
                self.surfaces.insert(word.clone(), idx);
            }
            WordTest::Wildcard(wildcard) => {
                self.first_bytes.allow(&wildcard.prefix());
                self.patterns.push((test.clone(), idx));
            }
            WordTest::Fuzzy(..) => {
                self.first_bytes.allow("");
                self.patterns.push((test.clone(), idx));
            }
            // Nothing is looked for: it stands between two words that are.
            WordTest::AnyWord => return,
        }
        self.tests.insert(test.clone(), idx);
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
        let tongue = Tongue::of(&article.language);
        let mut found = Occurrences {
            by_test: vec![Vec::new(); self.tests.len()],
            sentences: Vec::new(),
            paragraphs: Vec::new(),
            n_words: 0,
        };
        let n_headline = tokenizer.tokenize(&article.headline, |token| {
            if token.position + token.n_positions <= HEADLINE_WORDS_MAX {
                let printed = token.span.of(&article.headline);
                self.visit(Spot::Headline, (token, printed), 0, tongue, &mut found);
            }
        });
        if n_headline > 0 {
            found.paragraphs.push(0);
            found.sentences.push(0);
        }
        let mut base = BODY_POSITION;
        for (idx, paragraph) in article.body() {
            let spot = Spot::Paragraph(idx);
            let n = if self.wants_sentences {
                tokenizer.tokenize_prose(&paragraph.text, |token, opens| {
                    if opens >= Opens::Sentence {
                        found.sentences.push(base + token.position);
                    }
                    let printed = token.span.of(&paragraph.text);
                    self.visit(spot, (token, printed), base, tongue, &mut found);
                })
            } else {
                tokenizer.tokenize(&paragraph.text, |token| {
                    let printed = token.span.of(&paragraph.text);
                    self.visit(spot, (token, printed), base, tongue, &mut found);
                })
            };
            if n > 0 {
                found.paragraphs.push(base);
            }
            base += n;
        }
        found.n_words = u64::from(base - BODY_POSITION);
        if self.wants_names {
            name(article, &mut found);
        }
        found
    }

    /// Notes which tests a word passes, as it is printed.
    fn visit(
        &mut self,
        spot: Spot,
        (token, printed): (Token<'_>, &str),
        base: u32,
        tongue: Tongue,
        found: &mut Occurrences,
    ) {
        let occurrence = Occurrence {
            spot,
            position: base + token.position,
            span: token.span,
            case: token.case,
            name: None,
        };
        self.each_passed(token.word, printed, tongue, |idx| {
            let occurrences = &mut found.by_test[idx];
            // A compound and its first part stand at one position: the longer one is marked.
            if occurrences.last().is_none_or(|last| last.position != occurrence.position) {
                occurrences.push(occurrence);
            }
        });
    }

    /// Calls `found` with each test that a folded word passes.
    fn each_passed(
        &mut self,
        word: &str,
        printed: &str,
        tongue: Tongue,
        mut found: impl FnMut(usize),
    ) {
        let Some(first) = word.bytes().next() else {
            return;
        };
        if tongue.is_marked() {
            // A stem may begin otherwise than its word: Arabic has prefixes.
            if !self.terms.is_empty() {
                self.stems.each(tongue, word, printed, &mut |term| {
                    self.terms.get(term).into_iter().flatten().for_each(|idx| found(*idx));
                });
            }
        } else if self.first_bytes.0[usize::from(first)]
            && !self.terms.is_empty()
            && let Some(indices) = self.terms.get(self.stems.unmarked(tongue, word))
        {
            indices.iter().for_each(|idx| found(*idx));
        }
        if !self.first_bytes.0[usize::from(first)] {
            return;
        }
        if let Some(idx) = self.surfaces.get(word) {
            found(*idx);
        }
        for (test, idx) in &self.patterns {
            if test.fits_form(word) {
                found(*idx);
            }
        }
    }
}

/// Notes of each occurrence which kind of name it belongs to.
///
/// A word that begins within a mention belongs to it; mentions do not overlap.
fn name(article: &Article, found: &mut Occurrences) {
    let mentions = article.annotations.mentions().into_iter();
    let mentions = mentions.filter_map(|(part, span, it)| Some((Spot::of(part)?, span, it.kind)));
    let mentions: Vec<(Spot, Span, MentionKind)> = mentions.collect();
    for occurrence in found.by_test.iter_mut().flatten() {
        let (spot, start) = (occurrence.spot, occurrence.span.start);
        let n_before = mentions.partition_point(|(at, span, _)| (*at, span.start) <= (spot, start));
        let before = n_before.checked_sub(1).map(|idx| mentions[idx]);
        let around = before.filter(|(at, span, _)| *at == spot && start < span.end);
        occurrence.name = around.map(|it| it.2);
    }
}
