#!/usr/bin/env bash
# Measures runs over large archives: the first one, one over nothing new, one over a day's changes.
#
# usage: benches/scale.sh DATELINE MAKE_ARCHIVE.PY     in an empty folder with 3 GB to spare
set -eu
dateline=$1
make_archive=$2

run() {
    printf '\n$ dateline index %s\n' "$1"
    /usr/bin/time -f '%e s wall, %U s user, %S s sys, %M kB peak' \
        "$dateline" index "$1" --index "$1.index" 2>&1
}

python3 "$make_archive" --articles 100000 --format txt txt >/dev/null
python3 "$make_archive" --articles 20000 --format jsonl jsonl20 >/dev/null
python3 "$make_archive" --articles 200000 --format jsonl jsonl >/dev/null
run txt
run txt
find txt -name '*.txt' | sort | awk 'NR % 100 == 0' | while read -r file; do
    printf '\nA correction was printed on Tuesday.\n' >>"$file"
done
run txt
run jsonl20
run jsonl
run jsonl
python3 - <<'PYTHON'
import glob, json
for wire in sorted(glob.glob('jsonl/*/*.jsonl')):
    lines = open(wire).read().splitlines()
    for k in range(0, len(lines), 100):
        record = json.loads(lines[k])
        record['body'] += '\nA correction was printed on Tuesday.'
        lines[k] = json.dumps(record)
    open(wire, 'w').write('\n'.join(lines) + '\n')
PYTHON
run jsonl
