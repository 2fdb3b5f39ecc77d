//! The columns that order hits, and the ids in them.

use std::sync::OnceLock;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

use super::damaged;
use crate::error::Result;

/// The columns of a segment that order hits. Opening them costs more than most searches, so a
/// searcher opens them once.
pub(super) struct Columns {
    date: Column<i64>,
    id: Option<StrColumn>,
    /// All ids, once some were listed.
    ids: OnceLock<Ids>,
}

/// The ids of a segment in the order of their places, one after the other.
#[derive(Default)]
struct Ids {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

/// The most ids that are kept: about 100 MB of them.
const IDS_KEPT_MAX: usize = 4_000_000;

impl Ids {
    fn push(&mut self, id: &[u8]) {
        // An article whose id is unreadable is listed with what can be read of it; showing it tells
        // why.
        self.text.push_str(&String::from_utf8_lossy(id));
        self.ends.push(self.text.len());
    }

    fn get(&self, ord: u64) -> Option<&str> {
        let idx = usize::try_from(ord).ok()?;
        let start = idx.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.text.get(start..*self.ends.get(idx)?)
    }
}

impl Columns {
    pub(super) fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        let (date, id) = (columns.i64("date")?, columns.str("id")?);
        Ok(Self { date, id, ids: OnceLock::new() })
    }

    pub(super) fn date(&self, doc: DocId) -> Option<i64> {
        self.date.first(doc)
    }

    /// Returns the place of an article's id among all of the segment, in order.
    pub(super) fn id_ord(&self, doc: DocId) -> u64 {
        self.id.as_ref().and_then(|id| id.ords().first(doc)).unwrap_or_default()
    }

    pub(super) fn id(&self, ord: u64) -> String {
        let mut id = String::new();
        if let Some(column) = &self.id {
            // An unreadable id orders as an empty one; reading the article will tell the damage.
            let _ = column.ord_to_str(ord, &mut id);
        }
        id
    }

    /// Calls `visit` with the ids of some places in the dictionary, which are in order.
    ///
    /// The dictionary is packed in blocks, and unpacking one for each id would take longer than most
    /// searches: whoever lists ids lists many, so all are unpacked once, unless they are too many.
    pub(super) fn each_id(&self, sorted: &[u64], visit: &mut dyn FnMut(String)) {
        let Some(column) = &self.id else {
            return;
        };
        if column.num_terms() > IDS_KEPT_MAX {
            let mut visit = |id: &[u8]| visit(String::from_utf8_lossy(id).into_owned());
            // An article whose id is unreadable is listed without one, and showing it tells why.
            let _ = column.dictionary().sorted_ords_to_term_cb(sorted, &mut visit);
            return;
        }
        let ids = self.ids.get_or_init(|| all_ids(column));
        sorted.iter().for_each(|ord| visit(ids.get(*ord).unwrap_or_default().to_owned()));
    }
}

/// Returns the value of a column at a place in its dictionary.
pub(super) fn value(column: &StrColumn, ord: u64) -> Result<String> {
    let mut value = String::new();
    column.ord_to_str(ord, &mut value).map_err(|cause| damaged(cause.into()))?;
    Ok(value)
}

/// Reads all ids of a column, as far as they can be read.
fn all_ids(column: &StrColumn) -> Ids {
    let mut ids = Ids::default();
    if let Ok(mut stream) = column.dictionary().stream() {
        while stream.advance() {
            ids.push(stream.key());
        }
    }
    ids
}
