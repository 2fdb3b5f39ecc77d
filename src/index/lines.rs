//! The hand-over of our tokens to tantivy.
//!
//! An article is tokenized once, but tantivy wants a text and a tokenizer for each field. So
//! [`LineWriter`] writes a field's tokens down as text, and [`LineTokenizer`] reads them back
//! within tantivy. Pre-tokenized strings would do too, at twice the CPU: tantivy sends those
//! through JSON.
//!
//! A token is a line: a sign for its position, the word, a line feed.
//!
//! ```text
//! =ferri        at the position of the token before
//! +strike       at the next position
//! 17>p          17 positions on
//! ```

use std::sync::Arc;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::in_flight::InFlight;

/// Writes tokens as lines.
#[derive(Default)]
pub(super) struct LineWriter {
    lines: String,
    /// The position of the token before, or nothing before the first.
    position: Option<u32>,
}

impl LineWriter {
    /// Makes a writer with room for so many bytes.
    pub(super) fn with_capacity(n_bytes: usize) -> Self {
        Self { lines: String::with_capacity(n_bytes), position: None }
    }

    /// Adds a token. Positions must not decrease.
    pub(super) fn push(&mut self, word: &str, position: u32) {
        // The reader starts one before position 0, so that every first step is a step on.
        let step = self.position.map_or(position + 1, |before| position.saturating_sub(before));
        match step {
            0 => self.lines.push('='),
            1 => self.lines.push('+'),
            _ => {
                use std::fmt::Write as _;
                // Writing to a string cannot fail.
                let _ = write!(self.lines, "{step}>");
            }
        }
        self.lines.push_str(word);
        self.lines.push('\n');
        self.position = Some(position);
    }

    /// Returns the lines.
    pub(super) fn finish(self) -> String {
        self.lines
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

impl TokenStream for LineStream<'_> {
    fn advance(&mut self) -> bool {
        // Words are short: looking at each byte is faster than any search.
        let Some(end) = self.lines.bytes().position(|byte| byte == b'\n') else {
            return false;
        };
        let line = &self.lines[..end];
        self.lines = &self.lines[end + 1..];
        let (step, word) = match line.as_bytes().first() {
            Some(b'=') => (0, &line[1..]),
            Some(b'+') => (1, &line[1..]),
            _ => {
                let (step, word) = line.split_once('>').unwrap_or(("1", line));
                (step.parse().unwrap_or(1), word)
            }
        };
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
            [("usled", 0), ("us", 0), ("led", 1), ("talk", 1024), ("=", 1025), ("2>", 1025)];
        let mut writer = LineWriter::default();
        tokens.iter().for_each(|(word, position)| writer.push(word, *position));
        let lines = writer.finish();

        let mut tokenizer = LineTokenizer::default();
        let mut stream = tokenizer.token_stream(&lines);
        let mut read = Vec::new();
        while stream.advance() {
            read.push((stream.token().text.clone(), stream.token().position as u32));
        }
        assert_eq!(read, tokens.map(|(word, position)| (word.to_owned(), position)));
    }
}
