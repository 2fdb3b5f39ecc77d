//! `dateline.toml`: what is set once for every run and every search.
//!
//! ```toml
//! index = "archive.index"           # relative to the folder of this file
//! sources = ["/srv/archive"]        # what 'dateline index' reads
//! generations = 7
//! max-delete = "5%"                 # or a number of articles
//! min-free = "2G"                   # or a number of bytes
//! until = "06:00"
//! max-errors = 1000
//! lock-timeout = "10s"              # or a number of seconds
//! names = "names.tsv"               # names that count more than what is recognised
//! places = "places.tsv"             # and where places lie
//! topics = "sections.model"         # what 'dateline train --topics' learnt
//!
//! [[source]]                        # how a file or folder is read, where that is to be said
//! path = "/srv/archive/dumps"       # it is indexed too
//! format = "csv"                    # whatever its files look like
//! date-from = ["meta", "path", "dateline", "mtime"]
//! furniture = ["^Read on:"]         # lines that are shown and never searched
//! columns = { headline = "Titel", body = "Text" }
//! ```
//!
//! Every key may be left out. What is typed counts more than the environment, and the environment
//! more than the file. A key that is not known is an error: a guard with a slip in its name would
//! guard nothing.

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use regex::{Regex, RegexSet};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::{Error, Kind, Result};
use crate::source::{DateFrom, Settings, Source};
use crate::text::{Span, edit_distance, pointed_out, printable};

use super::args::{Limits, format_name};
use super::files::{bounded, shown};
use super::measures;

/// The name of the file where nobody names another.
pub(super) const FILE_NAME: &str = "dateline.toml";

/// The size of the largest file that is read: 1 MiB.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// The keys that the file may have.
const KEYS: [&str; 12] = [
    "index",
    "sources",
    "generations",
    "max-delete",
    "min-free",
    "until",
    "max-errors",
    "lock-timeout",
    "names",
    "places",
    "topics",
    "source",
];

/// The keys that a source may have.
const SOURCE_KEYS: [&str; 5] = ["path", "format", "date-from", "furniture", "columns"];

/// How many letters of a key may be wrong for another to be suggested.
const SLIPS_MAX: usize = 3;

/// What the file says.
#[derive(Clone, Debug, Default)]
pub(super) struct Config {
    /// Where the file lies; nothing where there is none.
    pub(super) path: Option<PathBuf>,
    /// The folder of the index.
    pub(super) index: Option<PathBuf>,
    /// The files and folders of the archive.
    pub(super) sources: Vec<PathBuf>,
    /// How the files of some of them are to be read.
    pub(super) read_as: Vec<Source>,
    /// What the archive knows itself of names, places and topics.
    pub(super) own: Own,
    /// How far a run may go.
    pub(super) limits: Limits,
}

/// The files in which an archive says what it knows of names, places and topics.
#[derive(Clone, Debug, Default)]
pub(super) struct Own {
    pub(super) names: Option<PathBuf>,
    pub(super) places: Option<PathBuf>,
    pub(super) topics: Option<PathBuf>,
}

impl Config {
    /// Reads the file that is named, or `dateline.toml` in the working directory.
    ///
    /// Without a name, no file is no error.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`] where the file cannot be read, [`Kind::Usage`] where it cannot be understood:
    /// with its line and a caret.
    pub(super) fn read(named: Option<&Path>) -> Result<Self> {
        let path = named.unwrap_or(Path::new(FILE_NAME));
        let bytes = match bounded(path, FILE_BYTES_MAX) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound && named.is_none() => {
                return Ok(Self::default());
            }
            bytes => bytes.map_err(|cause| Error::io("read", path, &cause))?,
        };
        let place = shown(path);
        if bytes.len() as u64 > FILE_BYTES_MAX {
            return Err(usage(format!("{place}: longer than 1 MiB")));
        }
        let text = String::from_utf8(bytes).map_err(|cause| {
            let n_lines = lines_before(cause.as_bytes(), cause.utf8_error().valid_up_to());
            usage(format!("{place}:{}: not in UTF-8", n_lines + 1))
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let config = parse(&text, folder).map_err(|fault| fault.tell(&place, &text))?;
        Ok(Self { path: Some(path.to_owned()), ..config })
    }
}

fn usage(message: String) -> Error {
    Error::new(Kind::Usage, message)
        .with_hint(format!("the keys of {FILE_NAME} are {}", KEYS.join(", ")))
}

fn lines_before(bytes: &[u8], at: usize) -> usize {
    bytes.iter().take(at).filter(|it| **it == b'\n').count()
}

/// A place in the file, what is wrong there, and what to write instead.
#[derive(Debug)]
struct Fault {
    place: Range<usize>,
    message: String,
    remark: String,
}

impl Fault {
    fn new(place: Range<usize>, message: String, remark: impl Into<String>) -> Self {
        Self { place, message, remark: remark.into() }
    }

