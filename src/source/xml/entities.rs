//! References within text: `&amp;`, `&#8217;`, `&eacute;`.

use std::borrow::Cow;

use crate::source::html;

/// How long a text may be that an entity of a document stands for.
const VALUE_BYTES_MAX: usize = 64;

/// Returns a text with its references replaced.
///
/// Those of XML and of HTML are known, whether or not the document declares them. A reference to
/// anything else stays as it was written, so that nothing a document declares can swell.
pub(super) fn replaced(text: &str) -> Cow<'_, str> {
    html::unescaped(text)
}

/// Tells whether a document declares entities that other texts could swell by: ones that refer to
/// others, or are long. Declarations of single signs are harmless, and so is what lies elsewhere:
/// it is never fetched.
pub(super) fn may_swell(prolog: &str) -> bool {
    prolog.split("<!ENTITY").skip(1).any(|after| {
        let declaration = after.split('>').next().unwrap_or_default();
        let is_elsewhere = ["SYSTEM", "PUBLIC"].iter().any(|it| declaration.contains(it));
        let Some(at) = declaration.find(['"', '\'']).filter(|_| !is_elsewhere) else {
            return false;
        };
        let value = &declaration[at + 1..];
        let refers = |sign: char| value.split(sign).skip(1).any(|it| !it.starts_with('#'));
        refers('&') || refers('%') || value.len() > VALUE_BYTES_MAX
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_replaced_and_none_is_invented() {
        for (text, want) in [
            ("Hale &amp; Ruiz&#8217;s caf&eacute;", "Hale & Ruiz’s café"),
            ("R&D &company; &", "R&D &company; &"),
            ("1 &lt; 2 &#x2014; &quot;no&quot;", "1 < 2 — \"no\""),
            ("&amp;amp;", "&amp;"),
        ] {
            assert_eq!(replaced(text), want);
        }
    }

    #[test]
    fn bombs_are_told_from_declarations_of_signs() {
        assert!(may_swell("<!ENTITY a \"ha\"><!ENTITY b '&a;&a;'>"));
        assert!(may_swell(&format!("<!ENTITY a \"{}\">", "x".repeat(1_000))));
        assert!(may_swell("<!ENTITY % a '%b;'>"));
        assert!(!may_swell("<!ENTITY nbsp \"&#160;\">"));
        assert!(!may_swell("<!ENTITY x SYSTEM \"file:///etc/passwd\">"));
        assert!(!may_swell("<!DOCTYPE nitf SYSTEM 'nitf.dtd'>"));
    }
}
