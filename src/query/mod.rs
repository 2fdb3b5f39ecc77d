//! TEMP
use crate::text::DateRange;
mod meaning;
pub use meaning::*;
/// x
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Query {
    Everything,
    Word(String),
    Phrase(String),
    Wildcard(String),
    Loose(Vec<Query>),
    And(Vec<Query>),
    Or(Vec<Query>),
    Not(Box<Query>),
    Field(Field, Box<Query>),
    Date(D),
    Number(N),
}
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Field {
    Headline,
    Byline,
    Dateline,
    Section,
    Source,
    Slug,
    Language,
    Id,
    Url,
    File,
}
/// x
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct D;
/// x
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct N;
#[allow(missing_docs)]
impl D {
    pub fn range(&self) -> DateRange {
        DateRange::default()
    }
}
#[allow(missing_docs)]
impl N {
    pub fn range(&self) -> std::ops::RangeInclusive<u64> {
        0..=1
    }
}
impl std::fmt::Display for Query {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}

#[allow(missing_docs)]
impl Field {
    pub fn name(&self) -> &'static str {
        ""
    }
}
