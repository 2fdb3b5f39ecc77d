//! Web searches in the manner of Google.

use super::{Dialect, check_error, check_remarks};

#[track_caller]
fn check(typed: &str, native: &str) {
    super::check(Dialect::Google, typed, native);
}

#[track_caller]
fn check_remark(typed: &str, native: &str, remark: &str) {
    check_remarks(Dialect::Google, typed, native, &[remark]);
}

#[track_caller]
fn refuse(typed: &str, told: &str) {
    check_error(Dialect::Google, typed, told);
}

#[test]
fn words_side_by_side_are_all_required_and_or_binds_tighter() {
    check("ceasefire talks", "ceasefire talks");
    check("trade tariff OR duty", "trade (tariff OR duty)");
    check("trade tariff | duty|levy war", "trade (tariff OR duty OR levy) war");
    check("a AND b c", "a AND b c");
    check("(a b) OR c", "a b OR c");
    check("a OR b AROUND(3) c", "a OR b W/3 c");
    check("who won the match?", "who won the match");
    check("c++ AT&T U.S.", "c++ AT&T U.S.");
}

#[test]
fn signs_before_a_word_leave_out_or_keep_to_the_letter() {
    check("a -b", "a -b");
    check("a -\"b c\" -(d e)", "a -\"b c\" -(d e)");
    check("-a OR b", "NOT a OR b");
    check("+talks", "exact(talks)");
    check_remark("~car a", "car a", "the '~' before 'car' was left out");
    check_remark("a - b", "a b", "a '-' without a word behind it was left out");
}

#[test]
fn a_quoted_word_is_found_as_it_is_typed_and_several_are_a_phrase() {
    check("\"talks\"", "exact(talks)");
    check("\"security guarantees\"", "\"security guarantees\"");
    check("\"king * spain\"", "\"king * spain\"");
    check("\"king of * * spain\"", "\"king of * * spain\"");
    check("\"or\"", "exact(\"or\")");
    let remark = "a '*' at an end of a phrase was left out: nothing is said by it";
    check_remark("\"* of spain\"", "\"of spain\"", remark);
    let remark = "the signs in 'launder*' were left out: they stand for no letters";
    check_remark("\"launder* money\"", "\"launder money\"", remark);
}

#[test]
fn around_is_proximity() {
    check("putin AROUND(5) zelensky talks", "putin W/5 zelensky talks");
    check("\"a b\" AROUND(2) (c OR d)", "\"a b\" W/2 (c OR d)");
    check("around (5)", "around 5");
    refuse(
        "a AROUND(x) b",
        "AROUND takes a number of words, between two others
  a AROUND(x) b
    ^^^^^^ write a AROUND(5) b",
    );
    refuse(
        "a AROUND(5) -b",
        "nothing can be near what is not there
  a AROUND(5) -b
              ^ words can only be near words: take the '-' out of it",
    );
    refuse(
        "a AROUND(3) intitle:b",
        "nothing can be near 'intitle:b'
  a AROUND(3) intitle:b
              ^^^^^^^^^ put the name around both sides: intitle:(a AROUND(5) b)",
    );
    refuse(
        "a AROUND(5)",
        "nothing stands after 'AROUND(5)'
  a AROUND(5)
    ^^^^^^^^^ it joins what stands on both sides",
    );
}

#[test]
fn names_are_fields() {
    check("intitle:a b", "headline:a b");
    check("intitle:\"a b\" -intitle:c", "headline:\"a b\" -headline:c");
    check("intitle:(a OR b)", "headline:(a OR b)");
    check("intitle:(a AROUND(5) b)", "headline:(a W/5 b)");
    check("allintitle: a b -c", "headline:(a b -c)");
    check("a allintitle:b c", "a headline:(b c)");
    check("inurl:news/2025?x", "url:news/2025?x");
    check("inurl:\"a b\"", "url:\"a b\"");
    check_remark("intext:a", "a", "intext: was read as the headline and the body");
    let remark = "site: was read as url: the name anywhere in the address";
    check_remark("site:bbc.co.uk -site:x.org", "url:bbc.co.uk -url:x.org", remark);
    check_remark(
        "source:\"bbc news\"",
        "source:\"bbc news\"",
        "source: was read as the name of the source",
    );
    let remark = "'headline:' was read as text: it is no operator of Google";
    check_remark("headline:a", "\"headline:a\"", remark);
    check("10:30 Not:e", "10:30 \"Not:e\"");
    refuse(
        "filetype:pdf",
        "articles cannot be asked for 'filetype'
  filetype:pdf
  ^^^^^^^^^ leave it out, or put it in quotes",
    );
    refuse(
        "intitle: a",
        "nothing stands directly after 'intitle:'
  intitle: a
  ^^^^^^^^ write what to look for without a space",
    );
    refuse(
        "intitle:(a site:b)",
        "'site:' cannot stand inside 'intitle:'
  intitle:(a site:b)
             ^^^^^ put it outside, and join both with AND",
    );
}

#[test]
fn a_year_in_before_and_after_is_its_first_day() {
    check("before:2024-03-31", "date<2024-03-31");
    check("after:2024-03-31", "date>2024-03-31");
    check("before:2024", "date<2024-01-01");
    check("after:2024", "date>2024-01-01");
    check("after:2024-03", "date>2024-03-01");
    check("after:3/31/2024", "date>2024-03-31");
    refuse(
        "before:soon",
        "cannot read 'soon' as a date
  before:soon
         ^^^^ write 2025, 2025-08, 2025-08-18, 2024-03..2024-06 or \"18 August 2025\"",
    );
}

#[test]
fn what_google_has_no_sign_for_is_left_out_and_told() {
    let remark = "a '*' alone was left out: it stands for a word only in quotes";
    check_remark("king * spain", "king spain", remark);
    let remark = "the signs in 'wom?n' were left out: they stand for no letters";
    check_remark("wom?n", "\"wom n\"", remark);
    check_remark("cats or dogs", "cats dogs", "'or' was left out: the operator is OR");
    check_remark("not cats", "cats", "'not' was left out: write -word to leave a word out");
    refuse(
        "*",
        "no word is left to search for
  *
  ^ name one",
    );
    refuse(
        "a NOT b",
        "there is no NOT in Google
  a NOT b
    ^^^ write -word to leave a word out",
    );
    refuse(
        "camera $50..$100",
        "numbers in the text cannot be compared
  camera $50..$100
         ^^^^^^^^^ write the numbers with OR, or before: and after: for dates",
    );
}

#[test]
fn operators_need_both_sides() {
    refuse(
        "a OR",
        "nothing stands after 'OR'
  a OR
    ^^ it joins what stands on both sides",
    );
    refuse(
        "| a",
        "nothing stands before '|'
  | a
  ^ it joins what stands on both sides",
    );
    refuse(
        "a AND OR b",
        "nothing stands before 'OR'
  a AND OR b
        ^^ it joins what stands on both sides",
    );
    refuse(
        "AND a",
        "nothing stands before 'AND'
  AND a
  ^^^ it joins what stands on both sides",
    );
    refuse(
        "()",
        "nothing stands between the parentheses
  ()
  ^^ write something there, or take them out",
    );
    refuse(
        "(a",
        "the parenthesis is not closed
  (a
  ^ put a ')' where the group ends",
    );
}
