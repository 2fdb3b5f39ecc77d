//! Walking an archive on a disk.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, UNIX_EPOCH};

use super::*;
use crate::error::{Error, Kind};

/// Makes an archive of empty folders (names that end with a slash) and files of one word.
fn archive(names: &[&str]) -> io::Result<tempfile::TempDir> {
    let root = tempfile::tempdir()?;
    for name in names {
        let path = root.path().join(name);
        match name.strip_suffix('/') {
            Some(_) => fs::create_dir_all(path)?,
            None => {
                fs::create_dir_all(path.parent().unwrap_or(root.path()))?;
                fs::write(path, "Rain")?;
            }
        }
    }
    Ok(root)
}

/// Returns the paths below the root, and the reasons of what was not read.
fn walked(root: &Path) -> Result<(Vec<String>, Vec<String>), Error> {
    let (mut files, mut reasons) = (Vec::new(), Vec::new());
    for entry in walk(root)? {
        match entry {
            Ok(file) => files.push(file.below),
            Err(Unlisted { malformed, .. }) => {
                reasons.push(format!("{}: {}", malformed.origin, malformed.reason));
            }
        }
    }
    Ok((files, reasons))
}

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[test]
fn files_come_in_order_and_what_is_hidden_does_not() -> Outcome {
    let names = [
        "b/2.txt",
        "b/10.txt",
        "a.txt",
        "b.txt",
        "Z.txt",
        ".hidden",
        ".git/config",
        "b/.x/y.txt",
        "README.md",
        "b/README",
        "LICENSE",
        "LICENSES/by.txt",
        "readme-first.txt",
        "empty/",
    ];
    let root = archive(&names)?;
    let (files, reasons) = walked(root.path())?;
    let want =
        ["LICENSES/by.txt", "Z.txt", "a.txt", "b/10.txt", "b/2.txt", "b.txt", "readme-first.txt"];
    assert_eq!((files, reasons), (want.map(str::to_owned).to_vec(), vec![]));
    Ok(())
}

#[test]
fn a_file_is_told_by_the_root_as_given() -> Outcome {
    let root = archive(&["2024/rain.txt"])?;
    let written = UNIX_EPOCH + Duration::new(1, 5);
    let path = root.path().join("2024/rain.txt");
    let file = fs::File::options().write(true).open(path)?;
    file.set_modified(written)?;
    let given = root.path().join("2024/..");
    let files: Vec<_> = walk(&given)?.filter_map(Result::ok).collect();
    assert_eq!(files[0].shown, format!("{}/2024/rain.txt", given.display()));
    assert_eq!(files[0].below, "2024/rain.txt");
    assert_eq!(*files[0].root, fs::canonicalize(root.path())?);
    assert_eq!(files[0].size, 4);
    assert_eq!(files[0].mtime_ns, 1_000_000_005);
    Ok(())
}

#[test]
fn a_root_may_be_a_file_and_must_exist() -> Outcome {
    let root = archive(&[".rain.txt"])?;
    let path = root.path().join(".rain.txt");
    let files: Vec<_> = walk(&path)?.filter_map(Result::ok).collect();
    assert_eq!(files[0].shown, path.display().to_string());
    assert_eq!(files[0].below, ".rain.txt");
    let missing = root.path().join("nowhere");
    let error = walk(&missing).err().ok_or("a missing root was walked")?;
    assert_eq!(error.kind, Kind::Io);
    assert!(error.message.contains("nowhere") && error.hint.is_some());
    Ok(())
}

#[cfg(unix)]
#[test]
fn names_of_any_bytes_are_told_apart_and_opened() -> Outcome {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let root = archive(&["two words.txt", "new\nline.txt", "back\\xffslash.txt", "é.txt"])?;
    let invalid = OsStr::from_bytes(b"back\xffslash.txt");
    fs::write(root.path().join(invalid), "Rain")?;
    let (files, _) = walked(root.path())?;
    let want =
        ["back\\\\xffslash.txt", "back\\xffslash.txt", "new\\nline.txt", "two words.txt", "é.txt"];
    assert_eq!(files, want);
    for file in walk(root.path())?.filter_map(Result::ok) {
        let told = read_file(&file);
        let ids: Vec<_> = told.articles.into_iter().map(|it| it.id).collect();
        assert_eq!(ids, [file.below]);
    }
    Ok(())
}

