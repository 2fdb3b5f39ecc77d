use proptest::prelude::*;
use proptest::sample::select;

use crate::article::{Paragraph, ParagraphKind};
use crate::query::{Looseness, Meaning, parse};
use crate::text::{Moment, Tongue};

use super::*;

/// Marks what a query matches in an article whose first line is its headline; a line that begins
/// with `~` is furniture. `no` where it does not match.
fn check(query: &str, lines: &[&str], want: &[&str]) {
    let paragraphs = lines[1..].iter().map(|line| match line.strip_prefix('~') {
        Some(text) => Paragraph { text: text.to_owned(), kind: ParagraphKind::Furniture },
        None => Paragraph { text: (*line).to_owned(), kind: ParagraphKind::Body },
    });
    let article = Article {
        id: "a-1".to_owned(),
        headline: lines[0].to_owned(),
        byline: "Inge Halvorsen".to_owned(),
        paragraphs: paragraphs.collect(),
        ..Article::default()
    };
    let today = Moment::of_timestamp(0);
    let meaning = Meaning::of(&parse(query).unwrap(), Looseness::All, today, &[Tongue::ENGLISH]);
    let Some(marks) = Matcher::new(&meaning.clause).find(&article) else {
        assert_eq!(want, ["no"], "{query}");
        return;
    };
    let found: Vec<&str> = marks
        .iter()
        .map(|mark| match mark.spot {
            Spot::Headline => mark.span.of(&article.headline),
            Spot::Paragraph(idx) => mark.span.of(&article.paragraphs[idx].text),
        })
        .collect();
    assert_eq!(found, want, "{query}");
}

const FERRY: &[&str] = &[
    "Ferries strike",
    "The ferry’s crew is on strike. A long-term deal failed.",
    "~Read also: Harbour shut",
    "Deal or no deal, said Zoë Müller.",
];

#[test]
fn every_form_of_a_word_is_marked_where_it_stands() {
    check("ferry", FERRY, &["Ferries", "ferry"]);
    check("muller", FERRY, &["Müller"]);
    check("fer*", FERRY, &["Ferries", "ferry"]);
    check("longterm", FERRY, &["long-term"]);
    check("headline:strike", FERRY, &["strike"]);
}

#[test]
fn a_phrase_is_marked_as_a_whole_and_never_across_a_border() {
    check("\"zoe muller\"", FERRY, &["Zoë Müller"]);
    check("\"ferry strike\"", FERRY, &["Ferries strike"]);
    check("\"strike the\"", FERRY, &["no"]);
    check("\"failed deal\"", FERRY, &["no"]);
}

#[test]
fn what_is_not_wanted_is_not_marked() {
    check("crew -harbour", FERRY, &["crew"]);
    check("crew -deal", FERRY, &["no"]);
    check("crew AND NOT (deal AND harbour)", FERRY, &["crew"]);
    check("(crew harbour) OR muller", FERRY, &["Müller"]);
}

#[test]
fn fields_match_without_a_mark() {
    check("byline:halvorsen", FERRY, &[]);
    check("byline:\"inge halvorsen\" crew", FERRY, &["crew"]);
    check("byline:\"halvorsen inge\"", FERRY, &["no"]);
    check("id:a-1", FERRY, &[]);
    check("id:a*", FERRY, &[]);
    check("words>5 words<100", FERRY, &[]);
    check("date:2024", FERRY, &["no"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn reading_parts_finds_what_reading_all_does(
        text in "(ferr(y|ies)|U\\.S\\.|us|f|Z(o|ö)e|l’été|O'Brien|long-term|1,500|\u{201c}|—|[ ',.-]|  ){0,24}",
        query in select(vec![
            "ferry", "us f", "zoe OR term", "\"us ferry\"", "\"ferry f zoe\"", "\"long term\" ete",
            "obrien -us", "longterm OR 1500", "fer* OR \"f us\"", "caps(us)", "\"ferry ferry\"",
        ]),
    ) {
        let text = Paragraph { text, kind: ParagraphKind::Body };
        let article = Article { paragraphs: vec![text; 2], ..Article::default() };
        let today = Moment::of_timestamp(0);
        let meaning = Meaning::of(&parse(query).unwrap(), Looseness::All, today, &[Tongue::ENGLISH]);
        let mut in_parts = Matcher::new(&meaning.clause);
        let mut whole = Matcher::new(&meaning.clause);
        prop_assert!(!in_parts.lexicon.wants_distances);
        whole.lexicon.wants_distances = true;
        prop_assert_eq!(in_parts.find(&article), whole.find(&article));
    }
}
