//! The best articles of a query: candidates, and the best of these scored again.

use tantivy::DocAddress;
use tantivy::query::EnableScoring;

use crate::error::Result;
use crate::query::{Clause, Meaning};

use super::copies::CANDIDATES_MAX;
use super::deadline::Deadline;
use super::ranking::{Bm25Form, Rescorer, Scored, Weights};
use super::top::Top;
use super::{Folding, Found, HITS_MAX, Request, Searcher, Sort, Stage, Weighed, damaged};

/// How many times as many articles are looked at first as are wanted, where copies may fold: going
/// through all that match a second time costs more.
const FOLDED_TIMES: usize = 3;

impl Searcher {
    /// Finds the best articles, and how many match.
    pub(super) fn find(
        &self,
        meaning: &Meaning,
        request: &Request,
        deadline: &Deadline,
    ) -> Result<Found> {
        let bm25 = request.bm25(&meaning.clause);
        let weighed =
            request.timed(Stage::Candidates, || self.weigh(&meaning.clause, bm25, deadline))?;
        let limit = request.limit.min(HITS_MAX);
        let may_fold = request.folding != Folding::None && self.generation.copies.n_members() > 0;
        let mut n_wanted = if may_fold { FOLDED_TIMES * limit } else { limit };
        let (mut ranked, n_candidates, n_seen, n_found) = loop {
            let n_candidates = request.n_candidates(&meaning.clause, n_wanted);
            let top = request.timed(Stage::Candidates, || {
                self.collect(&weighed, n_candidates, request.sort, deadline)
            })?;
            let (n_seen, n_found) = (top.n_seen(), top.n_ranked());
            let rescored = request
                .timed(Stage::Rescoring, || self.rescored(top, &meaning.clause, request, deadline));
            let mut ranked = rescored?.into_ranked();
            match request.folding {
                Folding::None => ranked.truncate(limit),
                Folding::Folded(_) => ranked = self.folded(ranked, limit),
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
        // Where articles were passed over, fewer than asked for are all there are; more are counted
        // on their own.
        let total = match n_seen {
            Some(n) => n,
            None if n_found < n_candidates || deadline.has_passed() => n_found as u64,
            None => request.timed(Stage::Counting, || {
                let unscored = EnableScoring::disabled_from_searcher(&self.generation.searcher);
                self.count_weight(&*weighed.query.weight(unscored).map_err(damaged)?)
            })?,
        };
        Ok(Found { ranked, total, notes: weighed.notes })
    }

    /// Collects the best articles by what tantivy scores.
    pub(super) fn collect(
        &self,
        weighed: &Weighed,
        limit: usize,
        sort: Sort,
        deadline: &Deadline,
    ) -> Result<Top<'_>> {
        let mut top = Top::new(limit, sort, &self.columns);
        for (ord, segment) in (0..).zip(self.generation.searcher.segment_readers()) {
            let collected = top.collect(&*weighed.weight, ord, segment, weighed.pruning, deadline);
            collected.map_err(damaged)?;
        }
        Ok(top)
    }

    /// Scores the candidates again, and puts them in the order of that.
    pub(super) fn rescored<'a>(
        &'a self,
        mut top: Top<'a>,
        clause: &Clause,
        request: &Request,
        deadline: &Deadline,
    ) -> Result<Top<'a>> {
        if request.rescores(clause) {
            let clause = self.settled(clause)?;
            let weights = request.ranking.weights(&clause);
            let mut open: Option<(u32, Rescorer)> = None;
            top.rescore(request.ranking.n_candidates, |address| {
                let rescorer = match &mut open {
                    Some((ord, rescorer)) if *ord == address.segment_ord => rescorer,
                    open => {
                        let rescorer = self.rescorer(&clause, weights, address, deadline)?;
                        &mut open.insert((address.segment_ord, rescorer)).1
                    }
                };
                Ok(rescorer.score(address.doc_id).map(|scored| scored.total()))
            })?;
        }
        Ok(top)
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

    fn rescores(&self, clause: &Clause) -> bool {
        self.sort == Sort::Relevance && self.limit > 0 && self.ranking.rescores(clause)
    }

    /// Returns how many articles are collected where so many are wanted.
    pub(super) fn n_candidates(&self, clause: &Clause, limit: usize) -> usize {
        if self.rescores(clause) { limit.max(self.ranking.n_candidates) } else { limit }
    }
}
