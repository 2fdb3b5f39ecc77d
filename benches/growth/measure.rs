//! Measuring one archive. All but the time of day is told by the program itself: a run by its
//! report, queries by `dateline bench`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use dateline::cli::machine;
use dateline::index::now_s;
use dateline::ingest;
use dateline::latency::{Environment, Reach, Report, Row};
use dateline::text::Moment;

use crate::archive::{self, Shape};
use crate::figures::{Class, Files, Run, Setting, Size, Start};

/// The program that is measured.
const DATELINE: &str = env!("CARGO_BIN_EXE_dateline");

/// What a command of its own is asked, by many people of a newsroom of 1987.
const WORDS: [&str; 10] = [
    "oil prices opec",
    "trade deficit japan",
    "wheat exports soviet",
    "interest rates bundesbank",
    "merger agreement shareholders",
    "gold mine production",
    "coffee quota talks",
    "strike port workers",
    "dollar yen intervention",
    "quarterly dividend record",
];

/// The runs, as their reports are called.
const BUILD: &str = "build";
const UNCHANGED: &str = "unchanged";
const CHANGED: &str = "changed";
const FILES_BUILD: &str = "files-build";
const FILES_UNCHANGED: &str = "files-unchanged";

/// The file that tells when, of which commit and on what an index was built.
const SETTING: &str = "setting.json";

/// How often things are asked.
#[derive(Clone, Copy)]
pub(crate) struct Depth {
    /// The queries of a class.
    n_each: u32,
    /// How often each is asked, after once to warm up.
    n_rounds: u32,
    /// How often a command of its own is started for each of the words.
    n_starts: u32,
}

impl Depth {
    pub(crate) const FULL: Self = Self { n_each: 100, n_rounds: 5, n_starts: 20 };
    pub(crate) const TRIAL: Self = Self { n_each: 2, n_rounds: 1, n_starts: 1 };
}

/// Where archives and indexes lie, and how deep they are looked into.
pub(crate) struct Site {
    pub(crate) folder: PathBuf,
    pub(crate) depth: Depth,
}

impl Site {
    pub(crate) fn archive(&self, articles: u64) -> PathBuf {
        self.folder.join(articles.to_string())
    }

    pub(crate) fn index(&self, articles: u64) -> PathBuf {
        self.folder.join(format!("{articles}.index"))
    }

    fn reports(&self, articles: u64) -> PathBuf {
        self.folder.join(format!("{articles}.reports"))
    }

    /// Builds an index and plays two nights: one without a change, and one after one record in a
    /// hundred was corrected. Then the archive and the index are as they were after the build.
    pub(crate) fn build(&self, articles: u64) {
        let (archive, index) = (self.archive(articles), self.index(articles));
        archive::restore(&archive);
        let _ = fs::remove_dir_all(&index);
        let _ = fs::remove_dir_all(self.reports(articles));
        fs::create_dir_all(self.reports(articles)).expect("a folder for the reports");
        let setting = serde_json::to_vec_pretty(&setting()).expect("JSON");
        fs::write(self.reports(articles).join(SETTING), setting).expect("a setting");
        self.run(articles, BUILD, &archive, &index);
        self.run(articles, UNCHANGED, &archive, &index);
        archive::correct(&archive);
        self.run(articles, CHANGED, &archive, &index);
        archive::restore(&archive);
        dateline(&["rollback", "--index", &text(&index)]);
    }

    /// Builds an index of the same articles with a file for each, and plays a night without a
    /// change; does nothing where there is no such archive and none can be made.
    pub(crate) fn build_of_files(&self, articles: u64) {
        let archive = self.folder.join(format!("{articles}.files"));
        if archive.exists() || archive::make(&archive, articles, Shape::Files) {
            let index = self.folder.join(format!("{articles}.files.index"));
            let _ = fs::remove_dir_all(&index);
            self.run(articles, FILES_BUILD, &archive, &index);
            self.run(articles, FILES_UNCHANGED, &archive, &index);
            // Nothing is asked of it.
            let _ = fs::remove_dir_all(&index);
        }
    }

    /// Runs over an archive, and keeps the report of that.
    fn run(&self, articles: u64, name: &str, archive: &Path, index: &Path) {
        eprintln!("{articles} articles: {name}");
        let report = self.reports(articles).join(name).with_extension("json");
        let (archive, index, told) = (text(archive), text(index), text(&report));
        dateline(&["index", &archive, "--index", &index, "--report", &told]);
    }

    /// Returns what building an index took that is there.
    pub(crate) fn built(&self, articles: u64) -> Option<Size> {
        let run = |name: &str| {
            let path = self.reports(articles).join(name).with_extension("json");
            let report = ingest::Report::from_json(&fs::read_to_string(path).ok()?);
            report.as_ref().map(Run::of)
        };
        let files = || Some(Files { build: run(FILES_BUILD)?, unchanged: run(FILES_UNCHANGED)? });
        let setting = fs::read(self.reports(articles).join(SETTING)).ok()?;
        Some(Size {
            articles,
            built_by: serde_json::from_slice(&setting).ok()?,
            text_bytes: archive::text_bytes(&self.archive(articles)),
            build: run(BUILD)?,
            unchanged: run(UNCHANGED)?,
            changed: run(CHANGED)?,
            files: files(),
            index_bytes: index_bytes(&self.index(articles))?,
            ..Size::default()
        })
    }

