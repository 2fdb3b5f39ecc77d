//! Text made safe to print, and its width on a terminal.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Makes control characters harmless: each becomes a space of one column.
///
/// Articles come from anywhere, and an escape sequence in one must not reach a terminal. The
/// characters that turn the direction of text around (U+202A–U+202E, U+2066–U+2069) go too: they
/// could make a line read as something it is not. The text keeps its meaning, not its bytes; use
/// [`sanitize`] where spans into the text must stay valid.
pub fn printable(text: &str) -> Cow<'_, str> {
    if has_unprintable(text) {
        Cow::Owned(text.chars().map(|c| if is_unprintable(c) { ' ' } else { c }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Makes control characters harmless and keeps every byte offset: each is replaced by as many
/// spaces as it has bytes.
pub fn sanitize(text: &str) -> Cow<'_, str> {
    if !has_unprintable(text) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unprintable(c) {
            safe.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(safe)
}

/// Tells whether any character of a text is [unprintable](is_unprintable).
fn has_unprintable(text: &str) -> bool {
    any_begins(text, |first, second, third| {
        let is_control = (first < b' ') | (first == 0x7F) | (first == 0xC2) & (second < 0xA0);
        // U+2028 to U+202E, and U+2066 to U+2069.
        let turns = (second == 0x80) & matches!(third, 0xA8..=0xAE)
            | (second == 0x81) & matches!(third, 0xA6..=0xA9);
        is_control | (first == 0xE2) & turns
    })
}

/// Tells whether `is_one` holds of any three bytes that follow each other; behind a text are zeros.
///
/// Without a way out early, and with `is_one` free of branches: so the compiler compares many bytes
/// at once, where reading a text character by character takes some ten steps a byte.
fn any_begins(text: &str, is_one: impl Fn(u8, u8, u8) -> bool) -> bool {
    let from = |n: usize| text.as_bytes().get(n..).unwrap_or_default();
    let threes = from(0).iter().zip(from(1)).zip(from(2));
    let among = threes.fold(false, |any, ((it, next), third)| any | is_one(*it, *next, *third));
    let at_end = match *text.as_bytes() {
        [] => false,
        [last] => is_one(last, 0, 0),
        [.., before, last] => is_one(before, last, 0) | is_one(last, 0, 0),
    };
    among | at_end
}

/// Tells whether a text is nothing but the 95 signs of ASCII that are printed, as most are.
fn is_plain(text: &str) -> bool {
    // Without a way out early: so the compiler compares many bytes at once.
    text.bytes().fold(true, |is_plain, byte| is_plain & matches!(byte, b' '..=b'~'))
}

/// Tells whether each character of a text is one column wide and stands by itself: ASCII, letters of
/// Western Europe, and the quotes, dashes and dots of print.
pub fn is_even(text: &str) -> bool {
    is_plain(text)
        || !any_begins(text, |first, second, third| {
            let is_control = (first < b' ') | (first == 0x7F) | (first == 0xC2) & (second < 0xA1);
            let is_soft_hyphen = (first == 0xC2) & (second == 0xAD);
            // U+017F is the last that begins with 0xC5; of the others, those that begin with 0xE2 0x80.
            let is_print = (second == 0x80)
                & (matches!(third, 0x93..=0x94 | 0x98..=0x9E) | (third == 0xA2) | (third == 0xA6));
            let is_other = (first > 0xC5) & !((first == 0xE2) & is_print);
            is_control | is_soft_hyphen | is_other
        })
}

/// Returns how many terminal columns a text takes (Unicode Standard Annex 11).
///
/// Graphemes are counted one by one: a letter with its marks is as wide as the letter, and a family
/// of emoji is one emoji. Terminals that draw each part of such a family, or join the Arabic lam
/// and alef into one column, take other widths; nobody can ask them.
pub fn width(text: &str) -> usize {
    if is_plain(text) {
        return text.len();
    }
    if is_even(text) {
        return text.chars().count();
    }
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// Tells whether a character could move a terminal's cursor, change its state, break a line in two
/// or turn the direction of the text around.
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Tells whether a text has characters that are written from right to left, or a mark that makes
/// others so: terminals that know of it turn such parts of a line around.
pub fn is_right_to_left(text: &str) -> bool {
    let turns = |c: char| {
        matches!(c,
            '\u{0590}'..='\u{08FF}' | '\u{200F}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
            | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
    };
    !text.is_ascii() && text.chars().any(turns)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is_one_column(c: char) -> bool {
        matches!(c, ' '..='~' | '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{17F}'
            | '\u{2013}'..='\u{2014}' | '\u{2018}'..='\u{201E}' | '\u{2022}' | '\u{2026}')
    }

    #[test]
    fn each_character_is_told_by_its_bytes_as_by_its_number() {
        for c in '\0'..=char::MAX {
            let alone = c.to_string();
            let within = format!("a{c}é");
            assert_eq!([&alone, &within].map(|text| is_even(text)), [is_one_column(c); 2], "{c:?}");
            let found = [&alone, &within].map(|text| has_unprintable(text));
            assert_eq!(found, [is_unprintable(c); 2], "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn texts_are_told_by_their_bytes_as_by_their_characters(
            text in "([ -~]{0,20}[\u{1}\u{7F}-\u{AE}é東\u{2000}-\u{2070}\u{10000}]?){0,3}",
        ) {
            prop_assert_eq!(is_even(&text), text.chars().all(is_one_column));
            prop_assert_eq!(has_unprintable(&text), text.chars().any(is_unprintable));
        }
    }

    #[test]
    fn escape_sequences_lose_their_escape_and_offsets_hold() {
        assert_eq!(printable("a\u{1b}[31mb\nc"), "a [31mb c");
        let text = "a\u{202e}b";
        assert_eq!(sanitize(text).len(), text.len());
        assert_eq!(sanitize(text), "a   b");
        assert_eq!(printable("a\u{2028}b"), "a b");
    }

    #[test]
    fn letters_with_their_marks_are_counted_once() {
        for (text, n_columns) in
            [("ferry", 5), ("東京", 4), ("e\u{301}", 1), ("👩‍👩‍👧", 2), ("שָׁלוֹם", 4), ("لا", 2), ("", 0)]
        {
            assert_eq!(width(text), n_columns, "{text}");
        }
    }

    #[test]
    fn hebrew_and_arabic_run_from_right_to_left() {
        assert!(is_right_to_left("Kyiv שלום"));
        assert!(is_right_to_left("الحرب"));
        assert!(!is_right_to_left("Київ 東京 é"));
    }
}
