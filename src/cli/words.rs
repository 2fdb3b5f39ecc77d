//! Telling query words that begin with a hyphen from options.
//!
//! `dateline search ferry -strike -n 5` means the word *strike* left out and five hits. clap would
//! take `-strike` for the options `-s`, `-t` and so on, or, told to allow hyphens, `-n` for a word.

use std::ffi::OsString;

use clap::Command;

/// The commands whose arguments are queries.
const ASKING: [&str; 5] = ["search", "count", "facets", "first", "explain"];

/// Returns the arguments with those that are query words behind a `--`.
///
/// A word with one hyphen is an option only if it is one letter that the command knows, or such a
/// letter with a number behind it (`-n5`). Words with two hyphens are left to clap, which knows
/// what a mistyped option was meant to be.
pub(super) fn part(arguments: Vec<OsString>, program: &Command) -> Vec<OsString> {
    let Some(at) = command_at(&arguments, program) else {
        return arguments;
    };
    let known = program.find_subcommand(&arguments[at]);
    let mut options: Vec<OsString> = arguments[..=at].to_vec();
    let mut words = Vec::new();
    let mut rest = arguments[at + 1..].iter().cloned();
    while let Some(argument) = rest.next() {
        let text = argument.to_string_lossy().into_owned();
        if text == "--" {
            words.extend(rest.by_ref());
        } else if let Some(value) = known.and_then(|known| option(&text, known)) {
            options.push(argument);
            if value == Value::Next {
                options.extend(rest.next());
            }
        } else {
            words.push(argument);
        }
    }
    options.push("--".into());
    options.append(&mut words);
    options
}

/// Returns where the command stands, if it is one that asks: it is the first argument that is
/// neither an option of the program nor the value of one.
fn command_at(arguments: &[OsString], program: &Command) -> Option<usize> {
    let mut at = 1;
    loop {
        let text = arguments.get(at)?.to_string_lossy();
        match option(&text, program) {
            Some(Value::Next) => at += 2,
            Some(Value::Here) => at += 1,
            None => return ASKING.contains(&text.as_ref()).then_some(at),
        }
    }
}

/// Where the value of an option stands.
#[derive(PartialEq, Eq)]
enum Value {
    /// It has none, or it is attached.
    Here,
    /// It is the next argument.
    Next,
}

/// Reads an argument as an option; nothing where it is a word of the query.
fn option(text: &str, command: &Command) -> Option<Value> {
    if let Some(long) = text.strip_prefix("--") {
        let name = long.split('=').next().unwrap_or_default();
        let found = command.get_arguments().find(|it| it.get_long() == Some(name));
        let wants_next = found.is_some_and(|it| it.get_action().takes_values());
        return Some(if wants_next && !long.contains('=') { Value::Next } else { Value::Here });
    }
    let mut letters = text.strip_prefix('-')?.chars();
    let letter = letters.next()?;
    let found = command.get_arguments().find(|it| it.get_short() == Some(letter))?;
    match letters.as_str() {
        "" if found.get_action().takes_values() => Some(Value::Next),
        "" => Some(Value::Here),
        attached => attached.bytes().all(|it| it.is_ascii_digit()).then_some(Value::Here),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::super::args::Args;
    use super::*;

    fn check(typed: &str, want: &str) {
        let mut program = Args::command();
        program.build();
        let parted = part(typed.split(' ').map(OsString::from).collect(), &program);
        let parted: Vec<String> =
            parted.iter().map(|it| it.to_string_lossy().into_owned()).collect();
        assert_eq!(parted.join(" "), want);
    }

    #[test]
    fn words_with_a_hyphen_are_words() {
        check("dateline search ferry -strike -n 5", "dateline search -n 5 -- ferry -strike");
        check(
            "dateline search -nato -n5 --sort newest a",
            "dateline search -n5 --sort newest -- -nato a",
        );
        check("dateline --index i count -h", "dateline --index i count -h --");
        check("dateline search --index i -sport", "dateline search --index i -- -sport");
        check("dateline search --format=json -", "dateline search --format=json -- -");
        check("dateline search a -- -n", "dateline search -- a -n");
        check("dateline --index count search a", "dateline --index count search -- a");
        check("dateline --index=i count search", "dateline --index=i count -- search");
    }

    #[test]
    fn other_commands_are_left_alone() {
        check("dateline show -q a b", "dateline show -q a b");
        check("dateline help search", "dateline help search");
        check("dateline index count --report r", "dateline index count --report r");
    }

    #[test]
    fn mistyped_options_are_left_to_clap() {
        check("dateline search --formt json", "dateline search --formt -- json");
    }
}
