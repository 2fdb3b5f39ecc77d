//! Free text of Factiva.

use super::{Dialect, check_error, check_remarks};

#[track_caller]
fn check(typed: &str, native: &str) {
    super::check(Dialect::Factiva, typed, native);
}

#[track_caller]
fn check_remark(typed: &str, native: &str, remark: &str) {
    check_remarks(Dialect::Factiva, typed, native, &[remark]);
}

#[track_caller]
fn refuse(typed: &str, told: &str) {
    check_error(Dialect::Factiva, typed, told);
}

#[test]
fn words_side_by_side_are_a_phrase() {
    check("bill clinton", "\"bill clinton\"");
    check("\"peas and carrots\"", "\"peas and carrots\"");
    check("(red or blue) car", "(red OR blue) PRE/1 car");
    check(
        "select releases and [university or instruction]",
        "\"select releases\" AND (university OR instruction)",
    );
}

#[test]
fn every_operator_has_a_native_form() {
    check("world cup adj5 rugby", "\"world cup\" PRE/5 rugby");
    check("world adj cup", "world PRE/1 cup");
    check("president w/2 bush", "president PRE/2 bush");
    check("president W/ bush", "president PRE/1 bush");
    check("carrefour near5 retail sales", "carrefour W/5 \"retail sales\"");
    check("carrefour NEAR 5 retail", "carrefour W/5 retail");
    check("boeing 747/N30/british airways", "\"boeing 747\" W/30 \"british airways\"");
    check("vodafone same telecommunications", "vodafone W/P telecommunications");
    check("toyota/F50/", "first/50(toyota)");
    check("toyota motor/f50/ and a", "first/50(\"toyota motor\") AND a");
    check("(a near5 b) /F50/", "first/50(a W/5 b)");
    check("atleast5 microsoft", "atleast5(microsoft)");
    check("atleast10 winter games and a", "atleast10(\"winter games\") AND a");
    check("atleast3 (a or b)", "atleast3(a OR b)");
    check("a not b", "a AND NOT b");
    check("a and b", "a AND b");
    check("a OR b", "a OR b");
}

#[test]
fn proximity_binds_tightest_then_fields_then_not_and_or() {
    check("bill clinton or gore and george bush", "\"bill clinton\" OR gore AND \"george bush\"");
    check("a adj5 b or c", "a PRE/5 b OR c");
    check("a near5 b adj2 c", "a W/5 b PRE/2 c");
    check("a not b and c or d not e", "a AND NOT b AND c OR d AND NOT e");
    check("not a and b", "NOT a AND b");
    check("a and not b", "a AND NOT b");
    check("not not a", "NOT NOT a");
    check("a or b not c", "a OR b AND NOT c");
    check("hd=white house and by=smith", "headline:\"white house\" AND byline:smith");
    check("hd=a near5 b", "headline:(a W/5 b)");
    check("not hd=a", "NOT headline:a");
    check("(a or b) and c", "(a OR b) AND c");
    check("(a and b) near5 c", "(a AND b) W/5 c");
}

#[test]
fn signs_stand_for_letters() {
    check("launder*", "launder*");
    check("wom?n", "wom?n");
    check("earn$2", "earn OR earn? OR earn??");
    check("earn$2 more", "(earn OR earn? OR earn??) PRE/1 more");
    check(
        "earn$",
        "earn OR earn? OR earn?? OR earn??? OR earn???? OR earn????? OR earn?????? OR \
         earn??????? OR earn???????? OR earn?????????",
    );
    check("US$5 or $90", "US$5 OR $90");
    check("president % clinton", "\"president * clinton\"");
    check("\"president % clinton\"", "\"president * clinton\"");
    refuse(
        "% clinton",
        "'%' stands for a word between two others
  % clinton
  ^^^^^^^^^ write it within a phrase, such as president % clinton",
    );
    refuse(
        "lau*der",
        "'lau*der' has a '*' before its end
  lau*der
  ^^^^^^^ only the end of a word can be left open; '?' stands for one letter",
    );
}

#[test]
fn fields_stand_before_a_word_or_a_group() {
    for (name, field) in [
        ("hd", "headline"),
        ("LP", "lead"),
        ("by", "byline"),
        ("dln", "dateline"),
        ("se", "section"),
        ("sn", "source"),
        ("la", "lang"),
    ] {
        check(&format!("{name}=a"), &format!("{field}:a"));
        check(&format!("{name}=(a or b*)"), &format!("{field}:(a OR b*)"));
    }
    check("hlp=a", "headline:a OR lead:a");
    check("hlp=(a not b)", "headline:(a AND NOT b) OR lead:(a AND NOT b)");
    check("hd=\"a b\"", "headline:\"a b\"");
    check("an=GRDN0000:2a?", "id:GRDN0000:2a?");
    check("an=(x1 or x2)", "id:x1 OR id:x2");
    check_remark("td=(a or b)", "a OR b", "td= was read as the headline and the body");
}

