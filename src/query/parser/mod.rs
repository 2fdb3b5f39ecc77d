//! Builds the tree by recursive descent, one function to a rule of the grammar.

mod arguments;
mod faults;
mod joins;
mod near;

use super::error::{Fault, in_quotes};
use super::fields::{self, Field};
use super::functions::Function;
use super::lexer::{Lexeme, Lexer, Token};
use super::{CLAUSES_MAX, Form, NESTING_MAX, Query, proximity, terms};
use crate::text::Span;

pub(super) use faults::{too_deep, too_many, unclosed};
pub(super) use joins::{all_of, any_of, side_by_side};

/// Parses a text that is not blank.
pub(super) fn parse(text: &str) -> Result<Query, Fault> {
    let mut parser = Parser::new(text)?;
    let query = parser.any()?;
    match parser.token.lexeme {
        Lexeme::End => Ok(query),
        _ => Err(parser.misplaced()),
    }
}

struct Parser<'a> {
    text: &'a str,
    lexer: Lexer<'a>,
    /// The token to be read next.
    token: Token,
    /// The token read last.
    before: Option<Token>,
    /// What the argument that is being read belongs to, the outermost where there are several.
    inside: Option<Inside>,
    /// The form that the argument is to be printed in.
    form: Option<Form>,
    n_clauses: usize,
    /// The number of conditions that proximity makes.
    n_conditions: usize,
    depth: usize,
}

/// What takes words of one text: no other text can be named within, nor anything that is no text.
#[derive(Clone, Copy)]
enum Inside {
    Field(Field),
    Function(Function),
}

impl Inside {
    fn name(self) -> String {
        match self {
            Self::Field(field) => format!("{}:", field.name()),
            Self::Function(function) => format!("{}()", function.name()),
        }
    }

    /// Tells whether words are taken as they stand.
    fn is_literal(self) -> bool {
        matches!(self, Self::Field(field) if field.is_literal())
    }
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Result<Self, Fault> {
        let mut lexer = Lexer::new(text);
        let token = lexer.read()?;
        Ok(Self {
            text,
            lexer,
            token,
            before: None,
            inside: None,
            form: None,
            n_clauses: 0,
            n_conditions: 0,
            depth: 0,
        })
    }

    fn advance(&mut self) -> Result<(), Fault> {
        self.before = Some(self.token);
        self.token = self.lexer.read()?;
        Ok(())
    }

    fn any(&mut self) -> Result<Query, Fault> {
        let mut parts = vec![self.all()?];
        while self.token.lexeme == Lexeme::Or {
            self.advance()?;
            parts.push(self.all()?);
        }
        Ok(any_of(parts))
    }

    fn all(&mut self) -> Result<Query, Fault> {
        let mut parts = vec![self.loose()?];
        loop {
            match self.token.lexeme {
                Lexeme::And => self.advance()?,
                Lexeme::Not => self.check_slip_behind_not()?,
                _ => return Ok(all_of(parts)),
            }
            parts.push(self.loose()?);
        }
    }

    fn loose(&mut self) -> Result<Query, Fault> {
        let mut parts = vec![self.negatable()?];
        while self.token.lexeme.begins_operand() {
            self.check_slip()?;
            match self.question() {
                Some(word) => {
                    self.count_clause()?;
                    parts.push(word?);
                    self.advance()?;
                }
                None => parts.push(self.negatable()?),
            }
        }
        Ok(side_by_side(parts))
    }

    /// Reads a word with a question mark that ends the whole query.
    fn question(&self) -> Option<Result<Query, Fault>> {
        let is_plain = self.depth == 0
            && self.token.lexeme == Lexeme::Run
            && matches!(fields::read_named(self.text, self.token.span), Ok(None));
        is_plain.then(|| terms::read_question(self.text, self.token.span)).flatten()
    }

    fn negatable(&mut self) -> Result<Query, Fault> {
        let (Lexeme::Not | Lexeme::Minus) = self.token.lexeme else {
            return self.near();
        };
        self.nested(|parser| {
            parser.advance()?;
            Ok(Query::Not(Box::new(parser.negatable()?)))
        })
    }

