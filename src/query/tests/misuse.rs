//! Messages on the forms beyond words and Boolean operators, whole.

use super::check_error;

#[test]
fn proximity_stands_between_two_things() {
    check_error(
        "a W/5",
        "nothing stands after 'W/5'
  a W/5
    ^^^ it joins what stands on both sides
hint: to search for the text 'w/5', put it in quotes: \"w/5\"",
    );
    check_error(
        "NOT W/5 b",
        "nothing stands before 'NOT W/5'
  NOT W/5 b
  ^^^^^^^ it joins what stands on both sides
hint: to search for the text 'not w/5', put it in quotes: \"not w/5\"",
    );
    check_error(
        "NOT\t\tW/5 b",
        "nothing stands before 'NOT  W/5'
  NOT  W/5 b
  ^^^^^^^^ it joins what stands on both sides
hint: to search for the text 'not  w/5', put it in quotes: \"not  w/5\"",
    );
    check_error(
        "a AND NOT W/5 b",
        "'AND' stands directly before 'NOT W/5'
  a AND NOT W/5 b
    ^^^ take it out: 'NOT W/5' joins both sides",
    );
    check_error(
        "a | near/5 b",
        "'|' stands directly before 'near/5'
  a | near/5 b
    ^ take it out: 'near/5' joins both sides",
    );
}

#[test]
fn a_distance_is_a_number_of_words() {
    check_error(
        "a AND NOT W/0 b",
        "'W/0' is no distance between words
  a AND NOT W/0 b
            ^^^ neighbours are 1 apart, and 1000 is the most",
    );
    check_error(
        "\"a b\"~",
        "'~' is no distance between words
  \"a b\"~
       ^ neighbours are 1 apart, and 1000 is the most",
    );
    check_error(
        "\"a b\"~4~5",
        "'~4~5' is no distance between words
  \"a b\"~4~5
       ^^^^ neighbours are 1 apart, and 1000 is the most",
    );
    check_error(
        "(a b)~4",
        "'~4' belongs to a phrase
  (a b)~4
       ^^ put it behind quotes: \"a b\"~4",
    );
}

#[test]
fn nothing_is_near_what_is_not_there() {
    check_error(
        "a W/5 -b",
        "nothing can be near what is not there
  a W/5 -b
        ^ write 'NOT W/5' for what has none near it",
    );
    check_error(
        "a NOT W/5 NOT b",
        "nothing can be near what is not there
  a NOT W/5 NOT b
            ^^^ 'NOT W/5' negates already",
    );
    check_error(
        "a W/5 (b AND NOT c)",
        "nothing can be near 'NOT c'
  a W/5 (b AND NOT c)
        ^^^^^^^^^^^^^ words can only be near words: take the NOT out of it",
    );
}

#[test]
fn words_are_only_near_words() {
    check_error(
        "headline:a W/5 b",
        "nothing can be near 'headline:a'
  headline:a W/5 b
  ^^^^^^^^^^ put the field or first/n() around both sides: headline:(a W/5 b)",
    );
    check_error(
        "a W/5 first/9(b)",
        "nothing can be near 'first/9(b)'
  a W/5 first/9(b)
        ^^^^^^^^^^ put the field or first/n() around both sides: headline:(a W/5 b)",
    );
    check_error(
        "a W/5 b W/5 date:2024",
        "nothing can be near 'date:2024'
  a W/5 b W/5 date:2024
              ^^^^^^^^^ join it with AND",
    );
    check_error(
        "(a OR *) W/5 b",
        "nothing can be near '*'
  (a OR *) W/5 b
  ^^^^^^^^ join it with AND",
    );
}

