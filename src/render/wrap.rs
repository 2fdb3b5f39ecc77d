//! Lines of bounded width, with marked words in them.

use crate::text::{Span, Unit, fitting_beginning, sanitize, width};

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
    let lines = break_lines(&text, columns.max(MIN_COLUMNS), |word| {
        let begin_here = marked.marks.iter().filter(|(mark, _)| word.start <= mark.start);
        let begin_here = begin_here.take_while(|(mark, _)| mark.start < word.end);
        begin_here.map(|(_, style)| style.width).sum()
    });
    lines.iter().map(|line| paint(&text, *line, marked)).collect()
}

/// No line is narrower than this, however narrow the window.
const MIN_COLUMNS: usize = 16;

/// Returns the lines of a text without the white space around them; `extra` tells how many columns
/// the signs of a word take.
fn break_lines(text: &str, columns: usize, extra: impl Fn(Span) -> usize) -> Vec<Span> {
    let mut lines: Vec<Span> = Vec::new();
    let mut line: Option<(Span, usize)> = None;
    for word in words(text) {
        let n_word = width(word.of(text)) + extra(word);
        line = match line {
            Some((span, n_line)) => {
                let gap = width(&text[span.end..word.start]);
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
            line = Some((rest, n_line - width(&text[span.start..at]).min(n_line)));
        }
    }
    lines.extend(line.map(|(span, _)| span));
    lines
}

fn words(text: &str) -> impl Iterator<Item = Span> {
    text.split_whitespace().map(|word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        Span::new(start, start + word.len())
    })
}

/// Returns the offset at which a word has filled its columns, if more of it follows.
fn column_offset(text: &str, word: Span, columns: usize) -> Option<usize> {
    let n_bytes = fitting_beginning(word.of(text), columns, Unit::Columns).len();
    (n_bytes > 0 && n_bytes < word.len()).then_some(word.start + n_bytes)
}

/// Writes a line: what is marked in its style, the rest in the plain one.
fn paint(text: &str, line: Span, marked: &Marked<'_>) -> String {
    let mut painted = String::with_capacity(line.len() + 16);
    let mut put = |part: &str, style: Style| {
        if !part.is_empty() {
            painted.push_str(style.on);
            painted.push_str(part);
            painted.push_str(style.off);
        }
    };
    let mut at = line.start;
    for (mark, style) in marked.marks {
        let start = mark.start.clamp(at, line.end);
        let end = mark.end.clamp(at, line.end);
        put(&text[at..start], marked.plain);
        put(&text[start..end], *style);
        at = end;
    }
    put(&text[at..line.end], marked.plain);
    painted
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
