//! BIO files: a word and its label a line, a blank line between sentences, `-DOCSTART-` between
//! documents.
//!
//! ```text
//! -DOCSTART-<TAB>O
//!
//! Maud<TAB>B-PER
//! Ferrier<TAB>I-PER
//! spoke<TAB>O
//! ```
//!
//! The labels are those of [`Label`]; names of other kinds (`B-MISC`) are read as no names. A word
//! may hold spaces; the last tab of a line parts it from the label.

use crate::error::{Error, Kind, Result};

use super::label::Label;

/// The longest line that is read, in bytes.
pub const LINE_BYTES_MAX: usize = 64 << 10;

/// What opens a document.
const DOCUMENT_START: &str = "-DOCSTART-";

/// A document: some sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document<'a> {
    /// Its sentences; none is empty.
    pub sentences: Vec<Sentence<'a>>,
}

/// A sentence: its words, and a label for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence<'a> {
    /// The words as printed.
    pub words: Vec<&'a str>,
    /// What each word is.
    pub labels: Vec<Label>,
}

/// A line of a file.
enum Line<'a> {
    Document,
    Blank,
    Word(&'a str, Label),
}

/// Reads the documents of a file.
///
/// `shown` is what an error calls the file. A file without `-DOCSTART-` is one document.
///
/// # Errors
///
/// Fails with the number of the line that has no tab, no word, no label of the scheme, or more than
/// [`LINE_BYTES_MAX`] bytes.
pub fn documents<'a>(text: &'a str, shown: &str) -> Result<Vec<Document<'a>>> {
    let mut documents = Vec::new();
    let mut document = Document::default();
    let mut sentence = Sentence::default();
    for (idx, line) in text.lines().enumerate() {
        match read(line).map_err(|reason| refusal(shown, idx + 1, reason))? {
            Line::Word(word, label) => {
                sentence.words.push(word);
                sentence.labels.push(label);
            }
            Line::Blank => close_sentence(&mut sentence, &mut document),
            Line::Document => {
                close_sentence(&mut sentence, &mut document);
                close_document(&mut document, &mut documents);
            }
        }
    }
    close_sentence(&mut sentence, &mut document);
    close_document(&mut document, &mut documents);
    Ok(documents)
}

/// Writes a file again with a label more behind each line that has a word.
///
/// `predicted` has the labels of all words of the file, in order. Blank lines and those that open a
/// document stay as they are.
pub fn with_predictions(text: &str, predicted: &[Label]) -> String {
    let mut printed = String::with_capacity(text.len() * 5 / 4);
    let mut labels = predicted.iter();
    for line in text.lines() {
        printed.push_str(line.trim_end_matches('\r'));
        if matches!(read(line), Ok(Line::Word(..))) {
            printed.push('\t');
            printed.push_str(labels.next().copied().unwrap_or_default().name());
        }
        printed.push('\n');
    }
    printed
}

fn close_sentence<'a>(sentence: &mut Sentence<'a>, document: &mut Document<'a>) {
    if !sentence.words.is_empty() {
        document.sentences.push(std::mem::take(sentence));
    }
}

fn close_document<'a>(document: &mut Document<'a>, documents: &mut Vec<Document<'a>>) {
    if !document.sentences.is_empty() {
        documents.push(std::mem::take(document));
    }
}

fn read(line: &str) -> std::result::Result<Line<'_>, &'static str> {
    if line.len() > LINE_BYTES_MAX {
        return Err("the line is longer than 64 KiB");
    }
    let line = line.trim_end_matches('\r');
    if line.trim().is_empty() {
        return Ok(Line::Blank);
    }
    if line.starts_with(DOCUMENT_START) {
        return Ok(Line::Document);
    }
    let (word, label) = line.rsplit_once('\t').ok_or("the line has no tab")?;
    if word.trim().is_empty() {
        return Err("there is no word before the tab");
    }
    let label = Label::parse(label.trim()).ok_or("the label is none of O, B-… and I-…")?;
    Ok(Line::Word(word, label))
}

fn refusal(shown: &str, line: usize, reason: &str) -> Error {
    Error::new(Kind::Usage, format!("cannot read '{shown}:{line}': {reason}")).with_hint(
        "a line is a word, a tab and a label such as 'B-PER'; sentences end with a blank line",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "-DOCSTART-\tO\n\nMaud\tB-PER\nFerrier\tI-PER\nspoke\tO\n\n\nShe\tO\r\n\n\
                        -DOCSTART-\tO\n\nNew York\tB-LOC\n";

    #[test]
    fn documents_hold_sentences_and_sentences_hold_words() {
        let documents = documents(FILE, "a.bio").unwrap();
        let words: Vec<Vec<Vec<&str>>> = documents
            .iter()
            .map(|it| it.sentences.iter().map(|it| it.words.clone()).collect())
            .collect();
        assert_eq!(words[0], [vec!["Maud", "Ferrier", "spoke"], vec!["She"]]);
        assert_eq!(words[1], [vec!["New York"]]);
        assert_eq!(documents[0].sentences[0].labels[1].name(), "I-PER");
    }

    #[test]
    fn a_file_is_printed_again_with_a_column_more() {
        let labels = [1, 2, 0, 0, 5].map(Label::of);
        let printed = with_predictions(FILE, &labels);
        assert!(
            printed.contains("Ferrier\tI-PER\tI-PER\nspoke\tO\tO\n\n\nShe\tO\tO\n"),
            "{printed}"
        );
        assert_eq!(printed.lines().count(), FILE.lines().count());
    }

    #[track_caller]
    fn refused(text: &str, want: &str) {
        let error = documents(text, "a.bio").unwrap_err();
        assert!(error.to_string().starts_with(want), "{error}");
    }

    #[test]
    fn a_broken_line_is_named_by_its_number() {
        refused("Maud\tO\nFerrier\n", "cannot read 'a.bio:2': the line has no tab");
        refused("\n\n \tO\n", "cannot read 'a.bio:3': there is no word");
        refused("Maud\tperson\n", "cannot read 'a.bio:1': the label is none");
        refused(&"x".repeat(LINE_BYTES_MAX + 1), "cannot read 'a.bio:1': the line is longer");
    }
}
