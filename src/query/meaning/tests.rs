use crate::query::parse;
use crate::text::Tongue;

use super::*;

/// Writes a clause on one line: what it asks itself, and the clauses within it in brackets.
fn shape(clause: &Clause) -> String {
    let list = |clauses: &[Clause]| clauses.iter().map(shape).collect::<Vec<_>>().join("; ");
    match clause {
        Clause::Pattern(pattern) => pattern_shape(pattern),
        Clause::All(clauses) | Clause::Any(clauses) => format!("{clause} [{}]", list(clauses)),
        Clause::Not(part) | Clause::Weighted(part, _) => format!("{clause} [{}]", shape(part)),
        Clause::Everything | Clause::Date(_) | Clause::WordCount(_) => clause.to_string(),
    }
}

fn pattern_shape(pattern: &Pattern) -> String {
    let parts: Vec<String> = match pattern {
        Pattern::Words(_) => return pattern.to_string(),
        Pattern::Any(patterns) => patterns.iter().map(pattern_shape).collect(),
        Pattern::Near(left, _, right) => vec![pattern_shape(left), pattern_shape(right)],
        Pattern::Window(words, _) => words.iter().map(ToString::to_string).collect(),
        Pattern::AtLeast(_, part) => vec![pattern_shape(part)],
    };
    format!("{pattern} [{}]", parts.join("; "))
}

/// Reads a query as of 18 August 2025.
fn meaning(typed: &str, looseness: Looseness) -> Meaning {
    let today = Moment::day(2025, 8, 18).unwrap();
    Meaning::of(&parse(typed).unwrap(), looseness, today, &[Tongue::ENGLISH])
}

#[track_caller]
fn check(typed: &str, want: &str) {
    check_loose(typed, Looseness::All, want);
}

#[track_caller]
fn check_loose(typed: &str, looseness: Looseness, want: &str) {
    assert_eq!(shape(&meaning(typed, looseness).clause), want, "{typed}");
}

#[test]
fn words_are_folded_and_stemmed() {
    check("Guarantees", "stem guarante");
    check("“Security Guarantees”", "stem secur, then stem guarante");
    check("U.S.", "stem us");
    check("Müller’s", "stem muller");
    check("1,500", "stem 1500");
}

#[test]
fn a_compound_is_its_words_or_the_compound_written_as_one() {
    check("long-term", "any of [stem long, then stem term; stem longterm]");
    check("\"a long-term plan\"", "stem a, then stem long, then stem term, then stem plan");
    check("rock/roll", "stem rock, then stem roll");
}

#[test]
fn wildcards_and_similar_spellings_are_about_printed_forms() {
    check("Launder*", "form launder…");
    check("long-ter*", "stem long, then form ter…");
    check("wom?n *gate", "all of [form wom?n; form *gate]");
    check("\"king * spain\"", "stem king, then any word, then stem spain");
    check("Zelenskiy~2", "form zelenskiy, two letters off at most");
}

#[test]
fn fields_hold_printed_forms_and_ids_are_taken_whole() {
    check("byline:\"Inge Halvorsen\"", "form inge, then form halvorsen in byline");
    check("id:Wire-2024", "form Wire-2024 in id");
    check("id:(Wire:1 b?)", "all of [form Wire:1 in id; form b? in id]");
    check("id:Wire*", "form Wire… in id");
    check("url:a.org/b*", "form a, then form org, then form b… in url");
}

#[test]
fn words_may_be_asked_for_in_a_part_of_the_text() {
    let want = "any of [stem bridg in the headline; stem ferri in the headline]";
    check("headline:(bridges OR ferry)", want);
    check("lead:talks", "stem talk in the first paragraph");
    check("first/50(NOT talks)", "not [stem talk among the first 50 words]");
    check(
        "first/9(a W/5 b)",
        "both, within 5 words [stem a among the first 9 words; stem b among the first 9 words]",
    );
}

#[test]
fn forms_are_as_printed() {
    check("exact(Talks)", "form talks");
    check("caps(Apple Pie)", "all of [form apple with a capital; form pie with a capital]");
    check("allcaps(WHO)", "form who in capitals");
    check("headline:exact(talks)", "form talks in the headline");
}

