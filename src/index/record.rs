//! The stored article.
//!
//! An article is stored as one `postcard` record of its fields in the order of their declaration.
//! The layout has no version of its own: it belongs to the index [`FORMAT`](super::FORMAT), and a
//! change to the article's fields raises that.

use crate::article::{Article, Origin};
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

/// Returns the part of a record that says what the article is, without the place where it stands.
///
/// The place is the last field of an article; two articles are the same when the rest of their
/// records is.
///
/// # Errors
///
/// None that input can cause; the codec's own are passed on.
pub(super) fn content<'a>(bytes: &'a [u8], origin: &Origin) -> Result<&'a [u8]> {
    let place = postcard::to_stdvec(origin).map_err(|cause| {
        Error::new(Kind::Index, format!("cannot encode the place '{origin}': {cause}"))
    })?;
    Ok(&bytes[..bytes.len().saturating_sub(place.len())])
}

/// Decodes an article.
///
/// # Errors
///
/// The bytes are not an article of this format: the index is damaged.
pub fn decode(bytes: &[u8]) -> Result<Article> {
    postcard::from_bytes(bytes).map_err(|cause| {
        Error::new(Kind::Index, format!("cannot decode a stored article: {cause}"))
            .with_hint("make the index anew with 'dateline index --rebuild'")
    })
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

    proptest! {
        #[test]
        fn damaged_records_are_errors(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode(&bytes);
        }
    }
}
