//! Topics: the questions of a test, each with its id.

use std::collections::HashMap;

use crate::error::Result;
use crate::query::{self, Query};
use crate::text::{Line, lines, no_lines};

use super::{LINES_MAX, QUERIES_MAX};

/// A question of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// What judgments and runs call it; without white space.
    pub id: String,
    /// The words, as they are printed.
    pub text: String,
    /// The words, as they are searched.
    pub query: Query,
}

/// What a line of topics is.
const SHAPE: &str = "a topic is a line of an id, a tab and the words of the query";

/// Reads topics, a line each: the id, a tab, the words. `file` is what errors call it.
///
/// # Errors
///
/// [`Kind::Usage`](crate::error::Kind::Usage) at the first line that is no topic or has the id of
/// another, and where there is no topic at all.
pub fn topics(bytes: &[u8], file: &str) -> Result<Vec<Topic>> {
    let mut seen = HashMap::new();
    let mut topics = Vec::new();
    for line in lines(bytes, file, LINES_MAX) {
        let line = line?;
        let topic = topic(&line)?;
        if let Some(first) = seen.insert(topic.id.clone(), line.number) {
            let reason = format!("the id '{}' stands in line {first} already", topic.id);
            return Err(line.fault(&reason, "give each topic an id of its own"));
        }
        topics.push(topic);
        if topics.len() > QUERIES_MAX {
            return Err(line.too_many(QUERIES_MAX));
        }
    }
    if topics.is_empty() {
        return Err(no_lines(file, "topic", SHAPE));
    }
    Ok(topics)
}

fn topic(line: &Line<'_>) -> Result<Topic> {
    let Some((id, text)) = line.text.split_once('\t') else {
        return Err(line.fault("no tab behind the id", SHAPE));
    };
    let id = id.trim();
    if id.is_empty() {
        return Err(line.fault("no id before the tab", SHAPE));
    }
    if id.contains(char::is_whitespace) {
        let reason = format!("white space in the id '{id}'");
        return Err(line.fault(&reason, "judgments and runs cannot name such an id"));
    }
    let query = query::plain(text).map_err(|error| line.fault(&error.message, SHAPE))?;
    Ok(Topic { id: id.to_owned(), text: text.trim().to_owned(), query })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refuses(bytes: &[u8], message: &str) {
        assert_eq!(topics(bytes, "t.tsv").unwrap_err().message, message);
    }

    #[test]
    fn a_line_is_a_topic_and_blank_lines_are_none() {
        let found = topics(b"\xEF\xBB\xBFq1\tFerry (stops) \r\n\r\n q-2 \tAND\n", "t.tsv").unwrap();
        let found: Vec<(&str, &str)> = found.iter().map(|it| (&*it.id, &*it.text)).collect();
        assert_eq!(found, [("q1", "Ferry (stops)"), ("q-2", "AND")]);
    }

    #[test]
    fn what_is_no_topic_is_told_with_its_line() {
        refuses(b"q1\ta\nq2 b\n", "t.tsv:2: no tab behind the id");
        refuses(b"\ta\n", "t.tsv:1: no id before the tab");
        refuses(b"q 1\ta\n", "t.tsv:1: white space in the id 'q 1'");
        refuses(b"q1\ta\n\nq1\tb\n", "t.tsv:3: the id 'q1' stands in line 1 already");
        refuses(b"q1\t .\n", "t.tsv:1: the query has no word");
        refuses(b"q1\t \n", "t.tsv:1: the query is empty");
        refuses(b"q1\ta\xFF\n", "t.tsv:1: not UTF-8");
        refuses(b"\n \n", "t.tsv: no topic in it");
    }
}
