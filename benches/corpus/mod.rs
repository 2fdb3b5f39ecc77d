//! What the benches measure on: the seeds, and real newswire where it is there.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use dateline::article::Article;
use dateline::index::Home;
use dateline::ingest::{self, Job, Start};
use dateline::random::SplitMix64;
use dateline::search::Searcher;
use dateline::source::{self, Event};
use dateline::text::{is_stop_word, words};
use tempfile::TempDir;

/// An archive with its articles in memory and its index in a folder of its own.
pub(crate) struct Corpus {
    pub(crate) name: &'static str,
    pub(crate) path: PathBuf,
    pub(crate) articles: Vec<Article>,
    dir: TempDir,
}

impl Corpus {
    /// Returns the corpora that are there: the seeds always, Reuters-21578 where the folder
    /// `shared` stands beside the repository, and the archive that `DATELINE_BENCH_ARCHIVE` names.
    pub(crate) fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut places = vec![
            ("seeds", root.join("seeds")),
            ("reuters", root.join("../shared/corpora/judged/reuters/articles.jsonl")),
        ];
        if let Some(archive) = std::env::var_os("DATELINE_BENCH_ARCHIVE") {
            places.push(("archive", archive.into()));
        }
        let mut corpora = Vec::new();
        for (name, path) in places {
            if path.exists() {
                corpora.push(Self::open(name, path));
            } else {
                println!("skipped: {name}, there is no {}", path.display());
            }
        }
        corpora
    }

    fn open(name: &'static str, path: PathBuf) -> Self {
        let dir = TempDir::new().expect("a temporary folder");
        let articles = read(&path);
        let corpus = Self { name, path, articles, dir };
        corpus.index();
        corpus
    }

    /// Builds the index anew.
    pub(crate) fn index(&self) {
        let (home, roots) = (self.home(), vec![self.path.clone()]);
        ingest::run(&Job { start: Start::Rebuild, ..Job::new(home, roots) }, &mut |_| {})
            .expect("an index");
    }

    pub(crate) fn searcher(&self) -> Searcher {
        Searcher::open(&self.home()).expect("an index")
    }

    fn home(&self) -> Home {
        Home::at(self.dir.path())
    }

    /// Returns how many bytes of text the articles have.
    pub(crate) fn text_bytes(&self) -> usize {
        let paragraphs = self.articles.iter().flat_map(|it| &it.paragraphs);
        paragraphs.map(|it| it.text.len()).sum::<usize>()
            + self.articles.iter().map(|it| it.headline.len()).sum::<usize>()
    }

    /// Makes queries of the headlines, as many of each class: one word, AND and OR of two to four,
    /// phrases of two words, and every other form of the language. The same corpus always gives the
    /// same queries.
    pub(crate) fn queries(&self, n_each: usize) -> Vec<(&'static str, Vec<String>)> {
        let mut random = SplitMix64::new(1987);
        // What the first benches drew, so that later ones ask the same queries.
        let mut below = |n: usize| (random.bits() % n as u64) as usize;
        let mut headlines = || loop {
            let article = &self.articles[below(self.articles.len())];
            let mut found = words(&article.headline);
            found.retain(|word| word.len() > 2 && !is_stop_word(word));
            let n = 2 + below(3);
            if found.len() >= n {
                found.truncate(n);
                return found;
            }
        };
        let mut make = |form: fn(&[String]) -> String| -> Vec<String> {
            (0..n_each).map(|_| form(&headlines())).collect()
        };
        vec![
            ("term", make(|words| words[0].clone())),
            ("and", make(|words| words.join(" AND "))),
            ("or", make(|words| words.join(" OR "))),
            ("phrase", make(|words| format!("\"{} {}\"", words[0], words[1]))),
            ("near", make(|words| format!("{} W/5 {}", words[0], words[1]))),
            ("ordered", make(|words| format!("{} PRE/3 {}", words[0], words[1]))),
            (
                "groups",
                make(|words| {
                    let (first, last) = (&words[0], &words[words.len() - 1]);
                    format!("({first} OR {}*) W/10 ({} OR {last})", beginning(first, 4), words[1])
                }),
            ),
            ("chain", make(|words| words.join(" W/10 "))),
            ("sentence", make(|words| format!("{} W/S {}", words[0], words[1]))),
            ("paragraph", make(|words| format!("{} W/P {}", words[0], words[1]))),
            ("not near", make(|words| format!("{} NOT W/5 {}", words[0], words[1]))),
            ("window", make(|words| format!("\"{}\"~8", words.join(" ")))),
            ("slop", make(|words| format!("slop/3(\"{}\")", words.join(" ")))),
            ("atleast", make(|words| format!("atleast3({})", words[0]))),
            ("lead", make(|words| format!("lead:({} {})", words[0], words[1]))),
            ("first", make(|words| format!("first/30({})", words[0]))),
            ("exact", make(|words| format!("exact({})", words[0]))),
            ("caps", make(|words| format!("caps({})", words[0]))),
            ("beginning", make(|words| format!("{}*", beginning(&words[0], 4)))),
            ("inner", make(|words| inner(&words[0]))),
            ("ending", make(|words| format!("*{}", ending(&words[0], 4)))),
            ("bound", make(|words| format!("{}*", beginning(&words[0], 1)))),
            ("bound near", make(|words| format!("{}* W/5 {}", beginning(&words[1], 1), words[0]))),
            ("fuzzy", make(|words| format!("{}~1", words[0]))),
            ("fuzzy 2", make(|words| format!("{}~2", longest(words)))),
            ("weight", make(|words| words.join("^2 OR "))),
            ("misspelt", make(|words| misspelt(longest(words)))),
            ("common", (0..n_each).map(|idx| COMMON[idx % COMMON.len()].to_owned()).collect()),
        ]
    }
}

/// Phrases that nearly every article has.
const COMMON: [&str; 12] = [
    "\"of the\"",
    "\"in the\"",
    "\"to the\"",
    "\"for the\"",
    "\"on the\"",
    "\"at the\"",
    "\"by the\"",
    "\"it was\"",
    "\"said the\"",
    "\"of a\"",
    "\"to be\"",
    "\"from the\"",
];

fn beginning(word: &str, n_chars: usize) -> String {
    word.chars().take(n_chars).collect()
}

fn ending(word: &str, n_chars: usize) -> String {
    let n_before = word.chars().count().saturating_sub(n_chars);
    word.chars().skip(n_before).collect()
}

/// Leaves a letter in the middle of a word open.
fn inner(word: &str) -> String {
    let middle = word.chars().count() / 2;
    word.chars().enumerate().map(|(idx, c)| if idx == middle { '?' } else { c }).collect()
}

/// Puts a letter into a word that does not belong there.
fn misspelt(word: &str) -> String {
    let middle = word.chars().count() / 2;
    format!("{}y{}", beginning(word, middle), word.chars().skip(middle).collect::<String>())
}

fn longest(words: &[String]) -> &str {
    words.iter().max_by_key(|word| word.len()).map_or("", String::as_str)
}

pub(crate) fn read(path: &Path) -> Vec<Article> {
    let mut articles = Vec::new();
    for file in source::walk(path).expect("an archive").flatten() {
        source::read(&file, source::readers(), &mut |event| {
            if let Event::Article(article) = event {
                articles.push(*article);
            }
            ControlFlow::Continue(())
        });
    }
    articles
}
