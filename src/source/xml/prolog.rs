//! What stands before the first record of a file.

use std::borrow::Cow;

use super::entities;
use super::markup::{self, Markup};
use super::records::{LEAD_BYTES_MAX, Records};
use crate::source::decode::{self, Units};

/// Returns the name of the root element of a text, without its prefix, from its first bytes.
///
/// Marks of the byte order, declarations and comments are passed over; there is none where anything
/// else stands before the first tag.
pub(in crate::source) fn root(head: &str) -> Option<String> {
    let text = head.trim_start_matches('\u{feff}');
    let mut at = 0;
    loop {
        at += text.get(at..)?.find('<')?;
        let (markup, end) = markup::read(text.as_bytes(), at);
        // What stands between the signs of a declaration is no text of the document.
        let is_declared = text[..at].contains("<!DOCTYPE");
        if !is_declared
            && !text[..at].trim_start().is_empty()
            && !text.trim_start().starts_with('<')
        {
            return None;
        }
        match markup {
            Markup::Start { name, .. } => {
                let name = text[name].rsplit(':').next().unwrap_or_default();
                return Some(name.to_owned());
            }
            Markup::Passed => at = end,
            Markup::End { .. } | Markup::Verbatim { .. } | Markup::Sign => return None,
        }
    }
}

/// Returns the label of the encoding that a document declares.
pub(in crate::source) fn encoding(head: &[u8]) -> Option<String> {
    let head = head.get(..head.len().min(LEAD_BYTES_MAX))?;
    let start = markup::find(head, 0, b"<?xml")?;
    let end = markup::find(head, start, b">")?;
    let declaration = String::from_utf8_lossy(&head[start..end]).into_owned();
    let (_, after) = declaration.split_once("encoding")?;
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    value[1..].split(quote).next().map(str::to_owned)
}

/// Tells whether what stands before the first record declares entities by which it could swell.
pub(super) fn may_swell(lead: &[u8]) -> bool {
    markup::find(lead, 0, b"<!ENTITY").is_some()
        && entities::may_swell(&String::from_utf8_lossy(lead))
}

/// Tells whether a record begins in the first bytes of a file.
pub(in crate::source) fn begins_record(head: &[u8], names: &'static [&'static str]) -> bool {
    let mut stream = head;
    Records::new(&mut stream, names).is_ok_and(|mut it| it.next().is_ok_and(|it| it.is_some()))
}

/// Returns what stands before the first record in the first bytes of a file.
///
/// Where no record begins there, that is the mark of the byte order and the declaration: what is
/// cut within must not stand before a record.
pub(in crate::source) fn lead<'h>(head: &'h [u8], names: &'static [&'static str]) -> &'h [u8] {
    let mut stream = head;
    let first = Records::new(&mut stream, names)
        .and_then(|mut records| Ok(records.next()?.map(|(_, span)| span.start)));
    if let Ok(Some(start)) = first {
        return &head[..start.min(head.len())];
    }
    let (units, mark) = Units::of(head);
    let declared = match units {
        Units::Bytes if head[mark..].starts_with(b"<?xml") => markup::find(head, mark, b">"),
        _ => None,
    };
    &head[..declared.map_or(mark, |end| end + 1)]
}

/// Decodes a piece of a document that declares its encoding by a label.
pub(in crate::source) fn decoded<'a>(
    bytes: &'a [u8],
    units: Units,
    label: Option<&str>,
) -> decode::Decoded<'a> {
    match units {
        Units::Bytes => decode::declared(bytes, label),
        // It was decoded when it was read.
        units => decode::Decoded {
            text: std::str::from_utf8(bytes)
                .map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed),
            n_replaced: 0,
            encoding: if units == Units::Utf16Le { "UTF-16LE" } else { "UTF-16BE" },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_found_behind_what_stands_before_it() {
        for (head, want) in [
            ("<nitf>", Some("nitf")),
            (
                "\u{feff}<?xml version='1.0'?>\n<!-- <a> -->\n<!DOCTYPE b [<!ENTITY c 'd'>]>\n<x:rss a='1'>",
                Some("rss"),
            ),
            ("<feed", Some("feed")),
            ("a <b>", None),
            ("</b><a>", None),
            ("< 5", None),
            ("", None),
        ] {
            assert_eq!(root(head).as_deref(), want, "{head}");
            let units: Vec<u8> =
                format!("\u{feff}{head}").encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(root(&decode::decode(&units).text).as_deref(), want, "{head} in UTF-16");
        }
    }

    #[test]
    fn the_declared_encoding_is_found() {
        let check =
            |head: &str, want| assert_eq!(encoding(head.as_bytes()).as_deref(), want, "{head}");
        check("<?xml version='1.0' encoding=\"ISO-8859-1\"?><a/>", Some("ISO-8859-1"));
        check("<?xml version='1.0' encoding = 'utf-8' ?>", Some("utf-8"));
        check("<?xml version='1.0'?><a encoding='x'>", None);
        check("<a encoding='x'>", None);
    }

    #[test]
    fn the_lead_ends_where_the_first_record_begins() {
        let check = |head: &str, want: &str| {
            assert_eq!(lead(head.as_bytes(), &["item"]), want.as_bytes(), "{head}");
        };
        check("<?xml?><rss><title>a</title><item>b</item><item/>", "<?xml?><rss><title>a</title>");
        check("<?xml?><rss><item>cut", "<?xml?><rss>");
        check("<?xml?><rss><title>a", "<?xml?>");
        check("<rss>", "");
    }
}
