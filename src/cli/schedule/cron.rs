//! Lines of a crontab.
//!
//! cron gives the line to `sh`, after it has made each `\%` a `%`; a `%` alone would be a line
//! end. cron mails what a line prints, so the run prints nothing unless it has failed, and what it
//! says goes to a log.

use crate::error::{Error, Kind, Result};

use super::Night;

/// The longest line that every cron reads, in bytes.
const LINE_BYTES_MAX: usize = 998;

/// How many lines of the log are mailed when a run has failed.
const LINES_MAILED: usize = 20;

/// What makes way for others; the class of reading and writing is known to Linux alone.
const GENTLY: &str =
    if cfg!(target_os = "linux") { "nice -n 10 ionice -c 3" } else { "nice -n 10" };

/// Prints the lines.
///
/// # Errors
///
/// [`Kind::Usage`] where a line would be too long for cron.
pub(super) fn print(night: &Night) -> Result<String> {
    let (at, heartbeat_at) = (night.at, night.heartbeat_at());
    Ok(format!(
        "\
# dateline every night at {at}, and a heartbeat at {heartbeat_at}. To install them, pipe this output
# once into (crontab -l; cat) | crontab -
# or write them with 'crontab -e'. In /etc/crontab, the name of a user goes before the command.
#
# cron mails what is printed: nothing if the run went well, or if some records were set aside (exit
# code 3); else the exit code and the end of the log. MAILTO=ADDRESS above the lines says to whom.
{}
{}
",
        line(at.hour(), at.minute(), &run(night))?,
        line(heartbeat_at.hour(), heartbeat_at.minute(), &heartbeat(night))?,
    ))
}

fn line(hour: u8, minute: u8, command: &str) -> Result<String> {
    let line = format!("{minute} {hour} * * *  {}", escaped(command));
    if line.len() > LINE_BYTES_MAX {
        let message =
            format!("the line of cron would be longer than {LINE_BYTES_MAX} bytes, its limit");
        return Err(Error::new(Kind::Usage, message)
            .with_hint("write the paths into a dateline.toml and name it with --config"));
    }
    Ok(line)
}

/// Returns what `sh` is to do at night.
fn run(night: &Night) -> String {
    let log = quoted(&night.log);
    format!(
        "{GENTLY} {} >>{log} 2>&1 || {{ code=$?; [ $code -eq 3 ] || \
         {{ echo \"dateline index: exit code $code\"; tail -n {LINES_MAILED} {log}; }}; }}",
        command(&night.program, &night.run),
    )
}

/// Returns what `sh` is to do in the morning: whatever is wrong is said on stderr.
fn heartbeat(night: &Night) -> String {
    format!("{} >/dev/null", command(&night.program, &night.heartbeat))
}

fn command(program: &str, arguments: &[String]) -> String {
    let mut words = vec![quoted(program)];
    words.extend(arguments.iter().map(|it| quoted(it)));
    words.join(" ")
}

/// Quotes a word for `sh`, so that it can stand in a crontab.
///
/// Some crons take `\\` for one backslash and others for two, and none sees a `\%` behind another
/// backslash alike. So the quotes are closed and opened again behind each backslash: none is ever
/// followed by a second, or by a `%`.
pub(super) fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/_.,:=@+-".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    let mut quoted = String::from("'");
    for c in word.chars() {
        match c {
            '\'' => quoted.push_str("'\\''"),
            '\\' => quoted.push_str("\\''"),
            c => quoted.push(c),
        }
    }
    quoted + "'"
}

/// Makes each `%` one that cron passes on.
fn escaped(command: &str) -> String {
    command.replace('%', "\\%")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::night_at;
    use super::*;

    /// Reads a command as the cron of Paul Vixie does, which takes `\\` for one backslash.
    fn read_by_vixie(line: &str) -> String {
        let mut read = String::new();
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            assert_ne!(c, '%', "{line}");
            match chars.peek() {
                Some(next) if c == '\\' && "%\\".contains(*next) => read.extend(chars.next()),
                Some(next) if c == '\\' => {
                    read.extend([c, *next]);
                    chars.next();
                }
                _ => read.push(c),
            }
        }
        read
    }

    /// Reads a command as other crons do, which know `\%` alone.
    fn read_by_others(line: &str) -> String {
        line.replace("\\%", "%")
    }

    /// Reads one word as `sh` does; the characters outside quotes must be harmless.
    fn read_by_sh(typed: &str) -> String {
        let mut word = String::new();
        let mut chars = typed.chars();
        while let Some(c) = chars.next() {
            match c {
                '\'' => word.extend(chars.by_ref().take_while(|it| *it != '\'')),
                '\\' => word.extend(chars.next()),
                c => {
                    assert!(!" \"$`%;&|<>()*?[]{}~#!".contains(c), "{c} in {typed}");
                    word.push(c);
                }
            }
        }
        word
    }

    #[test]
    fn each_rule_of_quoting() {
        for (word, typed) in [
            ("/srv/archive", "/srv/archive"),
            ("/srv/Київ", "/srv/Київ"),
            ("/a b", "'/a b'"),
            ("/it's", r"'/it'\''s'"),
            ("/$HOME", "'/$HOME'"),
            ("/50%", r"'/50\%'"),
            (r"/a\b", r"'/a\''b'"),
            (r"/a\\b", r"'/a\''\''b'"),
            (r"/a\%b", r"'/a\''\%b'"),
            ("/~", "'/~'"),
            ("5%", r"'5\%'"),
            ("", "''"),
        ] {
            assert_eq!(escaped(&quoted(word)), typed);
        }
    }

    #[test]
    fn the_lines_of_a_night() {
        let printed = print(&night_at("/srv/my archive")).unwrap();
        let lines: Vec<&str> = printed.lines().filter(|it| !it.starts_with('#')).collect();
        let run = format!(
            "5 23 * * *  {GENTLY} /usr/bin/dateline index --index /srv/index '/srv/my archive' \
             >>/srv/index.log 2>&1 || {{ code=$?; [ $code -eq 3 ] || \
             {{ echo \"dateline index: exit code $code\"; tail -n 20 /srv/index.log; }}; }}"
        );
        let heartbeat =
            "5 4 * * *  /usr/bin/dateline status --max-age 26h --index /srv/index >/dev/null";
        assert_eq!(lines, [run.as_str(), heartbeat]);
    }

    #[test]
    fn a_line_that_cron_would_cut_is_refused() {
        let long = format!("/{}", "a".repeat(LINE_BYTES_MAX));
        assert_eq!(print(&night_at(&long)).unwrap_err().kind, Kind::Usage);
    }

    proptest! {
        #[test]
        fn every_path_comes_back(
            path in prop_oneof!["/\\PC{0,30}", "/[ -~é]{0,30}", r"/[\\%'a]{0,12}"]
        ) {
            let line = escaped(&quoted(&path));
            prop_assert_eq!(&read_by_sh(&read_by_vixie(&line)), &path);
            prop_assert_eq!(&read_by_sh(&read_by_others(&line)), &path);
        }
    }
}
