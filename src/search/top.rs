//! The best of the articles that match.

use std::cmp::Ordering;

use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, SegmentReader};

use super::columns::Columns;
use super::deadline::{Deadline, Watch};
use super::lookup::is_alive;
use super::words::{Total, WeighedWords};
use super::{Listed, Lookup, Sort};
use crate::error::Result;

/// An article among the best.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ranked {
    pub(super) score: Score,
    pub(super) address: DocAddress,
    /// Its date where the order is by date; else nothing, and it is read when scores do not tell.
    date: Option<i64>,
}

impl Ranked {
    /// Tells whether the article has a date; only where the order is by date.
    pub(super) fn is_dated(&self) -> bool {
        self.date.is_some()
    }
}

/// Collects the best articles, exactly: by score or date, equals newest first, then by id.
///
/// tantivy's collectors break ties by document number, which depends on the order of indexing.
/// Here the same archive gives the same answers however it was built.
///
/// Which are the best by relevance is told whenever as many more wait: that is cheaper than keeping
/// them in order. Of a single word, hundreds of articles may score the same as the last of the best.
/// Which of them are among these is told at the end, so that dates and ids are read once at most.
pub(super) struct Top<'a> {
    limit: usize,
    sort: Sort,
    columns: &'a [Columns],
    /// By relevance: all that may be among the best, in no order. By date: the best, in order.
    ranked: Vec<Ranked>,
    /// By relevance, as many articles score at least this as are wanted.
    least: Score,
    /// At how many that wait it is told which may be among the best.
    n_waiting_max: usize,
    order: Order,
    /// How many articles were looked at; nothing where some were passed over, or none are wanted.
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

/// Whether what was collected is in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    None,
    BestFirst,
}

/// How many times as many articles as are wanted may wait until it is told which are the best.
const TIMES_WAITING_MAX: usize = 8;

/// How many more may wait.
const MORE_WAITING_MAX: usize = 1_000;

/// How many more wait at least.
const MORE_WAITING_MIN: usize = 64;

/// Returns how many articles may wait where some do already.
fn n_waiting_max(n_waiting: usize, limit: usize) -> usize {
    n_waiting + limit.max(MORE_WAITING_MIN)
}

/// Returns the score of the `n`th best of at least as many.
fn nth_score(ranked: &mut [Ranked], n: usize) -> Score {
    ranked.select_nth_unstable_by(n - 1, |a, b| b.score.total_cmp(&a.score)).1.score
}

impl<'a> Top<'a> {
    pub(super) fn new(limit: usize, sort: Sort, columns: &'a [Columns]) -> Self {
        Self {
            limit,
            sort,
            columns,
            ranked: Vec::with_capacity(n_waiting_max(limit, limit)),
            least: Score::NEG_INFINITY,
            n_waiting_max: n_waiting_max(limit, limit),
            order: if sort == Sort::Relevance { Order::None } else { Order::BestFirst },
            n_seen: (limit > 0).then_some(0),
        }
    }

    /// Collects the articles of a segment that have some words, by relevance.
    pub(super) fn collect_words(
        &mut self,
        words: &WeighedWords,
        (ord, segment): (u32, &SegmentReader),
        total: Total,
        deadline: &Deadline,
    ) -> tantivy::Result<()> {
        let mut watch = deadline.watch();
        let n = words.best(segment, self.threshold(), total, &mut |doc, score| {
            self.offer_in_time((ord, segment), doc, score, &mut watch)
        })?;
        self.n_seen = self.n_seen.zip(n).map(|(before, n)| before + n);
        Ok(())
    }

    /// Collects what a weight that scores finds in a segment, by relevance.
    pub(super) fn collect(
        &mut self,
        weight: &dyn Weight,
        (ord, segment): (u32, &SegmentReader),
        pruning: Pruning,
        deadline: &Deadline,
    ) -> tantivy::Result<()> {
        let mut watch = deadline.watch();
        if pruning == Pruning::Allowed {
            self.n_seen = None;
            let threshold = self.threshold();
            return weight.for_each_pruning(threshold, segment, &mut |doc, score| {
                self.offer_in_time((ord, segment), doc, score, &mut watch)
            });
        }
        let mut is_late = false;
        weight.for_each(segment, &mut |doc, score| {
            is_late |= watch.is_late();
            if !is_late && is_alive(segment, doc) {
                self.n_seen = self.n_seen.map(|n| n + 1);
                self.offer(DocAddress::new(ord, doc), score);
            }
        })
    }

