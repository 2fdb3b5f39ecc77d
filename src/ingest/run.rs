//! A run under way.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Instant, SystemTime};

use crate::article::{Article, Malformed};
use crate::error::{Kind, Named, Result};
use crate::index::{Base, Draft, FileFacts, Merged, Put, Rest, Taken};
use crate::source::{self, Extent, Outcome, Unlisted};

use super::guards::{self, guarded};
use super::ids::Ids;
use super::plan::{Action, Plan, Planned};
use super::reading::{Message, Reading};
use super::roots::Root;
use super::{Event, Job, Report, RunOutcome, millis};

/// What a run has in hand.
pub(super) struct Run<'a> {
    job: &'a Job,
    roots: &'a [Root],
    /// How many articles the index held of the roots before.
    n_before: u64,
    ids: Ids,
    report: &'a mut Report,
    tell: &'a mut dyn FnMut(Event<'_>),
    /// The bytes of articles since the last commit.
    bytes_uncommitted: u64,
}

/// What comes of the file that is being read.
#[derive(Default)]
struct OpenFile {
    is_begun: bool,
    facts: FileFacts,
    set_aside: Vec<Malformed>,
}

/// Why the reading ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// All files are read.
    All,
    /// It is late: what is read is published.
    Late,
    /// The run was ended from outside.
    Stopped,
}

/// With less room than this on the disk, a draft that failed is not left for the next run.
const ROOM_BYTES: u64 = 64_000_000;

