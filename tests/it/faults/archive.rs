//! An archive on disk, and the plain model of what an index of it must answer.
//!
//! Every article holds a word that stands nowhere else, `qx000123z`, and that no later version of it
//! holds: so a search for the word says which version of which article the index has.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde_json::json;

use super::random::Random;

/// What an index must answer: the id of each article, and the word that finds it.
pub(super) type Model = BTreeMap<String, String>;

/// The most articles of an archive, so that one answer lists them all.
pub(super) const N_ARTICLES_MAX: usize = 960;

/// When the first file was written, in seconds since 1970.
const FIRST_WRITTEN_S: u64 = 1_700_000_000;

/// The words of the sentences.
const WORDS: &str = "ferry harbour council budget mill bridge strike talks vote minister school \
                     river storm price bread farm union court judge police summer train museum \
                     library market winter doctor garden station café";

/// How large an archive is at first.
#[derive(Clone, Copy)]
pub(super) struct Size {
    /// How many files of one article.
    pub(super) n_texts: usize,
    /// How many files of records.
    pub(super) n_record_files: usize,
    /// How many records each of those has.
    pub(super) n_records: usize,
    /// How many sentences an article has.
    pub(super) n_sentences: usize,
}

impl Size {
    /// An archive of a few files.
    pub(super) const SMALL: Self =
        Self { n_texts: 9, n_record_files: 2, n_records: 12, n_sentences: 4 };

    /// An archive whose indexing takes long enough to be killed in its midst.
    pub(super) const LARGE: Self =
        Self { n_texts: 220, n_record_files: 6, n_records: 100, n_sentences: 12 };
}

/// An archive on disk.
pub(super) struct Archive {
    /// What happens next in it.
    pub(super) random: Random,
    dir: PathBuf,
    n_sentences: usize,
    /// The files by their path below the root.
    pub(super) files: BTreeMap<String, Content>,
    /// Versions of files that are no more.
    former: Vec<Version>,
    /// How many words, and how many names, have been given.
    n_words: usize,
    n_names: usize,
    /// The time of the archive, which goes on with everything that is written.
    clock_s: u64,
}

/// A version of a file.
#[derive(Clone)]
pub(super) struct Version {
    /// The file.
    pub(super) path: String,
    /// When it was written.
    pub(super) written_s: u64,
    /// What it held.
    pub(super) content: Content,
}

/// What a file holds.
#[derive(Clone)]
pub(super) enum Content {
    /// One article, named by the path.
    Text(Story),
    /// Records, one a line.
    Records(Vec<Record>),
    /// Nothing that can be read.
    Bad(Vec<u8>),
}

/// A line of a file of records.
#[derive(Clone)]
pub(super) enum Record {
    /// An article; one without an id is named by the path and its line.
    Good(Option<String>, Story),
    /// A line that cannot be read.
    Bad(String),
}

/// What an article says.
#[derive(Clone)]
pub(super) struct Story {
    /// The word that finds it.
    pub(super) word: String,
    /// Its paragraphs, the word among theirs.
    pub(super) paragraphs: Vec<String>,
    /// How it is written down.
    pub(super) encoding: Encoding,
}

/// How a story becomes bytes.
#[derive(Clone, Copy)]
pub(super) enum Encoding {
    Utf8,
    /// What is no UTF-8, and is read all the same.
    Latin1,
}

impl Encoding {
    fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Latin1 => text.chars().map(|c| u8::try_from(c).unwrap()).collect(),
        }
    }
}

/// The files that cannot be read which every archive has from the beginning, by name.
const BAD: &[(&str, &[u8])] = &[
    ("bad/binary.txt", &[0, 1, 2, 3, 0xFF, 0xFE, 0]),
    ("bad/cut.jsonl", b"{\"id\": \"cut\", \"body\": \"The ferry sai"),
    ("bad/empty.txt", b""),
    ("bad/packed.jsonl", b"7z\xBC\xAF\x27\x1Cferry"),
    ("bad/white.txt", b" \n\t\n"),
];

