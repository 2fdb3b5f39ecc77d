//! Messages on how a query is put together, whole.

use super::check_error;

#[test]
fn an_empty_query_asks_for_a_word() {
    check_error(
        "",
        "the query is empty
hint: name a word to search for, or '*' for every article",
    );
    check_error(
        " \t",
        "the query is empty
hint: name a word to search for, or '*' for every article",
    );
}

#[test]
fn an_operator_needs_something_on_both_sides() {
    check_error(
        "AND a",
        "nothing stands before 'AND'
  AND a
  ^^^ it joins what stands on both sides
hint: to search for the word 'and', put it in quotes: \"and\"",
    );
    check_error(
        "a OR",
        "nothing stands after 'OR'
  a OR
    ^^ it joins what stands on both sides
hint: to search for the word 'or', put it in quotes: \"or\"",
    );
    check_error(
        "a and OR b",
        "nothing stands after 'and'
  a and OR b
    ^^^ it joins what stands on both sides
hint: to search for the word 'and', put it in quotes: \"and\"",
    );
    check_error(
        "(or b)",
        "nothing stands before 'or'
  (or b)
   ^^ it joins what stands on both sides
hint: to search for the word 'or', put it in quotes: \"or\"",
    );
    check_error(
        "a OR )",
        "nothing stands after 'OR'
  a OR )
    ^^ it joins what stands on both sides
hint: to search for the word 'or', put it in quotes: \"or\"",
    );
    check_error(
        "(a AND",
        "nothing stands after 'AND'
  (a AND
     ^^^ it joins what stands on both sides
hint: to search for the word 'and', put it in quotes: \"and\"",
    );
    check_error(
        "a || b",
        "nothing stands after '|'
  a || b
    ^ it joins what stands on both sides",
    );
    check_error(
        "a |",
        "nothing stands after '|'
  a |
    ^ it joins what stands on both sides",
    );
}

#[test]
fn a_negation_needs_something_to_leave_out() {
    check_error(
        "a NOT",
        "nothing stands after 'NOT'
  a NOT
    ^^^ name what to leave out
hint: to search for the word 'not', put it in quotes: \"not\"",
    );
    check_error(
        "NOT AND a",
        "nothing stands after 'NOT'
  NOT AND a
  ^^^ name what to leave out
hint: to search for the word 'not', put it in quotes: \"not\"",
    );
    check_error(
        "-and a",
        "nothing stands after '-'
  -and a
  ^ name what to leave out",
    );
}

#[test]
fn a_lone_minus_is_told_where_it_belongs() {
    check_error(
        "a - b",
        "nothing stands directly after '-'
  a - b
    ^ put it directly before what to leave out, or take it out",
    );
    check_error(
        "a -",
        "nothing stands directly after '-'
  a -
    ^ put it directly before what to leave out, or take it out",
    );
    check_error(
        "(-)",
        "nothing stands directly after '-'
  (-)
   ^ put it directly before what to leave out, or take it out",
    );
    check_error(
        "--x",
        "'--x' begins with two minus signs
  --x
  ^^^ write one to leave a word out, or put it all in quotes",
    );
    check_error(
        "a \"b\"-c",
        "'-' stands directly after something else
  a \"b\"-c
       ^ put a space before it to leave out what follows",
    );
}

#[test]
fn signs_are_no_words() {
    check_error(
        "a & b",
        "'&' holds no letter or figure
  a & b
    ^ write AND",
    );
    check_error(
        "a && b",
        "'&&' holds no letter or figure
  a && b
    ^^ write AND",
    );
    check_error(
        "date >= 2025",
        "'>=' holds no letter or figure
  date >= 2025
       ^^ write it without spaces, such as date>=2025",
    );
    check_error(
        "***",
        "'***' holds no letter or figure
  ***
  ^^^ take it out",
    );
    check_error(
        "--",
        "'--' holds no letter or figure
  --
  ^^ take it out",
    );
    check_error(
        "headline:...",
        "'...' holds no letter or figure
  headline:...
           ^^^ take it out",
    );
    check_error(
        "id:://",
        "'://' holds no letter or figure
  id:://
     ^^^ take it out",
    );
    check_error(
        "\u{7}!",
        "' !' holds no letter or figure
   !
  ^^ take it out",
    );
}

#[test]
fn parentheses_come_in_pairs() {
    check_error(
        "()",
        "nothing stands between the parentheses
  ()
  ^^ write something there, or take them out",
    );
    check_error(
        "(a",
        "the parenthesis is not closed
  (a
  ^ put a ')' where the group ends",
    );
    check_error(
        "(",
        "the parenthesis is not closed
  (
  ^ put a ')' where the group ends",
    );
    check_error(
        "a (b c))",
        "the parenthesis closes nothing
  a (b c))
         ^ take it out, or put a '(' before it",
    );
    check_error(
        ")",
        "the parenthesis closes nothing
  )
  ^ take it out, or put a '(' before it",
    );
}

#[test]
fn quotes_come_in_pairs() {
    check_error(
        "a \"b",
        "the quote is not closed
  a \"b
    ^ put a \" where the phrase ends",
    );
    check_error(
        "“a b",
        "the quote is not closed
  “a b
  ^ put a ” where the phrase ends",
    );
    check_error(
        "«a b",
        "the quote is not closed
  «a b
  ^ put a » where the phrase ends",
    );
    check_error(
        "»a b",
        "the quote is not closed
  »a b
  ^ put a « where the phrase ends",
    );
    check_error(
        "„a b",
        "the quote is not closed
  „a b
  ^ put a “ where the phrase ends",
    );
    check_error(
        "“a»",
        "the quote is not closed
  “a»
  ^ put a ” where the phrase ends",
    );
}

#[test]
fn a_phrase_holds_a_word() {
    check_error(
        "a \"\"",
        "no word stands between the quotes
  a \"\"
    ^^ write a phrase, or take them out",
    );
    check_error(
        "\"— …\"",
        "no word stands between the quotes
  \"— …\"
  ^^^^^ write a phrase, or take them out",
    );
}

#[test]
fn carets_stand_under_wide_and_accented_letters() {
    check_error(
        "東京 headl:x",
        "unknown field 'headl'
  東京 headl:x
       ^^^^^ did you mean 'headline' (short: hd)?
hint: to search for it as text, put it all in quotes: \"headl:x\"",
    );
    check_error(
        "e\u{301}te\u{301} \"x",
        "the quote is not closed
  été \"x
      ^ put a \" where the phrase ends",
    );
    check_error(
        "a\tb\n\u{1b}[31m )",
        "the parenthesis closes nothing
  a b  [31m )
            ^ take it out, or put a '(' before it",
    );
}
