//! A query cut into parentheses, quotations and runs of other characters.

use crate::query::error::Fault;
use crate::query::lexer::{is_quote, read_quote};
use crate::text::Span;

/// A piece of a query and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

/// What a piece of a query is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Open,
    Close,
    /// A quotation: the span between the marks.
    Quote(Span),
    /// Anything else.
    Run,
    End,
}

/// How a dialect cuts: which brackets it groups with, and where a run ends.
#[derive(Clone, Copy)]
pub(super) struct Cut {
    /// The opening brackets.
    pub(super) opening: &'static [char],
    /// The closing brackets; any of them closes any.
    pub(super) closing: &'static [char],
    /// Returns how many bytes of a text that begins with a run belong to it: 1 at least. What is
    /// given ends where a white space, a quotation mark or a bracket stands.
    pub(super) run_bytes: fn(&str) -> usize,
}

/// The pieces of a query, and which of them is to be read next.
pub(super) struct Pieces<'a> {
    pub(super) text: &'a str,
    pieces: Vec<Piece>,
    at: usize,
}

impl<'a> Pieces<'a> {
    /// Cuts a query; the last piece is its end.
    pub(super) fn cut(text: &'a str, cut: Cut) -> Result<Self, Fault> {
        let mut pieces = Vec::new();
        let mut at = 0;
        // Where white space, a quotation or a bracket comes next: it is looked for once.
        let mut border = 0;
        loop {
            at = text.len() - text[at..].trim_start().len();
            if border <= at {
                border = text[at..].find(|c| cut.is_border(c)).map_or(text.len(), |n| at + n);
            }
            let piece = read(text, at, border, cut)?;
            pieces.push(piece);
            if piece.kind == Kind::End {
                return Ok(Self { text, pieces, at: 0 });
            }
            at = piece.span.end;
        }
    }

    /// Returns the piece that is to be read next.
    pub(super) fn next(&self) -> Piece {
        self.ahead(0)
    }

    /// Returns the piece so many behind the next one; behind the end is the end.
    pub(super) fn ahead(&self, n: usize) -> Piece {
        let end = Span::new(self.text.len(), self.text.len());
        let piece = self.pieces.get(self.at.saturating_add(n));
        piece.copied().unwrap_or(Piece { kind: Kind::End, span: end })
    }

    /// Returns the piece that was read last.
    pub(super) fn before(&self) -> Option<Piece> {
        self.at.checked_sub(1).and_then(|at| self.pieces.get(at)).copied()
    }

    /// Returns where the piece that was read last ends.
    pub(super) fn end_of_last(&self) -> usize {
        self.before().map_or(0, |piece| piece.span.end)
    }

    /// Goes on by so many pieces.
    pub(super) fn advance(&mut self, n: usize) {
        self.at = self.at.saturating_add(n).min(self.pieces.len());
    }

    /// Goes on to a place within the next piece or at its end.
    pub(super) fn behind(&mut self, place: usize) {
        match self.pieces.get_mut(self.at) {
            Some(piece) if place < piece.span.end => piece.span.start = place,
            _ => self.advance(1),
        }
    }

    /// Returns what was typed of the run so many behind the next piece; nothing for another piece.
    pub(super) fn run(&self, n: usize) -> &'a str {
        let piece = self.ahead(n);
        if piece.kind == Kind::Run { piece.span.of(self.text) } else { "" }
    }

    /// Tells whether the piece so many behind the next one is this word, in any case.
    pub(super) fn is_word(&self, n: usize, word: &str) -> bool {
        self.run(n).eq_ignore_ascii_case(word)
    }

    /// Tells whether the piece so many behind the next one follows without a space.
    pub(super) fn is_glued(&self, n: usize) -> bool {
        let before = match n.checked_sub(1) {
            Some(before) => Some(self.ahead(before)),
            None => self.before(),
        };
        let piece = self.ahead(n);
        piece.kind != Kind::End && before.is_some_and(|it| it.span.end == piece.span.start)
    }
}

impl Cut {
    fn is_border(self, c: char) -> bool {
        c.is_whitespace() || is_quote(c) || self.opening.contains(&c) || self.closing.contains(&c)
    }
}

/// Reads the piece at a place, of which a run ends at a border or before it.
fn read(text: &str, at: usize, border: usize, cut: Cut) -> Result<Piece, Fault> {
    let (kind, n_bytes) = match text[at..].chars().next() {
        None => (Kind::End, 0),
        Some(c) if cut.opening.contains(&c) => (Kind::Open, c.len_utf8()),
        Some(c) if cut.closing.contains(&c) => (Kind::Close, c.len_utf8()),
        Some(c) if is_quote(c) => {
            let (inner, quote) = read_quote(text, at)?;
            (Kind::Quote(inner), quote.len())
        }
        Some(_) => (Kind::Run, (cut.run_bytes)(&text[at..border])),
    };
    Ok(Piece { kind, span: Span::new(at, at + n_bytes) })
}
