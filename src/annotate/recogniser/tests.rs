//! What an article comes to, by the model and the lists that come with the program.

use super::*;
use crate::annotate::lists::Lists;
use crate::article::{Dateline, Entity, MentionKind, Named, Paragraph, ParagraphKind, Witness};

fn article(headline: &str, text: &str) -> Article {
    let paragraph = Paragraph { text: text.to_owned(), kind: ParagraphKind::Body };
    Article { headline: headline.to_owned(), paragraphs: vec![paragraph], ..Article::default() }
}

fn annotate(article: &Article) -> Annotations {
    Knowledge::default().recogniser().unwrap().annotate(article)
}

/// Tells the entities: `kind name key times`, the key only of places.
fn told(annotations: &Annotations) -> Vec<String> {
    let told = |it: &Entity| {
        let key = if it.kind == MentionKind::Place { it.key() } else { "".into() };
        format!("{} {} {key} {}", it.kind.name(), it.name(), it.mentions.len()).replace("  ", " ")
    };
    annotations.entities.iter().map(told).collect()
}

#[test]
fn one_is_told_once_however_often_and_however_spelt() {
    let found = annotate(&article(
        "Zelensky in Kyiv",
        "Volodymyr Zelensky met Friedrich Merz in Kyiv on Monday. Merz thanked Zelensky.",
    ));
    assert_eq!(
        told(&found),
        [
            "person Volodymyr Zelensky 3",
            "place Kyiv ukraine/kyiv-city/kyiv 2",
            "person Friedrich Merz 2",
        ]
    );
}

#[test]
fn an_organisation_has_its_acronym_among_its_terms() {
    let found = annotate(&article(
        "Aid",
        "The World Health Organization sent doctors on Monday. The WHO asked for more money.",
    ));
    assert_eq!(told(&found), ["org World Health Organization 2"]);
    assert!(found.entities[0].terms().contains(&"~who".to_owned()), "{found:?}");
}

#[test]
fn the_dateline_says_what_is_a_place() {
    let mut story = article("Paris waits", "Paris was quiet on Monday, said Ann Hale.");
    story.dateline = Some(Dateline { place: "PARIS".to_owned(), ..Dateline::default() });
    let found = annotate(&story);
    assert!(found.of_kind(MentionKind::Place).any(|it| it.key() == "france/ile-de-france/paris"));
    assert!(!found.of_kind(MentionKind::Person).any(|it| it.name() == "Paris"), "{found:?}");
}

#[test]
fn the_publisher_comes_first_and_knows_the_kind() {
    let mut story = article("Talks", "Friedrich Merz arrived on Monday. Merz spoke of Northgate.");
    let named = |kind, name: &str| Named { kind, name: name.to_owned(), code: String::new() };
    story.named = vec![
        named(MentionKind::Place, "Ukraine"),
        named(MentionKind::Person, "merz"),
        named(MentionKind::Organisation, "Northgate"),
    ];
    let found = annotate(&story);
    let published = found.entities.iter().filter(|it| it.witness == Witness::Publisher);
    assert_eq!(published.count(), 3, "{found:?}");
    assert!(
        found.of_kind(MentionKind::Person).all(|it| it.name() == "Friedrich Merz"),
        "{found:?}"
    );
    assert!(found.of_kind(MentionKind::Organisation).any(|it| it.name() == "Northgate"));
}

#[test]
fn topics_are_the_publishers_where_it_says_any() {
    let mut story = article("Cup", "The striker scored twice in the second half of the match.");
    story.section = "Politics".to_owned();
    let found = annotate(&story);
    let codes: Vec<&str> = found.topics.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["11000000"]);
    assert_eq!(found.topics[0].witness, Witness::Publisher);
}

#[test]
fn other_lists_are_another_version() {
    let bundled = Knowledge::default();
    let plain = bundled.version();
    let mut lists = Lists::default();
    lists.read_names(b"org\tGrey Heron\n", "names.tsv").unwrap();
    let listed = Knowledge::default().with(lists, None);
    assert_ne!(listed.version(), plain);
    assert_eq!(Knowledge::default().version(), plain);
    let found = listed.recogniser().unwrap().annotate(&article("Lost", "The Grey Heron sank."));
    assert_eq!(told(&found), ["org Grey Heron 1"]);
    assert_eq!(found.entities[0].witness, Witness::Listed);
}

#[test]
fn a_place_that_a_list_disowns_is_not_the_one_with_that_path() {
    let mut lists = Lists::default();
    lists.read_places(b"Ukraine\t-\n", "places.tsv").unwrap();
    let mut story = article("Sunk", "The trawler sank off Ukraine on Monday, said Ann Hale.");
    let name = "Ukraine".to_owned();
    story.named = vec![Named { kind: MentionKind::Place, name, code: String::new() }];
    let found = Knowledge::default().with(lists, None).recogniser().unwrap().annotate(&story);
    let keys: Vec<_> = found.of_kind(MentionKind::Place).map(Entity::key).collect();
    assert_eq!(keys, ["ukraine", ""], "{found:?}");
}

#[test]
fn a_long_article_takes_its_time_and_no_more() {
    let text = "Ann Hale met Tom Ruiz of Boston in Kharkiv. ".repeat(12_000);
    let found = annotate(&article("Names", &text));
    assert!(found.entities.len() >= 4, "{:?}", told(&found));
    let n: usize = found.entities.iter().map(|it| it.mentions.len()).sum();
    assert!(n <= crate::annotate::MENTIONS_MAX);
}
