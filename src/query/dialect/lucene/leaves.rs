//! Words and phrases of a query string, with their backslashes.

use super::super::{faults, within, words};
use super::lexer::Lexeme;
use super::{Parser, literal, no_existence};
use crate::query::error::{Fault, in_quotes};
use crate::query::fields::{Name, Sign};
use crate::query::parser::any_of;
use crate::query::proximity::DISTANCE_MAX;
use crate::query::terms::{EDITS_MAX, has_wildcards};
use crate::query::{Field, Proximity, Query, Within};
use crate::text::{Span, Tokenizer};

/// A text without its backslashes.
struct Plain {
    text: String,
    /// How many signs are left in it that stand for letters.
    n_open: usize,
}

/// Takes the backslashes out, and has another character for a `*` or a `?` behind one.
fn plain(typed: &str, sign: impl Fn(char) -> char) -> Plain {
    let mut text = String::with_capacity(typed.len());
    let mut n_open = 0;
    let mut rest = typed;
    while let Some(c) = rest.chars().next() {
        let c_bytes = c.len_utf8();
        if c != '\\' {
            n_open += usize::from(is_sign(c));
            text.push(c);
            rest = &rest[c_bytes..];
            continue;
        }
        let (escaped, n_bytes) = escaped(&rest[c_bytes..]);
        text.extend(escaped.map(|c| if is_sign(c) { sign(c) } else { c }));
        rest = &rest[c_bytes + n_bytes..];
    }
    Plain { text, n_open }
}

fn is_sign(c: char) -> bool {
    matches!(c, '*' | '?')
}

/// Takes the backslashes out of a text in which a sign behind one is no part of any word.
fn without_signs(typed: &str) -> Plain {
    plain(typed, |_| ' ')
}

/// Reads what a backslash stands before: a character, or `u` and four figures of one.
fn escaped(rest: &str) -> (Option<char>, usize) {
    let hexadecimal = rest.strip_prefix('u').and_then(|it| it.get(..4));
    let code = hexadecimal.and_then(|it| u32::from_str_radix(it, 16).ok()).and_then(char::from_u32);
    match code {
        Some(c) => (Some(c), 5),
        None => (rest.chars().next(), rest.chars().next().map_or(0, char::len_utf8)),
    }
}

