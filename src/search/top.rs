//! The best of the articles that match.

use std::cmp::Ordering;

use tantivy::columnar::{Column, StrColumn};
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, SegmentReader};

use super::deadline::Deadline;
use super::{Listed, Sort};
use crate::error::Result;

/// The columns of a segment that order hits. Opening them costs more than most searches, so a
/// searcher opens them once.
pub(super) struct Columns {
    date: Column<i64>,
    id: Option<StrColumn>,
}

impl Columns {
    pub(super) fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        Ok(Self { date: columns.i64("date")?, id: columns.str("id")? })
    }

    fn id(&self, ord: u64) -> String {
        let mut id = String::new();
        if let Some(column) = &self.id {
            // An unreadable id orders as an empty one; reading the article will tell the damage.
            let _ = column.ord_to_str(ord, &mut id);
        }
        id
    }

    /// Calls `visit` with the ids of some places in the dictionary, which are in order.
    fn each_id(&self, sorted: &[u64], visit: &mut dyn FnMut(String)) {
        if let Some(column) = &self.id {
            let mut visit = |id: &[u8]| visit(String::from_utf8_lossy(id).into_owned());
            // An article whose id is unreadable is listed without one, and showing it tells why.
            let _ = column.dictionary().sorted_ords_to_term_cb(sorted, &mut visit);
        }
    }
}

/// An article among the best.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ranked {
    pub(super) score: Score,
    pub(super) address: DocAddress,
    date: Option<i64>,
    id_ord: u64,
}

impl Ranked {
    /// Tells whether the article has a date.
    pub(super) fn is_dated(&self) -> bool {
        self.date.is_some()
    }
}

/// Collects the best articles, exactly: by score or date, equals newest first, then by id.
///
/// tantivy's collectors break ties by document number, which depends on the order of indexing.
/// Here the same archive gives the same answers however it was built.
pub(super) struct Top<'a> {
    limit: usize,
    sort: Sort,
    columns: &'a [Columns],
    /// The best so far, the best first, at most `limit`.
    ranked: Vec<Ranked>,
    /// How many articles were looked at; nothing where some were passed over.
    n_seen: Option<u64>,
}

/// Whether articles that cannot be among the best may be passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pruning {
    /// They may: they are then not counted.
    Allowed,
    /// It would save nothing.
    Useless,
}

impl<'a> Top<'a> {
    pub(super) fn new(limit: usize, sort: Sort, columns: &'a [Columns]) -> Self {
        Self { limit, sort, columns, ranked: Vec::with_capacity(limit + 1), n_seen: Some(0) }
    }

    /// Collects the articles of a segment. By relevance, `weight` must score.
    pub(super) fn collect(
        &mut self,
        weight: &dyn Weight,
        ord: u32,
        segment: &SegmentReader,
        pruning: Pruning,
        deadline: &Deadline,
    ) -> tantivy::Result<()> {
        if self.limit == 0 {
            self.n_seen = None;
            return Ok(());
        }
        let is_alive = |doc| segment.alive_bitset().is_none_or(|alive| alive.is_alive(doc));
        let is_scored = self.sort == Sort::Relevance;
        let mut watch = deadline.watch();
        if is_scored && pruning == Pruning::Allowed {
            self.n_seen = None;
            let threshold = self.threshold();
            return weight.for_each_pruning(threshold, segment, &mut |doc, score| {
                if watch.is_late() {
                    return Score::INFINITY;
                }
                if is_alive(doc) {
                    self.offer(ord, doc, score);
                }
                self.threshold()
            });
        }
        let mut is_late = false;
        let mut see = |doc, score| {
            is_late |= watch.is_late();
            if !is_late && is_alive(doc) {
                self.n_seen = self.n_seen.map(|n| n + 1);
                self.offer(ord, doc, score);
            }
        };
        if is_scored {
            return weight.for_each(segment, &mut see);
        }
        weight.for_each_no_score(segment, &mut |docs| docs.iter().for_each(|doc| see(*doc, 0.0)))
    }

    /// Returns how many articles match; nothing where some were passed over.
    pub(super) fn n_seen(&self) -> Option<u64> {
        self.n_seen
    }

    /// Returns the score that an article must exceed to be looked at: just below the last of the
    /// best, because an equal one may be newer.
    fn threshold(&self) -> Score {
        match self.ranked.last() {
            Some(last) if self.ranked.len() == self.limit => last.score.next_down(),
            _ => Score::MIN,
        }
    }

