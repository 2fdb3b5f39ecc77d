//! The same question as the index answers, answered on one article in memory: does it match, and
//! which words make it match?
//!
//! The index finds articles; this room says why. It reads the meaning of the query, not the index,
//! so that a highlight is never a guess: the words of a phrase are marked only where they stand as
//! that phrase, and negated words never.

mod beginnings;
mod fields;
mod occurrences;
mod pair;
pub mod places;

use crate::article::{Article, BODY_POSITION, MentionKind, Part};
use crate::query::{Clause, Pattern, Place, WordTest, Words};
use crate::text::{Span, Stems};

use occurrences::{Lexicon, Occurrence, Occurrences, Tools};
use places::{Extent, Ground, Shape, zone};

/// Where in an article a match stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// In the headline.
    Headline,
    /// In a paragraph, by its number among all paragraphs, from 0.
    Paragraph(usize),
}

impl Spot {
    /// Returns where a part of an article stands on the page; nothing for what stands beside it.
    pub fn of(part: Part) -> Option<Self> {
        match part {
            Part::Record => None,
            Part::Headline => Some(Self::Headline),
            Part::Paragraph(idx) => Some(Self::Paragraph(idx as usize)),
        }
    }

    /// Returns the part of the article that stands there.
    pub fn part(self) -> Part {
        match self {
            Self::Headline => Part::Headline,
            Self::Paragraph(idx) => Part::Paragraph(idx as u32),
        }
    }
}

/// Words that made an article match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Where they stand.
    pub spot: Spot,
    /// Their bytes in the headline or the paragraph.
    pub span: Span,
    /// The part of the query that they answer; see [`Words::leaf`].
    pub leaf: usize,
}

/// A query, prepared for any number of articles.
pub struct Matcher {
    clause: Clause,
    lexicon: Lexicon,
    tools: Tools,
}

impl Matcher {
    /// Prepares a query.
    pub fn new(clause: &Clause) -> Self {
        Self::knowing(clause, Stems::default())
    }

    /// Prepares a query, with stems that are remembered from other articles.
    pub fn knowing(clause: &Clause, stems: Stems) -> Self {
        let lexicon = Lexicon::of(clause);
        Self { clause: clause.clone(), lexicon, tools: Tools::knowing(stems) }
    }

    /// Returns the stems that are remembered.
    pub fn into_stems(self) -> Stems {
        self.tools.into_stems()
    }

    /// Returns the words that make an article match, in the order of the page; nothing where it
    /// does not match. An article that matches by its date or its byline has no such words.
    pub fn find(&mut self, article: &Article) -> Option<Vec<Mark>> {
        let occurrences = self.lexicon.occurrences(article, &mut self.tools);
        let view = View { article, lexicon: &self.lexicon, occurrences: &occurrences };
        let mut marks = Vec::new();
        if !view.holds(&self.clause, &mut marks) {
            return None;
        }
        marks.sort_unstable();
        marks.dedup();
        Some(marks)
    }
}

/// Returns the kind of names that a pattern of words in a field asks for.
fn kind_of(leaves: &[&Words]) -> Option<MentionKind> {
    match leaves.first()?.place {
        Place::Field(field) => fields::kind_of(field),
        _ => None,
    }
}

/// An article with the query's words found in it.
struct View<'a> {
    article: &'a Article,
    lexicon: &'a Lexicon,
    occurrences: &'a Occurrences,
}

