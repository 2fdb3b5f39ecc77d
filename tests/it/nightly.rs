//! The run over an archive that changes: what is read again, what stays, what is told.

use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use dateline::article::{Article, Class};
use dateline::error::{Error, Kind};
use dateline::ingest::{self, Event, Guards, Job, Quarantined, Report, RunOutcome, Share, Trust};
use dateline::source::{
    self, Confidence, Each, Head, Input, JsonLines, PlainText, Reader, Readers,
};
use serde_json::{Value, json};

use crate::world::{NEWS, World};

/// Makes a record of a wire with its headline.
fn record(id: &str, body: &str) -> String {
    json!({"id": id, "headline": format!("Report {id}"), "body": body}).to_string()
}

/// Puts a wire of records into a file.
fn put(world: &World, name: &str, records: &[(&str, &str)]) {
    let lines: Vec<String> = records.iter().map(|(id, body)| record(id, body)).collect();
    world.put(name, lines.join("\n") + "\n");
}

fn job(world: &World) -> Job {
    // Children that others start at this moment hold the lock for another one.
    let lock_timeout = Duration::from_secs(60);
    Job { lock_timeout, ..Job::new(world.home(), vec![world.path(NEWS)]) }
}

fn run(job: &Job) -> Report {
    ingest::run(job, &mut |_| {}).unwrap()
}

fn fails(job: &Job) -> Error {
    ingest::run(job, &mut |_| {}).unwrap_err()
}

/// Returns how many articles were new, updated, kept and deleted.
fn articles(report: &Report) -> [u64; 4] {
    let articles = report.articles;
    [articles.added, articles.updated, articles.kept, articles.deleted]
}

/// Returns how many files were new, changed, moved, touched and deleted.
fn files(report: &Report) -> [u64; 5] {
    let files = report.files;
    [files.added, files.changed, files.moved, files.touched, files.deleted]
}

/// Gives a file a time long past, so that it is trusted.
fn date_back(path: &Path, hours: u64) {
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(hours * 3600)).unwrap();
}

/// Returns where an article is said to stand: its path and record.
fn place(world: &World, id: &str) -> (String, u64) {
    let said = world.run(&["show", id, "--format", "json"]).expect(0);
    let article: Value = serde_json::from_str(&said.out).unwrap();
    let path = article["path"].as_str().unwrap();
    let path = path.rsplit_once("news/").unwrap().1.to_owned();
    (path, article["record"].as_u64().unwrap())
}

#[test]
fn of_a_file_of_records_only_those_that_changed_get_in() {
    let world = World::empty();
    put(&world, "wire.jsonl", &[("a", "Ferry one."), ("b", "Ferry two."), ("c", "Ferry three.")]);
    assert_eq!(articles(&run(&job(&world))), [3, 0, 0, 0]);
    put(
        &world,
        "wire.jsonl",
        &[("new", "Ferry new."), ("a", "Ferry one."), ("b", "Mill."), ("d", "Ferry four.")],
    );
    let report = run(&job(&world));
    assert_eq!((articles(&report), files(&report)), ([2, 1, 1, 1], [0, 1, 0, 0, 0]));
    world.finds("ferry", ["a", "d", "new"]);
    world.finds("mill", ["b"]);
    // The record that stayed knows where it stands now.
    assert_eq!(place(&world, "a"), ("wire.jsonl".to_owned(), 2));
    assert_eq!(place(&world, "d"), ("wire.jsonl".to_owned(), 4));
    // And once more, from a generation that has such records.
    put(&world, "wire.jsonl", &[("a", "Ferry one."), ("new", "Ferry new."), ("b", "Mill.")]);
    assert_eq!(articles(&run(&job(&world))), [0, 0, 3, 1]);
    assert_eq!(place(&world, "a"), ("wire.jsonl".to_owned(), 1));
    assert_eq!(place(&world, "new"), ("wire.jsonl".to_owned(), 2));
    assert_eq!(world.count("*"), 3);
}

