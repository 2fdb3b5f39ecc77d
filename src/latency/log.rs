//! The log of searches: how a line is written, and how a workload is made of one.
//!
//! A line is a JSON object:
//!
//! | key | value |
//! |---|---|
//! | `at` | the time by Greenwich |
//! | `query` | the query in canonical form |
//! | `how` | how it was asked, in the words of a workload; empty where as by default |
//! | `took_us` | how long it took, in microseconds |
//! | `hits` | how many articles match |

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::query::{self, Query};
use crate::search::Sort;
use crate::text::lines;

use super::workload::How;
use super::{LINES_MAX, Workload};

/// The longest line of a log, in bytes; a longer one is not written.
pub const LOG_LINE_BYTES_MAX: usize = 64 * 1024;

/// A search that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logged {
    /// The time by Greenwich, as people write it.
    pub at: String,
    /// The query in canonical form.
    pub query: String,
    /// How it was asked: what [`How`] prints.
    pub how: String,
    /// How long it took, in microseconds.
    pub took_us: u64,
    /// How many articles match.
    pub hits: u64,
}

impl Logged {
    /// Returns the line, with its end; nothing where it would be longer than
    /// [`LOG_LINE_BYTES_MAX`].
    pub fn to_line(&self) -> Option<String> {
        let line = format!("{}\n", serde_json::to_string(self).ok()?);
        (line.len() <= LOG_LINE_BYTES_MAX).then_some(line)
    }
}

/// What a line of a log is.
const SHAPE: &str = "a log has a JSON object a line, as 'dateline search --log FILE' writes it";

/// Makes a workload of a log: every search in the order in which it was made, its class being the
/// form of its query, or the order of its hits where that was not by relevance.
///
/// # Errors
///
/// [`Kind::Usage`](crate::error::Kind::Usage) at the first line that is no search, and where there
/// is none at all.
pub fn workload_of_log(bytes: &[u8], file: &str) -> Result<Workload> {
    let mut workload = Workload::default();
    for line in lines(bytes, file, LINES_MAX) {
        let line = line?;
        let logged: Logged = serde_json::from_str(line.text)
            .map_err(|cause| line.fault(&format!("not a search: {cause}"), SHAPE))?;
        let how = How::parse(&logged.how).map_err(|reason| line.fault(&reason, SHAPE))?;
        workload.add_line(&line, class(&logged.query, how), &logged.query, how)?;
    }
    workload.checked(file)
}

fn class(text: &str, how: How) -> &'static str {
    match how.sort {
        Sort::Newest => "newest",
        Sort::Oldest => "oldest",
        Sort::Relevance => query::parse(text).map_or("unreadable", |query| form(&query)),
    }
}

/// Returns what the form of a query is called.
fn form(query: &Query) -> &'static str {
    match query {
        Query::Everything => "everything",
        Query::Word(_) => "word",
        Query::Phrase(_) | Query::Window(..) | Query::Slop(..) => "phrase",
        Query::Wildcard(_) => "wildcard",
        Query::Fuzzy(..) => "fuzzy",
        Query::Loose(_) | Query::And(_) | Query::Not(_) => "and",
        Query::Or(_) => "or",
        Query::Near(..) => "proximity",
        Query::AtLeast(..) | Query::First(..) | Query::Form(..) => "form",
        Query::Field(..) => "field",
        Query::Date(_) | Query::Number(_) => "date",
        Query::Weighted(query, _) => form(query),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn logged(query: &str, how: &str) -> String {
        let (at, query, how) =
            ("2025-08-18T01:02:03Z".to_owned(), query.to_owned(), how.to_owned());
        Logged { at, query, how, took_us: 212, hits: 3 }.to_line().unwrap()
    }

    #[test]
    fn what_was_searched_is_asked_again() {
        let log = [
            logged("ferry", ""),
            logged("a AND b", "limit=50"),
            logged("\"a b\"", ""),
            logged("ferry", "newest"),
            logged("x W/5 y", "as-typed"),
            logged("(", ""),
        ];
        let workload = workload_of_log(log.concat().as_bytes(), "log").unwrap();
        assert_eq!(
            workload.to_lines(),
            "word\tferry\nand\ta AND b\tlimit=50\nphrase\t\"a b\"\nnewest\tferry\tnewest\n\
             proximity\tx W/5 y\tas-typed\nunreadable\t(\n"
        );
    }

    #[test]
    fn a_line_that_is_no_search_is_told() {
        let log = format!("{}ferry\n", logged("mill", ""));
        let message = workload_of_log(log.as_bytes(), "log").unwrap_err().message;
        assert!(message.starts_with("log:2: not a search: "), "{message}");
        let message = workload_of_log(logged("a", "soon").as_bytes(), "log").unwrap_err().message;
        assert_eq!(message, "log:1: 'soon' is no way to ask");
        assert_eq!(workload_of_log(b"", "log").unwrap_err().message, "log: no query in it");
    }

    #[test]
    fn a_line_has_an_end_and_a_limit() {
        assert_eq!(logged("a\nb", "").matches('\n').count(), 1);
        let long = "x".repeat(LOG_LINE_BYTES_MAX);
        let (at, how) = (String::new(), String::new());
        assert_eq!(Logged { at, query: long, how, took_us: 0, hits: 0 }.to_line(), None);
    }
}
