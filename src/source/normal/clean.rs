//! Mending text that came through many hands.
//!
//! What is mended stands for something else beyond doubt; all else stays as printed.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

use super::Mended;

/// Mends a text; its line breaks stay.
///
/// - control characters but tab and line ends become blanks, and soft hyphens at which nobody broke
///   a line are dropped;
/// - characters that name the bytes of cp1252 (U+0080 to U+009F) become what those stand for;
/// - UTF-8 that was taken for cp1252 (`â€™`, `Ã©`) becomes what it was, where all of it can be.
pub(super) fn text(text: &str) -> Mended<'_> {
    if text.is_ascii() {
        return match text.bytes().any(is_control) {
            false => Cow::Borrowed(text),
            true => Cow::Owned(text.chars().filter_map(mend).collect()),
        };
    }
    let mut mended = Cow::Borrowed(text);
    if text.contains(is_odd) {
        mended = Cow::Owned(text.chars().filter_map(mend).collect());
    }
    match undo(&mended) {
        Some(undone) => Cow::Owned(undone),
        None => mended,
    }
}

/// Mends a text and makes it one line.
pub(super) fn line(text: &str) -> Mended<'_> {
    let mended = self::text(text);
    let is_one = !mended.contains(|c: char| c.is_control()) && mended.trim().len() == mended.len();
    if is_one && !mended.contains("  ") {
        return mended;
    }
    let words = mended.split(|c: char| c.is_control() || c == ' ').filter(|it| !it.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    Cow::Owned(line.trim().to_owned())
}

fn is_control(byte: u8) -> bool {
    matches!(byte, 0..=8 | 0x0E..=0x1F | 0x7F)
}

fn is_odd(c: char) -> bool {
    matches!(c, '\0'..='\x08' | '\x0E'..='\x1F' | '\x7F'..='\u{84}' | '\u{86}'..='\u{9F}' | '\u{AD}')
}

/// Returns what a character stands for; nothing where it is to be dropped.
fn mend(c: char) -> Option<char> {
    match c {
        '\u{80}'..='\u{84}' | '\u{86}'..='\u{9F}' => {
            let byte = [c as u8];
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(&byte);
            Some(text.chars().next().filter(|c| !c.is_control()).unwrap_or(' '))
        }
        '\u{AD}' => None,
        c if is_odd(c) => Some(' '),
        c => Some(c),
    }
}

/// Takes back that UTF-8 was read as cp1252, where the text holds a trace of that and all of it can
/// be taken back.
fn undo(text: &str) -> Option<String> {
    if !text.contains(['Ã', 'Â', 'â', 'Ð', 'Ñ']) {
        return None;
    }
    let (bytes, _, unmappable) = WINDOWS_1252.encode(text);
    if unmappable {
        return None;
    }
    String::from_utf8(bytes.into_owned()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_mended_where_that_is_beyond_doubt() {
        for (came, want) in [
            ("plain", "plain"),
            ("a\u{1}b\tc\nd", "a b\tc\nd"),
            ("co\u{AD}operate", "cooperate"),
            ("It\u{92}s the mayor\u{92}s, \u{93}he said\u{94}", "It’s the mayor’s, “he said”"),
            ("Itâ€™s the cafÃ© on the quay", "It’s the café on the quay"),
            ("Ana Ñúñez â la carte", "Ana Ñúñez â la carte"),
            ("ÃO, ÂME, São", "ÃO, ÂME, São"),
            ("Ð¿Ð¾ÐµÐ·Ð´", "поезд"),
        ] {
            assert_eq!(text(came), want);
        }
    }

    #[test]
    fn a_line_has_no_breaks() {
        assert_eq!(line(" a\r\n  b\u{85}c  d "), "a b c d");
        assert_eq!(line("a\u{a0}b"), "a\u{a0}b");
    }
}