#[test]
fn records_are_known_by_their_bytes_and_what_is_known_wrongly_is_mended_the_next_night() {
    let world = World::empty();
    put(&world, "wire.jsonl", &[("a", "Ferry one."), ("b", "Ferry two.")]);
    run(&job(&world));
    // The first row begins behind the header, with a fingerprint and the hash of the id.
    let records = world.path("index/g000001/records");
    let mut bytes = fs::read(&records).unwrap();
    bytes["dateline records 1\n".len() + 12] ^= 1;
    fs::write(&records, bytes).unwrap();
    put(&world, "wire.jsonl", &[("a", "Ferry one."), ("b", "Ferry three.")]);
    let report = run(&job(&world));
    assert_eq!((articles(&report), report.doubts), ([0, 1, 0, 1], 1));
    world.finds("ferry", ["b"]);
    assert_eq!(articles(&run(&job(&world))), [1, 0, 1, 0]);
    world.finds("ferry", ["a", "b"]);
    world.run(&["verify", "--sample", "9"]).expect(0);
}

#[test]
fn records_known_of_another_generation_are_not_believed() {
    let world = World::empty();
    put(&world, "wire.jsonl", &[("a", "Ferry one."), ("b", "Ferry two.")]);
    run(&job(&world));
    let stale = fs::read(world.path("index/g000001/records")).unwrap();
    put(&world, "wire.jsonl", &[("a", "Mill one."), ("b", "Ferry two.")]);
    run(&job(&world));
    fs::write(world.path("index/g000002/records"), stale).unwrap();
    put(&world, "wire.jsonl", &[("a", "Ferry one."), ("b", "Ferry two.")]);
    assert_eq!(articles(&run(&job(&world))), [0, 1, 1, 0]);
    world.finds("ferry", ["a", "b"]);
}

#[test]
fn a_moved_file_is_found_under_its_new_name_and_not_indexed_again() {
    let world = World::empty();
    put(&world, "in/today.jsonl", &[("a", "Ferry one."), ("b", "Ferry two.")]);
    put(&world, "in/other.jsonl", &[("c", "Ferry three.")]);
    run(&job(&world));
    fs::create_dir(world.news("kept")).unwrap();
    fs::rename(world.news("in/today.jsonl"), world.news("kept/march.jsonl")).unwrap();
    let report = run(&job(&world));
    assert_eq!((articles(&report), files(&report)), ([0, 0, 2, 0], [0, 0, 1, 0, 0]));
    assert_eq!(place(&world, "b"), ("kept/march.jsonl".to_owned(), 2));
    world.finds("file:march", ["a", "b"]);
    world.finds("file:today", []);
    world.finds("ferry -file:march", ["c"]);
    world.finds("file:in", ["c"]);
    // Its old name is free for another file, and both may change and go.
    put(&world, "in/today.jsonl", &[("d", "Ferry four.")]);
    assert_eq!(articles(&run(&job(&world))), [1, 0, 0, 0]);
    world.finds("file:today", ["d"]);
    put(&world, "kept/march.jsonl", &[("a", "Ferry one."), ("b", "Mill two.")]);
    assert_eq!(articles(&run(&job(&world))), [0, 1, 1, 0]);
    world.finds("file:march", ["a", "b"]);
    fs::remove_file(world.news("kept/march.jsonl")).unwrap();
    assert_eq!(articles(&run(&job(&world))), [0, 0, 0, 2]);
    world.finds("*", ["c", "d"]);
}

#[test]
fn an_article_that_is_named_by_its_path_is_renamed_with_its_file() {
    let world = World::of(["Ferry."]);
    fs::rename(world.news("a.txt"), world.news("b.txt")).unwrap();
    let report = run(&job(&world));
    assert_eq!((articles(&report), files(&report)), ([1, 0, 0, 1], [0, 0, 1, 0, 0]));
    world.finds("ferry", ["b"]);
    world.finds("file:b", ["b"]);
}

