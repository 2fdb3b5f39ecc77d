//! Letters and figures of ASCII, of which most texts are made.

/// Returns where a word of plain ASCII ends.
///
/// Eight bytes are looked at in one step: a loop over the letters of a word ends where no processor
/// foresees it, and what that costs, once a word, is most of what reading a text would take.
pub fn ascii_word_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let others = !plain_among(u64::from_le_bytes(*eight)) & HIGHEST_BITS;
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes[at..].iter().position(|byte| !IS_PLAIN[usize::from(*byte)]);
    rest.map_or(bytes.len(), |n| at + n)
}

/// The highest bit of each of eight bytes.
const HIGHEST_BITS: u64 = 0x8080_8080_8080_8080;

/// Sets the highest bit of each of eight bytes that is a letter or a figure of ASCII.
///
/// A number is at least another one if the highest bit is set when what lacks to 128 is added.
fn plain_among(bytes: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let at_least = |bytes: u64, least: u8| bytes + u64::from(0x80 - least) * EACH;
    let low = bytes & !HIGHEST_BITS;
    let small = low | (0x20 * EACH);
    let letters = at_least(small, b'a') & !at_least(small, b'z' + 1);
    let figures = at_least(low, b'0') & !at_least(low, b'9' + 1);
    (letters | figures) & !bytes & HIGHEST_BITS
}

/// Tells of each byte whether it is a letter or a figure of ASCII: looking it up takes a third of
/// the time of comparing it with the ends of three ranges, and it is done for every byte shown.
pub(super) static IS_PLAIN: [bool; 256] = {
    let mut is_plain = [false; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        is_plain[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    is_plain
};

/// Returns where the first byte stands of which `is_one` holds, which few do.
///
/// Many bytes are asked at once whether any of them is one, which compilers make a few steps of if
/// `is_one` is free of branches.
#[inline]
pub(super) fn position_of_rare(bytes: &[u8], is_one: impl Fn(u8) -> bool) -> Option<usize> {
    const BLOCK: usize = 32;
    let mut passed = 0;
    while let Some(block) = bytes[passed..].first_chunk::<BLOCK>() {
        if block.iter().fold(false, |any, byte| any | is_one(*byte)) {
            break;
        }
        passed += BLOCK;
    }
    bytes[passed..].iter().position(|byte| is_one(*byte)).map(|n| passed + n)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn rare_bytes_are_found_in_blocks_as_one_by_one(text in "[a-z]{0,90}[a-z.]{0,90}") {
            let is_stop = |byte: u8| byte == b'.';
            let found = position_of_rare(text.as_bytes(), is_stop);
            prop_assert_eq!(found, text.bytes().position(is_stop));
        }
    }

    #[test]
    fn letters_and_figures_are_told_eight_at_a_time_as_one_by_one() {
        for byte in 0..=u8::MAX {
            for place in 0..20 {
                let mut bytes = [b'x'; 20];
                bytes[place] = byte;
                let end = if byte.is_ascii_alphanumeric() { 20 } else { place };
                assert_eq!(ascii_word_end(&bytes, 0), end, "{byte} at {place}");
            }
        }
    }
}
