//! The record of a stored document, read where it lies.
//!
//! tantivy hands a document out as a copy of its values, made byte by byte; most of what a page of
//! hits costs beside its text would be that. In the store it lies so (tantivy 0.27,
//! `schema::document::se`), and an index is only ever read by the version of tantivy that made it:
//!
//! ```text
//! number of values   as a variable-length integer: seven bits a byte, the lowest first, the last
//!                    byte with its highest bit set
//! values             field (4 bytes, the least significant first), type (1 byte; 4: bytes),
//!                    length (a variable-length integer), bytes
//! ```

use super::record::{damaged, decode};
use super::schema::Fields;
use crate::article::Article;
use crate::error::Result;

/// The type of a value that is bytes.
const BYTES: u8 = 4;

/// Reads the article of a stored document, with what was recognised in it.
///
/// # Errors
///
/// The bytes are no such document: the index is damaged.
pub fn read_stored(document: &[u8], fields: Fields) -> Result<Article> {
    decode(record(document, fields).ok_or_else(damaged)?)
}

/// Returns the record of the article.
fn record(document: &[u8], fields: Fields) -> Option<&[u8]> {
    let mut rest = document;
    for _ in 0..number(&mut rest)? {
        let (field, after) = rest.split_first_chunk::<4>()?;
        let (kind, after) = after.split_first()?;
        rest = after;
        if *kind != BYTES {
            return None;
        }
        let n_bytes = number(&mut rest)?;
        let (value, after) = rest.split_at_checked(n_bytes)?;
        rest = after;
        if u32::from_le_bytes(*field) == fields.article.field_id() {
            return Some(value);
        }
    }
    None
}

/// Takes a variable-length integer off the front of some bytes.
fn number(bytes: &mut &[u8]) -> Option<usize> {
    let mut number = 0_u64;
    for shift in (0..u64::BITS).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 != 0 {
            return usize::try_from(number).ok();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::store::StoreReader;
    use tantivy::{Index, TantivyDocument};

    use super::super::record::{annotate, encode};
    use super::*;
    use crate::article::{Annotations, TopicMark, Witness};

    fn article(headline: &str, topic: &str) -> Article {
        let topic = TopicMark {
            code: topic.to_owned(),
            label: topic.to_owned(),
            weight: 1,
            within: Vec::new(),
            witness: Witness::Publisher,
        };
        let annotations = Annotations { entities: Vec::new(), topics: vec![topic] };
        Article { headline: headline.to_owned(), annotations, ..Article::default() }
    }

    /// Stores articles as tantivy does, and opens the store.
    fn store(articles: &[Article]) -> (StoreReader, Fields) {
        let (schema, fields) = Fields::schema();
        let index = Index::create_in_ram(schema);
        super::super::generation::register(&index, super::super::lines::LineTokenizer::default());
        let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
        for article in articles {
            let mut document = TantivyDocument::default();
            let mut record = encode(article);
            annotate(&mut record, article);
            document.add_bytes(fields.article, &record);
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        (searcher.segment_reader(0).get_store_reader(1).unwrap(), fields)
    }

    #[test]
    fn what_tantivy_stores_is_read_where_it_lies() {
        let long = "word ".repeat(100_000);
        let articles = [article("Ferries strike", "labour"), article("", ""), article(&long, "a")];
        let (store, fields) = store(&articles);
        for (doc, article) in (0..).zip(&articles) {
            let bytes = store.get_document_bytes(doc).unwrap();
            assert_eq!(read_stored(&bytes, fields).unwrap(), *article);
            for n in [0, 1, bytes.len() / 2, bytes.len() - 1] {
                assert!(read_stored(&bytes[..n], fields).is_err(), "the first {n} bytes");
            }
        }
    }

    proptest! {
        #[test]
        fn damaged_documents_are_errors(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let (_, fields) = Fields::schema();
            let _ = read_stored(&bytes, fields);
        }
    }
}
