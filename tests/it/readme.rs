//! The console blocks of the README, run as a reader would run them.
//!
//! A line that begins with `$ ` is a command for the shell; what follows it is what it prints,
//! stdout and stderr as they come, 80 columns wide and without colours. A line `...` stands for
//! any lines. `cargo run --release --` runs the program that the tests were built with; other
//! commands of `cargo` are for the reader and not run here. Times and sizes are not compared.
//!
//! All blocks of a page run one after the other in one copy of the sample archive.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::world::{PROGRAM, Said, World};

/// A command and the lines that it must print.
#[derive(Debug, PartialEq, Eq)]
struct Step {
    command: String,
    lines: Vec<String>,
}

/// Returns the commands in the console blocks of a page of Markdown.
fn steps(page: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut is_inside = false;
    for line in page.lines() {
        if line.starts_with("```") {
            is_inside = line == "```console";
        } else if is_inside && let Some(command) = line.strip_prefix("$ ") {
            steps.push(Step { command: command.to_owned(), lines: Vec::new() });
        } else if is_inside && let Some(step) = steps.last_mut() {
            step.lines.push(line.to_owned());
        }
    }
    steps
}

/// Plays a page in a folder; fails with the first command that prints something else, or where the
/// page has none.
fn play(page: &str, dir: &Path) -> Result<(), String> {
    let steps = steps(page);
    if steps.is_empty() {
        return Err("the page has no console block".to_owned());
    }
    for Step { command, lines } in &steps {
        let command = command.replace("cargo run --release --", "dateline");
        if command.starts_with("cargo ") {
            println!("skipped: {command}");
            continue;
        }
        let printed = shell(&command, dir);
        let printed: Vec<String> = printed.lines().map(timeless).collect();
        let shown: Vec<String> = lines.iter().map(|line| timeless(line)).collect();
        if !fits(&shown, &printed) {
            return Err(format!(
                "$ {command}\nshown:\n{}\nprinted:\n{}",
                shown.join("\n"),
                printed.join("\n"),
            ));
        }
    }
    Ok(())
}

/// Runs a command in a shell, and returns all that it printed.
fn shell(command: &str, dir: &Path) -> String {
    let programs = Path::new(PROGRAM).parent().unwrap().display();
    let script = format!("exec 2>&1\n{command}");
    let mut shell = Command::new("sh");
    let shell = shell.args(["-c", &script]).current_dir(dir).env_clear();
    Said::of(shell.env("PATH", format!("{programs}:/usr/bin:/bin")), "").out
}

/// Puts `_` for a number before a unit of time, speed or size, and for the time of a run; one space
/// where such a number is aligned by several.
///
/// The size of an index depends on where the archive lies: the path is in it, once for each file.
fn timeless(line: &str) -> String {
    let is_measured = line.split(' ').any(is_measure);
    let words = line.trim_end().split(' ').filter(|word| !is_measured || !word.is_empty());
    let words: Vec<&str> = words.collect();
    let mut kept: Vec<&str> = Vec::new();
    for (idx, word) in words.iter().enumerate() {
        let next = words.get(idx + 1).copied().unwrap_or_default();
        let before = idx.checked_sub(1).map_or("", |idx| words[idx]);
        let is_stamp = word.starts_with("20") && word.trim_end_matches([':', ',']).ends_with('Z');
        let is_moment = is_stamp || before == "finished" || before == "\"took_us\":";
        kept.push(if is_measure(next) || is_moment { "_" } else { word });
    }
    kept.join(" ")
}

/// Tells whether a word is a unit of time, speed or size.
fn is_measure(word: &str) -> bool {
    matches!(word, "ms" | "s") || word.starts_with("kB") || word.starts_with("MB")
}

/// Tells whether what was printed is what is shown.
fn fits(shown: &[String], printed: &[String]) -> bool {
    match shown {
        [] => printed.is_empty(),
        [first, rest @ ..] if first == "..." => {
            (0..=printed.len()).any(|n_left_out| fits(rest, &printed[n_left_out..]))
        }
        [first, rest @ ..] => printed.first() == Some(first) && fits(rest, &printed[1..]),
    }
}

/// Makes a world with a copy of the sample archive.
fn world_of_seeds() -> World {
    let world = World::empty();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds"), &world.path("seeds"));
    world
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(path, to).unwrap();
        }
    }
}

