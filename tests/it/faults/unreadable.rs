//! Places that may not be read, or not be written.
//!
//! Root may read and write everything; where root runs the tests, the program runs as nobody.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::Path;
use std::process::Command;

use super::archive::{Archive, Content, Size};
use super::invariants::{After, answers, assert_same, check_all, check_layout};
use super::program;
use crate::world::{NEWS, PROGRAM, Said, World};

/// The user and the group `nobody` of most systems.
const NOBODY: u32 = 65_534;

/// An archive and its index, which are those of a user without rights.
struct Humble {
    world: World,
    archive: Archive,
    /// What the program is called by.
    called_by: Vec<String>,
}

impl Humble {
    /// Makes an indexed archive; says so and returns nothing where everybody may read everything.
    fn new(seed: u64) -> Option<Self> {
        let world = World::empty();
        let archive = Archive::make(world.path(NEWS), Size::SMALL, seed);
        let called_by = if may_read_everything(&world) {
            chown_below(&world.path(""));
            let id = NOBODY.to_string();
            let user = ["setpriv", "--reuid", &id, "--regid", &id, "--clear-groups"];
            user.map(str::to_owned).to_vec()
        } else {
            vec!["env".to_owned()]
        };
        let humble = Self { world, archive, called_by };
        let probe = Command::new(&humble.called_by[0])
            .args(&humble.called_by[1..])
            .args([PROGRAM, "--version"])
            .output();
        if !probe.is_ok_and(|it| it.status.success()) {
            println!("skipped: the program cannot run as a user without rights");
            return None;
        }
        let said = humble.index();
        assert!(matches!(said.code, Some(0 | 3)), "{said:?}");
        check_all(&humble.world, &humble.archive);
        Some(humble)
    }

    fn index(&self) -> Said {
        self.said(program::index(&self.world).get_args())
    }

    /// Checks that a run says that a place may not be read.
    fn check_denied(&self, place: &Path) {
        let said = self.index().expect(3);
        let told = format!("set aside: {}: permission denied", place.display());
        assert!(said.err.lines().any(|it| it == told), "no line '{told}' in {said:#?}");
        check_layout(&self.world, After::ARun);
    }

    /// Runs the program as a user without rights.
    fn run(&self, args: &[&str]) -> Said {
        self.said(args)
    }

    fn said(&self, args: impl IntoIterator<Item = impl AsRef<std::ffi::OsStr>>) -> Said {
        let [program, rights @ ..] = &self.called_by[..] else { panic!("nobody calls") };
        let mut command = Command::new(program);
        command.args(rights).arg(PROGRAM).args(args).current_dir(self.world.path("")).env_clear();
        Said::of(&mut command, "")
    }
}

/// Tells whether no permission hinders this user.
fn may_read_everything(world: &World) -> bool {
    let path = world.path("secret");
    fs::write(&path, "").unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o000)).unwrap();
    let may = fs::read(&path).is_ok();
    fs::remove_file(path).unwrap();
    may
}

/// Gives all below a folder to nobody.
fn chown_below(dir: &Path) {
    chown(dir, Some(NOBODY), Some(NOBODY)).unwrap();
    for entry in fs::read_dir(dir).unwrap().map(|it| it.unwrap()) {
        if entry.file_type().unwrap().is_dir() {
            chown_below(&entry.path());
        } else {
            chown(entry.path(), Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }
}

/// Sets the permissions of a folder and all folders below it.
fn set_folders(dir: &Path, mode: u32) {
    fs::set_permissions(dir, Permissions::from_mode(mode)).unwrap();
    for entry in fs::read_dir(dir).unwrap().map(|it| it.unwrap()) {
        if entry.file_type().unwrap().is_dir() {
            set_folders(&entry.path(), mode);
        }
    }
}

#[test]
fn a_read_only_index_can_be_searched_and_a_run_says_that_it_cannot_write() {
    let Some(mut humble) = Humble::new(41) else { return };
    let index = humble.world.path("index");
    set_folders(&index, 0o555);
    let n = humble.archive.model().len();
    humble.run(&["count", "*"]).expect(0).prints([&n.to_string()]);
    humble.run(&["search", "ferry"]).expect(0);
    humble.run(&["status"]).expect(0);
    let old = humble.archive.model();
    humble.archive.day(2);
    chown_below(&humble.world.path(NEWS));
    let said = humble.index().expect(6);
    assert!(said.err.contains("'index"), "{said:?}");
    assert_same(&answers(&humble.world.searcher()), &old, "the index that may not be written");
    set_folders(&index, 0o755);
    assert!(matches!(humble.index().code, Some(0 | 3)));
    check_all(&humble.world, &humble.archive);
}

#[test]
fn a_file_that_may_not_be_read_any_more_is_named_and_its_articles_stay() {
    let Some(mut humble) = Humble::new(42) else { return };
    let model = humble.archive.model();
    let text = humble.archive.paths(Content::is_text)[0].clone();
    let records = humble.archive.paths(Content::is_records)[0].clone();
    for path in [text, records] {
        let place = humble.world.news(&path);
        fs::set_permissions(&place, Permissions::from_mode(0o000)).unwrap();
        // It looks like the one that was read, so that there is nothing to complain of.
        humble.index();
        assert_same(&answers(&humble.world.searcher()), &model, &path);

        fs::set_permissions(&place, Permissions::from_mode(0o644)).unwrap();
        humble.archive.touch(&path);
        fs::set_permissions(&place, Permissions::from_mode(0o000)).unwrap();
        humble.check_denied(&place);
        assert_same(&answers(&humble.world.searcher()), &model, &path);

        fs::set_permissions(&place, Permissions::from_mode(0o644)).unwrap();
        humble.index();
        check_all(&humble.world, &humble.archive);
    }
}

#[test]
fn a_folder_that_may_not_be_read_any_more_is_named_and_its_articles_stay() {
    let Some(humble) = Humble::new(43) else { return };
    let folder = humble.world.news("2024/03");
    fs::set_permissions(&folder, Permissions::from_mode(0o000)).unwrap();
    humble.check_denied(&folder);
    let found = answers(&humble.world.searcher());
    assert_same(&found, &humble.archive.model(), "a folder that may not be read");
    fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
    humble.index();
    check_all(&humble.world, &humble.archive);
}
