//! Lines of bounded width, with marked words in them.

use std::io::{self, Write};

use crate::text::{Span, Unit, fitting_beginning, is_even, sanitize, width};

use super::style::Style;

/// A text with its marked parts, and how all of it looks.
pub(super) struct Marked<'a> {
    pub(super) text: &'a str,
    /// The marked bytes, in order and without overlaps, and how each looks.
    pub(super) marks: &'a [(Span, Style)],
    pub(super) plain: Style,
}

/// Breaks a text into lines of at most `columns` columns, and writes each with its marks.
///
/// Lines break at white space; a word wider than a line is broken between graphemes. Control
/// characters become spaces. Taking the signs of the styles away gives the words of the text back.
pub(super) fn wrap(marked: &Marked<'_>, columns: usize) -> Vec<String> {
    let text = sanitize(marked.text);
    let lines = lines_of(&text, marked, columns);
    lines.iter().map(|line| painted(&text, *line, marked)).collect()
}

/// Breaks a text into lines as [`wrap`] does and writes them, each behind what `before` writes; it
/// is told the number of the line, from 0. Returns how many lines there are.
///
/// # Errors
///
/// Only those of `out`.
pub(super) fn write_wrapped(
    marked: &Marked<'_>,
    columns: usize,
    out: &mut dyn Write,
    before: &mut dyn FnMut(usize, &mut dyn Write) -> io::Result<()>,
) -> io::Result<usize> {
    let text = sanitize(marked.text);
    let lines = lines_of(&text, marked, columns);
    for (idx, line) in lines.iter().enumerate() {
        before(idx, out)?;
        paint(&text, *line, marked, &mut |part| out.write_all(part.as_bytes()))?;
        out.write_all(b"\n")?;
    }
    Ok(lines.len())
}

fn lines_of(text: &str, marked: &Marked<'_>, columns: usize) -> Vec<Span> {
    let columns = columns.max(MIN_COLUMNS);
    let mut marks = marked.marks;
    // Words are asked about in order.
    let extra = |word: Span| {
        let n_before = marks.iter().take_while(|(mark, _)| mark.start < word.start).count();
        marks = &marks[n_before..];
        let begin_here = marks.iter().take_while(|(mark, _)| mark.start < word.end);
        begin_here.map(|(_, style)| style.width).sum()
    };
    if is_even(text) && marked.marks.iter().all(|(_, style)| style.width == 0) {
        // Each character is a column, and the space is the only white space: most texts are such.
        return break_even(text, columns);
    }
    let words = text.split_whitespace().map(|word| span_within(text, word));
    break_lines(text, words, columns, |span| width(span.of(text)), extra)
}

/// Returns the lines of a text of which each character is a column, as [`break_lines`] does word by
/// word.
///
/// A line ends at the last space that lets it fit, or within a word that is wider than a line.
fn break_even(text: &str, columns: usize) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut lines = Vec::with_capacity(text.len() / columns + 1);
    let mut at = 0;
    while let Some(n) = bytes[at..].iter().position(|byte| *byte != b' ') {
        let start = at + n;
        let full = start + n_bytes_of(&text[start..], columns);
        at = match bytes.get(full) {
            None | Some(b' ') => full,
            Some(_) => {
                let space = bytes[start..full].iter().rposition(|byte| *byte == b' ');
                space.map_or(full, |n| start + n)
            }
        };
        let n_spaces = bytes[start..at].iter().rev().take_while(|byte| **byte == b' ').count();
        lines.push(Span::new(start, at - n_spaces));
    }
    lines
}

/// Returns how many bytes the first characters of a text take, all of them if there are fewer.
fn n_bytes_of(text: &str, n_chars: usize) -> usize {
    let mut rest = text.chars();
    if n_chars > 0 {
        rest.nth(n_chars - 1);
    }
    text.len() - rest.as_str().len()
}

/// No line is narrower than this, however narrow the window.
const MIN_COLUMNS: usize = 16;

/// Returns the lines of a text without the white space around them; `width` tells how many columns
/// a part of it takes, and `extra` how many the signs of a word take.
fn break_lines(
    text: &str,
    words: impl Iterator<Item = Span>,
    columns: usize,
    width: impl Fn(Span) -> usize,
    mut extra: impl FnMut(Span) -> usize,
) -> Vec<Span> {
    let mut lines: Vec<Span> = Vec::new();
    let mut line: Option<(Span, usize)> = None;
    for word in words {
        let n_word = width(word) + extra(word);
        line = match line {
            Some((span, n_line)) => {
                let gap = width(Span::new(span.end, word.start));
                if n_line + gap + n_word <= columns {
                    Some((Span::new(span.start, word.end), n_line + gap + n_word))
                } else {
                    lines.push(span);
                    Some((word, n_word))
                }
            }
            None => Some((word, n_word)),
        };
        while let Some((span, n_line)) = line.filter(|(_, n_line)| *n_line > columns) {
            let Some(at) = column_offset(text, span, columns) else {
                break;
            };
            lines.push(Span::new(span.start, at));
            let rest = Span::new(at, span.end);
            line = Some((rest, n_line - width(Span::new(span.start, at)).min(n_line)));
        }
    }
    lines.extend(line.map(|(span, _)| span));
    lines
}

