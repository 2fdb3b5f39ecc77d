//! Connectors, and the order in which they are read.

use super::super::near::{self, Advice, Operand};
use super::super::pieces::Pieces;
use crate::query::error::Fault;
use crate::query::parser::{all_of, any_of};
use crate::query::proximity::{is_number, read_distance};
use crate::query::{Proximity, Query, Within};
use crate::text::Span;

const ADVICE: Advice = Advice {
    not: "words can only be near words: take the NOT out of it",
    field: "put the segment around both sides: HEADLINE(a W/5 b)",
};

/// What joins two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Connector {
    Or,
    Near(Proximity),
    /// `W/SEG`
    Segment,
    And,
    AndNot,
    /// A `NOT` with nothing before it.
    Not,
}

impl Connector {
    /// Returns what the connector is sorted by: the lowest is read first.
    fn rank(self) -> (u8, u32) {
        match self {
            Self::Or => (2, 0),
            Self::Near(Proximity { within: Within::Words(n), .. }) => (3, n),
            Self::Near(Proximity { within: Within::Sentence, .. }) => (4, 0),
            Self::Near(Proximity { within: Within::Paragraph, .. }) => (5, 0),
            Self::Segment => (6, 0),
            Self::And => (7, 0),
            Self::AndNot | Self::Not => (8, 0),
        }
    }

    /// Reads the connector that stands next, and how many pieces it takes.
    pub(super) fn read(pieces: &Pieces<'_>) -> Result<Option<(Self, usize)>, Fault> {
        let is_not = |n| pieces.is_word(n, "not");
        let connector = if pieces.is_word(0, "or") {
            (Self::Or, 1)
        } else if (pieces.is_word(0, "and") || pieces.is_word(0, "but")) && is_not(1) {
            (Self::AndNot, 2)
        } else if pieces.is_word(0, "and") || pieces.is_word(0, "&") {
            (Self::And, 1)
        } else if is_not(0) {
            match near(pieces, 1)? {
                Some(Self::Near(proximity)) => (negated(proximity), 2),
                Some(_) => return Err(no_negated_segment(pieces.ahead(1).span)),
                None => (Self::AndNot, 1),
            }
        } else {
            return near(pieces, 0).map(|connector| connector.map(|connector| (connector, 1)));
        };
        Ok(Some(connector))
    }
}

fn negated(proximity: Proximity) -> Connector {
    Connector::Near(Proximity { negated: true, ..proximity })
}

fn no_negated_segment(span: Span) -> Fault {
    let message = "segments are not told apart here".to_owned();
    Fault::new(span, message, "write AND NOT, or a distance: NOT W/50")
}

/// Reads a run as a connector of proximity: `W/5`, `/s`, `+p`, `ONEAR/3`, `NOT/5`.
fn near(pieces: &Pieces<'_>, n: usize) -> Result<Option<Connector>, Fault> {
    let typed = pieces.run(n).to_ascii_lowercase();
    let span = pieces.ahead(n).span;
    let (name, distance) = match (typed.strip_prefix('+'), typed.split_once('/')) {
        (Some(distance), _) => ("pre", distance),
        (None, Some(split)) => split,
        (None, None) => return Ok(None),
    };
    let (ordered, negated) = match name {
        "" | "w" | "near" => (false, false),
        "pre" | "onear" => (true, false),
        "not" => (false, true),
        _ => return Ok(None),
    };
    let within = match distance {
        "s" | "sent" => Within::Sentence,
        "p" | "para" => Within::Paragraph,
        "seg" if negated => return Err(no_negated_segment(span)),
        "seg" => return Ok(Some(Connector::Segment)),
        figures if is_number(figures) => Within::Words(read_distance(pieces.text, span, figures)?),
        _ => return Ok(None),
    };
    Ok(Some(Connector::Near(Proximity { within, ordered, negated })))
}

/// Operands and the connectors between them that are not joined yet: each connector binds more
/// tightly than the one before it.
pub(super) struct Chain<'a> {
    text: &'a str,
    operands: Vec<Operand>,
    connectors: Vec<Connector>,
}

impl<'a> Chain<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, operands: Vec::new(), connectors: Vec::new() }
    }

    pub(super) fn operand(&mut self, operand: Operand) {
        self.operands.push(operand);
    }

    /// Adds a connector, and joins what binds as tightly or more so before it.
    pub(super) fn connector(&mut self, connector: Connector) -> Result<(), Fault> {
        while self.connectors.last().is_some_and(|last| last.rank() <= connector.rank()) {
            self.join_last()?;
        }
        self.connectors.push(connector);
        Ok(())
    }

    /// Joins all that is left.
    pub(super) fn finish(mut self) -> Result<Operand, Fault> {
        while !self.connectors.is_empty() {
            self.join_last()?;
        }
        let nothing = || super::super::faults::nothing_left(Span::new(0, self.text.len()));
        self.operands.pop().ok_or_else(nothing)
    }

    fn join_last(&mut self) -> Result<(), Fault> {
        let (Some(connector), Some(right)) = (self.connectors.pop(), self.operands.pop()) else {
            return Ok(());
        };
        let joined = match (connector, self.operands.pop()) {
            (Connector::Not, left) => {
                self.operands.extend(left);
                Operand { query: not(right.query), span: right.span }
            }
            (_, None) => right,
            (Connector::Near(proximity), Some(left)) => {
                near::join(self.text, left, proximity, right, &ADVICE)?
            }
            (connector, Some(left)) => {
                let span = Span::new(left.span.start, right.span.end);
                let query = match connector {
                    Connector::Or => any_of(vec![left.query, right.query]),
                    Connector::AndNot => all_of(vec![left.query, not(right.query)]),
                    _ => all_of(vec![left.query, right.query]),
                };
                Operand { query, span }
            }
        };
        self.operands.push(joined);
        Ok(())
    }
}

fn not(query: Query) -> Query {
    Query::Not(Box::new(query))
}
