//! Any or all of some words, wherever they stand, as a tantivy query.
//!
//! Most queries are no more than that. tantivy goes through them article by article, asks each word
//! at each step where it stands, and scores by the constants that it was built with. Here postings are
//! read a block at a time, and of a word that cannot bring an article among the best by itself nothing
//! is read but where a rarer one stands: Turtle and Flood's MaxScore ("Query evaluation: strategies and
//! optimizations", 1995), over windows of articles. Scores are those of our own BM25.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, Score, Searcher, SegmentReader, TERMINATED};

use super::ranking::{Bm25, Bm25Base, Bm25Form, ROUNDING};

/// Finds the articles that have any or all of some words.
#[derive(Clone, Debug)]
pub(super) struct WordsQuery {
    /// The words, and how much each counts.
    pub(super) words: Vec<(Term, Score)>,
    pub(super) joint: Joint,
    /// The field of the words.
    pub(super) text: Field,
    pub(super) bm25: Bm25Form,
    /// The same as tantivy's own query, for whoever goes through articles one by one.
    pub(super) plain: Arc<dyn Query>,
}

/// Up to how many articles of the rarest word all that have the others too are looked at: that tells
/// how many there are, which is asked next, and passing over some would save less.
const ALL_READ_MAX: u64 = 20_000;

impl WordsQuery {
    /// Tells whether passing over what cannot be among the best saves anything.
    pub(super) fn can_prune(&self, searcher: &Searcher) -> tantivy::Result<bool> {
        if self.joint == Joint::Any {
            return Ok(true);
        }
        for (term, _) in &self.words {
            if searcher.doc_freq(term)? <= ALL_READ_MAX {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// How many of some words an article must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    Any,
    All,
}

impl Query for WordsQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let mut words = Vec::with_capacity(self.words.len());
        let mut bounds = None;
        if let EnableScoring::Enabled { statistics_provider: statistics, .. } = scoring {
            let base = Bm25Base::new(statistics, self.text, self.bm25)?;
            for (term, boost) in &self.words {
                words.push((
                    term.clone(),
                    base.weigh(&[statistics.doc_freq(term)?]).boost_by(*boost),
                ));
            }
            bounds = Some(Bounds::new(&base));
        } else {
            words.extend(self.words.iter().map(|(term, _)| (term.clone(), Bm25::default())));
        }
        let Self { joint, text, .. } = *self;
        Ok(Box::new(WordsWeight { words, bounds, joint, text, plain: self.plain.weight(scoring)? }))
    }
}

struct WordsWeight {
    words: Vec<(Term, Bm25)>,
    /// Nothing where nothing is scored.
    bounds: Option<Bounds>,
    joint: Joint,
    text: Field,
    plain: Box<dyn Weight>,
}

/// What is known of blocks of postings before they are read.
///
/// tantivy keeps of each block the best of its articles by its own constants, `tf / (tf + t(l))` of an
/// article of length `l`. Where that is `m`, in no article is `tf` more than `m / (1 - m) · t(l)`, and
/// so none counts more than `r / (r + q)` by other constants `o(l)`, where `r` is `m / (1 - m)` and `q`
/// is the least that `o(l) / t(l)` may be.
struct Bounds {
    tantivy: Bm25Weight,
    /// What tantivy scores more than, wherever a word stands.
    most: Score,
    /// The `q` above.
    least_ratio: Score,
}

impl Bounds {
    fn new(base: &Bm25Base) -> Self {
        // How frequent a word is cancels out.
        let tantivy = Bm25Weight::for_one_term_without_explain(0, 1, base.average());
        let least_ratio = base.least_ratio(Bm25Form::default());
        Self { most: tantivy.max_score(), tantivy, least_ratio }
    }

