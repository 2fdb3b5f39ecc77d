//! Runs and generations: what a reader sees while the index is renewed, broken off, or locked.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::{Duration, SystemTime};

use dateline::index::GENERATIONS_KEPT;
use dateline::query::parse;
use dateline::search::{Request, Searcher};
use serde_json::Value;

use crate::world::{NEWS, Said, World};

fn current(world: &World) -> String {
    fs::read_to_string(world.path("index/CURRENT")).unwrap()
}

/// Returns the names of the folders of generations.
fn generations(world: &World) -> Vec<String> {
    let entries = fs::read_dir(world.path("index")).unwrap();
    let names = entries.map(|it| it.unwrap().file_name().into_string().unwrap());
    let is_generation = |it: &String| it.starts_with('g') && it.len() == 7;
    let mut names: Vec<String> = names.filter(is_generation).collect();
    names.sort_unstable();
    names
}

#[test]
fn every_run_that_changes_something_makes_a_generation_and_three_are_kept() {
    let world = World::of(["Ferry."]);
    assert_eq!(current(&world), "g000001\n");
    for n in 2..=5 {
        world.put("a.txt", format!("Ferry {n}."));
        world.index().expect(0);
        world.index().expect(0);
    }
    assert_eq!(current(&world), "g000005\n");
    assert_eq!(generations(&world), ["g000003", "g000004", "g000005"]);
    world.finds("ferry", ["a"]);
}

#[test]
fn a_searcher_answers_as_before_while_the_index_is_renewed_under_it() {
    let world = World::of(["Ferry one.", "Ferry two."]);
    let searcher = world.searcher();
    let before = titles(&searcher, "ferry");
    fs::remove_file(world.news("a.txt")).unwrap();
    world.put("c.txt", "Ferry three.");
    // So many runs that the generation itself is removed from the disk.
    for n in 0..5 {
        world.put("d.txt", format!("Mill {n}."));
        world.index().expect(0);
    }
    assert_eq!(titles(&searcher, "ferry"), before);
    assert_eq!(searcher.facts().generation, 1);
    assert_eq!(titles(&world.searcher(), "ferry"), ["Ferry two.", "Ferry three."]);
}

fn titles(searcher: &Searcher, query: &str) -> Vec<String> {
    let answer = searcher.search(&Request::new(parse(query).unwrap())).unwrap();
    answer.hits.iter().map(|hit| hit.article.title().to_owned()).collect()
}

#[test]
fn deleted_files_go_changed_files_change_and_nothing_doubles() {
    let world = World::of(["Ferry one.", "Ferry two.", "Ferry three."]);
    fs::remove_file(world.news("a.txt")).unwrap();
    world.put("b.txt", "Mill two.");
    world.index().expect(0).keeps_quiet_about("note");
    world.finds("ferry", ["c"]);
    world.finds("mill", ["b"]);
    world.run(&["show", "a.txt"]).expect(2);
    assert_eq!(world.count("*"), 2);
}

#[test]
fn another_archive_leaves_the_first_one_alone() {
    let world = World::of(["Ferry one."]);
    fs::create_dir(world.path("wire")).unwrap();
    fs::write(world.path("wire/w.txt"), "Ferry two.").unwrap();
    world.run(&["index", "wire"]).expect(0);
    assert_eq!(world.count("*"), 2);
    world.finds("ferry", ["a", "w"]);
    fs::remove_file(world.news("a.txt")).unwrap();
    world.put("b.txt", "Ferry three.");
    world.index().expect(0);
    world.finds("ferry", ["b", "w"]);
    let status = status(&world);
    assert_eq!((&status["articles"], status["roots"].as_array().unwrap().len()), (&2.into(), 2));
    let generation = world.path("index").join(current(&world).trim_end());
    let files = fs::read_dir(generation).unwrap().map(|it| it.unwrap().path());
    let segments = files.filter(|path| path.extension().is_some_and(|it| it == "idx")).count();
    assert_eq!(segments, 1, "what was taken over is merged, and not kept beside the result");
}

#[test]
fn an_id_that_another_archive_has_is_told() {
    let world = World::of(["Ferry one."]);
    fs::create_dir(world.path("wire")).unwrap();
    fs::write(world.path("wire/a.txt"), "Ferry two.").unwrap();
    let said = world.run(&["index", "wire"]).expect(0);
    said.says("note: wire/a.txt: the id 'a.txt' belongs to an article that was there before; indexed as 'a.txt#2'");
    assert_eq!(world.ids(&[], "ferry"), ["a", "a.txt#2"]);
    fs::write(world.path("wire/a.txt"), "Ferry three.").unwrap();
    world.run(&["index", "wire"]).expect(0);
    assert_eq!(world.ids(&[], "ferry"), ["a", "a.txt#2"]);
}

#[test]
fn a_folder_within_an_archive_may_be_renewed_alone() {
    let world = World::with([("a.txt", "Ferry."), ("sub/b.txt", "Ferry.")]);
    world.index().expect(0);
    world.put("sub/b.txt", "Mill.");
    world.put("a.txt", "Not seen.");
    world.run(&["index", "news/sub"]).expect(0);
    assert_eq!((world.count("ferry"), world.count("mill"), world.count("*")), (1, 1, 2));
}

