//! A run under way.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Instant, SystemTime};

use crate::article::{Article, KnownRecord, Malformed, Withdrawal};
use crate::error::{Kind, Named, Result};
use crate::index::{Base, Draft, FileFacts, Merged, Published, Put, Rank, Rest, Taken, Version};
use crate::source::{self, Extent, Outcome, Unlisted};

use super::guards::{self, guarded};
use super::likeness::{Likeness, Verdict};
use super::namesakes::{self, Holder, Namesakes};
use super::plan::{Action, Plan, Planned};
use super::reading::{Limits, Message, Reading};
use super::roots::Root;
use super::{CpuTimes, Event, Job, Report, RunOutcome, millis};

/// What a run has in hand.
pub(super) struct Run<'a> {
    job: &'a Job,
    roots: &'a [Root],
    /// How many articles the index held of the roots before.
    n_before: u64,
    pub(super) namesakes: Namesakes,
    pub(super) report: &'a mut Report,
    tell: &'a mut dyn FnMut(Event<'_>),
    /// The bytes of articles since the last commit.
    bytes_uncommitted: u64,
    /// Whether the run has failed in a way that lets the next one go on where it stopped.
    is_safe: bool,
}

/// What comes of the file that is being read.
#[derive(Default)]
pub(super) struct OpenFile {
    is_begun: bool,
    pub(super) facts: FileFacts,
    set_aside: Vec<Malformed>,
    /// What the record is whose article comes next.
    record: Option<KnownRecord>,
    /// Whether what is known of its records is not true.
    pub(super) is_astray: bool,
}

/// An article that has come, and what its record is where it can be known again.
pub(super) struct Came {
    pub(super) article: Article,
    pub(super) record: Option<KnownRecord>,
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
        Self {
            job,
            roots,
            n_before,
            namesakes: Namesakes::of_run(&job.home),
            report,
            tell,
            bytes_uncommitted: 0,
            is_safe: false,
        }
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
                if error.kind == Kind::Guard || !has_room || was_continued && !self.is_safe {
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
        // All ids are given, and merging takes memory of its own.
        self.namesakes = Namesakes::of_run(&self.job.home);
        let began = Instant::now();
        if draft.merge(&self.job.stop)? == Merged::Stopped {
            return Ok(Merged::Stopped);
        }
        self.report.stages_ms.merge = millis(began);
        let [annotate, analyze, copies] = draft.cpu().map(|it| it.as_millis() as u64);
        self.report.cpu_ms = CpuTimes { annotate, analyze, copies, ..self.report.cpu_ms };
        (self.tell)(Event::Publishing);
        let began = Instant::now();
        let Published { facts, comparing } = draft.publish(self.job.generations_kept)?;
        self.report.cpu_ms.copies += comparing.as_millis() as u64;
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
        for file in &mut planned {
            match file.known {
                None => file.other_key = draft.other_key(&file.file.origin),
                Some(_) => file.know_records(draft),
            }
        }
        draft.will_read(planned.iter().map(|it| (it.file.origin.as_str(), it.key())))?;
        self.read_all(draft, &planned.into())
    }