fn read_file(file: &SourceFile) -> Told {
    let mut told = Told::default();
    read(file, readers(), &mut |event| {
        told.take(event);
        ControlFlow::Continue(())
    });
    told
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_loops_passed_over() -> Outcome {
    use std::os::unix::fs::symlink;

    let root = archive(&["a/rain.txt"])?;
    symlink(root.path().join("a/rain.txt"), root.path().join("link.txt"))?;
    symlink(root.path(), root.path().join("a/loop"))?;
    symlink(root.path(), root.path().join("a/.loop"))?;
    symlink(root.path().join("a"), root.path().join("b"))?;
    symlink("nowhere", root.path().join("dead"))?;
    let (files, reasons) = walked(root.path())?;
    assert_eq!(files, ["a/rain.txt", "b/rain.txt", "link.txt"]);
    let told = |it: &str| reasons.iter().filter(|reason| reason.contains(it)).count();
    assert_eq!(told("a/loop: a link that leads back to"), 1, "{reasons:?}");
    assert_eq!(told("b/loop: a link that leads back to"), 1, "{reasons:?}");
    assert_eq!(told("dead: no such file or directory"), 1, "{reasons:?}");
    assert_eq!(reasons.len(), 3, "{reasons:?}");
    Ok(())
}

#[cfg(unix)]
#[test]
fn special_files_are_told_and_never_opened() -> Outcome {
    let root = archive(&["rain.txt"])?;
    let _socket = std::os::unix::net::UnixListener::bind(root.path().join("socket"))?;
    let (files, reasons) = walked(root.path())?;
    assert_eq!(files, ["rain.txt"]);
    assert_eq!(reasons.len(), 1);
    assert!(reasons[0].ends_with("socket: not a regular file"));
    Ok(())
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_told_and_the_walk_goes_on() -> Outcome {
    use std::os::unix::fs::PermissionsExt;

    let root = archive(&["a/rain.txt", "b.txt", "c.txt"])?;
    let lock = |name: &str, mode| {
        fs::set_permissions(root.path().join(name), fs::Permissions::from_mode(mode))
    };
    lock("a", 0o000)?;
    lock("b.txt", 0o000)?;
    if fs::read_dir(root.path().join("a")).is_ok() {
        // The superuser may read everything: there is nothing to see.
        println!("not checked: this user may read folders without permission");
        return Ok(());
    }
    let (files, reasons) = walked(root.path())?;
    assert_eq!(files, ["b.txt", "c.txt"]);
    assert!(reasons[0].ends_with("a: permission denied"));
    let told = walk(root.path())?.filter_map(Result::ok).map(|it| read_file(&it));
    let reasons: Vec<_> = told.flat_map(|it| it.reasons()).collect();
    assert!(reasons[0].ends_with("b.txt: permission denied"));
    assert!(walk(&root.path().join("a")).is_err());
    lock("a", 0o755)?;
    Ok(())
}

#[test]
fn a_file_that_vanished_or_changed_is_told() -> Outcome {
    let root = archive(&["rain.txt"])?;
    let files: Vec<_> = walk(root.path())?.filter_map(Result::ok).collect();
    assert_eq!(read_file(&files[0]).notes, []);
    let path: PathBuf = root.path().join("rain.txt");
    fs::write(&path, "More rain")?;
    let told = read_file(&files[0]);
    assert_eq!(told.articles.len(), 1);
    assert!(told.notes()[0].ends_with("rain.txt: changed during the run"));
    fs::remove_file(&path)?;
    assert!(read_file(&files[0]).reasons()[0].ends_with("rain.txt: no such file or directory"));
    Ok(())
}
