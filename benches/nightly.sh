#!/usr/bin/env bash
# Plays the nights of an archive and prints what the program says; its output is nightly.txt.
#
# usage: benches/nightly.sh DATELINE MAKE_ARCHIVE.PY     in an empty folder
set -u
dateline=$1
make_archive=$2

say() {
    printf '\n$ dateline %s\n' "$*"
    "$dateline" "$@" 2>&1
    local code=$?
    [ $code -eq 0 ] || echo "[exit $code]"
}

python3 "$make_archive" --articles 20000 --format jsonl archive >/dev/null
mkdir -p archive/desk
for n in $(seq 1 200); do
    printf 'Desk note %s\n\nThe ferry council met for the %s. time.\n' "$n" "$n" >"archive/desk/note$n.txt"
done

echo '# the first build, and a night in which nothing happened'
say index archive
say index archive

printf '\n# a day: forty articles, three corrections, two moves, three deletions, ten bad files\n'
python3 - <<'PYTHON'
import glob, json, os
wires = sorted(glob.glob('archive/*/*.jsonl'))
lines = open(wires[-1]).read().splitlines()
for k in (0, 7, 14):
    record = json.loads(lines[k])
    record['body'] += '\nCorrection: the figure was restated on Tuesday.'
    lines[k] = json.dumps(record)
for k in range(40):
    record = json.loads(lines[k])
    record |= {'id': f'new-{k:03}', 'headline': f'Evening wire {k}'}
    lines.insert(0, json.dumps(record))
open(wires[-1], 'w').write('\n'.join(lines) + '\n')
os.makedirs('archive/old', exist_ok=True)
os.rename(wires[0], 'archive/old/' + os.path.basename(wires[0]))
os.rename('archive/desk/note1.txt', 'archive/desk/first-note.txt')
for n in (5, 6, 7):
    os.remove(f'archive/desk/note{n}.txt')
os.makedirs('archive/bad')
for name, content in {
    'empty.txt': b'',
    'picture.txt': b'\x89PNG\r\n\x1a\n' + bytes(range(256)),
    'packed.txt': b'\x1f\x8b\x08\0\0\0\0',
    'feed.xml': b'<?xml version="1.0"?><rss><channel/></rss>',
    'page.html': b'<!doctype html><html><body>x</body></html>',
    'table.csv': b'id,title\n1,Bridge\n',
    'cut.jsonl': b'{"id": "cut-1", "body": "Good."}\n{"id": "cut-2", "body": "Bro',
    'list.json': b'[\n {"id": 1}\n]',
    'blank.txt': b' \n\n',
    'nobody.jsonl': b'{"id": "n-1"}\n',
}.items():
    open('archive/bad/' + name, 'wb').write(content)
PYTHON
say index archive --dry-run
say index archive
say quarantine list
say index archive

printf '\n# thirty thousand articles come, and the run is killed in their midst\n'
rm archive/desk/note8.txt
python3 "$make_archive" --articles 30000 --seed 7 --start 2025-01-01 --format jsonl more >/dev/null
mkdir -p archive/late
for wire in more/*/*.jsonl; do
    sed 's/^{"id": "/{"id": "late-/' "$wire" >"archive/late/$(basename "$wire")"
done
printf '\n$ dateline index archive --log-format json & # killed at its first commit\n'
"$dateline" index archive --log-format json 2>log &
run=$!
until grep -q '"committed"' log; do sleep 0.05; done
kill -9 $run
wait $run 2>/dev/null
echo "[exit 137]"
tail -n 1 log
say count '*'
say index archive

printf '\n# the archive is not mounted\n'
mv archive away && mkdir archive
say index archive
rmdir archive && mv away archive

printf '\n# trust\n'
say verify --sample 500
say rollback --list
say rollback
say count '*'
say status
say index archive
say verify --sample 500
