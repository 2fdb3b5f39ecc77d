//! `dateline train` and `dateline tag`.

mod places;
mod topics;

use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

use flate2::read::MultiGzDecoder;
use serde_json::{Value, json};

use crate::annotate::{Label, Lexicon, Model, Score, Scores, Tagger, bio, train};
use crate::article::MentionKind;
use crate::error::{Error, Kind, Named, Result};

use super::args::{Plain, Tag, Train};
use super::files::{self, bounded, shown};
use super::{Outcome, say};

/// The largest file that is read, unpacked.
const FILE_BYTES_MAX: u64 = 512 << 20;

/// What gzipped files begin with.
const GZIP: &[u8] = &[0x1F, 0x8B];

/// The version of the JSON of an evaluation.
const FORMAT_VERSION: u32 = 1;

/// Runs `dateline train`.
pub(super) fn run_train(args: &Train) -> anyhow::Result<Outcome> {
    match (&args.places, &args.topics, &args.out) {
        (Some(folder), _, Some(out)) => return places::make(folder, out),
        (_, Some(articles), Some(out)) => return topics::learn(articles, out),
        _ => {}
    }
    let learnt = match &args.out {
        Some(out) => Some(learn(args, out)?),
        None => None,
    };
    if let Some(path) = &args.evaluate {
        let model = match learnt {
            Some(model) => model,
            None => model(args.model.as_deref())?,
        };
        let scores = evaluate(model, path)?;
        let mut printed = Vec::new();
        match args.format {
            Plain::Text => print_table(&scores, &mut printed)?,
            Plain::Json => writeln!(printed, "{}", as_json(&scores))?,
        }
        io::stdout().write_all(&printed)?;
    }
    Ok(Outcome::Done)
}

/// Runs `dateline tag`.
pub(super) fn run_tag(args: &Tag) -> anyhow::Result<Outcome> {
    let (text, shown) = text(&args.bio)?;
    let documents = bio::documents(&text, &shown)?;
    let mut tagger = Tagger::new(model(args.model.as_deref())?);
    let labels: Vec<Label> = documents.iter().flat_map(|it| tagger.label(it)).collect();
    io::stdout().write_all(bio::with_predictions(&text, &labels).as_bytes())?;
    Ok(Outcome::Done)
}

/// Learns a model, writes it and returns it.
fn learn(args: &Train, out: &Path) -> Result<Arc<Model>> {
    if args.bio.is_empty() {
        return Err(Error::new(Kind::Usage, "there is nothing to write: '--out' is given alone")
            .with_hint("say what to learn from with '--bio', '--places' or '--topics'"));
    }
    let texts = args.bio.iter().map(|path| text(path)).collect::<Result<Vec<_>>>()?;
    let mut documents = Vec::new();
    for (text, shown) in &texts {
        documents.extend(bio::documents(text, shown)?);
    }
    if documents.is_empty() {
        let files: Vec<&str> = texts.iter().map(|(_, shown)| shown.as_str()).collect();
        let message = format!("there is nothing to learn in '{}'", files.join("', '"));
        return Err(Error::new(Kind::Usage, message).with_hint("name files with labelled words"));
    }
    let model = train(&documents, lexicon(args)?, args.bits);
    let bytes = model.to_bytes()?;
    files::write(out, &bytes)?;
    let n_words: usize =
        documents.iter().flat_map(|it| &it.sentences).map(|it| it.words.len()).sum();
    say(&format!("learnt from {n_words} words; {} has {} bytes", Named(out), bytes.len()));
    Ok(Arc::new(model))
}

/// Returns the lexicon that the files make; what no file says is taken from the model that came with
/// the program.
fn lexicon(args: &Train) -> Result<Lexicon> {
    let mut lexicon = Lexicon::default();
    if let Some(path) = &args.clusters {
        let (text, shown) = text(path)?;
        lexicon.read_clusters(&text, &shown)?;
    }
    for path in &args.gazetteer {
        let (text, shown) = text(path)?;
        lexicon.read_names(&text, &shown)?;
    }
    for path in &args.given_names {
        lexicon.read_given_names(&text(path)?.0);
    }
    if args.clusters.is_none() || args.gazetteer.is_empty() {
        lexicon.complete(Model::committed()?.lexicon());
    }
    Ok(lexicon)
}

