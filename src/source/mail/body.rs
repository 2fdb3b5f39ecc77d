//! The text of a message: which one, and what of it is furniture.

use crate::source::html;
use crate::source::normal::Record;

/// Plain text with less than so much of the letters of the HTML beside it is a stub, in percent.
const STUB: usize = 25;

/// How many paragraphs at the end of a letter may be about the letter itself.
const TAIL_MAX: usize = 12;

/// The characters of a paragraph that tells how to unsubscribe; a longer one is reporting.
const TAIL_CHARS_MAX: usize = 400;

/// Words of which one stands in a paragraph that is about the letter itself.
const TAILS: &[&str] = &[
    "unsubscribe",
    "manage your subscription",
    "manage your preferences",
    "manage preferences",
    "update your preferences",
    "email preferences",
    "you are receiving this",
    "you received this",
    "you're receiving this",
    "was sent to you because",
    "this email was sent to",
    "privacy policy",
    "abmelden",
    "newsletter abbestellen",
    "se désabonner",
    "désinscrire",
    "darse de baja",
    "отписаться",
];

/// What the first paragraph of a letter may hold that asks to read it elsewhere.
const TOPS: &[&str] =
    &["in your browser", "in browser", "view online", "read online", "web version", "im browser"];

/// The signs of the line over what a mailing list adds to each message.
const RULE_MIN: usize = 20;

/// The text of a message.
pub(super) struct Body {
    /// Where it was found.
    pub(super) from: &'static str,
    text: Text,
    /// What is no reporting, after the text.
    furniture: String,
}

enum Text {
    /// Lines, some of which may have been broken by a machine.
    Lines(String),
    Paragraphs(Vec<String>),
}

impl Body {
    /// Chooses between plain text and HTML that should say the same.
    pub(super) fn choose(plain: String, page: &str) -> Self {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        let paragraphs = html::paragraphs(page);
        let n_html: usize = paragraphs.iter().map(|it| letters(it)).sum();
        if 100 * letters(&plain) < STUB * n_html {
            let (text, furniture) = (Text::Paragraphs(paragraphs), String::new());
            return Self { from: "text/html", text, furniture };
        }
        let at = signature(&plain);
        let furniture = plain[at..].to_owned();
        let mut text = plain;
        text.truncate(at);
        Self { from: "text/plain", text: Text::Lines(text), furniture }
    }

    /// Fills the paragraphs of a record; what is about the letter itself becomes furniture.
    pub(super) fn fill(self, record: &mut Record<'static>) {
        let blocks = match self.text {
            Text::Paragraphs(all) => all,
            Text::Lines(text) => {
                let end = tail(&text);
                let (text, tail) = text.split_at(end);
                let top = text.find("\n\n").filter(|at| is_about(&text[..*at], TOPS));
                let (top, text) = text.split_at(top.unwrap_or(0));
                record.furniture(top.to_owned());
                record.part(text.to_owned());
                record.furniture(tail.to_owned());
                record.furniture(self.furniture);
                return;
            }
        };
        let n_blocks = blocks.len();
        let mut is_tail = false;
        for (idx, block) in blocks.into_iter().enumerate() {
            is_tail |= idx > 0 && idx + TAIL_MAX >= n_blocks && is_about(&block, TAILS);
            if is_tail || idx < 2 && is_about(&block, TOPS) {
                record.furniture(block);
            } else {
                record.paragraph(block);
            }
        }
        record.furniture(self.furniture);
    }
}

/// Returns where the signature of a text begins: at its last line `-- `, or at the line that a
/// mailing list draws under a message; the length of the text where there is none.
fn signature(text: &str) -> usize {
    let (mut at, mut n_below) = (text.len(), 0);
    for line in text.split_inclusive('\n').rev() {
        at -= line.len();
        let bare = line.trim_end_matches(['\r', '\n']);
        let is_rule = bare.len() >= RULE_MIN && bare.bytes().all(|it| it == b'_');
        if at > 0 && (bare == "-- " || is_rule && n_below <= TAIL_MAX) {
            return at;
        }
        n_below += usize::from(!bare.trim().is_empty());
    }
    text.len()
}

/// Returns where the lines at the end of a text begin that are about the letter itself.
fn tail(text: &str) -> usize {
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        at += line.len();
        (at - line.len(), line)
    });
    let lines: Vec<_> = lines.filter(|(_, line)| !line.trim().is_empty()).collect();
    let first = lines.len().saturating_sub(TAIL_MAX).max(1);
    let mut last = lines.iter().skip(first);
    last.find(|(_, line)| is_about(line, TAILS)).map_or(text.len(), |(at, _)| *at)
}

/// Tells whether a paragraph is about the letter itself.
fn is_about(paragraph: &str, words: &[&str]) -> bool {
    if paragraph.chars().nth(TAIL_CHARS_MAX).is_some() {
        return false;
    }
    let lower = paragraph.to_lowercase().replace('’', "'");
    words.iter().any(|it| lower.contains(it))
}

/// Joins the lines of flowed text (RFC 3676): a line that ends with a space goes on in the next one
/// that is quoted as deep, unless it is the line over a signature. `delsp` says that the space is
/// not the text's own.
pub(super) fn unflowed(text: &str, delsp: DelSp) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.split('\n') {
        let line = line.trim_end_matches('\r');
        let bare = line.trim_start_matches('>');
        let depth = line.len() - bare.len();
        let bare = bare.strip_prefix(' ').unwrap_or(bare);
        if open != Some(depth) || bare == "-- " {
            if !joined.is_empty() {
                joined.push('\n');
            }
            joined.push_str(&line[..depth]);
            joined.push_str(if depth > 0 { " " } else { "" });
        }
        let flows = bare.ends_with(' ') && bare != "-- ";
        let is_kept = delsp == DelSp::No || !flows;
        joined.push_str(if is_kept { bare } else { &bare[..bare.len() - 1] });
        open = flows.then_some(depth);
    }
    joined
}

/// Whether the space at the end of a flowed line is to be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DelSp {
    No,
    Yes,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flowed_lines_are_joined_and_others_are_not() {
        let check = |text, delsp, want: &str| assert_eq!(unflowed(text, delsp), want);
        check("It rained \nall night.\r\nStill.", DelSp::No, "It rained all night.\nStill.");
        check("It rai \nned.", DelSp::Yes, "It rained.");
        check("> It rained \n> all night. \nNo.", DelSp::No, "> It rained all night. \nNo.");
        check("No \n-- \nAnn", DelSp::No, "No \n-- \nAnn");
        check(" From here \non", DelSp::No, "From here on");
        check("", DelSp::No, "");
    }

    #[test]
    fn signatures_and_tails_are_found() {
        let check = |text: &str, want: &str| {
            let end = signature(text);
            assert_eq!(&text[tail(&text[..end])..], want);
        };
        check("It rained.\n-- \nAnn Hale", "-- \nAnn Hale");
        check("It rained.\n-- Ann", "");
        let rule = format!("{}\ncourier mailing list\n", "_".repeat(47));
        check(&format!("It rained.\n{rule}"), &rule);
        check(
            "It rained.\n\nUnsubscribe: https://a/\n3 Weir Street\n",
            "Unsubscribe: https://a/\n3 Weir Street\n",
        );
        let far = format!("Members unsubscribe.\n{}", "It rained.\n".repeat(30));
        check(&far, "");
        check("Unsubscribe", "");
    }
}
