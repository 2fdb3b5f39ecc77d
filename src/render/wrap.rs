//! Lines of bounded width, with marked words in them.

use std::borrow::Cow;

use crate::text::{Span, Unit, fitting_beginning, is_even, sanitize, width};

use super::style::Style;

/// A text with its marked parts, and how all of it looks.
pub(super) struct Marked<'a> {
    pub(super) text: &'a str,
    /// The marked bytes, in order and without overlaps, and how each looks.
    pub(super) marks: &'a [(Span, Style)],
    pub(super) plain: Style,
}

/// Breaks a text into lines of at most `columns` columns, and returns each with its marks.
///
/// Lines break at white space; a word wider than a line is broken between graphemes. Control
/// characters become spaces. Taking the signs of the styles away gives the words of the text back.
pub(super) fn wrap(marked: &Marked<'_>, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    each_line(marked, columns, |text, line| {
        let mut painted = String::with_capacity(line.len() + 16);
        paint(text, line, marked, &mut painted);
        lines.push(painted);
    });
    lines
}

/// Breaks a text into lines as [`wrap`] does and adds them to a page, each behind what `before`
/// adds; it is told the number of the line, from 0. Returns how many lines there are.
pub(super) fn put_wrapped(
    marked: &Marked<'_>,
    columns: usize,
    page: &mut String,
    before: impl Fn(usize, &mut String),
) -> usize {
    let mut n_lines = 0;
    each_line(marked, columns, |text, line| {
        before(n_lines, page);
        paint(text, line, marked, page);
        page.push('\n');
        n_lines += 1;
    });
    n_lines
}

/// Calls `visit` with each line of a text, and with the text made safe that the line is part of.
fn each_line(marked: &Marked<'_>, columns: usize, mut visit: impl FnMut(&str, Span)) {
    let columns = columns.max(MIN_COLUMNS);
    let is_even = is_even(marked.text);
    if is_even && marked.marks.iter().all(|(_, style)| style.width == 0) {
        // Each character is a column, and the space is the only white space: most texts are such.
        return break_even(marked.text, columns, |line| visit(marked.text, line));
    }
    let text = if is_even { Cow::Borrowed(marked.text) } else { sanitize(marked.text) };
    let mut marks = marked.marks;
    // Words are asked about in order.
    let extra = |word: Span| {
        let n_before = marks.iter().take_while(|(mark, _)| mark.start < word.start).count();
        marks = &marks[n_before..];
        let begin_here = marks.iter().take_while(|(mark, _)| mark.start < word.end);
        begin_here.map(|(_, style)| style.width).sum()
    };
    let words = text.split_whitespace().map(|word| span_within(&text, word));
    let lines = break_lines(&text, words, columns, |span| width(span.of(&text)), extra);
    lines.into_iter().for_each(|line| visit(&text, line));
}

/// Calls `visit` with the lines of a text of which each character is a column, as [`break_lines`]
/// returns them.
///
/// A line ends at the last space that lets it fit, or within a word that is wider than a line.
fn break_even(text: &str, columns: usize, mut visit: impl FnMut(Span)) {
    let bytes = text.as_bytes();
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
        visit(Span::new(start, at - n_spaces));
    }
}

/// Returns how many bytes the first characters of a text take, all of them if there are fewer.
fn n_bytes_of(text: &str, n_chars: usize) -> usize {
    if text.len() <= n_chars {
        return text.len();
    }
    if text.as_bytes()[..n_chars].is_ascii() {
        return n_chars;
    }
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

/// Adds a line to a page: what is marked in its style, the rest in the plain one.
fn paint(text: &str, line: Span, marked: &Marked<'_>, page: &mut String) {
    let mut put = |part: &str, style: Style| {
        if part.is_empty() {
            return;
        }
        if !style.on.is_empty() {
            page.push_str(style.on);
        }
        page.push_str(part);
        if !style.off.is_empty() {
            page.push_str(style.off);
        }
    };
    let mut at = line.start;
    let from = marked.marks.partition_point(|(mark, _)| mark.end <= line.start);
    for (mark, style) in &marked.marks[from..] {
        if mark.start >= line.end {
            break;
        }
        let start = mark.start.clamp(at, line.end);
        let end = mark.end.clamp(at, line.end);
        put(&text[at..start], marked.plain);
        put(&text[start..end], *style);
        at = end;
    }
    put(&text[at..line.end], marked.plain);
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
        fn even_lines_break_as_others_do(text in "[a-zéœ“… ]{0,200}|[a-z ]{0,200}", columns in 16_usize..40) {
            let words = text.split_whitespace().map(|word| span_within(&text, word));
            let width = |span: Span| span.of(&text).chars().count();
            let word_by_word = break_lines(&text, words, columns, width, |_| 0);
            prop_assert!(is_even(&text));
            let mut even = Vec::new();
            break_even(&text, columns, |line| even.push(line));
            prop_assert_eq!(even, word_by_word);
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