impl Archive {
    /// Makes an archive in an empty folder.
    pub(super) fn make(dir: PathBuf, size: Size, seed: u64) -> Self {
        let mut archive = Self {
            random: Random::seeded(seed),
            dir,
            n_sentences: size.n_sentences,
            files: BTreeMap::new(),
            former: Vec::new(),
            n_words: 0,
            n_names: 0,
            clock_s: FIRST_WRITTEN_S,
        };
        for (path, bytes) in BAD {
            archive.write((*path).to_owned(), Content::Bad(bytes.to_vec()));
        }
        for _ in 0..size.n_texts {
            archive.add_text();
        }
        for _ in 0..size.n_record_files {
            archive.add_records(size.n_records);
        }
        archive
    }

    /// Returns what an index of the archive must answer.
    pub(super) fn model(&self) -> Model {
        let mut model = Model::new();
        for (path, content) in &self.files {
            for (id, word) in content.articles(path) {
                let before = model.insert(id, word);
                assert_eq!(before, None, "two articles of one id are not what is tested here");
            }
        }
        model
    }

    /// Returns all words that the archive has, or ever had.
    pub(super) fn words(&self) -> Vec<String> {
        (1..=self.n_words).map(word).collect()
    }

    /// Returns how many files there are.
    pub(super) fn n_files(&self) -> usize {
        self.files.len()
    }

    /// Returns how many files, and lines of files, cannot be read.
    pub(super) fn n_bad(&self) -> usize {
        self.files.values().map(Content::n_bad).sum()
    }

    /// Returns the paths of the files that hold what is asked for.
    pub(super) fn paths(&self, is_wanted: fn(&Content) -> bool) -> Vec<String> {
        let wanted = self.files.iter().filter(|(_, content)| is_wanted(content));
        wanted.map(|(path, _)| path.clone()).collect()
    }

    /// Returns what a file holds.
    pub(super) fn content(&self, path: &str) -> &Content {
        &self.files[path]
    }

    /// Returns the versions that are no more, that would share no article with what is there, and that
    /// there is room for.
    pub(super) fn versions_to_put_back(&self) -> Vec<Version> {
        let owned = self.files.iter().flat_map(|(path, content)| {
            content
                .articles(path)
                .into_iter()
                .flat_map(move |(id, word)| [(id, path), (word, path)])
        });
        let owners: BTreeMap<String, &String> = owned.collect();
        let n_articles = self.model().len();
        let is_alone = |version: &&Version| {
            let is_free = |name| owners.get(name).is_none_or(|owner| **owner == version.path);
            let articles = version.content.articles(&version.path);
            let has_room = n_articles + articles.len() <= N_ARTICLES_MAX;
            has_room && articles.iter().all(|(id, word)| is_free(id) && is_free(word))
        };
        self.former.iter().filter(is_alone).cloned().collect()
    }

    /// Writes a file, later than everything before.
    pub(super) fn write(&mut self, path: String, content: Content) {
        let written_s = self.now_s();
        self.put(Version { path, written_s, content });
    }