#[test]
fn what_was_only_touched_is_not_read_again() {
    let world = World::of(["Ferry one.", "Ferry two."]);
    date_back(&world.news("a.txt"), 1);
    let report = run(&job(&world));
    assert_eq!((articles(&report), files(&report)), ([0; 4], [0, 0, 0, 1, 0]));
    assert_eq!((report.bytes_read, report.outcome), (0, RunOutcome::Published));
    let report = run(&job(&world));
    assert_eq!((files(&report), report.outcome), ([0; 5], RunOutcome::Unchanged));
}

#[test]
fn content_that_changed_behind_the_same_size_and_time_is_found_by_the_paranoid() {
    let world = World::of(["Ferry one."]);
    date_back(&world.news("a.txt"), 2);
    run(&job(&world));
    let time = fs::metadata(world.news("a.txt")).unwrap().modified().unwrap();
    world.put("a.txt", "Ferry two.");
    let file = fs::File::options().write(true).open(world.news("a.txt")).unwrap();
    file.set_modified(time).unwrap();
    assert_eq!(run(&job(&world)).outcome, RunOutcome::Unchanged);
    let report = run(&Job { trust: Trust::Content, ..job(&world) });
    assert_eq!(articles(&report), [0, 1, 0, 0]);
    world.check("two", ["Ferry **two**."]);
}

#[test]
fn a_file_that_changes_within_the_grain_of_the_clock_is_noticed() {
    let world = World::empty();
    let time = SystemTime::now();
    for body in ["Ferry one.", "Ferry two."] {
        world.put("a.txt", body);
        let file = fs::File::options().write(true).open(world.news("a.txt")).unwrap();
        file.set_modified(time).unwrap();
        run(&job(&world));
    }
    world.check("two", ["Ferry **two**."]);
}

#[test]
fn a_plan_tells_what_a_run_would_do_and_does_nothing() {
    let world = World::of(["Ferry one.", "Ferry two.", "Ferry three."]);
    world.put("a.txt", "Mill one.");
    fs::remove_file(world.news("b.txt")).unwrap();
    fs::rename(world.news("c.txt"), world.news("moved.txt")).unwrap();
    world.put("new.txt", "Mill.");
    let before = fs::read_dir(world.path("index")).unwrap().count();
    let plan = ingest::plan(&job(&world), &mut |_| {}).unwrap();
    let sums = &plan.sums;
    assert_eq!([sums.adds, sums.updates, sums.moves, sums.deletes], [1; 4]);
    assert_eq!((sums.files, sums.articles_deleted), (3, 1));
    let actions: Vec<String> = plan
        .actions()
        .map(|(action, path)| format!("{action:?} {}", &path[path.len() - 6..]))
        .collect();
    assert_eq!(actions, ["Update /a.txt", "Move ed.txt", "Add ew.txt", "Delete /b.txt"]);
    assert_eq!(fs::read_dir(world.path("index")).unwrap().count(), before);
    world.finds("ferry", ["a", "b", "c"]);
}

/// Runs until the n-th article is in, is stopped there, and returns its report.
fn stop_after(world: &World, n_files: usize, commit_bytes: u64) -> Report {
    let job = Job { commit_bytes, ..job(world) };
    let mut n_seen = 0;
    let report = ingest::run(&job, &mut |event| {
        n_seen += usize::from(matches!(event, Event::File(_)));
        if n_seen == n_files {
            job.stop.store(true, Ordering::Relaxed);
        }
    });
    report.unwrap()
}

#[test]
fn a_run_that_is_stopped_is_gone_on_with() {
    let world = World::of(["Ferry 0."]);
    for n in 1..=6 {
        world.put(&format!("f{n}.txt"), format!("Ferry {n}."));
    }
    world.put("a.txt", "Mill 0.");
    let report = stop_after(&world, 3, 1);
    assert_eq!((report.outcome, report.files.left), (RunOutcome::Interrupted, 4));
    // Nobody sees half of it.
    world.finds("ferry", ["a"]);
    let mut has_continued = false;
    let report = ingest::run(&job(&world), &mut |event| {
        has_continued |= matches!(event, Event::Continuing);
    })
    .unwrap();
    assert!(has_continued);
    assert_eq!((report.outcome, articles(&report)), (RunOutcome::Published, [4, 0, 0, 0]));
    assert_eq!((world.count("ferry"), world.count("*"), world.count("mill")), (6, 7, 1));
}

