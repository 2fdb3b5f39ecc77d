//! Telling what is in a file, record by record.

use std::ops::ControlFlow;

use super::{Made, Place, Record, id, normal};
use crate::article::{Article, Class, Fingerprint, Origin, Provenance, Unchanged};
use crate::source::decode::Decoded;
use crate::source::{EMPTY, Each, Event, Input, Known, Note, NoteKind, Settings, malformed};
use crate::text::Span;

/// Numbers the records of a file, makes articles of them, and tells what came of it.
///
/// Every reader tells through one of these. After a `Break` it must not be called again.
pub(in crate::source) struct Teller<'a, 'b> {
    shown: &'a str,
    below: &'a str,
    mtime_ns: Option<i64>,
    settings: &'a Settings,
    known: Option<&'a Known>,
    each: &'a mut Each<'b>,
    /// What the meaning of a record's bytes depends on, as a hash.
    context: [u8; 32],
    /// The bytes of the record that is being read, and how many places were replaced before it.
    open: Option<(Fingerprint, u64)>,
    /// How many records have come.
    n_records: u64,
    n_told: u64,
    n_replaced: u64,
    /// How many U+FFFD stand in the articles.
    n_lost: u64,
    /// The encoding that was told last.
    encoding: Option<&'static str>,
}

impl<'a, 'b> Teller<'a, 'b> {
    /// Begins a file.
    pub(in crate::source) fn new<'i: 'a>(input: &Input<'i>, each: &'a mut Each<'b>) -> Self {
        Self {
            shown: input.shown,
            below: input.below,
            mtime_ns: input.mtime_ns,
            settings: input.settings,
            known: input.known,
            each,
            context: [0; 32],
            open: None,
            n_records: 0,
            n_told: 0,
            n_replaced: 0,
            n_lost: 0,
            encoding: None,
        }
    }

    /// Says what the meaning of the records' bytes depends on, beside themselves: the encoding, the
    /// line that names the columns.
    pub(in crate::source) fn in_context(&mut self, context: &[u8]) {
        self.context = *blake3::hash(context).as_bytes();
    }

    /// Looks whether the next record is one that was read before, by its bytes: then that is told
    /// instead of it, and it need not be parsed. Returns whether it is.
    pub(in crate::source) fn stands(&mut self, bytes: &[u8], span: Span) -> ControlFlow<(), bool> {
        let Some(known) = self.known else {
            return ControlFlow::Continue(false);
        };
        let fingerprint = fingerprint(&self.context, bytes);
        let number = self.n_records + 1;
        let Some(known) = known.take(fingerprint, number) else {
            self.open = Some((fingerprint, self.n_replaced));
            return ControlFlow::Continue(false);
        };
        self.n_records = number;
        self.n_told += 1;
        let origin = self.origin(number, span);
        (self.each)(Event::Unchanged(Box::new(Unchanged { known, origin })))?;
        ControlFlow::Continue(true)
    }

    /// Tells the next record of a file that may hold several.
    pub(in crate::source) fn record(&mut self, record: Record<'_>, span: Span) -> ControlFlow<()> {
        self.n_records += 1;
        self.tell(record, self.n_records, span)
    }

    /// Tells the one article that a file is.
    pub(in crate::source) fn only(&mut self, record: Record<'_>, span: Span) -> ControlFlow<()> {
        self.tell(record, 0, span)
    }

    /// Tells that the next record of a file could not be read, and why.
    pub(in crate::source) fn malformed(
        &mut self,
        span: Span,
        class: Class,
        reason: impl Into<String>,
    ) -> ControlFlow<()> {
        self.n_records += 1;
        self.refuse(self.n_records, span, class, reason)
    }

    /// Tells that the file as a whole could not be read, or no further, and why.
    pub(in crate::source) fn file_malformed(
        &mut self,
        span: Span,
        class: Class,
        reason: impl Into<String>,
    ) -> ControlFlow<()> {
        self.refuse(0, span, class, reason)
    }

    /// Passes over a record without a word: it counts, and is nothing.
    pub(in crate::source) fn pass(&mut self) {
        self.n_records += 1;
    }

    /// Takes note of how a piece of the file was decoded: what was replaced is told at the end,
    /// and the encoding to whoever inspects the file.
    pub(in crate::source) fn decoded(&mut self, decoded: &Decoded<'_>) -> ControlFlow<()> {
        self.n_replaced += decoded.n_replaced;
        self.encoded_in(decoded.encoding)
    }

