//! Words that stand in a certain way, as a tantivy query.
//!
//! tantivy's own phrase query knows neither paragraphs nor headlines nor wildcards, and it has no
//! proximity. This one reads where the words stand and asks `matcher::places`, as the matcher does
//! for one article, what that comes to.

use std::fmt;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{
    Bm25StatisticsProvider, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::Term;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use crate::article::BODY_POSITION;
use crate::index::{
    Fields, MARK_ALL_CAPS, MARK_CAPITAL, MARK_FORMS, MARK_KINDS, MARK_PARAGRAPH, MARK_SENTENCE,
};
use crate::matcher::places::{Extent, Ground, Shape};
use crate::query::{Casing, Place};

use super::deadline::{Deadline, Watch};
use super::ranking::{Bm25, Bm25Form, n_articles};
use super::run::{Marks, Run, RunReader, Text, first_shared};

/// Looks for a pattern.
#[derive(Clone)]
pub(super) struct PatternQuery {
    pub(super) shape: Shape,
    pub(super) runs: Vec<Run>,
    pub(super) fields: Fields,
    /// Whether the words stand in the headline and the body, not in another field.
    pub(super) is_text: bool,
    /// Whether the shape asks where sentences begin.
    pub(super) asks_for_sentences: bool,
    /// Whether it asks where paragraphs begin; runs may ask it too.
    pub(super) asks_for_paragraphs: bool,
    pub(super) deadline: Deadline,
    pub(super) bm25: Bm25Form,
}

impl fmt::Debug for PatternQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PatternQuery {:?}", self.shape)
    }
}

impl PatternQuery {
    /// Returns how many articles have each of the words that must stand together.
    fn n_articles(
        &self,
        shape: &Shape,
        statistics: &dyn Bm25StatisticsProvider,
    ) -> tantivy::Result<Vec<u64>> {
        let run = |leaf: &usize| -> tantivy::Result<Vec<u64>> {
            let slots = self.runs[*leaf].slots.iter().flatten();
            slots.map(|it| n_articles(statistics, it.iter().map(|it| &it.docs))).collect()
        };
        match shape {
            Shape::Leaf(leaf) => run(leaf),
            Shape::Window(leaves, _) => {
                Ok(leaves.iter().map(run).collect::<tantivy::Result<Vec<_>>>()?.concat())
            }
            Shape::Any(shapes) => {
                let mut sum = 0;
                for shape in shapes {
                    // Words together are at most as frequent as the rarest of them.
                    sum += self.n_articles(shape, statistics)?.into_iter().min().unwrap_or(0);
                }
                Ok(vec![sum])
            }
            Shape::Near(left, proximity, _) if proximity.negated => {
                self.n_articles(left, statistics)
            }
            Shape::Near(left, _, right) => {
                let (left, right) =
                    (self.n_articles(left, statistics)?, self.n_articles(right, statistics)?);
                Ok([left, right].concat())
            }
            Shape::AtLeast(_, shape) => self.n_articles(shape, statistics),
        }
    }
}

impl Query for PatternQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let bm25 = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => {
                let n_articles = self.n_articles(&self.shape, statistics_provider)?;
                Bm25::new(statistics_provider, self.fields.text, self.bm25, &n_articles)?
            }
            EnableScoring::Disabled { .. } => Bm25::default(),
        };
        Ok(Box::new(PatternWeight { query: Arc::new(self.clone()), bm25 }))
    }
}

struct PatternWeight {
    query: Arc<PatternQuery>,
    bm25: Bm25,
}

impl PatternWeight {
    fn pattern(
        &self,
        segment: &SegmentReader,
        boost: Score,
    ) -> tantivy::Result<Option<PatternScorer>> {
        let query = &self.query;
        let fields = query.fields;
        let forms = Term::from_field_text(fields.marks, MARK_FORMS);
        let runs = query.runs.iter().map(|run| RunReader::open(segment, run, &forms));
        let runs = runs.collect::<tantivy::Result<Vec<_>>>()?;
        let Some(need) = Need::of(&query.shape, &runs) else {
            return Ok(None);
        };
        let is_text = query.is_text;
        let is_divided = |run: &Run| run.slots.len() > 1 || run.place == Place::Lead;
        let needs_paragraphs =
            is_text && (query.asks_for_paragraphs || query.runs.iter().any(is_divided));
        let has_casing = |casing| query.runs.iter().any(|run| run.casing == casing);
        let marks = |mark, is_needed| Marks::open(segment, fields, mark, is_needed);
        let is_unnamed = has_casing(Casing::Unnamed);
        let [person, org, place] = MARK_KINDS
            .map(|(kind, mark)| marks(mark, is_unnamed || has_casing(Casing::Name(kind))));
        let mut scorer = PatternScorer {
            extents: vec![Vec::new(); runs.len()],
            runs,
            need,
            text: Text {
                sentences: marks(MARK_SENTENCE, is_text && query.asks_for_sentences)?,
                paragraphs: marks(MARK_PARAGRAPH, needs_paragraphs)?,
                capitals: marks(MARK_CAPITAL, is_unnamed || has_casing(Casing::Capitalized))?,
                all_caps: marks(MARK_ALL_CAPS, has_casing(Casing::AllCaps))?,
                names: [person?, org?, place?],
                unnamed: Vec::new(),
                body: if is_text { BODY_POSITION } else { 0 },
            },
            query: Arc::clone(query),
            norms: segment.get_fieldnorms_reader(fields.text)?,
            bm25: self.bm25.boost_by(boost),
            watch: query.deadline.watch(),
            doc: 0,
            n_occurrences: 0,
        };
        scorer.settle(0);
        Ok(Some(scorer))
    }
}