/// Returns where a part of a text stands in it.
fn span_within(text: &str, part: &str) -> Span {
    let start = part.as_ptr() as usize - text.as_ptr() as usize;
    Span::new(start, start + part.len())
}

/// Returns the offset at which a word has filled its columns, if more of it follows.
fn column_offset(text: &str, word: Span, columns: usize) -> Option<usize> {
    let n_bytes = fitting_beginning(word.of(text), columns, Unit::Columns).len();
    (n_bytes > 0 && n_bytes < word.len()).then_some(word.start + n_bytes)
}

/// Returns a line: what is marked in its style, the rest in the plain one.
fn painted(text: &str, line: Span, marked: &Marked<'_>) -> String {
    let mut painted = String::with_capacity(line.len() + 16);
    let put = &mut |part: &str| {
        painted.push_str(part);
        Ok(())
    };
    // Putting it into a string cannot fail.
    let _ = paint(text, line, marked, put);
    painted
}

/// Puts a line, part by part.
fn paint(
    text: &str,
    line: Span,
    marked: &Marked<'_>,
    put: &mut dyn FnMut(&str) -> io::Result<()>,
) -> io::Result<()> {
    let mut put = |part: &str, style: Style| {
        let parts = [style.on, part, style.off].into_iter().filter(|it| !it.is_empty());
        if part.is_empty() { Ok(()) } else { parts.into_iter().try_for_each(&mut *put) }
    };
    let mut at = line.start;
    let from = marked.marks.partition_point(|(mark, _)| mark.end <= line.start);
    for (mark, style) in &marked.marks[from..] {
        if mark.start >= line.end {
            break;
        }
        let start = mark.start.clamp(at, line.end);
        let end = mark.end.clamp(at, line.end);
        put(&text[at..start], marked.plain)?;
        put(&text[start..end], *style)?;
        at = end;
    }
    put(&text[at..line.end], marked.plain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::style::Styles;
    use super::*;

    fn lines(text: &str, marks: &[Span], columns: usize) -> Vec<String> {
        let Styles { hit, .. } = Styles::PLAIN;
        let plain = Style { on: "", off: "", width: 0 };
        let marks: Vec<(Span, Style)> = marks.iter().map(|it| (*it, hit)).collect();
        wrap(&Marked { text, marks: &marks, plain }, columns)
    }

    #[test]
    fn lines_break_between_words() {
        let marks = [Span::new(4, 9), Span::new(17, 30)];
        let found = lines("The ferry to the Gannet Island stops.", &marks, 20);
        assert_eq!(found, ["The **ferry** to the", "**Gannet Island**", "stops."]);
    }

    #[test]
    fn a_mark_goes_on_in_the_next_line() {
        let marks = [Span::new(0, 33)];
        let found = lines("security guarantees for everybody", &marks, 24);
        assert_eq!(found, ["**security guarantees**", "**for everybody**"]);
    }

    #[test]
    fn wide_words_are_broken_and_control_characters_go() {
        assert_eq!(lines("東京都知事選挙速報東京都", &[], 16), ["東京都知事選挙速", "報東京都"]);
        let letters = lines(&"e\u{301}".repeat(20), &[], 16);
        assert_eq!(letters, ["e\u{301}".repeat(16), "e\u{301}".repeat(4)]);
        assert_eq!(lines("a\u{1b}[2Jb", &[], 16), ["a [2Jb"]);
    }

    proptest! {
        #[test]
        fn even_lines_break_as_others_do(text in "[a-zéœ“… ]{0,200}", columns in 16_usize..40) {
            let words = text.split_whitespace().map(|word| span_within(&text, word));
            let width = |span: Span| span.of(&text).chars().count();
            let word_by_word = break_lines(&text, words, columns, width, |_| 0);
            prop_assert!(is_even(&text));
            prop_assert_eq!(break_even(&text, columns), word_by_word);
        }

        #[test]
        fn taking_the_signs_away_gives_the_words_back(
            words in proptest::collection::vec("[a-zäß東*]{1,30}", 0..20),
            columns in 1_usize..60,
            marked in any::<u32>(),
        ) {
            let text = words.join(" ");
            let style = Style { on: "\u{1}", off: "\u{2}", width: 0 };
            let mut at = 0;
            let mut marks = Vec::new();
            for (idx, word) in words.iter().enumerate() {
                if marked >> (idx % 32) & 1 == 1 {
                    marks.push((Span::new(at, at + word.len()), style));
                }
                at += word.len() + 1;
            }
            let plain = Style { on: "", off: "", width: 0 };
            let lines = wrap(&Marked { text: &text, marks: &marks, plain }, columns);
            let letters = |text: &str| -> String {
                text.chars().filter(|c| !c.is_whitespace() && *c > '\u{2}').collect()
            };
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
            for line in lines {
                let n_columns = width(&line.replace(['\u{1}', '\u{2}'], ""));
                prop_assert!(n_columns <= columns.max(MIN_COLUMNS) + 1);
            }
        }
    }
}
