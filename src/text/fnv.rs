//! The hash of words and of files: FNV-1a over 64 bits (Fowler, Noll and Vo).
//!
//! It is part of the formats of the models and of the gazetteer, and of the signatures of articles.

/// Returns the hash of some bytes.
#[inline]
pub fn fnv_1a<'a>(bytes: impl IntoIterator<Item = &'a u8>) -> u64 {
    bytes.into_iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}
