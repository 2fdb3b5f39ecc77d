//! Query strings of Lucene.

use super::{Dialect, check_error, check_remarks};

#[track_caller]
fn check(typed: &str, native: &str) {
    super::check(Dialect::Lucene, typed, native);
}

#[track_caller]
fn check_remark(typed: &str, native: &str, remark: &str) {
    check_remarks(Dialect::Lucene, typed, native, &[remark]);
}

#[track_caller]
fn refuse(typed: &str, told: &str) {
    check_error(Dialect::Lucene, typed, told);
}

#[test]
fn words_side_by_side_are_alternatives() {
    check("a b c", "a OR b OR c");
    check("a OR b || c", "a OR b OR c");
    check("(a b) AND (c d)", "(a OR b) AND (c OR d)");
    check("a \"b c\"", "a OR \"b c\"");
}

#[test]
fn and_makes_both_sides_required_and_or_changes_nothing() {
    check("a AND b", "a AND b");
    check("a OR b AND c", "b AND c AND (a OR *)");
    check("a AND b OR c", "a AND b AND (c OR *)");
    check("a && b || c AND d", "a AND b AND c AND d");
    check("(a AND b) OR (c AND d)", "a AND b OR c AND d");
}

#[test]
fn signs_require_and_exclude() {
    check("+a b", "a AND (b OR *)");
    check("+a +b c d", "a AND b AND (c OR d OR *)");
    check("a -b", "a AND NOT b");
    check("+a b -c", "a AND (b OR *) AND NOT c");
    check("a NOT b !c", "a AND NOT b AND NOT c");
    check("a AND NOT b", "a AND NOT b");
    check("a OR NOT b", "a AND NOT b");
    check("-(a b) +c", "c AND NOT (a OR b)");
    let remark = "with nothing but exclusions Lucene finds nothing: read as every other article";
    check_remark("-a", "NOT a", remark);
    check_remark("a AND (-b)", "a AND NOT b", remark);
    check("*:* -a", "* AND NOT a");
    check_remark("a - b", "a OR b", "signs between spaces were left out");
    check_remark("wow! great", "wow OR great", "signs between spaces were left out");
    let remark = "and was read as a word: the operator is AND";
    check_remark("a and b", "a OR \"and\" OR b", remark);
}

#[test]
fn fields_are_those_of_this_program() {
    check("title:a headline:b", "headline:a OR headline:b");
    check("title: a", "headline:a");
    check("title:(a -b)", "headline:(a AND NOT b)");
    check("title:(+a b)", "headline:a AND (headline:b OR *)");
    check("title:(a lang:en)", "headline:a OR lang:en");
    check("title:\"a b\" AND section:sport", "headline:\"a b\" AND section:sport");
    check("id:(x y\\:1)", "id:x OR id:y:1");
    check("url:a.org\\/b\\?c", "url:a.org/b?c");
    check("url:a.org\\/b*", "url:a.org/b*");
    check("*", "*");
    check_remark("body:a", "a", "body: was read as the headline and the body");
    check_remark("*:a", "a", "*: was read as the headline and the body");
    refuse(
        "headl:a",
        "unknown field 'headl'
  headl:a
  ^^^^^ did you mean 'headline' (short: hd)?",
    );
    refuse(
        "a _exists_:title",
        "articles cannot be asked for by whether a field is there
  a _exists_:title
    ^^^^^^^^ name a word of the field",
    );
    refuse(
        "title:*",
        "articles cannot be asked for by whether a field is there
  title:*
        ^ name a letter of the word",
    );
    refuse(
        "url:a?b",
        "only the end of 'url' can be left open
  url:a?b
      ^^^ write '\\?' for the sign itself",
    );
    refuse(
        "https://a.org",
        "the ':' and the '/' of an address are signs here
  https://a.org
  ^^^^^ put the address in quotes",
    );
    refuse(
        "title:",
        "nothing stands directly after 'title:'
  title:
  ^^^^^^ write what to look for without a space",
    );
}

#[test]
fn two_sloppy_words_are_near_each_other_and_more_are_slop() {
    check("\"ceasefire talks\"~0", "\"ceasefire talks\"");
    check("\"ceasefire talks\"~1", "ceasefire PRE/2 talks");
    check("\"ceasefire talks\"~2", "ceasefire PRE/3 talks OR talks PRE/1 ceasefire");
    check("\"a b\"~4", "a PRE/5 b OR b PRE/3 a");
    check("\"a b c\"~4", "slop/4(\"a b c\")");
    check("\"long-term a\"~1", "slop/1(\"long-term a\")");
    check("\"a\"~3", "\"a\"");
    check("title:\"a b\"~2", "headline:(a PRE/3 b OR b PRE/1 a)");
    refuse(
        "\"a b\"~5000",
        "'~5000' is no number of places to move words
  \"a b\"~5000
       ^^^^^ write a whole number up to 1000, or AND for anywhere",
    );
}

