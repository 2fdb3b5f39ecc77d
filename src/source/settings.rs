//! What is configured for a source.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use regex::RegexSet;

use super::walk::{is_within, root_name};

/// How the files of a source are to be read, where that is not left to the program.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The name of the reader of all files that are not packed, whatever they look like.
    pub format: Option<String>,
    /// Where dates are looked for, the first place first.
    pub date_from: Vec<DateFrom>,
    /// Lines that are furniture, beside those that are known.
    pub furniture: RegexSet,
    /// What the columns of tables are called whose names say nothing: the field, and its column.
    pub columns: BTreeMap<String, String>,
    /// Whether what was found where is told too.
    pub traced: bool,
}

/// Two are the same when they read all files alike.
impl PartialEq for Settings {
    fn eq(&self, other: &Self) -> bool {
        self.format == other.format
            && self.date_from == other.date_from
            && self.furniture.patterns() == other.furniture.patterns()
            && self.columns == other.columns
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            format: None,
            date_from: vec![DateFrom::Meta, DateFrom::Path, DateFrom::Dateline],
            furniture: RegexSet::empty(),
            columns: BTreeMap::new(),
            traced: false,
        }
    }
}

impl Settings {
    /// Returns what tells these settings from others, in eight letters; nothing where they are as
    /// if nothing were configured.
    pub fn mark(&self) -> String {
        let Self { format, date_from, furniture, columns, traced: _ } = self;
        if *self == *Self::standard() {
            return String::new();
        }
        let all = format!("{format:?} {date_from:?} {:?} {columns:?}", furniture.patterns());
        blake3::hash(all.as_bytes()).to_hex()[..8].to_owned()
    }

    /// Returns what holds where nothing is configured.
    pub fn standard() -> &'static Self {
        static STANDARD: LazyLock<Settings> = LazyLock::new(Settings::default);
        &STANDARD
    }
}

/// A file or folder of which something is configured.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where it lies.
    pub path: PathBuf,
    /// How its files are to be read.
    pub settings: Arc<Settings>,
}

/// What is configured for the files and folders of an archive.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The names of where they really lie, and their settings.
    by_name: Vec<(String, Arc<Settings>)>,
}

impl Sources {
    /// Looks where the sources lie. One that is not there has no files to be read in its way.
    pub fn new(sources: &[Source]) -> Self {
        let named = |it: &Source| Some((root_name(&it.path).ok()?, Arc::clone(&it.settings)));
        Self { by_name: sources.iter().filter_map(named).collect() }
    }

    /// Returns how a file is to be read, by its name in the walk: as the innermost source around
    /// it says.
    pub fn settings_of(&self, origin: &str) -> Option<&Arc<Settings>> {
        let around = self.by_name.iter().filter(|(name, _)| is_within(origin, name));
        around.max_by_key(|(name, _)| name.len()).map(|(_, settings)| settings)
    }
}

/// A place where the date of an article may be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFrom {
    /// What the record says, or a line of the text.
    Meta,
    /// The path.
    Path,
    /// The dateline.
    Dateline,
    /// When the file was written. A copied archive would be of today, so that nobody gets this
    /// who does not ask for it.
    Mtime,
}

impl DateFrom {
    /// The names of the places, as they are configured.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("meta", Self::Meta),
        ("path", Self::Path),
        ("dateline", Self::Dateline),
        ("mtime", Self::Mtime),
    ];
}

/// Where the value of a field was found, for whoever inspects a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The field.
    pub field: &'static str,
    /// Where it was found, in the words of the format: `hedline/hl1`.
    pub from: String,
    /// The value as it stands there, its beginning where it is long.
    pub raw: String,
}
