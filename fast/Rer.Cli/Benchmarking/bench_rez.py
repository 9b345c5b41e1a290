"""Times rez on the cases of a book: bench_rez.py BOOK PASSES. Prints one JSON value per line: the answer to each case
from its first solve, then, pass by pass, the milliseconds of each solve."""
import json
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import record_book


class TimedRecorder(record_book.Recorder):
    """Times what rer times: creating the solver and running it, without asking for the text of a failure."""

    milliseconds = 0.0

    def _solver(self, request, options, log):
        start = time.perf_counter()
        solver = super()._solver(request, options, log)
        made = time.perf_counter() - start
        solve = solver.solve

        def timed_solve():
            begin = time.perf_counter()
            try:
                solve()
            finally:
                self.milliseconds = (made + time.perf_counter() - begin) * 1000

        solver.solve = timed_solve
        return solver


def main():
    book = record_book.as_list(record_book.read_json(sys.argv[1]))[0]
    recorder = TimedRecorder([record_book.memory_repository(book["packages"], "bench")])
    for number in range(int(sys.argv[2])):
        milliseconds = []
        for case in book["cases"]:
            recorder.milliseconds = 0.0
            answer = recorder.record(case["request"], case.get("options", {}))
            milliseconds.append(recorder.milliseconds)
            print(json.dumps(answer if number == 0 else None), flush=True)
        print(json.dumps(milliseconds), flush=True)


main()
