//! The language as a table: what is typed, what is read, and what is printed.

mod errors;
mod forms;
mod limits;
mod misuse;
mod properties;
mod trees;
mod values;

use super::{Comparison, Field, NumberField, Query, parse};
use crate::error::Kind;
use crate::text::Moment;

/// Checks how a query is read, written as a tree, and that its printed form reads the same.
fn check(typed: &str, tree: &str) {
    match parse(typed) {
        Ok(query) => {
            assert_eq!(structure(&query), tree, "{typed}");
            assert_eq!(parse(&query.to_string()).ok(), Some(query), "{typed}");
        }
        Err(error) => assert_eq!(error.to_string(), tree, "{typed}"),
    }
}

/// Checks the canonical form of a query.
fn check_print(typed: &str, printed: &str) {
    let found = parse(typed).map_or_else(|error| error.to_string(), |query| query.to_string());
    assert_eq!(found, printed, "{typed}");
}

/// Checks the whole message, with the hint as the program prints it.
fn check_error(typed: &str, told: &str) {
    let found = match parse(typed) {
        Ok(query) => format!("read as {query}"),
        Err(error) => {
            assert_eq!(error.kind, Kind::Usage);
            let hint = error.hint.map(|hint| format!("\nhint: {hint}"));
            error.message + &hint.unwrap_or_default()
        }
    };
    assert_eq!(found, told, "{typed}");
}

/// Writes a tree without a thought for precedence: `Or[Loose[a, b], "c d"]`.
fn structure(query: &Query) -> String {
    let list = |parts: &[Query]| parts.iter().map(structure).collect::<Vec<_>>().join(", ");
    match query {
        Query::Everything => "Everything".to_owned(),
        Query::Word(word) => word.clone(),
        Query::Phrase(text) => format!("\"{text}\""),
        Query::Wildcard(word) => format!("Wildcard({word})"),
        Query::Fuzzy(word, distance) => format!("Fuzzy{distance}({word})"),
        Query::Window(text, n) => format!("Window{n}(\"{text}\")"),
        Query::Slop(text, n) => format!("Slop{n}(\"{text}\")"),
        Query::Loose(parts) => format!("Loose[{}]", list(parts)),
        Query::And(parts) => format!("And[{}]", list(parts)),
        Query::Or(parts) => format!("Or[{}]", list(parts)),
        Query::Not(negated) => format!("Not({})", structure(negated)),
        Query::Near(left, proximity, right) => {
            format!("Near[{} {proximity} {}]", structure(left), structure(right))
        }
        Query::AtLeast(n, part) => format!("AtLeast{n}({})", structure(part)),
        Query::First(n, part) => format!("First{n}({})", structure(part)),
        Query::Form(form, part) => format!("{form:?}({})", structure(part)),
        Query::Weighted(part, weight) => format!("Weighted({}, {weight})", structure(part)),
        Query::Field(field, argument) => format!("{field:?}({})", structure(argument)),
        Query::Date(filter) => format!("Date({})", compared(&filter.comparison)),
        Query::Number(filter) => format!("{:?}({})", filter.field, compared(&filter.comparison)),
    }
}

fn compared<T: std::fmt::Display>(comparison: &Comparison<T>) -> String {
    match comparison {
        Comparison::Equal(value) => format!("Equal {value}"),
        Comparison::Between(first, last) => format!("Between {first} {last}"),
        Comparison::Below(value) => format!("Below {value}"),
        Comparison::AtMost(value) => format!("AtMost {value}"),
        Comparison::AtLeast(value) => format!("AtLeast {value}"),
        Comparison::Above(value) => format!("Above {value}"),
    }
}

#[test]
fn words_are_kept_as_typed() {
    check("Ceasefire", "Ceasefire");
    for word in [
        "U.S.",
        "long-term",
        "O'Brien",
        "O’Brien",
        "Putin's",
        "rock'n'roll",
        "'tis",
        "ships'",
        "$90",
        "1,500",
        "10:30",
        "https://example.org/a:b",
        "and/or",
        "w/o",
        "w",
        "near",
        "W/",
        "W5",
        "within/5",
        "/5",
        "9/11",
        "24/7",
        "H5N1",
        "AT&T",
        "Analysis:",
        "~100",
        "^x",
        "x^y",
        "Δ",
        "東京",
        "exact",
        "first/half",
        "2024..2025",
    ] {
        check(word, word);
    }
}

