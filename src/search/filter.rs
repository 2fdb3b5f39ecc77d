//! Ranges of dates and numbers, as a tantivy query.
//!
//! tantivy's own range query goes through the values block by block, and cannot step back, which
//! an exclusion asks of it. This one looks at the value of each article that it is asked about, and
//! beside other words at no more: of a narrow range that is much less than looking for the next one.

use tantivy::query::{ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED};

use crate::text::DateRange;

/// Finds the articles whose date or number of words lies within a range; scores nothing.
#[derive(Clone, Debug)]
pub(super) enum RangeFilter {
    Date(DateRange),
    Words(std::ops::RangeInclusive<u64>),
}

impl Query for RangeFilter {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl RangeFilter {
    /// Opens the column; nothing is looked at yet.
    fn open(&self, segment: &SegmentReader) -> tantivy::Result<Passed> {
        let columns = segment.fast_fields();
        let passes: Box<dyn Fn(DocId) -> bool + Send> = match self.clone() {
            Self::Date(range) => {
                let column = columns.i64("date")?;
                Box::new(move |doc| column.first(doc).is_some_and(|date| range.contains(date)))
            }
            Self::Words(range) => {
                let column = columns.u64("words")?;
                Box::new(move |doc| column.first(doc).is_some_and(|n| range.contains(&n)))
            }
        };
        Ok(Passed { passes, doc: 0, end: segment.max_doc() })
    }
}

impl Weight for RangeFilter {
    fn scorer(&self, segment: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut passed = self.open(segment)?;
        passed.settle();
        Ok(Box::new(ConstScorer::new(passed, 0.0)))
    }

    fn scorer_danger(
        &self,
        segment: &SegmentReader,
        target: DocId,
        _: Score,
    ) -> tantivy::Result<(SeekDangerResult, Box<dyn Scorer>)> {
        let mut passed = self.open(segment)?;
        let found = passed.seek_danger(target);
        Ok((found, Box::new(ConstScorer::new(passed, 0.0))))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("a filter", 0.0))
    }
}

/// Goes through the articles that pass.
struct Passed {
    passes: Box<dyn Fn(DocId) -> bool + Send>,
    doc: DocId,
    end: DocId,
}

impl Passed {
    /// Goes on from the current article to the first one that passes.
    fn settle(&mut self) -> DocId {
        while self.doc < self.end && !(self.passes)(self.doc) {
            self.doc += 1;
        }
        if self.doc >= self.end {
            self.doc = TERMINATED;
        }
        self.doc
    }
}

impl DocSet for Passed {
    fn advance(&mut self) -> DocId {
        self.seek(self.doc.saturating_add(1))
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = target;
            self.settle();
        }
        self.doc
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        self.doc = self.doc.max(target);
        if self.doc >= self.end {
            self.doc = TERMINATED;
            return SeekDangerResult::SeekLowerBound(TERMINATED);
        }
        match self.doc == target && (self.passes)(target) {
            true => SeekDangerResult::Found,
            false => SeekDangerResult::SeekLowerBound(self.doc.max(target + 1)),
        }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    /// Half of all articles: nobody knows before looking.
    fn size_hint(&self) -> u32 {
        self.end / 2
    }
}
