//! Scoring candidates once more, from their postings.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Scorer};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet, Score, Searcher, SegmentReader};

use crate::index::{Fields, MARK_PARAGRAPH};
use crate::query::{Casing, Clause, Pattern, Place, WordTest, Words};
use crate::text::parted;

use super::super::compile::Compiler;
use super::super::naming::name_parts;
use super::super::run::Marks;
use super::evidence::{Paragraphs, each_paragraph, n_together};
use super::{Bm25, Bm25Base, Pairs, Weights, n_words};

/// Scores articles of a segment, which are asked for in order.
///
/// A score is that of the compiled query, but for the constants of BM25, and for the evidence that
/// is added. Only what a candidate needs is read: the postings jump from one to the next.
pub(in crate::search) struct Rescorer {
    node: Node,
    words: Vec<Word>,
    pairs: Vec<Pair>,
    paragraph: Score,
    lead: Score,
    borders: Marks,
    paragraphs: Paragraphs,
    norms: FieldNormReader,
}

/// What a part of a clause is scored by.
enum Node {
    /// The word with an index.
    Word(usize),
    /// Whatever else: a pattern, a filter.
    Other(Box<dyn Scorer>),
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Times(Score, Box<Node>),
}

/// A word of the text, anywhere.
struct Word {
    stems: Vec<Stem>,
    /// The weight of the word in pairs.
    bm25: Bm25,
    /// How it is typed.
    typed: String,
    /// Whether it is neither unwanted nor weighed by hand.
    is_evidence: bool,
    doc: Option<DocId>,
    /// Where it stands in the current article, if that was read.
    positions: Vec<u32>,
    is_read: bool,
}

/// One of the terms of a word, or all of them where they are the same word in several languages.
struct Stem {
    postings: Vec<SegmentPostings>,
    bm25: Bm25,
}

/// Two words that are neighbours in the query.
struct Pair {
    first: usize,
    second: usize,
    bm25: Bm25,
    counts: Pairs,
}

/// What an article scores.
#[derive(Clone, Debug)]
pub(in crate::search) struct Scored {
    /// The words and patterns.
    pub(in crate::search) clauses: Score,
    /// Pairs of words, as the numbers of the words among those of the clause, and what they add.
    pub(in crate::search) pairs: Vec<(usize, usize, Score)>,
    /// What the best paragraph adds.
    pub(in crate::search) paragraph: Score,
    /// What the first paragraph adds.
    pub(in crate::search) lead: Score,
}

impl Scored {
    pub(in crate::search) fn total(&self) -> Score {
        let pairs: Score = self.pairs.iter().map(|(_, _, score)| score).sum();
        self.clauses + pairs + self.paragraph + self.lead
    }
}

impl Rescorer {
    /// Opens what a clause is scored by. Whatever is no single word is compiled by `compiler`.
    pub(in crate::search) fn open(
        searcher: &Searcher,
        segment: &SegmentReader,
        fields: Fields,
        clause: &Clause,
        weights: &Weights,
        compiler: &mut Compiler<'_>,
    ) -> tantivy::Result<Self> {
        // One word stands beside no other.
        let wants_positions = n_words(clause) > 1
            && (weights.pairs.count() || weights.names.count() || weights.count_paragraphs());
        let mut opening = Opening {
            searcher,
            segment,
            fields,
            weights,
            bm25: Bm25Base::new(searcher, fields.text, weights.bm25)?,
            compiler,
            option: match wants_positions {
                true => IndexRecordOption::WithFreqsAndPositions,
                false => IndexRecordOption::WithFreqs,
            },
            words: Vec::new(),
            neighbours: Vec::new(),
        };
        let node = opening.node(clause)?;
        let pairs = opening.pairs();
        let words = opening.words;
        let is_alone = words.iter().filter(|word| word.is_evidence).count() < 2;
        let (paragraph, lead) =
            if is_alone { (0.0, 0.0) } else { (weights.paragraph, weights.lead) };
        Ok(Self {
            node,
            pairs,
            words,
            paragraph,
            lead,
            borders: Marks::open(segment, fields, MARK_PARAGRAPH, paragraph + lead > 0.0)?,
            paragraphs: Paragraphs::default(),
            norms: segment.get_fieldnorms_reader(fields.text)?,
        })
    }

