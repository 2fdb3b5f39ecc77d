//! The words of a field other than the text.

use crate::article::Article;
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
    Tokenizer::default().tokenize(text_of(article, field), |token| {
        for (test, positions) in words.tests.iter().zip(&mut positions) {
            if test.fits_form(token.word) && positions.last() != Some(&token.position) {
                positions.push(token.position);
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
        // Parts of the text are no fields of their own, and nothing is annotated.
        Field::Headline
        | Field::Lead
        | Field::Person
        | Field::Org
        | Field::Place
        | Field::Topic => "",
    }
}
