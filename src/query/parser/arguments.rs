//! What names and functions take: words behind them, groups and values.

use super::super::error::{Fault, in_quotes};
use super::super::fields::{self, Field, Name, Named, Sign};
use super::super::filters::{DateFilter, NumberFilter};
use super::super::functions::{self, Function};
use super::super::lexer::{self, Lexeme};
use super::super::{Form, Query, terms};
use super::{Inside, Parser, faults};
use crate::text::Span;

impl Parser<'_> {
    /// Reads a word or what a function is applied to.
    pub(super) fn term(&mut self, span: Span) -> Result<Query, Fault> {
        if let Some(function) = self.function_at(span)? {
            self.advance()?;
            return self.function(function, span);
        }
        self.count_clause()?;
        let query = terms::read(self.text, span)?;
        if let Some(inside) = self.inside {
            self.check_within(&query, inside, span)?;
        }
        self.advance()?;
        Ok(query)
    }

    /// Reads a word of a group that is taken as it stands; another field is not meant.
    pub(super) fn grouped_literal(&mut self, inside: Inside, span: Span) -> Result<Query, Fault> {
        match fields::read_named(self.text, span) {
            Ok(Some(named)) => Err(self.not_within(inside, named.head)),
            Ok(None) | Err(_) => self.literal(span),
        }
    }

    fn literal(&mut self, span: Span) -> Result<Query, Fault> {
        self.count_clause()?;
        let query = terms::read_literal(self.text, span)?;
        self.check_end(span.end)?;
        self.advance()?;
        Ok(query)
    }

    /// Refuses `*` where it stands inside something.
    fn check_within(&self, query: &Query, inside: Inside, span: Span) -> Result<(), Fault> {
        match query {
            Query::Everything => Err(self.not_within(inside, span)),
            Query::Weighted(part, _) => self.check_within(part, inside, span),
            _ => Ok(()),
        }
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
        self.check_function(function, name)?;
        let argument_start = self.token.span.start;
        let (inside, form) = (self.inside, self.form);
        self.inside = inside.or(Some(Inside::Function(function)));
        if let Function::Form(form) = function {
            self.form = Some(form);
        }
        let argument = self.nested(Self::group)?;
        (self.inside, self.form) = (inside, form);
        let argument_span = Span::new(argument_start, self.end_of_last());
        if let (Function::AtLeast(_), Err(stranger)) = (function, argument.places()) {
            return Err(faults::not_counted(stranger, argument_span));
        }
        function.apply(argument, argument_span)
    }

    /// Refuses a function that means nothing where its name stands.
    fn check_function(&self, function: Function, name: Span) -> Result<(), Fault> {
        if let (Some(form), Function::Form(_)) = (self.form, function) {
            return Err(self.not_within(Inside::Function(Function::Form(form)), name));
        }
        let is_misplaced = match (self.inside, function) {
            (Some(_), Function::First(_)) => true,
            // What fields other than the text hold is not known as it was printed.
            (
                Some(Inside::Field(field)),
                Function::Form(Form::Caps | Form::AllCaps | Form::Name(_)),
            ) => !field.is_text(),
            _ => false,
        };
        match self.inside {
            Some(inside) if is_misplaced => Err(self.not_within(inside, name)),
            _ => Ok(()),
        }
    }

    pub(super) fn named(&mut self, named: Named) -> Result<Query, Fault> {
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
        let outside = self.inside.replace(Inside::Field(field));
        let argument = if let Some(function) = function {
            self.advance()?;
            let argument = self.function(function, named.rest)?;
            self.suffixed(argument, named.rest)?
        } else if named.rest.is_empty() {
            self.advance()?;
            self.operand()?
        } else if field.is_literal() {
            self.literal(named.rest)?
        } else {
            self.count_clause()?;
            let argument = self.direct_argument(field, named.rest)?;
            self.advance()?;
            argument
        };
        self.inside = outside;
        Ok(Query::Field(field, Box::new(argument)))
    }

    fn direct_argument(&self, field: Field, rest: Span) -> Result<Query, Fault> {
        if let Some(inner) = fields::read_named(self.text, rest)? {
            return Err(self.not_within(Inside::Field(field), inner.head));
        }
        let argument = terms::read_argument(self.text, rest)?;
        self.check_within(&argument, Inside::Field(field), rest)?;
        Ok(argument)
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
        self.check_end(self.token.span.end)?;
        Ok(value)
    }

    /// Refuses what stands directly behind a value that ends at `end`.
    fn check_end(&self, end: usize) -> Result<(), Fault> {
        if lexer::ends_here(&self.text[end..]) {
            return Ok(());
        }
        let message = "something stands directly after the value".to_owned();
        let suggestion = "put a space there, or one pair of quotes around the whole value";
        Err(Fault::new(Span::new(end, end), message, suggestion))
    }
}
