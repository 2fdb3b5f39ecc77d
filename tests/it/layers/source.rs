//! The house as the rules see it: files of code, without comments, quotations and tests.

use std::fs;
use std::path::Path;

/// A file of a room.
pub(super) struct Room {
    /// The room: the first folder below `src`, or the name of the file there.
    pub(super) name: String,
    /// The path below `src`.
    pub(super) path: String,
    /// How many lines the file has without its tests.
    pub(super) n_lines: usize,
    code: String,
}

/// Reads every file of `src` but those of tests.
pub(super) fn house() -> Vec<Room> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut pending = vec![src.clone()];
    let mut rooms = Vec::new();
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            pending.extend(fs::read_dir(path).unwrap().map(|it| it.unwrap().path()));
            continue;
        }
        let below = path.strip_prefix(&src).unwrap().to_str().unwrap();
        let is_test = below.ends_with("/tests.rs") || below.contains("/tests/");
        if below.ends_with(".rs") && !is_test {
            rooms.push(Room::read(below, &fs::read_to_string(&path).unwrap()));
        }
    }
    assert!(rooms.len() > 20, "the house is not at {}", src.display());
    rooms.sort_by(|a, b| a.path.cmp(&b.path));
    rooms
}

impl Room {
    /// Reads a file that lies at a path below `src`.
    pub(super) fn read(path: &str, text: &str) -> Self {
        let first = path.split('/').next().unwrap();
        let bare = without_tests(&without_comments_and_quotes(text));
        Self {
            name: first.trim_end_matches(".rs").to_owned(),
            path: path.to_owned(),
            n_lines: bare.lines().count(),
            code: dense(&bare),
        }
    }

    /// Returns what follows `root::` anywhere, lists in braces taken apart.
    ///
    /// For `crate`, what is reached with enough `super::` counts too.
    pub(super) fn entered(&self, root: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut starts = vec![format!("{root}::")];
        if root == "crate" {
            starts.push("super::".repeat(self.depth()));
        }
        for start in starts {
            for (at, _) in self.code.match_indices(&start) {
                let before = &self.code[..at];
                if !ends_in_name(before) && !before.ends_with("super::") {
                    found.extend(first_names(&self.code[at + start.len()..]));
                }
            }
        }
        found.retain(|it| it != "super" && it != "self");
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Tells whether an outside crate is named: `serde::…`, `use serde;`, `use serde as s;`.
    pub(super) fn names_crate(&self, name: &str) -> bool {
        self.code.match_indices(name).any(|(at, _)| {
            let (before, after) = (&self.code[..at], &self.code[at + name.len()..]);
            let is_used = before.ends_with("use ") && after.starts_with([';', ' ']);
            !ends_in_name(before)
                && !before.ends_with("::")
                && !before.ends_with('.')
                && (after.starts_with("::") || is_used)
        })
    }

    /// Tells whether a word stands in the code, not as the end of a longer one.
    pub(super) fn has(&self, word: &str) -> bool {
        let is_apart = |at: usize| word.starts_with('.') || !ends_in_name(&self.code[..at]);
        self.code.match_indices(word).any(|(at, _)| is_apart(at))
    }

    /// How many `super::` lead from the file's module to the crate.
    fn depth(&self) -> usize {
        let n_parts = self.path.split('/').count();
        n_parts - usize::from(self.path.ends_with("/mod.rs"))
    }
}

fn ends_in_name(code: &str) -> bool {
    code.ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// Returns the first name of a path, or those of a list of paths in braces.
fn first_names(code: &str) -> Vec<String> {
    let name = |code: &str| -> String {
        code.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let Some(list) = code.strip_prefix('{') else {
        return vec![name(code)];
    };
    let mut names = vec![name(list)];
    let mut depth = 1;
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(name(&list[at + 1..])),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names.retain(|it| !it.is_empty());
    names
}

/// Takes the white space out that no word needs: `crate :: a` is `crate::a`.
fn dense(code: &str) -> String {
    let mut dense = String::new();
    for word in code.split_whitespace() {
        if ends_in_name(&dense) && word.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
            dense.push(' ');
        }
        dense.push_str(word);
    }
    dense
}

/// Replaces comments by nothing and quotations by `""`; line ends stay.
fn without_comments_and_quotes(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let raw = rest.trim_start_matches('r').trim_start_matches('#');
        let n_hashes = rest.len() - raw.len();
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |at| at + 2)
        } else if c == 'r' && raw.starts_with('"') && !ends_in_name(&code) {
            let end = format!("\"{}", "#".repeat(n_hashes - 1));
            code.push_str("\"\"");
            n_hashes + 1 + raw[1..].find(&end).map_or(raw.len() - 1, |at| at + end.len())
        } else if c == '"' {
            code.push_str("\"\"");
            quotation_bytes(rest)
        } else if c == '\'' && is_char(rest) {
            quotation_bytes(rest)
        } else {
            code.push(c);
            c.len_utf8()
        };
        let n_lines = rest[..skipped].matches('\n').count();
        if skipped > c.len_utf8() {
            code.extend(std::iter::repeat_n('\n', n_lines));
        }
        rest = &rest[skipped..];
    }
    code
}

/// Returns the bytes of a text or character with its quotes.
fn quotation_bytes(code: &str) -> usize {
    let mark = code.as_bytes()[0];
    let mut at = 1;
    while let Some(byte) = code.as_bytes().get(at) {
        match byte {
            b'\\' => at += 2,
            byte if *byte == mark => return at + 1,
            _ => at += 1,
        }
    }
    code.len()
}

/// Tells a character `'a'` from a lifetime `'a`.
fn is_char(code: &str) -> bool {
    let mut chars = code.chars().skip(1);
    chars.next() == Some('\\') || chars.next() == Some('\'')
}

/// Takes out what follows `#[cfg(test)]` or `#[test]`, up to its end.
fn without_tests(code: &str) -> String {
    let mut kept = String::new();
    let mut rest = code;
    while let Some(at) = ["#[cfg(test)]", "#[test]"].iter().filter_map(|it| rest.find(it)).min() {
        kept.push_str(&rest[..at]);
        rest = &rest[at + item_bytes(&rest[at..])..];
    }
    kept + rest
}

/// Returns the bytes of an item: up to a `;`, or the brace that closes the first one.
fn item_bytes(code: &str) -> usize {
    let mut depth = 0;
    for (at, c) in code.char_indices() {
        match c {
            ';' if depth == 0 => return at + 1,
            '{' => depth += 1,
            '}' if depth == 1 => return at + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    code.len()
}
