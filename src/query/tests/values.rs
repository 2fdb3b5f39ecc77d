//! Messages on fields and on the values that they are compared with, whole.

use super::{check_error, check_print};
use crate::query::parse;

#[test]
fn an_unknown_field_is_named_with_the_nearest_that_there_is() {
    check_error(
        "headl:ceasefire",
        "unknown field 'headl'
  headl:ceasefire
  ^^^^^ did you mean 'headline' (short: hd)?
hint: to search for it as text, put it all in quotes: \"headl:ceasefire\"",
    );
    check_error(
        "titel:a",
        "unknown field 'titel'
  titel:a
  ^^^^^ did you mean 'headline' (short: hd)?
hint: to search for it as text, put it all in quotes: \"titel:a\"",
    );
    check_error(
        "langauge:en",
        "unknown field 'langauge'
  langauge:en
  ^^^^^^^^ did you mean 'lang' (short: la)?
hint: to search for it as text, put it all in quotes: \"langauge:en\"",
    );
    check_error(
        "dat>=2025",
        "unknown field 'dat'
  dat>=2025
  ^^^ did you mean 'date' (short: pd)?
hint: to search for it as text, put it all in quotes: \"dat>=2025\"",
    );
    check_error(
        "wrds:5",
        "unknown field 'wrds'
  wrds:5
  ^^^^ did you mean 'words' (short: wc)?
hint: to search for it as text, put it all in quotes: \"wrds:5\"",
    );
    check_error(
        "headl:\"x y\"",
        "unknown field 'headl'
  headl:\"x y\"
  ^^^^^ did you mean 'headline' (short: hd)?
hint: to search for it as text, put it all in quotes",
    );
}

#[test]
fn an_unknown_field_without_a_likeness_lists_them_all() {
    check_error(
        "a my:port",
        "unknown field 'my'
  a my:port
    ^^ the fields are headline, lead, byline, dateline, section, source, slug, lang, id, url, file, person, org, place, topic, demonym, date, words
hint: to search for it as text, put it all in quotes: \"my:port\"",
    );
    check_error(
        "x=5",
        "unknown field 'x'
  x=5
  ^ the fields are headline, lead, byline, dateline, section, source, slug, lang, id, url, file, person, org, place, topic, demonym, date, words
hint: to search for it as text, put it all in quotes: \"x=5\"",
    );
}

#[test]
fn a_field_needs_something_directly_behind_it() {
    check_error(
        "headline: a",
        "nothing stands directly after 'headline:'
  headline: a
  ^^^^^^^^^ write what to look for without a space",
    );
    check_error(
        "a date:",
        "nothing stands directly after 'date:'
  a date:
    ^^^^^ write what to look for without a space",
    );
    check_error(
        "(hl:)",
        "nothing stands directly after 'hl:'
  (hl:)
   ^^^ write what to look for without a space",
    );
}

#[test]
fn a_field_of_text_has_no_order() {
    check_error(
        "headline>a",
        "'headline' has no order to compare by
  headline>a
  ^^^^^^^^^ write 'headline:'",
    );
}

#[test]
fn a_field_holds_no_other_field() {
    check_error(
        "headline:lang:en",
        "'lang:' cannot stand inside 'headline:'
  headline:lang:en
           ^^^^^ a field takes words, phrases, wildcards and groups of them",
    );
    check_error(
        "headline:(a lang:en)",
        "'lang:' cannot stand inside 'headline:'
  headline:(a lang:en)
              ^^^^^ a field takes words, phrases, wildcards and groups of them",
    );
    check_error(
        "id:(a date:2025)",
        "'date:' cannot stand inside 'id:'
  id:(a date:2025)
        ^^^^^ a field takes words, phrases, wildcards and groups of them",
    );
    check_error(
        "headline:(a *)",
        "'*' cannot stand inside 'headline:'
  headline:(a *)
              ^ a field takes words, phrases, wildcards and groups of them",
    );
    check_error(
        "headline:*",
        "'*' cannot stand inside 'headline:'
  headline:*
           ^ a field takes words, phrases, wildcards and groups of them",
    );
}

#[test]
fn a_field_holds_no_operator_without_parentheses() {
    check_error(
        "headline:and",
        "'and' is an operator
  headline:and
           ^^^ to search for the word, put it in quotes",
    );
    check_error(
        "headline:-a",
        "'-' stands directly after something else
  headline:-a
           ^ put it before the field",
    );
    check_error(
        "headline:()",
        "nothing stands between the parentheses
  headline:()
           ^^ write something there, or take them out",
    );
}

