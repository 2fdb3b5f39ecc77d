//! Terms and connectors of Lexis.

use super::{Dialect, check_error, check_remarks};

#[track_caller]
fn check(typed: &str, native: &str) {
    super::check(Dialect::Lexis, typed, native);
}

#[track_caller]
fn check_remark(typed: &str, native: &str, remark: &str) {
    check_remarks(Dialect::Lexis, typed, native, &[remark]);
}

#[track_caller]
fn refuse(typed: &str, told: &str) {
    check_error(Dialect::Lexis, typed, told);
}

#[test]
fn words_side_by_side_are_a_phrase() {
    check("income tax", "\"income tax\"");
    check("income tax or levy", "\"income tax\" OR levy");
    check("white \"house of\" cards", "\"white house of cards\"");
    check("white (house or cottage) memo", "white PRE/1 (house OR cottage) PRE/1 memo");
    check("(a) b", "\"a b\"");
    check("“a b”", "\"a b\"");
    check("\"and\" or \"w/5\"", "\"and\" OR \"w/5\"");
}

#[test]
fn every_connector_has_a_native_form() {
    check("a OR b", "a OR b");
    check("a w/5 b", "a W/5 b");
    check("a /5 b", "a W/5 b");
    check("a near/5 b", "a W/5 b");
    check("a pre/5 b", "a PRE/5 b");
    check("a +5 b", "a PRE/5 b");
    check("a onear/5 b", "a PRE/5 b");
    check("a not w/5 b", "a NOT W/5 b");
    check("a not /5 b", "a NOT W/5 b");
    check("a not/5 b", "a NOT W/5 b");
    check("a not pre/5 b", "a NOT PRE/5 b");
    check("a w/s b", "a W/S b");
    check("a /s b", "a W/S b");
    check("a w/sent b", "a W/S b");
    check("a +s b", "a PRE/S b");
    check("a pre/s b", "a PRE/S b");
    check("a not w/s b", "a NOT W/S b");
    check("a /p b", "a W/P b");
    check("a W/PARA b", "a W/P b");
    check("a +p b", "a PRE/P b");
    check("a not w/p b", "a NOT W/P b");
    check("a and b", "a AND b");
    check("a & b", "a AND b");
    check("a and not b", "a AND NOT b");
    check("a but not b", "a AND NOT b");
    check("a not b", "a AND NOT b");
}

#[test]
fn the_example_of_the_help_page_is_read_as_the_help_page_says() {
    check(
        "bankrupt! w/25 discharg! and student or college or education! w/5 loan",
        "bankrupt* W/25 discharg* AND (student OR college OR education*) W/5 loan",
    );
    check(
        "bankrupt! w/25 discharg! and not student or college or education! w/5 (loan and scholarship)",
        "bankrupt* W/25 discharg* AND NOT (student OR college OR education*) W/5 (loan AND \
         scholarship)",
    );
    check(
        "school W/25 liab! AND rugby OR football OR game W/10 injur!",
        "school W/25 liab* AND (rugby OR football OR game) W/10 injur*",
    );
}

#[test]
fn or_binds_tightest_then_the_smallest_number_then_sentence_paragraph_and_and_not() {
    check("a w/5 b or c", "a W/5 (b OR c)");
    check("a w/5 b w/3 c", "a W/5 (b W/3 c)");
    check("a w/3 b w/5 c", "a W/3 b W/5 c");
    check("a w/5 b pre/5 c", "a W/5 b PRE/5 c");
    check("a w/5 b w/3 c w/5 d", "a W/5 (b W/3 c) W/5 d");
    check("a w/s b w/50 c", "a W/S (b W/50 c)");
    check("a w/p b w/s c", "a W/P (b W/S c)");
    check("a and b w/p c", "a AND b W/P c");
    check("a and not b and c", "a AND NOT (b AND c)");
    check("a and not b and not c", "a AND NOT b AND NOT c");
    check("a or b and not c or d", "(a OR b) AND NOT (c OR d)");
    check("a and b or c", "a AND (b OR c)");
}

#[test]
fn parentheses_win() {
    check("(a and b) or c", "a AND b OR c");
    check("(a w/5 b) w/3 c", "a W/5 b W/3 c");
    check("a w/3 (b w/5 c)", "a W/3 (b W/5 c)");
    check("not a and b", "NOT (a AND b)");
    check("a or (not b)", "a OR NOT b");
}

