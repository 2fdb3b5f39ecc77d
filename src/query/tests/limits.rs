//! What is too long, too many or too deep, and how a long query is shown.

use super::check_error;
use crate::query::{CLAUSES_MAX, NESTING_MAX, QUERY_BYTES_MAX, parse};

/// Checks the sentence of the error, without the lines below it.
fn check_sentence(typed: &str, sentence: &str) {
    let told = parse(typed).map_or_else(|error| error.message, |_| "read".to_owned());
    assert_eq!(told.lines().next(), Some(sentence));
}

#[test]
fn a_query_is_no_longer_than_the_limit() {
    let longest = format!("\"{}\"", "a".repeat(QUERY_BYTES_MAX - 2));
    check_sentence(&longest, "read");
    check_error(
        &format!("{longest} "),
        "the query is 65537 bytes long, and at most 65536 are read
hint: search for fewer words at once",
    );
}

#[test]
fn a_query_has_no_more_clauses_than_the_limit() {
    check_sentence(&"a ".repeat(CLAUSES_MAX), "read");
    check_sentence(&"lang:en OR ".repeat(CLAUSES_MAX - 1), "nothing stands after 'OR'");
    let too_many = "the query has more than 1024 words and filters";
    check_sentence(&"a ".repeat(CLAUSES_MAX + 1), too_many);
    check_sentence(&"a ".repeat(10_000), too_many);
    check_sentence(&"\"a\"".repeat(10_000), too_many);
    check_sentence(&"-lang:en ".repeat(5_000), too_many);
    check_sentence(&"words>5 ".repeat(5_000), too_many);
    check_sentence(&format!("headline:({})", "a|".repeat(5_000)), too_many);
    check_error(
        &"ab ".repeat(CLAUSES_MAX + 1),
        "the query has more than 1024 words and filters
\x20\x20…\x20ab\x20ab\x20ab\x20ab\x20ab\x20ab\x20ab\x20ab\x20ab\x20ab\x20ab\x20ab\x20ab\x20ab\x20ab\x20ab\x20ab\x20ab\x20ab\x20ab\x20ab\x20ab\x20ab\x20
\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20^^\x20this is one too many",
    );
}

#[test]
fn a_query_is_no_deeper_than_the_limit() {
    let deep = |n: usize| format!("{}a{}", "(".repeat(n), ")".repeat(n));
    check_sentence(&deep(NESTING_MAX), "read");
    let too_deep = "the query is nested more than 64 levels deep";
    check_sentence(&deep(NESTING_MAX + 1), too_deep);
    check_sentence(&"(".repeat(QUERY_BYTES_MAX), too_deep);
    check_sentence(&"not ".repeat(QUERY_BYTES_MAX / 4), too_deep);
    check_sentence(&"-(".repeat(QUERY_BYTES_MAX / 2), too_deep);
    check_sentence(&"(-a ".repeat(QUERY_BYTES_MAX / 4), too_deep);
    check_sentence(&format!("{}a", "NOT ".repeat(NESTING_MAX)), "read");
    let deepest = parse(&format!("b {}a", "-NOT ".repeat(NESTING_MAX / 2)));
    let printed = deepest.as_ref().map(ToString::to_string);
    check_sentence(&printed.unwrap_or_default(), "read");
}

#[test]
fn of_a_long_query_the_part_around_the_caret_is_shown() {
    let word = "ceasefire ".repeat(12);
    check_error(
        &format!("{word}headl:a {word}"),
        "unknown field 'headl'
  …ceasefire ceasefire ceasefire headl:a ceasefire ceasefire ceasefire ce…
                                 ^^^^^ did you mean 'headline' (short: hd)?
hint: to search for it as text, put it all in quotes: \"headl:a\"",
    );
    check_error(
        &format!("headl:a {word}"),
        "unknown field 'headl'
  headl:a ceasefire ceasefire ceasefire ceasefire ceasefire ceasefire ce…
  ^^^^^ did you mean 'headline' (short: hd)?
hint: to search for it as text, put it all in quotes: \"headl:a\"",
    );
    check_error(
        &format!("{}headl:a", "東京 ".repeat(30)),
        "unknown field 'headl'
  …京 東京 東京 東京 東京 東京 東京 東京 東京 東京 東京 東京 東京 headl:a
                                                                  ^^^^^ did you mean 'headline' (short: hd)?
hint: to search for it as text, put it all in quotes: \"headl:a\"",
    );
}

#[test]
fn a_long_word_is_named_by_its_beginning() {
    let long = "a".repeat(QUERY_BYTES_MAX / 2);
    check_error(
        &format!("{long}:b"),
        "unknown field 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…'
  aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the fields are headline, \
byline, dateline, section, source, slug, lang, id, url, file, date, words
hint: to search for it as text, put it all in quotes: \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…\"",
    );
}
