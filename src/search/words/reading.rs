//! Reading the postings of words, and finding the best articles on the way.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocId, Score, SegmentReader};

use super::super::lookup::is_alive;
use super::super::ranking::ROUNDING;
use super::Joint;
use super::list::{Access, Bounds, Levels, List, Sum};
use super::window::{LEVEL_MAX, Window};

/// What is wanted of all articles that match, beside the best.
pub(super) enum All<'a> {
    Nothing,
    /// How many there are.
    Number,
    /// Each, in order.
    Each(&'a mut dyn FnMut(DocId)),
}

/// Reads postings.
pub(super) struct Reading<'a> {
    segment: &'a SegmentReader,
    norms: FieldNormReader,
    bounds: Option<&'a Bounds>,
    /// What an article must score more than.
    threshold: Score,
    all: All<'a>,
    /// How many articles match, of those that were looked at.
    n_matching: u64,
    /// Is called with what scores more than the threshold, and returns the new one.
    found: &'a mut dyn FnMut(DocId, Score) -> Score,
}

/// How many postings are read in the time that one is looked up.
const TIMES_READ: u32 = 4;

impl<'a> Reading<'a> {
    pub(super) fn new(
        segment: &'a SegmentReader,
        norms: FieldNormReader,
        bounds: Option<&'a Bounds>,
        threshold: Score,
        all: All<'a>,
        found: &'a mut dyn FnMut(DocId, Score) -> Score,
    ) -> Self {
        Self { segment, norms, bounds, threshold, all, n_matching: 0, found }
    }

    /// Returns how many articles match; nothing reliable where nobody asked for all.
    pub(super) fn n_matching(&self) -> u64 {
        self.n_matching
    }

    /// Reads lists from the first to the last posting that is needed.
    pub(super) fn read(&mut self, mut lists: Vec<List>, joint: Joint) {
        if let [only] = lists.as_mut_slice() {
            return self.read_only(only);
        }
        match joint {
            Joint::Any => lists.sort_by(|a, b| a.most.total_cmp(&b.most)),
            // The rarest word is the last, as it is where any will do.
            Joint::All => lists.sort_by_key(|it| std::cmp::Reverse(it.n_articles())),
        }
        let mut reach = 0.0;
        for list in &mut lists {
            reach += list.most;
            list.reach = reach;
        }
        match joint {
            Joint::Any => self.read_any(&mut lists),
            Joint::All => self.read_all(&mut lists),
        }
    }

    /// Reads one list, but not the blocks that have none of the best.
    fn read_only(&mut self, list: &mut List) {
        if matches!(self.all, All::Number) && self.segment.alive_bitset().is_none() {
            self.n_matching = u64::from(list.n_articles());
            self.all = All::Nothing;
        }
        list.reach = list.most;
        while list.doc().is_some() && self.goes_on() {
            if self.wants_all() {
                for idx in 0..list.docs().len() {
                    self.match_one(list.docs()[idx]);
                }
            }
            self.read_block(list, &mut []);
        }
    }

    /// Reads lists in the order of what they score at most.
    fn read_any(&mut self, lists: &mut [List]) {
        let mut window = Window::new(lists.len());
        let unit = unit(lists);
        let levels: Vec<Levels> =
            unit.iter().flat_map(|unit| lists.iter().map(|it| it.levels(*unit))).collect();
        while self.goes_on() {
            let n_optional = self.settle_access(lists);
            let first_read = lists.iter().position(|it| it.access == Access::Windows);
            let leads = if self.wants_all() { 0 } else { n_optional };
            let (optional, leading) = lists.split_at_mut(leads);
            let Some(start) = leading.iter_mut().filter_map(List::doc).min() else {
                return;
            };
            if let [only] = leading
                && first_read == Some(n_optional)
            {
                self.read_block(only, optional);
                continue;
            }
            fill(&mut window, lists, &levels, start);
            if self.wants_all() {
                let n = window.find_any();
                match (&self.all, self.segment.alive_bitset()) {
                    (All::Number, None) => self.n_matching += n,
                    _ => window.each_found(|offset| self.match_one(start + offset as DocId)),
                }
            }
            let level = unit.map(|unit| self.level(lists, unit));
            match level {
                Some(None) => {}
                Some(Some(level)) => {
                    window.each_above(level, |at| self.score_any(start, at, &window, lists));
                }
                // So many words have no levels: each article that has one is looked at.
                None => {
                    window.find_any();
                    window.each_found(|at| self.score_any(start, at, &window, lists));
                }
            }
        }
    }

    /// Reads lists the last of which leads: in the others its articles are looked up.
    fn read_all(&mut self, lists: &mut [List]) {
        let Some((lead, others)) = lists.split_last_mut() else {
            return;
        };
        let reach = others.last().map_or(0.0, |it| it.reach);
        while lead.doc().is_some() && self.goes_on() {
            if self.wants_all() || self.may_have_best(lead, reach) {
                for (idx, doc) in lead.docs().iter().enumerate() {
                    let n = lead.freqs().get(idx).copied().unwrap_or(1);
                    self.require(lead, (*doc, n), others);
                }
            }
            lead.pass_block();
        }
    }

    /// Chooses which lists are read and in which articles are looked up; returns how many, from the
    /// first on, need not be read: articles that have their words alone are none of the best.
    fn settle_access(&self, lists: &mut [List]) -> usize {
        let n_optional = n_up_to(lists, self.threshold);
        let add = |sum: u32, list: &List| sum.saturating_add(list.n_articles());
        let mut n_read = lists[n_optional..].iter().fold(0, add);
        for (idx, list) in lists.iter_mut().enumerate().rev() {
            let is_read =
                idx >= n_optional || self.wants_all() || list.n_articles() / TIMES_READ < n_read;
            list.access = if is_read { Access::Windows } else { Access::Lookups };
            if is_read && idx < n_optional {
                n_read = add(n_read, list);
            }
        }
        n_optional
    }