#[test]
fn the_searches_that_the_seeds_suggest_find_something() {
    let page = include_str!("../../seeds/README.md");
    let (_, table) = page.split_once("\n| search | what it shows |\n").unwrap();
    let rows = table.lines().skip(1).take_while(|line| line.starts_with('|'));
    let world = world_of_seeds();
    let mut n_searches = 0;
    for row in rows {
        let query = row.split('`').nth(1).unwrap().replace("\\|", "|");
        world.search(&query).expect(0).keeps_quiet_about("note: no article has all");
        n_searches += 1;
    }
    assert!(n_searches > 0);
}

/// Reads the README, which must be there.
fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

#[test]
fn the_readme_counts_the_articles_of_each_form_right() {
    let page = readme();
    let (_, table) = page.split_once("\n| form | example | articles | meaning |\n").unwrap();
    let rows = table.lines().skip(1).take_while(|line| line.starts_with('|'));
    let world = world_of_seeds();
    let mut wrong = Vec::new();
    let mut n_rows = 0;
    for row in rows {
        // A `|` of the query is written `\|` in a table.
        let row = row.replace("\\|", "¦");
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let query = cells[2].split('`').nth(1).unwrap().replace('¦', "|");
        let printed = world.run(&["count", &query]).out;
        if printed.trim_end() != cells[3] {
            wrong.push(format!("{query}: {} in the table, {printed}", cells[3]));
        }
        n_rows += 1;
    }
    assert!(n_rows > 0 && wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn the_readme_shows_how_searches_from_elsewhere_are_read() {
    let page = readme();
    let (_, table) = page.split_once("\n| dialect | typed | native form |\n").unwrap();
    let rows = table.lines().skip(1).take_while(|line| line.starts_with('|'));
    let world = world_of_seeds();
    world.run(&["index"]).expect(0);
    let mut wrong = Vec::new();
    let mut n_rows = 0;
    for row in rows {
        let row = row.replace("\\|", "¦");
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let cell = |idx: usize| cells[idx].trim_matches('`').replace('¦', "|");
        let (dialect, typed, native) = (cell(1), cell(2), cell(3));
        let said = world.run(&["explain", "--dialect", &dialect, &typed]);
        let read = said.out.lines().next().unwrap_or_default();
        if read != format!("read as   {native}") {
            wrong.push(format!("{typed}: {native} in the table, {said:?}\n"));
        }
        n_rows += 1;
    }
    assert!(n_rows > 20 && wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    assert_eq!(play(&readme(), &world_of_seeds().path("")), Ok(()));
}

/// A page as a README could have it.
const PAGE: &str = "\
# A page

```sh
$ not run
```

```console
$ cargo run --release -- search 'ferry'
no index yet: building one from 'seeds'
...
1 article from 1 file in 9.9 s (5.0 MB/s); generation 1, 6.7 kB; 1 without a date
 1  (no headline)
    The **ferry** sails.
    a.txt

1 of 1 article in 0.1 ms
$ cargo test
```

Then:

```console
$ dateline count ferry | cat -n
     1\t1
```
";

#[test]
fn a_page_is_played_as_on_a_terminal() {
    let world = World::with([("../seeds/a.txt", "The ferry sails.")]);
    assert_eq!(steps(PAGE).len(), 3);
    assert_eq!(play(PAGE, &world.path("")), Ok(()));
}

#[test]
fn a_page_that_shows_something_else_is_caught() {
    for (shown, other) in [
        ("**ferry** sails", "ferry sails"),
        ("1 of 1 article", "2 of 2 articles"),
        ("\n1 of 1 article in 0.1 ms", ""),
        ("1\t1", "1\t1\n     2\t2"),
        ("count ferry", "count mill"),
    ] {
        let world = World::with([("../seeds/a.txt", "The ferry sails.")]);
        let page = PAGE.replace(shown, other);
        assert_ne!(page, PAGE);
        assert!(play(&page, &world.path("")).is_err(), "{other}");
    }
}

#[test]
fn a_page_without_a_block_is_caught() {
    assert!(play("# dateline\n\n```sh\n$ dateline\n```\n", Path::new(".")).is_err());
}
