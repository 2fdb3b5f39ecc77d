//! How often words stand in the articles of a window, and how much these may score.

use tantivy::DocId;

use super::list::{Levels, List};

/// How many articles a window has: so many numbers of a few words stay in the nearest cache.
pub(super) const LEN: usize = 4096;

/// How often each of some words stands in articles in a row.
pub(super) struct Window {
    start: DocId,
    /// What each article may score, in units: the levels of its words, added up.
    levels: Counts,
    /// For each word a number for each article, [`MANY`] for whatever is as much or more.
    counts: Vec<u8>,
    /// What is more, by word and article: few words stand so often.
    many: Vec<(usize, u32, u32)>,
    /// The articles that were asked for last: those whose number is not 0.
    present: Counts,
}

type Counts = [u8; LEN];

/// How often a word stands in an article at least where that is no number of eight bits.
pub(super) const MANY: u32 = u8::MAX as u32;

/// The highest level of all words together.
pub(super) const LEVEL_MAX: u8 = i8::MAX as u8;

/// How many articles are counted in one byte: no more than it can tell.
const SUMMED: usize = 128;

impl Window {
    /// Makes room for so many words.
    pub(super) fn new(n_words: usize) -> Self {
        let counts = vec![0; n_words * LEN];
        Self { start: 0, levels: [0; LEN], counts, many: Vec::new(), present: [0; LEN] }
    }

    /// Begins a window at an article.
    pub(super) fn begin(&mut self, start: DocId) {
        self.start = start;
        self.levels.fill(0);
        self.many.clear();
    }

    /// Returns the article behind the last one.
    fn end(&self) -> DocId {
        self.start.saturating_add(LEN as u32)
    }

    /// Reads the postings of a word in the window, and adds up levels, where there are some. The list
    /// must not be beyond its start.
    pub(super) fn read(&mut self, word: usize, list: &mut List, levels: Option<&Levels>) {
        let (start, end) = (self.start, self.end());
        let Some(counts) = self.counts.as_chunks_mut::<LEN>().0.get_mut(word) else {
            return;
        };
        counts.fill(0);
        while list.doc().is_some_and(|doc| doc < end) {
            let (docs, freqs) = (list.docs(), list.freqs());
            let n = match docs.last() {
                Some(last) if *last < end => docs.len(),
                // The first one is below the end; of a damaged block others may be in no order.
                _ => docs.partition_point(|doc| *doc < end).max(1),
            };
            let place = |doc: DocId| doc.wrapping_sub(start) as usize % LEN;
            let docs = &docs[..n.min(docs.len())];
            if freqs.is_empty() {
                docs.iter().for_each(|doc| counts[place(*doc)] = 1);
            } else {
                let freqs = &freqs[..n.min(freqs.len())];
                let postings = docs.iter().zip(freqs);
                let postings = postings.map(|(doc, freq)| (place(*doc), (*freq).min(MANY) as u8));
                match levels {
                    Some(levels) => postings.for_each(|(at, n)| {
                        counts[at] = n;
                        self.levels[at] = self.levels[at].wrapping_add(levels.of(n));
                    }),
                    None => postings.for_each(|(at, n)| counts[at] = n),
                }
                if freqs.iter().fold(0, |bits, freq| bits | freq) >= MANY {
                    let many = docs.iter().zip(freqs).filter(|(_, freq)| **freq >= MANY);
                    self.many.extend(many.map(|(doc, freq)| (word, place(*doc) as u32, *freq)));
                }
            }
            list.pass(n);
        }
    }

    /// Says that nothing is known of a word.
    pub(super) fn clear(&mut self, word: usize) {
        if let Some(counts) = self.counts.as_chunks_mut::<LEN>().0.get_mut(word) {
            counts.fill(0);
        }
    }

    /// Calls `visit` with the articles that may score more than a level, counted from the start.
    pub(super) fn each_above(&self, level: u8, mut visit: impl FnMut(usize)) {
        // What is above the level carries into the eighth bit, which no level has.
        let carry = EACH_BYTE * u64::from(LEVEL_MAX - level.min(LEVEL_MAX));
        each_byte(&self.levels, |levels| levels.wrapping_add(carry) & (EACH_BYTE << 7), &mut visit);
    }

    /// Returns how often a word stands in an article, counted from the start.
    pub(super) fn count(&self, word: usize, offset: usize) -> u32 {
        let n = self.counts.get(word * LEN + offset).copied().unwrap_or_default();
        match u32::from(n) {
            MANY => self.count_many(word, offset),
            n => n,
        }
    }

    #[cold]
    fn count_many(&self, word: usize, offset: usize) -> u32 {
        let mut many = self.many.iter();
        let found = many.find(|it| it.0 == word && it.1 as usize == offset);
        found.map_or(MANY, |it| it.2)
    }

    /// Looks which articles have any of the words, and returns how many there are.
    pub(super) fn find_any(&mut self) -> u64 {
        self.present.fill(0);
        for counts in self.counts.as_chunks::<LEN>().0 {
            for (present, n) in self.present.iter_mut().zip(counts) {
                *present |= n;
            }
        }
        let sums = self.present.chunks_exact(SUMMED).map(|chunk| {
            let present = chunk.iter().map(|it| u8::from(*it != 0));
            u64::from(present.fold(0, u8::wrapping_add))
        });
        sums.sum()
    }

    /// Calls `visit` with the articles that were found, counted from the start.
    pub(super) fn each_found(&self, mut visit: impl FnMut(usize)) {
        each_byte(&self.present, |bytes| bytes, &mut visit);
    }
}

/// A one in each byte.
const EACH_BYTE: u64 = u64::MAX / u8::MAX as u64;

/// Calls `visit` with each byte that is not 0 after eight at once were changed.
fn each_byte(counts: &Counts, change: impl Fn(u64) -> u64, visit: &mut impl FnMut(usize)) {
    let (groups, _) = counts.as_chunks::<8>();
    for (group, bytes) in groups.iter().enumerate() {
        let mut left = change(u64::from_le_bytes(*bytes));
        while left != 0 {
            let byte = left.trailing_zeros() / u8::BITS;
            left &= !(u64::from(u8::MAX) << (byte * u8::BITS));
            visit(group * 8 + byte as usize);
        }
    }
}