#[test]
fn roots_within_each_other_and_given_twice_are_read_once() {
    let world = World::with([("a.txt", "Ferry."), ("sub/b.txt", "Ferry.")]);
    world.run(&["index", "news/sub", NEWS, "./news/", NEWS]).expect(0).keeps_quiet_about("note");
    world.finds("ferry", ["a", "sub/b"]);
}

#[test]
fn an_archive_that_became_empty_does_not_empty_the_index() {
    let world = World::of(["Ferry."]);
    fs::remove_file(world.news("a.txt")).unwrap();
    world.index().expect(7).says("dateline: there are no files in 'news'");
    world.finds("ferry", ["a"]);
    world.put("a.txt", "");
    let said = world.index().expect(7);
    said.says("dateline: no article could be read from 'news', and the index holds 1");
    world.finds("ferry", ["a"]);
    assert_eq!(current(&world), "g000001\n");
    assert_no_leftovers(&world);
    world.put("b.txt", "Ferry.");
    world.index().expect(3);
    assert_eq!(generations(&world).len(), 2);
}

#[test]
fn a_second_run_is_refused_while_one_writes_and_searching_goes_on() {
    let world = World::of(["Ferry."]);
    let lock = world.home().lock(Duration::ZERO, &mut || {}).unwrap();
    let said = world.run(&["index", "--lock-timeout", "0", NEWS]).expect(5);
    let message = "dateline: the index at 'index' is being written by another run (process ";
    assert!(said.err.starts_with(message), "{}", said.err);
    said.says("hint: wait until it has finished; searching works meanwhile");
    world.finds("ferry", ["a"]);
    drop(lock);
    world.index().expect(0);
}

#[test]
fn an_index_of_another_format_is_refused_and_rebuilt() {
    for (key, value, told) in [
        ("format", Value::from(999), "made by format 999, this program reads format 9"),
        ("analysis", "old".into(), "made by the rules 'old', this program has others"),
    ] {
        let world = World::of(["Ferry."]);
        let facts = world.path("index/g000001/facts.json");
        let mut json: Value = serde_json::from_slice(&fs::read(&facts).unwrap()).unwrap();
        json[key] = value;
        fs::write(&facts, json.to_string()).unwrap();
        for command in [&["search", "ferry"][..], &["count", "ferry"], &["show", "a.txt"]] {
            let said = world.run(command).expect(4);
            said.says(&format!("dateline: cannot open the index at 'index': {told}"))
                .says("hint: make it anew with 'dateline index --rebuild --index index'");
        }
        let said = world.index().expect(0);
        assert!(said.err.contains("making the whole index anew ("), "{}", said.err);
        world.finds("ferry", ["a"]);
    }
}

#[test]
fn a_rebuild_reads_all_archives_again() {
    let world = World::of(["Ferry."]);
    fs::create_dir(world.path("wire")).unwrap();
    fs::write(world.path("wire/w.txt"), "Ferry.").unwrap();
    world.run(&["index", "wire"]).expect(0);
    let said = world.run(&["index", "--rebuild", "wire"]).expect(0);
    said.says("making the whole index anew (as asked)");
    world.finds("ferry", ["a", "w"]);
}

#[test]
fn a_damaged_index_is_told_and_never_a_panic() {
    type Damage = fn(&Path);
    let damages: [Damage; 6] = [
        |index| fs::write(index.join("CURRENT"), "nonsense").unwrap(),
        |index| fs::remove_dir_all(index.join("g000001")).unwrap(),
        |index| fs::write(index.join("g000001/facts.json"), "{").unwrap(),
        |index| fs::write(index.join("g000001/meta.json"), "{").unwrap(),
        |index| fs::write(segment_file(index, "term"), "").unwrap(),
        |index| halve(&segment_file(index, "store")),
    ];
    for damage in damages {
        let world = World::of(["Ferry."]);
        damage(&world.path("index"));
        let said = world.search("ferry").expect(4);
        assert!(
            said.err.starts_with("dateline: ") && said.err.contains("\nhint: make it anew"),
            "{said:?}"
        );
    }
}

#[test]
fn a_damaged_index_is_made_anew_as_the_hint_says() {
    for damaged in ["CURRENT", "g000001/facts.json", "g000001/files.ndjson", "g000001/meta.json"] {
        let world = World::of(["Ferry."]);
        fs::write(world.path("index").join(damaged), "{").unwrap();
        world.run(&["index", "--rebuild", NEWS]).expect(0);
        world.finds("ferry", ["a"]);
    }
    let world = World::of(["Ferry."]);
    fs::write(world.path("index/CURRENT"), "nonsense").unwrap();
    let said = world.run(&["index", "--rebuild"]).expect(4);
    said.says("dateline: the index at 'index' does not say what it was made of");
}

fn halve(path: &Path) {
    let bytes = fs::read(path).unwrap();
    fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
}

