//! Turning bytes into text.
//!
//! Archives were written by many machines: a tree, and sometimes a file, holds UTF-8 beside
//! latin-1 and cp1252. The text keeps every character that its bytes stand for; there is no
//! normalisation here.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How much of a text the guess of its encoding looks at, from its first byte beyond ASCII on.
const GUESS_BYTES_MAX: usize = 1024 * 1024;

/// The units that a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Units {
    /// Bytes: UTF-8, or one of the older encodings, all of which hold ASCII.
    Bytes,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
}

impl Units {
    /// Tells the units by the byte order mark, and how long the mark is.
    ///
    /// UTF-16 without a mark is not recognised: it is set aside as binary.
    pub(super) fn of(head: &[u8]) -> (Self, usize) {
        match head {
            [0xEF, 0xBB, 0xBF, ..] => (Self::Bytes, 3),
            [0xFF, 0xFE, ..] => (Self::Utf16Le, 2),
            [0xFE, 0xFF, ..] => (Self::Utf16Be, 2),
            _ => (Self::Bytes, 0),
        }
    }

    /// Returns how many bytes a unit has.
    pub(super) fn width(self) -> usize {
        match self {
            Self::Bytes => 1,
            Self::Utf16Le | Self::Utf16Be => 2,
        }
    }

    /// Returns the character at a place where it is ASCII, and another sign where it is not;
    /// nothing where the bytes end before.
    pub(super) fn letter(self, bytes: &[u8], at: usize) -> Option<u8> {
        let unit = match (self, bytes.get(at..at + self.width())?) {
            (Self::Utf16Be, [high, low]) => u16::from_be_bytes([*high, *low]),
            (_, [low, high]) => u16::from_le_bytes([*low, *high]),
            (_, bytes) => bytes.first().copied().map_or(0, u16::from),
        };
        Some(u8::try_from(unit).unwrap_or(u8::MAX))
    }
}

/// A text, and in how many places bytes that stand for nothing became U+FFFD.
pub(super) struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub(super) text: Cow<'a, str>,
    /// How many places were replaced; U+FFFD that was in the text already is not counted.
    pub(super) n_replaced: u64,
    /// The name of what it was written in, by the Encoding Standard.
    pub(super) encoding: &'static str,
}

/// Decodes a text that may begin with a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    let (units, mark) = Units::of(bytes);
    decode_units(&bytes[mark..], units)
}

/// Decodes a text that declares its encoding by a label of the Encoding Standard (`latin1`).
///
/// A byte order mark counts more than the label. So does the text itself where it is UTF-8 beyond
/// ASCII: in another encoding that does not happen by chance, and archives that were converted keep
/// their old labels. What is declared UTF-8 and is not, or has a label that nobody knows, is
/// guessed as where nothing is declared.
pub(super) fn declared<'a>(bytes: &'a [u8], label: Option<&str>) -> Decoded<'a> {
    let encoding = label.and_then(|it| Encoding::for_label_no_replacement(it.trim().as_bytes()));
    let (units, mark) = Units::of(bytes);
    let is_marked = mark > 0 || units != Units::Bytes;
    let is_utf_8 = || !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok();
    match encoding {
        Some(encoding) if !is_marked && !is_utf_16_or_8(encoding) && !is_utf_8() => {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            let n_replaced = text.matches(char::REPLACEMENT_CHARACTER).count() as u64;
            Decoded { text, n_replaced, encoding: encoding.name() }
        }
        _ => decode(bytes),
    }
}

/// Tells whether an encoding is one that is told by the bytes. UTF-16 without a mark is none, but a
/// label that could be read before the text was decoded cannot be in UTF-16.
fn is_utf_16_or_8(encoding: &'static Encoding) -> bool {
    [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding)
}

/// Decodes a text whose units are known.
///
/// What is not UTF-8 throughout is taken for UTF-8 with damage when it holds at least as many
/// characters beyond ASCII as invalid places, and is otherwise guessed (chardetng, the detector
/// of Firefox): in the older encodings such characters happen once in a thousand, while a single
/// damaged byte must not turn every accent of a text into two letters.
pub(super) fn decode_units(bytes: &[u8], units: Units) -> Decoded<'_> {
    match units {
        Units::Utf16Le => decode_utf16(bytes, UTF_16LE, u16::from_le_bytes),
        Units::Utf16Be => decode_utf16(bytes, UTF_16BE, u16::from_be_bytes),
        Units::Bytes => match std::str::from_utf8(bytes) {
            Ok(text) => {
                Decoded { text: Cow::Borrowed(text), n_replaced: 0, encoding: UTF_8.name() }
            }
            Err(_) => decode_damaged(bytes),
        },
    }
}

