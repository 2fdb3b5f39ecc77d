//! Builds the tree by recursive descent, one function to a rule of the grammar.

use super::error::{Fault, in_quotes};
use super::fields::{self, Field, Name, Named, Sign};
use super::filters::{DateFilter, NumberFilter};
use super::functions::{self, Function};
use super::lexer::{Lexeme, Lexer, Token};
use super::{CLAUSES_MAX, Form, NESTING_MAX, Query, lexer, proximity, terms};
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
    /// What the argument that is being read belongs to.
    inside: Option<Inside>,
    n_clauses: usize,
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
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Result<Self, Fault> {
        let mut lexer = Lexer::new(text);
        let token = lexer.read()?;
        Ok(Self { text, lexer, token, before: None, inside: None, n_clauses: 0, depth: 0 })
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

    /// Reads operands that proximity joins, from left to right.
    fn near(&mut self) -> Result<Query, Fault> {
        let start = self.token.span.start;
        let mut query = self.operand()?;
        let mut n_joined = 0;
        while let Token { lexeme: Lexeme::Near(proximity), span } = self.token {
            n_joined += 1;
            if self.depth + n_joined > NESTING_MAX {
                return Err(too_deep(span));
            }
            self.check_near(&query, Span::new(start, self.end_of_last()))?;
            self.advance()?;
            let right_span = self.token.span;
            if let Lexeme::Not | Lexeme::Minus = self.token.lexeme {
                let message = "nothing can be near what is not there".to_owned();
                let operator = in_quotes(&format!("NOT {}", span.of(self.text)));
                let suggestion = format!("write {operator} for what has none near it");
                return Err(Fault::new(right_span, message, suggestion));
            }
            let right = self.operand()?;
            self.check_near(&right, Span::new(right_span.start, self.end_of_last()))?;
            query = Query::Near(Box::new(query), proximity, Box::new(right));
        }
        Ok(query)
    }

    fn end_of_last(&self) -> usize {
        self.before.map_or(0, |token| token.span.end)
    }

    /// Refuses an operand of proximity that has no places in the text.
    fn check_near(&self, operand: &Query, span: Span) -> Result<(), Fault> {
        let Some(stranger) = operand.first_without_places() else {
            return Ok(());
        };
        let message = format!("nothing can be near {}", in_quotes(&stranger.to_string()));
        let suggestion = match stranger {
            Query::Not(_) => "words can only be near words: take the NOT out of it",
            Query::Field(..) | Query::First(..) => {
                "put the field or first/n() around both sides: headline:(a W/5 b)"
            }
            _ => "join it with AND",
        };
        Err(Fault::new(span, message, suggestion))
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
            Lexeme::Run => match fields::read_named(self.text, span)? {
                Some(named) => self.named(named)?,
                None => self.term(span)?,
            },
            _ => return Err(self.misplaced()),
        };
        if self.token.lexeme == Lexeme::Suffix { self.suffixed(query) } else { Ok(query) }
    }

    /// Reads `~4` or `^2` behind a phrase or a parenthesis.
    fn suffixed(&mut self, query: Query) -> Result<Query, Fault> {
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
            return Err(unclosed(open));
        }
        self.advance()?;
        Ok(query)
    }

    fn term(&mut self, span: Span) -> Result<Query, Fault> {
        if let Some(function) = self.function_at(span)? {
            self.advance()?;
            return self.function(function, span);
        }
        self.count_clause()?;
        let query = terms::read(self.text, span)?;
        if let (Some(inside), Query::Everything) = (self.inside, &query) {
            return Err(self.not_within(inside, span));
        }
        self.advance()?;
        Ok(query)
    }

    /// Reads a name before a parenthesis; nothing where none follows.
    fn function_at(&self, name: Span) -> Result<Option<Function>, Fault> {
        let behind = &self.text[name.end..];
        if behind.starts_with('(') {
            let function = Function::read(self.text, name)?;
            return function.map(Some).ok_or_else(|| functions::unknown(self.text, name));
        }
        if behind.trim_start().starts_with('(') {
            return Function::read_numbered(self.text, name);
        }
        Ok(None)
    }

    /// Reads the argument of a function whose name at `name` was read.
    fn function(&mut self, function: Function, name: Span) -> Result<Query, Fault> {
        let is_misplaced = match (self.inside, function) {
            (None, _) => false,
            (Some(_), Function::First(_)) => true,
            (Some(Inside::Function(outer)), Function::Form(_)) => {
                matches!(outer, Function::Form(_))
            }
            // What fields other than the text hold is not known as it was printed.
            (Some(Inside::Field(field)), Function::Form(Form::Caps | Form::AllCaps)) => {
                !field.is_text()
            }
            _ => false,
        };
        if let (Some(inside), true) = (self.inside, is_misplaced) {
            return Err(self.not_within(inside, name));
        }
        let argument_start = self.token.span.start;
        let outside = self.inside.replace(match self.inside {
            // A form stays forbidden within a form, and a field's name is the one to tell.
            Some(inside @ Inside::Field(_)) => inside,
            Some(inside @ Inside::Function(Function::Form(_))) => inside,
            _ => Inside::Function(function),
        });
        let argument = self.nested(Self::group)?;
        self.inside = outside;
        if let Function::AtLeast(_) = function
            && let Some(stranger) = argument.first_without_places()
        {
            let message = format!("{} cannot be counted", in_quotes(&stranger.to_string()));
            let span = Span::new(argument_start, self.end_of_last());
            return Err(Fault::new(span, message, "only words can: put the NOT outside"));
        }
        function.apply(argument, Span::new(argument_start, self.end_of_last()))
    }

    fn named(&mut self, named: Named) -> Result<Query, Fault> {
        if let Some(inside) = self.inside {
            return Err(self.not_within(inside, named.head));
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
        let function = match named.rest.is_empty() || field.is_literal() {
            true => None,
            false => self.function_at(named.rest)?,
        };
        let argument = if let Some(function) = function {
            self.advance()?;
            self.inside = Some(Inside::Field(field));
            let argument = self.function(function, named.rest)?;
            self.inside = None;
            argument
        } else if named.rest.is_empty() {
            self.advance()?;
            self.inside = Some(Inside::Field(field));
            let argument = self.operand()?;
            self.inside = None;
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
            return Err(self.not_within(Inside::Field(field), inner.head));
        }
        match terms::read_argument(self.text, rest)? {
            Query::Everything => Err(self.not_within(Inside::Field(field), rest)),
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
            return Err(too_deep(self.token.span));
        }
        self.depth += 1;
        let query = read(self);
        self.depth -= 1;
        query
    }

    fn count_clause(&mut self) -> Result<(), Fault> {
        self.n_clauses += 1;
        if self.n_clauses > CLAUSES_MAX { Err(too_many(self.token.span)) } else { Ok(()) }
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

    fn not_within(&self, inside: Inside, span: Span) -> Fault {
        let inner = in_quotes(span.of(self.text));
        let message = format!("{inner} cannot stand inside '{}'", inside.name());
        let suggestion = match inside {
            Inside::Field(_) => "a field takes words, phrases and wildcards",
            Inside::Function(_) => "put it outside, or the other way round",
        };
        Fault::new(span, message, suggestion)
    }
}

impl Query {
    /// Returns the first part, in the order typed, that has no places in the text.
    pub(super) fn first_without_places(&self) -> Option<&Query> {
        match self {
            Self::Word(_)
            | Self::Phrase(_)
            | Self::Wildcard(_)
            | Self::Fuzzy(..)
            | Self::Window(..)
            | Self::Slop(..) => None,
            Self::Loose(parts) | Self::And(parts) | Self::Or(parts) => {
                parts.iter().find_map(Self::first_without_places)
            }
            Self::Near(left, _, right) => {
                left.first_without_places().or_else(|| right.first_without_places())
            }
            Self::AtLeast(_, part) | Self::Form(_, part) | Self::Weighted(part, _) => {
                part.first_without_places()
            }
            Self::Everything
            | Self::Not(_)
            | Self::First(..)
            | Self::Field(..)
            | Self::Date(_)
            | Self::Number(_) => Some(self),
        }
    }
}

/// Complains of the first word or filter beyond the limit.
pub(super) fn too_many(span: Span) -> Fault {
    let message = format!("the query has more than {CLAUSES_MAX} words and filters");
    Fault::new(span, message, "this is one too many")
}

/// Complains of the first parenthesis or negation beyond the limit.
pub(super) fn too_deep(span: Span) -> Fault {
    let message = format!("the query is nested more than {NESTING_MAX} levels deep");
    Fault::new(span, message, "this is one level too many")
}

fn is_operator(lexeme: Lexeme) -> bool {
    use Lexeme::{And, Minus, Near, Not, Or};
    matches!(lexeme, And | Or | Not | Minus | Near(_))
}

/// Complains of a parenthesis without its other half.
pub(super) fn unclosed(open: Span) -> Fault {
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
