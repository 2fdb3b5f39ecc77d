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

/// What an article has beside an id and paragraphs, the most frequent first.
mod has {
    pub(super) const HEADLINE: u64 = 1;
    pub(super) const DATE: u64 = 1 << 1;
    pub(super) const SOURCE: u64 = 1 << 2;
    pub(super) const LANGUAGE: u64 = 1 << 3;
    pub(super) const SECTION: u64 = 1 << 4;
    pub(super) const DATELINE: u64 = 1 << 5;
    pub(super) const URL: u64 = 1 << 6;
    pub(super) const BYLINE: u64 = 1 << 7;
    pub(super) const SUBJECTS: u64 = 1 << 8;
    pub(super) const KEYWORDS: u64 = 1 << 9;
    pub(super) const NAMED: u64 = 1 << 10;
    pub(super) const SLUG: u64 = 1 << 11;
    pub(super) const SUBHEAD: u64 = 1 << 12;
    pub(super) const UPDATED: u64 = 1 << 13;
    pub(super) const VERSION: u64 = 1 << 14;
}

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
    let texts = [
        (has::HEADLINE, headline),
        (has::SUBHEAD, subhead),
        (has::BYLINE, byline),
        (has::SOURCE, source),
        (has::SECTION, section),
        (has::SLUG, slug),
        (has::LANGUAGE, language),
        (has::URL, url),
    ];
    let others = [
        (has::VERSION, *version > 0),
        (has::DATELINE, dateline.is_some()),
        (has::DATE, date.is_some()),
        (has::UPDATED, updated.is_some()),
        (has::KEYWORDS, !keywords.is_empty()),
        (has::SUBJECTS, !subjects.is_empty()),
        (has::NAMED, !named.is_empty()),
    ];
    let present = texts.iter().map(|(sign, text)| (*sign, !text.is_empty())).chain(others);
    let mut sheet = SheetWriter::default();
    sheet.number(present.filter(|it| it.1).map(|it| it.0).sum());
    sheet.text(id);
    if *version > 0 {
        sheet.number(*version);
    }
    texts.iter().filter(|it| !it.1.is_empty()).for_each(|it| sheet.text(it.1));
    if let Some(Dated { moment, provenance }) = date {
        write_moment(&mut sheet, *moment, *provenance as u64);
    }
    if let Some(moment) = updated {
        write_moment(&mut sheet, *moment, 0);
    }
    write_several(&mut sheet, keywords, |sheet, it| sheet.text(it));
    write_several(&mut sheet, subjects, |sheet, Subject { code, label }| {
        sheet.text(code);
        sheet.text(label);
    });
    write_several(&mut sheet, named, |sheet, Named { kind, name, code }| {
        sheet.number(*kind as u64);
        sheet.text(name);
        sheet.text(code);
    });
    sheet.number(paragraphs.len() as u64);
    for Paragraph { text, kind } in paragraphs {
        sheet.flagged(text, *kind as u64, KINDS.len() as u64);
    }
    if let Some(Dateline { place, agency, span }) = dateline {
        let is_printed = printed(article, *span).is_some_and(|it| it.starts_with(place.as_str()));
        sheet.number((place.len() as u64) << 1 | u64::from(is_printed));
        if !is_printed {
            sheet.text(place);
        }
        sheet.text(agency);
        write_span(&mut sheet, *span);
    }
    sheet
}

/// Reads what [`write`] wrote, of an article that stands at a place.
pub(super) fn read(mut sheet: SheetReader<'_, '_>, origin: Origin) -> Option<Article> {
    let sheet = &mut sheet;
    let present = sheet.number()?;
    let has = |sign: u64| present & sign != 0;
    let mut article = Article { id: owned(sheet)?, origin, ..Article::default() };
    if has(has::VERSION) {
        article.version = sheet.number()?;
    }
    for (sign, text) in [
        (has::HEADLINE, &mut article.headline),
        (has::SUBHEAD, &mut article.subhead),
        (has::BYLINE, &mut article.byline),
        (has::SOURCE, &mut article.source),
        (has::SECTION, &mut article.section),
        (has::SLUG, &mut article.slug),
        (has::LANGUAGE, &mut article.language),
        (has::URL, &mut article.url),
    ] {
        if has(sign) {
            *text = owned(sheet)?;
        }
    }
    if has(has::DATE) {
        let (moment, provenance) = read_moment(sheet)?;
        article.date = Some(Dated { moment, provenance: *PROVENANCES.get(provenance)? });
    }
    if has(has::UPDATED) {
        article.updated = Some(read_moment(sheet)?.0);
    }
    if has(has::KEYWORDS) {
        article.keywords = several(sheet, owned)?;
    }
    if has(has::SUBJECTS) {
        article.subjects =
            several(sheet, |it| Some(Subject { code: owned(it)?, label: owned(it)? }))?;
    }
    if has(has::NAMED) {
        article.named = several(sheet, |it| {
            let kind = *MentionKind::ALL.get(it.small::<usize>()?)?;
            Some(Named { kind, name: owned(it)?, code: owned(it)? })
        })?;
    }
    article.paragraphs = several(sheet, |it| {
        let (text, kind) = it.flagged(KINDS.len() as u64)?;
        Some(Paragraph { text: text.to_owned(), kind: *KINDS.get(kind as usize)? })
    })?;
    if has(has::DATELINE) {
        let number: usize = sheet.small()?;
        let (n_bytes, is_printed) = (number >> 1, number & 1 == 1);
        let place = if is_printed { None } else { Some(owned(sheet)?) };
        let (agency, span) = (owned(sheet)?, read_span(sheet)?);
        let place = match place {
            Some(place) => place,
            None => printed(&article, span)?.get(..n_bytes)?.to_owned(),
        };
        article.dateline = Some(Dateline { place, agency, span });
    }
    Some(article)
}

/// Returns what the first paragraph of the body has from where its dateline begins.
fn printed(article: &Article, dateline: Span) -> Option<&str> {
    article.body().next()?.1.text.get(dateline.start..)
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

/// What a day takes, in seconds.
const DAY_S: i64 = 86_400;

/// Writes a moment, in days where it is so many, and the number beside it.
fn write_moment(sheet: &mut SheetWriter, moment: Moment, provenance: u64) {
    let Moment { seconds, precision, offset_minutes } = moment;
    let is_day = seconds % DAY_S == 0;
    let number = provenance * PRECISIONS.len() as u64 + precision as u64;
    sheet.number(number << 2 | u64::from(offset_minutes.is_some()) << 1 | u64::from(is_day));
    sheet.signed(if is_day { seconds / DAY_S } else { seconds });
    if let Some(minutes) = offset_minutes {
        sheet.signed(i64::from(minutes));
    }
}

/// Returns a moment, and the number beside it.
fn read_moment(sheet: &mut SheetReader<'_, '_>) -> Option<(Moment, usize)> {
    let (signs, time): (usize, i64) = (sheet.small()?, sheet.signed()?);
    let seconds = if signs & 1 == 1 { time.checked_mul(DAY_S)? } else { time };
    let offset_minutes =
        if signs & 2 == 2 { Some(i16::try_from(sheet.signed()?).ok()?) } else { None };
    let number = signs >> 2;
    let precision = PRECISIONS[number % PRECISIONS.len()];
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

/// Writes how many of something there are, and each; nothing where there are none.
fn write_several<T>(
    sheet: &mut SheetWriter,
    all: &[T],
    mut write: impl FnMut(&mut SheetWriter, &T),
) {
    if !all.is_empty() {
        sheet.number(all.len() as u64);
        all.iter().for_each(|it| write(sheet, it));
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