    /// Tells the fault with the line that it stands in.
    fn tell(&self, path: &str, text: &str) -> Error {
        // The end of the text may be the place, and what was expected there is missing.
        let mut at = self.place.start.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let start = text[..at].rfind('\n').map_or(0, |it| it + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        let within = |it: usize| {
            let it = it.saturating_sub(start).min(line.len());
            (0..=it).rev().find(|it| line.is_char_boundary(*it)).unwrap_or(0)
        };
        let from = within(at);
        let span = Span::new(from, within(self.place.end).max(from));
        let number = lines_before(text.as_bytes(), start) + 1;
        let place = pointed_out(line, span, &self.remark);
        usage(format!("{path}:{number}: {}\n{place}", self.message))
    }
}

/// Reads the text of a file whose relative paths begin in a folder.
fn parse(text: &str, folder: &Path) -> std::result::Result<Config, Fault> {
    let table = DeTable::parse(text).map_err(|error| {
        let place = error.span().unwrap_or(0..0);
        Fault::new(place, "this is no TOML".to_owned(), printable(error.message()))
    })?;
    let mut entries: Vec<_> = table.get_ref().iter().collect();
    // The first fault of the file is told, not the first of the alphabet.
    entries.sort_by_key(|(key, _)| key.span().start);
    let mut config = Config::default();
    for (key, value) in entries {
        let setting = Setting { key: key.get_ref(), value };
        let limits = &mut config.limits;
        match setting.key {
            "index" => config.index = Some(setting.path(value, folder)?),
            "sources" => config.sources = setting.paths(folder)?,
            "source" => config.read_as = setting.sources(folder)?,
            "names" => config.own.names = Some(setting.path(value, folder)?),
            "places" => config.own.places = Some(setting.path(value, folder)?),
            "topics" => config.own.topics = Some(setting.path(value, folder)?),
            "generations" => limits.generations = Some(setting.number(measures::generations)?),
            "max-errors" => limits.max_errors = Some(setting.number(measures::n_records)?),
            "max-delete" => limits.max_delete = Some(setting.measure(measures::share)?),
            "min-free" => limits.min_free = Some(setting.measure(measures::bytes)?),
            "lock-timeout" => limits.lock_timeout = Some(setting.measure(measures::lock_timeout)?),
            "until" => limits.until = Some(setting.text(measures::clock_time)?),
            unknown => return Err(unknown_key(unknown, &KEYS, key.span())),
        }
    }
    for source in &config.read_as {
        if !config.sources.contains(&source.path) {
            config.sources.push(source.path.clone());
        }
    }
    Ok(config)
}

fn unknown_key(key: &str, keys: &[&str], place: Range<usize>) -> Fault {
    let distances = keys.iter().map(|known| (edit_distance(key, known), known));
    let nearest = distances.min().filter(|(slips, _)| *slips <= SLIPS_MAX);
    let remark = match nearest {
        Some((_, nearest)) => format!("did you mean '{nearest}'?"),
        None => "there is no such setting".to_owned(),
    };
    Fault::new(place, format!("unknown key '{}'", printable(key)), remark)
}

/// Reads a measure, or says what to write instead.
type Measure<T> = fn(&str) -> std::result::Result<T, String>;

/// A key of the file with its value.
struct Setting<'a> {
    key: &'a str,
    value: &'a Spanned<DeValue<'a>>,
}

impl Setting<'_> {
    fn fault(&self, value: &Spanned<DeValue<'_>>, remark: impl Into<String>) -> Fault {
        let message = format!("the value of '{}' cannot be used", self.key);
        Fault::new(value.span(), message, remark)
    }

    /// Reads what is a number and never a text.
    fn number<T>(&self, measure: Measure<T>) -> std::result::Result<T, Fault> {
        match self.value.get_ref() {
            DeValue::Integer(_) => self.measure(measure),
            DeValue::String(text) if measure(text).is_ok() => {
                Err(self.fault(self.value, "write the number without quotes"))
            }
            _ => self.measure(measure),
        }
    }

    /// Reads what is a text and never a number.
    fn text<T>(&self, measure: Measure<T>) -> std::result::Result<T, Fault> {
        match self.value.get_ref() {
            // TOML has times of its own: 06:00 without quotes is one.
            DeValue::Datetime(_) => {
                Err(self.fault(self.value, "put the time in quotes: \"06:00\""))
            }
            _ => self.measure(measure),
        }
    }

    /// Reads what may be a text or a number.
    fn measure<T>(&self, measure: Measure<T>) -> std::result::Result<T, Fault> {
        let read = match self.value.get_ref() {
            DeValue::String(text) => measure(text),
            DeValue::Integer(number) => measure(&number.to_string()),
            // What is said of nothing at all says what to write.
            _ => measure(""),
        };
        read.map_err(|remark| self.fault(self.value, remark))
    }

