//! What is too long, too many or too deep, and how a long query is shown.

use super::check_error;
use crate::query::{
    CLAUSES_MAX, COUNT_MAX, DISTANCE_MAX, NESTING_MAX, QUERY_BYTES_MAX, WINDOW_WORDS_MAX, Weight,
    parse,
};

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

/// Checks that a query is read and that its printed form reads the same.
fn check_law(typed: &str) {
    let query = parse(typed).unwrap();
    assert_eq!(parse(&query.to_string()).ok(), Some(query), "{typed}");
}

#[test]
fn a_chain_of_proximity_is_no_longer_than_nesting_is_deep() {
    let chain = |n: usize| format!("a{}", " W/5 a".repeat(n));
    let too_deep = "the query is nested more than 64 levels deep";
    check_law(&chain(NESTING_MAX));
    check_sentence(&chain(NESTING_MAX + 1), too_deep);
    check_sentence(&format!("({}) W/5 b", chain(NESTING_MAX)), too_deep);
    check_sentence(&format!("b W/5 ({})", chain(NESTING_MAX)), too_deep);
    check_sentence(&format!("b W/5 (c OR {})", chain(NESTING_MAX)), too_deep);
    check_law(&format!("({}) AND ({0}) {0}", chain(NESTING_MAX)));
    check_law(&format!("({}) W/5 ({0})", chain(NESTING_MAX - 1)));
    check_sentence(
        &format!("{}{}", "(".repeat(NESTING_MAX), chain(1)),
        "the parenthesis is not closed",
    );
    check_law(&format!(
        "{}{}{}",
        "(".repeat(NESTING_MAX),
        chain(NESTING_MAX),
        ")".repeat(NESTING_MAX)
    ));
}

#[test]
fn functions_nest_as_parentheses_do() {
    let deep = |n: usize| format!("{}a{}", "atleast2(".repeat(n), ")".repeat(n));
    check_law(&deep(NESTING_MAX));
    check_sentence(&deep(NESTING_MAX + 1), "the query is nested more than 64 levels deep");
    let weighed = |n: usize| format!("{}a{}", "(".repeat(n), ")^2".repeat(n));
    check_law(&weighed(NESTING_MAX));
    check_sentence(&weighed(NESTING_MAX + 1), "the query is nested more than 64 levels deep");
}

#[test]
fn the_deepest_query_prints_no_deeper() {
    let n = NESTING_MAX / 2;
    for inner in ["won?", "won? OR b", "and? | b", "exact^2", "Analysis:", "W5", "a W/5 b W/5 c"] {
        check_law(&format!("{}{inner}{}", "NOT (x ".repeat(n), ")".repeat(n)));
    }
    for inner in ["(Analysis:)^2", "-won? b", "x (W5) b", "headline:(-a)", "b^2 (c^2)^2"] {
        check_law(&format!("{}{inner}{}", "NOT (x ".repeat(n - 1), ")".repeat(n - 1)));
    }
}

#[test]
fn proximity_makes_no_more_conditions_than_the_limit() {
    let all = |n: usize| format!("({})", vec!["a"; n].join(" AND "));
    check_law(&format!("{} W/5 {}", all(32), all(32)));
    let any = |n: usize| format!("({})", vec!["b"; n].join(" OR "));
    check_law(&format!("{} W/5 {}", all(60), any(60)));
    let too_many = "with 'W/5' the query has more than 1024 conditions";
    check_sentence(&format!("{} W/5 {}", all(32), all(33)), too_many);
    let too_long = "with 'W/5' the conditions of the query have more than 16384 words";
    check_sentence(&format!("{} W/5 {}", all(500), any(500)), too_long);
    check_sentence(&format!("{} W/5 {}", all(33), all(32).replace(" AND", "")), too_many);
    check_sentence(&format!("(a OR {}) W/5 {}", all(32), all(32)), too_many);
    check_sentence(&format!("({} W/5 {0}) W/5 (b AND c)", all(30)), too_many);
    check_law(&format!("{} W/5 {0} OR {0} W/5 {0}", all(22)));
    check_sentence(&format!("{} W/5 {0} OR {0} W/5 {0}", all(23)), too_many);
    check_error(
        &format!("{} W/5 b", ["(a AND b)"; 11].join(" W/5 ")),
        "with 'W/5' the query has more than 1024 conditions
  …a AND b) W/5 (a AND b) W/5 (a AND b) W/5 (a AND b) W/5 (a AND b) W/5 b
                                                      ^^^ each word that AND joins on one side is joined with \
each on the other",
    );
}

#[test]
fn distances_are_within_their_limits() {
    for (least, most, form) in [
        (1, DISTANCE_MAX, "a W/{} b"),
        (1, DISTANCE_MAX, "a NOT PRE/{} b"),
        (1, DISTANCE_MAX, "\"a b\"~{}"),
        (0, DISTANCE_MAX, "slop/{}(\"a b\")"),
        (1, COUNT_MAX, "atleast{}(a)"),
        (1, COUNT_MAX, "first/{}(a)"),
        (0, Weight::MAX, "a^{}"),
    ] {
        let query = |n: &str| form.replace("{}", n);
        check_law(&query(&least.to_string()));
        check_law(&query(&most.to_string()));
        let beyond = [(most + 1).to_string(), "9".repeat(30)];
        let below = (least > 0).then(|| (least - 1).to_string());
        for n in beyond.iter().chain(&below) {
            let told = parse(&query(n)).unwrap_err().message;
            assert_eq!(told.lines().count(), 3, "{told}");
        }
    }
}

#[test]
fn a_window_holds_no_more_words_than_the_limit() {
    let words = |n: usize| vec!["a"; n].join(" ");
    check_law(&format!("\"{}\"~9", words(WINDOW_WORDS_MAX)));
    check_law(&format!("slop/9(\"{}\")", words(WINDOW_WORDS_MAX)));
    check_law(&format!("\"{}\"", words(WINDOW_WORDS_MAX + 1)));
    let too_many = "33 words are too many to be near each other";
    check_sentence(&format!("\"{}\"~9", words(WINDOW_WORDS_MAX + 1)), too_many);
    check_sentence(&format!("slop/9(\"a-{}\")", words(WINDOW_WORDS_MAX)), too_many);
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
lead, byline, dateline, section, source, slug, lang, id, url, file, person, org, place, topic, demonym, date, \
words
hint: to search for it as text, put it all in quotes: \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…\"",
    );
}
