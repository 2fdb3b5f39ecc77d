//! Lucene's classic query parser, and the query strings of Elasticsearch and OpenSearch, with `OR`
//! as the default operator.
//!
//! There is no precedence in it. A query is a list of clauses, each of which is optional, required
//! or excluded:
//!
//! | typed | the clause |
//! |---|---|
//! | `a` | optional |
//! | `+a` | required |
//! | `-a`, `!a`, `NOT a` | excluded |
//! | `a AND b`, `a && b` | both required, unless excluded |
//! | `a OR b`, `a \|\| b` | changes nothing |
//!
//! So `a OR b AND c` is `+b +c a`: `a` only raises the rank. Where nothing is required, one of the
//! optional clauses has to be found. Optional clauses beside required ones are alternatives to `*`
//! here, which finds every article and adds nothing to its score: `b AND c AND (a OR *)`. Operators
//! are read in capitals only; parentheses make a clause of a query.
//!
//! - `title:a`, `title:(a b)`, `title:"a b"`: every field of this program; `body`, `text`,
//!   `content` and `*` are the headline and the body, with a remark.
//! - `"a b"~2` is a phrase whose words may be moved so many places in all. Two words are exactly
//!   `a PRE/3 b OR b PRE/1 a`; more are `slop/2("…")`.
//! - `a~` and `a~1` are similar spellings, up to two letters wrong; `a~0.8` is refused.
//! - `*` and `?` stand for letters, but not in quotation marks. `a^2` is a weight.
//! - `date:[2024 TO 2025]`, `words:{100 TO *}`, `date:>=2024`: ranges of dates and lengths.
//! - A backslash takes the meaning from the sign behind it.
//! - `/…/` and `_exists_:` are refused.
//!
//! Not exact: nothing but excluded clauses finds nothing in Lucene; here, as in Elasticsearch, it
//! finds all other articles, with a remark.
//!
//! Facts from the grammar and the API documentation of Lucene's `queryparser.classic` (9.x), and
//! "Query string query" in the Elasticsearch reference (8.x).

mod leaves;
mod lexer;
mod ranges;

use lexer::{Lexeme, Token};

use super::tally::Tally;
use super::within::within;
use super::{Reading, faults};
use crate::query::error::{Fault, in_quotes};
use crate::query::fields::{self, Name};
use crate::query::parser::{self, all_of, any_of};
use crate::query::{Field, Query, terms};
use crate::text::Span;

/// Reads a query string.
pub(super) fn read(text: &str) -> Result<Reading, Fault> {
    let mut parser = Parser { text, tokens: lexer::cut(text)?, at: 0, tally: Tally::default() };
    let query = parser.clauses(None)?;
    match parser.next().lexeme {
        Lexeme::Close => Err(parser.misplaced(None)),
        _ => Ok(parser.tally.close(query)),
    }
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    tally: Tally,
}

/// Whether a clause has to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Occur {
    Optional,
    Required,
    Excluded,
}