    fn read_all(&mut self, draft: &mut Draft, files: &Arc<[Planned]>) -> Result<End> {
        let (patience, bytes_max) = (self.job.patience, self.job.swelling_bytes_max);
        let limits = Limits { patience, bytes_max };
        let mut reading = Reading::begin(Arc::clone(files), self.job.readers, limits)?;
        let mut open = OpenFile::default();
        let mut n_done = 0;
        while let Some(message) = self.next_of(&mut reading, draft)? {
            let (Message::Read(idx, _) | Message::End(idx, _)) = message;
            let planned = &files[idx];
            if !open.is_begun {
                draft.begin_file(planned.named())?;
                open.is_begun = true;
            }
            match message {
                Message::Read(_, source::Event::Article(article)) => {
                    let came = Came { article: *article, record: open.record.take() };
                    self.take(idx, came, files, draft, &mut open.facts)?;
                }
                Message::Read(_, source::Event::Unchanged(unchanged)) => {
                    self.leave(idx, *unchanged, files, draft, &mut open)?;
                }
                Message::Read(_, source::Event::Fingerprint { fingerprint, numbered }) => {
                    let known = KnownRecord::default();
                    open.record = Some(KnownRecord { fingerprint, numbered, ..known });
                }
                Message::Read(_, source::Event::Malformed(malformed)) => {
                    self.set_aside(&malformed)?;
                    open.facts.malformed += 1;
                    open.set_aside.push(malformed);
                }
                Message::Read(_, source::Event::Note(note)) => self.doubt(&note.to_string()),
                Message::Read(_, source::Event::Withdrawn(withdrawal)) => {
                    self.withdraw(idx, &withdrawal, files, draft, &mut open.facts)?;
                }
                // Nobody asked for these.
                Message::Read(_, source::Event::Traces(_) | source::Event::Encoded(_)) => {}
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

    /// Returns what was read next. Where that fails, what was read before is made safe.
    fn next_of(&mut self, reading: &mut Reading, draft: &mut Draft) -> Result<Option<Message>> {
        let next = reading.next();
        self.report.cpu_ms.read = reading.cpu().as_millis() as u64;
        if next.is_err() {
            draft.commit()?;
            self.is_safe = true;
        }
        next
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

    /// Takes an article in, unless another one with its id supersedes it.
    pub(super) fn take(
        &mut self,
        idx: usize,
        Came { mut article, record }: Came,
        files: &[Planned],
        draft: &mut Draft,
        facts: &mut FileFacts,
    ) -> Result<()> {
        self.bytes_uncommitted += article.origin.span.len() as u64;
        self.report.articles.read += 1;
        let likeness = Likeness::of(&article);
        let own = article.id.clone();
        let version = |by: String| Version {
            id: own.clone(),
            origin: files[idx].file.origin.clone(),
            record: article.origin.record,
            rank: likeness.rank,
            by,
            ..Version::default()
        };
        if let Some(word) = draft.withdrawal(&own).filter(|it| !likeness.rank.is_later(it.rank)) {
            let version = version(word.origin.clone());
            draft.note_version(version);
            self.report.articles.superseded += 1;
            return Ok(());
        }
        let mut is_instead = false;
        let mut n = 2;
        let mut first = None;
        while let Some(holder) = self.namesakes.holder(&article.id, draft, files)? {
            match (likeness.against(&holder.likeness), &holder.origin) {
                (Verdict::Superseded, Some(origin)) => {
                    draft.note_version(Version { id: article.id, ..version(origin.clone()) });
                    self.report.articles.superseded += 1;
                    return Ok(());
                }
                (Verdict::Supersedes, Some(_)) => {
                    self.displace(&article.id, &holder, &files[idx], draft, facts)?;
                    is_instead = true;
                    break;
                }
                _ => {
                    article.id = format!("{own}#{n}");
                    n += 1;
                    first.get_or_insert(holder);
                }
            }
        }
        if let Some(holder) = first {
            self.doubt(&namesakes::told(&article, &own, &holder));
        }
        self.namesakes.give(&article.id, idx, article.origin.record, Some(likeness))?;
        facts.articles += 1;
        facts.undated += u64::from(article.date.is_none());
        facts.paragraphs += u64::from(likeness.paragraphs);
        let articles = &mut self.report.articles;
        articles.undated += u64::from(article.date.is_none());
        // One that is not called by its own id may be called so another time.
        let known = record.filter(|_| article.id == own).map(|record| KnownRecord {
            record: article.origin.record,
            span: article.origin.span,
            paragraphs: likeness.paragraphs,
            undated: article.date.is_none(),
            ..record
        });
        let put = match is_instead {
            true => draft.put_instead(article).map(|()| Put::Updated),
            false => draft.put(article),
        };
        match put? {
            Put::Added => articles.added += 1,
            Put::Updated => articles.updated += 1,
            Put::Kept => articles.kept += 1,
        }
        if let Some(known) = known {
            draft.note_record(&own, known);
        }
        Ok(())
    }

    /// Takes an article out that a record of another file, or of the same, supersedes or withdraws.
    fn displace(
        &mut self,
        id: &str,
        holder: &Holder,
        by: &Planned,
        draft: &mut Draft,
        facts: &mut FileFacts,
    ) -> Result<()> {
        let version = Version {
            id: id.to_owned(),
            origin: holder.origin.clone().unwrap_or_default(),
            record: holder.record,
            rank: holder.likeness.rank,
            by: by.file.origin.clone(),
            ..Version::default()
        };
        let undated = u64::from(holder.likeness.undated);
        let paragraphs = u64::from(holder.likeness.paragraphs);
        if version.origin == by.file.origin {
            facts.articles = facts.articles.saturating_sub(1);
            facts.undated = facts.undated.saturating_sub(undated);
            facts.paragraphs = facts.paragraphs.saturating_sub(paragraphs);
        }
        self.report.articles.superseded += 1;
        draft.displace(version, undated, paragraphs)
    }

    /// Takes out the article that a publisher withdraws, and notes that it is withdrawn.
    fn withdraw(
        &mut self,
        idx: usize,
        withdrawal: &Withdrawal,
        files: &[Planned],
        draft: &mut Draft,
        facts: &mut FileFacts,
    ) -> Result<()> {
        let at = withdrawal.updated.map(|it| it.seconds);
        let rank = Rank { version: withdrawal.version, at };
        let id = &withdrawal.id;
        if let Some(holder) = self.namesakes.holder(id, draft, files)?
            && holder.origin.is_some()
            && !holder.likeness.rank.is_later(rank)
        {
            self.displace(id, &holder, &files[idx], draft, facts)?;
            self.namesakes.take_back(id);
        }
        self.report.articles.withdrawn += 1;
        draft.note_version(Version {
            id: id.clone(),
            origin: files[idx].file.origin.clone(),
            record: withdrawal.origin.record,
            rank,
            withdrawn: withdrawal.by.clone(),
            ..Version::default()
        });
        Ok(())
    }

    fn end_file(
        &mut self,
        draft: &mut Draft,
        planned: &Planned,
        mut outcome: Outcome,
        open: OpenFile,
    ) -> Result<()> {
        let file = &planned.file;
        if open.is_astray {
            // So that the next run reads it whole.
            (outcome.hash, outcome.settled) = (None, false);
        }
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
            settings: file.settings.mark(),
            articles: open.facts.articles,
            undated: open.facts.undated,
            paragraphs: open.facts.paragraphs,
            malformed: open.facts.malformed,
            ..planned.named()
        };
        (self.tell)(Event::File(&facts));
        if let (Action::Move, Some(known)) = (planned.action, &planned.known) {
            draft.forget(&known.origin)?;
        }
        let namesakes = &self.namesakes;
        let rest = if outcome.extent == Extent::Whole { Rest::Deleted } else { Rest::Kept };
        let n_deleted = draft.end_file(facts, open.set_aside, rest, |id| namesakes.is_given(id))?;
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

    pub(super) fn doubt(&mut self, doubt: &str) {
        (self.tell)(Event::Doubt(doubt));
        self.report.doubts += 1;
    }
}
