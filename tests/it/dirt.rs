//! Every kind of dirt that real archives hold, in one archive: what becomes of each file.
//!
//! [`reading`](super::reading) and the readers' own tests look at most of these one by one; here
//! they lie beside each other, so that none may harm another, and a run has to account for all.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};

use crate::packed::{gzip, tar};
use crate::world::World;

/// What becomes of a file.
enum Fate {
    /// So many articles are found under a query that nothing else in the archive answers.
    Found(&'static str, u64),
    /// Nothing in it is an article, and a reason says so.
    Aside(&'static str),
    /// Some is found, and of the rest a reason is told.
    Both(&'static str, u64, &'static str),
}
use Fate::{Aside, Both, Found};

/// A file: its name, its bytes, what becomes of it.
type File = (&'static str, Vec<u8>, Fate);

/// Text as it comes: encodings, lost characters, languages, capitals, much of it and little.
fn texts() -> Vec<File> {
    let long = format!("Long read\n\n{}", "The quagmire went on without an end. ".repeat(4_000));
    let utf8 = |text: &str| text.as_bytes().to_vec();
    vec![
        (
            "latin.txt",
            b"Caf\xe9 k\xf6nigsberg\n\nFerry in caf\xe9.".to_vec(),
            Found("königsberg", 1),
        ),
        (
            "cp1252.txt",
            b"Quote\n\n\x93Wharfage\x94 costs \x80 5.".to_vec(),
            Found("\"€ 5\" wharfage", 1),
        ),
        ("utf8.txt", utf8("Tromsø\n\nThe hurtigruten."), Found("tromsø hurtigruten", 1)),
        ("bom.txt", utf8("\u{feff}Bom\n\nThe windlass."), Found("windlass", 1)),
        ("lost.txt", utf8("Lost\n\nThe caf\u{fffd} barnacle."), Found("barnacle", 1)),
        (
            "control.txt",
            utf8(
                "Bell\u{7}\n\nA gale blew all Monday night and most of the day after it, until a spin\u{8}naker\u{1b}[31m tore.",
            ),
            Found("tore", 1),
        ),
        (
            "hyphens.txt",
            utf8("Soft\n\nThe har\u{ad}bour\u{a0}master\u{2019}s e\u{fb03}cient dredger."),
            Found("efficient dredger harbour", 1),
        ),
        ("long.txt", long.into_bytes(), Found("quagmire", 1)),
        ("short.txt", utf8("Fog stops trawling."), Found("trawling", 1)),
        (
            "capitals.txt",
            utf8("SENATE VOTES\n\nTHE TARIFF ON MOLASSES FELL."),
            Found("molasses", 1),
        ),
        (
            "arabic.txt",
            utf8("الميناء\n\nأغلق الميناء يوم الاثنين بعد العاصفة."),
            Found("العاصفة", 1),
        ),
        (
            "finnish.txt",
            utf8("Silta suljettiin\n\nSiltaa korjataan keväällä, kunta kertoi maanantaina."),
            Found("kunta", 1),
        ),
        (
            "german.txt",
            utf8("Brücke gesperrt\n\nDie Brücken über die Weser sind seit Montag gesperrt."),
            Found("brücke", 1),
        ),
        (
            "french.txt",
            utf8("Pont fermé\n\nLes ponts de la Seine étaient fermés lundi à cause de la crue."),
            Found("crue", 1),
        ),
        (
            "quote.txt",
            utf8("Quote\n\n\u{201c}It never closes, the sextant said.\n\nNor does this."),
            Found("sextant", 1),
        ),
        ("ticker.txt", utf8("Stocks\n\nShares of Walwyn ( WMT.N ) fell."), Found("\"WMT.N\"", 1)),
        (
            "furniture.txt",
            utf8("Mill\n\nThe gantry fell.\nRead also:\nIt rose."),
            Found("gantry", 1),
        ),
        (
            "dateline.txt",
            utf8("Mill\n\nKYIV, Ukraine (AP) \u{2014} The capstan turned."),
            Found("dateline:kyiv capstan", 1),
        ),
    ]
}

/// Records that lack something, say something impossible, or say it twice.
fn records() -> Vec<File> {
    let same =
        |n: usize| format!("{{\"id\": \"same-{n}\", \"body\": \"Bollard {n} was moved.\"}}\n");
    let feed = |n: usize| {
        format!(
            "<item><guid>f{n}</guid><title>Item {n}</title><description>Keelson {n}.</description></item>"
        )
    };
    let items: String = (0..5_000).map(feed).collect();
    vec![
        ("headless.jsonl", b"{\"id\": \"h\", \"body\": \"A binnacle.\"}".to_vec(), Found("binnacle", 1)),
        ("bodyless.jsonl", b"{\"id\": \"b\", \"title\": \"Gunwale\"}".to_vec(), Found("gunwale", 1)),
        ("nothing.jsonl", b"{\"id\": \"n\", \"date\": \"2024\"}".to_vec(), Aside("no headline and no body")),
        ("dates.jsonl", b"{\"id\": \"d1\", \"date\": \"08/30 63\", \"body\": \"Halyard.\"}\n{\"id\": \"d2\", \"date\": \"198-04-06\", \"body\": \"Halyard.\"}".to_vec(), Both("halyard", 2, "'198-04-06'")),
        ("twice.jsonl", b"{\"id\": \"t\", \"body\": \"First mizzen.\"}\n{\"id\": \"t\", \"body\": \"Second mizzen.\"}".to_vec(), Found("mizzen", 2)),
        ("five.jsonl", (0..5).map(same).collect::<String>().into_bytes(), Found("bollard", 5)),
        ("feed.xml", format!("<rss version=\"2.0\"><channel>{items}</channel></rss>").into_bytes(), Found("keelson", 5_000)),
    ]
}

/// Files that end too early, are not what they are called, or are no news.
fn broken() -> Vec<File> {
    let story = b"{\"id\": \"g1\", \"body\": \"The jib tore.\"}\n".repeat(50);
    let whole = gzip(&story);
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>";
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://courier.example/1\r\n\
         WARC-Date: 2024-03-14T09:30:00Z\r\nContent-Type: application/http; msgtype=response\r\n\
         Content-Length: 5000\r\n\r\n{page}"
    );
    vec![
        ("empty.txt", Vec::new(), Aside("empty file")),
        ("empty.txt.gz", Vec::new(), Aside("empty file")),
        ("cut.jsonl.gz", whole[..whole.len() - 9].to_vec(), Both("jib", 1, "the gzip breaks off")),
        ("cut.warc", warc.into_bytes(), Aside("breaks off")),
        (
            "cut.json",
            b"[{\"id\": \"j1\", \"body\": \"A dinghy sank.\"}, {\"id\": \"j2\", \"bo".to_vec(),
            Both("dinghy", 1, "cut.json:2"),
        ),
        (
            "cut.xml",
            b"<nitf><head><title>Cut</title></head><body><body.content><p>The oakum ca".to_vec(),
            Found("oakum", 1),
        ),
        ("plain.tar.xz", tar(&[("7.txt", b"Tar\n\nThe painter parted.")]), Found("painter", 1)),
        ("news.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), Aside("PNG")),
        ("paper.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj".to_vec(), Aside("PDF")),
    ]
}

/// Files that mean harm.
fn harmful() -> Vec<File> {
    let lol: String = (1..10)
        .map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10)))
        .collect();
    let entities = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE nitf [<!ENTITY l0 \"lol\">{lol}]><nitf><body>\
         <body.content><p>Bomb &l9;</p></body.content></body></nitf>"
    );
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(5_000), close.repeat(5_000));
    let nitf =
        format!("<nitf><body><body.content>{}</body.content></body></nitf>", deep("<p>", "</p>"));
    let json = format!("[{{\"id\": \"d\", \"body\": {}}}]", deep("[", "]"));
    let html = format!("<!DOCTYPE html><html><body>{}</body></html>", deep("<div>", "</div>"));
    let bomb = gzip(&vec![b' '; 64 << 20]);
    let mut way_out =
        tar(&[("aa/bb/out.txt", b"Out\n\nThe pintle."), ("in.txt", b"In\n\nThe transom.")]);
    way_out[..13].copy_from_slice(b"../../out.txt");
    let sum: u32 = way_out[..512]
        .iter()
        .enumerate()
        .map(|(at, it)| if (148..156).contains(&at) { 32 } else { u32::from(*it) })
        .sum();
    way_out[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    vec![
        ("entities.xml", entities.into_bytes(), Aside("entit")),
        ("deep.json", json.into_bytes(), Aside("deep")),
        ("deep.xml", nitf.into_bytes(), Aside("deep")),
        ("deep.html", html.into_bytes(), Aside("deep")),
        ("bomb.gz", bomb, Aside("a bomb")),
        ("out.tar", way_out, Both("transom", 1, "leads out of the archive")),
    ]
}