/// Reads a model; without a path, the one that came with the program.
fn model(path: Option<&Path>) -> Result<Arc<Model>> {
    let model = match path {
        None => Model::committed()?,
        Some(path) => Model::from_bytes(&bytes(path)?, &shown(path))?,
    };
    Ok(Arc::new(model))
}

fn evaluate(model: Arc<Model>, path: &Path) -> Result<Scores> {
    let (text, shown) = text(path)?;
    let documents = bio::documents(&text, &shown)?;
    let mut tagger = Tagger::new(model);
    let mut scores = Scores::default();
    for document in &documents {
        let labels = tagger.label(document);
        scores.add(document, &labels);
    }
    Ok(scores)
}

/// Reads a text, unpacked where it is gzipped, and what errors call it.
fn text(path: &Path) -> Result<(String, String)> {
    let shown = shown(path);
    let text = String::from_utf8(bytes(path)?).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Error::new(Kind::Usage, format!("cannot read '{shown}:{line}': it is not UTF-8"))
            .with_hint("convert the file to UTF-8")
    })?;
    Ok((text, shown))
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    let failed = |cause: io::Error| Error::io("read", path, &cause);
    let mut bytes = bounded(path, FILE_BYTES_MAX).map_err(failed)?;
    if bytes.starts_with(GZIP) {
        let mut unpacked = Vec::new();
        let unpacking = MultiGzDecoder::new(bytes.as_slice()).take(FILE_BYTES_MAX + 1);
        { unpacking }.read_to_end(&mut unpacked).map_err(failed)?;
        bytes = unpacked;
    }
    if bytes.len() as u64 > FILE_BYTES_MAX {
        let message = format!("{} is larger than {} MiB", Named(path), FILE_BYTES_MAX >> 20);
        return Err(Error::new(Kind::Usage, message).with_hint("split the file"));
    }
    Ok(bytes)
}

fn print_table(scores: &Scores, out: &mut Vec<u8>) -> io::Result<()> {
    let columns = ["precision", "recall", "F1", "right", "wrong", "missed"];
    let [precision, recall, f1, right, wrong, missed] = columns;
    writeln!(out, "{:8}{precision:>10}{recall:>8}{f1:>8}{right:>8}{wrong:>8}{missed:>8}", "")?;
    let kinds = MentionKind::ALL.map(|kind| (kind.name(), scores.of(kind)));
    for (name, score) in kinds.into_iter().chain([("all", scores.micro())]) {
        let [precision, recall, f1] = percents(score);
        writeln!(
            out,
            "{name:8}{precision:10.2}{recall:8.2}{f1:8.2}{:8}{:8}{:8}",
            score.n_right, score.n_wrong, score.n_missed
        )?;
    }
    Ok(())
}

fn percents(score: Score) -> [f64; 3] {
    [score.precision(), score.recall(), score.f1()].map(|it| it * 100.0)
}

/// Returns an evaluation as JSON, in per cent with two decimals.
fn as_json(scores: &Scores) -> Value {
    let of = |score: Score| {
        let [precision, recall, f1] = percents(score).map(|it| (it * 100.0).round() / 100.0);
        json!({
            "precision": precision, "recall": recall, "f1": f1,
            "right": score.n_right, "wrong": score.n_wrong, "missed": score.n_missed,
        })
    };
    let kinds = MentionKind::ALL.map(|kind| (kind.name().to_owned(), of(scores.of(kind))));
    json!({
        "format_version": FORMAT_VERSION,
        "words": scores.n_words,
        "kinds": kinds.into_iter().collect::<serde_json::Map<_, _>>(),
        "micro": of(scores.micro()),
    })
}
