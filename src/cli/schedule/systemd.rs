//! Services and timers for systemd.
//!
//! One output holds four files; a line `# file: NAME` begins each, so that the line of awk in its
//! head can lay them down. The same files serve the system and a single user: the manager of a
//! user may not do all of the sandboxing, and goes on without it. What takes capabilities away
//! (`PrivateDevices=`, `ProtectClock=` and the like) is left out, because there it fails instead.
//! What is used was there in systemd 239, of 2018.

use super::Night;
use super::cron::quoted as quoted_for_sh;

/// Lays down the files of the output in the working directory.
const AWK: &str = "awk '/^# file: /{f=$3} f{print > f}'";

/// Where a private folder would hide what is to be read.
const TEMPORARY: [&str; 2] = ["/tmp", "/var/tmp"];

/// Prints the four files.
pub(super) fn print(night: &Night) -> String {
    [
        head(night),
        run_service(night),
        timer("dateline-index.timer", &run_timer(night)),
        heartbeat_service(night),
        timer("dateline-heartbeat.timer", &heartbeat_timer(night)),
    ]
    .join("\n")
}

fn head(night: &Night) -> String {
    format!(
        "\
# dateline every night at {at}, and a heartbeat at {heartbeat_at} that fails if the night was
# missed. These are four files; '# file: NAME' begins each. To install them, pipe this output
#
# for the whole system, into
#   (cd /etc/systemd/system && sudo {AWK})
#   sudo systemctl daemon-reload
#   sudo systemctl enable --now dateline-index.timer dateline-heartbeat.timer
#
# for yourself alone, into
#   (mkdir -p ~/.config/systemd/user && cd ~/.config/systemd/user && {AWK})
#   systemctl --user daemon-reload
#   systemctl --user enable --now dateline-index.timer dateline-heartbeat.timer
#   loginctl enable-linger    # without it, nothing runs while you are not logged in
#
# The folder of the index must be there before the first run: mkdir -p {index}
# To run it now: systemctl start dateline-index; to read what it said: journalctl -u dateline-index
# (with --user after either for yourself alone).
",
        at = night.at,
        heartbeat_at = night.heartbeat_at(),
        index = quoted_for_sh(&night.index),
    )
}

fn run_service(night: &Night) -> String {
    let mounts: Vec<String> = night.paths().map(path).collect();
    format!(
        "\
# file: dateline-index.service
[Unit]
Description=Index the news archive
RequiresMountsFor={mounts}
# Who is told when a run fails; the unit is for you to write.
#OnFailure=tell-the-operator@%n.service

[Service]
Type=oneshot
# The system's own service runs as root; better is a user who can read the archive and write the
# index.
#User=
ExecStart={run}
# 3: finished, some records set aside. 143: stopped by systemd; the next run continues.
SuccessExitStatus=3 143
# When it is stopped, it commits what it has read until then.
TimeoutStopSec=15min
Nice=10
CPUSchedulingPolicy=batch
IOSchedulingClass=idle
# It writes the index and nothing else.
ReadWritePaths={index}
{sandbox}",
        mounts = mounts.join(" "),
        run = command(&night.program, &night.run),
        index = path(&night.index),
        sandbox = sandbox(night),
    )
}

fn heartbeat_service(night: &Night) -> String {
    format!(
        "\
# file: dateline-heartbeat.service
[Unit]
Description=Fail if the news archive was not indexed last night
# A run that is under way is waited for.
After=dateline-index.service
#OnFailure=tell-the-operator@%n.service

[Service]
Type=oneshot
#User=
ExecStart={heartbeat}
{sandbox}",
        heartbeat = command(&night.program, &night.heartbeat),
        sandbox = sandbox(night),
    )
}

fn run_timer(night: &Night) -> String {
    format!(
        "\
Description=Index the news archive every night

[Timer]
OnCalendar=*-*-* {}:00
# Machines that share a disk do not all begin at once; a night that was missed is made up for.
RandomizedDelaySec=15min
Persistent=true
",
        night.at
    )
}

fn heartbeat_timer(night: &Night) -> String {
    format!(
        "\
Description=Look every morning whether the news archive was indexed

[Timer]
OnCalendar=*-*-* {}:00
",
        night.heartbeat_at()
    )
}

fn timer(file: &str, sections: &str) -> String {
    format!("# file: {file}\n[Unit]\n{sections}\n[Install]\nWantedBy=timers.target\n")
}

/// Returns the settings that take rights away.
fn sandbox(night: &Night) -> String {
    let is_temporary = |path: &str| {
        let below = |dir: &str| path.strip_prefix(dir).is_some_and(is_below);
        TEMPORARY.iter().any(|dir| below(dir))
    };
    let private = if night.paths().any(is_temporary) { "" } else { "PrivateTmp=yes\n" };
    format!(
        "\
ProtectSystem=strict
ProtectHome=read-only
{private}\
ProtectKernelTunables=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
SystemCallArchitectures=native
NoNewPrivileges=yes
"
    )
}

fn is_below(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('/')
}

/// Writes a command line.
///
/// Of the program's own name, nothing is replaced but specifiers, and quotes and backslashes are
/// refused even where they are escaped; so a program with such a name is started by `env`.
fn command(program: &str, arguments: &[String]) -> String {
    let mut words = match program.contains(['"', '\'', '\\']) {
        true => vec!["/usr/bin/env".to_owned(), argument(program)],
        false => vec![path(program)],
    };
    words.extend(arguments.iter().map(|it| argument(it)));
    words.join(" ")
}