    /// Scores an article; nothing where it does not match.
    pub(in crate::search) fn score(&mut self, doc: DocId) -> Option<Scored> {
        self.words.iter_mut().for_each(|word| word.seek(doc));
        let clauses = self.node.score(doc, &self.words, &self.norms)?;
        let pairs = self.pair_scores(doc);
        let (paragraph, lead) = match self.paragraph + self.lead > 0.0 {
            true => self.paragraph_scores(doc, clauses),
            false => (0.0, 0.0),
        };
        Some(Scored { clauses, pairs, paragraph, lead })
    }

    /// Returns what an article scores at least and at most; nothing where it does not match.
    ///
    /// Nothing is read but how often its words stand in it. At least it scores what they count; at
    /// most all of them stand in one paragraph, and each place of the first word of a pair has the
    /// second behind it.
    pub(in crate::search) fn bounds(&mut self, doc: DocId) -> Option<(Score, Score)> {
        self.words.iter_mut().for_each(|word| word.seek(doc));
        let clauses = self.node.score(doc, &self.words, &self.norms)?;
        let mut most = clauses;
        for Pair { first, second, bm25, counts } in &self.pairs {
            let (first, second) = (&self.words[*first], &self.words[*second]);
            if first.stands_in(doc) && second.stands_in(doc) {
                let score = bm25.score(&self.norms, doc, first.n_occurrences(doc));
                most += (counts.next + counts.near) * score;
            }
        }
        let evidence = self.words.iter().filter(|it| it.is_evidence && it.stands_in(doc));
        let parts = evidence.map(|word| word.bm25.score_part(word.n_occurrences(doc)));
        most += (self.paragraph + self.lead) * parts.sum::<Score>().max(clauses);
        // Sums are rounded in another order here.
        Some((clauses, most * ROUNDING))
    }

    /// Returns a word of the clause as it is typed.
    pub(in crate::search) fn typed(&self, idx: usize) -> &str {
        self.words.get(idx).map_or("", |word| &word.typed)
    }

    fn pair_scores(&mut self, doc: DocId) -> Vec<(usize, usize, Score)> {
        let mut scores = Vec::new();
        for Pair { first, second, bm25, counts } in &self.pairs {
            let [one, other] = [*first, *second].map(|idx| self.words[idx].stands_in(doc));
            if !(one && other) {
                continue;
            }
            self.words[*first].read_positions();
            self.words[*second].read_positions();
            let (one, other) = (self.words[*first].positions(), self.words[*second].positions());
            let (n_next, n_near) = n_together(one, other);
            let mut score = 0.0;
            if n_next > 0 {
                score += counts.next * bm25.score(&self.norms, doc, n_next);
            }
            if n_near > 0 {
                score += counts.near * bm25.score(&self.norms, doc, n_near);
            }
            if score > 0.0 {
                scores.push((*first, *second, score));
            }
        }
        scores
    }

    /// Returns what the best paragraph of an article adds that scores so much as a whole, and what
    /// its first one does.
    ///
    /// An article of one paragraph is its best paragraph and its first, and counts as it did: what the
    /// lengths of articles say would be lost otherwise.
    fn paragraph_scores(&mut self, doc: DocId, whole: Score) -> (Score, Score) {
        self.paragraphs.clear();
        let borders = self.borders.at(doc);
        if borders.len() < 2 {
            return (self.paragraph * whole, self.lead * whole);
        }
        let evidence = self.words.iter_mut().filter(|it| it.is_evidence && it.stands_in(doc));
        for word in evidence {
            word.read_positions();
            let paragraphs = &mut self.paragraphs;
            let bm25 = &word.bm25;
            each_paragraph(word.positions(), borders, &mut |paragraph, n| {
                paragraphs.add(paragraph, bm25.score_part(n));
            });
        }
        (self.paragraph * self.paragraphs.best(), self.lead * self.paragraphs.first())
    }
}

/// More than the sums of a few numbers may be apart that were added up in different orders.
pub(in crate::search) const ROUNDING: Score = 1.000_1;