fn segment_file(index: &Path, extension: &str) -> PathBuf {
    let entries = fs::read_dir(index.join("g000001")).unwrap();
    let mut paths = entries.map(|entry| entry.unwrap().path());
    paths.find(|path| path.extension().is_some_and(|it| it == extension)).unwrap()
}

#[test]
fn searching_changes_nothing_on_disk() {
    let world = World::of(["Ferry."]);
    for path in [world.path("index"), world.path("index/g000001")] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o555)).unwrap();
    }
    let before = snapshot(&world.path("index"));
    world.finds("ferry", ["a"]);
    world.run(&["show", "a.txt"]).expect(0);
    world.run(&["status"]).expect(0);
    world.run(&["explain", "ferry"]).expect(0);
    assert_eq!(snapshot(&world.path("index")), before);
    for path in [world.path("index"), world.path("index/g000001")] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

/// Returns all paths below a folder with the times at which they were written.
fn snapshot(dir: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let mut found = BTreeMap::new();
    let mut pending = vec![dir.to_owned()];
    while let Some(path) = pending.pop() {
        let metadata = fs::metadata(&path).unwrap();
        if metadata.is_dir() {
            pending.extend(fs::read_dir(&path).unwrap().map(|it| it.unwrap().path()));
        }
        found.insert(path, metadata.modified().unwrap());
    }
    found
}

#[test]
fn an_index_that_is_named_must_be_there() {
    let world = World::with([("../seeds/a.txt", "Ferry.")]);
    let said = world.run(&["--index", "mine", "search", "ferry"]).expect(4);
    said.says("dateline: there is no index at 'mine'")
        .says("hint: build one with 'dateline index PATH', PATH being your archive");
    let mut told = world.command(&["search", "ferry"]);
    Said::of(told.env("DATELINE_INDEX", "theirs"), "").expect(4);
    assert!(!world.path("mine").exists() && !world.path("theirs").exists());
}

#[test]
fn without_an_index_the_seeds_are_indexed_first() {
    let world = World::with([("../seeds/a.txt", "Ferry.")]);
    let said = world.search("ferry").expect(0);
    said.says("no index yet: building one from 'seeds'").prints([
        " 1  (no headline)",
        "    **Ferry**.",
        "    a.txt",
    ]);
    world.search("ferry").expect(0).keeps_quiet_about("no index yet");
    fs::write(world.path("seeds/b.txt"), "Mill.").unwrap();
    world.run(&["index"]).expect(0);
    assert_eq!(current(&world), "g000002\n");
}

#[test]
fn the_environment_may_name_the_index_and_the_command_line_wins() {
    let world = World::of(["Ferry."]);
    fs::rename(world.path("index"), world.path("mine")).unwrap();
    let mut told = world.command(&["count", "ferry"]);
    Said::of(told.env("DATELINE_INDEX", "mine"), "").expect(0).prints(["1"]);
    let mut both = world.command(&["count", "--index", "mine", "ferry"]);
    Said::of(both.env("DATELINE_INDEX", "nowhere"), "").expect(0).prints(["1"]);
}

/// How many articles the archive has that runs are killed over.
const N_ARTICLES: usize = 20_000;

#[test]
fn a_run_that_is_killed_leaves_the_index_as_it_was() {
    let world = World::of(["Ferry one.", "Ferry two."]);
    let record =
        |n: usize| format!("{{\"id\": \"w{n}\", \"body\": \"The ferry number {n} sails.\"}}\n");
    world.put("wire.jsonl", (0..N_ARTICLES).map(record).collect::<String>());
    // From a time at which most machines are merging or done to the first millisecond.
    for delay_ms in [700, 450, 330, 230, 150, 90, 50, 20, 1] {
        let before = current(&world);
        let n_before = world.count("ferry");
        let mut command = world.command(&["index", NEWS]);
        let mut child = command.stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(delay_ms));
        child.kill().unwrap();
        child.wait().unwrap();
        let n_after = world.count("ferry");
        let expected = if current(&world) == before { n_before } else { N_ARTICLES as u64 + 2 };
        assert_eq!(n_after, expected, "killed after {delay_ms} ms");
        assert_eq!(world.ids(&["-n", "1"], "\"ferry one\""), ["a"]);
    }
    world.index().expect(0);
    assert_eq!(world.count("ferry"), N_ARTICLES as u64 + 2);
    assert_no_leftovers(&world);
}

/// Checks that every generation on disk is whole, and no file half made.
fn assert_no_leftovers(world: &World) {
    let names = generations(world);
    assert!(names.len() <= GENERATIONS_KEPT, "{names:?}");
    for name in &names {
        assert!(world.path("index").join(name).join("facts.json").exists(), "{name} is half made");
    }
    assert_eq!(names.last().map(String::as_str), Some(current(world).trim_end()));
    let entries = fs::read_dir(world.path("index")).unwrap();
    let mut others: Vec<String> =
        entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    others.retain(|name| !names.contains(name));
    others.sort_unstable();
    assert_eq!(others, ["CURRENT", "LOCK", "quarantine.ndjson", "runs"]);
}

fn status(world: &World) -> Value {
    let said = world.run(&["status", "--format", "json"]).expect(0);
    serde_json::from_str(&said.out).unwrap()
}
