//! The run: from an archive on disk to a new generation of the index.
//!
//! This room conducts and tells; it never prints. A reading thread goes through the files, the
//! calling thread gives ids and analyzes, and tantivy's own thread inverts, with short queues
//! between them, so that memory does not grow with the archive. Nothing in an archive ends a run:
//! what cannot be read is set aside and named.

mod ids;
mod job;
mod report;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Instant;

use crate::article::{Article, Malformed};
use crate::error::{Error, Kind, Named, Result};
use crate::index::{Draft, Facts, FileFacts, Home};
use crate::source::{self, SourceFile, Unlisted};

use ids::Ids;

pub use job::{Guards, Job, Quarantined, Share, Start, Trust};
pub use report::Report;

/// What happens in a run, told as it happens.
#[derive(Debug)]
pub enum Event<'a> {
    /// The index cannot be added to, and is made anew from all its roots.
    Rebuilding {
        /// What made the old one, in a few words.
        because: String,
    },
    /// The files are known.
    Walked {
        /// How many there are.
        n_files: u64,
        /// How many bytes they have.
        bytes: u64,
    },
    /// A file was read to its end.
    File(&'a FileFacts),
    /// A record was set aside.
    SetAside(&'a Malformed),
    /// Something was read with a doubt; nothing is lost.
    Doubt(&'a str),
    /// All articles are in; they are merged and written.
    Finishing,
}

/// How many parcels of messages wait between two threads.
const PARCELS_WAITING_MAX: usize = 4;

/// How many messages make a parcel: waking a thread for each article would cost a tenth of the run.
const MESSAGES_PER_PARCEL: usize = 64;

/// How many bytes of files may be read into a parcel before it is sent. A record has at most
/// 16 MiB, so that a few of the longest, and no more, are in memory at once.
const BYTES_PER_PARCEL: usize = 1 << 20;

/// Reads the roots into a new generation, and makes it the one in use.
///
/// # Errors
///
/// [`Kind::Locked`] where another run is writing, [`Kind::Io`] where a root is missing or the disk
/// does not let us, [`Kind::Guard`] where nothing is there to be read: a folder that is not
/// mounted must not empty an index. The index is then as it was.
pub fn run(job: &Job, tell: &mut dyn FnMut(Event<'_>)) -> Result<Report> {
    let started = Instant::now();
    // A root that is missing is told before anything is touched.
    job.roots.iter().try_for_each(|root| source::root_name(root).map(drop))?;
    let lock = job.home.lock()?;
    let known = match job.start {
        Start::FromCurrent => job.home.known_files()?,
        // A damaged list is what a rebuild is for.
        Start::Rebuild => job.home.known_files().unwrap_or_default(),
    };
    let roots = all_roots(job, &known, tell)?;
    let (files, unlisted) = list(&roots)?;
    let bytes = files.iter().map(|file| file.size).sum();
    tell(Event::Walked { n_files: files.len() as u64, bytes });
    check_something_there(&roots, &files, &unlisted)?;
    let draft = Draft::begin(&job.home, lock, known, &|file| {
        job.start == Start::FromCurrent
            && (!roots.iter().any(|root| source::is_within(&file.origin, &root.name))
                || unlisted.iter().any(|it| source::is_within(&file.origin, &it.origin)))
    })?;
    let mut run = Run {
        draft,
        ids: Ids::default(),
        report: Report { files: files.len() as u64, source_bytes: bytes, ..Report::default() },
        set_aside: Vec::new(),
        read: Vec::new(),
        tell,
    };
    unlisted.into_iter().for_each(|it| run.set_aside(it.malformed));
    run.read_all(&files)?;
    check_something_read(&roots, &run.read)?;
    run.finish(&job.home, &roots, started)
}

/// A root as it was given, and the name of where it really lies.
struct Root {
    given: PathBuf,
    name: String,
    /// How many articles the index holds of it before the run.
    n_before: u64,
}

/// Counts the articles of the files within a root.
fn articles_within<'a>(name: &str, files: impl Iterator<Item = (&'a String, u64)>) -> u64 {
    files.filter(|(origin, _)| source::is_within(origin, name)).map(|(_, n)| n).sum()
}

/// Fails where no file is there at all, or none under a root that the index holds articles of.
fn check_something_there(
    roots: &[Root],
    files: &[SourceFile],
    unlisted: &[Unlisted],
) -> Result<()> {
    let is_empty = |root: &&Root| {
        let is_here = |origin: &String| source::is_within(origin, &root.name);
        !files.iter().any(|file| is_here(&file.origin))
            && !unlisted.iter().any(|it| is_here(&it.origin))
    };
    let empty: Vec<&Root> = roots.iter().filter(is_empty).collect();
    let lost = empty.iter().find(|root| root.n_before > 0);
    let Some(root) = lost.or(empty.first().filter(|_| empty.len() == roots.len())) else {
        return Ok(());
    };
    Err(Error::new(Kind::Guard, format!("there are no files in {}", Named(&root.given)))
        .with_hint("check the path, and whether the archive is mounted; nothing was changed"))
}

/// Fails where no article could be read under a root that the index holds articles of.
fn check_something_read(roots: &[Root], read: &[(String, u64)]) -> Result<()> {
    let n_read = |root: &Root| articles_within(&root.name, read.iter().map(|(it, n)| (it, *n)));
    let Some(root) = roots.iter().find(|root| root.n_before > 0 && n_read(root) == 0) else {
        return Ok(());
    };
    let (name, n_before) = (Named(&root.given), root.n_before);
    let message = format!("no article could be read from {name}, and the index holds {n_before}");
    Err(Error::new(Kind::Guard, message).with_hint(
        "nothing was changed; remove the folder of the index if the archive is really empty",
    ))
}

/// Returns the roots to walk, none within another: those of the job, and when everything is made
/// anew also those that the index knows.
fn all_roots(job: &Job, known: &[FileFacts], tell: &mut dyn FnMut(Event<'_>)) -> Result<Vec<Root>> {
    let mut given = job.roots.clone();
    let current = match job.start {
        Start::FromCurrent => job.home.current()?,
        Start::Rebuild => job.home.current().unwrap_or_default(),
    };
    if let Some(current) = current {
        let facts = job.home.facts(current);
        let is_readable = facts.as_ref().is_ok_and(Facts::is_readable);
        if !is_readable || job.start == Start::Rebuild {
            let because = match &facts {
                _ if is_readable => "as asked".to_owned(),
                Ok(facts) => format!("format {}, rules '{}'", facts.format, facts.analysis),
                Err(error) => error.to_string(),
            };
            tell(Event::Rebuilding { because });
            let old = facts.unwrap_or_default().roots;
            given.extend(old.iter().map(|root| source::path_of(root)));
        }
    }
    let mut roots: Vec<Root> = Vec::new();
    for given in given {
        let name = source::root_name(&given)?;
        if roots.iter().any(|root| source::is_within(&name, &root.name)) {
            continue;
        }
        roots.retain(|root| !source::is_within(&root.name, &name));
        let n_before = articles_within(&name, known.iter().map(|it| (&it.origin, it.articles)));
        roots.push(Root { given, name, n_before });
    }
    Ok(roots)
}

/// Lists the files of all roots, and the places that could not be looked into.
fn list(roots: &[Root]) -> Result<(Vec<SourceFile>, Vec<Unlisted>)> {
    let mut files = Vec::new();
    let mut unlisted = Vec::new();
    for root in roots {
        for found in source::walk(&root.given)? {
            match found {
                Ok(file) => files.push(file),
                Err(place) => unlisted.push(place),
            }
        }
    }
    Ok((files, unlisted))
}

/// What the reading thread tells.
enum Message {
    Read(usize, source::Event),
    FileEnd(usize, Option<String>),
}

/// A run under way.
struct Run<'a> {
    draft: Draft,
    ids: Ids,
    report: Report,
    set_aside: Vec<Malformed>,
    /// The files that were read, and how many articles each has.
    read: Vec<(String, u64)>,
    tell: &'a mut dyn FnMut(Event<'_>),
}