#[test]
fn similar_spellings_and_weights() {
    check("zelenskiy~", "zelenskiy~2");
    check("zelenskiy~1", "zelenskiy~1");
    check("zelenskiy~0", "zelenskiy");
    check("a^2 \"b c\"^0.5", "a^2 OR \"b c\"^0.5");
    check("(a b)^3", "(a OR b)^3");
    check("title:a^2", "(headline:a)^2");
    check("abcd~1^2", "abcd~1^2");
    check("a^1", "a");
    refuse(
        "zelenskiy~0.8",
        "'~0.8' is no number of wrong letters
  zelenskiy~0.8
           ^^^^ write ~1 or ~2",
    );
    refuse(
        "ab~",
        "'ab' would be similar to any short word
  ab~
    ^ leave this out, or write a longer word",
    );
    refuse(
        "wom?n~",
        "'wom?n' is not one plain word
  wom?n~
  ^^^^^ a similar spelling is looked for one word at a time",
    );
    refuse(
        "(a b)~2",
        "'~2' belongs to a word or a phrase
  (a b)~2
       ^^ put it directly behind one: talks~1, \"a b\"~4",
    );
    refuse(
        "a^x",
        "'^' is no weight
  a^x
   ^ write a number up to 1000, such as ^2 or ^0.5",
    );
}

#[test]
fn signs_stand_for_letters_unless_a_backslash_stands_before_them() {
    check("launder* wom?n *gate", "launder* OR wom?n OR *gate");
    check("\"launder* wom?n\"", "\"launder  wom n\"");
    check("launder\\*", "\"launder \"");
    check("\\(1\\+1\\)\\:2", "\"(1+1):2\"");
    check("\\AND", "\"AND\"");
    check("\\u0041bc", "Abc");
    check("\"a \\\"b\\\" c\"", "\"a  b  c\"");
    check("wom\\?n*", "\"wom n*\"");
    refuse(
        "foo\\",
        "nothing stands after '\\'
  foo\\
     ^ write '\\\\' for the sign itself",
    );
    refuse(
        "a /b.*c/",
        "regular expressions are not available
  a /b.*c/
    ^^^^^^ use * and ?, or write '\\/' for the sign itself",
    );
}

#[test]
fn dates_and_lengths_have_ranges() {
    check("date:2024 date:\"31 March 2024\"", "date:2024 OR date:2024-03-31");
    check("date:[2024 TO 2025]", "date:2024..2025");
    check("date:[\"1 May 2024\" TO 2024-06]", "date:2024-05-01..2024-06");
    check("date:{2024 TO 2025}", "date>2024 AND date<2025");
    check("date:[2024 TO 2025}", "date>=2024 AND date<2025");
    check("date:[2024 TO *]", "date>=2024");
    check("date:{* TO 2025]", "date<=2025");
    check("date:>=2024 words:<500", "date>=2024 OR words<500");
    check("date:(>=2020 AND <2021)", "date>=2020 AND date<2021");
    check("date:(2020 2022)", "date:2020 OR date:2022");
    check("date:2024-01-31T10\\:00\\:00", "date:2024-01-31T10:00:00");
    check("words:[100 TO 200]", "words:100..200");
    check("words:{100 TO *}", "words>100");
    refuse(
        "date:[* TO *]",
        "articles cannot be asked for by whether a field is there
  date:[* TO *]
       ^^^^^^^^ name one end of it",
    );
    refuse(
        "title:[a TO b]",
        "only dates and numbers have an order
  title:[a TO b]
        ^^^^^^^^ name what the range is of: date:[2024 TO 2025]",
    );
    refuse(
        "words:[9 TO 3]",
        "'9 TO 3' ends before it begins
  words:[9 TO 3]
         ^^^^^^ put the smaller number first",
    );
    refuse(
        "date:[2024, 2025]",
        "'[2024, 2025]' is no range
  date:[2024, 2025]
       ^^^^^^^^^^^^ write [a TO b], or * for an open end",
    );
}

#[test]
fn operators_need_something_to_stand_before() {
    refuse(
        "a AND",
        "nothing stands after 'AND'
  a AND
    ^^^ it joins what stands on both sides",
    );
    refuse(
        "OR a",
        "nothing stands before 'OR'
  OR a
  ^^ it joins what stands on both sides",
    );
    refuse(
        "a AND OR b",
        "nothing stands after 'AND'
  a AND OR b
    ^^^ it joins what stands on both sides",
    );
    refuse(
        "hello!",
        "nothing stands after '!'
  hello!
       ^ name what to leave out",
    );
    refuse(
        "+-a",
        "nothing stands after '+'
  +-a
  ^ name what to look for",
    );
    refuse(
        "^2",
        "nothing stands before '^2'
  ^2
  ^^ put it directly behind a word, a phrase or a group",
    );
    refuse(
        "a ()",
        "nothing stands between the parentheses
  a ()
    ^^ write something there, or take them out",
    );
    refuse(
        "(a",
        "the parenthesis is not closed
  (a
  ^ put a ')' where the group ends",
    );
    refuse(
        "a)",
        "the parenthesis closes nothing
  a)
   ^ take it out, or put a '(' before it",
    );
    refuse(
        "\"a",
        "the quote is not closed
  \"a
  ^ put a \" where it ends",
    );
    refuse(
        "- ",
        "no word is left to search for
  - 
  ^ name one",
    );
    refuse(
        "a]",
        "']' stands alone
  a]
   ^ take it out, or write '\\]' for the sign itself",
    );
}
