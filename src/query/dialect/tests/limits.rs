//! What is too long, too many or too deep, counted in what comes out.

use super::Dialect;
use crate::query::{CLAUSES_MAX, NESTING_MAX, QUERY_BYTES_MAX, read};

/// Checks the sentence of the error in one dialect, without the lines below it.
#[track_caller]
fn check_one(dialect: Dialect, typed: &str, sentence: &str) {
    let told = read(typed, dialect).map_or_else(|error| error.message, |_| "read".to_owned());
    assert_eq!(told.lines().next(), Some(sentence), "{dialect:?}");
}

/// Checks the sentence of the error in every dialect.
#[track_caller]
fn check(typed: &str, sentence: &str) {
    Dialect::ALL.iter().for_each(|dialect| check_one(*dialect, typed, sentence));
}

const TOO_MANY: &str = "the query has more than 1024 words and filters";
const TOO_DEEP: &str = "the query is nested more than 64 levels deep";

#[test]
fn a_query_is_no_longer_than_the_limit() {
    let longest = format!("\"{}\"", "a ".repeat(QUERY_BYTES_MAX / 2 - 1));
    check(&longest, "read");
    check(&format!("{longest} "), "the query is 65537 bytes long, and at most 65536 are read");
}

#[test]
fn a_query_has_no_more_clauses_than_the_limit() {
    check(&"a ".repeat(CLAUSES_MAX), "read");
    check(&"a ".repeat(CLAUSES_MAX + 1), TOO_MANY);
    check(&"\"b\" ".repeat(10_000), TOO_MANY);
    check_one(Dialect::Lexis, &"date > 2024 and ".repeat(4_000), TOO_MANY);
    check_one(Dialect::Factiva, &"wc>5 and ".repeat(4_000), TOO_MANY);
    check_one(Dialect::Lucene, &"date:2024 ".repeat(4_000), TOO_MANY);
    check_one(Dialect::Google, &"before:2024 ".repeat(4_000), TOO_MANY);
}

#[test]
fn what_is_written_out_counts_as_what_comes_out() {
    check_one(Dialect::Lexis, &"a* or ".repeat(CLAUSES_MAX / 2 + 1), TOO_MANY);
    check_one(Dialect::Lexis, &format!("a{}", "*".repeat(CLAUSES_MAX)), TOO_MANY);
    let words = vec!["a"; CLAUSES_MAX / 2 + 1].join(" or ");
    check_one(Dialect::Lexis, &format!("hlead({words})"), TOO_MANY);
    check_one(Dialect::Factiva, &format!("hlp=({words})"), TOO_MANY);
    check_one(Dialect::Factiva, &"cat$9 or ".repeat(CLAUSES_MAX / 10 + 1), TOO_MANY);
    check_one(Dialect::Lucene, &"\"a b\"~2 ".repeat(CLAUSES_MAX / 4 + 1), TOO_MANY);
}

#[test]
fn a_query_is_no_deeper_than_the_limit() {
    let deep = |n: usize| format!("{}a{}", "(".repeat(n), ")".repeat(n));
    check(&deep(NESTING_MAX), "read");
    check(&deep(NESTING_MAX + 1), TOO_DEEP);
    check(&"(".repeat(QUERY_BYTES_MAX), TOO_DEEP);
    check_one(Dialect::Factiva, &"not ".repeat(QUERY_BYTES_MAX / 4), TOO_DEEP);
    check_one(Dialect::Factiva, &"[".repeat(QUERY_BYTES_MAX), TOO_DEEP);
    check_one(Dialect::Google, &"-".repeat(QUERY_BYTES_MAX), TOO_DEEP);
    check_one(Dialect::Google, &"intext:".repeat(9_000), TOO_DEEP);
    check_one(Dialect::Lexis, &"CAPS(".repeat(9_000), TOO_DEEP);
}

#[test]
fn a_chain_of_proximity_is_no_longer_than_the_limit() {
    for (dialect, near) in [
        (Dialect::Lexis, "a w/5 "),
        (Dialect::Factiva, "a near5 "),
        (Dialect::Google, "a AROUND(5) "),
    ] {
        check_one(dialect, &format!("{}a", near.repeat(NESTING_MAX)), "read");
        check_one(dialect, &format!("{}a", near.repeat(NESTING_MAX + 1)), TOO_DEEP);
    }
    let falling: String = (1..=100).rev().map(|n| format!("a w/{n} ")).collect();
    check_one(Dialect::Lexis, &format!("{falling} a"), TOO_DEEP);
    let groups = "(a or b) ".repeat(NESTING_MAX + 2);
    check_one(Dialect::Lexis, &groups, TOO_DEEP);
}

#[test]
fn what_is_longer_or_deeper_in_this_language_is_told() {
    let deep = format!("{}a{}", "-(a b OR ".repeat(30), ")".repeat(30));
    super::check_error(
        Dialect::Google,
        &deep,
        "the query is nested more than 64 levels deep
  -(a b OR -(a b OR -(a b OR -(a b OR -(a b OR -(a b OR -(a b OR -(a b O…
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \
so it is in this program's language: use fewer parentheses",
    );
    let word = "a".repeat(QUERY_BYTES_MAX / 16);
    let typed = format!("hlead({})", vec![word; 12].join(" or "));
    check_one(Dialect::Lexis, &typed, "in this program's language the query is 98414 bytes long");
}
