//! Each dialect as a table: what is typed, and what it is in the language of this program.

mod factiva;
mod google;
mod lexis;
mod limits;
mod lucene;
mod properties;

use super::{Dialect, read};
use crate::error::Kind;
use crate::query::parse;

/// Checks the native form of a query, and that it has no remarks.
#[track_caller]
fn check(dialect: Dialect, typed: &str, native: &str) {
    check_remarks(dialect, typed, native, &[]);
}

/// Checks the native form of a query and its remarks.
#[track_caller]
fn check_remarks(dialect: Dialect, typed: &str, native: &str, remarks: &[&str]) {
    match read(typed, dialect) {
        Ok(reading) => {
            assert_eq!(reading.query.to_string(), native, "{typed}");
            assert_eq!(reading.remarks, remarks, "{typed}");
            assert_eq!(parse(native).ok(), Some(reading.query), "{typed}");
        }
        Err(error) => assert_eq!(error.to_string(), native, "{typed}"),
    }
}

/// Checks the whole message, without its hint.
#[track_caller]
fn check_error(dialect: Dialect, typed: &str, told: &str) {
    match read(typed, dialect) {
        Ok(reading) => assert_eq!(format!("read as {}", reading.query), told, "{typed}"),
        Err(error) => {
            assert_eq!(error.kind, Kind::Usage);
            assert_eq!(error.message, told, "{typed}");
        }
    }
}

#[test]
fn each_dialect_has_a_name_of_its_own() {
    let names = Dialect::ALL.map(Dialect::name);
    assert_eq!(names, ["native", "lexis", "factiva", "lucene", "google"]);
    assert_eq!(Dialect::default(), Dialect::ALL[0]);
}

#[test]
fn the_native_dialect_is_the_language_of_this_program() {
    check(Dialect::Native, "a W/5 b OR hd:c", "a W/5 b OR headline:c");
    check(Dialect::Native, "wom?n?", "wom?n?");
    check(Dialect::Native, "\"who won?\"", "\"who won?\"");
    check(Dialect::Native, "url:https://a.org/b?", "url:https://a.org/b?");
    check_error(
        Dialect::Native,
        "a (b",
        "the parenthesis is not closed
  a (b
    ^ put a ')' where the group ends",
    );
}

#[test]
fn a_question_mark_at_the_end_is_told() {
    let remark = "the '?' at the end was read as a question mark";
    check_remarks(Dialect::Native, "who won?", "who won", &[remark]);
    check_remarks(Dialect::Native, "who won? ", "who won", &[remark]);
}

#[test]
fn every_dialect_asks_for_a_word() {
    for dialect in Dialect::ALL {
        check_error(dialect, " \t", "the query is empty");
    }
}
