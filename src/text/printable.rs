//! Text made safe to print, and its width on a terminal.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

/// Makes control characters harmless: each becomes a space of one column.
///
/// Articles come from anywhere, and an escape sequence in one must not reach a terminal. The
/// characters that turn the direction of text around (U+202A–U+202E, U+2066–U+2069) go too: they
/// could make a line read as something it is not. The text keeps its meaning, not its bytes; use
/// [`sanitize`] where spans into the text must stay valid.
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_unprintable) {
        Cow::Owned(text.chars().map(|c| if is_unprintable(c) { ' ' } else { c }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Makes control characters harmless and keeps every byte offset: each is replaced by as many
/// spaces as it has bytes.
pub fn sanitize(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unprintable) {
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

/// Returns how many terminal columns a text takes (Unicode Standard Annex 11).
pub fn width(text: &str) -> usize {
    text.width()
}

/// Tells whether a character could move a terminal's cursor, change its state or turn the direction
/// of the text around.
pub fn is_unprintable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_lose_their_escape_and_offsets_hold() {
        assert_eq!(printable("a\u{1b}[31mb\nc"), "a [31mb c");
        let text = "a\u{202e}b";
        assert_eq!(sanitize(text).len(), text.len());
        assert_eq!(sanitize(text), "a   b");
    }
}
