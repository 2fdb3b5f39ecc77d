//! A night after a day: the archive has changed, a run starts, and somebody kills it.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use dateline::search::Searcher;

use super::archive::{Archive, Model, Size};
use super::invariants::{
    After, answers, assert_same, check_all, check_layout, check_words, current, difference, names,
};
use super::random::Random;
use super::{child, program};
use crate::world::{NEWS, Said, World};

/// How much happens to the archive before a run, at the most.
const N_OPERATIONS_MAX: usize = 20;

/// How long the runs before took that say how long the next one will.
const N_TIMED: usize = 5;

/// Of how many words one is looked for after a kill; after a run that went through, all are.
const ONE_WORD_OF: usize = 5;

/// How many bytes the library reads between two commits: a run has some tens of them.
const COMMIT_BYTES: u64 = 40_000;

/// The earliest kill, as a share of the time that a run takes, and the latest.
const EARLIEST: f64 = 0.01;
const LATEST: f64 = 1.1;

/// Who indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Runner {
    /// The program, which commits once where there is so little to do.
    Program,
    /// The library, which commits often: what it leaves can be continued.
    InSmallSteps,
}

impl Runner {
    fn index(self, world: &World) -> Command {
        match self {
            Self::Program => program::index(world),
            Self::InSmallSteps => child::index(world, COMMIT_BYTES, None),
        }
    }
}

/// Where a kill fell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// The run had not taken the lock.
    BeforeTheLock,
    /// It had not begun a draft, or had removed it again.
    Planning,
    /// It was reading, writing or merging.
    Writing,
    /// The manifest was written, and the switch was not made.
    Finishing,
    /// The new generation was in use, and the run had not ended.
    AfterTheSwitch,
    /// The run had ended.
    AfterTheEnd,
}

impl Stage {
    /// Tells where a kill fell, by what it left.
    fn of(world: &World, killed: u32, before: &str, code: Option<i32>) -> Self {
        let index = world.path("index");
        let holder = fs::read_to_string(index.join("LOCK")).unwrap_or_default();
        let held = holder.split(|c: char| !c.is_ascii_digit()).any(|it| it == killed.to_string());
        let names = names(&index);
        let is_draft =
            |name: &&String| *name == "draft" || name.starts_with('g') && name.as_str() > before;
        let drafts: Vec<&String> = names.iter().filter(is_draft).collect();
        let is_whole = |draft: &&String| index.join(draft).join("facts.json").exists();
        match () {
            () if code.is_some() => Self::AfterTheEnd,
            () if !held => Self::BeforeTheLock,
            () if current(&index) != before => Self::AfterTheSwitch,
            () if drafts.iter().any(is_whole) => Self::Finishing,
            () if drafts.is_empty() => Self::Planning,
            () => Self::Writing,
        }
    }

    pub(super) fn is_within_a_run(self) -> bool {
        !matches!(self, Self::BeforeTheLock | Self::AfterTheEnd)
    }
}

/// An archive, its index, and whoever kills the runs.
pub(super) struct Night {
    pub(super) world: World,
    pub(super) archive: Archive,
    /// When to kill; apart from the chance of the archive, so that times do not change what happens.
    pub(super) random: Random,
    /// What the index answers.
    published: Model,
    /// How long the latest runs took that went through.
    took: BTreeMap<Runner, Vec<Duration>>,
    /// Where the kills fell.
    pub(super) stages: BTreeMap<Stage, usize>,
}

impl Night {
    pub(super) fn begin(seed: u64) -> Self {
        let world = World::empty();
        let archive = Archive::make(world.path(NEWS), Size::LARGE, seed);
        let published = Model::new();
        let random = Random::seeded(!seed);
        let stages = BTreeMap::new();
        let mut night = Self { world, archive, random, published, took: BTreeMap::new(), stages };
        // The first run reads everything, and says nothing of how long the others will take.
        program::index_to_the_end(&night.world);
        for runner in [Runner::Program, Runner::InSmallSteps] {
            night.day();
            night.run(runner);
        }
        night
    }

    /// Lets a run go through, and checks everything.
    pub(super) fn run_to_the_end(&mut self) {
        let runner = self.runner();
        self.run(runner);
    }

    fn run(&mut self, runner: Runner) {
        let started = Instant::now();
        let said = Said::of(&mut runner.index(&self.world), "");
        assert!(matches!(said.code, Some(0 | 3)), "{said:#?}");
        self.took.entry(runner).or_default().push(started.elapsed());
        self.check_new();
    }

    /// Checks everything after a run that went through.
    pub(super) fn check_new(&mut self) {
        self.published = self.archive.model();
        check_all(&self.world, &self.archive);
    }

    /// Kills a run, and checks that the index answers as before it or as after it.
    pub(super) fn kill_a_run(&mut self) {
        let reader = self.world.searcher();
        let before = current(&self.world.path("index"));
        let runner = self.runner();
        let delay = self.delay(runner);
        let mut run = program::start(&mut runner.index(&self.world));
        thread::sleep(delay);
        run.kill().unwrap();
        let code = run.wait().unwrap().code();
        let stage = Stage::of(&self.world, run.id(), &before, code);
        println!("  {runner:?} killed after {delay:?}: {stage:?}");
        *self.stages.entry(stage).or_default() += 1;
        self.check_old_or_new(&reader);
        if stage == Stage::AfterTheEnd {
            assert!(matches!(code, Some(0 | 3)), "{code:?}");
            assert_same(&self.published, &self.archive.model(), "the run had ended");
        }
    }

    /// Checks that the index answers as before the run that was killed or as after it, and that
    /// `reader`, which was there before, sees nothing of it.
    pub(super) fn check_old_or_new(&mut self, reader: &Searcher) {
        let words = self.archive.words();
        let of_sample = self.random.below(ONE_WORD_OF);
        let sample: Vec<String> = words.into_iter().skip(of_sample).step_by(ONE_WORD_OF).collect();
        check_words(reader, &self.published, &sample);
        check_layout(&self.world, After::AKill);
        let searcher = self.world.searcher();
        let (found, new) = (answers(&searcher), self.archive.model());
        assert!(
            found == self.published || found == new,
            "the index is neither the old one: {}\nnor the new one: {}",
            difference(&found, &self.published),
            difference(&found, &new)
        );
        check_words(&searcher, &found, &sample);
        self.published = found;
    }

    /// Returns when to kill: half of the times lie evenly over a run, half of them crowd at its
    /// beginning.
    pub(super) fn delay(&mut self, runner: Runner) -> Duration {
        let mut latest: Vec<Duration> =
            self.took[&runner].iter().rev().take(N_TIMED).copied().collect();
        latest.sort_unstable();
        let share = self.random.share();
        let even = self.random.heads();
        let share = if even { LATEST * share } else { EARLIEST * (LATEST / EARLIEST).powf(share) };
        latest[latest.len() / 2].mul_f64(share)
    }

    fn runner(&mut self) -> Runner {
        if self.random.heads() { Runner::Program } else { Runner::InSmallSteps }
    }

    /// Lets something happen to the archive.
    pub(super) fn day(&mut self) {
        let n_operations = 1 + self.random.below(N_OPERATIONS_MAX);
        self.archive.day(n_operations);
    }
}
