//! The hash that features and word lists share. It is part of the model's format: another hash is
//! another [`super::file::VERSION`].

use crate::text::fnv_1a;

/// Stirs the bits of a number: two steps of a multiplicative hash (Knuth, TAOCP 3, 6.4).
#[inline]
pub(super) fn mix(mut hash: u64) -> u64 {
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash ^ (hash >> 29)
}

/// Returns the hash of a string: 64-bit FNV-1a, stirred.
#[inline]
pub(in crate::annotate) fn hash_of(text: &str) -> u64 {
    mix(fnv_1a(text.as_bytes()))
}

/// Adds a word to the hash of a phrase; that of no word is 0.
#[inline]
pub(super) fn append(phrase: u64, word: u64) -> u64 {
    mix(phrase.wrapping_mul(31).wrapping_add(word))
}

/// Returns the 32 bits of a hash by which the word lists know an entry; 0 stands for none.
#[inline]
pub(super) fn fingerprint(hash: u64) -> u32 {
    ((hash >> 32) as u32).max(1)
}
