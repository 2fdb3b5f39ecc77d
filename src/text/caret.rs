//! A place in a line, pointed out below it.

use super::{Span, printable, width};

/// How many columns of a line are shown around a caret.
const COLUMNS_MAX: usize = 70;

/// How many of them come before the caret where the line is longer.
const COLUMNS_BEFORE: usize = 30;

/// Points out a place: the line, below it carets, and beside them what is to be said of it.
///
/// Of a long line a window is shown. Control characters and line ends become spaces, and columns
/// are counted as a terminal counts them. An empty span is one caret.
pub fn pointed_out(line: &str, span: Span, remark: &str) -> String {
    let shown = printable(line);
    let start = printable(&line[..span.start]).len();
    let end = start + printable(span.of(line)).len();
    let window = window(&shown, start);
    let before = if window.start > 0 { "…" } else { "" };
    let after = if window.end < shown.len() { "…" } else { "" };
    let indent = width(before) + width(&shown[window.start..start]);
    let n_carets = width(&shown[start..end.min(window.end)]).max(1);
    format!(
        "  {before}{}{after}\n  {}{} {remark}",
        window.of(&shown),
        " ".repeat(indent),
        "^".repeat(n_carets),
    )
}

/// Returns the part of a line to show around a caret at `start`.
fn window(line: &str, start: usize) -> Span {
    if width(line) <= COLUMNS_MAX {
        return Span::new(0, line.len());
    }
    let near_caret = start_of_last_columns(&line[..start], COLUMNS_BEFORE);
    let near_end = start_of_last_columns(line, COLUMNS_MAX);
    let from = near_caret.min(near_end);
    Span::new(from, from + end_of_columns(&line[from..], COLUMNS_MAX))
}

fn end_of_columns(line: &str, columns_max: usize) -> usize {
    let mut columns = 0;
    let too_far = line.char_indices().find(|&(_, c)| {
        columns += columns_of(c);
        columns > columns_max
    });
    too_far.map_or(line.len(), |(at, _)| at)
}

fn start_of_last_columns(line: &str, columns_max: usize) -> usize {
    let mut columns = 0;
    let too_far = line.char_indices().rev().find(|&(_, c)| {
        columns += columns_of(c);
        columns > columns_max
    });
    too_far.map_or(0, |(at, c)| at + c.len_utf8())
}

fn columns_of(c: char) -> usize {
    width(c.encode_utf8(&mut [0; 4]))
}
