//! The hand-over of our tokens to tantivy.
//!
//! An article is tokenized once, but tantivy wants a text and a tokenizer for each field. So
//! [`LineWriter`] writes a field's tokens down as text, and [`LineTokenizer`] reads them back
//! within tantivy. Pre-tokenized strings would do too, at twice the CPU: tantivy sends those
//! through JSON.
//!
//! A token is a line: how far it stands from the token before, how many bytes the word has, and the
//! word. Nearly all stand near enough for one sign: `0` is the same position, `1` the next, `:` the
//! tenth and so on in the order of ASCII; and nearly all are short enough for another, the character
//! whose number the length is. So nobody has to look for the end of a word.
//!
//! ```text
//! 0 5 ferri         at the position of the token before
//! 1 6 strike        at the next position
//! A 1 p             17 positions on
//! ~128>4>boat       128 positions on
//! ```

use std::sync::Arc;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::in_flight::InFlight;

/// The sign of a token at the position of the one before.
const NO_STEP: u8 = b'0';

/// How many steps have a sign of their own: up to `{`.
const STEPS: u8 = 76;

/// Stands before a step or a length that has no sign.
const FAR: u8 = b'~';

/// Stands behind each of both then.
const FAR_END: char = '>';

/// How many lengths have a sign of their own: the characters of ASCII.
const LENGTHS: usize = 128;

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
        self.lines.reserve(word.len() + 2);
        match u8::try_from(step) {
            Ok(step) if step < STEPS && word.len() < LENGTHS => {
                self.lines.push(char::from(NO_STEP + step));
                self.lines.push(char::from(word.len() as u8));
            }
            _ => {
                let (far, n_bytes) = (char::from(FAR), word.len());
                self.lines.push_str(&format!("{far}{step}{FAR_END}{n_bytes}{FAR_END}"));
            }
        }
        self.lines.push_str(word);
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

/// Parts the first line from the others: how many positions on, the word, and the others; nothing
/// behind the last.
fn parted(lines: &str) -> Option<(usize, &str, &str)> {
    let (step, n_bytes, rest) = match lines.as_bytes() {
        [] => return None,
        [FAR, ..] => {
            let (step, rest) = lines[1..].split_once(FAR_END)?;
            let (n_bytes, rest) = rest.split_once(FAR_END)?;
            (step.parse().ok()?, n_bytes.parse().ok()?, rest)
        }
        [sign, n_bytes, ..] => {
            let step = sign.saturating_sub(NO_STEP);
            (usize::from(step), usize::from(*n_bytes), lines.get(2..)?)
        }
        [_] => return None,
    };
    let (word, rest) = rest.split_at_checked(n_bytes)?;
    Some((step, word, rest))
}

impl TokenStream for LineStream<'_> {
    #[inline]
    fn advance(&mut self) -> bool {
        let Some((step, word, rest)) = parted(self.lines) else {
            return false;
        };
        self.lines = rest;
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

/// Returns lines as they are easily read: the sign of the step and the word, each in a line.
#[cfg(test)]
pub(super) fn readable(mut lines: &str) -> String {
    let mut read = String::new();
    while let Some((step, word, rest)) = parted(lines) {
        match u8::try_from(step) {
            Ok(step) if step < STEPS => read.push(char::from(NO_STEP + step)),
            _ => read.push_str(&format!("~{step}>")),
        }
        read.push_str(word);
        read.push('\n');
        lines = rest;
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read() {
        let long = "é".repeat(100);
        let tokens = [
            ("usled", 0),
            ("us", 0),
            ("led", 1),
            ("talk", 1024),
            ("0", 1099),
            ("~2>", 1175),
            ("", 1175),
            ("a\nb", 1176),
            (&long, 1176),
            ("ß", 1177),
        ];
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