/// Writes an argument of a command line: `$` begins the name of a variable there, and `$$` is one.
fn argument(text: &str) -> String {
    quoted(&text.replace('$', "$$"))
}

/// Writes a path of a setting, where `$` is a letter like any other.
fn path(text: &str) -> String {
    quoted(text)
}

/// Writes a word: `%%` for the `%` that begins a specifier, and in quotes where it needs them.
///
/// Of the escapes only `\\` and `\"` are used: not every setting reads the others.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/_.,:=@+-".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%");
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::night_at;
    use super::*;

    /// Reads a line of words as systemd does, variables aside; each must be known.
    fn words(line: &str) -> Vec<String> {
        let mut words = Vec::new();
        let mut rest = line;
        while !rest.is_empty() {
            let mut word = String::new();
            let is_quoted = rest.starts_with('"');
            let mut chars = rest[usize::from(is_quoted)..].chars();
            loop {
                match chars.next() {
                    Some('"') if is_quoted => break,
                    Some(' ') if !is_quoted => break,
                    None => break,
                    Some('\\') => {
                        word.push(chars.next().filter(|it| "\\\"".contains(*it)).unwrap());
                    }
                    Some('%') => word.push(chars.next().filter(|it| *it == '%').unwrap()),
                    Some(c) => word.push(c),
                }
            }
            rest = chars.as_str().trim_start_matches(' ');
            words.push(word);
        }
        words
    }

    /// Puts the values of variables in, as systemd does: there are none.
    fn without_variables(word: &str) -> String {
        let mut kept = String::new();
        let mut chars = word.chars();
        while let Some(c) = chars.next() {
            assert!(c != '$' || chars.next() == Some('$'), "a variable in {word}");
            kept.push(c);
        }
        kept
    }

    #[test]
    fn each_rule_of_quoting() {
        for (text, in_a_path, in_a_command) in [
            ("/srv/archive", "/srv/archive", "/srv/archive"),
            ("/srv/Київ", "/srv/Київ", "/srv/Київ"),
            ("/a b", r#""/a b""#, r#""/a b""#),
            ("/50%", r#""/50%%""#, r#""/50%%""#),
            ("/$HOME", r#""/$HOME""#, r#""/$$HOME""#),
            ("/${HOME}", r#""/${HOME}""#, r#""/$${HOME}""#),
            (r#"/"a""#, r#""/\"a\"""#, r#""/\"a\"""#),
            ("/it's", r#""/it's""#, r#""/it's""#),
            (r"/a\b", r#""/a\\b""#, r#""/a\\b""#),
            ("/a;b", r#""/a;b""#, r#""/a;b""#),
            ("", r#""""#, r#""""#),
        ] {
            assert_eq!((path(text).as_str(), argument(text).as_str()), (in_a_path, in_a_command));
        }
    }

    #[test]
    fn a_program_with_quotes_in_its_name_is_started_by_env() {
        let run = ["index".to_owned()];
        assert_eq!(command("/a b/$c%", &run), r#""/a b/$c%%" index"#);
        assert_eq!(command("/a\"b/$c", &run), r#"/usr/bin/env "/a\"b/$$c" index"#);
    }

    #[test]
    fn what_lies_in_a_folder_for_temporary_files_is_not_hidden() {
        for (path, is_hidden) in
            [("/tmp/a", false), ("/var/tmp", false), ("/tmpa", true), ("/srv/tmp/a", true)]
        {
            assert_eq!(print(&night_at(path)).contains("PrivateTmp=yes"), is_hidden, "{path}");
        }
    }

    #[test]
    fn each_file_is_begun_by_its_name() {
        let printed = print(&night_at("/srv/my archive"));
        let names: Vec<&str> =
            printed.lines().filter_map(|line| line.strip_prefix("# file: ")).collect();
        assert_eq!(
            names,
            [
                "dateline-index.service",
                "dateline-index.timer",
                "dateline-heartbeat.service",
                "dateline-heartbeat.timer"
            ]
        );
        for line in [
            "ExecStart=/usr/bin/dateline index --index /srv/index \"/srv/my archive\"",
            "ExecStart=/usr/bin/dateline status --max-age 26h --index /srv/index",
            "RequiresMountsFor=/usr/bin/dateline /srv/index \"/srv/my archive\"",
            "ReadWritePaths=/srv/index",
            "OnCalendar=*-*-* 23:05:00",
            "OnCalendar=*-*-* 04:05:00",
        ] {
            assert!(printed.lines().any(|it| it == line), "{line} is not in\n{printed}");
        }
    }

    proptest! {
        #[test]
        fn every_path_comes_back(before in "/\\PC{0,20}", text in "/[ -~é]{0,20}") {
            let line = [path(&before), path(&text)].join(" ");
            prop_assert_eq!(words(&line), [before.clone(), text.clone()]);
            let line = [argument(&before), argument(&text)].join(" ");
            let read: Vec<String> = words(&line).iter().map(|it| without_variables(it)).collect();
            prop_assert_eq!(read, [before, text]);
        }
    }
}
