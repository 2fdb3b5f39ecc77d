//! Where the words of a query stand in an article.

use std::collections::{BTreeMap, HashMap};

use crate::article::{Article, BODY_POSITION, HEADLINE_WORDS_MAX, MentionKind};
use crate::query::{Casing, Clause, Pattern, Place, WordTest};
use crate::text::{Case, Opens, Span, Stems, Token, Tokenizer, Tongue};

use super::Spot;
use super::beginnings::Beginnings;

/// A word of the query, found in an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Occurrence {
    pub(super) spot: Spot,
    /// The word's position in the article: the headline's from 0, the body's from
    /// [`BODY_POSITION`]; where the query asks for no distances, only their order is kept, and which
    /// words follow each other.
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
    /// How many words the body has, where the query asks for that.
    pub(super) n_words: u64,
}

/// The words that a query looks for.
#[derive(Default)]
pub(super) struct Lexicon {
    tests: HashMap<WordTest, usize>,
    /// The tests by the terms that pass them. Most queries have few, which takes less to go through
    /// than to make a number of a word.
    terms: BTreeMap<String, Vec<usize>>,
    surfaces: BTreeMap<String, usize>,
    /// The tests that are no look-up.
    patterns: Vec<(WordTest, usize)>,
    /// How words begin that may pass a test.
    beginnings: Beginnings,
    /// Whether anything asks where sentences begin.
    wants_sentences: bool,
    /// Whether anything asks which words are names.
    wants_names: bool,
    /// Whether anything asks how far words stand apart or how many there are, beyond whether one
    /// follows another.
    pub(super) wants_distances: bool,
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
        clause.each(&mut |clause| lexicon.wants_distances |= asks_for_distances(clause));
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
                    self.beginnings.allow(stem);
                    self.terms.entry(stem.clone()).or_default().push(idx);
                }
            }
            WordTest::Surface(word) => {
                self.beginnings.allow(word);
                self.surfaces.insert(word.clone(), idx);
            }
            WordTest::Wildcard(wildcard) => {
                self.beginnings.allow(&wildcard.prefix());
                self.patterns.push((test.clone(), idx));
            }
            WordTest::Fuzzy(..) => {
                self.beginnings.allow("");
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
    pub(super) fn occurrences(&self, article: &Article, tools: &mut Tools) -> Occurrences {
        let Tools { tokenizer, stems } = tools;
        let found = Occurrences {
            by_test: vec![Vec::new(); self.tests.len()],
            sentences: Vec::new(),
            paragraphs: Vec::with_capacity(article.paragraphs.len() + 1),
            n_words: 0,
        };
        let tongue = Tongue::of(&article.language);
        let reads_parts =
            !self.wants_distances && !self.beginnings.allow_all() && !self.stems_anew(tongue);
        let mut search = Search { lexicon: self, stems, tongue, reads_parts, found };
        search.read_headline(&article.headline, tokenizer);
        let mut base = BODY_POSITION;
        for (idx, paragraph) in article.body() {
            let spot = Spot::Paragraph(idx);
            let n = search.read_paragraph(spot, &paragraph.text, base, tokenizer);
            if n > 0 {
                search.found.paragraphs.push(base);
            }
            base += n;
        }
        let mut found = search.found;
        found.n_words = u64::from(base - BODY_POSITION);
        if self.wants_names {
            name(article, &mut found);
        }
        found
    }

    /// Returns what tells whether a word may pass a test in a language, as it is printed in ASCII.
    fn wanted(&self, tongue: Tongue) -> impl Fn(&[u8]) -> bool {
        let stems_anew = self.stems_anew(tongue);
        move |word| stems_anew || self.beginnings.has(word)
    }

    /// Tells whether stems may begin otherwise than their words: Arabic has prefixes.
    fn stems_anew(&self, tongue: Tongue) -> bool {
        tongue.is_marked() && !self.terms.is_empty()
    }

    /// Calls `found` with each test that a folded word passes.
    fn each_passed(
        &self,
        (word, printed): (&str, &str),
        tongue: Tongue,
        stems: &mut Stems,
        mut found: impl FnMut(usize),
    ) {
        let may_begin_so = self.beginnings.has(word.as_bytes());
        if tongue.is_marked() && !self.terms.is_empty() {
            stems.each(tongue, word, printed, &mut |term| {
                self.terms.get(term).into_iter().flatten().for_each(|idx| found(*idx));
            });
        } else if may_begin_so
            && !self.terms.is_empty()
            && let Some(indices) = self.terms.get(stems.unmarked(tongue, word))
        {
            indices.iter().for_each(|idx| found(*idx));
        }
        if !may_begin_so {
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

/// Tells whether a clause asks how far words stand apart, or how many there are.
fn asks_for_distances(clause: &Clause) -> bool {
    match clause {
        Clause::Pattern(Pattern::Words(words)) => {
            matches!(words.place, Place::Lead | Place::First(_))
                || words.tests.contains(&WordTest::AnyWord)
        }
        Clause::Pattern(pattern) => pattern.is_text(),
        Clause::WordCount(_) => true,
        _ => false,
    }
}

/// What is used for one article after the other: buffers, and the stems of words that were seen.
#[derive(Default)]
pub(super) struct Tools {
    tokenizer: Tokenizer,
    stems: Stems,
}

impl Tools {
    pub(super) fn knowing(stems: Stems) -> Self {
        Self { stems, ..Self::default() }
    }

    pub(super) fn into_stems(self) -> Stems {
        self.stems
    }
}

/// The words of a query, looked for in one article.
struct Search<'a> {
    lexicon: &'a Lexicon,
    stems: &'a mut Stems,
    tongue: Tongue,
    /// Whether only the parts of paragraphs are read in which a word of the query may stand.
    reads_parts: bool,
    found: Occurrences,
}

impl Search<'_> {
    fn read_headline(&mut self, headline: &str, tokenizer: &mut Tokenizer) {
        let is_wanted = self.lexicon.wanted(self.tongue);
        let n = tokenizer.tokenize_wanted(headline, is_wanted, |token| {
            if token.position + token.n_positions <= HEADLINE_WORDS_MAX {
                self.visit(Spot::Headline, (token, token.span.of(headline)), 0);
            }
        });
        if n > 0 {
            self.found.paragraphs.push(0);
            self.found.sentences.push(0);
        }
    }

    /// Reads a paragraph whose first word has a position, and returns how many it takes.
    fn read_paragraph(
        &mut self,
        spot: Spot,
        text: &str,
        base: u32,
        tokenizer: &mut Tokenizer,
    ) -> u32 {
        if self.lexicon.wants_sentences {
            return tokenizer.tokenize_prose(text, |token, opens| {
                if opens >= Opens::Sentence {
                    self.found.sentences.push(base + token.position);
                }
                self.visit(spot, (token, token.span.of(text)), base);
            });
        }
        if self.reads_parts {
            return self.read_parts(spot, text, base, tokenizer);
        }
        let is_wanted = self.lexicon.wanted(self.tongue);
        tokenizer.tokenize_wanted(text, is_wanted, |token| {
            self.visit(spot, (token, token.span.of(text)), base);
        })
    }

    /// Reads what of a paragraph may hold a word of the query. Its positions tell which word comes
    /// before which, and which follow each other, but not how many stand between two that do not.
    fn read_parts(&mut self, spot: Spot, text: &str, base: u32, tokenizer: &mut Tokenizer) -> u32 {
        let lexicon = self.lexicon;
        let is_wanted = lexicon.wanted(self.tongue);
        let (mut end, mut n) = (0, 0);
        for part in lexicon.beginnings.parts(text) {
            let passed = Span::new(end, part.start).of(text);
            n += match passed.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
                true => 1,
                false => tokenizer.tokenize(passed, |_| {}),
            };
            let here = part.of(text);
            n += tokenizer.tokenize_wanted(here, &is_wanted, |token| {
                let span = Span::new(part.start + token.span.start, part.start + token.span.end);
                self.visit(spot, (Token { span, ..token }, token.span.of(here)), base + n);
            });
            end = part.end;
        }
        n.max(1)
    }

    /// Notes which tests a word passes, as it is printed.
    fn visit(&mut self, spot: Spot, (token, printed): (Token<'_>, &str), base: u32) {
        let position = base + token.position;
        let Token { word, span, case, .. } = token;
        let by_test = &mut self.found.by_test;
        self.lexicon.each_passed((word, printed), self.tongue, self.stems, |idx| {
            let occurrences = &mut by_test[idx];
            // A compound and its first part stand at one position: the longer one is marked.
            if occurrences.last().is_none_or(|last| last.position != position) {
                occurrences.push(Occurrence { spot, position, span, case, name: None });
            }
        });
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
