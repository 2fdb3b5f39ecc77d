//! What is recognised in whole articles, by the model that comes with the program.

use std::sync::{Arc, LazyLock};

use super::*;
use crate::article::{Dateline, Paragraph, ParagraphKind, Part, Witness};
use crate::text::Span;

static MODEL: LazyLock<Arc<Model>> = LazyLock::new(|| Arc::new(Model::committed().unwrap()));

fn article(headline: &str, paragraphs: &[&str]) -> Article {
    let body = |text: &&str| Paragraph { text: (*text).to_owned(), kind: ParagraphKind::Body };
    Article {
        headline: headline.to_owned(),
        paragraphs: paragraphs.iter().map(body).collect(),
        ..Article::default()
    }
}

fn mentions(article: &Article) -> Vec<Mention> {
    let mentions = Tagger::new(Arc::clone(&MODEL)).mentions(article);
    for mention in &mentions {
        let text = text_of(article, mention.part);
        assert!(mention.part == Part::Record || !mention.span.of(text).is_empty(), "{mention:?}");
    }
    mentions
}

fn text_of(article: &Article, part: Part) -> &str {
    match part {
        Part::Record => "",
        Part::Headline => &article.headline,
        Part::Paragraph(idx) => &article.paragraphs[idx as usize].text,
    }
}

/// Checks what is recognised: `kind printed`, or `kind printed = name` where they differ.
#[track_caller]
fn check(article: &Article, want: &[&str]) {
    let found = mentions(article).into_iter().map(|it| {
        let printed = it.span.of(text_of(article, it.part));
        let kind = it.kind.name();
        if printed == it.name {
            format!("{kind} {printed}")
        } else {
            format!("{kind} {printed} = {}", it.name)
        }
    });
    assert_eq!(found.collect::<Vec<_>>(), want);
}

#[test]
fn surnames_are_those_of_the_people_named_in_full() {
    let story = article(
        "Hale wins in Norway",
        &[
            "President Ann Hale of the United States flew to Oslo on Monday.",
            "Mrs. Hale’s visit ends on Friday, her spokesman John Ruiz said. Ruiz will stay.",
        ],
    );
    check(
        &story,
        &[
            "person Hale = Ann Hale",
            "place Norway",
            "person Ann Hale",
            "place United States",
            "place Oslo",
            "person Hale = Ann Hale",
            "person John Ruiz",
            "person Ruiz = John Ruiz",
        ],
    );
}

#[test]
fn a_hyphen_between_two_names_parts_them() {
    let story = article(
        "",
        &[
            "John Hale, the prime minister of Canada, met Peter Ruiz of Spain on Monday.",
            "The Hale-Ruiz summit was about the Canada-Spain agreement.",
        ],
    );
    let found = mentions(&story);
    let printed: Vec<&str> = found
        .iter()
        .filter(|it| it.part == Part::Paragraph(1))
        .map(|it| it.span.of(&story.paragraphs[1].text))
        .collect();
    assert_eq!(printed, ["Hale", "Ruiz", "Canada", "Spain"]);
    assert!(found.iter().any(|it| it.name == "Peter Ruiz" && it.part == Part::Paragraph(1)));
}

#[test]
fn the_places_of_a_dateline_are_places() {
    let mut story = article("", &["KYIV, Ukraine (AP) - The mayor spoke on Monday."]);
    story.dateline = Some(Dateline {
        place: "KYIV, Ukraine".to_owned(),
        agency: "AP".to_owned(),
        span: Span::new(0, 20),
    });
    check(&story, &["place KYIV = Kyiv", "place Ukraine"]);
    story.paragraphs[0].text = "The mayor spoke on Monday.".to_owned();
    story.dateline.as_mut().unwrap().span = Span::default();
    let found = mentions(&story);
    assert!(found.iter().all(|it| it.part == Part::Record && it.witness == Witness::Publisher));
    assert_eq!(found.len(), 2);
}

#[test]
fn furniture_names_nobody() {
    let mut story = article("", &["Read also: Ann Hale in London", "Peter Ruiz lives in Paris."]);
    story.paragraphs[0].kind = ParagraphKind::Furniture;
    check(&story, &["person Peter Ruiz", "place Paris"]);
}

#[test]
fn what_stands_over_and_over_in_a_table_is_no_name() {
    let rows = "Mr. NIL NIL NIL NIL Sims N.A. N.A. N.A. N.A. told Ann Hale of Alder Bay.";
    let found = mentions(&article("", &[rows]));
    let names: Vec<&str> = found.iter().map(|it| it.name.as_str()).collect();
    assert!(names.contains(&"Ann Hale"), "{names:?}");
    assert!(!names.iter().any(|it| it.contains("NIL") || it.contains("N.A.")), "{names:?}");
    let found = mentions(&article("", &["They heard the band Duran Duran play in Pago Pago."]));
    assert!(found.iter().any(|it| it.name == "Pago Pago"), "{found:?}");
}

#[test]
fn other_languages_and_scripts_are_left_alone() {
    let german = "Der Präsident von Frankreich traf am Montag in Berlin den Kanzler Peter Hale, \
                  und beide sprachen über die Zukunft der Europäischen Union und der Ukraine.";
    check(&article("", &[german]), &[]);
    check(&article("", &["Президент Франции приехал в Берлин в понедельник."]), &[]);
    let mut english = article("", &["Ann Hale lives in London."]);
    english.language = "fr".to_owned();
    check(&english, &[]);
}

#[test]
fn names_in_capitals_are_written_in_usual_ones() {
    let story = article(
        "PRESIDENT HALE ARRIVES IN LONDON",
        &["Ann Hale arrived in London on Monday, the BBC said."],
    );
    check(
        &story,
        &[
            "person HALE = Ann Hale",
            "place LONDON = London",
            "person Ann Hale",
            "place London",
            "org BBC",
        ],
    );
}

#[test]
fn an_article_of_any_length_is_read_in_a_time_that_grows_with_it() {
    // A flood of new words, of names, of hyphens, of one word; each is bounded by a named limit.
    let new_words: String = (0..100_000).map(|n| format!("Word{n} ")).collect();
    let names = "Ann Hale met Peter Ruiz in London. ".repeat(20_000);
    let hyphens = "Hale-Ruiz-".repeat(50_000);
    let signs = "((((((((".repeat(50_000);
    for text in [new_words, names, hyphens, signs] {
        let found = mentions(&article("", &[&text]));
        assert!(found.len() <= MENTIONS_MAX);
    }
}

#[test]
fn a_tagger_forgets_nothing_that_matters_between_articles() {
    let mut tagger = Tagger::new(Arc::clone(&MODEL));
    let story = article("Hale in London", &["Ann Hale flew to London. Hale stayed."]);
    let first = tagger.mentions(&story);
    let flood: String = (0..80_000).map(|n| format!("Word{n} ")).collect();
    tagger.mentions(&article("", &[&flood]));
    assert_eq!(tagger.mentions(&story), first);
    assert!(!first.is_empty());
}