    /// Returns an article as it is ordered by its date and its id.
    pub(super) fn unscored(&self, ord: u32, doc: DocId) -> Option<Ranked> {
        let columns = self.columns.get(ord as usize)?;
        let id_ord = columns.id.as_ref().and_then(|id| id.ords().first(doc)).unwrap_or_default();
        let date = columns.date.first(doc);
        Some(Ranked { score: 0.0, address: DocAddress::new(ord, doc), date, id_ord })
    }

    fn offer(&mut self, ord: u32, doc: DocId, score: Score) {
        let Some(unscored) = self.unscored(ord, doc) else {
            return;
        };
        let new = Ranked { score, ..unscored };
        if let Some(last) = self.ranked.last()
            && self.ranked.len() == self.limit
            && self.order(last, &new).is_le()
        {
            return;
        }
        let at = self.ranked.partition_point(|ranked| self.order(ranked, &new).is_le());
        self.ranked.insert(at, new);
        self.ranked.truncate(self.limit);
    }

    /// Compares two articles: the one that comes first is less.
    pub(super) fn order(&self, a: &Ranked, b: &Ranked) -> Ordering {
        let newest_first = || b.date.cmp(&a.date);
        let by_sort = match self.sort {
            Sort::Relevance => b.score.total_cmp(&a.score).then_with(newest_first),
            Sort::Newest => newest_first(),
            // An article without a date comes last here too.
            Sort::Oldest => (a.date.is_none(), a.date).cmp(&(b.date.is_none(), b.date)),
        };
        by_sort.then_with(|| self.order_ids(a, b))
    }

    fn order_ids(&self, a: &Ranked, b: &Ranked) -> Ordering {
        if a.address.segment_ord == b.address.segment_ord {
            return a.id_ord.cmp(&b.id_ord);
        }
        let id = |it: &Ranked| self.columns[it.address.segment_ord as usize].id(it.id_ord);
        id(a).cmp(&id(b))
    }

    /// Gives the `n` best new scores, which are asked for in the order of the documents, and puts
    /// them in the order of these. One without a new score keeps its own.
    ///
    /// The others stay behind them in their order; what would have scored more by the old measure
    /// counts as the last of the new ones.
    pub(super) fn rescore(
        &mut self,
        n: usize,
        mut score: impl FnMut(DocAddress) -> Result<Option<Score>>,
    ) -> Result<()> {
        let mut ranked = std::mem::take(&mut self.ranked);
        let mut others = ranked.split_off(n.min(ranked.len()));
        ranked.sort_unstable_by_key(|it| it.address);
        for it in &mut ranked {
            it.score = score(it.address)?.unwrap_or(it.score);
        }
        ranked.sort_unstable_by(|a, b| self.order(a, b));
        if let Some(last) = ranked.last() {
            others.iter_mut().for_each(|it| it.score = it.score.min(last.score));
        }
        ranked.append(&mut others);
        self.ranked = ranked;
        Ok(())
    }

    /// Keeps so many of the best.
    pub(super) fn keep(&mut self, n: usize) {
        self.ranked.truncate(n);
    }

    pub(super) fn n_ranked(&self) -> usize {
        self.ranked.len()
    }

    /// Returns the ids of the best.
    ///
    /// They are read in the order of the dictionary: one by one, each costs as much as reading half
    /// a block of it.
    pub(super) fn into_listed(self) -> Vec<Listed> {
        let mut listed: Vec<Listed> =
            self.ranked.iter().map(|it| Listed { id: String::new(), score: it.score }).collect();
        for (segment, columns) in (0..).zip(self.columns) {
            let ranked = self.ranked.iter().enumerate();
            let mut ords: Vec<(u64, usize)> = ranked
                .filter(|(_, it)| it.address.segment_ord == segment)
                .map(|(idx, it)| (it.id_ord, idx))
                .collect();
            ords.sort_unstable();
            let mut places = ords.iter().map(|(_, idx)| *idx);
            let sorted: Vec<u64> = ords.iter().map(|(ord, _)| *ord).collect();
            columns.each_id(&sorted, &mut |id| {
                if let Some(listed) = places.next().and_then(|idx| listed.get_mut(idx)) {
                    listed.id = id;
                }
            });
        }
        listed
    }

    pub(super) fn into_ranked(self) -> Vec<Ranked> {
        self.ranked
    }
}
