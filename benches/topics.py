#!/usr/bin/env python3
"""Makes topics and judgments for `dateline eval` of Reuters' labels, gathered by Media Topic.

usage: topics.py FOLDER-OF-LABELS OUT

OUT/codes.tsv asks for each topic by its code, OUT/labels.tsv by its label as plain words, and
OUT/words.tsv by the plain words of all labels that belong to it; OUT/qrels.txt calls an article
relevant that has any of these labels.
"""
import pathlib
import sys

folder, out = map(pathlib.Path, sys.argv[1:])
here = pathlib.Path(__file__).parent


def rows(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


taxonomy = {row[0]: row[4] for row in rows(here / "../src/annotate/data/topics/topics.tsv")}
topic_of = dict(rows(here / "reuters-topics.tsv"))
words_of, relevant = {}, {}
for label, words in rows(folder / "topics.tsv"):
    if label in topic_of:
        words_of.setdefault(topic_of[label], []).append(words)
for line in (folder / "qrels.txt").read_text().splitlines():
    label, _, article, judged = line.split()
    if label in topic_of and judged != "0":
        relevant.setdefault(topic_of[label], set()).add(article)

out.mkdir(parents=True, exist_ok=True)
asked = {
    "codes.tsv": lambda topic: topic,
    "labels.tsv": lambda topic: taxonomy[topic],
    "words.tsv": lambda topic: " ".join(words_of[topic]),
}
for name, text in asked.items():
    lines = [f"{topic}\t{text(topic)}\n" for topic in sorted(words_of)]
    (out / name).write_text("".join(lines), encoding="utf-8")
judgments = [f"{topic} 0 {it} 1\n" for topic in sorted(relevant) for it in sorted(relevant[topic], key=int)]
(out / "qrels.txt").write_text("".join(judgments))
