//! Cuts a query string into tokens, as the grammar of Lucene's classic parser does.

use crate::query::error::{Fault, in_quotes};
use crate::text::Span;

/// A token and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) lexeme: Lexeme,
    pub(super) span: Span,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lexeme {
    And,
    Or,
    /// `NOT` and `!`
    Not,
    Plus,
    Minus,
    /// `+`, `-` or `!` before a space: a word without a letter.
    Bare,
    Open,
    Close,
    /// A name with the colon behind it: the span of the name.
    Field(Span),
    Term,
    /// A quotation: the span between the marks.
    Quote(Span),
    /// `[a TO b]`: the span between the brackets.
    Range(Span),
    /// `~` and what follows it.
    Tilde,
    /// `^` and what follows it.
    Caret,
    End,
}

/// Cuts a query string; the last token is its end.
pub(super) fn cut(text: &str) -> Result<Vec<Token>, Fault> {
    let mut tokens = Vec::new();
    let mut at = 0;
    loop {
        at = text.len() - text[at..].trim_start().len();
        let token = read(text, at)?;
        tokens.push(token);
        if token.lexeme == Lexeme::End {
            return Ok(tokens);
        }
        at = token.span.end;
    }
}

fn read(text: &str, at: usize) -> Result<Token, Fault> {
    let rest = &text[at..];
    let is_bare = rest.chars().nth(1).is_some_and(char::is_whitespace);
    let token = |lexeme, n_bytes| Ok(Token { lexeme, span: Span::new(at, at + n_bytes) });
    match rest.chars().next() {
        None => token(Lexeme::End, 0),
        Some('+' | '-' | '!') if is_bare => token(Lexeme::Bare, 1),
        Some('+') => token(Lexeme::Plus, 1),
        Some('-') => token(Lexeme::Minus, 1),
        Some('!') => token(Lexeme::Not, 1),
        Some('(') => token(Lexeme::Open, 1),
        Some(')') => token(Lexeme::Close, 1),
        Some('"') => {
            let end = closing(text, at, |c| c == '"').ok_or_else(|| unclosed(at, "quote", '"'))?;
            token(Lexeme::Quote(Span::new(at + 1, end)), end + 1 - at)
        }
        Some('[' | '{') => {
            let end = range_end(text, at).ok_or_else(|| unclosed(at, "range", ']'))?;
            token(Lexeme::Range(Span::new(at + 1, end)), end + 1 - at)
        }
        Some('~') => token(Lexeme::Tilde, 1 + run_bytes(text, at + 1)?),
        Some('^') => {
            let is_number = |c: char| c.is_ascii_digit() || c == '.';
            let figures = &rest[1..];
            token(Lexeme::Caret, 1 + figures.len() - figures.trim_start_matches(is_number).len())
        }
        Some('/') => Err(regular_expression(text, at)),
        Some(sign @ (':' | ']' | '}')) => Err(stray(at, sign)),
        Some(_) => run(text, at),
    }
}

/// Reads a word, an operator in letters or a name with its colon.
fn run(text: &str, at: usize) -> Result<Token, Fault> {
    let span = Span::new(at, at + run_bytes(text, at)?);
    let lexeme = match span.of(text) {
        "AND" | "&&" => Lexeme::And,
        "OR" | "||" => Lexeme::Or,
        "NOT" => Lexeme::Not,
        _ if text[span.end..].starts_with("://") => {
            let message = "the ':' and the '/' of an address are signs here".to_owned();
            return Err(Fault::new(span, message, "put the address in quotes"));
        }
        _ if text[span.end..].starts_with(':') => {
            let with_colon = Span::new(at, span.end + 1);
            return Ok(Token { lexeme: Lexeme::Field(span), span: with_colon });
        }
        _ => Lexeme::Term,
    };
    Ok(Token { lexeme, span })
}

/// Returns how many bytes belong to a word; what a backslash stands before does.
fn run_bytes(text: &str, start: usize) -> Result<usize, Fault> {
    let mut chars = text[start..].char_indices();
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            if chars.next().is_none() {
                let message = "nothing stands after '\\'".to_owned();
                let span = Span::new(start + at, start + at + 1);
                return Err(Fault::new(span, message, "write '\\\\' for the sign itself"));
            }
        } else if c.is_whitespace() || "()[]{}\"^~:!".contains(c) {
            return Ok(at);
        }
    }
    Ok(text.len() - start)
}

/// Returns where a sign that no backslash stands before comes first behind a place.
fn closing(text: &str, at: usize, closes: impl Fn(char) -> bool) -> Option<usize> {
    let mut chars = text[at..].char_indices().skip(1);
    while let Some((n, c)) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if closes(c) {
            return Some(at + n);
        }
    }
    None
}

/// Returns where a range ends; brackets in quotation marks are text.
fn range_end(text: &str, at: usize) -> Option<usize> {
    let mut from = at;
    loop {
        let end = closing(text, from, |c| matches!(c, ']' | '}' | '"'))?;
        if !text[end..].starts_with('"') {
            return Some(end);
        }
        from = closing(text, end, |c| c == '"')?;
    }
}

fn unclosed(at: usize, what: &str, sign: char) -> Fault {
    let message = format!("the {what} is not closed");
    Fault::new(Span::new(at, at + 1), message, format!("put a {sign} where it ends"))
}

fn stray(at: usize, sign: char) -> Fault {
    let message = format!("{} stands alone", in_quotes(&sign.to_string()));
    let suggestion = format!("take it out, or write '\\{sign}' for the sign itself");
    Fault::new(Span::new(at, at + 1), message, suggestion)
}

fn regular_expression(text: &str, at: usize) -> Fault {
    let end = closing(text, at, |c| c == '/').map_or(text.len(), |end| end + 1);
    let message = "regular expressions are not available".to_owned();
    let suggestion = "use * and ?, or write '\\/' for the sign itself";
    Fault::new(Span::new(at, end), message, suggestion)
}
