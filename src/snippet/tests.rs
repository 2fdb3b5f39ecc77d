use proptest::prelude::*;

use crate::article::{Paragraph, ParagraphKind};

use super::*;

fn article(paragraphs: &[&str]) -> Article {
    let paragraph = |text: &&str| Paragraph { text: (*text).to_owned(), kind: ParagraphKind::Body };
    Article { paragraphs: paragraphs.iter().map(paragraph).collect(), ..Article::default() }
}

/// Makes a mark of every `[word]`, each different word a part of the query of its own.
pub(super) fn marked(paragraphs: &[&str]) -> (Article, Vec<Mark>) {
    let mut leaves: Vec<String> = Vec::new();
    let mut marks = Vec::new();
    let mut plain = Vec::new();
    for (idx, paragraph) in paragraphs.iter().enumerate() {
        let mut text = String::new();
        for (n, part) in paragraph.split(['[', ']']).enumerate() {
            if n % 2 == 1 {
                let leaf = leaves.iter().position(|leaf| leaf == part).unwrap_or(leaves.len());
                if leaf == leaves.len() {
                    leaves.push(part.to_owned());
                }
                let span = Span::new(text.len(), text.len() + part.len());
                marks.push(Mark { spot: Spot::Paragraph(idx), span, leaf });
            }
            text.push_str(part);
        }
        plain.push(text);
    }
    (article(&plain.iter().map(String::as_str).collect::<Vec<_>>()), marks)
}

/// Compares the passages, with their marks in brackets and `…` where a sentence was cut.
fn check(paragraphs: &[&str], chars_max: usize, want: &[&str]) {
    let (article, marks) = marked(paragraphs);
    let measure = Measure { n_snippets_max: 3, chars_max };
    let found: Vec<String> = snippets(&article, &marks, measure).iter().map(show).collect();
    assert_eq!(found, want);
}

fn show(snippet: &Snippet) -> String {
    let mut shown = String::new();
    let mut at = 0;
    if snippet.start == Cut::Cut {
        shown.push('…');
    }
    for span in &snippet.highlights {
        shown.push_str(&snippet.text[at..span.start]);
        shown.push_str(&format!("[{}]", span.of(&snippet.text)));
        at = span.end;
    }
    shown.push_str(&snippet.text[at..]);
    if snippet.end == Cut::Cut {
        shown.push('…');
    }
    shown
}

#[test]
fn a_passage_is_whole_sentences_of_one_paragraph() {
    check(
        &["It rained. The [ferry] sailed. Nobody minded the weather.", "A dog barked."],
        50,
        &["The [ferry] sailed. Nobody minded the weather."],
    );
}

#[test]
fn each_passage_adds_a_part_of_the_query() {
    check(
        &["A [ferry] came.", "Another [ferry], and a [strike] too.", "The [mill] stood still."],
        40,
        &["Another [ferry], and a [strike] too.", "The [mill] stood still."],
    );
}

#[test]
fn a_paragraph_that_is_repeated_is_shown_once() {
    check(
        &["The [ferry] sailed.", "A dog barked.", "The [ferry] sailed.", "One [ferry] more."],
        40,
        &["The [ferry] sailed.", "One [ferry] more."],
    );
}

#[test]
fn a_long_sentence_is_cut_between_words() {
    check(
        &["one two three four five six seven [eight] nine ten eleven twelve thirteen"],
        30,
        &["…six seven [eight] nine ten…"],
    );
}

#[test]
fn a_long_sentence_begins_or_ends_whole_where_its_matches_are_near() {
    check(
        &["one [two] three four five six seven eight nine ten eleven"],
        30,
        &["one [two] three four five six…"],
    );
    check(
        &["one two three four five six seven eight [nine] ten eleven"],
        34,
        &["…six seven eight [nine] ten eleven"],
    );
}

#[test]
fn matches_in_the_middle_of_a_long_sentence_are_shown_together() {
    let filler = "and so on ".repeat(12);
    check(
        &[&format!("{filler}the [left] side of a thing and the [right] one {filler}")],
        50,
        &["…the [left] side of a thing and the [right] one and so…"],
    );
    // As far apart as a passage is long: what is around them gives way.
    let between = "between them ".repeat(20);
    let sentence = format!("{filler}[left] {between}[right] {filler}");
    check(&[&sentence], 280, &[&format!("…on [left] {between}[right] and so…")]);
}

#[test]
fn matches_too_far_apart_for_one_passage_are_shown_in_two() {
    let filler = "and so on ".repeat(8);
    check(
        &[&format!("It was [left] {filler}until it was [right] in the end.")],
        40,
        &[
            "It was [left] and so on and so on and so…",
            "…and so on until it was [right] in the end.",
        ],
    );
}

