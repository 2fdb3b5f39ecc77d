//! What an article becomes for tantivy.

use tantivy::TantivyDocument;

use crate::article::{Article, MentionKind};
use crate::index::analysis::Analyzer;
use crate::index::record;
use crate::index::schema::Fields;

/// How much room a document has for all but its text: names, topics and the other fields.
const OTHERS_BYTES: usize = 4096;

/// Makes the document of an article from the file with this key; returns it with the bytes of its
/// text.
pub(super) fn of(
    article: &Article,
    mut bytes: Vec<u8>,
    key: &str,
    fields: Fields,
    analyzer: &mut Analyzer,
) -> (TantivyDocument, usize) {
    let encoded = analyzer.analyze(article);
    let mut n_bytes = encoded.n_bytes();
    let dateline = article.dateline.as_ref();
    let place = dateline.map_or("", |dateline| dateline.place.as_str());
    let n_words = encoded.n_words;
    let mut document = TantivyDocument::with_capacity(n_bytes + bytes.len() + OTHERS_BYTES);
    record::annotate(&mut bytes, article);
    document.add_bytes(fields.article, &bytes);
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
    for (field, text) in [
        (fields.sources, &article.source),
        (fields.sections, &article.section),
        (fields.languages, &article.language),
    ] {
        if !text.is_empty() {
            document.add_text(field, text);
        }
    }
    n_bytes += annotate(&mut document, article, fields, analyzer);
    document.add_text(fields.id, &article.id);
    document.add_text(fields.origin, key);
    if let Some(date) = article.date {
        document.add_i64(fields.date, date.moment.seconds);
    }
    document.add_u64(fields.words, n_words);
    (document, n_bytes)
}

/// Adds the signature of the article that was analyzed last, if it has one.
pub(super) fn sign(document: &mut TantivyDocument, fields: Fields, analyzer: &mut Analyzer) {
    let parts = analyzer.signature().map(|it| it.parts());
    parts.iter().flatten().for_each(|part| document.add_u64(fields.signature, *part));
}

/// Adds what was recognised in an article; returns how many bytes of text that is.
fn annotate(
    document: &mut TantivyDocument,
    article: &Article,
    fields: Fields,
    analyzer: &mut Analyzer,
) -> usize {
    let annotations = &article.annotations;
    let mut n_bytes = 0;
    for (kind, field, column) in [
        (MentionKind::Person, fields.person, fields.persons),
        (MentionKind::Organisation, fields.org, fields.orgs),
        (MentionKind::Place, fields.place, fields.places),
    ] {
        let lines = analyzer.names(annotations, kind);
        if lines.is_empty() {
            continue;
        }
        n_bytes += lines.len();
        document.add_text(field, lines);
        for entity in annotations.of_kind(kind) {
            document.add_text(column, column_value(&entity.key(), entity.name()));
        }
    }
    if !annotations.topics.is_empty() {
        let lines = analyzer.topics(annotations);
        n_bytes += lines.len();
        document.add_text(fields.topic, lines);
        for topic in &annotations.topics {
            document.add_text(fields.topics, column_value(&topic.code, &topic.label));
        }
    }
    n_bytes
}

/// Returns the value of a column that is counted by: what the spellings of a name share, and what
/// it is called. In the order of values those that share the first stand together.
fn column_value(key: &str, name: &str) -> String {
    [key, "\t", name].concat()
}