impl Run<'_> {
    fn read_all(&mut self, files: &[SourceFile]) -> Result<()> {
        thread::scope(|scope| {
            let (sender, receiver) = sync_channel(PARCELS_WAITING_MAX);
            scope.spawn(move || send_all(files, &sender));
            // When this fails, the receiver goes, and the reading thread ends with its next word.
            self.take_all(files, &receiver)
        })
    }

    fn take_all(&mut self, files: &[SourceFile], receiver: &Receiver<Vec<Message>>) -> Result<()> {
        let mut facts = FileFacts::default();
        for message in receiver.iter().flatten() {
            match message {
                Message::Read(idx, source::Event::Article(article)) => {
                    self.take(idx, *article, files, &mut facts)?;
                }
                Message::Read(_, source::Event::Malformed(malformed)) => {
                    facts.malformed += 1;
                    self.set_aside(malformed);
                }
                Message::Read(_, source::Event::Note(note)) => self.doubt(&note.to_string()),
                Message::FileEnd(idx, reader) => {
                    let done = std::mem::take(&mut facts);
                    self.take_file(&files[idx], reader.unwrap_or_default(), done);
                }
            }
        }
        Ok(())
    }

    fn take(
        &mut self,
        idx: usize,
        mut article: Article,
        files: &[SourceFile],
        facts: &mut FileFacts,
    ) -> Result<()> {
        let draft = &self.draft;
        let taken = self.ids.give(&mut article, idx, |id| draft.carries(id))?;
        if let Some(taken) = taken {
            self.doubt(&taken.tell(&article, files));
        }
        facts.articles += 1;
        facts.undated += u64::from(article.date.is_none());
        facts.paragraphs += article.body().count() as u64;
        self.draft.add(&article, &files[idx].origin)
    }

    fn take_file(&mut self, file: &SourceFile, reader: String, counted: FileFacts) {
        let facts = FileFacts {
            path: file.shown.clone(),
            root: file.root.to_string(),
            origin: file.origin.clone(),
            bytes: file.size,
            modified_ns: file.mtime_ns,
            reader,
            ..counted
        };
        self.report.articles += facts.articles;
        self.report.undated += facts.undated;
        self.report.paragraphs += facts.paragraphs;
        self.read.push((facts.origin.clone(), facts.articles));
        (self.tell)(Event::File(&facts));
        self.draft.add_file(facts);
    }

    fn set_aside(&mut self, malformed: Malformed) {
        (self.tell)(Event::SetAside(&malformed));
        self.report.set_aside += 1;
        self.set_aside.push(malformed);
    }

    fn doubt(&mut self, doubt: &str) {
        (self.tell)(Event::Doubt(doubt));
        self.report.doubts += 1;
    }

    fn finish(mut self, home: &Home, roots: &[Root], started: Instant) -> Result<Report> {
        (self.tell)(Event::Finishing);
        let facts = self.draft.publish()?;
        self.report.generation = facts.generation;
        self.report.finished_s = facts.finished_s;
        self.report.articles_in_index = facts.articles;
        self.report.index_bytes = home.bytes(facts.generation);
        self.report.took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let is_ours = |it: &Malformed| {
            let absolute = std::path::absolute(&it.origin.path).unwrap_or_default();
            let name = absolute.to_string_lossy();
            roots.iter().any(|root| {
                Path::new(&it.origin.path).starts_with(&root.given)
                    || source::is_within(&name, &root.name)
            })
        };
        let mut quarantine = home.quarantine();
        quarantine.retain(|it| !is_ours(it));
        quarantine.append(&mut self.set_aside);
        home.keep_quarantine(&quarantine)?;
        home.keep_report(facts.generation, &self.report.to_json())?;
        Ok(self.report)
    }
}