    /// Asks an index everything, and adds what that took.
    pub(crate) fn asked(&self, articles: u64, built: Size) -> Size {
        let asked_by = setting();
        eprintln!("{articles} articles: asking");
        let asked = self.bench(
            articles,
            &[
                &format!("--generate={}", self.depth.n_each),
                &format!("--repeat={}", self.depth.n_rounds),
                "--cpu",
            ],
        );
        eprintln!("{articles} articles: starting commands");
        Size {
            asked_by,
            classes: classes(&asked),
            asked_memory_bytes: asked.run.memory_bytes_max.unwrap_or_default(),
            start: self.start(articles),
            ..built
        }
    }

    fn start(&self, articles: u64) -> Start {
        let queries = self.folder.join("words.tsv");
        let lines: String = WORDS.iter().map(|words| format!("start\t{words}\n")).collect();
        fs::write(&queries, lines).expect("a file of queries");
        let queries = format!("--queries={}", text(&queries));
        let often = format!("--repeat={}", self.depth.n_starts);
        let warm = self.bench(articles, &["--process", &queries, &often]);
        let cold = self.bench(articles, &["--cold", &queries, "--repeat=1"]);
        let warm = warm.rows.first().expect("what starting took");
        Start {
            wall_ns: [warm.p50_ns, warm.p99_ns],
            cpu_ns: warm.cpu_mean_ns.unwrap_or_default(),
            from_disk_ns: cold.rows.first().map_or(0, |row| row.p50_ns),
            memory_bytes: WORDS.iter().filter_map(|it| self.memory_of_search(articles, it)).max(),
        }
    }

    /// Has `dateline bench` ask an index.
    fn bench(&self, articles: u64, options: &[&str]) -> Report {
        let saved = self.folder.join("asked.json");
        let (index, save) = (text(&self.index(articles)), text(&saved));
        dateline(&[&["bench", "--index", &index, "--save", &save], options].concat());
        Report::read(&fs::read(&saved).expect("a report"), "asked.json").expect("a report")
    }

    /// Returns the most memory that a search had, in bytes; nothing where `/usr/bin/time` is not
    /// there to tell.
    fn memory_of_search(&self, articles: u64, words: &str) -> Option<u64> {
        let mut timed = Command::new("/usr/bin/time");
        timed.args(["-f", "%M", DATELINE, "search", "--index"]).arg(self.index(articles));
        let output = timed.arg("--").args(words.split(' ')).output().ok()?;
        let said = String::from_utf8_lossy(&output.stderr);
        let kilobytes: u64 = said.lines().last()?.trim().parse().ok()?;
        Some(kilobytes * 1024)
    }
}

/// Runs the program; `rollback` and searches that find nothing are as good as the others.
fn dateline(arguments: &[&str]) -> Output {
    let output = Command::new(DATELINE).args(arguments).output().expect("the program");
    let is_done = matches!(output.status.code(), Some(0 | 1 | 3));
    assert!(is_done, "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

fn text(path: &Path) -> String {
    path.to_str().expect("a path of letters").to_owned()
}

fn setting() -> Setting {
    let git = |arguments: &[&str]| {
        let output =
            Command::new("git").args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output();
        output.map(|it| String::from_utf8_lossy(&it.stdout).trim().to_owned()).unwrap_or_default()
    };
    let mut commit = git(&["rev-parse", "--short", "HEAD"]);
    if !git(&["status", "--porcelain", "--", "src", "Cargo.toml", "Cargo.lock"]).is_empty() {
        commit.push_str(" and changes");
    }
    let Environment { cpu, cores, system, load, .. } = machine::environment();
    let date = Moment::of_timestamp(now_s()).to_string().chars().take(10).collect();
    Setting { date, commit, cpu, cores, system, load: load.unwrap_or_default() }
}

/// Returns how long the files of the generation in use are, by their kind: the ending that tantivy
/// gives them, or their name. Nothing where there is no index.
fn index_bytes(index: &Path) -> Option<BTreeMap<String, u64>> {
    let current = fs::read_to_string(index.join("CURRENT")).ok()?;
    let mut bytes = BTreeMap::new();
    for entry in fs::read_dir(index.join(current.trim())).ok()? {
        let entry = entry.ok()?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = name.rsplit_once('.').filter(|it| it.0.len() == 32).map(|it| it.1.to_owned());
        *bytes.entry(kind.unwrap_or(name)).or_default() +=
            entry.metadata().map_or(0, |it| it.len());
    }
    Some(bytes)
}

/// Returns what each class took.
fn classes(report: &Report) -> Vec<Class> {
    let times = |row: &Row| [row.p50_ns, row.p99_ns];
    let of = |reach: Reach| report.rows.iter().filter(move |row| row.reach == reach && row.n > 0);
    let class = |row: &Row| Class {
        class: row.class.clone(),
        show_ns: times(row),
        rank_ns: of(Reach::Rank).find(|it| it.class == row.class).map(times),
    };
    of(Reach::Show).map(class).collect()
}
