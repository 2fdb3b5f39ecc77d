//! Parts of a text that fit into a given room.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::{Span, width};

/// What a room is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Unicode scalar values.
    Characters,
    /// Columns of a terminal.
    Columns,
}

impl Unit {
    fn size(self, grapheme: &str) -> usize {
        match self {
            Self::Characters => grapheme.chars().count(),
            Self::Columns => width(grapheme),
        }
    }
}

/// A word longer than this is cut where it must be: in scripts without spaces, a whole line may
/// seem to be one word.
const WORD_CHARS_MAX: usize = 24;

/// Returns the longest beginning of a text that fits, cut between words.
///
/// Where no space is near, it is cut between two graphemes: never between a letter and its marks.
pub fn fitting_beginning(text: &str, room: usize, unit: Unit) -> &str {
    let cut = beginning_bytes(text, room, unit);
    if cut == text.len() {
        return text;
    }
    let fitting = &text[..cut];
    if text[cut..].starts_with(char::is_whitespace) || fitting.ends_with(char::is_whitespace) {
        return fitting.trim_end();
    }
    let mut last = fitting.char_indices().rev().take(WORD_CHARS_MAX);
    let space = last.find(|(_, c)| c.is_whitespace());
    let whole = space.map_or("", |(offset, _)| fitting[..offset].trim_end());
    if whole.trim_start().is_empty() { fitting } else { whole }
}

/// Returns the longest end of a text that fits, cut as [`fitting_beginning`] cuts.
pub fn fitting_end(text: &str, room: usize, unit: Unit) -> &str {
    let cut = text.len() - end_bytes(text, room, unit);
    if cut == 0 {
        return text;
    }
    let fitting = &text[cut..];
    if text[..cut].ends_with(char::is_whitespace) || fitting.starts_with(char::is_whitespace) {
        return fitting.trim_start();
    }
    let mut first = fitting.char_indices().take(WORD_CHARS_MAX);
    let space = first.find(|(_, c)| c.is_whitespace());
    let whole = space.map_or("", |(offset, _)| fitting[offset..].trim_start());
    if whole.trim_end().is_empty() { fitting } else { whole }
}

/// Returns how many bytes of the first graphemes fit.
fn beginning_bytes(text: &str, room: usize, unit: Unit) -> usize {
    // One byte more than fits: it may be the first of a mark.
    if text.bytes().take(room.saturating_add(1)).all(is_plain) {
        return text.len().min(room);
    }
    fitting_bytes(text.graphemes(true), room, unit)
}

/// Returns how many bytes of the last graphemes fit.
fn end_bytes(text: &str, room: usize, unit: Unit) -> usize {
    if text.bytes().rev().take(room).all(is_plain) {
        return text.len().min(room);
    }
    fitting_bytes(text.graphemes(true).rev(), room, unit)
}

fn fitting_bytes<'a>(graphemes: impl Iterator<Item = &'a str>, room: usize, unit: Unit) -> usize {
    let mut n_left = room;
    let fits = |grapheme: &&str| {
        let size = unit.size(grapheme);
        let fits = size <= n_left;
        n_left = n_left.saturating_sub(size);
        fits
    };
    graphemes.take_while(fits).map(str::len).sum()
}

/// Tells whether a byte is a character of one column that is no mark of another.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// Widens a span so that it begins and ends between two graphemes.
pub fn whole_graphemes(text: &str, span: Span) -> Span {
    let (mut start, mut end) = (span.start, span.end);
    while !is_boundary(text, start) {
        start = text.floor_char_boundary(start - 1);
    }
    while !is_boundary(text, end) {
        end = text.ceil_char_boundary(end + 1);
    }
    Span::new(start, end)
}

/// Tells whether one grapheme ends and another begins at a byte.
fn is_boundary(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    if at == 0 || at >= bytes.len() || is_plain(bytes[at]) && is_plain(bytes[at - 1]) {
        return true;
    }
    GraphemeCursor::new(at, bytes.len(), true).is_boundary(text, 0).unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, room: usize, beginning: &str, end: &str) {
        let unit = Unit::Columns;
        let found = (fitting_beginning(text, room, unit), fitting_end(text, room, unit));
        assert_eq!(found, (beginning, end));
    }

    #[test]
    fn words_stay_whole() {
        check("one two three", 13, "one two three", "one two three");
        check("one two three", 12, "one two", "two three");
        check("one two three", 7, "one two", "three");
        check("one two three", 4, "one", "hree");
        check("one  two ", 5, "one", "two ");
    }

    #[test]
    fn without_spaces_the_cut_is_between_letters_with_their_marks() {
        check("東京都知事", 5, "東京", "知事");
        check("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}e\u{301}", "e\u{301}e\u{301}");
        check("か\u{3099}き\u{3099}", 3, "か\u{3099}", "き\u{3099}");
        check("น้ำน้ำ", 2, "น้ำ", "น้ำ");
        check("", 3, "", "");
        check("ab", 0, "", "");
    }

    #[test]
    fn a_space_far_away_is_no_place_to_cut() {
        let word = "x".repeat(40);
        check(
            &format!("a {word} b"),
            38,
            &format!("a {}", &word[..36]),
            &format!("{} b", &word[..36]),
        );
    }

    #[test]
    fn a_span_may_grow_to_hold_whole_graphemes() {
        let text = "e\u{301}a 👩‍👩‍👧 น้ำ";
        let widened = |start, end| whole_graphemes(text, Span::new(start, end)).of(text);
        assert_eq!(widened(0, 1), "e\u{301}");
        assert_eq!(widened(3, 4), "a");
        assert_eq!(widened(9, 12), "👩‍👩‍👧");
        assert_eq!(widened(text.len() - 3, text.len()), "น้ำ");
    }

    proptest! {
        #[test]
        fn what_fits_is_no_longer_than_its_room(text in "[a-zé東 \u{301}ا]{0,80}", room in 0_usize..90) {
            let n_chars = |text: &str| text.chars().count();
            for unit in [Unit::Characters, Unit::Columns] {
                let size = |text: &str| if unit == Unit::Columns { width(text) } else { n_chars(text) };
                let beginning = fitting_beginning(&text, room, unit);
                let end = fitting_end(&text, room, unit);
                prop_assert!(text.starts_with(beginning) && text.ends_with(end));
                prop_assert!(size(beginning) <= room && size(end) <= room);
            }
        }
    }
}