    /// Returns what part of the most that a word may score an article of a block scores at most.
    fn share(&self, list: &mut List, norms: &FieldNormReader) -> Score {
        let best = list.postings.block_max_score(norms, &self.tantivy) / self.most;
        let most = best / (1.0 - best);
        match most.is_finite() && most > 0.0 {
            true => most / (most + self.least_ratio) * ROUNDING,
            // Where numbers end.
            false => 1.0,
        }
    }
}

impl WordsWeight {
    /// Opens the postings of the words that stand in a segment; nothing where none can match.
    fn open(
        &self,
        segment: &SegmentReader,
        option: IndexRecordOption,
    ) -> tantivy::Result<Vec<List>> {
        let inverted = segment.inverted_index(self.text)?;
        let mut lists = Vec::with_capacity(self.words.len());
        for (term, bm25) in &self.words {
            match inverted.read_block_postings(term, option)? {
                Some(postings) => lists.push(List::new(postings, bm25.clone())),
                None if self.joint == Joint::All => return Ok(Vec::new()),
                None => {}
            }
        }
        Ok(lists)
    }
}

impl Weight for WordsWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        self.plain.scorer(segment, boost)
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.plain.explain(segment, doc)
    }

    fn count(&self, segment: &SegmentReader) -> tantivy::Result<u32> {
        if self.words.len() == 1 {
            return self.plain.count(segment);
        }
        let lists = self.open(segment, IndexRecordOption::Basic)?;
        let n = match self.joint {
            Joint::Any => count_any(lists, segment),
            Joint::All => {
                let alive = segment.alive_bitset();
                let mut n = 0;
                each_of_all(lists, &mut |doc, _| {
                    n += u32::from(alive.is_none_or(|alive| alive.is_alive(doc)));
                });
                n
            }
        };
        Ok(n)
    }

    fn for_each(
        &self,
        segment: &SegmentReader,
        found: &mut dyn FnMut(DocId, Score),
    ) -> tantivy::Result<()> {
        if self.joint == Joint::Any {
            return self.for_each_pruning(Score::MIN, segment, &mut |doc, score| {
                found(doc, score);
                Score::MIN
            });
        }
        let lists = self.open(segment, IndexRecordOption::WithFreqs)?;
        let norms = segment.get_fieldnorms_reader(self.text)?;
        each_of_all(lists, &mut |doc, lists| {
            let score = lists.iter().map(|list| list.score(&norms, (doc, list.freq())));
            found(doc, score.sum::<Sum>() as Score);
        });
        Ok(())
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        segment: &SegmentReader,
        found: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        let Some(bounds) = &self.bounds else {
            return self.plain.for_each_pruning(threshold, segment, found);
        };
        let mut lists = self.open(segment, IndexRecordOption::WithFreqs)?;
        let norms = segment.get_fieldnorms_reader(self.text)?;
        let mut best = Best { norms: &norms, bounds, threshold, found };
        match self.joint {
            Joint::Any => {
                lists.sort_by(|a, b| a.most.total_cmp(&b.most));
                add_reach(&mut lists);
                best.read_any(&mut lists);
            }
            Joint::All => {
                // The rarest word is the last, as it is where any will do.
                lists.sort_by_key(|it| std::cmp::Reverse(it.postings.doc_freq()));
                add_reach(&mut lists);
                best.read_all(&mut lists);
            }
        }
        Ok(())
    }
}

/// The postings of a word, read from the first to the last.
struct List {
    postings: BlockSegmentPostings,
    /// The next posting of the block.
    at: usize,
    bm25: Bm25,
    /// More than the word scores anywhere.
    most: Score,
    /// The same for it and all lists before it together.
    reach: Score,
}

impl List {
    fn new(postings: BlockSegmentPostings, bm25: Bm25) -> Self {
        let most = bm25.most();
        Self { postings, at: 0, bm25, most, reach: most }
    }

    /// Goes on to the next block where the current one is read, and returns the next article.
    fn doc(&mut self) -> Option<DocId> {
        while self.at >= self.postings.block_len() {
            if self.postings.block_len() == 0 {
                return None;
            }
            self.postings.advance();
            self.at = 0;
        }
        self.postings.docs().get(self.at).copied().filter(|doc| *doc < TERMINATED)
    }

    /// Returns the articles that are left in the block, and how often each has the word.
    fn rest(&self) -> impl Iterator<Item = (DocId, u32)> {
        let docs = self.postings.docs().get(self.at..).unwrap_or_default();
        let freqs = self.postings.freqs().get(self.at..).unwrap_or_default();
        docs.iter().copied().zip(freqs.iter().copied())
    }