impl Node {
    fn score(&mut self, doc: DocId, words: &[Word], norms: &FieldNormReader) -> Option<Score> {
        match self {
            Self::Word(idx) => words[*idx].score(doc, norms),
            Self::Other(scorer) => {
                if scorer.doc() < doc {
                    scorer.seek(doc);
                }
                (scorer.doc() == doc).then(|| scorer.score())
            }
            Self::All(nodes) => nodes
                .iter_mut()
                .try_fold(0.0, |sum, node| Some(sum + node.score(doc, words, norms)?)),
            Self::Any(nodes) => {
                let scores = nodes.iter_mut().filter_map(|node| node.score(doc, words, norms));
                scores.reduce(|sum, score| sum + score)
            }
            Self::Not(node) => node.score(doc, words, norms).is_none().then_some(0.0),
            Self::Times(factor, node) => Some(*factor * node.score(doc, words, norms)?),
        }
    }
}

impl Word {
    fn is_capitalized(&self) -> bool {
        self.typed.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
    }

    fn seek(&mut self, doc: DocId) {
        self.is_read = false;
        self.doc = None;
        for postings in self.stems.iter_mut().flat_map(|stem| &mut stem.postings) {
            if postings.doc() < doc {
                postings.seek(doc);
            }
            if postings.doc() == doc {
                self.doc = Some(doc);
            }
        }
    }

    fn n_occurrences(&self, doc: DocId) -> u32 {
        let here = self.stems.iter().flat_map(|stem| &stem.postings).filter(|it| it.doc() == doc);
        here.map(Postings::term_freq).sum()
    }

    fn stands_in(&self, doc: DocId) -> bool {
        self.doc == Some(doc)
    }

    fn score(&self, doc: DocId, norms: &FieldNormReader) -> Option<Score> {
        let scores = self.stems.iter().filter_map(|stem| {
            let here = stem.postings.iter().filter(|it| it.doc() == doc);
            let n: u32 = here.map(Postings::term_freq).sum();
            (n > 0).then(|| stem.bm25.score(norms, doc, n))
        });
        scores.reduce(|sum, score| sum + score)
    }

    /// Reads the positions in the current article, once.
    fn read_positions(&mut self) {
        let Some(doc) = self.doc else {
            return;
        };
        if std::mem::replace(&mut self.is_read, true) {
            return;
        }
        self.positions.clear();
        let mut n_lists = 0;
        for postings in self.stems.iter_mut().flat_map(|stem| &mut stem.postings) {
            if postings.doc() == doc {
                postings.append_positions_with_offset(0, &mut self.positions);
                n_lists += 1;
            }
        }
        if n_lists > 1 {
            self.positions.sort_unstable();
        }
        // The words of a headline are indexed twice.
        self.positions.dedup();
    }

    fn positions(&self) -> &[u32] {
        &self.positions
    }
}

/// Opens postings, clause by clause.
struct Opening<'a, 'c> {
    searcher: &'a Searcher,
    segment: &'a SegmentReader,
    fields: Fields,
    weights: &'a Weights,
    bm25: Bm25Base,
    compiler: &'a mut Compiler<'c>,
    option: IndexRecordOption,
    words: Vec<Word>,
    /// Words that stand side by side in the query.
    neighbours: Vec<(usize, usize)>,
}

impl Opening<'_, '_> {
    fn node(&mut self, clause: &Clause) -> tantivy::Result<Node> {
        Ok(match clause {
            Clause::Pattern(Pattern::Words(words)) if single_stem(words).is_some() => {
                self.word(words, single_stem(words).unwrap_or_default())?
            }
            Clause::All(clauses) => Node::All(self.nodes(clauses)?),
            Clause::Any(clauses) if name_parts(clauses).is_none() => {
                Node::Any(self.nodes(clauses)?)
            }
            Clause::Not(clause) => Node::Not(Box::new(self.apart(clause)?)),
            Clause::Weighted(clause, weight) => {
                Node::Times(weight.factor(), Box::new(self.apart(clause)?))
            }
            _ => {
                let query = self.compiler.clause(clause)?;
                let scoring = EnableScoring::enabled_from_searcher(self.searcher);
                Node::Other(query.weight(scoring)?.scorer(self.segment, 1.0)?)
            }
        })
    }

