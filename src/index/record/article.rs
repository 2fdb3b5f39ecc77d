//! The sheets of an article and of its place.

use crate::article::{
    Article, Dated, Dateline, MentionKind, Named, Origin, Paragraph, ParagraphKind, Provenance,
    Subject,
};
use crate::text::{Moment, Precision, Span};

use super::sheet::{SheetReader, SheetWriter};

/// By the numbers that stand for them.
const KINDS: [ParagraphKind; 2] = [ParagraphKind::Body, ParagraphKind::Furniture];
const PRECISIONS: [Precision; 4] =
    [Precision::Year, Precision::Month, Precision::Day, Precision::Second];
const PROVENANCES: [Provenance; 5] =
    [Provenance::Meta, Provenance::Body, Provenance::Path, Provenance::Dateline, Provenance::Mtime];

/// Writes what an article says: all but what was recognised in it, and where it stands.
pub(super) fn write(article: &Article) -> SheetWriter {
    let Article {
        id,
        version,
        headline,
        subhead,
        byline,
        dateline,
        date,
        updated,
        source,
        section,
        slug,
        keywords,
        subjects,
        named,
        language,
        url,
        paragraphs,
        annotations: _,
        origin: _,
    } = article;
    let mut sheet = SheetWriter::default();
    sheet.text(id);
    sheet.number(*version);
    for text in [headline, subhead, byline] {
        sheet.text(text);
    }
    sheet.number(u64::from(dateline.is_some()));
    if let Some(Dateline { place, agency, span }) = dateline {
        sheet.text(place);
        sheet.text(agency);
        write_span(&mut sheet, *span);
    }
    sheet.number(u64::from(date.is_some()));
    if let Some(Dated { moment, provenance }) = date {
        write_moment(&mut sheet, *moment, *provenance as u64);
    }
    sheet.number(u64::from(updated.is_some()));
    if let Some(moment) = updated {
        write_moment(&mut sheet, *moment, 0);
    }
    for text in [source, section, slug] {
        sheet.text(text);
    }
    sheet.number(keywords.len() as u64);
    keywords.iter().for_each(|it| sheet.text(it));
    sheet.number(subjects.len() as u64);
    for Subject { code, label } in subjects {
        sheet.text(code);
        sheet.text(label);
    }
    sheet.number(named.len() as u64);
    for Named { kind, name, code } in named {
        sheet.number(*kind as u64);
        sheet.text(name);
        sheet.text(code);
    }
    sheet.text(language);
    sheet.text(url);
    sheet.number(paragraphs.len() as u64);
    for Paragraph { text, kind } in paragraphs {
        sheet.flagged(text, *kind as u64, KINDS.len() as u64);
    }
    sheet
}

/// Reads what [`write`] wrote, of an article that stands at a place.
pub(super) fn read(mut sheet: SheetReader<'_, '_>, origin: Origin) -> Option<Article> {
    let sheet = &mut sheet;
    Some(Article {
        id: owned(sheet)?,
        version: sheet.number()?,
        headline: owned(sheet)?,
        subhead: owned(sheet)?,
        byline: owned(sheet)?,
        dateline: optional(sheet, |it| {
            let (place, agency) = (owned(it)?, owned(it)?);
            Some(Dateline { place, agency, span: read_span(it)? })
        })?,
        date: optional(sheet, |it| {
            let (moment, provenance) = read_moment(it)?;
            Some(Dated { moment, provenance: *PROVENANCES.get(provenance)? })
        })?,
        updated: optional(sheet, |it| Some(read_moment(it)?.0))?,
        source: owned(sheet)?,
        section: owned(sheet)?,
        slug: owned(sheet)?,
        keywords: several(sheet, owned)?,
        subjects: several(sheet, |it| Some(Subject { code: owned(it)?, label: owned(it)? }))?,
        named: several(sheet, |it| {
            let kind = *MentionKind::ALL.get(it.small::<usize>()?)?;
            Some(Named { kind, name: owned(it)?, code: owned(it)? })
        })?,
        language: owned(sheet)?,
        url: owned(sheet)?,
        paragraphs: several(sheet, |it| {
            let (text, kind) = it.flagged(KINDS.len() as u64)?;
            Some(Paragraph { text: text.to_owned(), kind: *KINDS.get(kind as usize)? })
        })?,
        annotations: crate::article::Annotations::default(),
        origin,
    })
}

/// Writes where an article stands.
pub(super) fn write_origin(Origin { path, record, span }: &Origin) -> SheetWriter {
    let mut sheet = SheetWriter::default();
    sheet.text(path);
    sheet.number(*record);
    write_span(&mut sheet, *span);
    sheet
}

/// Reads what [`write_origin`] wrote.
pub(super) fn read_origin(mut sheet: SheetReader<'_, '_>) -> Option<Origin> {
    let (path, record) = (owned(&mut sheet)?, sheet.number()?);
    Some(Origin { path, record, span: read_span(&mut sheet)? })
}

fn write_moment(sheet: &mut SheetWriter, moment: Moment, provenance: u64) {
    let Moment { seconds, precision, offset_minutes } = moment;
    sheet.signed(seconds);
    sheet.number(provenance * PRECISIONS.len() as u64 + precision as u64);
    sheet.number(u64::from(offset_minutes.is_some()));
    if let Some(minutes) = offset_minutes {
        sheet.signed(i64::from(minutes));
    }
}

/// Returns a moment, and the number beside it.
fn read_moment(sheet: &mut SheetReader<'_, '_>) -> Option<(Moment, usize)> {
    let (seconds, number) = (sheet.signed()?, sheet.small::<usize>()?);
    let precision = PRECISIONS[number % PRECISIONS.len()];
    let offset_minutes = optional(sheet, |it| i16::try_from(it.signed()?).ok())?;
    Some((Moment { seconds, precision, offset_minutes }, number / PRECISIONS.len()))
}

fn write_span(sheet: &mut SheetWriter, span: Span) {
    sheet.number(span.start as u64);
    sheet.number(span.len() as u64);
}

fn read_span(sheet: &mut SheetReader<'_, '_>) -> Option<Span> {
    let (start, len) = (sheet.small::<usize>()?, sheet.small::<usize>()?);
    Some(Span::new(start, start.checked_add(len)?))
}

pub(super) fn owned(sheet: &mut SheetReader<'_, '_>) -> Option<String> {
    sheet.text().map(str::to_owned)
}

/// Reads something that may not be there.
fn optional<T, R: FnOnce(&mut SheetReader<'_, '_>) -> Option<T>>(
    sheet: &mut SheetReader<'_, '_>,
    read: R,
) -> Option<Option<T>> {
    match sheet.number()? {
        0 => Some(None),
        1 => read(sheet).map(Some),
        _ => None,
    }
}

/// Reads how many of something there are, and each.
pub(super) fn several<T, R: FnMut(&mut SheetReader<'_, '_>) -> Option<T>>(
    sheet: &mut SheetReader<'_, '_>,
    mut read: R,
) -> Option<Vec<T>> {
    let n = sheet.count()?;
    let mut all = Vec::with_capacity(n);
    for _ in 0..n {
        all.push(read(sheet)?);
    }
    Some(all)
}
