//! What was recognised in an article, as it is stored.

use crate::article::Annotations;
use crate::error::{Error, Kind, Result};

use super::record::damaged;

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn damaged_records_are_errors(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode_annotations(&bytes);
        }
    }
}
