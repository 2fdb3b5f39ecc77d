//! Builds the tree by recursive descent, one function to a rule of the grammar.

use super::error::{Fault, in_quotes};
use super::fields::{self, Field, Name, Named, Sign};
use super::filters::{DateFilter, NumberFilter};
use super::lexer::{Lexeme, Lexer, Token};
use super::{CLAUSES_MAX, NESTING_MAX, Query, lexer, terms};
use crate::text::Span;

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
    /// The field whose argument is being read.
    field: Option<Field>,
    n_clauses: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Result<Self, Fault> {
        let mut lexer = Lexer::new(text);
        let token = lexer.read()?;
        Ok(Self { text, lexer, token, before: None, field: None, n_clauses: 0, depth: 0 })
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
                Lexeme::Not => {}
                _ => return Ok(all_of(parts)),
            }
            parts.push(self.loose()?);
        }
    }

    fn loose(&mut self) -> Result<Query, Fault> {
        let mut parts = vec![self.negatable()?];
        while let Lexeme::Open | Lexeme::Minus | Lexeme::Quote(_) | Lexeme::Run = self.token.lexeme
        {
            parts.push(self.negatable()?);
        }
        Ok(side_by_side(parts))
    }

    fn negatable(&mut self) -> Result<Query, Fault> {
        let (Lexeme::Not | Lexeme::Minus) = self.token.lexeme else {
            return self.operand();
        };
        self.nested(|parser| {
            parser.advance()?;
            Ok(Query::Not(Box::new(parser.negatable()?)))
        })
    }

    fn operand(&mut self) -> Result<Query, Fault> {
        let Token { lexeme, span } = self.token;
        match lexeme {
            Lexeme::Open => self.nested(Self::group),
            Lexeme::Quote(inner) => {
                self.count_clause()?;
                let phrase = terms::read_phrase(self.text, inner, span)?;
                self.advance()?;
                Ok(phrase)
            }
            Lexeme::Run => match fields::read_named(self.text, span)? {
                Some(named) => self.named(named),
                None => self.term(span),
            },
            _ => Err(self.misplaced()),
        }
    }

    fn group(&mut self) -> Result<Query, Fault> {
        let open = self.token.span;
        self.advance()?;
        let query = self.any()?;
        if self.token.lexeme != Lexeme::Close {
            return Err(unclosed(open));
        }
        self.advance()?;
        Ok(query)
    }

    fn term(&mut self, span: Span) -> Result<Query, Fault> {
        self.count_clause()?;
        let query = terms::read(self.text, span)?;
        if let (Some(field), Query::Everything) = (self.field, &query) {
            return Err(self.not_within(field, span));
        }
        self.advance()?;
        Ok(query)
    }

    fn named(&mut self, named: Named) -> Result<Query, Fault> {
        if let Some(field) = self.field {
            return Err(self.not_within(field, named.head));
        }
        let filter = match named.name {
            Name::Text(field) => return self.field(field, named),
            Name::Date => {
                let value = self.value(named)?;
                Query::Date(DateFilter::read(self.text, named.sign, value)?)
            }
            Name::Number(field) => {
                let value = self.value(named)?;
                Query::Number(NumberFilter::read(self.text, field, named.sign, value)?)
            }
        };
        self.advance()?;
        Ok(filter)
    }

    /// Reads a field and its argument, whether it follows the colon directly or in parentheses.
    fn field(&mut self, field: Field, named: Named) -> Result<Query, Fault> {
        if named.sign != Sign::Is {
            let message = format!("'{}' has no order to compare by", field.name());
            let suggestion = format!("write '{}:'", field.name());
            return Err(Fault::new(named.head, message, suggestion));
        }
        let argument = if named.rest.is_empty() {
            self.advance()?;
            self.field = Some(field);
            let argument = self.operand()?;
            self.field = None;
            argument
        } else {
            self.count_clause()?;
            let argument = self.direct_argument(field, named.rest)?;
            self.advance()?;
            argument
        };
        Ok(Query::Field(field, Box::new(argument)))
    }

    fn direct_argument(&self, field: Field, rest: Span) -> Result<Query, Fault> {
        if field.is_literal() {
            return terms::read_literal(self.text, rest);
        }
        if let Some(inner) = fields::read_named(self.text, rest)? {
            return Err(self.not_within(field, inner.head));
        }
        match terms::read_argument(self.text, rest)? {
            Query::Everything => Err(self.not_within(field, rest)),
            argument => Ok(argument),
        }
    }

    /// Returns where the value of a filter stands, behind the sign or in quotation marks, and
    /// stops before the token that holds it.
    fn value(&mut self, named: Named) -> Result<Span, Fault> {
        self.count_clause()?;
        let value = if named.rest.is_empty() {
            self.advance()?;
            let Lexeme::Quote(inner) = self.token.lexeme else {
                let message = format!("{} takes one value", in_quotes(named.head.of(self.text)));
                let suggestion = "name it again for each: date:2024 OR date:2025";
                return Err(Fault::new(named.head, message, suggestion));
            };
            inner
        } else {
            named.rest
        };
        let end = self.token.span.end;
        if !lexer::ends_here(&self.text[end..]) {
            let message = "something stands directly after the value".to_owned();
            let span = Span::new(end, end);
            let suggestion = "put a space there, or one pair of quotes around the whole value";
            return Err(Fault::new(span, message, suggestion));
        }
        Ok(value)
    }

    /// Reads something one level deeper.
    fn nested(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Query, Fault>,
    ) -> Result<Query, Fault> {
        if self.depth == NESTING_MAX {
            let message = format!("the query is nested more than {NESTING_MAX} levels deep");
            let suggestion = "this is one level too many";
            return Err(Fault::new(self.token.span, message, suggestion));
        }
        self.depth += 1;
        let query = read(self);
        self.depth -= 1;
        query
    }

    fn count_clause(&mut self) -> Result<(), Fault> {
        self.n_clauses += 1;
        if self.n_clauses > CLAUSES_MAX {
            let message = format!("the query has more than {CLAUSES_MAX} words and filters");
            let suggestion = "this is one too many";
            return Err(Fault::new(self.token.span, message, suggestion));
        }
        Ok(())
    }

    /// Complains that the next token cannot stand where it does.
    fn misplaced(&self) -> Fault {
        let Token { lexeme, span } = self.token;
        match (self.before, lexeme) {
            (Some(Token { lexeme: Lexeme::Open, span: open }), Lexeme::Close) => {
                let message = "nothing stands between the parentheses".to_owned();
                let span = Span::new(open.start, span.end);
                Fault::new(span, message, "write something there, or take them out")
            }
            (Some(Token { lexeme: Lexeme::Open, span }), Lexeme::End) => unclosed(span),
            (Some(operator), _) if is_operator(operator.lexeme) => {
                self.operand_missing("after", operator)
            }
            (_, Lexeme::Close) => {
                let message = "the parenthesis closes nothing".to_owned();
                Fault::new(span, message, "take it out, or put a '(' before it")
            }
            _ => self.operand_missing("before", self.token),
        }
    }

    fn operand_missing(&self, side: &str, operator: Token) -> Fault {
        let typed = operator.span.of(self.text);
        let message = format!("nothing stands {side} {}", in_quotes(typed));
        let suggestion = match operator.lexeme {
            Lexeme::Not | Lexeme::Minus => "name what to leave out",
            _ => "it joins what stands on both sides",
        };
        let fault = Fault::new(operator.span, message, suggestion);
        if typed.starts_with(char::is_alphabetic) {
            let word = typed.to_lowercase();
            fault
                .with_hint(format!("to search for the word '{word}', put it in quotes: \"{word}\""))
        } else {
            fault
        }
    }

    fn not_within(&self, field: Field, span: Span) -> Fault {
        let inner = in_quotes(span.of(self.text));
        let message = format!("{inner} cannot stand inside '{}:'", field.name());
        let suggestion = "a field takes words, phrases and wildcards";
        Fault::new(span, message, suggestion)
    }
}

