//! Why nothing matched, for people, with commands that would match.

use std::path::Path;

use crate::search::{Diagnosis, Part};
use crate::text::printable;

use super::say;
use crate::render::counted;

/// Tells why nothing matched.
pub(super) fn tell(diagnosis: &Diagnosis, index: Option<&Path>) {
    lines(diagnosis, index).iter().for_each(|line| say(line));
}

fn lines(diagnosis: &Diagnosis, index: Option<&Path>) -> Vec<String> {
    let mut lines = Vec::new();
    let is_one = diagnosis.parts.len() == 1;
    for part in diagnosis.parts.iter().filter(|_| !is_one) {
        let n = counted(part.n_articles, "article");
        lines.push(format!("{n:>16}  {}{}", printable(&part.query), verdict(part)));
    }
    let no_part_is_empty = diagnosis.parts.iter().all(|part| part.n_articles > 0);
    if !is_one && no_part_is_empty {
        lines.push("each part is found, but no article has them all".to_owned());
    }
    for unknown in &diagnosis.unknown {
        let nearest = match unknown.nearest.as_slice() {
            [] => "nothing in the archive is like it".to_owned(),
            nearest => format!("the nearest are {}", nearest.join(", ")),
        };
        lines.push(format!("'{}' stands in no article; {nearest}", printable(&unknown.word)));
    }
    for relaxation in &diagnosis.relaxations {
        let option = index.map_or_else(String::new, |dir| {
            format!("--index {} ", quoted(&dir.display().to_string()))
        });
        let n = counted(relaxation.n_articles, "article");
        let query = quoted(&relaxation.query);
        lines.push(format!("try: dateline search {option}{query}  # {n}"));
    }
    lines
}

fn verdict(part: &Part) -> String {
    match part.n_without {
        Some(n) if n > 0 => format!("  ({} without it)", counted(n, "article")),
        _ => String::new(),
    }
}

/// Quotes an argument for a shell.
fn quoted(argument: &str) -> String {
    let argument = printable(argument);
    let is_plain = |c: char| c.is_alphanumeric() || "/._-".contains(c);
    let is_option = argument.starts_with('-');
    if argument.chars().all(is_plain) && !argument.is_empty() && !is_option {
        return argument.into_owned();
    }
    format!("'{}'", argument.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_survive_a_shell() {
        for (argument, typed) in [
            ("ferry", "ferry"),
            ("ferry strike", "'ferry strike'"),
            ("o'brien", "'o'\\''brien'"),
            ("-a", "'-a'"),
            ("", "''"),
            ("a*", "'a*'"),
        ] {
            assert_eq!(quoted(argument), typed);
        }
    }
}