#[test]
fn words_side_by_side_are_loose() {
    check("ceasefire talks", "Loose[ceasefire, talks]");
    check("  a\tb\nc  ", "Loose[a, b, c]");
    check("(a b) c (d)", "Loose[a, b, c, d]");
    check("Analysis: why now", "Loose[Analysis:, why, now]");
}

#[test]
fn phrases_stand_between_quotation_marks_of_any_kind() {
    for typed in ["\"a b\"", "“a b”", "„a b“", "«a b»", "»a b«", "”a b”", "“a b\""]
    {
        check(typed, "\"a b\"");
    }
    check("“he said «no»”", "\"he said «no»\"");
    check("«he said \"no\" twice»", "\"he said  no  twice\"");
    check("say\"a b\"\"c\"d", "Loose[say, \"a b\", \"c\", d]");
    check("\"and\"", "\"and\"");
    check("\"re:port (a|b) -c\"", "\"re:port (a|b) -c\"");
}

#[test]
fn operators_are_read_in_any_case() {
    check("a AND b", "And[a, b]");
    check("a and b", "And[a, b]");
    check("a or b", "Or[a, b]");
    check("a | b|c", "Or[a, b, c]");
    check("Not a", "Not(a)");
    check("android order nothing", "Loose[android, order, nothing]");
}

#[test]
fn negation_binds_tightest_then_adjacency_then_and_then_or() {
    check("a b OR c d", "Or[Loose[a, b], Loose[c, d]]");
    check("a AND b c", "And[a, Loose[b, c]]");
    check("a OR b AND c", "Or[a, And[b, c]]");
    check("a AND b OR c", "Or[And[a, b], c]");
    check("NOT a b", "Loose[Not(a), b]");
    check("NOT a AND b", "And[Not(a), b]");
    check("NOT a OR b", "Or[Not(a), b]");
    check("a AND NOT b c", "And[a, Loose[Not(b), c]]");
}

#[test]
fn parentheses_always_win() {
    check("(a OR b) c", "Loose[Or[a, b], c]");
    check("(a AND b) c", "Loose[And[a, b], c]");
    check("a AND (b OR c)", "And[a, Or[b, c]]");
    check("NOT (a b)", "Not(Loose[a, b])");
    check("((a))", "a");
    check("(a)(b)c", "Loose[a, b, c]");
}

#[test]
fn groups_of_one_kind_become_one() {
    check("(a AND b) AND (c AND d)", "And[a, b, c, d]");
    check("a OR (b | (c OR d))", "Or[a, b, c, d]");
    check("(a b) AND c", "And[Loose[a, b], c]");
}

#[test]
fn what_is_left_out_follows_not_or_a_minus() {
    check("a NOT b", "And[a, Not(b)]");
    check("a b NOT c d", "And[Loose[a, b], Loose[Not(c), d]]");
    check("a -b c", "Loose[a, Not(b), c]");
    check("-sport", "Not(sport)");
    check("a AND -b", "And[a, Not(b)]");
    check("a -\"b c\" -(d e)", "Loose[a, Not(\"b c\"), Not(Loose[d, e])]");
    check("-headline:a", "Not(Headline(a))");
    check("(-a)|-b", "Or[Not(a), Not(b)]");
    check("NOT NOT a", "Not(Not(a))");
    check("b -NOT a", "Loose[b, Not(Not(a))]");
    check("b -(NOT a)", "Loose[b, Not(Not(a))]");
    check("a NOT -b", "And[a, Not(Not(b))]");
}

#[test]
fn wildcards_end_in_a_star_and_a_star_alone_is_everything() {
    check("launder*", "Wildcard(launder*)");
    check("long-ter* U.S*", "Loose[Wildcard(long-ter*), Wildcard(U.S*)]");
    check("*", "Everything");
    check("* lang:en", "Loose[Everything, Language(en)]");
}

