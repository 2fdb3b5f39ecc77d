//! A world: an archive, the index made of it, and the program to ask.
//!
//! ```text
//! let world = World::with([("a.txt", "Ferry stops\n\nThe boat is old.")]);
//! world.index().expect(0);
//! world.search("boat").prints(["…"]);
//! ```
//!
//! The archive lies in `news`, the index in `index`, below a folder of the world's own that is
//! also the working directory of the program. Nothing of the tester's environment reaches it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use dateline::index::Home;
use dateline::search::Searcher;
use serde_json::Value;
use tempfile::TempDir;

/// The name of the archive's folder.
pub(crate) const NEWS: &str = "news";

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_dateline");

/// An archive and the program.
pub(crate) struct World {
    dir: TempDir,
}

impl World {
    /// Makes a world with an empty archive.
    pub(crate) fn empty() -> Self {
        let world = Self { dir: tempfile::tempdir().unwrap() };
        fs::create_dir(world.path(NEWS)).unwrap();
        world
    }

    /// Makes a world whose archive holds files.
    pub(crate) fn with<const N: usize>(files: [(&str, &str); N]) -> Self {
        let world = Self::empty();
        for (name, text) in files {
            world.put(name, text);
        }
        world
    }

    /// Makes an indexed world of articles: `a.txt`, `b.txt` and so on.
    ///
    /// A line is a paragraph; the first line is the headline where a blank line follows it.
    pub(crate) fn of<const N: usize>(articles: [&str; N]) -> Self {
        let world = Self::empty();
        for (letter, text) in ('a'..).zip(articles) {
            world.put(&format!("{letter}.txt"), text);
        }
        world.index().expect(0);
        world
    }

    /// Makes an indexed world of records, one a line of `wire.jsonl`.
    pub(crate) fn of_records<const N: usize>(records: [Value; N]) -> Self {
        let lines: Vec<String> = records.iter().map(Value::to_string).collect();
        let world = Self::with([("wire.jsonl", &lines.join("\n"))]);
        world.index().expect(0);
        world
    }

    /// Puts a file into the archive.
    pub(crate) fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.news(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Returns the path of a file of the archive.
    pub(crate) fn news(&self, name: &str) -> PathBuf {
        self.path(NEWS).join(name)
    }

    /// Returns a path within the world.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Returns the index, for the library.
    pub(crate) fn home(&self) -> Home {
        Home::at(self.path("index"))
    }

    /// Opens the index with the library.
    pub(crate) fn searcher(&self) -> Searcher {
        Searcher::open(&self.home()).unwrap()
    }

    /// Indexes the archive.
    pub(crate) fn index(&self) -> Said {
        self.run(&["index", NEWS])
    }

    /// Searches, and prints for people.
    pub(crate) fn search(&self, query: &str) -> Said {
        self.run(&["search", query])
    }

    /// Searches, and returns the answer as JSON.
    pub(crate) fn json(&self, options: &[&str], query: &str) -> Value {
        let said = self.run(&[&["search", "--format", "json"], options, &[query]].concat());
        serde_json::from_str(&said.out).unwrap_or_else(|cause| panic!("{cause}: {said:?}"))
    }

    /// Checks which articles fulfil a query, in the order of the answer.
    #[track_caller]
    pub(crate) fn finds<const N: usize>(&self, query: &str, ids: [&str; N]) {
        assert_eq!(self.ids(&["--match", "all"], query), ids, "{query}");
    }

    /// Returns the ids of an answer, in order.
    pub(crate) fn ids(&self, options: &[&str], query: &str) -> Vec<String> {
        let answer = self.json(options, query);
        let hits = answer["hits"].as_array().unwrap();
        let id = |hit: &Value| hit["id"].as_str().unwrap().trim_end_matches(".txt").to_owned();
        hits.iter().map(id).collect()
    }

    /// Checks which lines of an answer have marks in them; the order of the articles is no matter.
    ///
    /// A page is 110 columns wide: a passage that is shorter is one line.
    #[track_caller]
    pub(crate) fn check<const N: usize>(&self, query: &str, mut lines: [&str; N]) {
        let mut command = self.command(&["search", "--match", "all", query]);
        let said = Said::of(command.env("COLUMNS", "110"), "");
        assert!(matches!(said.code, Some(0 | 1)), "{said:?}");
        let marked = said.out.lines().filter(|line| line.contains("**"));
        let mut marked: Vec<&str> = marked.map(without_rank).collect();
        marked.sort_unstable();
        lines.sort_unstable();
        assert_eq!(marked, lines, "{query}");
    }

    /// Counts the articles that match; fails unless the program agrees with itself on none.
    #[track_caller]
    pub(crate) fn count(&self, query: &str) -> u64 {
        let said = self.run(&["count", query]);
        let n = said.out.trim_end().parse().unwrap_or_else(|_| panic!("{said:?}"));
        said.expect(i32::from(n == 0));
        n
    }

    /// Runs the program.
    pub(crate) fn run(&self, args: &[&str]) -> Said {
        Said::of(&mut self.command(args), "")
    }

    /// Runs the program with something to read on its stdin.
    pub(crate) fn run_fed(&self, args: &[&str], input: &str) -> Said {
        Said::of(&mut self.command(args), input)
    }

    /// Returns the command that runs the program here, for tests that need more than [`Self::run`].
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        command(self.dir.path(), args)
    }
}

/// Returns the command that runs the program in a folder, without any environment.
pub(crate) fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(args).current_dir(dir).env_clear();
    command
}

/// Takes the rank off a headline, or the indent off a passage.
fn without_rank(line: &str) -> &str {
    line.get(4..).unwrap_or(line).trim_start()
}

/// What the program said.
#[derive(Debug)]
pub(crate) struct Said {
    /// The arguments, for the message of a test that fails.
    _args: String,
    /// The exit code, or nothing where a signal ended it.
    pub(crate) code: Option<i32>,
    /// What it printed.
    pub(crate) out: String,
    /// What it said beside.
    pub(crate) err: String,
}

impl Said {
    /// Runs a command to its end.
    pub(crate) fn of(command: &mut Command, input: &str) -> Self {
        let args = format!("{:?}", command.get_args());
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = piped.stderr(Stdio::piped()).spawn().unwrap();
        // Whoever does not read its stdin closes it, which is no failure.
        _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        Self {
            _args: args,
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Checks the exit code.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    /// Checks all lines of stdout.
    #[track_caller]
    pub(crate) fn prints<const N: usize>(self, lines: [&str; N]) -> Self {
        let printed: Vec<&str> = self.out.lines().collect();
        assert_eq!(printed, lines, "{self:#?}");
        self
    }

    /// Checks that stdout has a line, whatever it is indented by.
    #[track_caller]
    pub(crate) fn prints_line(self, line: &str) {
        assert!(self.out.lines().any(|it| it.trim() == line), "no line '{line}' in {self:#?}");
    }

    /// Checks that stderr has a line.
    #[track_caller]
    pub(crate) fn says(self, line: &str) -> Self {
        assert!(self.err.lines().any(|it| it == line), "no line '{line}' in {self:#?}");
        self
    }

    /// Checks that stderr has no line with these words.
    #[track_caller]
    pub(crate) fn keeps_quiet_about(self, words: &str) -> Self {
        assert!(!self.err.contains(words), "'{words}' is in {self:#?}");
        self
    }
}