impl Parser<'_> {
    /// Returns the token that is to be read next; behind the end is the end.
    fn next(&self) -> Token {
        let end = Span::new(self.text.len(), self.text.len());
        self.tokens.get(self.at).copied().unwrap_or(Token { lexeme: Lexeme::End, span: end })
    }

    fn advance(&mut self) -> Token {
        let token = self.next();
        self.at += 1;
        token
    }

    /// Reads clauses up to a closing parenthesis or the end.
    fn clauses(&mut self, field: Option<Name>) -> Result<Query, Fault> {
        let start = self.next().span.start;
        let mut clauses: Vec<(Occur, Query)> = Vec::new();
        let mut is_first = true;
        while is_first || !matches!(self.next().lexeme, Lexeme::Close | Lexeme::End) {
            let mut operator = None;
            let mut occur = Occur::Optional;
            if let (Lexeme::And | Lexeme::Or, false) = (self.next().lexeme, is_first) {
                let token = self.advance();
                operator = Some(token.span);
                if token.lexeme == Lexeme::And {
                    occur = Occur::Required;
                    require_last(&mut clauses);
                }
            }
            if let Lexeme::Plus | Lexeme::Minus | Lexeme::Not = self.next().lexeme {
                let token = self.advance();
                operator = Some(token.span);
                let is_plus = token.lexeme == Lexeme::Plus;
                occur = if is_plus { Occur::Required } else { Occur::Excluded };
            }
            if let Some(clause) = self.clause(field, operator)? {
                clauses.push((occur, clause));
            }
            is_first = false;
        }
        if clauses.is_empty() {
            let last = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
            let end = last.map_or(start, |token| token.span.end);
            return Err(faults::nothing_left(Span::new(start, end)));
        }
        self.combine(clauses)
    }

    /// Makes a query of clauses.
    fn combine(&mut self, clauses: Vec<(Occur, Query)>) -> Result<Query, Fault> {
        let mut required = Vec::new();
        let mut optional = Vec::new();
        let mut excluded = Vec::new();
        for (occur, clause) in clauses {
            match occur {
                Occur::Required => required.push(clause),
                Occur::Optional => optional.push(clause),
                Occur::Excluded => excluded.push(Query::Not(Box::new(clause))),
            }
        }
        if required.is_empty() && optional.is_empty() {
            let remark = "with nothing but exclusions Lucene finds nothing: \
                          read as every other article";
            self.tally.remark(remark);
        }
        if !optional.is_empty() {
            if !required.is_empty() {
                self.tally.count(1, self.next().span)?;
                optional.push(Query::Everything);
            }
            required.push(any_of(optional));
        }
        required.append(&mut excluded);
        Ok(all_of(required))
    }

    /// Reads a clause behind an operator; nothing where it is a sign without a word.
    fn clause(
        &mut self,
        outer: Option<Name>,
        operator: Option<Span>,
    ) -> Result<Option<Query>, Fault> {
        let named = match self.next().lexeme {
            Lexeme::Field(name) => Some(self.field(name, outer)?),
            _ => None,
        };
        let field = named.unwrap_or(outer);
        let query = match self.next().lexeme {
            Lexeme::Open => self.group(field)?,
            Lexeme::Term => self.term(field)?,
            Lexeme::Quote(inner) => self.quotation(inner, field)?,
            Lexeme::Range(inner) => self.range(inner, field)?,
            Lexeme::Bare if named.is_none() => {
                self.advance();
                self.tally.remark("signs between spaces were left out");
                return Ok(None);
            }
            _ => return Err(self.misplaced(operator)),
        };
        let query = self.weighed(query)?;
        Ok(Some(match named {
            Some(Some(Name::Text(field))) => within(field, query),
            _ => query,
        }))
    }

    /// Reads the name of a field; nothing where it is the whole text.
    fn field(&mut self, name: Span, outer: Option<Name>) -> Result<Option<Name>, Fault> {
        let span = self.advance().span;
        let typed = name.of(self.text);
        let (Lexeme::Open | Lexeme::Term | Lexeme::Quote(_) | Lexeme::Range(_)) =
            self.next().lexeme
        else {
            return Err(fields::nothing_follows(self.text, span));
        };
        if typed == "_exists_" {
            return Err(Fault::new(name, no_existence(), "name a word of the field"));
        }
        if !["body", "text", "content", "*"].contains(&typed) {
            let run = Span::new(name.start, self.next().span.end);
            let found = Name::find(typed);
            return found.map(Some).ok_or_else(|| fields::unknown(self.text, name, run));
        }
        if outer.is_some() {
            return Err(faults::not_within(self.text, span, "the field around it"));
        }
        let is_everything = typed == "*" && self.next().span.of(self.text) == "*";
        if !is_everything {
            self.tally.remark(format!("{typed}: was read as the headline and the body"));
        }
        Ok(None)
    }

    /// Reads what stands in parentheses, which open next.
    fn group(&mut self, field: Option<Name>) -> Result<Query, Fault> {
        let open = self.advance().span;
        self.tally.enter(open)?;
        if self.next().lexeme == Lexeme::Close {
            return Err(self.misplaced(None));
        }
        let query = match self.next().lexeme {
            Lexeme::End => return Err(parser::unclosed(open)),
            _ => self.clauses(field)?,
        };
        if self.next().lexeme != Lexeme::Close {
            return Err(parser::unclosed(open));
        }
        self.advance();
        self.tally.leave();
        Ok(query)
    }

    /// Reads the weight behind a clause, if there is one.
    fn weighed(&mut self, query: Query) -> Result<Query, Fault> {
        match self.next().lexeme {
            Lexeme::Caret => {
                let weight = terms::read_weight(self.text, self.advance().span)?;
                Ok(terms::weigh(query, weight))
            }
            Lexeme::Tilde => {
                let span = self.next().span;
                let message =
                    format!("{} belongs to a word or a phrase", in_quotes(span.of(self.text)));
                Err(Fault::new(span, message, "put it directly behind one: talks~1, \"a b\"~4"))
            }
            _ => Ok(query),
        }
    }

    /// Complains that the next token cannot stand where it does.
    fn misplaced(&self, operator: Option<Span>) -> Fault {
        let Token { lexeme, span } = self.next();
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        match (before, lexeme) {
            (Some(Token { lexeme: Lexeme::Open, span: open }), Lexeme::Close) => {
                let message = "nothing stands between the parentheses".to_owned();
                let span = Span::new(open.start, span.end);
                Fault::new(span, message, "write something there, or take them out")
            }
            (_, Lexeme::Tilde | Lexeme::Caret) => {
                let message = format!("nothing stands before {}", in_quotes(span.of(self.text)));
                Fault::new(span, message, "put it directly behind a word, a phrase or a group")
            }
            _ => match operator {
                Some(operator) => faults::nothing_beside(self.text, "after", operator),
                None if lexeme == Lexeme::Close => {
                    let message = "the parenthesis closes nothing".to_owned();
                    Fault::new(span, message, "take it out, or put a '(' before it")
                }
                None => faults::nothing_beside(self.text, "before", span),
            },
        }
    }
}

/// Makes the clause before an `AND` required, unless it is excluded.
fn require_last(clauses: &mut [(Occur, Query)]) {
    if let Some((occur @ Occur::Optional, _)) = clauses.last_mut() {
        *occur = Occur::Required;
    }
}

fn no_existence() -> String {
    "articles cannot be asked for by whether a field is there".to_owned()
}

/// Tells whether a field's text is taken as it stands.
fn literal(field: Option<Name>) -> Option<Field> {
    match field {
        Some(Name::Text(field)) if field.is_literal() => Some(field),
        _ => None,
    }
}
