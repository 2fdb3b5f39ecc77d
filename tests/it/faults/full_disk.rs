//! Disks without space.
//!
//! There are two ways to have one: a limit on the size of a file, which any user may set and which
//! fails every write beyond it, and a small disk in memory, for which the test runs itself in a name
//! space of its own, so that the disk is gone with it.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::archive::{Archive, Size};
use super::invariants::{After, answers, check_all, check_layout, check_like_new, difference};
use super::program;
use super::random::Random;
use crate::world::{NEWS, PROGRAM, Said, World};

/// How many runs meet a limit on the size of files, and how many the end of the disk.
const N_LIMITS: usize = 10;
const N_DISKS: usize = 10;

/// How much happens to the archive before each run.
const N_OPERATIONS: usize = 3;

/// More blocks of 512 bytes than any file of the index has.
const BLOCKS_MAX: f64 = 512.0;

/// The size of the disk while there is space, and more than a run needs, both in KiB.
const ROOMY_KIB: u64 = 16 * 1024;
const NEEDED_KIB_MAX: f64 = 1024.0;

/// How many bytes more a failure may leave than the failure before it.
const GROWTH_BYTES_MAX: u64 = 32 * 1024;

/// Says to the child that it has a name space of its own.
const SMALL_DISK: &str = "DATELINE_SMALL_DISK";

#[test]
fn files_that_may_not_grow_leave_the_index_whole_and_the_next_run_makes_good() {
    let mut full = Full::on(World::empty(), 21);
    for nth in 0..N_LIMITS {
        let n_blocks = full.size(nth, N_LIMITS, BLOCKS_MAX);
        println!("files of {n_blocks} blocks of 512 bytes");
        let script = format!("trap '' XFSZ; ulimit -f {n_blocks}; exec \"$@\"");
        full.run_without_space(|world| Said::of(&mut in_shell(world, &script), ""));
        full.run_with_space();
    }
    full.check_failures(N_LIMITS);
}

/// Returns the command that indexes, started by a shell.
fn in_shell(world: &World, script: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script, "sh", PROGRAM]).args(program::index(world).get_args());
    command.current_dir(world.path("")).env_clear();
    command
}

#[test]
fn a_full_disk_leaves_the_index_whole_and_the_next_run_makes_good() {
    if env::var_os(SMALL_DISK).is_none() {
        return in_a_name_space(&program::this_test(module_path!(), "a_full_disk"));
    }
    let world = World::empty();
    let index = world.path("index");
    fs::create_dir(&index).unwrap();
    mount("size", ROOMY_KIB, &index);
    let mut full = Full::on(world, 23);
    for nth in 0..N_DISKS {
        let free_kib = full.size(nth, N_DISKS, NEEDED_KIB_MAX);
        println!("{free_kib} KiB are free");
        mount("remount,size", used_kib(&index) + free_kib, &index);
        full.run_without_space(program::index_said);
        mount("remount,size", ROOMY_KIB, &index);
        full.run_with_space();
    }
    full.check_failures(N_DISKS);
}

/// Runs a test again where it may mount disks that nobody else sees.
fn in_a_name_space(test: &[String]) {
    let may_mount = |rights: &&str| {
        let probe = ["sh", "-c", "mount -t tmpfs tmpfs /tmp"];
        let output = Command::new("unshare").arg(rights).args(probe).output();
        output.is_ok_and(|it| it.status.success())
    };
    // As root, or as any user who may be root in a name space.
    let Some(rights) = ["--mount", "-rm"].into_iter().find(may_mount) else {
        println!("skipped: this user may not mount a disk");
        return;
    };
    let mut unshare = Command::new("unshare");
    let output = unshare.arg(rights).args(test).arg("--nocapture").env(SMALL_DISK, "yes").output();
    let output = output.unwrap();
    println!("{}", String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Mounts a disk in memory of a size, or gives another size to one.
fn mount(option: &str, kib: u64, dir: &Path) {
    let option = format!("{option}={kib}k");
    let mut mount = Command::new("mount");
    let status = mount.args(["-t", "tmpfs", "-o", &option, "tmpfs"]).arg(dir).status();
    assert!(status.unwrap().success(), "{option}");
}

/// Returns how much of a disk is used, in KiB.
fn used_kib(dir: &Path) -> u64 {
    let output = Command::new("df").args(["-k", "--output=used"]).arg(dir).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    said.lines().nth(1).unwrap().trim().parse().unwrap()
}

/// An archive and its index, on a disk that is full at times.
struct Full {
    world: World,
    archive: Archive,
    random: Random,
    n_failed: usize,
}

impl Full {
    fn on(world: World, seed: u64) -> Self {
        let archive = Archive::make(world.path(NEWS), Size::SMALL, seed);
        program::index_to_the_end(&world);
        Self { world, archive, random: Random::seeded(!seed), n_failed: 0 }
    }

    /// Returns the nth of a number of sizes, which grow from nothing to enough.
    fn size(&mut self, nth: usize, n: usize, enough: f64) -> u64 {
        enough.powf((nth as f64 + self.random.share()) / n as f64) as u64
    }

    /// Lets something happen to the archive, and checks that a run that fails says so and leaves the
    /// index whole, and that a second one that fails leaves no more behind than the first.
    fn run_without_space(&mut self, run: impl Fn(&World) -> Said) {
        let old = self.archive.model();
        self.archive.day(N_OPERATIONS);
        let said = run(&self.world);
        if matches!(said.code, Some(0 | 3)) {
            return;
        }
        self.n_failed += 1;
        check_refused(&said);
        check_layout(&self.world, After::AKill);
        let (found, new) = (answers(&self.world.searcher()), self.archive.model());
        assert!(found == old || found == new, "neither old nor new: {}", difference(&found, &old));
        let left = bytes_below(&self.world.path("index"));
        check_refused(&run(&self.world));
        let grown = bytes_below(&self.world.path("index"));
        assert!(grown <= left + GROWTH_BYTES_MAX, "{left} bytes became {grown}");
    }

    fn run_with_space(&self) {
        program::index_to_the_end(&self.world);
        check_all(&self.world, &self.archive);
    }

    /// Checks that some runs failed, and not all of them, and that none of it can be seen.
    fn check_failures(&self, n_runs: usize) {
        println!("{} of {n_runs} runs failed", self.n_failed);
        assert!((n_runs / 3..n_runs).contains(&self.n_failed), "of {n_runs}: {}", self.n_failed);
        check_like_new(&self.world);
    }
}

/// Checks that a run said plainly that it could not write, and where.
#[track_caller]
fn check_refused(said: &Said) {
    assert!(matches!(said.code, Some(6 | 7)), "{said:#?}");
    let told: Vec<&str> = said.err.lines().filter(|it| it.starts_with("dateline: ")).collect();
    let names_the_place = |line: &str| line.contains("'index") || line.contains("/index/");
    assert!(told.len() == 1 && names_the_place(told[0]), "where is not told: {said:#?}");
    assert!(!said.err.contains("panicked"), "{said:#?}");
}

/// Returns how many bytes the files below a folder have.
fn bytes_below(dir: &Path) -> u64 {
    let entries = fs::read_dir(dir).unwrap().map(|it| it.unwrap());
    let bytes = |entry: fs::DirEntry| {
        let metadata = entry.metadata().unwrap();
        if metadata.is_dir() { bytes_below(&entry.path()) } else { metadata.len() }
    };
    entries.map(bytes).sum()
}
