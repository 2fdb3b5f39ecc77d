#!/bin/sh
# Measures the ranking on the judged collections in ../shared, and prints a table of Markdown.
#
# usage: benches/ranking.sh DATELINE [OPTION OF EVAL…]
#
# DATELINE is the program, mostly target/release/dateline. The runs stay in $RUNS (a new folder of
# its own where it is not set), NAME.run each; with $BASELINE, a folder of earlier runs, the table
# gives differences and p beside each row. Where python3 is there, ../shared/tools/score.py scores
# the same runs once more, on stderr.
set -eu

dateline=$1
shift
here=$(cd "$(dirname "$0")/.." && pwd)
judged=$here/../shared/corpora/judged
if [ ! -d "$judged" ]; then
    echo "skipped: ../shared/corpora/judged is not here" >&2
    exit 0
fi
runs=${RUNS:-$(mktemp -d)}
indexes=$(mktemp -d)
trap 'rm -rf "$indexes"' EXIT

measure() { # collection, set
    collection=$1
    set=$2
    shift 2
    name=$(echo "$set" | tr / _)
    table=$indexes/table
    "$dateline" eval --index "$indexes/$collection" --topics "$judged/$set/topics.tsv" \
        --qrels "$judged/$set/qrels.txt" --run "$runs/$name.run" \
        ${BASELINE:+--baseline "$BASELINE/$name.run"} "$@" >"$table"
    awk -v set="$set" '
        function row(name) { printf "| %s |", name; for (i = NF - 5; i <= NF; i++) printf " %s |", $i; print "" }
        / quer(y|ies) / { row(set " (" $1 ")") }
        $1 == "difference" { row("&nbsp; minus the baseline") }
        $1 == "p" { row("&nbsp; p") }
    ' "$table"
}

for collection in time reuters reuters-titles-removed cran med npl; do
    # Exit code 3: some records of cran have no text and are set aside.
    "$dateline" index --index "$indexes/$collection" "$judged/$collection/articles.jsonl" \
        >/dev/null 2>&1 || [ $? -eq 3 ]
done

echo '| set (queries) | MAP | nDCG@10 | P@10 | R@100 | R@1000 | MRR@10 |'
echo '|---|---:|---:|---:|---:|---:|---:|'
measure time time "$@"
for set in topics label-people label-orgs label-places label-topics; do
    measure reuters "reuters/$set" "$@"
done
for set in title typo ent kw; do
    measure reuters-titles-removed "reuters-titles-removed/$set" "$@"
done
for set in cran med npl; do
    measure "$set" "$set" "$@"
done

if command -v python3 >/dev/null; then
    cat "$runs"/*.run >"$indexes/all"
    python3 "$judged/../../tools/score.py" "$indexes/all" >&2
fi
