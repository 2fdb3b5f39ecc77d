//! What the benches measure on: the seeds, and real newswire where it is there.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use dateline::article::Article;
use dateline::index::Home;
use dateline::ingest::{self, Job, Start};
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
    /// `shared` stands beside the repository.
    pub(crate) fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let places = [
            ("seeds", root.join("seeds")),
            ("reuters", root.join("../shared/corpora/judged/reuters/articles.jsonl")),
        ];
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
        ingest::run(&Job { home, roots, start: Start::Rebuild }, &mut |_| {}).expect("an index");
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
    /// and phrases of two words. The same corpus always gives the same queries.
    pub(crate) fn queries(&self, n_each: usize) -> Vec<(&'static str, Vec<String>)> {
        let mut random = Random(1987);
        let mut headlines = || loop {
            let article = &self.articles[random.below(self.articles.len())];
            let mut found = words(&article.headline);
            found.retain(|word| word.len() > 2 && !is_stop_word(word));
            let n = 2 + random.below(3);
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
        ]
    }
}

fn read(path: &Path) -> Vec<Article> {
    let mut articles = Vec::new();
    for file in source::walk(path).expect("an archive").flatten() {
        source::read(&file, &mut |event| {
            if let Event::Article(article) = event {
                articles.push(*article);
            }
            ControlFlow::Continue(())
        });
    }
    articles
}

/// Numbers that look random and never change (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}
