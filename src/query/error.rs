//! What is wrong with a query, and the one form in which it is told.

use crate::error::{Error, Kind};
use crate::text::{Span, printable, width};

/// How many columns of a query are shown around a caret.
const COLUMNS_MAX: usize = 70;

/// How many of them come before the caret where the query is longer.
const COLUMNS_BEFORE: usize = 30;

/// How many characters of the query a sentence repeats.
const NAMED_CHARS_MAX: usize = 40;

/// A place in a query, what is wrong there, and what to write instead.
#[derive(Debug)]
pub(super) struct Fault {
    span: Span,
    message: String,
    suggestion: String,
    hint: Option<String>,
}

impl Fault {
    /// Makes a fault from the sentence that tells it and the words that follow the caret.
    pub(super) fn new(span: Span, message: String, suggestion: impl Into<String>) -> Self {
        Self { span, message, suggestion: suggestion.into(), hint: None }
    }

    /// Adds a line on another way out.
    pub(super) fn with_hint(mut self, hint: String) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Returns the sentence that tells it.
    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// Renders the fault as three lines: the sentence, the query, the caret and the suggestion.
    ///
    /// Of a long query a window is shown. Control characters become spaces, and columns are
    /// counted as a terminal counts them.
    pub(super) fn render(self, text: &str) -> Error {
        let shown = printable(text);
        let start = printable(&text[..self.span.start]).len();
        let end = start + printable(self.span.of(text)).len();
        let window = window(&shown, start);
        let before = if window.start > 0 { "…" } else { "" };
        let after = if window.end < shown.len() { "…" } else { "" };
        let indent = width(before) + width(&shown[window.start..start]);
        let n_carets = width(&shown[start..end.min(window.end)]).max(1);
        let message = format!(
            "{}\n  {before}{}{after}\n  {}{} {}",
            self.message,
            window.of(&shown),
            " ".repeat(indent),
            "^".repeat(n_carets),
            self.suggestion,
        );
        let error = Error::new(Kind::Usage, message);
        match self.hint {
            Some(hint) => error.with_hint(hint),
            None => error,
        }
    }
}

/// Names a piece of a query in single quotes, printable and not too long.
pub(super) fn in_quotes(piece: &str) -> String {
    format!("'{}'", shortened(piece))
}

/// Returns a piece of a query made printable, its end cut off where it is long.
pub(super) fn shortened(piece: &str) -> String {
    match piece.char_indices().nth(NAMED_CHARS_MAX) {
        Some((end, _)) => format!("{}…", printable(&piece[..end])),
        None => printable(piece).into_owned(),
    }
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
