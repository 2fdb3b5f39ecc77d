//! Blocks of text in which no word begins as those do that are looked for.

/// How many bytes are asked at once.
pub(super) const BLOCK: usize = 32;

/// The most pairs that blocks are asked about: with more, looking each byte up takes hardly longer.
pub(super) const PAIRS_MAX: usize = 4;

/// The first two bytes of a word that is looked for, whether its letters are small or capitals.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    first: u8,
    second: u8,
    /// The bits that do not count of a second byte.
    free: u8,
}

/// The bit that parts a small letter from its capital.
const CASE: u8 = 0x20;

/// The bits that part an *i* from a *y*, small or capital.
const I_OR_Y: u8 = CASE | (b'i' ^ b'y');

impl Pair {
    /// Returns the beginning of a folded word or stem. Words that end in *y* may have stems in *i*.
    pub(super) fn of(word: &[u8]) -> Self {
        let free = match word.get(1) {
            None => u8::MAX,
            Some(b'i') => I_OR_Y,
            Some(_) => CASE,
        };
        let [first, second] = [0, 1].map(|idx| word.get(idx).copied().unwrap_or_default());
        Self { first: first | CASE, second: second | free, free }
    }

    /// Returns a place up to which no byte of a text, but for its first, may begin a word as one of
    /// some pairs does: neither those before the place nor the one there. With more than [`PAIRS_MAX`]
    /// pairs, that is the first byte.
    pub(super) fn n_passed(pairs: &[Self], bytes: &[u8]) -> usize {
        match *pairs {
            [a] => n_passed([a], bytes),
            [a, b] => n_passed([a, b], bytes),
            [a, b, c] => n_passed([a, b, c], bytes),
            [a, b, c, d] => n_passed([a, b, c, d], bytes),
            _ => 0,
        }
    }

    /// Tells whether a word may begin as one of some pairs does, with any byte of a block but its
    /// first and its last.
    ///
    /// It may say so of a few more: of words behind a figure, of bytes that differ from others as
    /// small letters do from capitals, of any sign behind a first letter that could join it to a
    /// second, and of every block with a letter beyond ASCII. No step of the loops depends on
    /// another, and all are about single bytes: compilers make sixteen steps of them one.
    #[inline(always)]
    fn may_open<const N: usize>(pairs: [Self; N], block: &[u8; BLOCK + 2]) -> bool {
        let all_bits = |holds: bool| u8::from(holds).wrapping_neg();
        let mut opens = [0; BLOCK];
        let mut is_border = [0; BLOCK];
        let mut is_joint = [0; BLOCK];
        for idx in 0..BLOCK {
            let [before, first, next] = [block[idx], block[idx + 1], block[idx + 2]];
            is_border[idx] = all_bits(!(before | CASE).is_ascii_lowercase());
            is_joint[idx] = all_bits(matches!(next, b'&'..=b'.'));
            opens[idx] = (first | next) & 0x80;
        }
        for pair in pairs {
            for idx in 0..BLOCK {
                let [first, next] = [block[idx + 1] | CASE, block[idx + 2] | pair.free];
                let is_second = is_joint[idx] | all_bits(next == pair.second);
                opens[idx] |= is_border[idx] & all_bits(first == pair.first) & is_second;
            }
        }
        opens.iter().fold(0, |any, it| any | it) != 0
    }
}

/// Does what [`Pair::n_passed`] does for a number of pairs that the compiler knows: so what compares
/// with them is made ready once, not for each block.
fn n_passed<const N: usize>(pairs: [Pair; N], bytes: &[u8]) -> usize {
    let mut n_passed = 0;
    while let Some(block) = bytes[n_passed..].first_chunk() {
        if Pair::may_open(pairs, block) {
            return n_passed;
        }
        n_passed += BLOCK;
    }
    // The last block has bytes of the one before. Nothing is told of the last byte.
    match bytes.last_chunk() {
        Some(block) if !Pair::may_open(pairs, block) => bytes.len() - 2,
        _ => n_passed,
    }
}

#[cfg(test)]
mod tests {
    use crate::text;

    use super::*;

    fn block(place: usize, bytes: [u8; 3]) -> [u8; BLOCK + 2] {
        let mut block = [b'x'; BLOCK + 2];
        block[place..place + 3].copy_from_slice(&bytes);
        block
    }

    #[test]
    fn a_pair_is_seen_at_every_place_of_a_block() {
        let pairs = ["ferri", "s", "li"].map(|word| Pair::of(word.as_bytes()));
        for place in 0..BLOCK {
            let opens = |bytes: &[u8; 3]| Pair::may_open(pairs, &block(place, *bytes));
            assert!([b" fe", b"(FE", b"-f.", b" sx", b" ly", b" LI"].into_iter().all(opens));
            assert!(![b"xfe", b" fa", b" ef", b" lo", b"   "].into_iter().any(opens));
        }
        assert!(Pair::may_open(pairs, &block(3, *b"a\xC3\xA9")));
    }

    #[test]
    fn whatever_joins_words_may_stand_behind_a_first_letter() {
        let pairs = [Pair::of(b"us")];
        for byte in (0..=u8::MAX).filter(|byte| text::is_joint(*byte)) {
            assert!(Pair::may_open(pairs, &block(0, [b' ', b'U', byte])), "{byte}");
        }
    }
}