impl Weight for PatternWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match self.pattern(segment, boost)? {
            Some(scorer) => Box::new(scorer),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let Some(mut scorer) = self.pattern(segment, 1.0)? else {
            return Ok(Explanation::new("a pattern of words, none of them here", 0.0));
        };
        let score = if scorer.seek(doc) == doc { scorer.score() } else { 0.0 };
        Ok(Explanation::new("a pattern of words", score))
    }
}

/// The runs that an article must have to be looked at.
enum Need {
    Run(usize),
    All(Vec<Need>),
    Any(Vec<Need>),
}

impl Need {
    /// Returns what a shape needs; nothing where no article of the segment has it.
    fn of(shape: &Shape, runs: &[Option<RunReader>]) -> Option<Self> {
        let run = |leaf: &usize| runs[*leaf].is_some().then_some(Self::Run(*leaf));
        match shape {
            Shape::Leaf(leaf) => run(leaf),
            Shape::Window(leaves, _) => Self::all(leaves.iter().map(run).collect(), runs),
            Shape::Any(shapes) => {
                let needs: Vec<Self> =
                    shapes.iter().filter_map(|shape| Self::of(shape, runs)).collect();
                (!needs.is_empty()).then_some(Self::Any(needs))
            }
            Shape::Near(left, proximity, _) if proximity.negated => Self::of(left, runs),
            Shape::Near(left, _, right) => {
                Self::all(vec![Self::of(left, runs), Self::of(right, runs)], runs)
            }
            Shape::AtLeast(_, shape) => Self::of(shape, runs),
        }
    }

    /// Joins requirements, the rarest first.
    fn all(needs: Vec<Option<Self>>, runs: &[Option<RunReader>]) -> Option<Self> {
        let mut needs: Vec<Self> = needs.into_iter().collect::<Option<_>>()?;
        needs.sort_by_key(|need| need.size_hint(runs));
        Some(Self::All(needs))
    }

    fn size_hint(&self, runs: &[Option<RunReader>]) -> u32 {
        match self {
            Self::Run(run) => runs[*run].as_ref().map_or(0, RunReader::size_hint),
            Self::All(needs) => needs.iter().map(|it| it.size_hint(runs)).min().unwrap_or(0),
            Self::Any(needs) => {
                needs.iter().fold(0, |sum: u32, it| sum.saturating_add(it.size_hint(runs)))
            }
        }
    }

    /// Goes to the first article from `target` on that has what is needed.
    fn seek(&self, runs: &mut [Option<RunReader>], target: DocId) -> DocId {
        match self {
            Self::Run(run) => runs[*run].as_mut().map_or(TERMINATED, |run| run.seek(target)),
            Self::Any(needs) => {
                needs.iter().map(|need| need.seek(runs, target)).min().unwrap_or(TERMINATED)
            }
            Self::All(needs) => first_shared(target, |target| {
                needs.iter().fold(target, |furthest, need| furthest.max(need.seek(runs, furthest)))
            }),
        }
    }
}

/// Goes through the articles that have the pattern.
struct PatternScorer {
    query: Arc<PatternQuery>,
    /// The runs of the pattern; nothing where the segment has none.
    runs: Vec<Option<RunReader>>,
    /// Their places in the current article.
    extents: Vec<Vec<Extent>>,
    need: Need,
    text: Text,
    norms: FieldNormReader,
    bm25: Bm25,
    watch: Watch,
    doc: DocId,
    /// How often the pattern occurs in the current article.
    n_occurrences: u32,
}

impl PatternScorer {
    /// Goes to the first article from `target` on that has the pattern.
    fn settle(&mut self, target: DocId) -> DocId {
        let mut target = target;
        loop {
            self.doc = self.need.seek(&mut self.runs, target);
            if self.doc == TERMINATED {
                return TERMINATED;
            }
            if self.watch.is_late() {
                self.doc = TERMINATED;
                return TERMINATED;
            }
            self.n_occurrences = self.count(self.doc);
            if self.n_occurrences > 0 {
                return self.doc;
            }
            target = self.doc + 1;
        }
    }

    fn count(&mut self, doc: DocId) -> u32 {
        for (run, extents) in self.runs.iter_mut().zip(&mut self.extents) {
            extents.clear();
            if let Some(run) = run
                && (run.is_at(doc) || run.seek(doc) == doc)
            {
                run.extents(doc, &mut self.text, extents);
            }
        }
        match &self.query.shape {
            Shape::Leaf(leaf) => return self.count_leaf(*leaf),
            Shape::Any(_) if self.query.runs.iter().any(|it| it.casing == Casing::Unnamed) => {
                return (0..self.runs.len()).map(|leaf| self.count_leaf(leaf)).sum();
            }
            _ => {}
        }
        let body = self.text.body;
        let Text { sentences, paragraphs, .. } = &mut self.text;
        let ground = Ground {
            leaves: &self.extents,
            sentences: sentences.at(doc),
            paragraphs: paragraphs.at(doc),
            body,
        };
        self.query.shape.n_occurrences(&ground) as u32
    }
}

impl PatternScorer {
    /// Counts the places of a run; those in a headline count twice.
    fn count_leaf(&self, leaf: usize) -> u32 {
        let extents = &self.extents[leaf];
        let is_text = self.query.runs[leaf].place.is_text();
        let body = if is_text { self.text.body } else { 0 };
        (extents.len() + extents.partition_point(|it| it.first < body)) as u32
    }
}

impl DocSet for PatternScorer {
    fn advance(&mut self) -> DocId {
        self.seek(self.doc.saturating_add(1))
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target && self.doc != TERMINATED {
            self.settle(target);
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.need.size_hint(&self.runs)
    }
}

impl Scorer for PatternScorer {
    fn score(&mut self) -> Score {
        self.bm25.score(&self.norms, self.doc, self.n_occurrences)
    }
}
