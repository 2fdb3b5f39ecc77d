//! Text in fewer bytes, article by article.
//!
//! What a page shows lies anywhere in the archive, so each article is packed by itself, and short as
//! it is, it says nothing twice that a general method could leave out: LZ4 takes an article of
//! newswire to .8. A table of the pieces that news is made of (`symbols`) takes it to .6, and is
//! unpacked as fast: *FSST: Fast Random Access String Compression* (Boncz, Neumann and Leis, 2020).
//! Text of other languages and in capitals, for which the table was not made, and long text, which
//! does repeat itself, go whichever way is shorter.

use std::sync::LazyLock;

use fsst::{Compressor, Decompressor, Symbol};

use super::symbols::{NAMES, NEWS};

/// How a text is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Not at all.
    Plain,
    /// By the table of symbols.
    Symbols,
    /// By LZ4, with the length of the text before it.
    Lz4,
}

/// A text that was packed.
#[derive(Debug)]
pub(super) struct Packed {
    pub(super) way: Way,
    pub(super) bytes: Vec<u8>,
}

/// Longer text is tried by LZ4 too.
const LONG_BYTES: usize = 8 << 10;

/// Shorter text is not: there is nothing that it could repeat.
const SHORT_BYTES: usize = 64;

/// From this share of its length on, in eighths, a text that the table packed is tried by LZ4 too.
const POOR_EIGHTHS: usize = 6;

/// LZ4 says no more than this many bytes with one.
const LZ4_RATIO_MAX: usize = 255;

/// A byte that is none of the symbols.
const ESCAPE: u8 = fsst::ESCAPE_CODE;

/// What a text is, and so which pieces it is likely to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Matter {
    /// What an article says.
    News,
    /// What names share, and the paths of places.
    Names,
}

impl Matter {
    fn table(self) -> &'static Table {
        static TABLES: [LazyLock<Table>; 2] =
            [LazyLock::new(|| Table::of(&NEWS)), LazyLock::new(|| Table::of(&NAMES))];
        &TABLES[self as usize]
    }

    /// Takes longer to make than the table, and only who packs needs it.
    fn compressor(self) -> &'static Compressor {
        static COMPRESSORS: [LazyLock<Compressor>; 2] = [
            LazyLock::new(|| Matter::News.table().compressor()),
            LazyLock::new(|| Matter::Names.table().compressor()),
        ];
        &COMPRESSORS[self as usize]
    }
}

/// Symbols and how long they are, by their codes.
struct Table {
    n: usize,
    symbols: [Symbol; 255],
    lengths: [u8; 255],
}

impl Table {
    fn of(pieces: &[&[u8]]) -> Self {
        let mut table = Self { n: pieces.len(), symbols: [Symbol::ZERO; 255], lengths: [1; 255] };
        let places = table.symbols.iter_mut().zip(&mut table.lengths);
        for ((symbol, length), bytes) in places.zip(pieces) {
            let mut eight = [0; 8];
            eight[..bytes.len()].copy_from_slice(bytes);
            (*symbol, *length) = (Symbol::from_slice(&eight), bytes.len() as u8);
        }
        table
    }

    fn compressor(&self) -> Compressor {
        Compressor::rebuild_from(&self.symbols[..self.n], &self.lengths[..self.n])
    }
}

/// Packs a text.
pub(super) fn pack(text: &[u8], matter: Matter) -> Packed {
    let mut packed = Packed { way: Way::Symbols, bytes: matter.compressor().compress(text) };
    let is_poor = packed.bytes.len() * 8 > text.len() * POOR_EIGHTHS && text.len() > SHORT_BYTES;
    if is_poor || text.len() > LONG_BYTES {
        let bytes = lz4_flex::compress_prepend_size(text);
        if bytes.len() < packed.bytes.len() {
            packed = Packed { way: Way::Lz4, bytes };
        }
    }
    if packed.bytes.len() >= text.len() {
        packed = Packed { way: Way::Plain, bytes: text.to_vec() };
    }
    packed
}

/// Unpacks a text; nothing where it is damaged.
pub(super) fn unpack(way: u8, packed: &[u8], matter: Matter) -> Option<Vec<u8>> {
    match way {
        way if way == Way::Plain as u8 => Some(packed.to_vec()),
        way if way == Way::Symbols as u8 => {
            // The decoder would panic where an escaped byte is missing.
            let n_escapes = packed.iter().rev().take_while(|it| **it == ESCAPE).count();
            let table = matter.table();
            let decompressor = Decompressor::new(&table.symbols, &table.lengths);
            (n_escapes % 2 == 0).then(|| decompressor.decompress(packed))
        }
        way if way == Way::Lz4 as u8 => {
            let (n_bytes, block) = lz4_flex::block::uncompressed_size(packed).ok()?;
            let is_sane = n_bytes <= block.len().saturating_mul(LZ4_RATIO_MAX);
            is_sane.then(|| lz4_flex::decompress_size_prepended(packed).ok())?
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn goes(text: &str) -> (Way, usize) {
        for matter in [Matter::Names, Matter::News] {
            let Packed { way, bytes } = pack(text.as_bytes(), matter);
            assert_eq!(unpack(way as u8, &bytes, matter).unwrap(), text.as_bytes());
        }
        let Packed { way, bytes } = pack(text.as_bytes(), Matter::News);
        (way, bytes.len())
    }

    #[test]
    fn news_is_packed_by_its_pieces() {
        let text =
            "The government said on Tuesday that the price of oil would not be raised again.";
        let (way, n_bytes) = goes(text);
        assert_eq!(way, Way::Symbols);
        assert!(n_bytes * 5 < text.len() * 3, "{n_bytes} of {}", text.len());
    }

    #[test]
    fn what_the_table_does_not_know_goes_another_way() {
        assert_eq!(goes("").1, 0);
        assert_eq!(goes("ĐĐ\u{1F6A2}"), (Way::Plain, 8));
        let (way, n_bytes) = goes(&"Паромы между островами стояли весь день. ".repeat(20));
        assert_eq!(way, Way::Lz4);
        assert!(n_bytes < 160);
        assert_eq!(goes(&"The ferries stood still. ".repeat(1000)).0, Way::Lz4);
    }

    #[test]
    fn a_length_that_cannot_be_is_not_believed() {
        let huge = [0xFF, 0xFF, 0xFF, 0x7F, 0x10, b'a'];
        assert_eq!(unpack(Way::Lz4 as u8, &huge, Matter::News), None);
        assert_eq!(unpack(3, b"abc", Matter::News), None);
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "\\PC{0,300}", n in 1..4_usize) {
            goes(&text.repeat(n));
        }

        #[test]
        fn foreign_bytes_do_no_harm(way in 0..4_u8, bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = unpack(way, &bytes, Matter::Names);
        }

        #[test]
        fn escapes_anywhere_do_no_harm(bytes in proptest::collection::vec(250..=255_u8, 0..60)) {
            let _ = unpack(Way::Symbols as u8, &bytes, Matter::News);
        }
    }
}
