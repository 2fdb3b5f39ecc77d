//! Settings: what is typed, what the environment says, what `dateline.toml` says.

use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::world::{NEWS, Said, World};

/// Runs the program with environment variables.
fn run_with(world: &World, variables: &[(&str, &str)], args: &[&str]) -> Said {
    Said::of(world.command(args).envs(variables.iter().copied()), "")
}

/// Writes `dateline.toml` into the working directory.
fn set(world: &World, toml: &str) {
    fs::write(world.path("dateline.toml"), toml).unwrap();
}

/// Returns the index that a command looks at, which is not there.
#[track_caller]
fn index_of(said: &Said) -> String {
    assert_eq!(said.code, Some(4), "{said:?}");
    let (_, rest) = said.err.split_once("there is no index at '").unwrap();
    rest.split('\'').next().unwrap().to_owned()
}

#[test]
fn what_is_typed_counts_more_than_the_environment_and_that_more_than_the_file() {
    let world = World::empty();
    let variable = [("DATELINE_INDEX", "of-environment")];
    assert_eq!(index_of(&world.run(&["status"])), "index");
    set(&world, "index = 'of-file'");
    assert_eq!(index_of(&world.run(&["status"])), "of-file");
    assert_eq!(index_of(&run_with(&world, &variable, &["status"])), "of-environment");
    let typed = ["status", "--index", "typed"];
    assert_eq!(index_of(&run_with(&world, &variable, &typed)), "typed");
}

#[test]
fn the_sources_of_the_file_are_what_is_indexed_and_searched() {
    let world = World::with([("a.txt", "Ferry."), ("../wire/b.txt", "Mill.")]);
    set(&world, "index = 'deep/index'\nsources = ['news', 'wire']");
    world.run(&["index"]).expect(0);
    assert!(world.path("deep/index/CURRENT").exists() && !world.path("index").exists());
    assert_eq!((world.count("ferry"), world.count("mill")), (1, 1));
    world.run(&["show", "b.txt"]).expect(0);
    world.run(&["status"]).expect(0);
    world.run(&["explain", "ferry"]).expect(0);
    world.run(&["variants", "ferry"]).expect(0);
    // A path that is typed is read instead.
    world.put("a.txt", "Bridge.");
    fs::write(world.path("wire/b.txt"), "Bridge.").unwrap();
    world.run(&["index", "wire"]).expect(0);
    assert_eq!((world.count("ferry"), world.count("bridge")), (1, 1));
}

#[test]
fn the_first_search_builds_the_index_of_the_file() {
    let world = World::with([("a.txt", "Ferry.")]);
    set(&world, "index = 'here'\nsources = ['news']");
    let said = world.search("ferry").expect(0);
    assert!(said.err.starts_with("no index yet: building one from 'news'\n"), "{said:?}");
    assert!(world.path("here/CURRENT").exists());
}

#[test]
fn an_index_of_ones_own_is_not_begun_with_the_sample() {
    let world = World::with([("../seeds/a.txt", "Ferry.")]);
    set(&world, "index = 'here'");
    assert_eq!(index_of(&world.search("ferry")), "here");
}

#[test]
fn a_file_elsewhere_is_named_and_its_paths_begin_there() {
    let world = World::with([("a.txt", "Ferry."), ("../etc/d.toml", "")]);
    fs::write(world.path("etc/d.toml"), "index = 'i'\nsources = ['../news']").unwrap();
    set(&world, "nonsense");
    world.run(&["--config", "etc/d.toml", "index"]).expect(0);
    assert!(world.path("etc/i/CURRENT").exists());
    let said = run_with(&world, &[("DATELINE_CONFIG", "etc/d.toml")], &["count", "ferry"]);
    said.expect(0).prints(["1"]);
    let said = world.run(&["--config", "gone.toml", "status"]).expect(6);
    said.says("dateline: cannot read 'gone.toml': no such file or directory");
}

#[test]
fn the_commands_to_try_name_the_file_that_was_named() {
    let world = World::with([("a.txt", "Ferry sails."), ("b.txt", "Mill turns.")]);
    fs::create_dir(world.path("etc")).unwrap();
    fs::write(world.path("etc/d.toml"), "sources = ['../news']\nindex = 'i'").unwrap();
    let search = ["search", "--config", "etc/d.toml", "ferry date:2024"];
    let said = world.run(&search).expect(1);
    assert!(said.err.contains("try: dateline search --index etc/i "), "{said:?}");
}

#[test]
fn the_file_sets_how_far_a_run_goes() {
    let world = World::with([("a.txt", "Ferry.")]);
    set(
        &world,
        "generations = 2\nmax-delete = '5%'\nmin-free = '1k'\n\
         max-errors = 10\nlock-timeout = 5\nsources = ['news']",
    );
    world.run(&["index"]).expect(0);
    // A run that ends at six o'clock might be one that begins at six o'clock, so none is made.
    set(&world, "until = '06:00'");
    world.run(&["status"]).expect(0);
}