/// Messages on their way from the reading thread.
struct Parcels<'a> {
    sender: &'a SyncSender<Vec<Message>>,
    parcel: Vec<Message>,
    n_bytes: usize,
}

impl Parcels<'_> {
    /// Adds a message; tells whether anybody still listens.
    fn push(&mut self, message: Message) -> bool {
        if let Message::Read(_, source::Event::Article(article)) = &message {
            self.n_bytes += article.origin.span.len();
        }
        self.parcel.push(message);
        let is_full = self.parcel.len() >= MESSAGES_PER_PARCEL || self.n_bytes >= BYTES_PER_PARCEL;
        !is_full || self.send()
    }

    fn send(&mut self) -> bool {
        self.n_bytes = 0;
        self.sender.send(std::mem::take(&mut self.parcel)).is_ok()
    }
}

/// Reads all files, one after the other, into the queue.
fn send_all(files: &[SourceFile], sender: &SyncSender<Vec<Message>>) {
    let mut parcels = Parcels { sender, parcel: Vec::new(), n_bytes: 0 };
    for (idx, file) in files.iter().enumerate() {
        let mut is_wanted = true;
        let reader = source::read(file, &mut |event| {
            is_wanted = parcels.push(Message::Read(idx, event));
            if is_wanted { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        let reader = reader.map(|reader| format!("{}/{}", reader.name(), reader.version()));
        if !is_wanted || !parcels.push(Message::FileEnd(idx, reader)) {
            return;
        }
    }
    parcels.send();
}