#[test]
fn segments_are_not_told_apart() {
    let remark = "W/SEG was read as AND: segments are not told apart";
    check_remark("a w/seg b and c", "a AND b AND c", remark);
    check_remark("a /seg b", "a AND b", remark);
    refuse(
        "a not w/seg b",
        "segments are not told apart here
  a not w/seg b
        ^^^^^ write AND NOT, or a distance: NOT W/50",
    );
}

#[test]
fn signs_stand_for_letters() {
    check("child!", "child*");
    check("wom*n", "wom?n");
    check("int???et", "int???et");
    check("bank*", "bank OR bank?");
    check("bank** and b", "(bank OR bank? OR bank??) AND b");
    check("who?", "who?");
    check("\"third party benefi!\"", "\"third party benefi*\"");
    check("the bank* robber", "the PRE/1 (bank OR bank?) PRE/1 robber");
    check("\"bank? robber\"", "bank? PRE/1 robber");
    check("U.S.-led AT&T", "\"U.S.-led AT&T\"");
    refuse(
        "a or !",
        "'!' holds no letter or figure
  a or !
       ^ take it out",
    );
}

#[test]
fn commands_are_functions() {
    check("atleast5(nato)", "atleast5(nato)");
    check("ATLEAST2 (a w/5 b)", "atleast2(a W/5 b)");
    check("caps(apple or orange)", "caps(apple OR orange)");
    check("allcaps(who)", "allcaps(who)");
    check("headline(caps(apple))", "headline:caps(apple)");
    check_remark(
        "singular(term)",
        "exact(term)",
        "SINGULAR was read as the form that is typed: exact()",
    );
    let remark = "PLURAL was read as the form that is typed: exact()";
    check_remark("allcaps(plural(aids))", "allcaps(aids)", remark);
    check_remark("plural(a w/5 caps(b))", "exact(a) W/5 caps(b)", remark);
    refuse(
        "nocaps(aids)",
        "words without capitals cannot be asked for
  nocaps(aids)
  ^^^^^^ leave it out, or leave the capitals out: a AND NOT CAPS(a)",
    );
    refuse(
        "atleast0(a)",
        "'atleast0' is out of range
  atleast0(a)
  ^^^^^^^^ write a number from 1 to 1000000",
    );
    refuse(
        "atleast3(not a)",
        "'(not a)' cannot be counted
  atleast3(not a)
          ^^^^^^^ only words can: put the NOT outside",
    );
    refuse(
        "byline(caps(ann))",
        "how words are printed is not known in 'byline'
  byline(caps(ann))
         ^^^^ it is in HEADLINE, LEAD and BODY",
    );
}

#[test]
fn segments_are_fields() {
    for (segment, field) in [
        ("HEADLINE", "headline"),
        ("title", "headline"),
        ("LEAD", "lead"),
        ("byline", "byline"),
        ("AUTHOR", "byline"),
        ("dateline", "dateline"),
        ("section", "section"),
        ("publication", "source"),
        ("source", "source"),
        ("language", "lang"),
        ("person", "person"),
        ("company", "org"),
        ("organization", "org"),
        ("geographic", "place"),
        ("subject", "topic"),
        ("terms", "topic"),
    ] {
        check(&format!("{segment}(a b)"), &format!("{field}:\"a b\""));
        check(&format!("{segment} (a or b)"), &format!("{field}:(a OR b)"));
    }
    check("hlead(a or b)", "headline:(a OR b) OR lead:(a OR b)");
    check("headline(a w/5 b and not c)", "headline:(a W/5 b AND NOT c)");
    check_remark("body(a) or b", "a OR b", "BODY was read as the headline and the body");
    check("segment (a or b)", "segment PRE/1 (a OR b)");
}