    /// Returns the level that articles of a window must be above; nothing where none is.
    ///
    /// What a level stands for is never less than what its words score.
    fn level(&self, lists: &[List], unit: Score) -> Option<u8> {
        let lookups = lists.iter().filter(|it| it.access == Access::Lookups);
        let least = self.threshold - lookups.map(|it| it.most).sum::<Score>();
        let is_reached = least < unit * Score::from(LEVEL_MAX);
        is_reached.then(|| (least / unit).floor().max(0.0) as u8)
    }

    /// Scores an article of a window that has any of the words, as far as it may be one of the best.
    fn score_any(&mut self, start: DocId, offset: usize, window: &Window, lists: &mut [List]) {
        let doc = start + offset as DocId;
        let added = lists.first().map_or(1.0, |list| list.added(&self.norms, doc));
        let mut score = 0.0;
        for (idx, list) in lists.iter_mut().enumerate().rev() {
            let n = match list.access {
                // What has not the word scores nothing: that is sooner added than asked.
                Access::Windows => window.count(idx, offset),
                Access::Lookups if self.may_be_best(score, list) => list.find(doc),
                Access::Lookups => return,
            };
            score += list.score_beside(n, added);
        }
        self.offer(doc, score);
    }

    /// Looks for an article of the leading list in the others, and scores it where it may be one of the
    /// best.
    fn require(&mut self, lead: &List, posting: (DocId, u32), others: &mut [List]) {
        let doc = posting.0;
        let may_be_best = |last| self.may_be_best(lead.score(&self.norms, posting), last);
        if !self.wants_all() && !others.last().is_none_or(may_be_best) {
            return;
        }
        if !others.iter_mut().rev().all(|list| list.find(doc) > 0) {
            return;
        }
        self.match_one(doc);
        if self.threshold < Score::INFINITY {
            let scores = others.iter().map(|list| list.score(&self.norms, (doc, list.freq())));
            self.offer(doc, lead.score(&self.norms, posting) + scores.sum::<Sum>());
        }
    }

    /// Reads the block of the one list that is needed.
    fn read_block(&mut self, only: &mut List, optional: &mut [List]) {
        if self.may_have_best(only, optional.last().map_or(0.0, |it| it.reach)) {
            for (doc, n) in only.docs().iter().zip(only.freqs()) {
                let score = only.score(&self.norms, (*doc, *n));
                self.complete(*doc, score, optional);
            }
        }
        only.pass_block();
    }

    /// Adds to the score of an article what lists add that are looked up.
    fn complete(&mut self, doc: DocId, mut score: Sum, optional: &mut [List]) {
        for list in optional.iter_mut().rev() {
            if !self.may_be_best(score, list) {
                return;
            }
            let n = list.find(doc);
            if n > 0 {
                score += list.score(&self.norms, (doc, n));
            }
        }
        self.offer(doc, score);
    }

    /// Tells whether the block of a list may have one of the best, if others add so much.
    fn may_have_best(&self, list: &mut List, others: Score) -> bool {
        list.most * self.share(list) + others > self.threshold
    }

    /// Returns what part of the most that a word may score it does in the block of its list, at most.
    fn share(&self, list: &mut List) -> Score {
        match self.bounds {
            Some(bounds) if self.threshold < Score::INFINITY => bounds.share(list, &self.norms),
            _ => 1.0,
        }
    }

    /// Tells whether an article may be one of the best, whatever lists up to one add.
    fn may_be_best(&self, score: Sum, list: &List) -> bool {
        score + Sum::from(list.reach) > Sum::from(self.threshold)
    }

    fn offer(&mut self, doc: DocId, score: Sum) {
        let score = score as Score;
        if score > self.threshold {
            self.threshold = (self.found)(doc, score);
        }
    }

    fn wants_all(&self) -> bool {
        !matches!(self.all, All::Nothing)
    }

    /// Tells whether anything is left to be found.
    fn goes_on(&self) -> bool {
        self.wants_all() || self.threshold < Score::INFINITY
    }

    /// Takes note of an article that matches.
    fn match_one(&mut self, doc: DocId) {
        if !is_alive(self.segment, doc) {
            return;
        }
        match &mut self.all {
            All::Nothing => {}
            All::Number => self.n_matching += 1,
            All::Each(visit) => visit(doc),
        }
    }
}

/// Reads the lists that are read into a window which begins at an article.
fn fill(window: &mut Window, lists: &mut [List], levels: &[Levels], start: DocId) {
    window.begin(start);
    for (word, list) in lists.iter_mut().enumerate() {
        match list.access {
            Access::Windows => {
                list.go_to(start);
                window.read(word, list, levels.get(word));
            }
            Access::Lookups => window.clear(word),
        }
    }
}

/// Returns the unit of levels: so much that those of all lists together are no more than [`LEVEL_MAX`],
/// each being rounded up; nothing where there are too many lists for that.
fn unit(lists: &[List]) -> Option<Score> {
    let n_levels = usize::from(LEVEL_MAX).checked_sub(lists.len()).filter(|n| *n >= lists.len())?;
    let reach = lists.last().map_or(0.0, |it| it.reach);
    Some((reach * ROUNDING / n_levels as Score).max(Score::MIN_POSITIVE))
}

/// Returns how many lists, from the first on, reach no further than a score.
fn n_up_to(lists: &[List], score: Score) -> usize {
    lists.iter().take_while(|it| it.reach <= score).count()
}
