//! The words of a field other than the text.

use crate::article::{Article, MentionKind};
use crate::query::{Field, WordTest, Words};
use crate::text::Tokenizer;

use super::places::Extent;

/// Returns where a run of words stands in a field of an article.
pub(super) fn extents(article: &Article, field: Field, words: &Words) -> Vec<Extent> {
    if field == Field::Id {
        let is_id = words.tests.first().is_some_and(|test| test.fits_form(&article.id));
        return if is_id { vec![Extent::new(0, 0)] } else { Vec::new() };
    }
    // The positions at which each test passes; a run holds where they follow one another.
    let mut positions: Vec<Vec<u32>> = vec![Vec::new(); words.tests.len()];
    each_word(article, field, &mut |word, position| {
        for (test, positions) in words.tests.iter().zip(&mut positions) {
            if test.fits_form(word) && positions.last() != Some(&position) {
                positions.push(position);
            }
        }
    });
    let last = words.tests.len().saturating_sub(1) as u32;
    let follows = |start: u32, (distance, test): (u32, &WordTest)| {
        let positions = &positions[distance as usize];
        *test == WordTest::AnyWord || positions.contains(&(start + distance))
    };
    let starts = positions.first().into_iter().flatten().copied();
    starts
        .filter(|start| (0..).zip(&words.tests).all(|place| follows(*start, place)))
        .map(|start| Extent::new(start, start + last))
        .collect()
}

/// Calls `visit` with every word of a field and its position.
fn each_word(article: &Article, field: Field, visit: &mut dyn FnMut(&str, u32)) {
    let mut tokenizer = Tokenizer::default();
    let annotations = &article.annotations;
    if let Some(kind) = kind_of(field) {
        annotations.each_term(kind, &mut tokenizer, &mut |term, position, _| visit(term, position));
    } else if field == Field::Topic {
        annotations.each_topic_term(&mut tokenizer, &mut |term, position, _| visit(term, position));
    } else {
        let text = text_of(article, field);
        tokenizer.tokenize(text, |token| visit(token.word, token.position));
    }
}

/// Returns the kind of names that a field holds; nothing for one of other words.
pub(super) fn kind_of(field: Field) -> Option<MentionKind> {
    match field {
        Field::Person => Some(MentionKind::Person),
        Field::Org => Some(MentionKind::Organisation),
        Field::Place => Some(MentionKind::Place),
        _ => None,
    }
}

/// Returns at which positions the words begin of each entity of a kind, in order.
pub(super) fn entity_starts(article: &Article, kind: MentionKind) -> Vec<(u32, usize)> {
    let mut starts: Vec<(u32, usize)> = Vec::new();
    article.annotations.each_term(kind, &mut Tokenizer::default(), &mut |_, position, idx| {
        if starts.last().is_none_or(|last| last.1 != idx) {
            starts.push((position, idx));
        }
    });
    starts
}

fn text_of(article: &Article, field: Field) -> &str {
    match field {
        Field::Byline => &article.byline,
        Field::Dateline => article.dateline.as_ref().map_or("", |dateline| dateline.place.as_str()),
        Field::Section => &article.section,
        Field::Source => &article.source,
        Field::Slug => &article.slug,
        Field::Language => &article.language,
        Field::Url => &article.url,
        Field::File => &article.origin.path,
        Field::Id => &article.id,
        // Parts of the text, and what is recognised, are no texts of their own.
        Field::Headline
        | Field::Lead
        | Field::Person
        | Field::Org
        | Field::Place
        | Field::Topic
        | Field::Demonym => "",
    }
}