impl View<'_> {
    /// Tells whether a clause holds, and adds what makes it hold to `marks`.
    ///
    /// Where it does not hold, nothing is added.
    fn holds(&self, clause: &Clause, marks: &mut Vec<Mark>) -> bool {
        let n_before = marks.len();
        let holds = match clause {
            Clause::Everything => true,
            Clause::Pattern(Pattern::Words(words)) if words.place.is_text() => {
                self.run_marks(words, marks);
                marks.len() > n_before
            }
            Clause::Pattern(pattern) => self.pattern_stands(pattern, marks),
            Clause::All(clauses) => clauses.iter().all(|clause| self.holds(clause, marks)),
            // No short cut: every alternative that holds is marked.
            Clause::Any(clauses) => {
                clauses.iter().filter(|clause| self.holds(clause, marks)).count() > 0
            }
            // What holds within is unmarked below, because then this does not.
            Clause::Not(clause) => !self.holds(clause, marks),
            Clause::Weighted(clause, _) => self.holds(clause, marks),
            Clause::Date(range) => {
                self.article.date.is_some_and(|date| range.contains(date.moment.seconds))
            }
            Clause::WordCount(range) => range.contains(&self.occurrences.n_words),
        };
        if !holds {
            marks.truncate(n_before);
        }
        holds
    }

    /// Adds a mark for each place of a run of words in the headline or the body.
    fn run_marks(&self, words: &Words, marks: &mut Vec<Mark>) {
        let runs = self.runs(words);
        let mark = |(_, spot, span)| Mark { spot, span, leaf: words.leaf };
        marks.extend(runs.map(mark));
    }

    /// Tells whether a pattern of several parts stands in the article, and marks those parts.
    fn pattern_stands(&self, pattern: &Pattern, marks: &mut Vec<Mark>) -> bool {
        let mut leaves = Vec::new();
        let shape = Shape::of(pattern, &mut leaves);
        let is_text = pattern.is_text();
        // The runs of each leaf with their words on the page, and their places alone.
        let mut runs: Vec<Vec<(Extent, Spot, Span)>> = Vec::with_capacity(leaves.len());
        let mut extents: Vec<Vec<Extent>> = Vec::with_capacity(leaves.len());
        for words in &leaves {
            if let Place::Field(field) = words.place {
                extents.push(fields::extents(self.article, field, words));
            } else {
                let here: Vec<(Extent, Spot, Span)> = self.runs(words).collect();
                extents.push(here.iter().map(|run| run.0).collect());
                runs.push(here);
            }
        }
        let ground = Ground {
            leaves: &extents,
            sentences: if is_text { &self.occurrences.sentences } else { &[] },
            paragraphs: if is_text { &self.occurrences.paragraphs } else { &[] },
            body: if is_text { BODY_POSITION } else { 0 },
        };
        if shape.n_occurrences(&ground) == 0 {
            return false;
        }
        if is_text {
            shape.mark(&ground, &mut |leaf, extent| {
                let runs = &runs[leaf];
                if let Ok(idx) = runs.binary_search_by_key(&extent, |run| run.0) {
                    let (_, spot, span) = runs[idx];
                    marks.push(Mark { spot, span, leaf: leaves[leaf].leaf });
                }
            });
        } else if let Some(kind) = kind_of(&leaves) {
            let starts = fields::entity_starts(self.article, kind);
            shape.mark(&ground, &mut |leaf, extent| {
                let n_before = starts.partition_point(|(start, _)| *start <= extent.first);
                if let Some((_, entity)) = starts.get(n_before.wrapping_sub(1)) {
                    self.mention_marks(*entity, leaves[leaf].leaf, marks);
                }
            });
        }
        true
    }

    /// Adds a mark for each mention of an entity.
    fn mention_marks(&self, entity: usize, leaf: usize, marks: &mut Vec<Mark>) {
        let mentions = self.article.annotations.entities.get(entity).map(|it| &it.mentions);
        for (part, span) in mentions.into_iter().flatten() {
            if let Some(spot) = Spot::of(*part) {
                marks.push(Mark { spot, span: *span, leaf });
            }
        }
    }

    /// Returns the places of a run of words in the headline and the body, in order.
    fn runs(&self, words: &Words) -> impl Iterator<Item = (Extent, Spot, Span)> {
        let (first, rest) = words.tests.split_first().unwrap_or((&WordTest::AnyWord, &[]));
        let (least, end) = zone(words.place, &self.occurrences.paragraphs);
        self.found(first).iter().filter_map(move |start| {
            let last = start.position + rest.len() as u32;
            let fits = words.casing.allows(start.case, start.name);
            if start.position < least || last >= end || !fits {
                return None;
            }
            let span_end = self.run_end(start, rest, words)?;
            let span = Span::new(start.span.start, span_end.max(start.span.end));
            Some((Extent::new(start.position, last), start.spot, span))
        })
    }

    /// Returns where a run of words ends that begins with `start`, if it goes on as asked.
    fn run_end(&self, start: &Occurrence, rest: &[WordTest], words: &Words) -> Option<usize> {
        let mut end = start.span.end;
        for (position, test) in (start.position + 1..).zip(rest) {
            if *test == WordTest::AnyWord {
                continue;
            }
            let found = self.found(test);
            let at = found.partition_point(|it| it.position < position);
            let fits = |it: &&Occurrence| {
                (it.spot, it.position) == (start.spot, position)
                    && words.casing.allows(it.case, it.name)
            };
            end = found.get(at).filter(fits)?.span.end;
        }
        Some(end)
    }

    fn found(&self, test: &WordTest) -> &[Occurrence] {
        let idx = self.lexicon.index_of(test);
        idx.and_then(|idx| self.occurrences.by_test.get(idx)).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests;