#[test]
fn a_first_run_that_is_stopped_again_and_again_comes_to_its_end() {
    let world = World::empty();
    for n in 0..60 {
        world.put(&format!("f{n}.txt"), format!("Ferry {n}."));
    }
    let mut n_runs = 1;
    while stop_after(&world, 15, 1).outcome == RunOutcome::Interrupted {
        n_runs += 1;
    }
    assert!(n_runs >= 3, "{n_runs} runs");
    assert_eq!(world.count("ferry"), 60);
}

#[test]
fn a_run_that_was_stopped_may_find_another_archive() {
    let world = World::of(["Ferry 0."]);
    for n in 1..=6 {
        world.put(&format!("f{n}.txt"), format!("Ferry {n}."));
    }
    stop_after(&world, 4, 1);
    fs::remove_file(world.news("f1.txt")).unwrap();
    world.put("f2.txt", "Mill 2.");
    fs::rename(world.news("f3.txt"), world.news("g3.txt")).unwrap();
    run(&job(&world));
    world.finds("ferry", ["a", "f4", "f5", "f6", "g3"]);
    world.finds("mill", ["f2"]);
}

#[test]
fn a_rebuild_that_was_stopped_is_not_mistaken_for_the_next_run() {
    let world = World::of(["Ferry 0.", "Ferry 1.", "Ferry 2."]);
    let rebuild = Job { start: ingest::Start::Rebuild, ..job(&world) };
    let stop = rebuild.stop.clone();
    let stopped = ingest::run(&rebuild, &mut |_| stop.store(true, Ordering::Relaxed)).unwrap();
    assert_eq!(stopped.outcome, RunOutcome::Interrupted);
    assert_eq!(run(&job(&world)).outcome, RunOutcome::Unchanged);
    world.finds("ferry", ["a", "b", "c"]);
}

#[test]
fn when_it_is_late_what_was_read_is_published_and_the_rest_comes_next_time() {
    let world = World::of(["Ferry 0."]);
    let records: Vec<(String, String)> =
        (0..300).map(|n| (format!("r{n}"), format!("Ferry {n}."))).collect();
    let records: Vec<(&str, &str)> = records.iter().map(|(a, b)| (&**a, &**b)).collect();
    put(&world, "wire.jsonl", &records);
    world.put("z.txt", "Ferry z.");
    let guards = Guards { until: Some(SystemTime::now()), ..Guards::default() };
    let report = run(&Job { guards, ..job(&world) });
    assert_eq!((report.outcome, report.files.left), (RunOutcome::Partial, 2));
    assert!(world.count("*") >= 1);
    let report = run(&job(&world));
    assert_eq!((report.outcome, report.files.left), (RunOutcome::Published, 0));
    assert_eq!(world.count("ferry"), 302);
}

#[test]
fn so_many_deletions_are_suspected() {
    let world = World::empty();
    for n in 0..50 {
        world.put(&format!("{n:02}.txt"), format!("Ferry {n}."));
    }
    run(&job(&world));
    for n in 0..21 {
        fs::remove_file(world.news(&format!("{n:02}.txt"))).unwrap();
    }
    let error = fails(&job(&world));
    assert_eq!(error.kind, Kind::Guard);
    assert_eq!(error.message, "21 of 50 articles would be deleted (42.0 %), and 20 may be");
    assert_eq!(world.count("*"), 50);
    let with = |share| {
        let guards = Guards { deletions_max: Some(share), ..Guards::default() };
        Job { guards, ..job(&world) }
    };
    assert_eq!(fails(&with(Share::Articles(20))).kind, Kind::Guard);
    assert_eq!(fails(&with(Share::Percent(41.0))).kind, Kind::Guard);
    assert_eq!(articles(&run(&with(Share::Percent(42.0))))[3], 21);
    assert_eq!(world.count("*"), 29);
}

