//! Forms of the language that are refused until they arrive.

use super::check_error;

#[test]
fn proximity_is_not_available_yet() {
    check_error(
        "troops W/5 ukraine",
        "'W/5' (proximity) is not available yet
  troops W/5 ukraine
         ^^^ write AND, or put it in quotes to search for it as text",
    );
    check_error(
        "a NOT w/10 b",
        "'w/10' (proximity) is not available yet
  a NOT w/10 b
        ^^^^ write AND, or put it in quotes to search for it as text",
    );
    check_error(
        "a pre/3 b",
        "'pre/3' (proximity) is not available yet
  a pre/3 b
    ^^^^^ write AND, or put it in quotes to search for it as text",
    );
    check_error(
        "a NEAR/5 b",
        "'NEAR/5' (proximity) is not available yet
  a NEAR/5 b
    ^^^^^^ write AND, or put it in quotes to search for it as text",
    );
    check_error(
        "a W/S b",
        "'W/S' (proximity) is not available yet
  a W/S b
    ^^^ write AND, or put it in quotes to search for it as text",
    );
    check_error(
        "a w/p b",
        "'w/p' (proximity) is not available yet
  a w/p b
    ^^^ write AND, or put it in quotes to search for it as text",
    );
    check_error(
        "\"a b\"~4",
        "'~4' (proximity) is not available yet
  \"a b\"~4
       ^^ write AND, or put it in quotes to search for it as text",
    );
    check_error(
        "(a b)~",
        "'~' (proximity) is not available yet
  (a b)~
       ^ write AND, or put it in quotes to search for it as text",
    );
}

#[test]
fn wildcards_within_a_word_are_not_available_yet() {
    check_error(
        "wom?n",
        "'wom?n' (a wildcard within or before a word) is not available yet
  wom?n
  ^^^^^ end a word with '*', leave the sign out, or put it in quotes",
    );
    check_error(
        "*gate",
        "'*gate' (a wildcard within or before a word) is not available yet
  *gate
  ^^^^^ end a word with '*', leave the sign out, or put it in quotes",
    );
    check_error(
        "w*n",
        "'w*n' (a wildcard within or before a word) is not available yet
  w*n
  ^^^ end a word with '*', leave the sign out, or put it in quotes",
    );
    check_error(
        "a**",
        "'a**' (a wildcard within or before a word) is not available yet
  a**
  ^^^ end a word with '*', leave the sign out, or put it in quotes",
    );
    check_error(
        "who won?",
        "'won?' (a wildcard within or before a word) is not available yet
  who won?
      ^^^^ end a word with '*', leave the sign out, or put it in quotes",
    );
    check_error(
        "\"a b\"*",
        "'*' (a wildcard within or before a word) is not available yet
  \"a b\"*
       ^ end a word with '*', leave the sign out, or put it in quotes",
    );
}

#[test]
fn similar_spellings_and_weights_are_not_available_yet() {
    check_error(
        "zelenskiy~1",
        "'~1' (similar spelling) is not available yet
  zelenskiy~1
           ^^ leave it out, or put it all in quotes",
    );
    check_error(
        "a~",
        "'~' (similar spelling) is not available yet
  a~
   ^ leave it out, or put it all in quotes",
    );
    check_error(
        "a~1^2",
        "'^2' (weight) is not available yet
  a~1^2
     ^^ leave it out, or put it all in quotes",
    );
    check_error(
        "a^2.5",
        "'^2.5' (weight) is not available yet
  a^2.5
   ^^^^ leave it out, or put it all in quotes",
    );
    check_error(
        "(a b)^2",
        "'^2' (weight) is not available yet
  (a b)^2
       ^^ leave it out, or put it all in quotes",
    );
}

#[test]
fn functions_are_not_available_yet() {
    check_error(
        "atleast3(nato)",
        "'atleast3(' (frequency) is not available yet
  atleast3(nato)
  ^^^^^^^^^ search for the words alone",
    );
    check_error(
        "first/50(a)",
        "'first/50(' (position in the article) is not available yet
  first/50(a)
  ^^^^^^^^^ search for the words alone",
    );
    check_error(
        "exact(a)",
        "'exact(' (a word as printed) is not available yet
  exact(a)
  ^^^^^^ search for the words alone",
    );
    check_error(
        "headline:caps(Apple)",
        "'caps(' (a word as printed) is not available yet
  headline:caps(Apple)
           ^^^^^ search for the words alone",
    );
    check_error(
        "ALLCAPS(who)",
        "'ALLCAPS(' (a word as printed) is not available yet
  ALLCAPS(who)
  ^^^^^^^^ search for the words alone",
    );
}

#[test]
fn recognised_names_are_not_available_yet() {
    check_error(
        "lead:a",
        "'lead:' (position in the article) is not available yet
  lead:a
  ^^^^^ search for the words alone",
    );
    check_error(
        "person:putin",
        "'person:' (recognised names and topics) is not available yet
  person:putin
  ^^^^^^^ search for the words alone",
    );
    check_error(
        "org:(a b)",
        "'org:' (recognised names and topics) is not available yet
  org:(a b)
  ^^^^ search for the words alone",
    );
    check_error(
        "place: kyiv",
        "'place:' (recognised names and topics) is not available yet
  place: kyiv
  ^^^^^^ search for the words alone",
    );
    check_error(
        "topic:\"a b\"",
        "'topic:' (recognised names and topics) is not available yet
  topic:\"a b\"
  ^^^^^^ search for the words alone",
    );
}

#[test]
fn relative_dates_are_not_available_yet() {
    check_error(
        "date:\"last 2 weeks\"",
        "'last 2 weeks' (a relative date) is not available yet
  date:\"last 2 weeks\"
        ^^^^^^^^^^^^ write the date itself, such as 2025-08-18",
    );
    check_error(
        "date:2025..Yesterday",
        "'2025..Yesterday' (a relative date) is not available yet
  date:2025..Yesterday
       ^^^^^^^^^^^^^^^ write the date itself, such as 2025-08-18",
    );
    check_error(
        "date>=today",
        "'today' (a relative date) is not available yet
  date>=today
        ^^^^^ write the date itself, such as 2025-08-18",
    );
}