    /// Takes note of the encoding of the file, or of a part of it.
    pub(in crate::source) fn encoded_in(&mut self, encoding: &'static str) -> ControlFlow<()> {
        if self.settings.traced && self.encoding != Some(encoding) {
            self.encoding = Some(encoding);
            return (self.each)(Event::Encoded(encoding));
        }
        ControlFlow::Continue(())
    }

    /// Counts places where bytes or characters were replaced, which is told at the end.
    pub(in crate::source) fn replaced(&mut self, n_places: u64) {
        self.n_replaced += n_places;
    }

    /// Tells a doubt about the file as a whole.
    pub(in crate::source) fn doubt_of_file(&mut self, kind: NoteKind) -> ControlFlow<()> {
        let origin = self.origin(0, Span::default());
        (self.each)(Event::Note(Note { origin, kind }))
    }

    /// Ends a file in which nothing was to be told, and says why.
    pub(in crate::source) fn end_without(
        mut self,
        class: Class,
        reason: impl Into<String>,
    ) -> ControlFlow<()> {
        self.file_malformed(Span::default(), class, reason)
    }

    /// Ends the file: what was replaced or lost is told, and that nothing was in it.
    pub(in crate::source) fn end(mut self) -> ControlFlow<()> {
        if self.n_told == 0 {
            return self.file_malformed(Span::default(), Class::Empty, EMPTY);
        }
        // Those that stand for what was replaced here were not lost before.
        let n_lost = self.n_lost.saturating_sub(self.n_replaced);
        for (n_places, kind) in [
            (self.n_replaced, NoteKind::Replaced { n_places: self.n_replaced }),
            (n_lost, NoteKind::Lost { n_places: n_lost }),
        ] {
            if n_places > 0 {
                self.doubt_of_file(kind)?;
            }
        }
        ControlFlow::Continue(())
    }

    fn origin(&self, record: u64, span: Span) -> Origin {
        Origin { path: self.shown.to_owned(), record, span }
    }

    fn tell(&mut self, record: Record<'_>, number: u64, span: Span) -> ControlFlow<()> {
        self.n_told += 1;
        let open = self.open.take();
        let place = Place {
            shown: self.shown,
            below: self.below,
            number,
            mtime_ns: self.mtime_ns,
            settings: self.settings,
        };
        let made = match normal(record, place) {
            Ok(made) => made,
            Err(reason) => return self.refuse(number, span, Class::Damaged, reason),
        };
        if self.settings.traced {
            (self.each)(Event::Traces(made.traces))?;
        }
        if let (Some((fingerprint, n_replaced)), Made::Article(article)) = (open, &made.made)
            && made.doubts.is_empty()
            && n_replaced == self.n_replaced
            // Another time the file may be of another time.
            && article.date.is_none_or(|date| date.provenance != Provenance::Mtime)
        {
            let numbered = self.is_numbered(article, number);
            (self.each)(Event::Fingerprint { fingerprint, numbered })?;
        }
        let origin = self.origin(number, span);
        (self.each)(match made.made {
            Made::Article(mut article) => {
                self.n_lost += n_lost(&article);
                article.origin = origin;
                Event::Article(article)
            }
            Made::Withdrawal(mut withdrawal) => {
                withdrawal.origin = origin;
                Event::Withdrawn(withdrawal)
            }
        })?;
        made.doubts.into_iter().try_for_each(|kind| {
            let origin = self.origin(number, span);
            (self.each)(Event::Note(Note { origin, kind }))
        })
    }

    /// Tells whether the number of a record is part of its article's id.
    fn is_numbered(&self, article: &Article, number: u64) -> bool {
        let named = id::clean(&format!("{}#{number}", self.below));
        number > 0 && named.as_ref() == Some(&article.id)
    }

    fn refuse(
        &mut self,
        number: u64,
        span: Span,
        class: Class,
        reason: impl Into<String>,
    ) -> ControlFlow<()> {
        self.n_told += 1;
        self.open = None;
        let origin = self.origin(number, span);
        (self.each)(malformed(origin, class, reason))
    }
}

/// Returns the fingerprint of bytes that have their meaning in a context.
fn fingerprint(context: &[u8; 32], bytes: &[u8]) -> Fingerprint {
    let mut fingerprint = Fingerprint::default();
    let hash = blake3::keyed_hash(context, bytes);
    let length = fingerprint.0.len();
    fingerprint.0.copy_from_slice(&hash.as_bytes()[..length]);
    fingerprint
}

/// Counts the characters of an article that are known to be lost.
fn n_lost(article: &Article) -> u64 {
    let texts = article.paragraphs.iter().map(|it| it.text.as_str()).chain([&*article.headline]);
    texts.map(|it| it.matches(char::REPLACEMENT_CHARACTER).count() as u64).sum()
}
