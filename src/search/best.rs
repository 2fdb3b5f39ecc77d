//! The best articles of a query: candidates, and the best of these scored again.

use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocId};

use crate::error::Result;
use crate::query::{Clause, Meaning};

use super::copies::CANDIDATES_MAX;
use super::deadline::Deadline;
use super::ranking::{Bm25Form, Ranking, Rescorer, Scored, Weights};
use super::top::{Ranked, Top};
use super::words::Total;
use super::{Folding, Found, HITS_MAX, Lookup, Request, Searcher, Sort, Stage, Weighed, damaged};

/// How many times as many articles are looked at first as are wanted, where copies may fold: going
/// through all that match a second time costs more.
const FOLDED_TIMES: usize = 3;

/// The best articles of a query.
pub(super) struct Best {
    pub(super) ranked: Vec<Ranked>,
    pub(super) weighed: Weighed,
    /// How many articles match, where finding the best told it.
    n_known: Option<u64>,
}

impl Searcher {
    /// Finds the best articles, and how many match.
    pub(super) fn find(
        &self,
        meaning: &Meaning,
        request: &Request,
        deadline: &Deadline,
    ) -> Result<Found> {
        let best = self.best(meaning, request, Total::Wanted, deadline)?;
        let total = self.total(&best, request)?;
        Ok(Found { ranked: best.ranked, total, notes: best.weighed.notes })
    }

    /// Finds the best articles alone; where the number of all is wanted, it is told if that costs
    /// less than counting them later.
    pub(super) fn best(
        &self,
        meaning: &Meaning,
        request: &Request,
        total: Total,
        deadline: &Deadline,
    ) -> Result<Best> {
        let bm25 = request.bm25(&meaning.clause);
        let weighed =
            request.timed(Stage::Candidates, || self.weigh(&meaning.clause, bm25, deadline))?;
        let limit = request.limit.min(HITS_MAX);
        let may_fold = request.folding != Folding::None && self.generation.copies.n_members() > 0;
        let mut n_wanted = if may_fold { FOLDED_TIMES * limit } else { limit };
        let depth = request.depth(&meaning.clause, &weighed);
        let (mut ranked, n_candidates, n_seen, n_found) = loop {
            let n_candidates = n_wanted.max(depth);
            let top = request.timed(Stage::Candidates, || {
                self.collect(&weighed, n_candidates, request.sort, total, deadline)
            })?;
            let (n_seen, n_found) = (top.n_seen(), top.n_ranked());
            let rescored = request
                .timed(Stage::Rescoring, || self.rescored(top, depth, meaning, request, deadline));
            let mut ranked = rescored?.into_ranked();
            if request.folding != Folding::None {
                ranked = self.folded(ranked, limit);
            }
            let is_enough = ranked.len() == limit || n_found < n_candidates;
            if is_enough || n_candidates >= CANDIDATES_MAX || deadline.has_passed() {
                break (ranked, n_candidates, n_seen, n_found);
            }
            // Copies have left the page too short.
            n_wanted = (2 * n_candidates).min(CANDIDATES_MAX);
        };
        if let Folding::Folded(lead) = request.folding {
            self.led(&mut ranked, lead, &weighed)?;
        }
        // Where articles were passed over, fewer than asked for are all there are; more have to be
        // counted on their own.
        let is_all = n_found < n_candidates || deadline.has_passed();
        let n_known = n_seen.or(is_all.then_some(n_found as u64));
        Ok(Best { ranked, weighed, n_known })
    }

    /// Returns how many articles match, which are counted where that is not known yet.
    pub(super) fn total(&self, best: &Best, request: &Request) -> Result<u64> {
        match best.n_known {
            Some(n) => Ok(n),
            None => request.timed(Stage::Counting, || {
                let unscored = EnableScoring::disabled_from_searcher(&self.generation.searcher);
                let queries = best.weighed.queries.iter();
                let lookups = queries.map(|query| Lookup::new(&**query, unscored));
                let lookups = lookups.collect::<tantivy::Result<Vec<_>>>().map_err(damaged)?;
                self.count_all(&lookups)
            }),
        }
    }