#[test]
fn deletions_within_files_are_suspected_too() {
    let world = World::empty();
    let records: Vec<(String, String)> =
        (0..50).map(|n| (format!("r{n}"), format!("Ferry {n}."))).collect();
    let records: Vec<(&str, &str)> = records.iter().map(|(a, b)| (&**a, &**b)).collect();
    put(&world, "wire.jsonl", &records);
    run(&job(&world));
    put(&world, "wire.jsonl", &records[..29]);
    assert_eq!(fails(&job(&world)).kind, Kind::Guard);
    assert_eq!(world.count("*"), 50);
    assert!(!world.path("index/draft").exists());
    put(&world, "wire.jsonl", &records[..30]);
    assert_eq!(articles(&run(&job(&world))), [0, 0, 30, 20]);
}

#[test]
fn so_many_errors_are_suspected() {
    let world = World::of(["Ferry."]);
    for n in 0..3 {
        world.put(&format!("bad{n}.txt"), "");
    }
    let with = |n| {
        let guards = Guards { errors_max: Some(n), ..Guards::default() };
        Job { guards, ..job(&world) }
    };
    let error = fails(&with(2));
    assert_eq!(
        (error.kind, error.message.as_str()),
        (Kind::Guard, "more than 2 records were set aside")
    );
    assert_eq!(run(&with(3)).set_aside, 3);
}

#[test]
fn a_disk_that_would_be_too_full_is_told_before_anything_is_done() {
    let world = World::of(["Ferry."]);
    world.put("b.txt", "Mill.");
    let guards = Guards { free_bytes_min: u64::MAX / 2, ..Guards::default() };
    let error = fails(&Job { guards, ..job(&world) });
    assert_eq!(error.kind, Kind::Guard);
    assert!(error.message.starts_with("the disk of the index at "), "{error}");
    assert!(!world.path("index/draft").exists());
}

fn quarantine(world: &World) -> Vec<(String, Class, String)> {
    let list = world.home().quarantine().into_iter();
    list.map(|it| (it.path.rsplit_once('/').unwrap().1.to_owned(), it.class, it.reader)).collect()
}

#[test]
fn a_bad_file_is_tried_again_when_it_changes_and_not_before() {
    let world = World::of(["Ferry."]);
    world.put("bad.txt", "");
    let bad = ("bad.txt".to_owned(), Class::Empty, source::none_of(source::readers()));
    assert_eq!(run(&job(&world)).set_aside, 1);
    assert_eq!(quarantine(&world), std::slice::from_ref(&bad));
    let report = run(&job(&world));
    assert_eq!((report.set_aside, report.quarantined), (0, 1));
    assert_eq!(quarantine(&world), std::slice::from_ref(&bad));
    let since = world.home().quarantine()[0].since_s;
    let report = run(&Job { quarantine: Quarantined::Retried, ..job(&world) });
    assert_eq!((report.set_aside, report.files.retried), (1, 1));
    assert_eq!(world.home().quarantine()[0].since_s, since);
    world.put("bad.txt", "Mill.");
    let report = run(&job(&world));
    assert_eq!((report.set_aside, report.quarantined), (0, 0));
    world.finds("mill", ["bad"]);
}

/// Plain text, of which it does something else where a file asks for it.
struct Wayward(u32);

