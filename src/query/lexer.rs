//! Cuts a query into parentheses, operators, quotations and runs of other characters.

use super::error::{Fault, in_quotes};
use super::proximity::Proximity;
use super::terms;
use crate::text::Span;

/// A piece of a query and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) lexeme: Lexeme,
    pub(super) span: Span,
}

/// What a piece of a query is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lexeme {
    Open,
    Close,
    And,
    /// `OR` and `|`
    Or,
    Not,
    /// A `-` with something to leave out directly behind it.
    Minus,
    /// `W/5` and its like, with the `NOT` before it.
    Near(Proximity),
    /// A quotation: the span between the marks.
    Quote(Span),
    /// `~4` or `^2` directly behind a quotation or a parenthesis.
    Suffix,
    /// Anything else up to white space, a quotation mark, a parenthesis or a `|`.
    Run,
    End,
}

impl Lexeme {
    /// Tells whether an operand begins here; `NOT` begins one only where an operator stands before.
    pub(super) fn begins_operand(self) -> bool {
        matches!(self, Self::Open | Self::Minus | Self::Quote(_) | Self::Run)
    }
}

/// Reads a query from left to right.
#[derive(Clone)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Reads the next token; at the end of the text it is [`Lexeme::End`] again and again.
    pub(super) fn read(&mut self) -> Result<Token, Fault> {
        let rest = self.text[self.at..].trim_start();
        self.at = self.text.len() - rest.len();
        let lexeme_of_sign = |lexeme, n_bytes| Ok((lexeme, n_bytes));
        let (lexeme, n_bytes) = match rest.chars().next() {
            None => lexeme_of_sign(Lexeme::End, 0),
            Some('(') => lexeme_of_sign(Lexeme::Open, 1),
            Some(')') => lexeme_of_sign(Lexeme::Close, 1),
            Some('|') => lexeme_of_sign(Lexeme::Or, 1),
            Some('-') => self.minus(rest),
            Some(mark) if is_quote(mark) => {
                let (inner, quote) = read_quote(self.text, self.at)?;
                Ok((Lexeme::Quote(inner), quote.len()))
            }
            Some(_) => self.run(rest),
        }?;
        let span = Span::new(self.at, self.at + n_bytes);
        self.at = span.end;
        Ok(Token { lexeme, span })
    }

    /// Reads a `-`, which must have a border before it and something to leave out behind.
    fn minus(&self, rest: &str) -> Result<(Lexeme, usize), Fault> {
        let run = self.span(run_bytes(rest));
        if self.is_glued() {
            let message = "'-' stands directly after something else".to_owned();
            let suggestion = "put a space before it to leave out what follows";
            return Err(Fault::new(self.span(1), message, suggestion));
        }
        match rest[1..].chars().next() {
            Some('-') if terms::has_words(run.of(self.text)) => {
                let message =
                    format!("{} begins with two minus signs", in_quotes(run.of(self.text)));
                let suggestion = "write one to leave a word out, or put it all in quotes";
                Err(Fault::new(run, message, suggestion))
            }
            Some('-') => Err(terms::no_words(self.text, run)),
            Some(_) if !ends_here(&rest[1..]) => Ok((Lexeme::Minus, 1)),
            _ => {
                let message = "nothing stands directly after '-'".to_owned();
                let suggestion = "put it directly before what to leave out, or take it out";
                Err(Fault::new(run, message, suggestion))
            }
        }
    }

    fn run(&self, rest: &str) -> Result<(Lexeme, usize), Fault> {
        let n_bytes = run_bytes(rest);
        let run = &rest[..n_bytes];
        if self.is_glued() {
            match run.as_bytes().first() {
                Some(b'~' | b'^') => return Ok((Lexeme::Suffix, n_bytes)),
                Some(b'*' | b'?') => {
                    let message = "a wildcard belongs to a word".to_owned();
                    let suggestion = "put it directly behind one, without quotes or parentheses";
                    return Err(Fault::new(self.span(n_bytes), message, suggestion));
                }
                _ => {}
            }
        }
        if let Some(proximity) = Proximity::read(self.text, self.span(n_bytes))? {
            return Ok((Lexeme::Near(proximity), n_bytes));
        }
        let operator = operator(run);
        if operator == Some(Lexeme::Not) {
            return self.not(rest, n_bytes);
        }
        Ok((operator.unwrap_or(Lexeme::Run), n_bytes))
    }

    /// Reads what begins with `NOT`: it belongs to a proximity operator directly behind it.
    fn not(&self, rest: &str, n_bytes: usize) -> Result<(Lexeme, usize), Fault> {
        let next = rest[n_bytes..].trim_start();
        let start = self.at + rest.len() - next.len();
        let run = Span::new(start, start + run_bytes(next));
        match Proximity::read(self.text, run)? {
            Some(proximity) => {
                let negated = Proximity { negated: true, ..proximity };
                Ok((Lexeme::Near(negated), run.end - self.at))
            }
            None => Ok((Lexeme::Not, n_bytes)),
        }
    }

    /// Tells whether the next token stands directly behind a quotation or a parenthesis.
    fn is_glued(&self) -> bool {
        let before = self.text[..self.at].chars().next_back();
        before.is_some_and(|c| c == ')' || is_quote(c))
    }

    fn span(&self, n_bytes: usize) -> Span {
        Span::new(self.at, self.at + n_bytes)
    }
}

/// Reads the quotation whose opening mark stands at a place: what is between the marks, and with
/// them.
pub(super) fn read_quote(text: &str, at: usize) -> Result<(Span, Span), Fault> {
    let mark = text[at..].chars().next().unwrap_or_default();
    let start = at + mark.len_utf8();
    let closing = text[start..]
        .char_indices()
        .find(|&(_, c)| is_quote(c) && is_guillemet(c) == is_guillemet(mark));
    if let Some((n_inner, closing)) = closing {
        let end = start + n_inner;
        return Ok((Span::new(start, end), Span::new(at, end + closing.len_utf8())));
    }
    let message = "the quote is not closed".to_owned();
    let closing = match mark {
        '«' => '»',
        '»' => '«',
        '“' | '”' => '”',
        '„' => '“',
        _ => '"',
    };
    let suggestion = format!("put a {closing} where the phrase ends");
    Err(Fault::new(Span::new(at, start), message, suggestion))
}

/// Reads a word as a Boolean operator, in capitals or not.
pub(super) fn operator(word: &str) -> Option<Lexeme> {
    [("and", Lexeme::And), ("or", Lexeme::Or), ("not", Lexeme::Not)]
        .into_iter()
        .find(|(name, _)| word.eq_ignore_ascii_case(name))
        .map(|(_, lexeme)| lexeme)
}

/// Tells whether a character opens or closes a phrase.
pub(super) fn is_quote(c: char) -> bool {
    is_double_mark(c) || is_guillemet(c)
}

/// Tells whether a character is a double quotation mark other than a guillemet.
pub(super) fn is_double_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '＂')
}

fn is_guillemet(c: char) -> bool {
    matches!(c, '«' | '»')
}

/// Tells whether nothing stands directly at the beginning of what is left.
pub(super) fn ends_here(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || matches!(c, ')' | '|'))
}

fn run_bytes(rest: &str) -> usize {
    rest.find(|c: char| c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')' | '|'))
        .unwrap_or(rest.len())
}