    /// Looks for an article, which must not lie before one that was looked for.
    ///
    /// On a damaged disk a posting may have a number beyond [`TERMINATED`], which tantivy would look
    /// for without end.
    fn find(&mut self, doc: DocId) -> bool {
        self.at = self.postings.seek(doc.min(TERMINATED));
        self.postings.docs().get(self.at) == Some(&doc)
    }

    /// Returns how often the article has the word that was found last.
    fn freq(&self) -> u32 {
        self.postings.freqs().get(self.at).copied().unwrap_or_default()
    }

    fn score(&self, norms: &FieldNormReader, (doc, n): (DocId, u32)) -> Sum {
        Sum::from(self.bm25.score(norms, doc, n))
    }
}

/// Adds up scores. So wide is it that no sum of a few scores is rounded: in whatever order words are
/// read, an article scores the same.
type Sum = f64;

/// Adds up, list by list, what an article scores at most.
fn add_reach(lists: &mut [List]) {
    let mut reach = 0.0;
    for list in lists {
        reach += list.most;
        list.reach = reach;
    }
}

fn reach(lists: &[List]) -> Score {
    lists.last().map_or(0.0, |list| list.reach)
}

/// Looks for the best articles.
struct Best<'a> {
    norms: &'a FieldNormReader,
    bounds: &'a Bounds,
    /// What an article must score more than.
    threshold: Score,
    /// Is called with what does, and returns the new threshold.
    found: &'a mut dyn FnMut(DocId, Score) -> Score,
}

impl Best<'_> {
    /// Reads lists in the order of what they score at most.
    fn read_any(&mut self, lists: &mut [List]) {
        let mut window = Window::default();
        loop {
            let (optional, needed) = lists.split_at_mut(self.n_optional(lists));
            let Some(start) = needed.iter_mut().filter_map(List::doc).min() else {
                return;
            };
            if let [only] = needed {
                self.read_block(only, optional);
                continue;
            }
            let end = start.saturating_add(WINDOW);
            for list in needed {
                window.add(start, end, list, self.norms);
            }
            window.take(|offset, score| self.complete(start + offset, score, optional));
        }
    }

    /// Returns how many lists, from the first on, need not be read: articles that have their words
    /// alone are none of the best, and looking up those that are left costs less.
    fn n_optional(&self, lists: &[List]) -> usize {
        let mut n = lists.iter().take_while(|it| it.reach <= self.threshold).count();
        if n == lists.len() {
            return n;
        }
        let mut n_needed: u32 = lists[n..].iter().map(|it| it.postings.doc_freq()).sum();
        while n > 0 && lists[n - 1].postings.doc_freq() / TIMES_READ < n_needed {
            n -= 1;
            n_needed += lists[n].postings.doc_freq();
        }
        n
    }

    /// Reads lists the last of which leads.
    fn read_all(&mut self, lists: &mut [List]) {
        let Some((lead, others)) = lists.split_last_mut() else {
            return;
        };
        while lead.doc().is_some() && self.threshold < Score::INFINITY {
            if self.may_have_best(lead, others) {
                for posting in lead.rest() {
                    self.require(posting.0, lead.score(self.norms, posting), others);
                }
            }
            lead.at = lead.postings.block_len();
        }
    }

    /// Reads the block of the one list that is needed.
    fn read_block(&mut self, only: &mut List, optional: &mut [List]) {
        if self.may_have_best(only, optional) {
            for posting in only.rest() {
                let score = only.score(self.norms, posting);
                self.complete(posting.0, score, optional);
            }
        }
        only.at = only.postings.block_len();
    }

    /// Tells whether the block of a list may have one of the best, whatever others add.
    fn may_have_best(&self, list: &mut List, others: &[List]) -> bool {
        list.most * self.bounds.share(list, self.norms) + reach(others) > self.threshold
    }

    /// Tells whether an article may be one of the best, whatever lists up to one add.
    fn may_be_best(&self, score: Sum, list: &List) -> bool {
        score + Sum::from(list.reach) > Sum::from(self.threshold)
    }

    /// Adds to the score of an article what lists add that were not read.
    fn complete(&mut self, doc: DocId, mut score: Sum, optional: &mut [List]) {
        for list in optional.iter_mut().rev() {
            if !self.may_be_best(score, list) {
                return;
            }
            if list.find(doc) {
                score += list.score(self.norms, (doc, list.freq()));
            }
        }
        self.offer(doc, score);
    }

    /// Does the same for an article that matches only if it is in all of the lists.
    fn require(&mut self, doc: DocId, mut score: Sum, others: &mut [List]) {
        for list in others.iter_mut().rev() {
            if !self.may_be_best(score, list) {
                return;
            }
            if !list.find(doc) {
                return;
            }
            score += list.score(self.norms, (doc, list.freq()));
        }
        self.offer(doc, score);
    }

    fn offer(&mut self, doc: DocId, score: Sum) {
        let score = score as Score;
        if score > self.threshold {
            self.threshold = (self.found)(doc, score);
        }
    }
}

