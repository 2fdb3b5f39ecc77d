//! The sheet of what was recognised in an article.

use crate::article::{Annotations, Article, Entity, Kept, MentionKind, Part, TopicMark, Witness};
use crate::text::Span;

use super::article::{owned, several};
use super::sheet::{SheetReader, SheetWriter};

/// By the numbers that stand for them.
const WITNESSES: [Witness; 3] = [Witness::Recognised, Witness::Publisher, Witness::Listed];

/// The name of an entity is the text of its first mention.
const NAME_IS_MENTIONED: usize = 1;

/// An entity keeps part of its key, or terms.
const KEEPS_MORE: usize = 2;

/// An entity is mentioned once.
const ONE_MENTION: usize = 4;

/// How many values the flags have, and what follows from a name.
const FLAGS: usize = 8;
const FOLLOWS: usize = 8;

/// How many digits the code of a topic has.
const CODE_DIGITS: usize = 8;

/// Writes what was recognised in an article.
pub(super) fn write(article: &Article) -> SheetWriter {
    let Annotations { entities, topics } = &article.annotations;
    let mut sheet = SheetWriter::default();
    sheet.number(entities.len() as u64);
    for entity in entities {
        let Kept { follows, name, key, terms } = entity.kept();
        let is_mentioned = entity.mentions.first().is_some_and(|it| text_of(article, *it) == name);
        let keeps_more = !key.is_empty() || !terms.is_empty();
        let mut flags = if is_mentioned { NAME_IS_MENTIONED } else { 0 };
        flags |= if keeps_more { KEEPS_MORE } else { 0 };
        flags |= if entity.mentions.len() == 1 { ONE_MENTION } else { 0 };
        let number =
            (witness_number(entity.witness) * FOLLOWS + usize::from(follows)) * FLAGS + flags;
        sheet.number((number * MentionKind::ALL.len() + entity.kind as usize) as u64);
        if !is_mentioned {
            sheet.text(name);
        }
        if keeps_more {
            sheet.text(key);
            sheet.text(terms);
        }
        if entity.mentions.len() != 1 {
            sheet.number(entity.mentions.len() as u64);
        }
        let mut last = 0;
        for (nth, (part, span)) in entity.mentions.iter().enumerate() {
            let number = number_of(*part);
            sheet.number(u64::from(number.wrapping_sub(last)));
            // The first may be where the name is read, which has to have a length for that.
            let is_whole = span.len() == name.len() && !(nth == 0 && is_mentioned);
            sheet.number((span.start as u64) << 1 | u64::from(is_whole));
            if !is_whole {
                sheet.number(span.len() as u64);
            }
            last = number;
        }
    }
    sheet.number(topics.len() as u64);
    for TopicMark { code, label, within, weight, witness } in topics {
        write_code(&mut sheet, code);
        sheet.text(label);
        sheet.number(u64::from(*weight) << 2 | witness_number(*witness) as u64);
        sheet.number(within.len() as u64);
        within.iter().for_each(|code| write_code(&mut sheet, code));
    }
    sheet
}

/// Reads what [`write`] wrote of an article.
pub(super) fn read(mut sheet: SheetReader<'_, '_>, article: &Article) -> Option<Annotations> {
    let entities = several(&mut sheet, |sheet| {
        let number: usize = sheet.small()?;
        let (number, kind) = (number / MentionKind::ALL.len(), number % MentionKind::ALL.len());
        let has = |flag: usize| number & flag != 0;
        let named = if has(NAME_IS_MENTIONED) { None } else { Some(sheet.text()?) };
        let (key, terms) =
            if has(KEEPS_MORE) { (sheet.text()?, sheet.text()?) } else { Default::default() };
        let mut part = 0_u32;
        let mut name_bytes = named.map(str::len);
        let mut mention = |sheet: &mut SheetReader<'_, '_>| {
            part = part.wrapping_add(sheet.small()?);
            let number: usize = sheet.small()?;
            let (start, is_whole) = (number >> 1, number & 1 == 1);
            let len = if is_whole { name_bytes? } else { sheet.small()? };
            name_bytes.get_or_insert(len);
            Some((part_of(part), Span::new(start, start.checked_add(len)?)))
        };
        let mentions = match has(ONE_MENTION) {
            true => vec![mention(sheet)?],
            false => several(sheet, mention)?,
        };
        let name = match named {
            Some(name) => name,
            None => text_of(article, *mentions.first()?),
        };
        let kept = Kept { follows: (number / FLAGS % FOLLOWS) as u8, name, key, terms };
        let witness = *WITNESSES.get(number / FLAGS / FOLLOWS)?;
        Some(Entity::of_kept(MentionKind::ALL[kind], witness, kept, mentions))
    })?;
    let topics = several(&mut sheet, |sheet| {
        let (code, label) = (read_code(sheet)?, owned(sheet)?);
        let number = sheet.number()?;
        Some(TopicMark {
            code,
            label,
            weight: u8::try_from(number >> 2).ok()?,
            witness: *WITNESSES.get((number & 3) as usize)?,
            within: several(sheet, read_code)?,
        })
    })?;
    Some(Annotations { entities, topics })
}

/// Returns the text of a mention; nothing where it stands beside the text.
fn text_of(article: &Article, (part, span): (Part, Span)) -> &str {
    article.text_of(part).map_or("", |text| span.of(text))
}

fn witness_number(witness: Witness) -> usize {
    WITNESSES.iter().position(|it| *it == witness).unwrap_or_default()
}

fn write_code(sheet: &mut SheetWriter, code: &str) {
    let is_number = code.len() == CODE_DIGITS && code.bytes().all(|it| it.is_ascii_digit());
    match code.parse::<u64>().ok().filter(|it| is_number && *it > 0) {
        Some(number) => sheet.number(number),
        None => {
            sheet.number(0);
            sheet.text(code);
        }
    }
}

fn read_code(sheet: &mut SheetReader<'_, '_>) -> Option<String> {
    match sheet.number()? {
        0 => owned(sheet),
        number => Some(format!("{number:0CODE_DIGITS$}")),
    }
}

fn number_of(part: Part) -> u32 {
    match part {
        Part::Record => 0,
        Part::Headline => 1,
        Part::Paragraph(idx) => idx.saturating_add(2),
    }
}

fn part_of(number: u32) -> Part {
    match number {
        0 => Part::Record,
        1 => Part::Headline,
        number => Part::Paragraph(number - 2),
    }
}