    /// Puts a version of a file in its place, with the time at which it was written.
    pub(super) fn put(&mut self, version: Version) {
        let Version { path, written_s, content } = version;
        let place = self.dir.join(&path);
        self.forget(&path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(&place, content.bytes()).unwrap();
        set_written(&place, written_s);
        self.files.insert(path, content);
    }

    /// Removes a file.
    pub(super) fn remove(&mut self, path: &str) {
        self.forget(path);
        fs::remove_file(self.dir.join(path)).unwrap();
        self.files.remove(path);
    }

    /// Gives a file another name; what it holds and when it was written stay.
    pub(super) fn rename(&mut self, from: &str, to: String) {
        self.forget(from);
        fs::create_dir_all(self.dir.join(&to).parent().unwrap()).unwrap();
        fs::rename(self.dir.join(from), self.dir.join(&to)).unwrap();
        let content = self.files.remove(from).unwrap();
        self.files.insert(to, content);
    }

    /// Makes a file look as if it had been written again.
    pub(super) fn touch(&mut self, path: &str) {
        let now_s = self.now_s();
        set_written(&self.dir.join(path), now_s);
    }

    /// Keeps a version that is about to be no more.
    fn forget(&mut self, path: &str) {
        if let Some(content) = self.files.get(path) {
            let written = fs::metadata(self.dir.join(path)).unwrap().modified().unwrap();
            let written_s = written.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
            let content = content.clone();
            self.former.push(Version { path: path.to_owned(), written_s, content });
        }
    }

    /// Returns a time that no file was written at.
    fn now_s(&mut self) -> u64 {
        self.clock_s += 1 + self.random.below(5000) as u64;
        self.clock_s
    }

    /// Writes a story with a word of its own.
    pub(super) fn story(&mut self) -> Story {
        let word = self.word();
        let n_sentences = 2 + self.random.below(2 * self.n_sentences);
        let words: Vec<&str> = WORDS.split_whitespace().collect();
        let mut paragraphs: Vec<String> = (0..n_sentences)
            .map(|_| {
                let n_words = 6 + self.random.below(10);
                let chosen: Vec<&str> = (0..n_words).map(|_| *self.random.one_of(&words)).collect();
                format!("The {}.", chosen.join(" "))
            })
            .collect();
        let marked = self.random.below(n_sentences);
        paragraphs[marked] = format!("It was about {word} this time.");
        let encoding = if self.random.below(9) == 0 { Encoding::Latin1 } else { Encoding::Utf8 };
        Story { word, paragraphs, encoding }
    }

    /// Returns a word that was never used.
    pub(super) fn word(&mut self) -> String {
        self.n_words += 1;
        word(self.n_words)
    }

    /// Returns a number that was never used in a name.
    pub(super) fn number(&mut self) -> usize {
        self.n_names += 1;
        self.n_names
    }

    /// Returns a path that was never used. Some paths have a date that the articles take over.
    pub(super) fn path(&mut self, extension: &str) -> String {
        let number = self.number();
        let folder = match self.random.below(7) {
            0 => "desk".to_owned(),
            1 => "desk/foreign".to_owned(),
            day => format!("2024/03/{day:02}"),
        };
        format!("{folder}/n{number}.{extension}")
    }
}

/// Returns the nth word.
fn word(n: usize) -> String {
    format!("qx{n:06}z")
}

/// Sets the time at which a file was written last.
pub(super) fn set_written(path: &Path, written_s: u64) {
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(written_s);
    File::options().append(true).open(path).unwrap().set_modified(time).unwrap();
}

impl Content {
    /// Returns the id and the word of each article.
    pub(super) fn articles(&self, path: &str) -> Vec<(String, String)> {
        match self {
            Self::Text(story) => vec![(path.to_owned(), story.word.clone())],
            Self::Records(records) => {
                let numbered = (1..).zip(records);
                let article = |(line, record)| Record::article(record, path, line);
                numbered.filter_map(article).collect()
            }
            Self::Bad(_) => Vec::new(),
        }
    }

    /// Tells whether it is one article.
    pub(super) fn is_text(&self) -> bool {
        matches!(self, Self::Text(_))
    }

    /// Tells whether it is records.
    pub(super) fn is_records(&self) -> bool {
        matches!(self, Self::Records(_))
    }

    /// Tells whether any of it can be read.
    pub(super) fn is_good(&self) -> bool {
        !matches!(self, Self::Bad(_))
    }

    fn n_bad(&self) -> usize {
        let is_bad = |record: &&Record| matches!(record, Record::Bad(_));
        match self {
            Self::Text(_) => 0,
            // A file without a line is an empty one.
            Self::Records(records) => {
                records.iter().filter(is_bad).count().max(usize::from(records.is_empty()))
            }
            Self::Bad(_) => 1,
        }
    }

    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Text(story) => {
                let [headline, body @ ..] = &story.paragraphs[..] else { return Vec::new() };
                story.encoding.encode(&format!("{headline}\n\n{}\n", body.join("\n")))
            }
            Self::Records(records) => {
                records.iter().flat_map(|it| [it.line(), b"\n".to_vec()].concat()).collect()
            }
            Self::Bad(bytes) => bytes.clone(),
        }
    }
}

impl Record {
    /// Returns the id and the word of the article, if it is one.
    fn article(&self, path: &str, line: usize) -> Option<(String, String)> {
        match self {
            Self::Good(None, story) => Some((format!("{path}#{line}"), story.word.clone())),
            Self::Good(Some(id), story) => Some((id.clone(), story.word.clone())),
            Self::Bad(_) => None,
        }
    }

    fn line(&self) -> Vec<u8> {
        match self {
            Self::Good(None, story) => {
                let record = json!({ "body": story.paragraphs });
                story.encoding.encode(&record.to_string())
            }
            Self::Good(Some(id), story) => {
                let record = json!({ "id": id, "headline": "Wire", "body": story.paragraphs });
                story.encoding.encode(&record.to_string())
            }
            Self::Bad(line) => line.clone().into_bytes(),
        }
    }
}
