//! Numbers in as few bytes as they need: seven bits a byte, the least significant first, with the
//! eighth where more follow (LEB128).

/// Appends a number.
pub(super) fn push(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes a number off the front of some bytes; nothing where there is none.
#[inline]
pub(super) fn take(bytes: &mut &[u8]) -> Option<u64> {
    let (first, rest) = bytes.split_first()?;
    if *first < 0x80 {
        *bytes = rest;
        return Some(u64::from(*first));
    }
    take_long(bytes)
}

fn take_long(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..u64::BITS).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_come_back_one_after_the_other(
            numbers in proptest::collection::vec((any::<u64>(), 0..64_u32), 0..9),
        ) {
            let mut bytes = Vec::new();
            numbers.iter().for_each(|(number, shift)| push(&mut bytes, number >> shift));
            let mut rest = bytes.as_slice();
            for (number, shift) in numbers {
                prop_assert_eq!(take(&mut rest), Some(number >> shift));
            }
            prop_assert_eq!(take(&mut rest), None);
        }

        #[test]
        fn foreign_bytes_do_no_harm(bytes in proptest::collection::vec(128..=255_u8, 0..12)) {
            prop_assert_eq!(take(&mut bytes.as_slice()), None);
        }
    }
}
