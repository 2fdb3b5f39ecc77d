//! What the texts of feeds are written in.

use std::borrow::Cow;

use crate::source::html;
use crate::source::normal::Record;
use crate::source::xml::{self, Element};

/// A text, as it was made out to be.
enum Text<'a> {
    Plain(Cow<'a, str>),
    Paragraphs(Vec<String>),
}

/// Returns a text in one line, as a headline is.
pub(super) fn line<'a>(element: &Element<'a>) -> Cow<'a, str> {
    match read(element) {
        Text::Plain(text) => text,
        Text::Paragraphs(paragraphs) => Cow::Owned(paragraphs.join(" ")),
    }
}

/// Adds a text to the body of a record.
pub(super) fn append(from: &'static str, element: &Element<'_>, record: &mut Record<'_>) {
    match read(element) {
        Text::Plain(text) if is_laid_out(&text) => {
            text.split("\n\n").for_each(|it| record.paragraph(it.to_owned()));
        }
        Text::Plain(text) => record.part(text.into_owned()),
        Text::Paragraphs(paragraphs) => {
            paragraphs.into_iter().for_each(|it| record.paragraph(it));
        }
    }
    if record.has_body() {
        record.body_from(from);
    }
}

/// Tells whether the lines of a text are only those of the file, all but the first indented: they
/// part nothing then.
fn is_laid_out(text: &str) -> bool {
    let mut lines = text.trim().lines().skip(1).filter(|it| !it.is_empty()).peekable();
    lines.peek().is_some() && lines.all(|it| it.starts_with([' ', '\t']))
}

/// Reads a text by its declared type, and by its look where that leaves a doubt.
///
/// RSS declares nothing, and Atom's word for HTML is left out often enough. A picture or a sound in
/// place of the text is nothing to be read.
fn read<'a>(element: &Element<'a>) -> Text<'a> {
    let kind = element.attribute("type").unwrap_or_default().trim().to_ascii_lowercase();
    if ["image/", "audio/", "video/"].iter().any(|it| kind.starts_with(it)) {
        return Text::Plain("".into());
    }
    if element.elements().next().is_some() {
        return Text::Paragraphs(xml::paragraphs(element));
    }
    let text = element.text();
    // The file broke off where a text began.
    if !text.trim().is_empty() && "<![CDATA[".starts_with(text.trim()) {
        return Text::Plain("".into());
    }
    if matches!(kind.as_str(), "text" | "text/plain") {
        return Text::Plain(text);
    }
    if html::is_markup(&text) {
        return Text::Paragraphs(html::paragraphs(&text));
    }
    if !text.contains('&') {
        return Text::Plain(text);
    }
    let once = html::unescaped(&text).into_owned();
    if html::is_markup(&once) {
        return Text::Paragraphs(html::paragraphs(&once));
    }
    Text::Plain(Cow::Owned(once))
}