#[test]
fn proximity_joins_places() {
    check("troops W/5 kyiv", "both, within 5 words [stem troop; stem kyiv]");
    check("troops W/1 kyiv", "both, side by side [stem troop; stem kyiv]");
    check(
        "troops NOT PRE/S \"black sea\"",
        "the first without the second, in one sentence, in this order \
         [stem troop; stem black, then stem sea]",
    );
    check(
        "troops W/P (kyiv OR odesa)",
        "both, in one paragraph [stem troop; any of [stem kyiv; stem odesa]]",
    );
    check(
        "a W/5 b PRE/3 c",
        "both, within 3 words, in this order [both, within 5 words [stem a; stem b]; stem c]",
    );
}

#[test]
fn proximity_asks_for_each_of_what_and_joins() {
    check(
        "(a AND b) W/1 (c d)",
        "all of [\
         all of [both, side by side [stem a; stem c]; both, side by side [stem a; stem d]]; \
         all of [both, side by side [stem b; stem c]; both, side by side [stem b; stem d]]]",
    );
    check(
        "(a OR (b AND c)) W/1 d",
        "any of [both, side by side [stem a; stem d]; \
         all of [both, side by side [stem b; stem d]; both, side by side [stem c; stem d]]]",
    );
    check(
        "(a AND b) NOT W/5 c",
        "all of [the first without the second, within 5 words [stem a; stem c]; \
         the first without the second, within 5 words [stem b; stem c]]",
    );
}

#[test]
fn a_window_of_two_words_is_proximity() {
    check("\"ferry bridge\"~4", "both, within 4 words [stem ferri; stem bridg]");
    check("\"ferry\"~4", "stem ferri");
    check("\"ferry b* port\"~4", "all, within 4 words [stem ferri; form b…; stem port]");
    check("slop/2(\"a b\")", "in a row, 2 places moved at most [stem a; stem b]");
}

#[test]
fn what_is_counted_is_counted_each_for_itself() {
    check("atleast3(a OR b)", "at least 3 times [any of [stem a; stem b]]");
    check("atleast2(a b)", "all of [at least 2 times [stem a]; at least 2 times [stem b]]");
}

#[test]
fn filters_and_weights_say_what_they_ask() {
    check("date:\"last week\"", "dated from 2025-08-11T00:00:00 before 2025-08-18T00:00:00");
    check("date<2024", "dated before 2024-01-01T00:00:00");
    check("words>500", "501 words or more");
    check("words:3..9", "3 to 9 words");
    check("person:putin", "form putin in person");
    check("(a OR b)^0.5", "weighing 0.5 [any of [stem a; stem b]]");
    check("* AND a", "all of [every article; stem a]");
}

#[test]
fn loose_stop_words_are_left_out() {
    let left_out = |typed: &str| meaning(typed, Looseness::All).left_out.join(" ");
    assert_eq!(left_out("the end of the bridge"), "the of the");
    assert_eq!(left_out("who is US president"), "who is");
    assert_eq!(left_out("WHO IS PRESIDENT"), "WHO IS");
    assert_eq!(left_out("WHO IS PRESIDENT date:today lang:en atleast2(NATO)"), "WHO IS");
    assert_eq!(left_out("WHO IS PRESIDENT \"of France\""), "");
    assert_eq!(left_out("to be or not to be"), "");
    assert_eq!(left_out("the -strike"), "");
    assert_eq!(left_out("the AND bridge"), "");
    assert_eq!(left_out("\"the bridge\" a"), "a");
}

#[test]
fn relaxing_leaves_filters_and_exclusions_alone() {
    let any = Looseness::Any;
    let want = "all of [any of [stem ferri; stem strike]; not [stem pay]; form thorne in byline]";
    check_loose("ferry strike -pay byline:thorne", any, want);
    check_loose("ferry AND strike", any, "all of [stem ferri; stem strike]");
    check_loose("ferry byline:thorne", any, "all of [stem ferri; form thorne in byline]");
    check_loose(
        "a^2 (b W/5 c) exact(d) atleast2(e)",
        any,
        "all of [any of [weighing 2 [stem a]; both, within 5 words [stem b; stem c]; form d]; \
         at least 2 times [stem e]]",
    );
}

#[test]
fn leaves_are_numbered_and_a_compound_shares_its_number() {
    let meaning = meaning("long-term ferry", Looseness::All);
    let mut leaves = Vec::new();
    meaning.clause.each_words(&mut |words| leaves.push(words.leaf));
    assert_eq!(leaves, [0, 0, 1]);
}
