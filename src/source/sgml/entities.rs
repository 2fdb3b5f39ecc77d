//! The entities of SGML: `&amp;`, `&sect;`, and those that the collections made for themselves.

use crate::source::html;

/// The letters that the name of an entity may have.
const NAME_BYTES_MAX: usize = 12;

/// What stands in the collections and not in HTML, or for something else in it: the entities of the
/// Federal Register and of FBIS.
const OWN: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("hyph", "-"),
    ("blank", " "),
    ("cir", "○"),
    ("bull", "•"),
    ("sect", "§"),
    ("para", "¶"),
    ("mu", "µ"),
    ("rsquo", "’"),
    ("lsquo", "‘"),
    ("UR", ""),
    ("LR", ""),
    ("QL", ""),
    ("QC", ""),
    ("QR", ""),
];

/// Appends a text in which entities are replaced by what they stand for.
///
/// A name that nobody knows stays as it is printed, and so does a `&` that begins no name. What
/// names a control character is left out; the wires had some at the ends of their texts.
pub(super) fn append(text: &str, plain: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let len = entity_len(rest);
        let (entity, after) = rest.split_at(len);
        push(entity, plain);
        rest = after;
    }
    plain.push_str(rest);
}

/// Returns the length of the entity that a text begins with, of the `&` alone where it is none.
fn entity_len(text: &str) -> usize {
    let bytes = text.as_bytes().iter().skip(1).take(NAME_BYTES_MAX);
    let n_name = bytes.take_while(|it| it.is_ascii_alphanumeric() || **it == b'#').count();
    let is_ended = n_name > 0 && text.as_bytes().get(1 + n_name) == Some(&b';');
    if is_ended { n_name + 2 } else { 1 }
}

fn push(entity: &str, plain: &mut String) {
    let Some(name) = entity.strip_prefix('&').and_then(|it| it.strip_suffix(';')) else {
        return plain.push_str(entity);
    };
    if let Some((_, text)) = OWN.iter().find(|(it, _)| *it == name) {
        return plain.push_str(text);
    }
    if let Some(code) = name.strip_prefix('#').and_then(|it| it.parse::<u8>().ok())
        && code.is_ascii_control()
    {
        if code.is_ascii_whitespace() {
            plain.push(char::from(code));
        }
        return;
    }
    plain.push_str(&html::unescaped(entity));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: &str) {
        let mut plain = String::new();
        append(text, &mut plain);
        assert_eq!(plain, want, "{text}");
    }

    #[test]
    fn entities_become_what_they_stand_for() {
        check("Hale &amp; Ruiz &lt;HLR.N>", "Hale & Ruiz <HLR.N>");
        check("&sect; 12&hyph;B&blank;&para;", "§ 12-B ¶");
        check("caf&eacute; &#233; &#8217; &frac12;", "café é ’ ½");
        check(" Reuter\n&#3;&#31;", " Reuter\n");
        check("a&#10;b", "a\nb");
    }

    #[test]
    fn what_is_no_entity_stays() {
        for text in
            ["R&D", "AT&T; S&P 500", "a & b", "&", "&;", "&unheardof;", "&toolongtobeaname;"]
        {
            check(text, text);
        }
    }
}
