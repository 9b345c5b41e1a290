"""Forks, processes, signals and the end of the interpreter."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
import unittest
from pathlib import Path

import pyrer

ROOT = Path(pyrer.__file__).parents[1]

#: A solve that takes for ever: twelve pigeons, eleven holes, and one pigeon per hole.
PIGEONS = """
import pyrer

def pigeons(count, holes):
    packages = [pyrer.PackageData(f"hole{hole}", str(pigeon)) for hole in range(holes) for pigeon in range(count)]
    packages += [
        pyrer.PackageData(f"pigeon{pigeon}", str(hole), [f"hole{hole}=={pigeon}"])
        for pigeon in range(count)
        for hole in range(holes)
    ]
    return [f"pigeon{pigeon}" for pigeon in range(count)], packages

HARD = pigeons(12, 11)
EASY = pigeons(3, 3)
"""

#: A process in the background of a shell ignores Ctrl-C, and so do its children. The tests must not depend on that.
READY = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
print('ready', flush=True)
"""


def run(code: str, **arguments) -> "subprocess.CompletedProcess[str]":
    """Runs code in its own process."""
    return subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-c", PIGEONS + textwrap.dedent(code)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        timeout=120,
        **arguments,
    )


class ProcessTests(unittest.TestCase):
    def assert_prints(self, expected: str, code: str) -> None:
        ended = run(code)
        self.assertEqual((ended.stdout.split(), ended.stderr, ended.returncode), (expected.split(), "", 0))


@unittest.skipUnless(hasattr(os, "fork"), "this platform does not fork")
class ForkTests(ProcessTests):
    FORK = """
    import os, sys
    def forked(work):
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            code = 1
            try:
                work()
                code = 0
            finally:
                sys.stdout.flush()
                os._exit(code)
        assert os.waitpid(child, 0)[1] == 0
    """

    def assert_forks(self, expected: str, code: str) -> None:
        self.assert_prints(expected, textwrap.dedent(self.FORK) + textwrap.dedent(code))

    def test_after_a_mere_import(self):
        self.assert_forks(
            "solved solved",
            """
            forked(lambda: print(pyrer.solve(*EASY).status))
            print(pyrer.solve(*EASY).status)
            """,
        )

    def test_after_a_solve(self):
        self.assert_forks(
            "solved solved solved",
            """
            print(pyrer.solve(*EASY).status)
            forked(lambda: print(pyrer.solve(*EASY).status))
            print(pyrer.solve(*EASY).status)
            """,
        )

    def test_a_child_of_a_child(self):
        self.assert_forks(
            "solved solved solved",
            """
            print(pyrer.solve(*EASY).status)
            def child():
                print(pyrer.solve(*EASY).status)
                forked(lambda: print(pyrer.solve(*EASY).status))
            forked(child)
            """,
        )

    def test_what_was_made_before(self):
        self.assert_forks(
            "solved solved stopped cancelled 3 PyrerError",
            """
            repository = pyrer.Repository(EASY[1])
            asked = pyrer.Repository(load_family=lambda name: [each for each in EASY[1] if each.name == name])
            cancellation = pyrer.Cancellation()
            cancellation.cancel()
            result = repository.solve(EASY[0][:2])
            def child():
                print(repository.solve(EASY[0]).status, asked.solve(EASY[0]).status)
                stopped = repository.solve(EASY[0], cancellation=cancellation)
                print(stopped.status, stopped.stop_reason)
                print(len(result.resolved) - 1)
                try:
                    result.resolved_packages
                except pyrer.PyrerError as error:
                    assert "forked" in str(error)
                    print("PyrerError")
            forked(child)
            """,
        )

    def test_while_other_threads_solve(self):
        self.assert_forks(
            "solved " * 5,
            """
            import threading
            stop = threading.Event()
            def work():
                while not stop.is_set():
                    pyrer.solve(*EASY)
            threads = [threading.Thread(target=work) for _ in range(3)]
            for thread in threads:
                thread.start()
            for _ in range(5):
                forked(lambda: print(pyrer.solve(*EASY).status))
            stop.set()
            for thread in threads:
                thread.join()
            """,
        )

    def test_many_at_a_time_and_definitions(self):
        self.assert_forks(
            "100 a",
            """
            repository = pyrer.Repository(EASY[1])
            repository.solve_many([EASY[0]] * 10)
            forked(lambda: print(len(repository.solve_many([EASY[0]] * 100))))
            forked(lambda: print(pyrer.parse_static_package_py("name = 'a'\\nversion = '1'").name))
            """,
        )

    def test_multiprocessing(self):
        code = """
            import multiprocessing, sys
            def work(number):
                return pyrer.solve(*EASY).status
            pyrer.solve(*EASY)
            if "fork" in multiprocessing.get_all_start_methods():
                with multiprocessing.get_context("fork").Pool(3) as pool:
                    print(*pool.map(work, range(6)))
            """
        self.assert_prints("solved " * 6, code)

    def test_packages_and_orderers_go_to_other_processes(self):
        code = """
            import pickle
            request, packages = pickle.loads(pickle.dumps(EASY))
            print(pyrer.solve(request, packages).status)
            """
        self.assert_prints("solved", code)


