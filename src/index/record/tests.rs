use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::*;
use crate::article::{
    Annotations, Dated, Dateline, Entity, MentionKind, Named, Paragraph, ParagraphKind, Part,
    Provenance, Subject, TopicMark, Witness,
};
use crate::text::{Moment, Precision, Span};

fn moment() -> impl Strategy<Value = Moment> {
    use Precision::{Day, Month, Second, Year};
    let precision = prop::sample::select(vec![Year, Month, Day, Second]);
    (any::<i64>(), precision, option::of(any::<i16>())).prop_map(
        |(seconds, precision, offset_minutes)| Moment { seconds, precision, offset_minutes },
    )
}

fn dated() -> impl Strategy<Value = Dated> {
    use Provenance::{Body, Dateline, Meta, Mtime, Path};
    let provenance = prop::sample::select(vec![Meta, Body, Path, Dateline, Mtime]);
    (moment(), provenance).prop_map(|(moment, provenance)| Dated { moment, provenance })
}

fn span() -> impl Strategy<Value = Span> {
    (0..40_usize, 0..40_usize).prop_map(|(start, len)| Span::new(start, start + len))
}

fn dateline() -> impl Strategy<Value = Dateline> {
    let parts = ("\\PC{0,6}", "\\PC{0,3}", span());
    parts.prop_map(|(place, agency, span)| Dateline { place, agency, span })
}

fn paragraph() -> impl Strategy<Value = Paragraph> {
    let kind = prop::sample::select(vec![ParagraphKind::Body, ParagraphKind::Furniture]);
    ("\\PC{0,60}", kind).prop_map(|(text, kind)| Paragraph { text, kind })
}

fn kind() -> impl Strategy<Value = MentionKind> {
    prop::sample::select(MentionKind::ALL.to_vec())
}

fn witness() -> impl Strategy<Value = Witness> {
    use Witness::{Listed, Publisher, Recognised};
    prop::sample::select(vec![Publisher, Listed, Recognised])
}

fn entity() -> impl Strategy<Value = Entity> {
    let part =
        prop_oneof![Just(Part::Record), Just(Part::Headline), (0..4_u32).prop_map(Part::Paragraph)];
    let terms = vec("[~/a-z]{0,6}", 0..3);
    let parts =
        (kind(), "[A-Za-z ]{0,9}", "[a-z/]{0,9}", terms, witness(), vec((part, span()), 0..4));
    parts.prop_map(|(kind, name, key, terms, witness, mentions)| {
        let mut entity = Entity::new(kind, &name, &key, &terms, witness);
        entity.mentions = mentions;
        entity
    })
}

fn topic() -> impl Strategy<Value = TopicMark> {
    let code = "[0-9]{8}|[0-9]{0,9}|[a-z]{8}|[+][0-9]{7}";
    (code, "\\PC{0,9}", vec(code, 0..3), any::<u8>(), witness()).prop_map(
        |(code, label, within, weight, witness)| TopicMark { code, label, within, weight, witness },
    )
}

prop_compose! {
    fn article()(
        texts in vec("\\PC{0,12}", 11),
        numbers in any::<[u64; 2]>(),
        span in span(),
        dateline in option::of(dateline()),
        date in option::of(dated()),
        updated in option::of(moment()),
        keywords in vec("\\PC{0,6}", 0..3),
        subjects in vec(("\\PC{0,6}", "\\PC{0,6}"), 0..3),
        named in vec((kind(), "\\PC{0,6}", "\\PC{0,6}"), 0..3),
        paragraphs in vec(paragraph(), 0..4),
        entities in vec(entity(), 0..4),
        topics in vec(topic(), 0..3),
    ) -> Article {
        let mut texts = texts.into_iter();
        let mut text = || texts.next().unwrap_or_default();
        Article {
            id: text(),
            version: numbers[0],
            headline: text(),
            subhead: text(),
            byline: text(),
            dateline,
            date,
            updated,
            source: text(),
            section: text(),
            slug: text(),
            keywords,
            subjects: subjects.into_iter().map(|(code, label)| Subject { code, label }).collect(),
            named: named
                .into_iter()
                .map(|(kind, name, code)| Named { kind, name, code })
                .collect(),
            language: text(),
            url: text(),
            paragraphs,
            annotations: Annotations { entities, topics },
            origin: Origin { path: text(), record: numbers[1], span },
        }
    }
}

/// Encodes an article and what was recognised in it.
fn whole(article: &Article) -> Vec<u8> {
    let mut record = encode(article);
    annotate(&mut record, article);
    record
}

/// Encodes an article and what was recognised in it, and decodes both.
fn there_and_back(article: &Article) -> Article {
    decode(&whole(article)).unwrap()
}

fn report() -> Article {
    let text = "Ferries between the islands stood still on Tuesday, the harbour office said.";
    let paragraph = Paragraph { text: text.to_owned(), kind: ParagraphKind::Body };
    let mut harbour =
        Entity::new(MentionKind::Organisation, "harbour", "harbour", &[], Witness::Recognised);
    harbour.mentions = vec![(Part::Paragraph(0), Span::new(56, 63))];
    let topic = TopicMark {
        code: "20000366".to_owned(),
        label: "exports".to_owned(),
        within: vec!["04000000".to_owned()],
        weight: 3,
        witness: Witness::Recognised,
    };
    Article {
        id: "wire-1".to_owned(),
        headline: "Fähre".to_owned(),
        paragraphs: vec![paragraph; 3],
        annotations: Annotations { entities: vec![harbour], topics: vec![topic] },
        ..Article::default()
    }
}

#[test]
fn an_article_comes_back_as_it_was() {
    let article = report();
    assert_eq!(there_and_back(&article), article);
    let bytes = encode(&article);
    assert_eq!(decode(&bytes[..bytes.len() / 2]).unwrap_err().kind, Kind::Index);
    assert!(whole(&article).len() - bytes.len() < 40);
    assert_eq!(decode(&bytes).unwrap(), Article { annotations: Annotations::default(), ..article });
}

#[test]
fn a_record_is_shorter_than_its_text() {
    let article = report();
    let n_bytes: usize = article.paragraphs.iter().map(|it| it.text.len()).sum();
    assert!(encode(&article).len() * 4 < n_bytes * 3);
}

#[test]
fn articles_are_the_same_whatever_their_place() {
    let at = |id: &str, record| {
        let origin = Origin { path: "a.jsonl".to_owned(), record, ..Origin::default() };
        Article { id: id.to_owned(), origin, ..Article::default() }
    };
    let same = |stored: &Article, new: &Article| {
        place_of_same(&whole(stored), &encode(new)).unwrap().map(|place| place.record)
    };
    assert_eq!(same(&at("a", 7), &at("a", 1)), Some(7));
    assert_eq!(same(&at("a", 7), &at("a", 1000)), Some(7));
    assert_eq!(same(&at("a", 7), &at("b", 7)), None);
    assert_eq!(same(&at("", 7), &at("ab", 7)), None);
}

proptest! {
    #[test]
    fn any_article_comes_back(article in article()) {
        prop_assert_eq!(there_and_back(&article), article);
    }

    #[test]
    fn damaged_records_are_errors(
        article in article(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        len in any::<prop::sample::Index>(),
    ) {
        let mut bytes = whole(&article);
        bytes.truncate(len.index(bytes.len() + 1));
        if !bytes.is_empty() {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = decode(&bytes);
    }

    #[test]
    fn foreign_bytes_are_errors(bytes in vec(any::<u8>(), 0..200)) {
        let _ = decode(&bytes);
        let _ = place_of_same(&bytes, &bytes);
    }
}
