//! Words are found as tantivy finds them.

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

/// Keeps the best `n` of what it is called with, the highest first.
struct Kept {
    n: usize,
    scores: Vec<Score>,
}

impl Kept {
    fn take(&mut self, score: Score) -> Score {
        let at = self.scores.partition_point(|it| *it >= score);
        self.scores.insert(at, score);
        self.scores.truncate(self.n);
        if self.scores.len() == self.n { self.scores[self.n - 1] } else { Score::MIN }
    }
}

/// Returns the scores of the best `n` of a segment, and how many match if that is wanted.
fn best(
    words: &WeighedWords,
    segment: &SegmentReader,
    n: usize,
    total: Total,
) -> (Vec<Score>, Option<u64>) {
    let mut kept = Kept { n, scores: Vec::new() };
    let found = &mut |_, score| kept.take(score);
    let total = words.best(segment, Score::MIN, total, found).unwrap();
    (kept.scores, total)
}

/// Returns the same by tantivy, which is asked about every article: where it passes some over, it
/// passes over too many of those that have a word hundreds of times.
fn best_of_tantivy(weight: &dyn Weight, segment: &SegmentReader, n: usize) -> Vec<Score> {
    let mut kept = Kept { n, scores: Vec::new() };
    let mut take = |_, score| {
        kept.take(score);
    };
    weight.for_each(segment, &mut take).unwrap();
    kept.scores
}

/// Returns the articles of a segment that match and were not deleted.
fn all_of_tantivy(weight: &dyn Weight, segment: &SegmentReader) -> Vec<DocId> {
    let mut all = Vec::new();
    let is_alive = |doc: &DocId| segment.alive_bitset().is_none_or(|it| it.is_alive(*doc));
    let add = &mut |docs: &[DocId]| all.extend(docs.iter().copied().filter(is_alive));
    weight.for_each_no_score(segment, add).unwrap();
    all
}

/// Words, as numbers, and how much each counts.
fn asked(n_words: std::ops::Range<usize>) -> impl Strategy<Value = Vec<(usize, Score)>> {
    proptest::collection::vec((0..6_usize, select(vec![1.0, 0.3, 2.0])), n_words)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn words_find_what_tantivy_finds(
        kinds in proptest::collection::vec(0..40_usize, 1..40),
        n_articles in select(vec![3_usize, 300, 9_000]),
        asked in prop_oneof![9 => asked(2..5), 1 => asked(60..80)],
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
            words.extend(std::iter::repeat_n(WORDS[2], if kind % 211 == 3 { 250 + kind % 20 } else { 0 }));
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
        let (ours, theirs) = (query.weigh(scoring).unwrap(), plain.weight(scoring).unwrap());
        let otherwise = otherwise.weigh(scoring).unwrap();
        for segment in searcher.segment_readers() {
            let all = all_of_tantivy(&*theirs, segment);
            prop_assert_eq!(ours.count(segment).unwrap(), all.len() as u64);
            let mut each = Vec::new();
            ours.each(segment, &mut |doc| each.push(doc)).unwrap();
            prop_assert_eq!(each, &all[..]);
            let of_tantivy = best_of_tantivy(&*theirs, segment, n);
            for total in [Total::Wanted, Total::Unwanted] {
                let (found, n_all) = best(&ours, segment, n, total);
                prop_assert_eq!(n_all, (total == Total::Wanted).then_some(all.len() as u64));
                prop_assert_eq!(found.len(), of_tantivy.len());
                for (ours, theirs) in found.iter().zip(&of_tantivy) {
                    prop_assert!((ours - theirs).abs() <= 1e-4 * theirs, "{} {}", ours, theirs);
                }
                // Nothing that belongs among the best is passed over by other constants.
                let all = best(&otherwise, segment, usize::MAX, total).0;
                let found = best(&otherwise, segment, n, total).0;
                prop_assert_eq!(found, &all[..n.min(all.len())]);
            }
        }
    }
}