#[test]
fn codes_are_looked_for_as_names() {
    for (name, field) in [
        ("sc", "source"),
        ("rst", "source"),
        ("pe", "person"),
        ("co", "org"),
        ("fds", "org"),
        ("re", "place"),
        ("in", "topic"),
        ("ns", "topic"),
    ] {
        let remark = format!("{name}= was read as {field}: codes are looked for as names");
        check_remark(&format!("{name}=gcat"), &format!("{field}:gcat"), &remark);
    }
}

#[test]
fn dates_have_ranges_and_lengths_signs() {
    check("date from 20240101 to 20240301", "date:2024-01-01..2024-03-01");
    check("date from 1/13/2024 to 1/31/2024", "date:2024-01-13..2024-01-31");
    check("date after 20240101 and a", "date>2024-01-01 AND a");
    check("pd before 20240101", "date<2024-01-01");
    check("date 20240101", "date:2024-01-01");
    check("pd=20240101 or pd>=2024", "date:2024-01-01 OR date>=2024");
    check("wc>500 and wc<=(3000)", "words>500 AND words<=3000");
    check("\"closing date\" and bids", "\"closing date\" AND bids");
    refuse(
        "date from 20240301 to 20240101",
        "'20240301 to 20240101' ends before it begins
  date from 20240301 to 20240101
            ^^^^^^^^^^^^^^^^^^^^ put the earlier date first",
    );
    refuse(
        "date from 20240301 and a",
        "the range has no end
  date from 20240301 and a
       ^^^^ write date from 20240101 to 20240301",
    );
    refuse(
        "date after -7",
        "'-7' is counted from today
  date after -7
             ^^ write the day, or date last 7 days",
    );
    refuse(
        "closing date and bids",
        "nothing joins this to what stands before it
  closing date and bids
          ^^^^ write AND before it",
    );
    refuse(
        "date and bids",
        "no date follows 'date'
  date and bids
  ^^^^ write date 20240101, date after 20240101 or date from … to …",
    );
}

#[test]
fn only_words_are_near_words() {
    refuse(
        "a near5 not b",
        "nothing can be near what is not there
  a near5 not b
          ^^^ put the not before the left side",
    );
    refuse(
        "a near5 (not b)",
        "nothing can be near '(not b)'
  a near5 (not b)
          ^^^^^^^ words can only be near words: take the not out of it",
    );
    refuse(
        "a/F50/ near5 b",
        "nothing can be near 'a/F50/'
  a/F50/ near5 b
  ^^^^^^ put the field or /F50/ around both sides: hd=(a near5 b)",
    );
    refuse(
        "a near5 hd=b",
        "'hd=' cannot stand here
  a near5 hd=b
          ^^^ join it with and, outside of what it stands in",
    );
    refuse(
        "a near b",
        "'near' has no number behind it
  a near b
    ^^^^ write near5, or put it in quotes to search for the word",
    );
    refuse(
        "atleast3 (not a)",
        "'(not a)' cannot be counted
  atleast3 (not a)
           ^^^^^^^ only words can: put the field before atleast, and not outside",
    );
    refuse(
        "(not a)/F5/",
        "'(not a)' is more than words of the text
  (not a)/F5/
  ^^^^^^^ put the rest outside, and join it with and",
    );
}

#[test]
fn a_field_has_a_known_name_and_holds_no_other() {
    refuse(
        "foo=bar",
        "unknown field 'foo='
  foo=bar
  ^^^^ the fields are hd, lp, hlp, td, by, dln, se, sn, sc, rst, la, an, pe, co, fds, re, in, ns, \
pd, wc",
    );
    refuse(
        "hdl=bar",
        "unknown field 'hdl='
  hdl=bar
  ^^^^ did you mean hd=?",
    );
    refuse(
        "hd= a",
        "nothing stands directly after 'hd='
  hd= a
  ^^^ write what to look for without a space",
    );
    refuse(
        "hd>a",
        "'hd>' has no order to compare by
  hd>a
  ^^^ write '=' behind the field",
    );
    refuse(
        "hd=(a by=b)",
        "'by=' cannot stand inside 'hd='
  hd=(a by=b)
        ^^^ put it outside, and join both with AND",
    );
    refuse(
        "hd=(a/F50/)",
        "'/F50/' cannot stand inside 'hd='
  hd=(a/F50/)
       ^^^^^ put it outside, and join both with AND",
    );
    refuse(
        "hd=a lp=b",
        "nothing joins this to what stands before it
  hd=a lp=b
       ^^^ write AND before it",
    );
}

#[test]
fn operators_need_both_sides() {
    refuse(
        "a near5",
        "nothing stands after 'near5'
  a near5
    ^^^^^ it joins what stands on both sides",
    );
    refuse(
        "same a",
        "nothing stands before 'same'
  same a
  ^^^^ it joins what stands on both sides",
    );
    refuse(
        "a not",
        "nothing stands after 'not'
  a not
    ^^^ name what to leave out",
    );
    refuse(
        "a/N0/b",
        "'/N0/' is no distance between words
  a/N0/b
   ^^^^ neighbours are 1 apart, and 1000 is the most",
    );
    refuse(
        "[a",
        "the parenthesis is not closed
  [a
  ^ put a ')' where the group ends",
    );
    refuse(
        "a]",
        "the parenthesis closes nothing
  a]
   ^ take it out, or put a '(' before it",
    );
}
