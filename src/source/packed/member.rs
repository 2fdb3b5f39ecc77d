//! The names of members.

/// What is to be done about a member, by its name.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// It is read under this name.
    Wanted(String),
    /// It is hidden, as the walk takes it: nothing is said of it.
    Hidden,
    /// Its name leads out of the archive, or cannot be printed: it is refused under this one.
    Refused(String, &'static str),
}

/// The length of the name of a member.
const NAME_BYTES_MAX: usize = 1024;

/// Judges the name of a member.
///
/// Names with a full stop in front, `__MACOSX`, and files named `README` or `LICENSE` are passed
/// over as the walk does. A name is only ever told, never opened; one that leads out of the archive
/// (`../`, `/etc`, `C:`) is refused nevertheless, because it would be taken for another file's.
pub(super) fn named(bytes: &[u8]) -> Named {
    let shown = || {
        let end = bytes.len().min(NAME_BYTES_MAX);
        bytes.get(..end).unwrap_or_default().escape_ascii().to_string()
    };
    let refused = |why| Named::Refused(shown().trim_matches('/').to_owned(), why);
    let Ok(name) = std::str::from_utf8(bytes) else {
        return refused("its name is not UTF-8");
    };
    if bytes.len() > NAME_BYTES_MAX {
        return refused("its name is too long");
    }
    if name.contains(|c: char| c.is_control() || c == '\\') {
        return refused("its name has control characters or backslashes");
    }
    let is_drive = name.as_bytes().get(1) == Some(&b':');
    if name.starts_with('/') || is_drive || name.split('/').any(|part| part == "..") {
        return refused("its name leads out of the archive");
    }
    let parts: Vec<&str> = name.split('/').filter(|it| !it.is_empty() && *it != ".").collect();
    let Some(last) = parts.last() else {
        return Named::Hidden;
    };
    let stem = last.split('.').next().unwrap_or_default();
    let is_hidden = |part: &&str| part.starts_with('.') || *part == "__MACOSX";
    if parts.iter().any(is_hidden) || ["README", "LICENSE"].contains(&stem) {
        return Named::Hidden;
    }
    Named::Wanted(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_wanted_hidden_or_refused() {
        let check = |name: &[u8], want: &str| {
            let found = match named(name) {
                Named::Wanted(name) => name,
                Named::Hidden => "hidden".to_owned(),
                Named::Refused(name, why) => format!("{name}: {why}"),
            };
            assert_eq!(found, want);
        };
        check(b"./may/7.xml", "may/7.xml");
        check("Fähre 1.txt".as_bytes(), "Fähre 1.txt");
        check(b"__MACOSX/7.xml", "hidden");
        check(b"may/.DS_Store", "hidden");
        check(b"README.md", "hidden");
        check(b"../../etc/passwd", "../../etc/passwd: its name leads out of the archive");
        check(b"/etc/passwd", "etc/passwd: its name leads out of the archive");
        check(b"C:/a.txt", "C:/a.txt: its name leads out of the archive");
        check(b"a\x1b[31m", "a\\x1b[31m: its name has control characters or backslashes");
        check(b"caf\xe9", "caf\\xe9: its name is not UTF-8");
    }
}