#[test]
fn fields_have_names_in_any_case_and_short_ones() {
    for (names, field) in [
        ("headline hd hl title Headline HD", Field::Headline),
        ("byline by", Field::Byline),
        ("dateline dl", Field::Dateline),
        ("section se", Field::Section),
        ("source sc rst", Field::Source),
        ("slug", Field::Slug),
        ("lang la language", Field::Language),
        ("id an docno", Field::Id),
        ("url", Field::Url),
        ("file", Field::File),
    ] {
        for name in names.split(' ') {
            check(&format!("{name}:a"), &format!("{field:?}(a)"));
            check_print(&format!("{name}=a"), &format!("{}:a", field.name()));
        }
    }
}

#[test]
fn a_field_takes_a_word_a_phrase_a_wildcard_or_a_group() {
    check("headline:\"a b\"c", "Loose[Headline(\"a b\"), c]");
    check("headline:launder*", "Headline(Wildcard(launder*))");
    check("headline:(a b OR -c)", "Headline(Or[Loose[a, b], Not(c)])");
    check("headline:((a)) b", "Loose[Headline(a), b]");
    check("headline:a b", "Loose[Headline(a), b]");
    check("headline:10:30", "Headline(10:30)");
    check("byline:“Ann O’Brien”", "Byline(\"Ann O’Brien\")");
    check("lang:\"or\"", "Language(\"or\")");
}

#[test]
fn ids_addresses_and_files_are_taken_as_they_stand() {
    check("id:reuters:19870226", "Id(reuters:19870226)");
    check("id:-12", "Id(-12)");
    check("url:https://a.org/b?c=d~1", "Url(https://a.org/b?c=d~1)");
    check("file:seeds/2025*", "File(Wildcard(seeds/2025*))");
    check("NOT id:and", "Not(Id(and))");
    check("file:///a/b.txt", "File(///a/b.txt)");
    check("id=//0", "Id(//0)");
}

#[test]
fn dates_are_periods_and_ranges() {
    check("date:2025-08", "Date(Equal 2025-08)");
    check("pd=2025", "Date(Equal 2025)");
    check("date:\"18 August 2025\"", "Date(Equal 2025-08-18)");
    check("date:2024-03..2024-06", "Date(Between 2024-03 2024-06)");
    check("date:“March 2024 .. June 2024”", "Date(Between 2024-03 2024-06)");
    check("date:2024..", "Date(AtLeast 2024)");
    check("date:..2024", "Date(AtMost 2024)");
    check("date>=2025-08-18", "Date(AtLeast 2025-08-18)");
    check("date>2025", "Date(Above 2025)");
    check("date<=2024-06", "Date(AtMost 2024-06)");
    check("date<2024-06", "Date(Below 2024-06)");
    check("date≥2024 date≤\"May 2024\"", "Loose[Date(AtLeast 2024), Date(AtMost 2024-05)]");
    check("date:2025-08-18T23:30:00-04:00", "Date(Equal 2025-08-18T23:30:00-04:00)");
    check("(date:2025)|a", "Or[Date(Equal 2025), a]");
}

#[test]
fn numbers_are_compared() {
    check("words>500", "Words(Above 500)");
    check("wc:100..200", "Words(Between 100 200)");
    check("words:..200", "Words(AtMost 200)");
    check("words:\"500\"", "Words(Equal 500)");
    check("words<0", "Words(Below 0)");
}

/// Returns the seconds of a query that is one date, asked on 18 August 2025.
fn seconds(typed: &str) -> (Option<i64>, Option<i64>) {
    let today = Moment::day(2025, 8, 18).unwrap();
    match parse(typed) {
        Ok(Query::Date(filter)) => (filter.range(today).from, filter.range(today).until),
        other => panic!("{typed}: {other:?}"),
    }
}

#[test]
fn a_date_stands_for_its_whole_period() {
    let day = 86_400;
    assert_eq!(seconds("date:1970-01-02"), (Some(day), Some(2 * day)));
    assert_eq!(seconds("date:1970-01-02..1970-01"), (Some(day), Some(31 * day)));
    assert_eq!(seconds("date<1970-02"), (None, Some(31 * day)));
    assert_eq!(seconds("date<=1970-02"), (None, Some(59 * day)));
    assert_eq!(seconds("date>=1970-02"), (Some(31 * day), None));
    assert_eq!(seconds("date>1970-02"), (Some(59 * day), None));
}

