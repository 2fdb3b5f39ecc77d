//! The stored article.
//!
//! An article is stored as one `postcard` record of its fields in the order of their declaration.
//! What was recognised in it is another record, beside it: so whether an article has changed is told
//! without recognising anything.
//!
//! The layout has no version of its own: it belongs to the index [`FORMAT`](super::FORMAT), and a
//! change to the article's fields raises that.

use crate::article::{Annotations, Article, Origin};
use crate::error::{Error, Kind, Result};

/// Encodes an article.
///
/// # Errors
///
/// None that input can cause; the codec's own are passed on.
pub fn encode(article: &Article) -> Result<Vec<u8>> {
    postcard::to_stdvec(article).map_err(|cause| {
        Error::new(Kind::Index, format!("cannot encode the article '{}': {cause}", article.id))
    })
}

/// Returns where a stored article stands if it is the same as the one that a new record is of, the
/// place alone left out; nothing where it is another.
///
/// The place is the last field of an article; two articles are the same when the rest of their
/// records is.
///
/// # Errors
///
/// None that input can cause; the codec's own are passed on.
pub(super) fn place_of_same(stored: &[u8], new: &[u8], origin: &Origin) -> Result<Option<Origin>> {
    let place = postcard::to_stdvec(origin).map_err(|cause| {
        Error::new(Kind::Index, format!("cannot encode the place '{origin}': {cause}"))
    })?;
    let content = &new[..new.len().saturating_sub(place.len())];
    let stored_place = stored.strip_prefix(content).map(postcard::take_from_bytes::<Origin>);
    Ok(match stored_place {
        Some(Ok((place, []))) => Some(place),
        _ => None,
    })
}

/// Decodes an article.
///
/// # Errors
///
/// The bytes are not an article of this format: the index is damaged.
pub fn decode(bytes: &[u8]) -> Result<Article> {
    postcard::from_bytes(bytes).map_err(|cause| damaged("a stored article", &cause))
}

/// Encodes what was recognised in an article.
///
/// # Errors
///
/// None that input can cause; the codec's own are passed on.
pub(super) fn encode_annotations(annotations: &Annotations) -> Result<Vec<u8>> {
    postcard::to_stdvec(annotations).map_err(|cause| {
        Error::new(Kind::Index, format!("cannot encode what was recognised: {cause}"))
    })
}

/// Decodes what was recognised in an article; nothing where the bytes are missing.
///
/// # Errors
///
/// The bytes are not annotations of this format: the index is damaged.
pub(super) fn decode_annotations(bytes: &[u8]) -> Result<Annotations> {
    if bytes.is_empty() {
        return Ok(Annotations::default());
    }
    postcard::from_bytes(bytes).map_err(|cause| damaged("what was recognised in it", &cause))
}

/// Makes the error that a stored document is not as they are.
pub(super) fn damaged_document() -> Error {
    Error::new(Kind::Index, "cannot decode a stored article: it has another shape")
        .with_hint("make the index anew with 'dateline index --rebuild'")
}

fn damaged(what: &str, cause: &postcard::Error) -> Error {
    Error::new(Kind::Index, format!("cannot decode {what}: {cause}"))
        .with_hint("make the index anew with 'dateline index --rebuild'")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_article_comes_back_as_it_was() {
        let article =
            Article {
                id: "wire-1".to_owned(), headline: "Fähre".to_owned(), ..Article::default()
            };
        let bytes = encode(&article).unwrap();
        assert_eq!(decode(&bytes).unwrap(), article);
        assert_eq!(decode(&bytes[..bytes.len() / 2]).unwrap_err().kind, Kind::Index);
    }

    #[test]
    fn articles_are_the_same_whatever_their_place() {
        let at = |id: &str, record| {
            let origin = Origin { path: "a.jsonl".to_owned(), record, ..Origin::default() };
            let id = id.to_owned();
            Article { id, origin, ..Article::default() }
        };
        let same = |stored: &Article, new: &Article| {
            let (stored, bytes) = (encode(stored).unwrap(), encode(new).unwrap());
            place_of_same(&stored, &bytes, &new.origin).unwrap().map(|place| place.record)
        };
        assert_eq!(same(&at("a", 7), &at("a", 1)), Some(7));
        assert_eq!(same(&at("a", 7), &at("a", 1000)), Some(7));
        assert_eq!(same(&at("a", 7), &at("b", 7)), None);
        assert_eq!(same(&at("", 7), &at("ab", 7)), None);
    }

    proptest! {
        #[test]
        fn damaged_records_are_errors(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode(&bytes);
            let _ = decode_annotations(&bytes);
        }
    }
}