impl Parser<'_> {
    /// Reads a word and the `~` behind it.
    pub(super) fn term(&mut self, field: Option<Name>) -> Result<Query, Fault> {
        let span = self.advance().span;
        let typed = span.of(self.text);
        self.tally.count(1, span)?;
        if let Some(measure @ (Name::Date | Name::Number(_))) = field {
            return self.compared(measure, span);
        }
        let plain = without_signs(typed);
        if self.next().lexeme == Lexeme::Tilde {
            return self.similar(&plain, span, field);
        }
        if typed == "*" {
            return match field {
                None => Ok(Query::Everything),
                Some(_) => Err(Fault::new(span, no_existence(), "name a letter of the word")),
            };
        }
        if ["and", "or", "not"].contains(&typed) {
            let capitals = typed.to_uppercase();
            self.tally.remark(format!("{typed} was read as a word: the operator is {capitals}"));
        }
        let query = match literal(field) {
            Some(field) => return self.as_it_stands(field, span),
            None if plain.n_open > 0 => words::open(&plain.text),
            None => words::literal(&plain.text),
        };
        query.ok_or_else(|| faults::unreadable(self.text, span))
    }

    /// Reads a word of a field in which no sign has a meaning here but a `*` at its end.
    fn as_it_stands(&self, field: Field, span: Span) -> Result<Query, Fault> {
        let word = plain(span.of(self.text), |sign| sign);
        if word.n_open == 0 || word.n_open == 1 && word.text.ends_with('*') {
            let found = within::literal(field, &word.text);
            return found.ok_or_else(|| faults::unreadable(self.text, span));
        }
        let message = format!("only the end of {} can be left open", in_quotes(field.name()));
        Err(Fault::new(span, message, "write '\\?' for the sign itself"))
    }

    /// Reads the `~1` behind a word.
    fn similar(&mut self, word: &Plain, span: Span, field: Option<Name>) -> Result<Query, Fault> {
        let tilde = self.advance().span;
        let figures = &tilde.of(self.text)[1..];
        let n_edits = match figures {
            "" => EDITS_MAX,
            "0" | "1" | "2" => figures.parse().unwrap_or(EDITS_MAX),
            _ => {
                let message =
                    format!("{} is no number of wrong letters", in_quotes(tilde.of(self.text)));
                return Err(Fault::new(tilde, message, "write ~1 or ~2"));
            }
        };
        let found = crate::text::words(&word.text);
        let ([folded], false, None) = (found.as_slice(), word.n_open > 0, literal(field)) else {
            let message = format!("{} is not one plain word", in_quotes(span.of(self.text)));
            let suggestion = "a similar spelling is looked for one word at a time";
            return Err(Fault::new(span, message, suggestion));
        };
        if n_edits == 0 {
            return words::literal(&word.text).ok_or_else(|| faults::unreadable(self.text, span));
        }
        if folded.chars().count() <= usize::from(n_edits) {
            let message =
                format!("{} would be similar to any short word", in_quotes(span.of(self.text)));
            return Err(Fault::new(tilde, message, "leave this out, or write a longer word"));
        }
        let typed = Query::Fuzzy(word.text.clone(), n_edits);
        let is_kept = !has_wildcards(&word.text) && words::stands_anywhere(&typed);
        Ok(if is_kept { typed } else { Query::Fuzzy(folded.clone(), n_edits) })
    }

    /// Reads a phrase and the `~2` behind it.
    pub(super) fn quotation(&mut self, inner: Span, field: Option<Name>) -> Result<Query, Fault> {
        let span = self.advance().span;
        self.tally.count(1, span)?;
        if let Some(measure @ (Name::Date | Name::Number(_))) = field {
            return self.compared(measure, inner);
        }
        let plain = without_signs(inner.of(self.text)).text;
        let slop = match self.next().lexeme {
            Lexeme::Tilde => self.slop()?,
            _ => 0,
        };
        let query = match literal(field) {
            Some(field) => within::literal(field, &plain),
            None if slop > 0 => self.sloppy(&plain, slop, span)?,
            None => words::phrase(&plain),
        };
        query.ok_or_else(|| {
            let message = "no word stands between the quotes".to_owned();
            Fault::new(span, message, "write a phrase, or take them out")
        })
    }

    fn slop(&mut self) -> Result<u32, Fault> {
        let span = self.advance().span;
        let slop = span.of(self.text)[1..].parse().ok().filter(|slop| *slop <= DISTANCE_MAX);
        slop.ok_or_else(|| {
            let message =
                format!("{} is no number of places to move words", in_quotes(span.of(self.text)));
            let suggestion =
                format!("write a whole number up to {DISTANCE_MAX}, or AND for anywhere");
            Fault::new(span, message, suggestion)
        })
    }

    /// Makes a phrase whose words may be moved; of two words, what that comes to.
    fn sloppy(&mut self, phrase: &str, slop: u32, span: Span) -> Result<Option<Query>, Fault> {
        let mut places = Vec::new();
        Tokenizer::default().tokenize(phrase, |token| {
            if token.n_positions == 1 {
                places.push(token.span);
            }
        });
        let typed = words::phrase(phrase);
        let sloppy = match (places.as_slice(), typed) {
            (_, None) => return Ok(None),
            ([_], Some(phrase)) => phrase,
            ([first, second], _) if slop < DISTANCE_MAX => {
                self.tally.count(3, span)?;
                let both = words::literal(first.of(phrase)).zip(words::literal(second.of(phrase)));
                return Ok(both.map(|(first, second)| either_way(first, second, slop)));
            }
            (_, Some(Query::Phrase(text))) => Query::Slop(text, slop),
            (_, Some(other)) => other,
        };
        Ok(Some(sloppy))
    }

    /// Reads the value of a condition, with the sign before it: `>=2024`.
    fn compared(&mut self, measure: Name, typed: Span) -> Result<Query, Fault> {
        let text = typed.of(self.text);
        let signs =
            [(">=", Sign::AtLeast), ("<=", Sign::AtMost), (">", Sign::Above), ("<", Sign::Below)];
        let sign = signs.iter().find(|(sign, _)| text.starts_with(sign));
        let (n_bytes, sign) = sign.map_or((0, Sign::Is), |(typed, sign)| (typed.len(), *sign));
        let value = Span::new(typed.start + n_bytes, typed.end);
        self.condition(measure, sign, value)
    }

    /// Takes the backslashes out of a value.
    pub(super) fn value(&self, span: Span) -> String {
        without_signs(span.of(self.text)).text
    }
}

/// Returns what a phrase of two words comes to that may be moved: to change places takes two moves.
fn either_way(first: Query, second: Query, slop: u32) -> Query {
    let within = |n| Proximity { ordered: true, ..Proximity::within(Within::Words(n)) };
    let near = |left: &Query, n, right: &Query| {
        Query::Near(Box::new(left.clone()), within(n), Box::new(right.clone()))
    };
    let forward = near(&first, slop + 1, &second);
    match slop {
        0 | 1 => forward,
        _ => any_of(vec![forward, near(&second, slop - 1, &first)]),
    }
}