#[test]
fn a_source_says_which_lines_are_furniture() {
    let world = World::with([
        ("wire/a.txt", "Ferry sails\n\nRead on: the mill.\n\nIt sailed at noon."),
        ("b.txt", "Weather\n\nRead on: the mill.\n\nIt rained."),
    ]);
    set(&world, "sources = ['news']\n[[source]]\npath = 'news/wire'\nfurniture = ['^Read on:']");
    world.run(&["index"]).expect(0);
    world.finds("mill", ["b"]);
    let shown = world.run(&["show", "wire/a.txt"]).expect(0);
    assert!(shown.out.contains("Read on: the mill."), "{shown:?}");
    world.run(&["status"]).expect(0).prints_line("changed since  no");
}

#[test]
fn a_source_says_where_its_dates_are() {
    let world = World::with([("a.txt", "Ferry sails\n\nIt sailed at noon.")]);
    let file = File::options().append(true).open(world.news("a.txt")).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(365 * 86_400)).unwrap();
    let dated = || world.json(&[], "ferry")["hits"][0]["date"].clone();
    world.run(&["index", "news"]).expect(0);
    assert_eq!(dated(), Value::Null);
    set(&world, "[[source]]\npath = 'news'\ndate-from = ['meta', 'mtime']");
    // What is configured otherwise is read again, though no file has changed.
    world.run(&["index"]).expect(0);
    assert_eq!(dated(), "1971-01-01T00:00:00Z");
    world.run(&["index"]).expect(0);
    world.run(&["status"]).expect(0).prints_line("changed since  no");
    let verified = world.run(&["verify", "--sample", "5"]).expect(0);
    assert!(verified.out.contains("sample 1/1"), "{verified:?}");
    fs::remove_file(world.path("dateline.toml")).unwrap();
    world
        .run(&["status"])
        .expect(0)
        .prints_line("changed since  1 file: 1 to be read again; reading 0.0 kB");
}

#[test]
fn what_a_source_says_is_pointed_out_where_it_cannot_be_used() {
    for (lines, line, columns, remark) in [
        ("", 1, 0..10, "name its path: path = \"/srv/archive\""),
        ("path = 'a'\nformat = 'docx'", 3, 9..15, "the formats are arc, "),
        ("date-from = ['meta', 'sky']", 2, 21..26, "write a list of \"meta\", \"path\""),
        ("furniture = ['(']", 2, 13..16, "unclosed group"),
        ("furniture = '^Read'", 2, 12..19, "write a list of regular expressions"),
        ("columns = 'a'", 2, 10..13, "write fields and columns"),
    ] {
        let world = World::empty();
        let toml = format!("[[source]]\n{lines}");
        set(&world, &toml);
        let told = world.run(&["status"]).expect(2).err;
        let marked = toml.lines().nth(line - 1).unwrap();
        let place = " ".repeat(columns.start) + &"^".repeat(columns.len());
        assert!(told.contains(&format!("dateline.toml:{line}: the value of")), "{told}");
        assert!(told.contains(&format!("\n  {marked}\n  {place} {remark}")), "{told}");
    }
    check(
        "[[source]]\npath = 'a'\nformt = 'jsonl'",
        "3: unknown key 'formt'\n  formt = 'jsonl'\n  ^^^^^ did you mean 'format'?",
    );
}

/// Checks what is said of a file that cannot be used; `dateline: ` and the hint are left out.
#[track_caller]
fn check(toml: &str, said: &str) {
    let world = World::empty();
    set(&world, toml);
    let told = world.run(&["status"]).expect(2).err;
    let (told, hint) = told.split_once("hint: ").unwrap();
    assert_eq!(told, format!("dateline: dateline.toml:{said}\n"), "{toml}");
    assert!(hint.contains("max-delete"), "{hint}");
    // Nothing that the file could say concerns these.
    world.run(&["completions", "bash"]).expect(0);
    world.run(&["man"]).expect(0);
    world.run(&["--help"]).expect(0);
}

#[test]
fn a_key_that_is_not_known_is_pointed_out() {
    check(
        "index = 'i'\nmax_delet = 5 # of them\n",
        "2: unknown key 'max_delet'\n  max_delet = 5 # of them\n  ^^^^^^^^^ did you mean 'max-delete'?",
    );
    check(
        "[guards]\nuntil = '06:00'",
        "1: unknown key 'guards'\n  [guards]\n   ^^^^^^ there is no such setting",
    );
}

