use crate::query::parse;

use super::*;

/// Writes a clause on one line: what it asks itself, and the clauses within it in brackets.
fn shape(clause: &Clause) -> String {
    let list = |clauses: &[Clause]| clauses.iter().map(shape).collect::<Vec<_>>().join("; ");
    match clause {
        Clause::Pattern(pattern) => pattern_shape(pattern),
        Clause::All(clauses) | Clause::Any(clauses) => format!("{clause} [{}]", list(clauses)),
        Clause::Not(part) | Clause::Weighted(part, _) => format!("{clause} [{}]", shape(part)),
        Clause::Everything | Clause::Date(_) | Clause::WordCount(_) | Clause::Unannotated(_) => {
            clause.to_string()
        }
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
    Meaning::of(&parse(typed).unwrap(), looseness, Moment::day(2025, 8, 18).unwrap())
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
    check("Guarantees", "guarante");
    check("“Security Guarantees”", "secur_guarante");
    check("U.S.", "us");
    check("Müller’s", "muller");
    check("1,500", "1500");
}

#[test]
fn a_compound_is_its_words_or_the_compound_written_as_one() {
    check("long-term", "(long_term | longterm)");
    check("\"a long-term plan\"", "a_long_term_plan");
    check("rock/roll", "rock_roll");
}

#[test]
fn wildcards_are_about_printed_forms() {
    check("Launder*", "launder*");
    check("long-ter*", "long_ter*");
}

#[test]
fn fields_hold_printed_forms_and_ids_are_taken_whole() {
    check("byline:\"Inge Halvorsen\"", "byline:=inge_=halvorsen");
    check("headline:(bridges OR ferry)", "(headline:bridg | headline:ferri)");
    check("id:Wire-2024", "id:=Wire-2024");
}

#[test]
fn loose_stop_words_are_left_out() {
    let left_out =
        |typed: &str| meaning(typed, Looseness::All).left_out.join(" ");
    assert_eq!(left_out("the end of the bridge"), "the of the");
    assert_eq!(left_out("who is US president"), "who is");
    assert_eq!(left_out("WHO IS PRESIDENT"), "WHO IS");
    assert_eq!(left_out("to be or not to be"), "");
    assert_eq!(left_out("the -strike"), "");
    assert_eq!(left_out("the AND bridge"), "");
    assert_eq!(left_out("\"the bridge\" a"), "a");
}

#[test]
fn relaxing_leaves_filters_and_exclusions_alone() {
    let any = Looseness::Any;
    let want = "((ferri | strike) + !pay + byline:=thorne)";
    check_loose("ferry strike -pay byline:thorne", any, want);
    check_loose("ferry AND strike", any, "(ferri + strike)");
    check_loose("ferry byline:thorne", any, "(ferri + byline:=thorne)");
}

#[test]
fn leaves_are_numbered_and_a_compound_shares_its_number() {
    let meaning = meaning("long-term ferry", Looseness::All);
    let mut leaves = Vec::new();
    meaning.clause.each_words(&mut |words| leaves.push(words.leaf));
    assert_eq!(leaves, [0, 0, 1]);
}