    /// Collects the articles of a segment that match, by date.
    pub(super) fn collect_by_date(
        &mut self,
        lookup: &Lookup,
        (ord, segment): (u32, &SegmentReader),
        deadline: &Deadline,
    ) -> tantivy::Result<()> {
        let mut watch = deadline.watch();
        let mut is_late = false;
        lookup.each(segment, &mut |doc| {
            is_late |= watch.is_late();
            if !is_late {
                self.n_seen = self.n_seen.map(|n| n + 1);
                self.offer_dated(DocAddress::new(ord, doc));
            }
        })
    }

    /// Offers an article of a segment if it is not late; returns the new threshold.
    fn offer_in_time(
        &mut self,
        (ord, segment): (u32, &SegmentReader),
        doc: DocId,
        score: Score,
        watch: &mut Watch,
    ) -> Score {
        if watch.is_late() {
            return Score::INFINITY;
        }
        if is_alive(segment, doc) {
            self.offer(DocAddress::new(ord, doc), score);
        }
        self.threshold()
    }

    /// Returns how many articles match; nothing where some were passed over.
    pub(super) fn n_seen(&self) -> Option<u64> {
        self.n_seen
    }

    /// Returns the score that an article must exceed to be looked at: just below the last of the
    /// best, because an equal one may be newer.
    fn threshold(&self) -> Score {
        self.least.next_down()
    }

    /// Returns an article as it is ordered by its date and its id.
    pub(super) fn unscored(&self, address: DocAddress) -> Ranked {
        Ranked { score: 0.0, address, date: self.date(address) }
    }

    fn offer(&mut self, address: DocAddress, score: Score) {
        if score.total_cmp(&self.least).is_lt() {
            return;
        }
        self.ranked.push(Ranked { score, address, date: None });
        if self.ranked.len() >= self.n_waiting_max {
            self.thin_out();
        }
    }

    /// Keeps what may be among the best.
    fn thin_out(&mut self) {
        let least = nth_score(&mut self.ranked, self.limit);
        self.least = least;
        self.ranked.retain(|it| it.score.total_cmp(&least).is_ge());
        if self.ranked.len() > self.limit * TIMES_WAITING_MAX + MORE_WAITING_MAX {
            self.cut(self.limit);
        }
        self.n_waiting_max = n_waiting_max(self.ranked.len(), self.limit);
    }

    fn offer_dated(&mut self, address: DocAddress) {
        let new = self.unscored(address);
        if let Some(last) = self.ranked.last()
            && self.ranked.len() == self.limit
            && self.compare(last, &new).is_le()
        {
            return;
        }
        let at = self.ranked.partition_point(|ranked| self.compare(ranked, &new).is_le());
        self.ranked.insert(at, new);
        self.ranked.truncate(self.limit);
    }

    /// Tells which articles are the best when all were offered.
    pub(super) fn settle(&mut self) {
        if self.order == Order::None {
            self.cut(self.limit);
        }
    }

    /// Keeps the `n` best by score, in no order.
    fn cut(&mut self, n: usize) {
        if self.ranked.len() <= n || n == 0 {
            self.ranked.truncate(n);
            return;
        }
        let mut ranked = std::mem::take(&mut self.ranked);
        let least = nth_score(&mut ranked, n);
        let mut tied = Vec::new();
        ranked.retain(|it| {
            let to_least = it.score.total_cmp(&least);
            if to_least.is_eq() {
                tied.push(Ranked { date: self.date(it.address), ..*it });
            }
            to_least.is_gt()
        });
        let n_tied = n - ranked.len();
        if tied.len() > n_tied {
            tied.select_nth_unstable_by(n_tied, |a, b| self.compare_tied(a, b));
            tied.truncate(n_tied);
        }
        ranked.append(&mut tied);
        self.ranked = ranked;
    }

    /// Puts what was collected in order.
    fn put_in_order(&mut self) {
        if self.order == Order::None {
            let mut ranked = std::mem::take(&mut self.ranked);
            ranked.sort_unstable_by(|a, b| self.compare(a, b));
            self.ranked = ranked;
            self.order = Order::BestFirst;
        }
    }

