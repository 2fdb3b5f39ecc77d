use proptest::prelude::*;

use crate::article::{Paragraph, ParagraphKind};

use super::*;

fn article(paragraphs: &[&str]) -> Article {
    let paragraph = |text: &&str| Paragraph { text: (*text).to_owned(), kind: ParagraphKind::Body };
    Article { paragraphs: paragraphs.iter().map(paragraph).collect(), ..Article::default() }
}

/// Makes a mark of every `[word]`, each different word a part of the query of its own.
fn marked(paragraphs: &[&str]) -> (Article, Vec<Mark>) {
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
fn a_long_sentence_is_cut_between_words() {
    check(
        &["one two three four five six seven [eight] nine ten eleven twelve thirteen"],
        30,
        &["…six seven [eight] nine ten…"],
    );
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