#[test]
fn not_near_takes_one_thing_at_a_time() {
    let told = |query: &str, indent: usize, n: usize| {
        let (indent, carets) = (" ".repeat(indent), "^".repeat(n));
        let told = "put OR between them, or write it for each: NOT W/5 x NOT W/5 y";
        check_error(
            query,
            &format!("'NOT W/5' takes one thing at a time\n  {query}\n  {indent}{carets} {told}"),
        );
    };
    told("a NOT W/5 (b AND c)", 10, 9);
    told("a NOT W/5 (b c)", 10, 5);
    told("a NOT W/5 (b OR (c d)) e", 10, 12);
    told("a NOT W/5 (b W/3 (c d))", 10, 13);
}

#[test]
fn weights_stand_around_what_is_joined_or_counted() {
    check_error(
        "a^2 W/5 b",
        "nothing can be near 'a^2'
  a^2 W/5 b
  ^^^ weigh the whole: (a W/5 b)^2",
    );
    check_error(
        "a W/5 exact(b OR c^2)",
        "nothing can be near 'c^2'
  a W/5 exact(b OR c^2)
        ^^^^^^^^^^^^^^^ weigh the whole: (a W/5 b)^2",
    );
    check_error(
        "atleast3(nato^2)",
        "'nato^2' cannot be counted
  atleast3(nato^2)
          ^^^^^^^^ weigh the whole: atleast3(nato)^2",
    );
}

#[test]
fn weights_are_decimals() {
    check_error(
        "a^1001",
        "'^1001' is no weight
  a^1001
   ^^^^^ write a number up to 1000, such as ^2 or ^0.5",
    );
    check_error(
        "\"a\"^2^3",
        "'^2^3' is no weight
  \"a\"^2^3
     ^^^^ write a number up to 1000, such as ^2 or ^0.5",
    );
    check_error(
        "a^2^3",
        "'a^2^3' has two weights
  a^2^3
  ^^^^^ write one",
    );
    check_error(
        "a ^2",
        "nothing stands before '^2'
  a ^2
    ^^ put it directly behind what it weighs",
    );
}

#[test]
fn only_words_are_counted() {
    check_error(
        "atleast3(a -b)",
        "'NOT b' cannot be counted
  atleast3(a -b)
          ^^^^^^ only words can: put the NOT outside",
    );
}

