//! The postings of a word, block by block, and what each block may score.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::Bm25Weight;
use tantivy::{DocId, Score, TERMINATED};

use super::super::ranking::{Bm25, Bm25Base, Bm25Form, ROUNDING};
use super::window::MANY;

/// What is known of blocks of postings before they are read.
///
/// tantivy keeps of each block the best of its articles by its own constants, `tf / (tf + t(l))` of an
/// article of length `l`. Where that is `m`, in no article is `tf` more than `m / (1 - m) · t(l)`, and
/// so none counts more than `r / (r + q)` by other constants `o(l)`, where `r` is `m / (1 - m)` and `q`
/// is the least that `o(l) / t(l)` may be.
pub(super) struct Bounds {
    tantivy: Bm25Weight,
    /// What tantivy scores more than, wherever a word stands.
    most: Score,
    /// The `q` above.
    least_ratio: Score,
}

impl Bounds {
    pub(super) fn new(base: &Bm25Base) -> Self {
        // How frequent a word is cancels out.
        let tantivy = Bm25Weight::for_one_term_without_explain(0, 1, base.average());
        let least_ratio = base.least_ratio(Bm25Form::default());
        Self { most: tantivy.max_score(), tantivy, least_ratio }
    }

    /// Returns what part of the most that a word may score an article of a block scores at most.
    pub(super) fn share(&self, list: &mut List, norms: &FieldNormReader) -> Score {
        let best = list.postings.block_max_score(norms, &self.tantivy) / self.most;
        let most = best / (1.0 - best);
        match most.is_finite() && most > 0.0 {
            true => most / (most + self.least_ratio) * ROUNDING,
            // Where numbers end.
            false => 1.0,
        }
    }
}

/// The postings of a word, read from the first to the last.
pub(super) struct List {
    /// In a box: it holds a block, and lists are put in order.
    postings: Box<BlockSegmentPostings>,
    /// The next posting of the block.
    at: usize,
    bm25: Bm25,
    /// More than the word scores anywhere.
    pub(super) most: Score,
    /// More than it and all lists before it score together.
    pub(super) reach: Score,
    /// How it is read.
    pub(super) access: Access,
}

/// What a word scores at most, in whole units that are rounded up, by how often it stands in an article;
/// the last one stands for whatever is as much or more.
pub(super) struct Levels([u8; Levels::N]);

impl Levels {
    const N: usize = u8::MAX as usize + 1;

    pub(super) fn of(&self, n: u8) -> u8 {
        self.0[usize::from(n)]
    }
}

/// How a list is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// From the beginning to the end, window by window.
    Windows,
    /// Articles are looked up one by one.
    Lookups,
}

/// Adds up scores. So wide is it that no sum of a few scores is rounded: in whatever order words are
/// read, an article scores the same.
pub(super) type Sum = f64;

impl List {
    pub(super) fn new(postings: BlockSegmentPostings, bm25: Bm25) -> Self {
        let most = bm25.most();
        let (postings, reach, access) = (Box::new(postings), most, Access::Windows);
        Self { postings, at: 0, bm25, most, reach, access }
    }

    /// Returns what the word scores at most in whole units, by how often it stands in an article.
    pub(super) fn levels(&self, unit: Score) -> Levels {
        let mut levels = [0; Levels::N];
        for (n, level) in (0..).zip(&mut levels).skip(1) {
            let most = if n < MANY { self.bm25.most_of(n) } else { self.most };
            // What is there is seen, however little it counts.
            *level = ((most * ROUNDING / unit).ceil() as u8).max(1);
        }
        Levels(levels)
    }

    /// Returns how many articles have the word, deleted ones included.
    pub(super) fn n_articles(&self) -> u32 {
        self.postings.doc_freq()
    }

    /// Goes on to the next block where the current one is read, and returns the next article.
    pub(super) fn doc(&mut self) -> Option<DocId> {
        while self.at >= self.postings.block_len() {
            if self.postings.block_len() == 0 {
                return None;
            }
            self.postings.advance();
            self.at = 0;
        }
        self.postings.docs().get(self.at).copied().filter(|doc| *doc < TERMINATED)
    }

    /// Returns the articles that are left in the block.
    pub(super) fn docs(&self) -> &[DocId] {
        self.postings.docs().get(self.at..).unwrap_or_default()
    }

    /// Returns how often each of them has the word; nothing where that was not asked for.
    pub(super) fn freqs(&self) -> &[u32] {
        self.postings.freqs().get(self.at..).unwrap_or_default()
    }

    /// Goes on by so many articles of the block.
    pub(super) fn pass(&mut self, n: usize) {
        self.at = self.at.saturating_add(n);
    }

    /// Goes on to the end of the block.
    pub(super) fn pass_block(&mut self) {
        self.at = self.postings.block_len();
    }

    /// Goes on to the first article from one on, if it is not there already.
    pub(super) fn go_to(&mut self, doc: DocId) {
        if self.doc().is_some_and(|here| here < doc) {
            self.seek(doc);
        }
    }

    /// Looks for the first article from one on, which must not lie before one that was looked for.
    ///
    /// On a damaged disk a posting may have a number beyond [`TERMINATED`], which tantivy would look
    /// for without end.
    fn seek(&mut self, doc: DocId) {
        self.at = self.postings.seek(doc.min(TERMINATED));
    }

    /// Looks for an article, and returns how often it has the word.
    pub(super) fn find(&mut self, doc: DocId) -> u32 {
        self.seek(doc);
        match self.postings.docs().get(self.at) {
            Some(here) if *here == doc => self.freq(),
            _ => 0,
        }
    }

    /// Returns how often the article that was found last has the word; once where nobody asked.
    pub(super) fn freq(&self) -> u32 {
        self.postings.freqs().get(self.at).copied().unwrap_or(1)
    }

    /// Returns what is added to the number of occurrences in an article, which is the same for all words.
    pub(super) fn added(&self, norms: &FieldNormReader, doc: DocId) -> Score {
        self.bm25.added(norms, doc)
    }

    /// Scores an article by how often it has the word and by what is added to that.
    pub(super) fn score_beside(&self, n: u32, added: Score) -> Sum {
        Sum::from(self.bm25.score_beside(n, added))
    }

    pub(super) fn score(&self, norms: &FieldNormReader, (doc, n): (DocId, u32)) -> Sum {
        Sum::from(self.bm25.score(norms, doc, n))
    }
}