#[test]
fn a_date_is_read_or_refused() {
    check_error(
        "date:08/07/2025",
        "cannot read '08/07/2025' as a date
  date:08/07/2025
       ^^^^^^^^^^ write 2025, 2025-08, 2025-08-18, 2024-03..2024-06 or \"18 August 2025\"",
    );
    check_error(
        "date:\"the eighteenth\"",
        "cannot read 'the eighteenth' as a date
  date:\"the eighteenth\"
        ^^^^^^^^^^^^^^ write 2025, 2025-08, 2025-08-18, 2024-03..2024-06 or \"18 August 2025\"",
    );
    check_error(
        "date:..",
        "cannot read '..' as a date
  date:..
       ^^ write 2025, 2025-08, 2025-08-18, 2024-03..2024-06 or \"18 August 2025\"",
    );
    check_error(
        "date:2025..soon",
        "cannot read 'soon' as a date
  date:2025..soon
       ^^^^^^^^^^ write 2025, 2025-08, 2025-08-18, 2024-03..2024-06 or \"18 August 2025\"",
    );
    check_error(
        "date>2024..2025",
        "cannot read '2024..2025' as a date
  date>2024..2025
       ^^^^^^^^^^ write 2025, 2025-08, 2025-08-18, 2024-03..2024-06 or \"18 August 2025\"",
    );
    check_error(
        "date:2025..2024",
        "the range '2025..2024' ends before it begins
  date:2025..2024
       ^^^^^^^^^^ did you mean 2024..2025?",
    );
    check_error(
        "date:(2024 OR 2025)",
        "'date:' takes one value
  date:(2024 OR 2025)
  ^^^^^ name it again for each: date:2024 OR date:2025",
    );
}

#[test]
fn a_relative_date_is_told_in_a_few_ways() {
    let told = |typed: &str, part: &str, indent: usize| {
        let (indent, carets) = (" ".repeat(indent), "^".repeat(part.len()));
        check_error(
            typed,
            &format!(
                "cannot read '{part}' as a date\n  {typed}\n  {indent}{carets} write today, \
                 yesterday, \"last week\", \"this month\", \"last 2 weeks\" or \"3 days ago\", \
                 with figures up to 10000"
            ),
        );
    };
    told("date:\"last fortnight\"", "last fortnight", 6);
    told("date:\"last 0 days\"", "last 0 days", 6);
    told("date>\"10001 days ago\"", "10001 days ago", 6);
    told("date:tomorrow", "tomorrow", 5);
    told("date:last 2 weeks", "last", 5);
    told("date:3 days ago", "3", 5);
    check_error(
        "date:\"yesterday..2 weeks ago\"",
        "the range 'yesterday..2 weeks ago' ends before it begins
  date:\"yesterday..2 weeks ago\"
        ^^^^^^^^^^^^^^^^^^^^^^ did you mean \"2 weeks ago..yesterday\"?",
    );
}

#[test]
fn a_relative_range_is_refused_only_where_it_is_backwards_on_every_day() {
    for range in [
        "this week..yesterday",
        "yesterday..last week",
        "this year..300 days ago",
        "30 days ago..1 month ago",
        "today..2020",
        "2020..10 years ago",
    ] {
        check_print(&format!("date:\"{range}\""), &quoted(range));
    }
    let backwards = ["today..yesterday", "this month..last month", "1 week ago..2 weeks ago"];
    for range in backwards {
        let told = parse(&format!("date:\"{range}\"")).unwrap_err().message;
        assert!(told.contains("ends before it begins"), "{told}");
    }
}

/// Writes a range as it is printed: in quotes where it has spaces.
fn quoted(range: &str) -> String {
    if range.contains(' ') { format!("date:\"{range}\"") } else { format!("date:{range}") }
}

#[test]
fn a_value_ends_where_it_ends() {
    check_error(
        "date:2024-03..\"June 2024\"",
        "something stands directly after the value
  date:2024-03..\"June 2024\"
                ^ put a space there, or one pair of quotes around the whole value",
    );
    check_error(
        "date:\"March 2024\"..2025",
        "something stands directly after the value
  date:\"March 2024\"..2025
                   ^ put a space there, or one pair of quotes around the whole value",
    );
    check_error(
        "words:5(a)",
        "something stands directly after the value
  words:5(a)
         ^ put a space there, or one pair of quotes around the whole value",
    );
}

#[test]
fn a_number_is_read_or_refused() {
    check_error(
        "words:many",
        "cannot read 'many' as a whole number
  words:many
        ^^^^ write 500 or 100..200, in figures only",
    );
    check_error(
        "words>-1",
        "cannot read '-1' as a whole number
  words>-1
        ^^ write 500 or 100..200, in figures only",
    );
    check_error(
        "words>+1",
        "cannot read '+1' as a whole number
  words>+1
        ^^ write 500 or 100..200, in figures only",
    );
    check_error(
        "words:1,500",
        "cannot read '1,500' as a whole number
  words:1,500
        ^^^^^ write 500 or 100..200, in figures only",
    );
    check_error(
        "words:9..3",
        "the range '9..3' ends before it begins
  words:9..3
        ^^^^ did you mean 3..9?",
    );
    check_error(
        "wc:99999999999999999999",
        "cannot read '99999999999999999999' as a whole number
  wc:99999999999999999999
     ^^^^^^^^^^^^^^^^^^^^ write 500 or 100..200, in figures only",
    );
}
