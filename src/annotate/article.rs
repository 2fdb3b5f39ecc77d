//! From an article to its mentions.

use crate::article::{Article, Mention, MentionKind, Part, Witness};
use crate::text::Span;

use super::Annotator;
use super::label::Stretch;
use super::language::{is_in_latin_letters, is_readable};
use super::sense::{Names, Reading, unshouted};
use super::tagger::Tagger;
use super::words::cut;

/// How many words of an article names are looked for in; those behind stay unread.
pub const WORDS_MAX: usize = 200_000;

/// Most articles have fewer words than one for so many bytes, signs and spaces counted.
const WORD_BYTES: usize = 5;

/// How many names of an article are told.
pub const MENTIONS_MAX: usize = 20_000;

/// The words of an article, and where each stands.
#[derive(Default)]
pub(super) struct Words<'a> {
    /// The words, those of the headline first.
    pub(super) words: Vec<&'a str>,
    /// How many of them are those of the headline.
    pub(super) n_of_headline: usize,
    spans: Vec<Span>,
    ends: Vec<usize>,
    /// For each part that is read, its first word, its text, and the name of the part.
    parts: Vec<(usize, &'a str, Part)>,
}

impl Annotator for Tagger {
    fn mentions(&mut self, article: &Article) -> Vec<Mention> {
        if is_readable(article) {
            self.mentions_of(article, &Words::of(article))
        } else {
            Vec::new()
        }
    }
}

impl Tagger {
    /// Returns what an article names whose words are these.
    pub(super) fn mentions_of(&mut self, article: &Article, words: &Words<'_>) -> Vec<Mention> {
        let labels = self.label_words(&words.words, &words.ends);
        let reading = Reading { words: &words.words, facts: self.facts(), ends: &words.ends };
        let mut names = reading.names(&labels);
        place_as_dateline(article, &reading, &mut names);
        names.truncate(MENTIONS_MAX);
        let mentions = words.mentions(&reading, &names);
        with_dateline(article, mentions)
    }
}

impl<'a> Words<'a> {
    /// Cuts the headline and the body of an article into words.
    pub(super) fn of(article: &'a Article) -> Self {
        let n_bytes = article.body().map(|(_, it)| it.text.len()).sum::<usize>();
        let n_words = ((article.headline.len() + n_bytes) / WORD_BYTES).min(WORDS_MAX);
        let mut words = Self {
            words: Vec::with_capacity(n_words),
            spans: Vec::with_capacity(n_words),
            ..Self::default()
        };
        words.push(&article.headline, 0, Part::Headline);
        words.n_of_headline = words.words.len();
        let mut dateline = article.dateline.as_ref().map_or(0, |it| it.span.end);
        for (idx, paragraph) in article.body() {
            // The dateline stands in the first paragraph, and is read as what it is.
            let from = std::mem::take(&mut dateline);
            words.push(&paragraph.text, from, Part::Paragraph(idx as u32));
        }
        words
    }

    /// Adds the words of a text from a byte on.
    fn push(&mut self, text: &'a str, from: usize, part: Part) {
        let Some(rest) = text.get(from..).filter(|it| is_in_latin_letters(it)) else { return };
        let first = self.spans.len();
        if first >= WORDS_MAX {
            return;
        }
        self.parts.push((first, text, part));
        cut(rest, &mut self.spans, &mut self.ends);
        for span in &mut self.spans[first..] {
            *span = Span::new(span.start + from, span.end + from);
            self.words.push(span.of(text));
        }
        self.spans.truncate(WORDS_MAX);
        self.words.truncate(WORDS_MAX);
        while self.ends.pop_if(|end| *end > WORDS_MAX).is_some() {}
        if self.ends.last().is_some_and(|end| *end < self.words.len()) {
            self.ends.push(self.words.len());
        }
    }

    fn mentions(&self, reading: &Reading<'_>, names: &[Stretch]) -> Vec<Mention> {
        let full = Names::new(reading, names);
        let mut mentions = Vec::with_capacity(names.len());
        for (idx, name) in names.iter().enumerate() {
            let (part, _, span) = self.place(*name);
            let full_idx = full.full(idx);
            let (_, text, full_span) = self.place(names[full_idx]);
            let printed = full_span.of(text);
            let called =
                if full.is_shouted(full_idx) { unshouted(printed) } else { printed.to_owned() };
            let witness = Witness::Recognised;
            mentions.push(Mention { kind: name.kind, part, span, name: called, witness });
        }
        mentions
    }

    /// Returns the part that a name stands in, its text, and the bytes of the name there.
    fn place(&self, name: Stretch) -> (Part, &'a str, Span) {
        let n_parts = self.parts.partition_point(|(first, ..)| *first <= name.start);
        let part = self.parts.get(n_parts.saturating_sub(1));
        let (_, text, part) = part.copied().unwrap_or((0, "", Part::Headline));
        (part, text, Span::new(self.spans[name.start].start, self.spans[name.end - 1].end))
    }
}

/// A name that the dateline has is that of a place.
fn place_as_dateline(article: &Article, reading: &Reading<'_>, names: &mut [Stretch]) {
    let Some(dateline) = &article.dateline else { return };
    let places: Vec<&str> = dateline.place.split(',').map(str::trim).collect();
    for name in names.iter_mut().filter(|it| it.n_words() == 1) {
        let word = reading.words[name.start];
        if places.iter().any(|it| it.eq_ignore_ascii_case(word)) {
            name.kind = MentionKind::Place;
        }
    }
}

/// Adds the places that the dateline names, before the names of the first paragraph.
fn with_dateline(article: &Article, mut mentions: Vec<Mention>) -> Vec<Mention> {
    let Some(dateline) = &article.dateline else { return mentions };
    let first = article.body().next();
    let mut places = Vec::new();
    for printed in dateline.place.split(',').map(str::trim).filter(|it| !it.is_empty()) {
        let in_text = first.and_then(|(idx, paragraph)| {
            let found = dateline.span.of(&paragraph.text).find(printed)?;
            let start = dateline.span.start + found;
            Some((Part::Paragraph(idx as u32), Span::new(start, start + printed.len())))
        });
        let is_shouted = printed.len() > 3 && !printed.contains(char::is_lowercase);
        let name = if is_shouted { unshouted(printed) } else { printed.to_owned() };
        let kind = MentionKind::Place;
        let mention = match in_text {
            Some((part, span)) => Mention { kind, part, span, name, witness: Witness::Recognised },
            // The record tells the dateline apart from the text.
            None => Mention {
                kind,
                part: Part::Record,
                span: Span::default(),
                name,
                witness: Witness::Publisher,
            },
        };
        places.push(mention);
    }
    let is_before = |it: &Mention| places.first().is_some_and(|place| it.part < place.part);
    let at = mentions.partition_point(is_before);
    mentions.splice(at..at, places);
    mentions
}