impl Reader for Wayward {
    fn name(&self) -> &'static str {
        "wayward"
    }

    fn version(&self) -> u32 {
        self.0
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        if head.bytes().starts_with(b"!") { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()> {
        let mut text = String::new();
        input.stream.read_to_string(&mut text)?;
        let article = |id: &str| {
            let mut article = Article { id: id.to_owned(), ..Article::default() };
            article.headline = format!("Ferry {id}");
            article.origin.path = input.shown.to_owned();
            dateline::source::Event::Article(Box::new(article))
        };
        if each(article(&format!("{}-1", text.trim()))) == ControlFlow::Break(()) {
            return Ok(());
        }
        match text.trim() {
            "!panics" if self.0 == 1 => panic!("it was asked to"),
            "!hangs" if self.0 == 1 => loop {
                std::thread::park();
            },
            "!swells" if self.0 == 1 => {
                let mut hoard = Vec::new();
                loop {
                    hoard.push(vec![1_u8; 1 << 20]);
                    input.stream.fill_buf()?;
                }
            }
            "!gorges" if self.0 == 1 => {
                let mut hoard = Vec::new();
                while !SATED.load(Ordering::Relaxed) {
                    hoard.push(vec![1_u8; 1 << 20]);
                }
            }
            "!fails" if self.0 == 1 => return Err(io::Error::other("the disk is wet")),
            _ => {}
        }
        _ = each(article(&format!("{}-2", text.trim())));
        Ok(())
    }
}

/// Set once the reader that takes all memory has taken enough for a test.
static SATED: AtomicBool = AtomicBool::new(false);

const WAYWARD: Readers = &[&Wayward(1), &JsonLines, &PlainText];
const MENDED: Readers = &[&Wayward(2), &JsonLines, &PlainText];

#[test]
fn a_reader_that_panics_hangs_or_fails_costs_its_file_and_no_more() {
    let world = World::of(["Ferry."]);
    for name in ["fails", "hangs", "panics", "sings"] {
        world.put(&format!("{name}.w"), format!("!{name}"));
    }
    world.put("z.txt", "Ferry z.");
    let job = |readers| Job { readers, patience: Duration::from_secs(10), ..job(&world) };
    let report = run(&job(WAYWARD));
    assert_eq!(report.set_aside, 3);
    let classes: Vec<_> =
        quarantine(&world).into_iter().map(|(path, class, _)| (path, class)).collect();
    let bad = [("fails", Class::Unreadable), ("hangs", Class::Timeout), ("panics", Class::Panic)];
    assert_eq!(classes, bad.map(|(name, class)| (format!("{name}.w"), class)));
    let whole = ["!fails-1", "!hangs-1", "!panics-1", "!sings-1", "!sings-2"];
    world.finds("headline:ferry", whole);
    // What may work another time is tried again; what would fail again is not.
    let report = run(&job(WAYWARD));
    assert_eq!((report.set_aside, report.files.changed), (1, 1));
    // Until there is another reader.
    let report = run(&job(MENDED));
    assert_eq!((report.set_aside, report.quarantined), (0, 0));
    assert_eq!((report.articles.added, report.articles.kept), (3, 5));
    assert_eq!(world.count("ferry"), 10);
}

#[cfg(target_os = "linux")]
#[test]
fn a_reader_that_swells_costs_its_file_and_no_more() {
    let world = World::empty();
    world.put("swells.w", "!swells");
    world.put("z.txt", "Ferry z.");
    let swelling_bytes_max = 256 << 20;
    let report = run(&Job { readers: WAYWARD, swelling_bytes_max, ..job(&world) });
    assert_eq!((report.set_aside, report.outcome), (1, RunOutcome::Published));
    let set_aside = world.home().quarantine().remove(0);
    assert_eq!(set_aside.class, Class::Limit);
    assert_eq!(set_aside.reason, "its reader needed more than 268 MB of memory");
    assert_eq!(world.count("ferry"), 2);
    let report = run(&Job { readers: WAYWARD, swelling_bytes_max, ..job(&world) });
    assert_eq!(report.outcome, RunOutcome::Unchanged);
}

#[cfg(target_os = "linux")]
#[test]
fn a_reader_that_cannot_be_kept_from_swelling_ends_the_run_once() {
    let world = World::empty();
    world.put("gorges.w", "!gorges");
    world.put("z.txt", "Ferry z.");
    let job = Job { readers: WAYWARD, swelling_bytes_max: 256 << 20, ..job(&world) };
    // Something else to read, so long as the reader goes on.
    for n in 0..2000 {
        world.put(&format!("z/{n}.txt"), "Mill.");
    }
    let ran = ingest::run(&job, &mut |event| {
        if let Event::File(file) = event
            && file.path.ends_with(".txt")
        {
            std::thread::sleep(Duration::from_millis(1));
        }
    });
    SATED.store(true, Ordering::Relaxed);
    let error = ran.unwrap_err();
    assert!(error.message.contains("gorges.w"), "{error:?}");
    let report = run(&job);
    assert_eq!((report.set_aside, report.outcome), (0, RunOutcome::Published));
    assert_eq!(quarantine(&world).len(), 1);
    assert_eq!(world.count("ferry"), 2);
}

#[test]
fn what_a_reader_did_not_come_to_any_more_stays() {
    let world = World::empty();
    world.put("x.w", "!panics");
    run(&Job { readers: MENDED, ..job(&world) });
    world.finds("ferry", ["!panics-1", "!panics-2"]);
    let report = run(&Job { readers: WAYWARD, ..job(&world) });
    assert_eq!((report.set_aside, report.articles.deleted), (1, 0));
    world.finds("ferry", ["!panics-1", "!panics-2"]);
}

#[test]
fn the_second_run_waits_for_the_first() {
    let world = World::of(["Ferry."]);
    let lock = world.home().lock(Duration::ZERO, &mut || {}).unwrap();
    let mut lock = Some(lock);
    let waiting = Job { lock_timeout: Duration::from_secs(60), ..job(&world) };
    let report = ingest::run(&waiting, &mut |event| {
        if matches!(event, Event::Waiting) {
            lock = None;
        }
    });
    assert_eq!(report.unwrap().outcome, RunOutcome::Unchanged);
}

#[test]
fn every_run_leaves_a_report() {
    let world = World::of(["Ferry."]);
    world.put("b.txt", "Mill.");
    run(&job(&world));
    run(&job(&world));
    fs::remove_file(world.news("a.txt")).unwrap();
    fs::remove_file(world.news("b.txt")).unwrap();
    fails(&job(&world));
    let home = world.home();
    let read = |run| Report::from_json(&home.report(run).unwrap()).unwrap();
    let outcomes: Vec<RunOutcome> = home.runs().into_iter().map(|it| read(it).outcome).collect();
    let published = RunOutcome::Published;
    assert_eq!(outcomes, [published, published, RunOutcome::Unchanged, RunOutcome::Failed]);
    assert!(read(4).error.unwrap().starts_with("there are no files in "));
}

#[test]
fn a_run_over_another_archive_does_not_go_on_in_the_midst_of_a_file() {
    let world = World::of(["Ferry."]);
    let records: Vec<(String, String)> =
        (0..300).map(|n| (format!("r{n}"), format!("Ferry {n}."))).collect();
    let records: Vec<(&str, &str)> = records.iter().map(|(a, b)| (&**a, &**b)).collect();
    put(&world, "wire.jsonl", &records);
    let stopped = Job { commit_bytes: 1, ..job(&world) };
    let report = ingest::run(&stopped, &mut |event| {
        stopped.stop.store(matches!(event, Event::Committed), Ordering::Relaxed);
    });
    assert_eq!(report.unwrap().outcome, RunOutcome::Interrupted);
    fs::create_dir(world.path("other")).unwrap();
    fs::write(world.path("other/o.txt"), "Mill.").unwrap();
    run(&Job { roots: vec![world.path("other")], ..job(&world) });
    world.finds("*", ["a", "o"]);
    run(&job(&world));
    assert_eq!((world.count("ferry"), world.count("*")), (301, 302));
}

#[test]
fn a_dry_run_prints_the_plan_for_people_and_for_programs() {
    let world = World::of(["Ferry.", "Mill."]);
    world.put("c.txt", "Ferry.");
    fs::remove_file(world.news("b.txt")).unwrap();
    let said = world.run(&["index", "--dry-run", NEWS]).expect(0);
    assert!(said.out.starts_with("add     news/c.txt\ndelete  news/b.txt\n2 files: 1 new, 1 gone"));
    let said = world.run(&["index", "--dry-run", "--format", "json", NEWS]).expect(0);
    let plan: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(
        (&plan["adds"], &plan["deletes"], &plan["bytes"]),
        (&1.into(), &1.into(), &6.into())
    );
    assert_eq!(plan["actions"][1], json!({"action": "delete", "path": "news/b.txt"}));
    let said = world.run(&["index", "--dry-run", "--max-delete", "0", NEWS]).expect(7);
    assert!(said.err.contains("1 of 2 articles would be deleted"), "{said:?}");
    world.finds("*", ["a", "b"]);
}

#[test]
fn the_quarantine_is_listed_tried_again_and_cleared() {
    let world = World::of(["Ferry."]);
    world.put("bad.txt", "");
    world.index().expect(3);
    let said = world.run(&["quarantine", "list"]).expect(0);
    assert!(said.out.trim_end().ends_with("Z  empty       news/bad.txt: empty file"), "{said:?}");
    let said = world.run(&["quarantine", "list", "--format", "json"]).expect(0);
    let entry: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&entry["class"], &entry["record"]), (&"empty".into(), &0.into()));
    world.run(&["quarantine", "retry"]).expect(3);
    world.run(&["quarantine", "clear", "other.txt"]).expect(0).says("0 records taken off the list");
    world.run(&["quarantine", "clear", "bad.txt"]).expect(0).says("1 record taken off the list");
    world.run(&["quarantine", "list"]).expect(0).says("nothing is set aside");
    world.index().expect(0);
}