    /// Compares two articles: the one that comes first is less. Columns are read only where scores do
    /// not tell: few are equal.
    pub(super) fn compare(&self, a: &Ranked, b: &Ranked) -> Ordering {
        match self.sort {
            Sort::Relevance => b.score.total_cmp(&a.score).then_with(|| {
                let [a, b] = [a, b].map(|it| Ranked { date: self.date(it.address), ..*it });
                self.compare_tied(&a, &b)
            }),
            Sort::Newest => self.compare_tied(a, b),
            Sort::Oldest => {
                // An article without a date comes last here too.
                let by_date = (a.date.is_none(), a.date).cmp(&(b.date.is_none(), b.date));
                by_date.then_with(|| self.compare_ids(a.address, b.address))
            }
        }
    }

    /// Compares two articles whose dates were read: the newest first, then by id.
    fn compare_tied(&self, a: &Ranked, b: &Ranked) -> Ordering {
        b.date.cmp(&a.date).then_with(|| self.compare_ids(a.address, b.address))
    }

    fn compare_ids(&self, a: DocAddress, b: DocAddress) -> Ordering {
        let ords = [a, b].map(|it| self.id_ord(it));
        if a.segment_ord == b.segment_ord {
            return ords[0].cmp(&ords[1]);
        }
        let id = |at: DocAddress, ord| self.columns_of(at).map(|it| it.id(ord));
        id(a, ords[0]).cmp(&id(b, ords[1]))
    }

    fn date(&self, address: DocAddress) -> Option<i64> {
        self.columns_of(address)?.date(address.doc_id)
    }

    fn id_ord(&self, address: DocAddress) -> u64 {
        self.columns_of(address).map_or(0, |columns| columns.id_ord(address.doc_id))
    }

    fn columns_of(&self, address: DocAddress) -> Option<&'a Columns> {
        self.columns.get(address.segment_ord as usize)
    }

    /// Leaves out what cannot be among the `n` best by a new score, as is told by the least and the
    /// most that each may get; one of which neither is told keeps its score. They are asked for in
    /// the order of the documents.
    pub(super) fn leave_out(
        &mut self,
        n: usize,
        mut bounds: impl FnMut(DocAddress) -> Result<Option<(Score, Score)>>,
    ) -> Result<()> {
        if n == 0 || self.ranked.len() <= n {
            return Ok(());
        }
        self.order = Order::None;
        self.ranked.sort_unstable_by_key(|it| it.address);
        let mut judged = Vec::with_capacity(self.ranked.len());
        for it in &self.ranked {
            judged.push(bounds(it.address)?.unwrap_or((it.score, it.score)));
        }
        let mut least: Vec<Score> = judged.iter().map(|it| it.0).collect();
        let (_, threshold, _) = least.select_nth_unstable_by(n - 1, |a, b| b.total_cmp(a));
        let mut judged = judged.into_iter();
        self.ranked.retain(|_| judged.next().is_some_and(|(_, most)| most >= *threshold));
        Ok(())
    }

    /// Gives the `n` best new scores, which are asked for in the order of the documents. One without
    /// a new score keeps its own.
    ///
    /// The others stay behind them in their order; what would have scored more by the old measure
    /// counts as the last of the new ones.
    pub(super) fn rescore(
        &mut self,
        n: usize,
        mut score: impl FnMut(DocAddress) -> Result<Option<Score>>,
    ) -> Result<()> {
        let mut others = Vec::new();
        if self.ranked.len() > n {
            self.put_in_order();
            others = self.ranked.split_off(n);
        }
        self.ranked.sort_unstable_by_key(|it| it.address);
        for it in &mut self.ranked {
            it.score = score(it.address)?.unwrap_or(it.score);
        }
        self.order = Order::None;
        if !others.is_empty() {
            self.put_in_order();
            if let Some(last) = self.ranked.last().copied() {
                others.iter_mut().for_each(|it| it.score = it.score.min(last.score));
            }
            self.ranked.append(&mut others);
        }
        Ok(())
    }

    /// Keeps so many of the best, in order.
    pub(super) fn keep(&mut self, n: usize) {
        if self.order == Order::None {
            self.cut(n);
            self.put_in_order();
        }
        self.ranked.truncate(n);
    }

    /// Counts those of which something holds.
    pub(super) fn count(&self, holds: impl Fn(DocAddress) -> bool) -> usize {
        self.ranked.iter().filter(|it| holds(it.address)).count()
    }

    /// Returns how many there are, of those that were settled.
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
                .map(|(idx, it)| (self.id_ord(it.address), idx))
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