fn is_operator(lexeme: Lexeme) -> bool {
    matches!(lexeme, Lexeme::And | Lexeme::Or | Lexeme::Not | Lexeme::Minus)
}

fn unclosed(open: Span) -> Fault {
    let message = "the parenthesis is not closed".to_owned();
    Fault::new(open, message, "put a ')' where the group ends")
}

/// Joins alternatives; one alone stays what it is, and alternatives inside become its own.
pub(super) fn any_of(parts: Vec<Query>) -> Query {
    flatten(parts, Query::Or, |part| match part {
        Query::Or(inner) => Ok(inner),
        other => Err(other),
    })
}

/// Joins requirements likewise.
pub(super) fn all_of(parts: Vec<Query>) -> Query {
    flatten(parts, Query::And, |part| match part {
        Query::And(inner) => Ok(inner),
        other => Err(other),
    })
}

/// Joins operands that stand side by side likewise: `(a b) c` says no more than `a b c`.
pub(super) fn side_by_side(parts: Vec<Query>) -> Query {
    flatten(parts, Query::Loose, |part| match part {
        Query::Loose(inner) => Ok(inner),
        other => Err(other),
    })
}

fn flatten(
    parts: Vec<Query>,
    join: fn(Vec<Query>) -> Query,
    open: fn(Query) -> Result<Vec<Query>, Query>,
) -> Query {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match open(part) {
            Ok(inner) => flat.extend(inner),
            Err(other) => flat.push(other),
        }
    }
    match flat.pop() {
        Some(only) if flat.is_empty() => only,
        Some(last) => {
            flat.push(last);
            join(flat)
        }
        None => join(flat),
    }
}