    /// Collects the best articles by what tantivy scores.
    pub(super) fn collect(
        &self,
        weighed: &Weighed,
        limit: usize,
        sort: Sort,
        total: Total,
        deadline: &Deadline,
    ) -> Result<Top<'_>> {
        let mut top = Top::new(limit, sort, &self.columns);
        if limit == 0 {
            return Ok(top);
        }
        for place in (0..).zip(self.generation.searcher.segment_readers()) {
            for lookup in &weighed.lookups {
                let collected = match lookup {
                    Lookup::Words(words) if sort == Sort::Relevance => {
                        top.collect_words(words, place, total, deadline)
                    }
                    Lookup::Other(weight) if sort == Sort::Relevance => {
                        top.collect(&**weight, place, weighed.pruning, deadline)
                    }
                    lookup => top.collect_by_date(lookup, place, deadline),
                };
                collected.map_err(damaged)?;
            }
        }
        top.settle();
        Ok(top)
    }

    /// Scores the first candidates again, and keeps the best in the order of that.
    pub(super) fn rescored<'a>(
        &'a self,
        mut top: Top<'a>,
        depth: usize,
        meaning: &Meaning,
        request: &Request,
        deadline: &Deadline,
    ) -> Result<Top<'a>> {
        // Of each story one is shown: as many more are put in order as may be left out for that.
        let has_copies = |at| !self.copies_of(at).is_empty();
        let n_copies = match request.folding {
            Folding::None => 0,
            Folding::Folded(_) => top.count(has_copies),
        };
        let n = request.limit.min(HITS_MAX) + n_copies;
        if depth > 0 {
            let clause = self.settled(&meaning.clause)?;
            let may_leave_out = n < top.n_ranked() && top.n_ranked() <= depth;
            if may_leave_out && Ranking::has_bounds(&clause) {
                let ask = |it: &mut Rescorer, doc| it.bounds(doc);
                top.leave_out(n, self.asking(&clause, request, deadline, ask))?;
            }
            let ask = |it: &mut Rescorer, doc| it.score(doc).map(|scored| scored.total());
            top.rescore(depth, self.asking(&clause, request, deadline, ask))?;
        }
        top.keep(n);
        Ok(top)
    }

    /// Returns what asks a rescorer about articles, which are asked about in their order; one is
    /// opened for each segment.
    fn asking<T>(
        &self,
        clause: &Clause,
        request: &Request,
        deadline: &Deadline,
        ask: impl Fn(&mut Rescorer, DocId) -> T,
    ) -> impl FnMut(DocAddress) -> Result<T> {
        let mut open: Option<(u32, Rescorer)> = None;
        let weights = request.ranking.weights(clause);
        move |address| {
            let rescorer = match &mut open {
                Some((ord, rescorer)) if *ord == address.segment_ord => rescorer,
                open => {
                    let rescorer = self.rescorer(clause, weights, address, deadline)?;
                    &mut open.insert((address.segment_ord, rescorer)).1
                }
            };
            Ok(ask(rescorer, address.doc_id))
        }
    }

    fn rescorer(
        &self,
        clause: &Clause,
        weights: &Weights,
        address: DocAddress,
        deadline: &Deadline,
    ) -> Result<Rescorer> {
        let searcher = &self.generation.searcher;
        let segment = searcher.segment_reader(address.segment_ord);
        let mut compiler = self.compiler(Some(weights.bm25), deadline);
        let fields = self.generation.fields;
        Rescorer::open(searcher, segment, fields, clause, weights, &mut compiler).map_err(damaged)
    }

    /// Scores one article; nothing where it does not match. With it comes what scored it.
    pub(super) fn score(
        &self,
        clause: &Clause,
        weights: &Weights,
        address: DocAddress,
    ) -> Result<Option<(Scored, Rescorer)>> {
        let clause = self.settled(clause)?;
        let mut rescorer = self.rescorer(&clause, weights, address, &Deadline::default())?;
        Ok(rescorer.score(address.doc_id).map(|scored| (scored, rescorer)))
    }
}

impl Request {
    /// Returns the form of BM25 that a clause is scored by; nothing where no score is asked for.
    pub(super) fn bm25(&self, clause: &Clause) -> Option<Bm25Form> {
        (self.sort == Sort::Relevance).then(|| self.ranking.weights(clause).bm25)
    }

    /// Returns how many candidates are scored again.
    pub(super) fn depth(&self, clause: &Clause, weighed: &Weighed) -> usize {
        match self.sort {
            Sort::Relevance if self.limit > 0 => self.ranking.depth(clause, weighed.is_true),
            _ => 0,
        }
    }
}
