//! The spelling under which a place is looked up.

use crate::text::fold;

/// The bytes of the longest spelling that is looked up; no name in the gazetteer is longer.
pub(super) const KEY_BYTES_MAX: usize = 64;

/// A name of a place, folded into what its spellings have in common.
///
/// Case, accents, full stops and apostrophes are gone, a hyphen is a space, `Saint`, `Fort` and
/// `Mount` are short, and `the` before a name is dropped: `St.-Petersburg` and `Saint Petersburg`
/// are one, and so are `U.S.` and `US`. It lives on the stack; only a name with a letter outside
/// ASCII costs an allocation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    bytes: [u8; KEY_BYTES_MAX],
    len: usize,
}

impl Key {
    /// Folds a name; `None` where nothing is left of it, or more than any place is called.
    pub(super) fn of(name: &str) -> Option<Self> {
        let mut key = Self { bytes: [0; KEY_BYTES_MAX], len: 0 };
        if name.is_ascii() {
            key.fill(name)?;
        } else {
            key.fill(&fold(name))?;
        }
        key.shorten_last_word();
        while key.ends_with(b" ") {
            key.len -= 1;
        }
        (key.len > 0).then_some(key)
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    fn fill(&mut self, name: &str) -> Option<()> {
        for c in name.chars() {
            match c {
                '.' | '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' => {}
                '&' => self.push_all(b"and")?,
                c if c.is_ascii() && !c.is_ascii_alphanumeric() => self.end_word()?,
                c if c.is_ascii() => self.push(c.to_ascii_lowercase() as u8)?,
                c if c.is_alphanumeric() => {
                    self.push_all(c.encode_utf8(&mut [0; 4]).as_bytes())?;
                }
                _ => self.end_word()?,
            }
        }
        Some(())
    }

    fn push_all(&mut self, bytes: &[u8]) -> Option<()> {
        bytes.iter().try_for_each(|&byte| self.push(byte))
    }

    fn push(&mut self, byte: u8) -> Option<()> {
        *self.bytes.get_mut(self.len)? = byte;
        self.len += 1;
        Some(())
    }

    fn end_word(&mut self) -> Option<()> {
        self.shorten_last_word();
        if self.len == 0 || self.ends_with(b" ") {
            return Some(());
        }
        self.push(b' ')
    }

    /// Makes the last word short where it is one of those that are printed long or short.
    fn shorten_last_word(&mut self) {
        if self.as_bytes() == b"the" {
            self.len = 0;
        }
        for (long, short) in [("saint", "st"), ("fort", "ft"), ("mount", "mt"), ("sainte", "ste")] {
            let Some(start) = self.len.checked_sub(long.len()) else { continue };
            let is_word = start == 0 || self.bytes[start - 1] == b' ';
            if is_word && self.ends_with(long.as_bytes()) {
                self.len = start;
                // What is shorter than what stood there has room.
                let _ = self.push_all(short.as_bytes());
            }
        }
    }

    fn ends_with(&self, bytes: &[u8]) -> bool {
        self.as_bytes().ends_with(bytes)
    }
}

/// Returns a name as a part of a path: `Kharkiv Oblast` is `kharkiv-oblast`.
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in fold(name).chars() {
        match c {
            '.' | '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' => {}
            c if c.is_alphanumeric() => slug.push(c),
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for (names, key) in [
            (vec!["U.S.", "US", "us"], "us"),
            (vec!["Saint Petersburg", "St. Petersburg", "ST.-PETERSBURG"], "st petersburg"),
            (vec!["The Hague", "the Hague", "Hague"], "hague"),
            (vec!["São Paulo", "Sao Paulo"], "sao paulo"),
            (vec!["Côte d’Ivoire", "Cote d'Ivoire"], "cote divoire"),
            (vec!["Port-au-Prince", "Port au Prince"], "port au prince"),
            (vec!["Trinidad & Tobago", "Trinidad and Tobago"], "trinidad and tobago"),
            (vec!["Fort Worth", "Ft. Worth"], "ft worth"),
        ] {
            for name in names {
                let found = Key::of(name).unwrap();
                assert_eq!(std::str::from_utf8(found.as_bytes()).unwrap(), key, "{name}");
            }
        }
    }

    #[test]
    fn what_no_place_is_called_has_no_key() {
        assert!(Key::of("").is_none());
        assert!(Key::of(" - ").is_none());
        assert!(Key::of("the").is_none());
        assert!(Key::of(&"long ".repeat(100)).is_none());
    }

    #[test]
    fn a_slug_is_a_readable_part_of_a_path() {
        assert_eq!(slug("Kharkiv Oblast"), "kharkiv-oblast");
        assert_eq!(slug("Provence-Alpes-Côte d'Azur"), "provence-alpes-cote-dazur");
        assert_eq!(slug("Washington, D.C."), "washington-dc");
    }
}
