//! What an article becomes for tantivy.

use tantivy::TantivyDocument;

use crate::article::Article;
use crate::index::analysis::Analyzer;
use crate::index::schema::Fields;

/// Makes the document of an article from the file with this key; returns it with the bytes of its
/// text.
pub(super) fn of(
    article: &Article,
    bytes: &[u8],
    key: &str,
    fields: Fields,
    analyzer: &mut Analyzer,
) -> (TantivyDocument, usize) {
    let encoded = analyzer.analyze(article);
    let mut n_bytes = encoded.n_bytes();
    let dateline = article.dateline.as_ref();
    let place = dateline.map_or("", |dateline| dateline.place.as_str());
    let mut document = TantivyDocument::new();
    document.add_bytes(fields.article, bytes);
    document.add_text(fields.text, encoded.text);
    document.add_text(fields.exact, encoded.exact);
    document.add_text(fields.forms, encoded.forms);
    document.add_text(fields.marks, encoded.marks);
    for (field, text) in [
        (fields.byline, article.byline.as_str()),
        (fields.dateline, place),
        (fields.section, &article.section),
        (fields.source, &article.source),
        (fields.slug, &article.slug),
        (fields.url, &article.url),
        (fields.language, &article.language),
        (fields.file, &article.origin.path),
    ] {
        if !text.is_empty() {
            let words = analyzer.words(text);
            n_bytes += words.len();
            document.add_text(field, words);
        }
    }
    document.add_text(fields.id, &article.id);
    document.add_text(fields.origin, key);
    if let Some(date) = article.date {
        document.add_i64(fields.date, date.moment.seconds);
    }
    document.add_u64(fields.words, encoded.n_words);
    (document, n_bytes)
}
