//! The articles that a draft has taken over.

use std::collections::HashMap;

use tantivy::columnar::StrColumn;
use tantivy::schema::{IndexRecordOption, Term, Value};
use tantivy::{DocAddress, DocSet, Index, Searcher, TERMINATED, TantivyDocument};

use crate::article::Article;
use crate::error::Result;

use crate::index::failure::failed;
use crate::index::record;
use crate::index::records::id_hash;
use crate::index::schema::Fields;

/// What was in the draft before the run added to it.
pub(super) struct Carried {
    searcher: Searcher,
    fields: Fields,
    /// The ids, segment by segment: opening a column takes longer than reading it.
    ids: Vec<Option<StrColumn>>,
    /// The articles of files that are read again or gone, a bit each, segment by segment.
    replaced: Vec<Vec<u64>>,
}

impl Carried {
    /// Looks at what is in a draft; nothing where it is empty.
    pub(super) fn of(index: &Index, fields: Fields) -> Result<Option<Self>> {
        let searcher = index.reader().map_err(failed)?.searcher();
        if searcher.num_docs() == 0 {
            return Ok(None);
        }
        let segments = searcher.segment_readers().iter();
        let replaced = segments.map(|it| vec![0; it.max_doc().div_ceil(64) as usize]).collect();
        let ids = searcher.segment_readers().iter().map(|it| it.fast_fields().str("id"));
        let ids = ids.collect::<tantivy::Result<_>>().map_err(failed)?;
        Ok(Some(Self { searcher, fields, ids, replaced }))
    }

    /// Notes that the articles of a file do not simply stay; returns how many there are.
    pub(super) fn replace(&mut self, key: &str) -> Result<u64> {
        let addresses = self.of_term(self.fields.origin, key)?;
        for address in &addresses {
            let bits = &mut self.replaced[address.segment_ord as usize];
            bits[address.doc_id as usize / 64] |= 1 << (address.doc_id % 64);
        }
        Ok(addresses.len() as u64)
    }

    /// Tells whether an article with this id is there, and what becomes of it.
    pub(super) fn with_id(&self, id: &str) -> Result<WithId> {
        let addresses = self.of_term(self.fields.id, id)?;
        let stays = |address: &DocAddress| {
            let bits = &self.replaced[address.segment_ord as usize];
            bits[address.doc_id as usize / 64] >> (address.doc_id % 64) & 1 == 0
        };
        Ok(match addresses.iter().any(stays) {
            true => WithId::Stays,
            false if addresses.is_empty() => WithId::None,
            false => WithId::Replaced,
        })
    }

    /// Returns the articles of a file by the hashes of their ids.
    pub(super) fn of_file(&self, key: &str) -> Result<HashMap<u64, (String, Option<DocAddress>)>> {
        let mut places: Vec<Vec<(u64, DocAddress)>> = vec![Vec::new(); self.ids.len()];
        for address in self.of_term(self.fields.origin, key)? {
            let segment_idx = address.segment_ord as usize;
            let column = self.ids[segment_idx].as_ref();
            if let Some(ord) = column.and_then(|it| it.term_ords(address.doc_id).next()) {
                places[segment_idx].push((ord, address));
            }
        }
        let mut ids = HashMap::new();
        for (column, mut places) in self.ids.iter().zip(places) {
            // In order, each block of the dictionary is read once.
            places.sort_unstable_by_key(|(ord, _)| *ord);
            let ords: Vec<u64> = places.iter().map(|(ord, _)| *ord).collect();
            let mut places = places.into_iter();
            let mut push = |id: &[u8]| {
                if let Some((_, address)) = places.next() {
                    let id = String::from_utf8_lossy(id).into_owned();
                    ids.insert(id_hash(&id), (id, Some(address)));
                }
            };
            if let Some(column) = column {
                let read = column.dictionary().sorted_ords_to_term_cb(&ords, &mut push);
                read.map_err(|cause| failed(cause.into()))?;
            }
        }
        Ok(ids)
    }

    /// Returns the article with an id and where it is, if it is there.
    pub(super) fn with_address(&self, id: &str) -> Result<Option<(Article, DocAddress)>> {
        let Some(address) = self.of_term(self.fields.id, id)?.into_iter().next() else {
            return Ok(None);
        };
        Ok(Some((record::decode(&self.record(address)?)?, address)))
    }

    /// Tells whether an article comes from the file with this key.
    pub(super) fn is_of_file(&self, address: DocAddress, key: &str) -> Result<bool> {
        Ok(self.of_term(self.fields.origin, key)?.contains(&address))
    }

    /// Returns the stored record of an article.
    pub(super) fn record(&self, address: DocAddress) -> Result<Vec<u8>> {
        let document: TantivyDocument = self.searcher.doc(address).map_err(failed)?;
        let bytes = document.get_first(self.fields.article).and_then(|it| it.as_bytes());
        Ok(bytes.unwrap_or_default().to_vec())
    }

    /// Returns the articles that carry a term, those that were deleted left out.
    fn of_term(&self, field: tantivy::schema::Field, text: &str) -> Result<Vec<DocAddress>> {
        let term = Term::from_field_text(field, text);
        let mut addresses = Vec::new();
        for (ord, segment) in self.searcher.segment_readers().iter().enumerate() {
            let index = segment.inverted_index(field).map_err(failed)?;
            let postings = index.read_postings(&term, IndexRecordOption::Basic);
            let Some(mut postings) = postings.map_err(|cause| failed(cause.into()))? else {
                continue;
            };
            let mut doc_id = postings.doc();
            while doc_id != TERMINATED {
                if !segment.is_deleted(doc_id) {
                    addresses.push(DocAddress::new(ord as u32, doc_id));
                }
                doc_id = postings.advance();
            }
        }
        Ok(addresses)
    }
}

/// What a draft has of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WithId {
    /// No article has it.
    None,
    /// An article of a file that stays as it is.
    Stays,
    /// An article of a file that is read again, or gone.
    Replaced,
}
