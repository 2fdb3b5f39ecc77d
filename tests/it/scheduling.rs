//! `schedule`: what is printed is what a scheduler can run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::world::{PROGRAM, Said, World};

/// A name with all that a scheduler could take for something else.
const NASTY: &str = r#"it's 50% "of" $HOME & <a> \% \\ `id` ; # ~ é"#;

/// A world in which the program itself, the archive and the index have nasty names.
struct NastyWorld {
    world: World,
    program: PathBuf,
}

impl NastyWorld {
    fn new() -> Self {
        let world = World::empty();
        world.put(&format!("{NASTY}/a.txt"), "Ferry.");
        let dir = world.path(NASTY);
        fs::create_dir(&dir).unwrap();
        let program = dir.join("dateline");
        if fs::hard_link(PROGRAM, &program).is_err() {
            fs::copy(PROGRAM, &program).unwrap();
        }
        Self { world, program }
    }

    /// Runs the program by its nasty name, with the nasty index.
    fn run(&self, args: &[&str]) -> Said {
        let mut command = Command::new(&self.program);
        let command = command.args(args).current_dir(self.world.path("")).env_clear();
        Said::of(command.env("DATELINE_INDEX", self.index()), "")
    }

    fn index(&self) -> PathBuf {
        self.world.path(NASTY).join("index")
    }

    fn archive(&self) -> String {
        self.world.news(NASTY).to_str().unwrap().to_owned()
    }

    fn counts(&self, query: &str) -> String {
        self.run(&["count", query]).out.trim_end().to_owned()
    }
}

/// Returns the commands of a crontab as cron passes them on, without their times.
fn cron_commands(crontab: &str) -> Vec<String> {
    let lines = crontab.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.splitn(6, ' ').nth(5).unwrap().replace("\\%", "%")).collect()
}

/// Runs what cron would run, as it would.
fn sh(command: &str) -> Said {
    let mut shell = Command::new("sh");
    let shell = shell.args(["-c", command]).current_dir("/").env_clear();
    Said::of(shell.env("PATH", "/usr/bin:/bin"), "")
}

#[test]
fn cron_indexes_paths_with_any_name() {
    let nasty = NastyWorld::new();
    let said = nasty.run(&["schedule", "cron", "--max-delete", "50%", &nasty.archive()]).expect(0);
    let [run, heartbeat] = cron_commands(&said.out).try_into().unwrap();
    let night = sh(&run).expect(0);
    assert_eq!((night.out.as_str(), night.err.as_str()), ("", ""), "what is printed is mailed");
    assert_eq!(nasty.counts("ferry"), "1");
    let log = fs::read_to_string(nasty.world.path(NASTY).join("index.log")).unwrap();
    assert!(!log.is_empty());
    let morning = sh(&heartbeat).expect(0);
    assert_eq!((morning.out.as_str(), morning.err.as_str()), ("", ""));
}

#[test]
fn cron_mails_how_a_run_failed_and_not_that_records_were_set_aside() {
    let world = World::with([("a.jsonl", "{\"text\": \"Ferry.\"}\n{\"text\": \"Fer")]);
    let said = world.run(&["schedule", "cron", "news"]).expect(0);
    let run = cron_commands(&said.out).remove(0);
    let night = sh(&run).expect(0);
    assert_eq!((night.out.as_str(), night.err.as_str()), ("", ""));
    world.run(&["index", "--rebuild", "news"]).expect(3);
    fs::remove_dir_all(world.path("news")).unwrap();
    let night = sh(&run);
    assert_eq!(night.err, "");
    assert!(night.out.starts_with("dateline index: exit code "), "{night:?}");
    assert!(night.out.contains("no such file or directory"), "{night:?}");
}