#[test]
fn relative_dates_are_kept_as_typed() {
    check("date:TODAY", "Date(Equal today)");
    check("date:\"Past 2  weeks\"", "Date(Equal last 2 weeks)");
    check("date:\"last week\"", "Date(Equal last week)");
    check("date=\"this month\"", "Date(Equal this month)");
    check("date:“3 days ago”", "Date(Equal 3 days ago)");
    check("date>=\"2 weeks ago\"", "Date(AtLeast 2 weeks ago)");
    check("date<yesterday", "Date(Below yesterday)");
    check("date:\"2 weeks ago..yesterday\"", "Date(Between 2 weeks ago yesterday)");
    check("date:\"last year..\"", "Date(AtLeast last year)");
    check("date:..today", "Date(AtMost today)");
    check("date:2025..today", "Date(Between 2025 today)");
    check_print("pd:\"Past Year .. TODAY\"", "date:\"last 1 year..today\"");
    check_print("date>\"1 days ago\" date:2024..today", "date>\"1 day ago\" date:2024..today");
}

#[test]
fn relative_dates_are_counted_from_today() {
    let same = |relative: &str, fixed: &str| assert_eq!(seconds(relative), seconds(fixed));
    same("date:today", "date:2025-08-18");
    same("date<yesterday", "date<2025-08-17");
    same("date:\"last 2 weeks\"", "date:2025-08-04..2025-08-18");
    same("date:\"last month\"", "date:2025-07");
    same("date>\"last year\"", "date>2024");
    same("date:\"2 weeks ago..yesterday\"", "date:2025-08-04..2025-08-17");
    same("date:2025-07..today", "date:2025-07..2025-08-18");
}

#[test]
fn a_number_lies_within_its_bounds() {
    let numbers = |typed: &str| match parse(typed) {
        Ok(Query::Number(filter)) => (0..6).filter(|&it| filter.contains(it)).collect(),
        _ => vec![],
    };
    assert_eq!(numbers("words:3"), [3]);
    assert_eq!(numbers("words:2..4"), [2, 3, 4]);
    assert_eq!(numbers("words<2"), [0, 1]);
    assert_eq!(numbers("words<=2"), [0, 1, 2]);
    assert_eq!(numbers("words>=4"), [4, 5]);
    assert_eq!(numbers("words>4"), [5]);
    let none: [u64; 0] = [];
    assert_eq!(numbers("words<0"), none);
    let greatest =
        super::NumberFilter { field: NumberField::Words, comparison: Comparison::Above(u64::MAX) };
    assert!(!greatest.contains(u64::MAX) && !greatest.contains(0));
}

#[test]
fn the_canonical_form_has_only_the_parentheses_it_needs() {
    check_print("(a b) or ((c))|d", "a b OR c OR d");
    check_print("(a or b) (c and d)", "(a OR b) (c AND d)");
    check_print("a and (b or c) not d", "a AND (b OR c) AND NOT d");
    check_print("not a b", "-a b");
    check_print("a -(b c)", "a -(b c)");
    check_print("b -(not a)", "b -NOT a");
    check_print("not (a and b)", "NOT (a AND b)");
    check_print("hd:(a or «b c»)", "headline:(a OR \"b c\")");
    check_print("hd:(«b c»)", "headline:\"b c\"");
    check_print("hd:(-a)", "headline:(NOT a)");
    check_print("pd:2024.. wc:..9", "date>=2024 words<=9");
    check_print("date:\"March 2024..18 Aug 2025\"", "date:2024-03..2025-08-18");
    check_print("date≥2024", "date>=2024");
}

#[test]
fn a_weight_of_one_leaves_no_trace_but_where_the_word_alone_would_be_read_otherwise() {
    check_print("a^1 \"b c\"^1 (d e)^1.0", "a \"b c\" d e");
    check_print("a W/1^1 b", "a W/1^1 b");
    check_print("and^1 w5^1 b", "and^1 w5^1 b");
    check_print("a b?^1", "a b?^1");
    check_print("headline:(a or^1 b)", "headline:(a or^1 b)");
}
