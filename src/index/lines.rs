//! The hand-over of our tokens to tantivy.
//!
//! An article is tokenized once, but tantivy wants a text and a tokenizer for each field. So
//! [`LineWriter`] writes a field's tokens down as text, and [`LineTokenizer`] reads them back
//! within tantivy. Pre-tokenized strings would do too, at twice the CPU: tantivy sends those
//! through JSON.
//!
//! A token is a line: how far it stands from the token before, the word, a line feed. Nearly all
//! stand near enough for one sign: `0` is the same position, `1` the next, `:` the tenth and so on
//! in the order of ASCII.
//!
//! ```text
//! 0ferri        at the position of the token before
//! 1strike       at the next position
//! Ap            17 positions on
//! ~128>boat     128 positions on
//! ```

use std::sync::Arc;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::in_flight::InFlight;

/// The sign of a token at the position of the one before.
const NO_STEP: u8 = b'0';

/// How many steps have a sign of their own: up to `{`.
const STEPS: u8 = 76;

/// Stands before a step that has no sign.
const FAR: char = '~';

/// How much room a writer keeps from one text to the next: that of a long article.
const LINES_KEPT_BYTES: usize = 1 << 18;

/// Writes tokens as lines.
#[derive(Default)]
pub(super) struct LineWriter {
    lines: String,
    /// The position of the token before, or nothing before the first.
    position: Option<u32>,
}

impl LineWriter {
    /// Begins anew, and keeps its room, unless that is very large.
    pub(super) fn clear(&mut self) {
        self.lines.clear();
        self.lines.shrink_to(LINES_KEPT_BYTES);
        self.position = None;
    }

    /// Adds a token. Positions must not decrease.
    pub(super) fn push(&mut self, word: &str, position: u32) {
        // The reader starts one before position 0, so that every first step is a step on.
        let step = self.position.map_or(position + 1, |before| position.saturating_sub(before));
        match u8::try_from(step) {
            Ok(step) if step < STEPS => self.lines.push(char::from(NO_STEP + step)),
            _ => self.lines.push_str(&format!("{FAR}{step}>")),
        }
        self.lines.push_str(word);
        self.lines.push('\n');
        self.position = Some(position);
    }

    /// Returns the lines.
    pub(super) fn lines(&self) -> &str {
        &self.lines
    }
}

/// Reads the lines that [`LineWriter`] wrote.
#[derive(Clone, Default)]
pub(super) struct LineTokenizer {
    token: Token,
    /// Told of each text that has arrived.
    pub(super) in_flight: Arc<InFlight>,
}

/// The stream over the lines of one text.
pub(super) struct LineStream<'a> {
    lines: &'a str,
    /// The position of the token before, plus one.
    next: usize,
    token: &'a mut Token,
}

impl Tokenizer for LineTokenizer {
    type TokenStream<'a> = LineStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> LineStream<'a> {
        self.in_flight.arrived(text.len());
        self.token.reset();
        LineStream { lines: text, next: 0, token: &mut self.token }
    }
}

/// Parts a line: how many positions on, and the word.
fn parted(line: &str) -> (usize, &str) {
    let mut rest = line.chars();
    match rest.next() {
        Some(FAR) => {
            let (step, word) = rest.as_str().split_once('>').unwrap_or(("1", ""));
            (step.parse().unwrap_or(1), word)
        }
        Some(sign) => ((sign as usize).saturating_sub(usize::from(NO_STEP)), rest.as_str()),
        None => (1, line),
    }
}

impl TokenStream for LineStream<'_> {
    fn advance(&mut self) -> bool {
        // Words are short: looking at each byte is faster than any search.
        let Some(end) = self.lines.bytes().position(|byte| byte == b'\n') else {
            return false;
        };
        let line = &self.lines[..end];
        self.lines = &self.lines[end + 1..];
        let (step, word) = parted(line);
        self.next += step;
        self.token.position = self.next.saturating_sub(1);
        self.token.text.clear();
        self.token.text.push_str(word);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read() {
        let tokens =
            [("usled", 0), ("us", 0), ("led", 1), ("talk", 1024), ("0", 1099), ("~2>", 1175)];
        let mut writer = LineWriter::default();
        tokens.iter().for_each(|(word, position)| writer.push(word, *position));
        let lines = writer.lines();

        let mut tokenizer = LineTokenizer::default();
        let mut stream = tokenizer.token_stream(lines);
        let mut read = Vec::new();
        while stream.advance() {
            read.push((stream.token().text.clone(), stream.token().position as u32));
        }
        assert_eq!(read, tokens.map(|(word, position)| (word.to_owned(), position)));
    }
}