impl<'a> Run<'a> {
    pub(super) fn new(
        job: &'a Job,
        roots: &'a [Root],
        plan: &Plan,
        report: &'a mut Report,
        tell: &'a mut dyn FnMut(Event<'_>),
    ) -> Self {
        let sums = &plan.sums;
        report.files.seen = sums.files;
        report.files.touched = sums.touched;
        report.files.unchanged = sums.unchanged;
        report.source_bytes = sums.source_bytes;
        let n_before = roots.iter().map(|root| root.n_before).sum();
        Self { job, roots, n_before, ids: Ids::default(), report, tell, bytes_uncommitted: 0 }
    }

    /// Ends a run that has nothing to do.
    pub(super) fn leave_unchanged(&mut self, base: &Base, unlisted: &[Unlisted]) -> Result<()> {
        self.report.outcome = RunOutcome::Unchanged;
        self.report.generation = base.generation.unwrap_or_default();
        self.report.articles.in_index = base.files.iter().map(|file| file.articles).sum();
        self.report.index_bytes = self.job.home.bytes(self.report.generation);
        unlisted.iter().try_for_each(|it| self.set_aside(&it.malformed))
    }

    /// Carries out a plan on a draft, and publishes it.
    pub(super) fn make(
        &mut self,
        mut draft: Draft,
        plan: Plan,
        unlisted: &[Unlisted],
    ) -> Result<()> {
        let was_continued = draft.taken() == Taken::Over;
        if draft.taken() == Taken::Copied {
            (self.tell)(Event::Copying);
        }
        let began = Instant::now();
        match self.fill(&mut draft, plan, unlisted) {
            Ok(End::Stopped) => {
                draft.commit()?;
                self.report.stages_ms.read = millis(began);
                self.report.outcome = RunOutcome::Interrupted;
                return Ok(());
            }
            Ok(end) => {
                let is_late = end == End::Late && self.report.files.left > 0;
                self.report.outcome =
                    if is_late { RunOutcome::Partial } else { RunOutcome::Published };
            }
            Err(error) => {
                // What a guard stopped is of no use, nor what fills the disk, nor what has been
                // gone on with and failed again.
                let has_room = self.job.home.free_bytes().is_none_or(|free| free > ROOM_BYTES);
                if error.kind == Kind::Guard || !has_room || was_continued {
                    draft.discard()?;
                }
                return Err(error);
            }
        }
        self.report.stages_ms.read = millis(began);
        let outcome = std::mem::replace(&mut self.report.outcome, RunOutcome::Failed);
        self.report.outcome = match self.publish(draft)? {
            Merged::Done => outcome,
            Merged::Stopped => RunOutcome::Interrupted,
        };
        Ok(())
    }

    fn publish(&mut self, mut draft: Draft) -> Result<Merged> {
        (self.tell)(Event::Merging);
        let began = Instant::now();
        if draft.merge(&self.job.stop)? == Merged::Stopped {
            return Ok(Merged::Stopped);
        }
        self.report.stages_ms.merge = millis(began);
        (self.tell)(Event::Publishing);
        let began = Instant::now();
        let facts = draft.publish(self.job.generations_kept)?;
        self.report.stages_ms.publish = millis(began);
        self.report.generation = facts.generation;
        self.report.articles.in_index = facts.articles;
        self.report.index_bytes = self.job.home.bytes(facts.generation);
        let seconds = self.report.stages_ms.read as f64 / 1e3;
        if seconds > 0.0 {
            self.report.articles_per_s = self.report.articles.read as f64 / seconds;
            self.report.megabytes_per_s = self.report.bytes_read as f64 / 1e6 / seconds;
        }
        Ok(Merged::Done)
    }

    fn fill(&mut self, draft: &mut Draft, plan: Plan, unlisted: &[Unlisted]) -> Result<End> {
        unlisted.iter().try_for_each(|it| self.set_aside(&it.malformed))?;
        for file in &plan.gone {
            draft.remove(file)?;
            self.report.files.deleted += 1;
            self.report.articles.deleted += file.articles;
        }
        plan.touched.into_iter().chain(plan.settled).for_each(|file| draft.touch(file));
        let mut planned = plan.read;
        for new in planned.iter_mut().filter(|it| it.known.is_none()) {
            new.other_key = draft.other_key(&new.file.origin);
        }
        draft.will_read(planned.iter().map(Planned::key))?;
        self.read_all(draft, &planned.into())
    }

    fn read_all(&mut self, draft: &mut Draft, files: &Arc<[Planned]>) -> Result<End> {
        let mut reading = Reading::begin(Arc::clone(files), self.job.readers, self.job.patience)?;
        let mut open = OpenFile::default();
        let mut n_done = 0;
        while let Some(message) = reading.next()? {
            let (Message::Read(idx, _) | Message::End(idx, _)) = message;
            let planned = &files[idx];
            if !open.is_begun {
                draft.begin_file(named(planned))?;
                open.is_begun = true;
            }
            match message {
                Message::Read(_, source::Event::Article(article)) => {
                    self.take(idx, *article, files, draft, &mut open.facts)?;
                }
                Message::Read(_, source::Event::Malformed(malformed)) => {
                    self.set_aside(&malformed)?;
                    open.facts.malformed += 1;
                    open.set_aside.push(malformed);
                }
                Message::Read(_, source::Event::Note(note)) => self.doubt(&note.to_string()),
                Message::End(_, outcome) => {
                    self.end_file(draft, planned, outcome, std::mem::take(&mut open))?;
                    n_done = idx + 1;
                }
            }
            if let Some(end) = self.must_end() {
                self.report.files.left = (files.len() - n_done) as u64;
                if end == End::Late && open.is_begun {
                    let outcome = Outcome { extent: Extent::Unreadable, ..Outcome::default() };
                    self.end_file(draft, planned, outcome, open)?;
                }
                return Ok(end);
            }
            if self.bytes_uncommitted >= self.job.commit_bytes {
                self.bytes_uncommitted = 0;
                draft.commit()?;
                (self.tell)(Event::Committed);
            }
        }
        self.check_end(draft)?;
        Ok(End::All)
    }

    /// Fails where so much is missing that the archive must be suspected.
    fn check_end(&self, draft: &Draft) -> Result<()> {
        let is_ours =
            |origin: &str| self.roots.iter().any(|root| source::is_within(origin, &root.name));
        let n_missing = if draft.is_upon_nothing() {
            self.n_before.saturating_sub(draft.n_articles_of(is_ours))
        } else {
            self.report.articles.deleted
        };
        let is_allowed = |n: u64| self.job.guards.deletions_max.is_some_and(|max| max.of(n) >= n);
        let is_lost = |root: &&Root| {
            let is_here = |origin: &str| source::is_within(origin, &root.name);
            root.n_before > 0 && !is_allowed(root.n_before) && draft.n_articles_of(is_here) == 0
        };
        if let Some(root) = self.roots.iter().find(is_lost) {
            let (name, n_before) = (Named(&root.given), root.n_before);
            let message =
                format!("no article could be read from {name}, and the index holds {n_before}");
            return Err(guarded(message, guards::HINT_DELETED));
        }
        guards::check_deletions(self.job, self.n_before, n_missing)
    }

    fn must_end(&self) -> Option<End> {
        if self.job.stop.load(Ordering::Relaxed) {
            return Some(End::Stopped);
        }
        let is_late = self.job.guards.until.is_some_and(|until| SystemTime::now() >= until);
        is_late.then_some(End::Late)
    }

    fn take(
        &mut self,
        idx: usize,
        mut article: Article,
        files: &[Planned],
        draft: &mut Draft,
        facts: &mut FileFacts,
    ) -> Result<()> {
        let taken = self.ids.give(&mut article, idx, |id| draft.carries(id))?;
        if let Some(taken) = taken {
            self.doubt(&taken.tell(&article, files));
        }
        facts.articles += 1;
        facts.undated += u64::from(article.date.is_none());
        facts.paragraphs += article.body().count() as u64;
        self.bytes_uncommitted += article.origin.span.len() as u64;
        let articles = &mut self.report.articles;
        articles.read += 1;
        articles.undated += u64::from(article.date.is_none());
        match draft.put(article)? {
            Put::Added => articles.added += 1,
            Put::Updated => articles.updated += 1,
            Put::Kept => articles.kept += 1,
        }
        Ok(())
    }

    fn end_file(
        &mut self,
        draft: &mut Draft,
        planned: &Planned,
        outcome: Outcome,
        open: OpenFile,
    ) -> Result<()> {
        let file = &planned.file;
        self.report.bytes_read += file.size;
        let counted = match planned.action {
            Action::Add => &mut self.report.files.added,
            Action::Update => &mut self.report.files.changed,
            Action::Move => &mut self.report.files.moved,
            Action::Retry | Action::Delete => &mut self.report.files.retried,
        };
        *counted += 1;
        let facts = FileFacts {
            bytes: file.size,
            // What may be read whole another time is not taken for known.
            modified_ns: if outcome.extent == Extent::Unreadable { 0 } else { file.mtime_ns },
            hash: outcome.hash.unwrap_or_default(),
            settled: outcome.settled,
            reader: outcome.reader,
            articles: open.facts.articles,
            undated: open.facts.undated,
            paragraphs: open.facts.paragraphs,
            malformed: open.facts.malformed,
            ..named(planned)
        };
        (self.tell)(Event::File(&facts));
        if let (Action::Move, Some(known)) = (planned.action, &planned.known) {
            draft.forget(&known.origin)?;
        }
        let ids = &self.ids;
        let rest = if outcome.extent == Extent::Whole { Rest::Deleted } else { Rest::Kept };
        let n_deleted = draft.end_file(facts, open.set_aside, rest, |id| ids.is_given(id))?;
        self.report.articles.deleted += n_deleted;
        Ok(())
    }

    fn set_aside(&mut self, malformed: &Malformed) -> Result<()> {
        (self.tell)(Event::SetAside(malformed));
        self.report.set_aside += 1;
        *self.report.set_aside_by_class.entry(malformed.class).or_default() += 1;
        match self.job.guards.errors_max {
            Some(max) if self.report.set_aside > max => Err(guarded(
                format!("more than {max} records were set aside"),
                "see what they are above, or raise --max-errors; nothing was changed",
            )),
            _ => Ok(()),
        }
    }

    fn doubt(&mut self, doubt: &str) {
        (self.tell)(Event::Doubt(doubt));
        self.report.doubts += 1;
    }
}

/// Returns what names a file in the manifest, and nothing else.
fn named(planned: &Planned) -> FileFacts {
    let file = &planned.file;
    FileFacts {
        path: file.shown.clone(),
        root: file.root.to_string(),
        origin: file.origin.clone(),
        moved_from: planned.other_key.clone().unwrap_or_default(),
        ..FileFacts::default()
    }
}
