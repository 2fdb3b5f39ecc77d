//! The encoding that a page declares.

use std::cell::RefCell;

use html5ever::tokenizer::states::State;
use html5ever::tokenizer::{Tag, TagToken, Token, TokenSink, TokenSinkResult};

use super::tokens::tokenize;

/// How much of a page is looked through; the standard says 1,024 bytes, but not all heed it.
const HEAD_BYTES: usize = 8 * 1024;

/// Returns the label that a page declares in a `<meta>`, or in the declaration of XML.
pub(in crate::source) fn of_page(page: &[u8]) -> Option<String> {
    // Latin-1 keeps every byte in its place, and what matters is ASCII.
    let head: String = page[..page.len().min(HEAD_BYTES)].iter().copied().map(char::from).collect();
    let sink = Sink { label: RefCell::new(of_xml(&head)) };
    let (sink, _) = tokenize(&head, State::Data, sink, |it| it.label.borrow().is_none());
    sink.label.into_inner()
}

/// Returns the label of a header: `text/html; charset="utf-8"`.
pub(in crate::source) fn of_content_type(value: &str) -> Option<&str> {
    let at = value.to_ascii_lowercase().find("charset=")?;
    let label = value[at + "charset=".len()..].trim_start();
    let label = label.trim_start_matches(['"', '\'']);
    let end = label.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | ','));
    Some(&label[..end.unwrap_or(label.len())]).filter(|it| !it.is_empty())
}

/// Returns the label in `<?xml version="1.0" encoding="…"?>`.
fn of_xml(head: &str) -> Option<String> {
    let declaration = head.trim_start().strip_prefix("<?xml")?.split_once("?>")?.0;
    let (_, after) = declaration.split_once("encoding")?;
    let label = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = label.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    label[1..].split_once(quote).map(|(label, _)| label.to_owned())
}

/// Takes the first label that comes.
struct Sink {
    label: RefCell<Option<String>>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let TagToken(tag) = token
            && &*tag.name == "meta"
        {
            let mut label = self.label.borrow_mut();
            if label.is_none() {
                *label = of_tag(&tag);
            }
        }
        TokenSinkResult::Continue
    }
}

fn of_tag(tag: &Tag) -> Option<String> {
    let attribute = |name: &str| tag.attrs.iter().find(|it| &*it.name.local == name);
    if let Some(charset) = attribute("charset") {
        return Some(charset.value.trim().to_owned());
    }
    let is_type =
        attribute("http-equiv").is_some_and(|it| it.value.eq_ignore_ascii_case("content-type"));
    let content = attribute("content").filter(|_| is_type)?;
    of_content_type(&content.value).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, want: Option<&str>) {
        assert_eq!(of_page(page.as_bytes()).as_deref(), want, "{page}");
    }

    #[test]
    fn the_declared_encoding_is_found() {
        check("<html><meta charset='latin1'>", Some("latin1"));
        check(
            "<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=Shift_JIS'>",
            Some("Shift_JIS"),
        );
        check("<?xml version='1.0' encoding='koi8-r'?><html>", Some("koi8-r"));
        check("<!-- <meta charset=no> --><meta charset=yes><meta charset=late>", Some("yes"));
        check("<meta name=a content='charset=no'>", None);
        check("", None);
        assert_eq!(of_content_type("text/html; Charset=\"UTF-8\"; x"), Some("UTF-8"));
        assert_eq!(of_content_type("text/html"), None);
        assert_eq!(of_content_type("charset="), None);
    }
}