    fn nodes(&mut self, clauses: &[Clause]) -> tantivy::Result<Vec<Node>> {
        let nodes: Vec<Node> =
            clauses.iter().map(|clause| self.node(clause)).collect::<tantivy::Result<_>>()?;
        for pair in nodes.windows(2) {
            if let [Node::Word(first), Node::Word(second)] = pair {
                self.neighbours.push((*first, *second));
            }
        }
        Ok(nodes)
    }

    /// Opens a clause whose words are no evidence: they are unwanted, or weighed by hand.
    fn apart(&mut self, clause: &Clause) -> tantivy::Result<Node> {
        let (n_words, n_neighbours) = (self.words.len(), self.neighbours.len());
        let node = self.node(clause);
        self.neighbours.truncate(n_neighbours);
        self.words[n_words..].iter_mut().for_each(|word| word.is_evidence = false);
        node
    }

    fn word(&mut self, words: &Words, stems: &[String]) -> tantivy::Result<Node> {
        let terms: Vec<Term> =
            stems.iter().map(|stem| Term::from_field_text(self.fields.text, stem)).collect();
        // Spellings of a misspelt word count each, forms of several languages together.
        let is_of_languages = stems.len() > 1 && stems.iter().any(|it| parted(it).1.is_some());
        let groups: Vec<&[Term]> = match is_of_languages {
            true => vec![&terms],
            false => terms.chunks(1).collect(),
        };
        let mut stems = Vec::with_capacity(groups.len());
        let mut n_articles = 0;
        for terms in groups {
            let n = self.n_articles(terms)?;
            n_articles += n;
            stems.push(self.stem(terms, n)?);
        }
        self.words.push(Word {
            stems,
            bm25: self.bm25.weigh(&[n_articles]),
            typed: words.typed.clone(),
            is_evidence: true,
            doc: None,
            positions: Vec::new(),
            is_read: false,
        });
        Ok(Node::Word(self.words.len() - 1))
    }

    fn stem(&self, terms: &[Term], n_articles: u64) -> tantivy::Result<Stem> {
        let inverted = self.segment.inverted_index(self.fields.text)?;
        let mut postings = Vec::with_capacity(terms.len());
        for term in terms {
            postings.extend(inverted.read_postings(term, self.option)?);
        }
        Ok(Stem { postings, bm25: self.bm25.weigh(&[n_articles]) })
    }

    fn n_articles(&self, terms: &[Term]) -> tantivy::Result<u64> {
        let statistics: &dyn Bm25StatisticsProvider = self.searcher;
        super::n_articles(statistics, terms.iter())
    }

    fn pairs(&self) -> Vec<Pair> {
        let Weights { pairs, names, .. } = *self.weights;
        let words = &self.words;
        let is_shouted = !words.iter().any(|it| it.typed.contains(char::is_lowercase));
        let counts = |first: usize, second: usize| {
            let are_names = words[first].is_capitalized() && words[second].is_capitalized();
            match are_names && !is_shouted {
                true => Pairs { next: pairs.next + names.next, near: pairs.near + names.near },
                false => pairs,
            }
        };
        let pair = |(first, second): &(usize, usize)| {
            let counts = counts(*first, *second);
            counts.count().then(|| Pair {
                first: *first,
                second: *second,
                bm25: words[*first].bm25.with(&words[*second].bm25),
                counts,
            })
        };
        self.neighbours.iter().filter_map(pair).collect()
    }
}

/// Tells whether words are one word that may stand anywhere in the text in any form.
pub(in crate::search) fn is_word(words: &Words) -> bool {
    single_stem(words).is_some()
}

/// Returns the stems of a word that may stand anywhere in the text in any form.
pub(in crate::search) fn single_stem(words: &Words) -> Option<&[String]> {
    match words.tests.as_slice() {
        [WordTest::Stem(stems)] if words.place == Place::Text && words.casing == Casing::Any => {
            Some(stems)
        }
        _ => None,
    }
}