#[test]
fn a_window_holds_words_and_not_too_many() {
    check_error(
        "x \"a * b\"~4",
        "any word at all is always near
  x \"a * b\"~4
    ^^^^^^^ take out the '*' that stands alone",
    );
    check_error(
        "slop/2(\"a * b\")",
        "any word at all is always near
  slop/2(\"a * b\")
        ^^^^^^^^^ take out the '*' that stands alone",
    );
    check_error(
        "slop/2(a b)",
        "slop/n() takes one phrase in quotes
  slop/2(a b)
        ^^^^^ write slop/2(\"two words\")",
    );
}

#[test]
fn a_word_without_letters_says_nothing() {
    check_error(
        "\"* a\"",
        "'* a' has a word without a letter
  \"* a\"
  ^^^^^ name a letter of it, or leave it out",
    );
    check_error(
        "x *-day",
        "'*-day' has a word without a letter
  x *-day
    ^^^^^ name a letter of it, or leave it out",
    );
    check_error(
        "\"a b\"*",
        "a wildcard belongs to a word
  \"a b\"*
       ^ put it directly behind one, without quotes or parentheses",
    );
}

#[test]
fn similar_spellings_are_of_one_plain_word() {
    check_error(
        "x kyiv~3",
        "'~3' is no number of wrong letters
  x kyiv~3
        ^^ write ~1 or ~2",
    );
    check_error(
        "long-term~1",
        "'long-term' is not one plain word
  long-term~1
  ^^^^^^^^^^^ a similar spelling is looked for one word at a time",
    );
    check_error(
        "ab~2",
        "'ab~2' would be similar to any short word
  ab~2
    ^^ leave this out, or write a longer word",
    );
}

#[test]
fn a_function_stands_where_it_means_something() {
    check_error(
        "exact(a caps(b))",
        "'caps' cannot stand inside 'exact()'
  exact(a caps(b))
          ^^^^ put it outside, or the other way round",
    );
    check_error(
        "atleast2(first/9(a))",
        "'first/9' cannot stand inside 'atleast2()'
  atleast2(first/9(a))
           ^^^^^^^ put it outside, or the other way round",
    );
    check_error(
        "first/9(headline:a)",
        "'headline:' cannot stand inside 'first/9()'
  first/9(headline:a)
          ^^^^^^^^^ put it outside, or the other way round",
    );
    check_error(
        "byline:caps(a)",
        "'caps' cannot stand inside 'byline:'
  byline:caps(a)
         ^^^^ a field takes words, phrases, wildcards and groups of them",
    );
    check_error(
        "exact(*^2)",
        "'*^2' cannot stand inside 'exact()'
  exact(*^2)
        ^^^ put it outside, or the other way round",
    );
}

#[test]
fn a_function_has_its_parentheses_and_its_number() {
    check_error(
        "first/50 nato",
        "nothing stands in parentheses after 'first/50'
  first/50 nato
  ^^^^^^^^ write what it is about there: first/50(nato)
hint: to search for it as text, put it in quotes",
    );
    check_error(
        "headline:atleast3 \"a\"",
        "nothing stands in parentheses after 'atleast3'
  headline:atleast3 \"a\"
           ^^^^^^^^ write what it is about there: atleast3(nato)
hint: to search for it as text, put it in quotes",
    );
    check_error(
        "atlest3(nato)",
        "unknown function 'atlest3('
  atlest3(nato)
  ^^^^^^^^ put a space before '(', or put it all in quotes
hint: the functions are exact(), caps(), allcaps(), person(), org(), place(), atleast3(), first/50() and slop/2()",
    );
    check_error(
        "headline:foo(a)",
        "unknown function 'foo('
  headline:foo(a)
           ^^^^ put a space before '(', or put it all in quotes
hint: the functions are exact(), caps(), allcaps(), person(), org(), place(), atleast3(), first/50() and slop/2()",
    );
}

#[test]
fn what_is_taken_as_it_stands_ends_where_it_ends() {
    check_error(
        "url:https://a.org/b_(c)",
        "something stands directly after the value
  url:https://a.org/b_(c)
                      ^ put a space there, or one pair of quotes around the whole value",
    );
    check_error(
        "id:(exact(a))",
        "something stands directly after the value
  id:(exact(a))
           ^ put a space there, or one pair of quotes around the whole value",
    );
    check_error(
        "id:a*b",
        "'a*b' has a '*' before its end
  id:a*b
     ^^^ here only the end of a word can be left open",
    );
}

/// Checks what is told of a run between two words that looks like an operator.
fn check_slip(typed: &str, instead: &str) {
    let (indent, carets) = (" ".repeat(7), "^".repeat(typed.len()));
    check_error(
        &format!("troops {typed} kyiv"),
        &format!(
            "'{typed}' is no operator
  troops {typed} kyiv
  {indent}{carets} write {instead}
hint: to search for it as text, put it in quotes"
        ),
    );
}

#[test]
fn an_operator_gone_wrong_is_told_how_to_write_it() {
    for typed in ["W/", "w5", "WITHIN/5", "within5", "/5", "N/5", "near5"] {
        check_slip(typed, "W/5");
    }
    check_slip("within/12", "W/12");
    check_slip("within/2000", "W/5");
    check_slip("P/3", "PRE/3");
    check_slip("pre3", "PRE/3");
    check_slip("ADJ5", "W/5, or PRE/5 for this order");
    check_slip("w/sent", "W/S");
    check_slip("/p", "W/P");
    check_slip("NOT W5", "NOT W/5");
}

#[test]
fn words_that_look_like_operators_are_words_elsewhere() {
    let read = |typed: &str| super::check_print(typed, typed);
    read("troops w/o a/b 9/11 24/7 H5 N1 w near within pre adj kyiv");
    read("W5 kyiv");
    read("troops W5");
    read("troops AND W5");
    read("troops (W5) kyiv");
    read("troops W5 W/5 kyiv");
    read("troops \"W5\" kyiv");
}