#[test]
fn the_heartbeat_fails_when_the_last_good_run_is_too_long_ago() {
    let world = World::of(["Ferry."]);
    world.run(&["status", "--max-age", "26h"]).expect(0);
    let path = world.path("index/runs/000001.json");
    let report = fs::read_to_string(&path).unwrap();
    let mut report: Value = serde_json::from_str(&report).unwrap();
    report["finished_s"] = (report["finished_s"].as_i64().unwrap() - 27 * 3600).into();
    fs::write(&path, report.to_string()).unwrap();
    let said = world.run(&["status", "--max-age", "26h"]).expect(7);
    said.says("dateline: the last good run ended 27.0 hours ago, and 26.0 are allowed");
    // A run that fails is no good one; one that finds nothing to do is.
    fs::rename(world.news("a.txt"), world.path("a.txt")).unwrap();
    world.index().expect(7);
    world.run(&["status", "--max-age", "26h"]).expect(7);
    fs::rename(world.path("a.txt"), world.news("a.txt")).unwrap();
    world.index().expect(0);
    world.run(&["status", "--max-age", "26h"]).expect(0);
}

#[test]
fn status_tells_whether_the_archive_has_changed_since() {
    let world = World::of(["Ferry."]);
    let status = || -> Value {
        let said = world.run(&["status", "--format", "json"]).expect(0);
        serde_json::from_str(&said.out).unwrap()
    };
    assert_eq!(status()["is_stale"], false);
    world.put("b.txt", "Mill.");
    assert_eq!((&status()["is_stale"], &status()["changes"]["adds"]), (&true.into(), &1.into()));
    fs::rename(world.path(NEWS), world.path("away")).unwrap();
    let status = status();
    assert_eq!(status["is_stale"], Value::Null);
    assert!(status["unreachable"].as_str().unwrap().starts_with("cannot read "), "{status}");
}

#[test]
fn a_run_for_machines_says_an_object_a_line() {
    let world = World::with([("a.txt", "Ferry."), ("b.txt", "")]);
    let said = world.run(&["index", "--log-format", "json", NEWS]).expect(3);
    let events: Vec<Value> =
        said.err.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let names: Vec<&str> = events.iter().map(|it| it["event"].as_str().unwrap()).collect();
    assert_eq!(names, ["planned", "set_aside", "merging", "publishing", "finished"]);
    assert_eq!(events[4]["report"]["set_aside_by_class"], json!({"empty": 1}));
    fs::remove_dir_all(world.path(NEWS)).unwrap();
    fs::create_dir(world.path(NEWS)).unwrap();
    let said = world.run(&["index", "--log-format", "json", NEWS]).expect(7);
    let failed: Value = serde_json::from_str(said.err.trim_end()).unwrap();
    assert_eq!((&failed["event"], &failed["exit_code"]), (&"failed".into(), &7.into()));
}