#[test]
fn every_file_of_a_dirty_archive_is_accounted_for() {
    let world = World::empty();
    let files: Vec<File> =
        [texts(), records(), broken(), harmful()].into_iter().flatten().collect();
    for (name, bytes, _) in &files {
        world.put(name, bytes);
    }
    surround(&world);
    let said = world.index().expect(3);
    let set_aside = world.run(&["quarantine", "list"]).expect(0).out;
    for (name, _, fate) in &files {
        let (found, reason) = match fate {
            Found(query, n_articles) => (Some((query, n_articles)), None),
            Aside(reason) => (None, Some(reason)),
            Both(query, n_articles, reason) => (Some((query, n_articles)), Some(reason)),
        };
        if let Some((query, n_articles)) = found {
            let n_found = world.count(&format!("{query} file:\"*{name}*\""));
            assert_eq!(n_found, *n_articles, "{name}: {query}\n{set_aside}");
        }
        let told = || set_aside.lines().chain(said.err.lines()).filter(|it| it.contains(*name));
        match reason {
            Some(reason) => {
                let told: Vec<&str> = told().collect();
                assert!(told.iter().any(|it| it.contains(reason)), "{name}: {told:?}");
            }
            None => assert_eq!(told().find(|it| it.starts_with("set aside")), None, "{name}"),
        }
    }
    assert_eq!(world.count("rudderstock"), 2);
    world.run(&["verify", "--sample", "100"]).expect(0);
    let again = world.run(&["index", "--dry-run"]).expect(0);
    assert!(again.out.starts_with("nothing has changed"), "{again:?}");
}

/// Adds what is around files: links in a circle, names of any bytes, a folder that is shut.
fn surround(world: &World) {
    symlink(world.news(""), world.news("round")).unwrap();
    world.put("name with spaces\nand a line.txt", "Name\n\nThe rudderstock bent.");
    let bytes = OsStr::from_bytes(b"caf\xe9.txt");
    fs::write(world.news("").join(bytes), "Name\n\nThe rudderstock broke.").unwrap();
    fs::create_dir(world.news("shut")).unwrap();
    fs::set_permissions(world.news("shut"), fs::Permissions::from_mode(0o000)).unwrap();
}
