#!/usr/bin/env python3
"""Compares the cost of a search while a run goes on with its cost when none does.

usage: benches/during.py DATELINE INDEX ARCHIVE

Each search is a process of its own; its CPU time is what the system says, and its wall time what a
clock says. INDEX is searched; the run builds another index of ARCHIVE in a temporary folder, from
nothing, again and again until 200 searches are done. Medians, and their ratio.
"""
import os, statistics, subprocess, sys, tempfile, time

dateline, index, archive = sys.argv[1:]
WORDS = ['shares', 'oil prices', 'trade deficit', '"interest rate"', 'wheat exports', 'bank merger',
         'dollar yen', 'profit AND loss', 'crude OR gas', 'strike']

def search(query):
    began = time.perf_counter()
    child = subprocess.Popen([dateline, 'search', '--index', index, query],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(child.pid, 0)
    child.returncode = 0
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - began

def median(n_searches, go_on=lambda: None):
    times = []
    for n in range(n_searches):
        go_on()
        times.append(search(WORDS[n % len(WORDS)]))
    return [statistics.median(column) * 1e3 for column in zip(*times)]

def run_again():
    global run
    if run is None or run.poll() is not None:
        folder = tempfile.mkdtemp(dir=scratch)
        run = subprocess.Popen([dateline, 'index', archive, '--index', folder],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.5)

run = None
median(20)
idle = median(200)
with tempfile.TemporaryDirectory() as scratch:
    busy = median(200, run_again)
    run.kill()
    run.wait()
for name, a, b in zip(('CPU', 'wall'), idle, busy):
    print(f'{name}: {a:.2f} ms idle, {b:.2f} ms during a run, ratio {b / a:.2f}')