@unittest.skipUnless(hasattr(signal, "SIGALRM"), "this platform has no alarms")
class SignalTests(unittest.TestCase):
    def interrupted(self, code: str, number: int) -> "tuple[float, subprocess.Popen]":
        """Sends a signal to a process that is solving. Returns how long it took to end."""
        process = subprocess.Popen(
            [sys.executable, "-c", PIGEONS + READY + textwrap.dedent(code)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.addCleanup(process.kill)
        self.assertEqual(process.stdout.readline(), "ready\n")
        time.sleep(0.5)
        begun = time.monotonic()
        process.send_signal(number)
        process.out, process.err = process.communicate(timeout=60)
        return time.monotonic() - begun, process

    def test_ctrl_c(self):
        for code in (
            "pyrer.solve(*HARD)",
            "pyrer.Repository(HARD[1]).solve_many([HARD[0]] * 4)",
            "pyrer.solve(HARD[0], load_family=lambda name: [each for each in HARD[1] if each.name == name])",
        ):
            with self.subTest(code):
                took, process = self.interrupted(code, signal.SIGINT)
                self.assertIn("KeyboardInterrupt", process.err)
                self.assertLess(took, 5)

    def test_a_handler_that_goes_on(self):
        code = """
            import signal
            seen = []
            signal.signal(signal.SIGUSR1, lambda number, frame: seen.append(number))
            print(pyrer.solve(*HARD, time_limit=4).stop_reason, len(seen))
            """
        _, process = self.interrupted(code, signal.SIGUSR1)
        self.assertEqual((process.out.split(), process.err), (["time_limit", "1"], ""))

    def test_a_handler_that_exits(self):
        code = """
            import signal, sys
            signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(9))
            pyrer.solve(*HARD)
            """
        took, process = self.interrupted(code, signal.SIGTERM)
        self.assertEqual((process.returncode, process.err), (9, ""))
        self.assertLess(took, 5)

    def test_without_a_handler(self):
        took, process = self.interrupted("pyrer.solve(*HARD)", signal.SIGTERM)
        self.assertEqual(process.returncode, -signal.SIGTERM)
        self.assertLess(took, 5)

    def test_the_next_solve_is_none_the_worse(self):
        def handler(number, frame):
            raise InterruptedError("now")

        code: dict = {}
        exec(PIGEONS, code)
        old = signal.signal(signal.SIGALRM, handler)
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.3)
            with self.assertRaises(InterruptedError):
                pyrer.solve(*code["HARD"])
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, old)
        self.assertEqual(pyrer.solve(*code["EASY"]).status, "solved")
        # assertRaises clears the frames of the exception. The frame that checks for signals was among them.
        self.assertEqual(pyrer.solve(*code["HARD"], time_limit=0.3).stop_reason, "time_limit")


class EndTests(ProcessTests):
    def test_the_interpreter_ends_while_a_thread_solves(self):
        for work in (
            "pyrer.solve(*HARD)",
            "pyrer.solve(*HARD, callback=lambda state: None)",
            "pyrer.solve(HARD[0], load_family=lambda name: [each for each in HARD[1] if each.name == name])",
        ):
            with self.subTest(work):
                self.assert_prints(
                    "end",
                    f"""
                    import threading, time
                    threading.Thread(target=lambda: {work}, daemon=True).start()
                    time.sleep(0.5)
                    print("end")
                    """,
                )

    def test_objects_that_live_to_the_end(self):
        self.assert_prints(
            "solved",
            """
            repository = pyrer.Repository(EASY[1])
            result = repository.solve(EASY[0])
            cancellation = pyrer.Cancellation()
            print(result.status)
            """,
        )

    def test_many_threads(self):
        code: dict = {}
        exec(PIGEONS, code)
        statuses = []

        def work():
            for _ in range(20):
                statuses.append(pyrer.solve(*code["EASY"]).status)

        threads = [threading.Thread(target=work) for _ in range(32)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(statuses, ["solved"] * 640)


if __name__ == "__main__":
    unittest.main()

    def test_a_signal_that_comes_as_a_callback_is_entered(self):
        """Python handles it before the callback's first line. It was printed, the callback seemed to have answered, and
        the solve went on."""
        code = """
            import signal
            def load(name):
                return [pyrer.PackageData(name, "1", [f"a{int(name[1:]) + 1}"])]
            signal.signal(signal.SIGALRM, signal.default_int_handler)
            raised = 0
            for _ in range(40):
                signal.setitimer(signal.ITIMER_REAL, 0.02)
                try:
                    pyrer.solve(["a0"], load_family=load)
                except KeyboardInterrupt:
                    raised += 1
            print(raised)
            """
        ended = run(code)
        self.assertEqual((ended.stdout, ended.stderr), ("40\n", ""))
