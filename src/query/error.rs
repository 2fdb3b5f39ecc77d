//! What is wrong with a query, and the one form in which it is told.

use crate::error::{Error, Kind};
use crate::text::{Span, pointed_out, printable};

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
    pub(super) fn render(self, text: &str) -> Error {
        let place = pointed_out(text, self.span, &self.suggestion);
        let message = format!("{}\n{place}", self.message);
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
