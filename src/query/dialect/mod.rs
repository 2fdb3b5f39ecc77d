//! Saved searches of other systems: read with their operators and their precedence into the tree
//! of this language.
//!
//! | dialect | the system | words side by side |
//! |---|---|---|
//! | native | this program | all of them |
//! | [`lexis`] | Lexis and Nexis, terms and connectors | a phrase |
//! | [`factiva`] | Factiva, free text | a phrase |
//! | [`lucene`] | Lucene's classic parser; the query strings of Elasticsearch and OpenSearch | any of them |
//! | [`google`] | Google, and web search in its manner | all of them |
//!
//! What holds for each:
//!
//! - The tree is one that [`super::parse`] gives too, so that its printed form reads the same.
//! - The limits are those of this language, counted in the tree that comes out: a form that has to
//!   be written out as several words counts as several.
//! - Nothing is silent. What is read otherwise than the system reads it, or left out, is told in a
//!   remark; what has no equal is refused with a caret and a way out.
//! - The tree is built from parts; printed text is parsed again only to check it.
//!
//! One thing is the same in all of them and not told each time: words and phrases find the other
//! forms of the same stem, as everywhere in this program, whatever the system does.

mod dates;
mod factiva;
mod faults;
mod google;
mod lexis;
mod lucene;
mod near;
mod pieces;
mod tally;
#[cfg(test)]
mod tests;
mod within;
mod words;

use super::error::{Fault, in_quotes};
use super::{QUERY_BYTES_MAX, Query, check_size, parser};
use crate::error::Result;
use crate::text::Span;

/// A language that queries are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// The language of this program.
    #[default]
    Native,
    /// Terms and connectors of Lexis and Nexis.
    Lexis,
    /// Free text of Factiva.
    Factiva,
    /// Lucene's classic query parser, which Elasticsearch and OpenSearch use too.
    Lucene,
    /// Google, and web search in its manner.
    Google,
}

impl Dialect {
    /// Every dialect, the native one first.
    pub const ALL: [Self; 5] =
        [Self::Native, Self::Lexis, Self::Factiva, Self::Lucene, Self::Google];

    /// Returns the name to choose the dialect by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Lexis => "lexis",
            Self::Factiva => "factiva",
            Self::Lucene => "lucene",
            Self::Google => "google",
        }
    }
}

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The question, which prints itself in the native form.
    pub query: Query,
    /// What was read otherwise than the system reads it, or left out: a line each.
    pub remarks: Vec<String>,
}

/// Reads a query of a dialect.
///
/// The time taken grows with the length of the text, not faster.
///
/// # Errors
///
/// Fails as [`super::parse`] does, with a caret under the text as it was typed.
pub fn read(text: &str, dialect: Dialect) -> Result<Reading> {
    check_size(text)?;
    let reading = match dialect {
        Dialect::Native => native(text),
        Dialect::Lexis => lexis::read(text),
        Dialect::Factiva => factiva::read(text),
        Dialect::Lucene => lucene::read(text),
        Dialect::Google => google::read(text),
    };
    let checked = reading.and_then(|reading| match dialect {
        Dialect::Native => Ok(reading),
        _ => check_printed(text, &reading.query).map(|()| reading),
    });
    checked.map_err(|fault| fault.render(text))
}

fn native(text: &str) -> std::result::Result<Reading, Fault> {
    let query = parser::parse(text)?;
    // Only a question mark at the end can go without changing what is read.
    let without = text.trim_end().strip_suffix('?').filter(|it| !it.trim().is_empty());
    let is_question = without.is_some_and(|it| parser::parse(it).is_ok_and(|it| it == query));
    let remark = "the '?' at the end was read as a question mark".to_owned();
    Ok(Reading { query, remarks: is_question.then_some(remark).into_iter().collect() })
}

/// Refuses a query that would not be read the same once printed.
///
/// Each dialect keeps to what can be printed. What is left for this check are the limits: what is
/// printed may be longer than what was typed, and take more parentheses.
fn check_printed(text: &str, query: &Query) -> std::result::Result<(), Fault> {
    let whole = Span::new(text.len() - text.trim_start().len(), text.trim_end().len());
    let printed = query.to_string();
    if printed.len() > QUERY_BYTES_MAX {
        let message =
            format!("in this program's language the query is {} bytes long", printed.len());
        let suggestion =
            format!("at most {QUERY_BYTES_MAX} are read: search for fewer words at once");
        return Err(Fault::new(whole, message, suggestion));
    }
    match parser::parse(&printed) {
        Ok(same) if same == *query => Ok(()),
        Ok(other) => {
            let message = format!("{} would be read otherwise", in_quotes(&printed));
            Err(Fault::new(
                whole,
                message,
                format!("it would be read as {}", in_quotes(&other.to_string())),
            ))
        }
        Err(fault) => {
            let suggestion = "so it is in this program's language: use fewer parentheses";
            Err(Fault::new(whole, fault.message().to_owned(), suggestion))
        }
    }
}