/// How many postings are read in the time that one is looked up.
const TIMES_READ: u32 = 6;

/// How many articles are read at once where several lists are.
const WINDOW: u32 = 4096;

/// What articles in a row score.
struct Window {
    scores: Vec<Sum>,
    /// A bit for each article that has a word.
    bits: [u64; (WINDOW / u64::BITS) as usize],
}

impl Default for Window {
    fn default() -> Self {
        Self { scores: Vec::new(), bits: [0; _] }
    }
}

impl Window {
    /// Adds what a list scores from `start` to `end`.
    fn add(&mut self, start: DocId, end: DocId, list: &mut List, norms: &FieldNormReader) {
        self.scores.resize(WINDOW as usize, 0.0);
        while list.doc().is_some_and(|doc| doc < end) {
            let docs = list.postings.docs().get(list.at..).unwrap_or_default();
            // The first one is below the end; of a damaged block others may be in no order.
            let n = docs.partition_point(|doc| *doc < end).max(1);
            for posting in list.rest().take(n) {
                let offset = posting.0.wrapping_sub(start) as usize % WINDOW as usize;
                self.scores[offset] += list.score(norms, posting);
                self.bits[offset / 64] |= 1 << (offset % 64);
            }
            list.at += n;
        }
    }

    /// Calls `visit` with each article, counted from the start of the window, and its score; nothing
    /// is left.
    fn take(&mut self, mut visit: impl FnMut(u32, Sum)) {
        for (idx, bits) in self.bits.iter_mut().enumerate() {
            let mut left = std::mem::take(bits);
            while left != 0 {
                let offset = idx * 64 + left.trailing_zeros() as usize;
                left &= left - 1;
                visit(offset as u32, std::mem::take(&mut self.scores[offset]));
            }
        }
    }
}

/// Counts the articles that are in any of some lists and were not deleted.
fn count_any(lists: Vec<List>, segment: &SegmentReader) -> u32 {
    let mut bits = vec![0_u64; segment.max_doc() as usize / 64 + 1];
    for mut list in lists {
        while list.doc().is_some() {
            for doc in list.postings.docs() {
                if let Some(bits) = bits.get_mut(*doc as usize / 64) {
                    *bits |= 1 << (doc % 64);
                }
            }
            list.at = list.postings.block_len();
        }
    }
    let Some(alive) = segment.alive_bitset() else {
        return bits.iter().map(|it| it.count_ones()).sum();
    };
    let docs = alive.iter_alive();
    docs.map(|doc| u32::from(bits[doc as usize / 64] >> (doc % 64) & 1 == 1)).sum()
}