#[test]
fn a_value_that_cannot_be_used_is_pointed_out() {
    for (toml, line, columns, remark) in [
        (
            "max-delete = '5x'",
            1,
            14..18,
            "write a number of articles such as 100, or a share such as 5%",
        ),
        (
            "max-delete = true",
            1,
            14..18,
            "write a number of articles such as 100, or a share such as 5%",
        ),
        ("\n\ngenerations = 0", 3, 15..16, "write a number from 1 to 1000"),
        ("generations = '3'", 1, 15..18, "write the number without quotes"),
        ("until = '25:00'", 1, 9..16, "write a time from 00:00 to 23:59"),
        ("until = 06:00", 1, 9..14, "put the time in quotes: \"06:00\""),
        (
            "min-free = [1]",
            1,
            12..15,
            "write a number of bytes, or a size such as 500M, 2G or 1GiB",
        ),
        (
            "lock-timeout = -1",
            1,
            16..18,
            "write seconds, or a duration such as 10s or 2m, up to 24h",
        ),
        ("max-errors = 1.5", 1, 14..17, "write a number of records, such as 100"),
        ("sources = 'a'", 1, 11..14, "write a list of paths: [\"/srv/archive\"]"),
        ("sources = []", 1, 11..13, "name a path at least, or leave the key out"),
        ("sources = [\n  'a',\n  7,\n]", 3, 3..4, "write a path in quotes"),
        ("index = ''", 1, 9..11, "name a path"),
        ("index = '~/i'", 1, 9..14, "write the path in full, or './~' for what is called so"),
    ] {
        let key = toml.trim_start().split(' ').next().unwrap();
        let shown = toml.lines().nth(line - 1).unwrap();
        let place = " ".repeat(columns.start - 1) + &"^".repeat(columns.len());
        check(
            toml,
            &format!("{line}: the value of '{key}' cannot be used\n  {shown}\n  {place} {remark}"),
        );
    }
}

#[test]
fn what_is_no_toml_is_pointed_out() {
    check("index", "1: this is no TOML\n  index\n       ^ key with no value, expected `=`");
    check("a = 1\na = 2", "2: this is no TOML\n  a = 2\n  ^ duplicate key");
    check(
        "index = 'é\n",
        "1: this is no TOML\n  index = 'é\n            ^ invalid literal string, expected `'`",
    );
}

#[test]
fn a_file_that_is_no_text_or_too_long_is_refused() {
    let world = World::empty();
    fs::write(world.path("dateline.toml"), b"# fine\nindex = '\xff'").unwrap();
    world.run(&["status"]).expect(2).says("dateline: dateline.toml:2: not in UTF-8");
    set(&world, &"#\n".repeat(1 << 19));
    world.run(&["status"]).expect(4);
    set(&world, &("#\n".repeat(1 << 19) + "\n"));
    world.run(&["status"]).expect(2).says("dateline: dateline.toml: longer than 1 MiB");
    fs::remove_file(world.path("dateline.toml")).unwrap();
    fs::create_dir(world.path("dateline.toml")).unwrap();
    world.run(&["status"]).expect(6);
}

#[test]
fn options_are_refused_with_what_to_write_instead() {
    let world = World::empty();
    for (option, value, remark) in [
        ("--generations", "0", "write a number from 1 to 1000"),
        ("--max-delete", "-5", "write a number of articles such as 100, or a share such as 5%"),
        ("--max-delete", "101%", "write a number of articles such as 100, or a share such as 5%"),
        ("--min-free", "2X", "write a number of bytes, or a size such as 500M, 2G or 1GiB"),
        ("--until", "6", "write a time from 00:00 to 23:59"),
        ("--max-errors", "few", "write a number of records, such as 100"),
        ("--lock-timeout", "soon", "write seconds, or a duration such as 10s or 2m, up to 24h"),
    ] {
        let said = world.run(&["index", option, value, NEWS]).expect(2);
        let told = said.err.lines().next().unwrap().to_owned();
        assert!(told.starts_with(&format!("error: invalid value '{value}' for '{option} <")));
        assert!(told.ends_with(&format!(">': {remark}")), "{told}");
        said.keeps_quiet_about("environment");
        let variable = format!("DATELINE{}", option[1..].replace('-', "_").to_uppercase());
        let said = run_with(&world, &[(&variable, value)], &["index", NEWS]).expect(2);
        assert_eq!(said.err.lines().next(), Some(told.as_str()));
        said.says(&format!("hint: the value is that of the environment variable {variable}"));
        // Commands that have no such option do not look.
        run_with(&world, &[(&variable, value)], &["status"]).expect(4);
    }
    let said = world.run(&["status", "--max-age", "26"]).expect(2);
    let remark = "say in what: 26h are hours, 26m minutes, 26d days";
    assert!(said.err.contains(remark), "{said:?}");
}

#[test]
fn a_plan_has_a_format_and_a_run_has_none() {
    World::empty().run(&["index", "--format", "json", NEWS]).expect(2);
}

#[test]
fn a_wait_for_another_run_of_nothing_at_all_can_be_asked_for() {
    let world = World::with([("a.txt", "Ferry.")]);
    let limits = [
        "--lock-timeout=0",
        "--generations=2",
        "--max-delete=10",
        "--min-free=1KiB",
        "--max-errors=1",
        "--paranoid",
        "--log-format=text",
    ];
    world.run(&[&["index", NEWS], limits.as_slice()].concat()).expect(0);
}
