//! Files of Markdown: one article each.

use std::io;
use std::ops::ControlFlow;

use super::front_matter::{
    self, FRONT_MATTER_BYTES_MAX, FRONT_MATTER_DEPTH_MAX, Language, Wrong, parts,
};
use super::text;
use crate::article::Class;
use crate::source::normal::{Field, Record, Teller};
use crate::source::stream::whole;
use crate::source::{Confidence, Each, Head, Input, Reader, decode};
use crate::text::Span;

/// The length of a file of Markdown; a longer one is set aside.
pub const MARKDOWN_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Reads a file of Markdown as one article.
///
/// Front matter makes the file certain, whatever its name; without it the name has to say that it
/// is Markdown (`.md`, `.markdown`), for any text could be. The whole file is held in memory, up to
/// 8 MiB.
pub struct Markdown;

impl Reader for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn version(&self) -> u32 {
        2
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let is_other = |names: &[&str]| {
            head.path()
                .extension()
                .is_some_and(|it| names.iter().any(|name| it.eq_ignore_ascii_case(name)))
        };
        let is_named = is_other(&["md", "markdown", "mdown", "mkd", "mdx"]);
        if is_other(&["yaml", "yml", "toml"]) {
            return Confidence::No;
        }
        let text = head.text();
        match parts(text) {
            Ok(Some(it)) if it.language == Language::Json && !is_named => Confidence::No,
            Ok(Some(it)) if it.front.trim().is_empty() && !is_named => Confidence::No,
            Ok(Some(_)) | Err(Wrong::TooLong) => Confidence::Certain,
            Ok(None) | Err(_) if is_named && !text.trim().is_empty() => Confidence::Likely,
            Ok(None) | Err(_) => Confidence::No,
        }
    }

    fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()> {
        let mut teller = Teller::new(&input, each);
        _ = match whole(input.stream, MARKDOWN_BYTES_MAX as u64)? {
            Some(bytes) => tell(&bytes, teller),
            None => {
                let reason = format!("longer than {MARKDOWN_BYTES_MAX} bytes");
                teller.file_malformed(Span::default(), Class::Limit, reason)
            }
        };
        Ok(())
    }
}

/// Tells what is in a file.
fn tell(bytes: &[u8], mut teller: Teller<'_, '_>) -> ControlFlow<()> {
    let decoded = decode::decode(bytes);
    teller.decoded(&decoded)?;
    if decoded.text.trim().is_empty() {
        return teller.end();
    }
    let whole = Span::new(0, bytes.len());
    match record(&decoded.text) {
        Ok(record) => teller.only(record, whole)?,
        Err((class, reason)) => teller.file_malformed(whole, class, reason)?,
    }
    teller.end()
}

/// Finds the parts of an article in a file, or says why it is none.
fn record(file: &str) -> Result<Record<'static>, (Class, String)> {
    let mut record = Record::default();
    let mut body = file;
    if let Some(parts) = parts(file).map_err(told)? {
        let front = front_matter::read(&parts).map_err(told)?;
        if front_matter::is_draft(&front) {
            let reason = "a draft that is not published, no article";
            return Err((Class::Format, reason.to_owned()));
        }
        front_matter::fill(&front, &mut record);
        body = parts.text;
    }
    let text::Text { title, paragraphs } = text::read(body);
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let is_said = letters(&title) == letters(record.text(Field::Headline));
    if !title.is_empty() && record.has(Field::Headline) && !is_said {
        record.paragraph(title);
    } else {
        record.set(Field::Headline, "# heading", title);
    }
    if paragraphs.is_empty() {
        return Err((Class::Format, "front matter or a heading without a text".to_owned()));
    }
    record.body_from("text");
    paragraphs.into_iter().for_each(|it| record.paragraph(it));
    Ok(record)
}

/// Says what is wrong with front matter.
fn told(wrong: Wrong) -> (Class, String) {
    match wrong {
        Wrong::Damaged => (Class::Damaged, "front matter that cannot be read".to_owned()),
        Wrong::Endless => (Class::Damaged, "front matter without an end".to_owned()),
        Wrong::TooDeep => {
            let reason = format!("front matter nested more than {FRONT_MATTER_DEPTH_MAX} deep");
            (Class::Limit, reason)
        }
        Wrong::TooLong => {
            (Class::Limit, format!("front matter longer than {FRONT_MATTER_BYTES_MAX} bytes"))
        }
    }
}