#[test]
fn dates_are_compared_by_signs_and_words() {
    check("date is 2024", "date:2024");
    check("DATE = 20240131", "date:2024-01-31");
    check("date bef 2024 or date before 2023", "date<2024 OR date<2023");
    check("date aft 3/31/2024", "date>2024-03-31");
    check("date aft 31/3/2024", "date>2024-03-31");
    check("date aft 1/1/2024", "date>2024-01-01");
    check("date is 3/2024", "date:2024-03");
    check("date>=2024 and a", "date>=2024 AND a");
    check("date <= March 31, 2024 and a", "date<=2024-03-31 AND a");
    check("date(2024-01-31)", "date:2024-01-31");
    check("date(aft \"31 March 2024\")", "date>2024-03-31");
    check("date(geq (3/31/2024) and leq (12/31/2024))", "date>=2024-03-31 AND date<=2024-12-31");
    check("date aft 2023 and bef 2025 and a", "date>2023 AND date<2025 AND a");
    check("date palm and the date", "\"date palm\" AND \"the date\"");
    refuse(
        "date aft 3/4/2024",
        "'3/4/2024' could be one of two days
  date aft 3/4/2024
           ^^^^^^^^ write 2024-03-04 or 2024-04-03",
    );
    refuse(
        "date is 31/31/2024",
        "'31/31/2024' is no day of the calendar
  date is 31/31/2024
          ^^^^^^^^^^ write it as 2025-08-18",
    );
    refuse(
        "date(2024 or 2025)",
        "only conditions joined by AND can stand here
  date(2024 or 2025)
            ^^ write the others outside: DATE IS 2024 OR DATE IS 2025",
    );
    refuse(
        "date aft and a",
        "nothing stands after 'aft'
  date aft and a
       ^^^ it joins what stands on both sides",
    );
}

#[test]
fn lengths_are_compared_too() {
    check("length > 500", "words>500");
    check("LENGTH(>500)", "words>500");
    check("length(geq 500 and lss 1000)", "words>=500 AND words<1000");
    check("length of stay", "\"length of stay\"");
    refuse(
        "length > many",
        "cannot read 'many' as a whole number
  length > many
           ^^^^ write 500 or 100..200, in figures only",
    );
}

#[test]
fn only_words_are_near_words() {
    refuse(
        "a w/5 (not b)",
        "nothing can be near '(not b)'
  a w/5 (not b)
        ^^^^^^^ words can only be near words: take the NOT out of it",
    );
    refuse(
        "a w/5 headline(b)",
        "nothing can be near 'headline(b)'
  a w/5 headline(b)
        ^^^^^^^^^^^ put the segment around both sides: HEADLINE(a W/5 b)",
    );
    refuse(
        "a w/5 date is 2024",
        "nothing can be near 'date is 2024'
  a w/5 date is 2024
        ^^^^^^^^^^^^ join it with AND",
    );
    refuse(
        "white house headline(a)",
        "nothing joins this to what stands before it
  white house headline(a)
              ^^^^^^^^^^^ write AND before it",
    );
    refuse(
        "a w/2000 b",
        "'w/2000' is no distance between words
  a w/2000 b
    ^^^^^^ neighbours are 1 apart, and 1000 is the most",
    );
}

#[test]
fn a_segment_holds_no_other_and_has_a_known_name() {
    refuse(
        "headline(lead(a))",
        "'lead' cannot stand inside 'headline'
  headline(lead(a))
           ^^^^ put it outside, and join both with AND",
    );
    refuse(
        "atleast3(date is 2024)",
        "'date' cannot stand inside 'atleast3'
  atleast3(date is 2024)
           ^^^^ put it outside, and join both with AND",
    );
    refuse(
        "headlin(a)",
        "unknown segment 'headlin'
  headlin(a)
  ^^^^^^^ did you mean HEADLINE?",
    );
    refuse(
        "court(a)",
        "unknown segment 'court'
  court(a)
  ^^^^^ put a space before '(' if it is a word",
    );
}

#[test]
fn connectors_need_both_sides() {
    refuse(
        "a and",
        "nothing stands after 'and'
  a and
    ^^^ it joins what stands on both sides",
    );
    refuse(
        "a w/5 and not b",
        "nothing stands after 'w/5'
  a w/5 and not b
    ^^^ it joins what stands on both sides",
    );
    refuse(
        "(or a)",
        "nothing stands before 'or'
  (or a)
   ^^ it joins what stands on both sides",
    );
    refuse(
        "a but not",
        "nothing stands after 'but not'
  a but not
    ^^^^^^^ name what to leave out",
    );
    refuse(
        "a or not b",
        "NOT leaves out what follows it only after AND, or first in parentheses
  a or not b
       ^^^ put it in parentheses with what it leaves out",
    );
    refuse(
        "a )",
        "the parenthesis closes nothing
  a )
    ^ take it out, or put a '(' before it",
    );
    refuse(
        "headline(a",
        "the parenthesis is not closed
  headline(a
          ^ put a ')' where the group ends",
    );
    refuse(
        "caps()",
        "nothing stands between the parentheses
  caps()
      ^^ write something there, or take them out",
    );
}
