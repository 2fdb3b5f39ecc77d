//! A property list for launchd.

use super::Night;

/// The name by which launchd knows the job.
const LABEL: &str = "local.dateline.index";

/// How long launchd waits, in seconds, for a run that it has asked to stop.
const EXIT_TIMEOUT_S: u32 = 900;

/// Prints the property list.
///
/// A comment of XML must not have two hyphens side by side: no option and no path stands in one.
pub(super) fn print(night: &Night) -> String {
    let arguments = [&night.program].into_iter().chain(&night.run);
    let arguments: String =
        arguments.map(|it| format!("    <string>{}</string>\n", escaped(it))).collect();
    format!(
        "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">
<!--
  dateline every night at {at}. To install it, save it under the name
    ~/Library/LaunchAgents/{LABEL}.plist
  and run
    launchctl bootstrap gui/$(id -u) ~/Library/LaunchAgents/{LABEL}.plist
  launchd tells nobody how a run ended: let your monitoring run 'dateline status' with the option
  max-age, which fails if the last good run is too old. A night that the machine slept through is
  made up for when it wakes. To read an archive in a folder that macOS protects, the program needs
  full access to the disk (System Settings, Privacy & Security).
-->
<plist version=\"1.0\">
<dict>
  <key>Label</key>
  <string>{LABEL}</string>
  <key>ProgramArguments</key>
  <array>
{arguments}  </array>
  <key>StartCalendarInterval</key>
  <dict>
    <key>Hour</key>
    <integer>{hour}</integer>
    <key>Minute</key>
    <integer>{minute}</integer>
  </dict>
  <key>ProcessType</key>
  <string>Background</string>
  <key>Nice</key>
  <integer>10</integer>
  <key>LowPriorityIO</key>
  <true/>
  <key>ExitTimeOut</key>
  <integer>{EXIT_TIMEOUT_S}</integer>
  <key>StandardOutPath</key>
  <string>{log}</string>
  <key>StandardErrorPath</key>
  <string>{log}</string>
</dict>
</plist>
",
        at = night.at,
        hour = night.at.hour(),
        minute = night.at.minute(),
        log = escaped(&night.log),
    )
}

/// Writes a text between the tags of XML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::night_at;
    use super::*;

    /// Reads a text as a parser of XML does.
    fn read(escaped: &str) -> String {
        assert!(!escaped.contains(['<', '>']), "{escaped}");
        escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    }

    /// Returns the texts of all elements of a name.
    fn texts<'a>(printed: &'a str, name: &str) -> Vec<&'a str> {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        let elements = printed.split(&open).skip(1);
        elements.map(|it| it.split(&close).next().unwrap()).collect()
    }

    #[test]
    fn each_rule_of_quoting() {
        for (text, written) in [
            ("/srv/Київ", "/srv/Київ"),
            ("/a & b", "/a &amp; b"),
            ("/<a>", "/&lt;a&gt;"),
            ("/&amp;", "/&amp;amp;"),
            ("/]]>", "/]]&gt;"),
            (r#"/it's "a" $b %c \d"#, r#"/it's "a" $b %c \d"#),
        ] {
            assert_eq!(escaped(text), written);
        }
    }

    #[test]
    fn the_list_of_a_night() {
        let printed = print(&night_at("/srv/--a & b"));
        let (_, rest) = printed.split_once("<!--").unwrap();
        let (comment, rest) = rest.split_once("-->").unwrap();
        assert!(!comment.contains("--") && !rest.contains("<!--"));
        assert_eq!(texts(&printed, "integer"), ["23", "5", "10", "900"]);
        assert_eq!(
            texts(&printed, "string"),
            [
                LABEL,
                "/usr/bin/dateline",
                "index",
                "--index",
                "/srv/index",
                "/srv/--a &amp; b",
                "Background",
                "/srv/index.log",
                "/srv/index.log"
            ]
        );
    }

    proptest! {
        #[test]
        fn every_path_comes_back(path in "/[ -~é&<>;]{0,30}") {
            prop_assert_eq!(read(&escaped(&path)), path.clone());
            let printed = print(&night_at(&path));
            prop_assert_eq!(read(texts(&printed, "string")[5]), path);
        }
    }
}