/// Calls `visit` with each article that is in all of some lists, and the lists, which are there.
fn each_of_all(mut lists: Vec<List>, visit: &mut dyn FnMut(DocId, &[List])) {
    lists.sort_by_key(|it| it.postings.doc_freq());
    while let Some(doc) = lists.first_mut().and_then(List::doc) {
        if lists[1..].iter_mut().all(|list| list.find(doc)) {
            visit(doc, &lists);
        }
        lists[0].at += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;
    use tantivy::query::{BooleanQuery, BoostQuery, Occur, TermQuery};
    use tantivy::schema::{STRING, Schema, TEXT};
    use tantivy::{Index, IndexWriter, TantivyDocument, doc};

    use super::*;

    /// Makes an index of articles of a few words in two segments, and deletes one article in a
    /// hundred of them.
    fn index(articles: &[Vec<&str>]) -> (Index, Field) {
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", TEXT);
        let number = schema.add_text_field("number", STRING);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter<TantivyDocument> =
            index.writer_with_num_threads(1, 15_000_000).unwrap();
        for (idx, words) in articles.iter().enumerate() {
            writer.add_document(doc!(text => words.join(" "), number => idx.to_string())).unwrap();
            if idx == articles.len() / 3 {
                writer.commit().unwrap();
            }
        }
        for idx in (0..articles.len()).step_by(100) {
            writer.delete_term(Term::from_field_text(number, &idx.to_string()));
        }
        writer.commit().unwrap();
        (index, text)
    }

    fn plain(words: &[(Term, Score)], joint: Joint) -> Box<dyn Query> {
        let occur = if joint == Joint::Any { Occur::Should } else { Occur::Must };
        let clause = |(term, boost): &(Term, Score)| {
            let term = TermQuery::new(term.clone(), IndexRecordOption::WithFreqs);
            (occur, Box::new(BoostQuery::new(Box::new(term), *boost)) as Box<dyn Query>)
        };
        Box::new(BooleanQuery::new(words.iter().map(clause).collect()))
    }

    /// Returns the scores of the best `n` of a segment, the highest first.
    fn best(weight: &dyn Weight, segment: &SegmentReader, n: usize) -> Vec<Score> {
        let mut scores: Vec<Score> = Vec::new();
        let found = &mut |_, score| {
            let at = scores.partition_point(|it| *it >= score);
            scores.insert(at, score);
            scores.truncate(n);
            if scores.len() == n { scores[n - 1] } else { Score::MIN }
        };
        weight.for_each_pruning(Score::MIN, segment, found).unwrap();
        scores
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn words_find_what_tantivy_finds(
            kinds in proptest::collection::vec(0..40_usize, 1..40),
            n_articles in select(vec![3_usize, 300, 9_000]),
            asked in proptest::collection::vec((0..6_usize, select(vec![1.0, 0.3, 2.0])), 2..5),
            joint in select(vec![Joint::Any, Joint::All]),
            n in 1..60_usize,
        ) {
            const WORDS: [&str; 6] = ["every", "third", "ninth", "prime", "rare", "none"];
            let words_of = |idx: usize| {
                let kind = kinds[idx % kinds.len()] + idx / kinds.len();
                let mut words = vec![WORDS[0]; 1 + kind % 7];
                words.extend(kind.is_multiple_of(3).then_some(WORDS[1]));
                words.extend((kind % 9 < 2).then_some(WORDS[2]));
                words.extend(std::iter::repeat_n(WORDS[3], kind % 11 % 4));
                words.extend((kind % 397 == 5).then_some(WORDS[4]));
                words
            };
            let articles: Vec<Vec<&str>> = (0..n_articles).map(words_of).collect();
            let (index, text) = index(&articles);
            let searcher = index.reader().unwrap().searcher();
            let words: Vec<(Term, Score)> = asked
                .iter()
                .map(|(word, boost)| (Term::from_field_text(text, WORDS[*word]), *boost))
                .collect();
            let plain: Arc<dyn Query> = plain(&words, joint).into();
            let bm25 = Bm25Form::default();
            let query = WordsQuery { words, joint, text, bm25, plain: Arc::clone(&plain) };
            let other = Bm25Form { k1: 0.9, b: 0.4 };
            let otherwise = WordsQuery { bm25: other, ..query.clone() };
            let scoring = EnableScoring::enabled_from_searcher(&searcher);
            let (ours, theirs) = (query.weight(scoring).unwrap(), plain.weight(scoring).unwrap());
            let otherwise = otherwise.weight(scoring).unwrap();
            for segment in searcher.segment_readers() {
                prop_assert_eq!(ours.count(segment).unwrap(), theirs.count(segment).unwrap());
                let (ours, theirs) = (best(&*ours, segment, n), best(&*theirs, segment, n));
                prop_assert_eq!(ours.len(), theirs.len());
                for (ours, theirs) in ours.iter().zip(&theirs) {
                    prop_assert!((ours - theirs).abs() <= 1e-4 * theirs, "{} {}", ours, theirs);
                }
                // Nothing that belongs among the best is passed over by other constants.
                let all = best(&*otherwise, segment, usize::MAX);
                prop_assert_eq!(best(&*otherwise, segment, n), &all[..n.min(all.len())]);
            }
        }
    }
}