#[test]
fn matches_near_each_other_are_shown_together_across_sentences() {
    // The sentences fit together.
    check(
        &["A [boat] came. Then came the [left] one. And the [right] one. Nothing more."],
        44,
        &["A [boat] came.", "Then came the [left] one. And the [right] one."],
    );
    // They do not, but what is between the matches does.
    check(
        &["At first there came the [left] one. Then the [right] one, after a long time."],
        50,
        &["…came the [left] one. Then the [right] one, after a…"],
    );
    // Nothing does.
    check(
        &["The [left] one came at first, they say. It was then that [right] came."],
        30,
        &["The [left] one came at first,…", "It was then that [right] came."],
    );
}

#[test]
fn a_match_over_the_end_of_a_sentence_is_shown_whole() {
    check(
        &["It ended with [Putin. Zelensky] was the next to speak, for an hour. He sat."],
        40,
        &["It ended with [Putin. Zelensky] was the…"],
    );
}

#[test]
fn a_match_longer_than_a_passage_is_shown_as_far_as_it_goes() {
    check(&["A [very long phrase of many words] came."], 20, &["…[very long phrase of]…"]);
}

#[test]
fn no_cut_parts_a_letter_from_its_marks() {
    let letters = "か\u{3099}".repeat(30);
    let n_chars_shown = |before: &str, after: &str| {
        let paragraph = format!("{before}[東京]{after}");
        let (article, marks) = marked(&[&paragraph]);
        let measure = Measure { n_snippets_max: 1, chars_max: 15 };
        let shown = snippets(&article, &marks, measure);
        assert!(!shown[0].text.starts_with('\u{3099}'), "{}", shown[0].text);
        assert!(shown[0].text.ends_with(['\u{3099}', '京']), "{}", shown[0].text);
        shown[0].text.chars().count()
    };
    assert_eq!(n_chars_shown("", &letters), 14);
    assert_eq!(n_chars_shown(&letters, ""), 14);
    assert_eq!(n_chars_shown(&letters, &letters), 14);
}

#[test]
fn highlights_hold_whole_graphemes() {
    let text = "น้ำ e\u{301}a";
    let article = Article { headline: text.to_owned(), ..article(&[text]) };
    let mark = |spot, start, end| Mark { spot, span: Span::new(start, end), leaf: 0 };
    let spots = [Spot::Headline, Spot::Paragraph(0)];
    let marks: Vec<Mark> =
        spots.iter().flat_map(|it| [mark(*it, 0, 6), mark(*it, 10, 11)]).collect();
    let want = ["น้ำ", "e\u{301}"];
    let found = |spans: Vec<Span>| spans.iter().map(|span| span.of(text)).collect::<Vec<_>>();
    assert_eq!(found(headline_highlights(&article, &marks)), want);
    assert_eq!(found(paragraph_highlights(&article, &marks, 0)), want);
}

#[test]
fn a_paragraph_of_nothing_but_matches_takes_no_time_to_speak_of() {
    for stop in ["", "."] {
        let paragraph = format!("[Boom]{stop} ").repeat(50_000);
        let (article, marks) = marked(&[&paragraph]);
        assert_eq!(
            snippets(&article, &marks, Measure::default()).len(),
            if stop.is_empty() { 1 } else { 3 }
        );
    }
}

#[test]
fn characters_are_counted_not_bytes() {
    check(&["Ääkköset [ääkkösiä] öylätti."], 28, &["Ääkköset [ääkkösiä] öylätti."]);
}

#[test]
fn without_a_mark_the_article_begins() {
    check(&["First words. More words here.", "Later."], 15, &["First words."]);
    check(&["One sentence that does not fit here."], 15, &["One sentence…"]);
}

proptest! {
    #[test]
    fn passages_are_cut_from_the_paragraph(
        words in proptest::collection::vec("\\[[a-z]{1,9}\\]|[a-zäé]{1,12}[.!,]?", 1..60),
        chars_max in 1_usize..80,
    ) {
        let (article, marks) = marked(&[&words.join(" ")]);
        let measure = Measure { n_snippets_max: 3, chars_max };
        for snippet in snippets(&article, &marks, measure) {
            let paragraph = &article.paragraphs[snippet.paragraph].text;
            prop_assert_eq!(snippet.span.of(paragraph), &snippet.text);
            prop_assert!(snippet.text.chars().count() <= chars_max);
            for span in &snippet.highlights {
                prop_assert!(!span.of(&snippet.text).is_empty());
            }
        }
    }
}