#[test]
fn what_is_set_and_typed_is_in_the_schedule_and_paths_are_whole() {
    let world = World::with([("a.txt", "Ferry.")]);
    fs::write(world.path("dateline.toml"), "index = 'i'\nsources = ['news']").unwrap();
    let said = world.run(&["schedule", "cron", "--at", "4:05", "--max-delete", "7"]).expect(0);
    let dir = world.path("").canonicalize().unwrap();
    let dir = dir.display();
    let line = format!(
        "{PROGRAM} index --log-format json --config {dir}/dateline.toml --max-delete 7 \
         >>{dir}/i.log "
    );
    assert!(said.out.contains("\n5 4 * * *  ") && said.out.contains(&line), "{}", said.out);
    let line = format!("{PROGRAM} status --max-age 26h --config {dir}/dateline.toml >/dev/null");
    assert!(said.out.contains(&format!("\n5 9 * * *  {line}\n")), "{}", said.out);
    for command in cron_commands(&said.out) {
        sh(&command).expect(0);
    }
    let typed = ["schedule", "launchd", "--index", "x/../other", "--log", "my.log", "./news"];
    let said = world.run(&typed).expect(0);
    for path in ["other", "my.log", "news"] {
        let text = format!("<string>{dir}/{path}</string>");
        assert!(said.out.contains(&text), "{text} is not in {}", said.out);
    }
}

#[test]
fn without_a_path_the_archives_of_the_index_are_in_the_schedule() {
    let world = World::of(["Ferry."]);
    let said = world.run(&["schedule", "cron"]).expect(0);
    fs::remove_dir_all(world.path("index")).unwrap();
    sh(&cron_commands(&said.out)[0]).expect(0);
    assert_eq!(world.count("ferry"), 1);
    fs::remove_dir_all(world.path("index")).unwrap();
    let said = world.run(&["schedule", "cron"]).expect(2);
    said.says("dateline: there is no archive yet that could be indexed");
}

#[test]
fn a_path_that_no_schedule_can_hold_is_refused() {
    let world = World::empty();
    for scheduler in ["systemd", "cron", "launchd"] {
        let said = world.run(&["schedule", scheduler, "/srv/new\nline"]).expect(2);
        said.says("dateline: '/srv/new\\nline' cannot stand in a schedule").prints([]);
    }
    world.run(&["schedule", "systemd", "--log", "my.log", "news"]).expect(2);
    world.run(&["schedule", "at", "news"]).expect(2);
    world.run(&["schedule", "cron", "--at", "25:00", "news"]).expect(2);
}

#[test]
fn an_archive_that_is_not_there_is_told() {
    let said = World::empty().run(&["schedule", "systemd", "/gone"]).expect(0);
    said.says("note: '/gone' is not there");
}

/// Returns the program that checks units, where it is.
fn systemd_analyze() -> Option<&'static Path> {
    let path = Path::new("/usr/bin/systemd-analyze");
    path.exists().then_some(path)
}

#[test]
fn systemd_finds_no_fault_with_the_units() {
    let Some(analyze) = systemd_analyze() else {
        println!("skipped: there is no systemd here");
        return;
    };
    let nasty = NastyWorld::new();
    let said = nasty.run(&["schedule", "systemd", &nasty.archive()]).expect(0);
    // The line of awk that the output itself gives.
    let (_, awk) = said.out.split_once("sudo awk ").unwrap();
    let awk = format!("awk {}", awk.split(")\n").next().unwrap());
    let units = nasty.world.path("units");
    fs::create_dir(&units).unwrap();
    let mut shell = Command::new("sh");
    Said::of(shell.args(["-c", &awk]).current_dir(&units), &said.out).expect(0);
    let mut names: Vec<PathBuf> =
        fs::read_dir(&units).unwrap().map(|it| it.unwrap().path()).collect();
    names.sort();
    assert_eq!(names.len(), 4, "{names:?}");
    let said = Said::of(Command::new(analyze).args(["verify", "--man=no"]).args(&names), "");
    // Units of the machine itself may have faults.
    let faults: Vec<&str> = said.err.lines().filter(|line| line.contains("dateline")).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}