/// Decodes bytes that are not UTF-8 throughout.
fn decode_damaged(bytes: &[u8]) -> Decoded<'_> {
    let (mut n_characters, mut n_invalid) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        n_characters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        n_invalid += usize::from(!chunk.invalid().is_empty());
    }
    if n_characters >= n_invalid {
        let text = String::from_utf8_lossy(bytes);
        return Decoded { text, n_replaced: n_invalid as u64, encoding: UTF_8.name() };
    }
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let last = bytes.len().min(first + GUESS_BYTES_MAX);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // A few words before the first foreign byte tell what kind of letters surround it.
    detector.feed(&bytes[first.saturating_sub(64)..last], true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let n_replaced = text.matches(char::REPLACEMENT_CHARACTER).count() as u64;
    Decoded { text, n_replaced, encoding: encoding.name() }
}

/// Decodes UTF-16; half a pair, and half a unit at the end, are replaced.
fn decode_utf16(
    bytes: &[u8],
    encoding: &'static Encoding,
    unit: fn([u8; 2]) -> u16,
) -> Decoded<'static> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut n_replaced = 0;
    let mut replacement = || {
        n_replaced += 1;
        char::REPLACEMENT_CHARACTER
    };
    let mut text: String = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
        .map(|c| c.unwrap_or_else(|_| replacement()))
        .collect();
    if !odd.is_empty() {
        text.push(replacement());
    }
    Decoded { text: Cow::Owned(text), n_replaced, encoding: encoding.name() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, n_replaced: u64) {
        let decoded = decode(bytes);
        assert_eq!((decoded.text.as_ref(), decoded.n_replaced), (text, n_replaced));
    }

    #[test]
    fn utf_8_is_kept_and_its_mark_dropped() {
        check("Müller".as_bytes(), "Müller", 0);
        check("\u{feff}Müller".as_bytes(), "Müller", 0);
        check("a\u{fffd}b".as_bytes(), "a\u{fffd}b", 0);
    }

    #[test]
    fn damage_in_utf_8_is_replaced_and_counted() {
        check(b"Stra\xC3\x9Fe \xC3\xBCber\xFF alles", "Straße über\u{fffd} alles", 1);
        check(b"caf\xC3\xA9, th\xC3\xA9 et caf\xC3", "café, thé et caf\u{fffd}", 1);
    }

    #[test]
    fn older_encodings_are_guessed() {
        check(
            b"The caf\xE9 in Z\xFCrich was closed, \x93for a week\x94, Ms. M\xFCller said.",
            "The café in Zürich was closed, “for a week”, Ms. Müller said.",
            0,
        );
        let (russian, ..) = encoding_rs::WINDOWS_1251.encode("В Москве прошли переговоры.");
        check(&russian, "В Москве прошли переговоры.", 0);
    }

    #[test]
    fn a_declared_encoding_counts_unless_the_bytes_say_otherwise() {
        let check = |bytes: &[u8], label, want: &str| {
            assert_eq!(declared(bytes, Some(label)).text, want, "{label}");
        };
        check(b"caf\xE9", "ISO-8859-1", "café");
        check(b"\xCF\xF0\xE8", "windows-1251", "При");
        check(b"\x1b$B;v\x1b(B", "iso-2022-jp", "事");
        check("café".as_bytes(), "latin1", "café");
        check(b"\xEF\xBB\xBFcaf\xC3\xA9", "latin1", "café");
        check("café".as_bytes(), "utf-16", "café");
        check(b"a caf\xE9 in Z\xFCrich", "utf-8", "a café in Zürich");
        check(b"caf\xE9", "bogus", "café");
    }

    #[test]
    fn utf_16_is_known_by_its_mark() {
        check(b"\xFF\xFEA\0\xFC\0", "Aü", 0);
        check(b"\xFE\xFF\0A\0\xFC", "Aü", 0);
        check(b"\xFF\xFEA\0\x00\xD8B\0C", "A\u{fffd}B\u{fffd}", 2);
    }
}
