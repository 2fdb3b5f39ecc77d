//! What the parser complains of where a token cannot stand.

use super::super::error::{Fault, in_quotes, shortened};
use super::super::lexer::{Lexeme, Token};
use super::super::{CLAUSES_MAX, NESTING_MAX, Query};
use super::{Inside, Parser};
use crate::text::Span;

impl Parser<'_> {
    /// Complains that the next token cannot stand where it does.
    pub(super) fn misplaced(&self) -> Fault {
        let Token { lexeme, span } = self.token;
        match (self.before, lexeme) {
            (Some(Token { lexeme: Lexeme::Open, span: open }), Lexeme::Close) => {
                let message = "nothing stands between the parentheses".to_owned();
                let span = Span::new(open.start, span.end);
                Fault::new(span, message, "write something there, or take them out")
            }
            (Some(Token { lexeme: Lexeme::Open, span }), Lexeme::End) => unclosed(span),
            (Some(before), Lexeme::Near(_))
                if matches!(before.lexeme, Lexeme::And | Lexeme::Or) =>
            {
                let near = in_quotes(span.of(self.text));
                let before_typed = in_quotes(before.span.of(self.text));
                let message = format!("{before_typed} stands directly before {near}");
                let suggestion = format!("take it out: {near} joins both sides");
                Fault::new(before.span, message, suggestion)
            }
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
        if !typed.starts_with(char::is_alphabetic) {
            return fault;
        }
        let word = shortened(&typed.to_lowercase());
        let what = if matches!(operator.lexeme, Lexeme::Near(_)) { "text" } else { "word" };
        fault.with_hint(format!("to search for the {what} '{word}', put it in quotes: \"{word}\""))
    }

    pub(super) fn not_within(&self, inside: Inside, span: Span) -> Fault {
        let inner = in_quotes(span.of(self.text));
        let message = format!("{inner} cannot stand inside '{}'", inside.name());
        let suggestion = match inside {
            Inside::Field(_) => "a field takes words, phrases, wildcards and groups of them",
            Inside::Function(_) => "put it outside, or the other way round",
        };
        Fault::new(span, message, suggestion)
    }

    /// Complains of something between two operands that looks like an operator, and is none.
    pub(super) fn no_operator(&self, span: Span, instead: &str) -> Fault {
        let typed = in_quotes(span.of(self.text));
        let message = format!("{typed} is no operator");
        let hint = "to search for it as text, put it in quotes".to_owned();
        Fault::new(span, message, format!("write {instead}")).with_hint(hint)
    }
}

/// Complains of what proximity cannot join.
pub(super) fn not_near(stranger: &Query, span: Span) -> Fault {
    let message = format!("nothing can be near {}", in_quotes(&stranger.to_string()));
    let suggestion = match stranger {
        Query::Not(_) => "words can only be near words: take the NOT out of it",
        Query::Field(..) | Query::First(..) => {
            "put the field or first/n() around both sides: headline:(a W/5 b)"
        }
        Query::Weighted(..) => "weigh the whole: (a W/5 b)^2",
        _ => "join it with AND",
    };
    Fault::new(span, message, suggestion)
}

/// Complains of several things at `span` that none may be near at once.
pub(in super::super) fn one_at_a_time(operator: &str, span: Span) -> Fault {
    let operator = shortened(operator);
    let message = format!("'{operator}' takes one thing at a time");
    let suggestion =
        format!("put OR between them, or write it for each: {operator} x {operator} y");
    Fault::new(span, message, suggestion)
}

/// Complains of what cannot be counted.
pub(super) fn not_counted(stranger: &Query, span: Span) -> Fault {
    let message = format!("{} cannot be counted", in_quotes(&stranger.to_string()));
    let suggestion = match stranger {
        Query::Weighted(..) => "weigh the whole: atleast3(nato)^2",
        _ => "only words can: put the NOT outside",
    };
    Fault::new(span, message, suggestion)
}

/// Complains of the first word or filter beyond the limit.
pub(in super::super) fn too_many(span: Span) -> Fault {
    let message = format!("the query has more than {CLAUSES_MAX} words and filters");
    Fault::new(span, message, "this is one too many")
}

/// Complains of the first parenthesis or negation beyond the limit.
pub(in super::super) fn too_deep(span: Span) -> Fault {
    let message = format!("the query is nested more than {NESTING_MAX} levels deep");
    Fault::new(span, message, "this is one level too many")
}

/// Complains of a parenthesis without its other half.
pub(in super::super) fn unclosed(open: Span) -> Fault {
    let message = "the parenthesis is not closed".to_owned();
    Fault::new(open, message, "put a ')' where the group ends")
}

fn is_operator(lexeme: Lexeme) -> bool {
    use Lexeme::{And, Minus, Near, Not, Or};
    matches!(lexeme, And | Or | Not | Minus | Near(_))
}