    /// Refuses what stands between two operands and looks like an operator.
    fn check_slip(&self) -> Result<(), Fault> {
        let span = self.token.span;
        let slip = || proximity::slip(span.of(self.text));
        match (self.token.lexeme == Lexeme::Run).then(slip).flatten() {
            Some(instead) if next_begins_operand(&mut self.lexer.clone()) => {
                Err(self.no_operator(span, &instead))
            }
            _ => Ok(()),
        }
    }

    /// Refuses likewise what stands behind the `NOT` to be read next.
    fn check_slip_behind_not(&self) -> Result<(), Fault> {
        let mut ahead = self.lexer.clone();
        let Ok(Token { lexeme: Lexeme::Run, span }) = ahead.read() else {
            return Ok(());
        };
        match proximity::slip(span.of(self.text)) {
            Some(instead) if next_begins_operand(&mut ahead) => {
                let span = Span::new(self.token.span.start, span.end);
                Err(self.no_operator(span, &format!("NOT {instead}")))
            }
            _ => Ok(()),
        }
    }

    fn end_of_last(&self) -> usize {
        self.before.map_or(0, |token| token.span.end)
    }

    fn operand(&mut self) -> Result<Query, Fault> {
        let Token { lexeme, span } = self.token;
        let query = match lexeme {
            Lexeme::Open => self.nested(Self::group)?,
            Lexeme::Quote(inner) => {
                self.count_clause()?;
                let phrase = terms::read_phrase(self.text, inner, span)?;
                self.advance()?;
                phrase
            }
            Lexeme::Run => match self.inside {
                Some(inside) if inside.is_literal() => self.grouped_literal(inside, span)?,
                _ => match fields::read_named(self.text, span)? {
                    Some(named) => self.named(named)?,
                    None => self.term(span)?,
                },
            },
            _ => return Err(self.misplaced()),
        };
        self.suffixed(query, span)
    }

    /// Reads `~4` or `^2` behind a phrase or a parenthesis that began at `operand`, if any is there.
    fn suffixed(&mut self, query: Query, operand: Span) -> Result<Query, Fault> {
        if self.token.lexeme != Lexeme::Suffix {
            return Ok(query);
        }
        let span = self.token.span;
        let typed = span.of(self.text);
        let (distance, weight) = match typed.find('^') {
            Some(at) => typed.split_at(at),
            None => (typed, ""),
        };
        let distance_span = Span::new(span.start, span.start + distance.len());
        let query = match (distance.strip_prefix('~'), query) {
            (None, query) => query,
            (Some(figures), Query::Phrase(text)) => {
                let n = proximity::read_distance(self.text, distance_span, figures)?;
                terms::check_window(&text, Span::new(operand.start, span.start))?;
                Query::Window(text, n)
            }
            (Some(_), _) => {
                let message = format!("{} belongs to a phrase", in_quotes(distance));
                let suggestion = "put it behind quotes: \"a b\"~4";
                return Err(Fault::new(distance_span, message, suggestion));
            }
        };
        self.advance()?;
        if weight.is_empty() {
            return Ok(query);
        }
        let weight_span = Span::new(distance_span.end, span.end);
        Ok(terms::weigh(query, terms::read_weight(self.text, weight_span)?))
    }

    fn group(&mut self) -> Result<Query, Fault> {
        let open = self.token.span;
        self.advance()?;
        let query = self.any()?;
        if self.token.lexeme != Lexeme::Close {
            return Err(faults::unclosed(open));
        }
        self.advance()?;
        Ok(query)
    }

    /// Reads something one level deeper.
    fn nested(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Query, Fault>,
    ) -> Result<Query, Fault> {
        if self.depth == NESTING_MAX {
            return Err(faults::too_deep(self.token.span));
        }
        self.depth += 1;
        let query = read(self);
        self.depth -= 1;
        query
    }

    fn count_clause(&mut self) -> Result<(), Fault> {
        self.n_clauses += 1;
        if self.n_clauses > CLAUSES_MAX { Err(faults::too_many(self.token.span)) } else { Ok(()) }
    }
}

fn next_begins_operand(lexer: &mut Lexer<'_>) -> bool {
    lexer.read().is_ok_and(|token| token.lexeme.begins_operand())
}