    /// Reads the tables of sources.
    fn sources(&self, folder: &Path) -> std::result::Result<Vec<Source>, Fault> {
        let DeValue::Array(tables) = self.value.get_ref() else {
            return Err(self.fault(self.value, "write [[source]], with two brackets"));
        };
        tables.iter().map(|table| self.source(table, folder)).collect()
    }

    fn source(
        &self,
        table: &Spanned<DeValue<'_>>,
        folder: &Path,
    ) -> std::result::Result<Source, Fault> {
        let DeValue::Table(entries) = table.get_ref() else {
            return Err(self.fault(table, "write [[source]], with two brackets"));
        };
        let mut path = None;
        let mut settings = Settings::default();
        for (key, value) in entries {
            let setting = Setting { key: key.get_ref(), value };
            match setting.key {
                "path" => path = Some(setting.path(value, folder)?),
                "format" => settings.format = Some(setting.format()?),
                "date-from" => settings.date_from = setting.date_from()?,
                "furniture" => settings.furniture = setting.furniture()?,
                "columns" => settings.columns = setting.columns()?,
                unknown => return Err(unknown_key(unknown, &SOURCE_KEYS, key.span())),
            }
        }
        let path =
            path.ok_or_else(|| self.fault(table, "name its path: path = \"/srv/archive\""))?;
        Ok(Source { path, settings: Arc::new(settings) })
    }

    fn format(&self) -> std::result::Result<String, Fault> {
        let name = match self.value.get_ref() {
            DeValue::String(name) => name,
            _ => "",
        };
        format_name(name).map_err(|remark| self.fault(self.value, remark))
    }

    fn date_from(&self) -> std::result::Result<Vec<DateFrom>, Fault> {
        let remark = "write a list of \"meta\", \"path\", \"dateline\" and \"mtime\"";
        let named = |text: &str| DateFrom::NAMES.iter().find(|(name, _)| *name == text);
        let texts = self.texts(remark)?.into_iter();
        texts
            .map(|(text, value)| {
                let found = named(text).map(|(_, place)| *place);
                found.ok_or_else(|| self.fault(value, remark))
            })
            .collect()
    }

    fn furniture(&self) -> std::result::Result<RegexSet, Fault> {
        let texts = self.texts("write a list of regular expressions: [\"^Read on:\"]")?;
        for (text, value) in &texts {
            if let Err(cause) = Regex::new(text) {
                let cause = cause.to_string();
                let last = cause.lines().last().unwrap_or_default();
                return Err(self.fault(value, printable(last.trim_start_matches("error: "))));
            }
        }
        let patterns = texts.iter().map(|(text, _)| *text);
        RegexSet::new(patterns)
            .map_err(|_| self.fault(self.value, "too many expressions, or too long ones"))
    }

    fn columns(&self) -> std::result::Result<BTreeMap<String, String>, Fault> {
        let remark = "write fields and columns: { headline = \"Titel\" }";
        let DeValue::Table(entries) = self.value.get_ref() else {
            return Err(self.fault(self.value, remark));
        };
        let column = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| match value.get_ref() {
            DeValue::String(name) => {
                Ok((AsRef::<str>::as_ref(key.get_ref()).to_owned(), name.to_string()))
            }
            _ => Err(self.fault(value, remark)),
        };
        entries.iter().map(column).collect()
    }

    /// Reads a list of texts, each with its place.
    fn texts(
        &self,
        remark: &str,
    ) -> std::result::Result<Vec<(&str, &Spanned<DeValue<'_>>)>, Fault> {
        let DeValue::Array(values) = self.value.get_ref() else {
            return Err(self.fault(self.value, remark));
        };
        let text = |value| match Spanned::get_ref(value) {
            DeValue::String(text) => Ok((text.as_ref(), value)),
            _ => Err(self.fault(value, remark)),
        };
        values.iter().map(text).collect()
    }

    fn paths(&self, folder: &Path) -> std::result::Result<Vec<PathBuf>, Fault> {
        match self.value.get_ref() {
            DeValue::Array(paths) if paths.is_empty() => {
                Err(self.fault(self.value, "name a path at least, or leave the key out"))
            }
            DeValue::Array(paths) => paths.iter().map(|path| self.path(path, folder)).collect(),
            _ => Err(self.fault(self.value, "write a list of paths: [\"/srv/archive\"]")),
        }
    }

    fn path(
        &self,
        value: &Spanned<DeValue<'_>>,
        folder: &Path,
    ) -> std::result::Result<PathBuf, Fault> {
        let DeValue::String(path) = value.get_ref() else {
            return Err(self.fault(value, "write a path in quotes"));
        };
        if path.is_empty() || path.contains('\0') {
            return Err(self.fault(value, "name a path"));
        }
        if path.starts_with('~') {
            let remark = "write the path in full, or './~' for what is called so";
            return Err(self.fault(value, remark));
        }
        Ok(folder.join(path.as_ref()))
    }
}
