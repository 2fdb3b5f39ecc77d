//! A record's numbers, and behind them its texts, packed as one.
//!
//! ```text
//! how many bytes of numbers      a number
//! numbers
//! (how many bytes of packed text) × 4 + how it is packed     a number
//! packed text                    see `packing`
//! ```
//!
//! Numbers are written as `leb128` does. A text is a number, how many bytes it has, and its bytes among
//! the texts.

use super::packing::{self, Matter};
use crate::index::leb128;

/// Writes a sheet.
#[derive(Debug, Default)]
pub(super) struct SheetWriter {
    numbers: Vec<u8>,
    texts: String,
}

impl SheetWriter {
    pub(super) fn number(&mut self, number: u64) {
        leb128::push(&mut self.numbers, number);
    }

    /// Adds a number that may be negative: the sign is the lowest bit (zigzag).
    pub(super) fn signed(&mut self, number: i64) {
        self.number(((number << 1) ^ (number >> 63)) as u64);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.texts.push_str(text);
    }

    /// Adds a text and a number below `n_flags`, which takes no byte of its own beside a short one.
    pub(super) fn flagged(&mut self, text: &str, flag: u64, n_flags: u64) {
        self.number(text.len() as u64 * n_flags + flag);
        self.texts.push_str(text);
    }

    /// Appends the sheet to bytes.
    pub(super) fn end(&self, bytes: &mut Vec<u8>, matter: Matter) {
        leb128::push(bytes, self.numbers.len() as u64);
        bytes.extend_from_slice(&self.numbers);
        let packed = packing::pack(self.texts.as_bytes(), matter);
        leb128::push(bytes, (packed.bytes.len() as u64) << 2 | packed.way as u64);
        bytes.extend_from_slice(&packed.bytes);
    }
}

/// A sheet where it lies, its text still packed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheet<'a> {
    numbers: &'a [u8],
    way: u8,
    packed: &'a [u8],
}

impl<'a> Sheet<'a> {
    /// Takes a sheet off the front of some bytes; nothing where there is none.
    pub(super) fn take(bytes: &mut &'a [u8]) -> Option<Self> {
        let numbers = take_bytes(bytes, |it| it)?;
        let mut way = 0;
        let packed = take_bytes(bytes, |it| {
            way = (it & 3) as u8;
            it >> 2
        })?;
        Some(Self { numbers, way, packed })
    }

    /// Unpacks its texts; nothing where they are damaged.
    pub(super) fn texts(&self, matter: Matter) -> Option<Vec<u8>> {
        packing::unpack(self.way, self.packed, matter)
    }

    /// Reads it, with its texts as [`Self::texts`] unpacked them; nothing where they are no UTF-8.
    pub(super) fn reader<'t>(&self, texts: &'t [u8]) -> Option<SheetReader<'a, 't>> {
        let texts = simdutf8::basic::from_utf8(texts).ok()?;
        Some(SheetReader { numbers: self.numbers, texts })
    }
}

/// Reads a sheet in the order in which it was written; nothing comes of what is not there.
#[derive(Clone, Copy, Debug)]
pub(super) struct SheetReader<'a, 't> {
    numbers: &'a [u8],
    texts: &'t str,
}

impl<'t> SheetReader<'_, 't> {
    pub(super) fn number(&mut self) -> Option<u64> {
        leb128::take(&mut self.numbers)
    }

    pub(super) fn small<T: TryFrom<u64>>(&mut self) -> Option<T> {
        T::try_from(self.number()?).ok()
    }

    pub(super) fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// Reads how many of something follow: no more than there are numbers left.
    pub(super) fn count(&mut self) -> Option<usize> {
        let count = self.small()?;
        (count <= self.numbers.len()).then_some(count)
    }

    pub(super) fn text(&mut self) -> Option<&'t str> {
        let n_bytes = self.small()?;
        self.take(n_bytes)
    }

    pub(super) fn flagged(&mut self, n_flags: u64) -> Option<(&'t str, u64)> {
        let number = self.number()?;
        Some((self.take(usize::try_from(number / n_flags).ok()?)?, number % n_flags))
    }

    fn take(&mut self, n_bytes: usize) -> Option<&'t str> {
        let (text, rest) = self.texts.split_at_checked(n_bytes)?;
        self.texts = rest;
        Some(text)
    }
}

/// Takes a number and as many bytes as it says off the front of some bytes.
fn take_bytes<'a>(bytes: &mut &'a [u8], len: impl FnOnce(u64) -> u64) -> Option<&'a [u8]> {
    let n_bytes = usize::try_from(len(leb128::take(bytes)?)).ok()?;
    let (taken, rest) = bytes.split_at_checked(n_bytes)?;
    *bytes = rest;
    Some(taken)
}
