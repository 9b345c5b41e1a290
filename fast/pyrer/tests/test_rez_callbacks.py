"""Inside rez: callbacks between the steps of a solve."""

import tempfile
import unittest

import pyrer.rez

from . import needs_rez
from .contexts import RezTestCase, rez_version
from .generated import Generator

PACKAGES = {
    **{f"hole{hole}/{pigeon}": "" for hole in range(3) for pigeon in range(4)},
    **{
        f"pigeon{pigeon}/1": f"variants = {[[f'hole{hole}-{pigeon}'] for hole in range(3)]!r}" for pigeon in range(4)
    },
    "easy/1": "requires = ['pigeon0', 'pigeon1']",
    "late/1": "@late()\ndef requires():\n    return ['hole0']",
    "broken/1": "requires = [",
}
HARD = [f"pigeon{pigeon}" for pigeon in range(4)]


@needs_rez
class CallbackTests(RezTestCase):
    PACKAGES = PACKAGES

    def both(self, request, make_callback, counted="solved", **arguments):
        """What callbacks saw, and the contexts, with the engine and without. Both must be the same."""
        found = []
        for install in (pyrer.rez.install, pyrer.rez.uninstall):
            install()
            seen = []
            before = pyrer.rez.statistics().get(counted, 0)
            outcome = self.outcome(request, callback=make_callback(seen), **arguments)
            if outcome[0] == "aborted":
                outcome = outcome[:4]  # a stopped solve has no graph
            found.append((outcome, seen))
            if install is pyrer.rez.install and found[-1][0][0] in ("solved", "failed", "aborted"):
                self.assertEqual(pyrer.rez.statistics().get(counted, 0) - before, 1, pyrer.rez.statistics())
        self.assertEqual(found[0], found[1])
        return found[0]

    @staticmethod
    def recording(answer):
        """Creates a callback that records what it sees. ``answer`` is called with the step and the number of fails."""

        def make(seen):
            def callback(state):
                seen.append((state.num_solves, state.num_fails, str(state.phase), str(state)))
                return answer(state.num_solves, state.num_fails)

            return callback

        return make

    def test_each_step_is_seen(self):
        from rez.solver import SolverCallbackReturn as Return

        keep = (Return.keep_going, "")
        for request in (HARD, ["easy"], ["hole0"], ["hole0-1", "hole0-2"], []):
            with self.subTest(request):
                outcome, seen = self.both(request, self.recording(lambda solves, fails: keep))
                self.assertEqual(len(seen) > 5, request == HARD)

    def test_a_callback_ends_the_solve(self):
        from rez.solver import SolverCallbackReturn as Return

        for value in (Return.abort, Return.fail):
            for step in (1, 2, 5, 9):
                for reason in ("enough", "", None, "é"):
                    with self.subTest(value=value, step=step, reason=reason):
                        self.both(
                            HARD,
                            self.recording(
                                lambda solves, fails: (value, reason) if solves >= step else (Return.keep_going, "")
                            ),
                        )

    def test_what_rez_gui_answers(self):
        outcome, _ = self.both(HARD, self.recording(lambda solves, fails: (solves < 3, None)))
        self.assertEqual(outcome[0], "failed", "a boolean is neither 'abort' nor 'fail'")

    def test_limits_come_first(self):
        from rez.solver import SolverCallbackReturn as Return

        for limits in ({"max_fails": 0}, {"max_fails": 2}, {"time_limit": 1000, "max_fails": 1}, {"time_limit": 1000}):
            with self.subTest(**limits):
                self.both(HARD, self.recording(lambda solves, fails: (Return.keep_going, "")), **limits)
        self.both(HARD, lambda seen: lambda state: seen.append(1) or (Return.abort, "no"), time_limit=-0.5)

    def test_exceptions_of_a_callback_propagate(self):
        for error in (LookupError("found nothing"), KeyboardInterrupt(), SystemExit(3)):
            for install in (pyrer.rez.install, pyrer.rez.uninstall):
                with self.subTest(repr(error), install=install):
                    install()

                    def callback(state):
                        raise error

                    with self.assertRaises(type(error)) as caught:
                        from rez.resolved_context import ResolvedContext

                        ResolvedContext(HARD, package_paths=[self.path], callback=callback)
                    self.assertIs(caught.exception, error)
                    self.assertIsNone(error.__cause__)
                    self.assertIsNone(error.__context__)
        for answer in (None, "keep_going", 3):
            self.both(HARD, lambda seen: lambda state: answer)

    def test_a_state_can_be_kept(self):
        from rez.solver import SolverCallbackReturn as Return

        found = []
        for install in (pyrer.rez.install, pyrer.rez.uninstall):
            install()
            states, phases = [], []

            def callback(state):
                (states if state.num_solves % 2 else phases).append(state if state.num_solves % 2 else state.phase)
                return Return.keep_going, ""

            self.outcome(HARD, callback=callback)
            found.append(([str(state) for state in states], [str(phase) for phase in phases]))
        self.assertEqual(found[0], found[1])
        self.assertGreater(len(found[0][1]), 2)

    def test_packages_are_announced_as_they_are_loaded(self):
        from rez.package_filter import PackageFilterList
        from rez.resolved_context import ResolvedContext

        rules = [{"excludes": ["hole0-1", "after(150)"]}]
        for request, arguments in (
            (HARD, {}),
            (["easy"], {"timestamp": 10**10}),
            (["easy"], {"package_filter": PackageFilterList.from_pod(rules)}),
            (["hole0", "hole1-2+"], {}),
            (["late", "pigeon0"], {}),
            (["nosuch"], {}),
            (["pigeon0", "broken"], {}),
        ):
            found = []
            for install in (pyrer.rez.install, pyrer.rez.uninstall):
                install()
                events = []
                context = None
                try:
                    context = ResolvedContext(
                        request,
                        package_paths=[self.path],
                        package_load_callback=lambda package: events.append(package.qualified_name),
                        callback=lambda state: (events.append(state.num_solves) or True, None),
                        **arguments,
                    )
                except Exception as error:  # of rez's
                    events.append(repr(error))
                found.append((events, context and context.num_loaded_packages, context and context.status))
            with self.subTest(request=request, **arguments):
                self.assertEqual(found[0], found[1])
                self.assertGreaterEqual(len(found[0][0]), 1)

    def test_exceptions_raised_when_told_of_a_package_propagate(self):
        from rez.resolved_context import ResolvedContext

        error = LookupError("found nothing")

        def told(package):
            raise error

        for install in (pyrer.rez.install, pyrer.rez.uninstall):
            install()
            with self.assertRaises(LookupError) as caught:
                ResolvedContext(["easy"], package_paths=[self.path], package_load_callback=told)
            self.assertIs(caught.exception, error)

    def test_soft_timestamps_load_what_is_not_announced(self):
        from rez.package_order import PackageOrderList

        for orderers in ([{"type": "soft_timestamp", "timestamp": 1}], [{"type": "sorted", "descending": False}]):
            seen = []
            arguments = {"package_orderers": PackageOrderList.from_pod(orderers)}
            for install in (pyrer.rez.install, pyrer.rez.uninstall):
                install()
                events = []
                self.outcome(["hole0"], package_load_callback=lambda package: events.append(str(package)), **arguments)
                seen.append(events)
            self.assertEqual(seen[0], seen[1])

    def test_shadow_mode_asks_once(self):
        pyrer.rez.install(shadow=True)
        seen = []
        self.outcome(["easy"], callback=lambda state: seen.append(state.num_solves) or (None, ""))
        self.assertEqual(seen, sorted(set(seen)))

    def test_generated_repositories(self):
        from rez.solver import SolverCallbackReturn as Return

        keep = (Return.keep_going, "")
        compared = 0
        for seed in range(1000, 1012):
            generator = Generator(seed, rez_version())
            with tempfile.TemporaryDirectory() as path:
                self.write(path, generator.packages())
                for request, _ in generator.requests(6):
                    with self.subTest(seed=seed, request=request):
                        seen = {}
                        for install in (pyrer.rez.install, pyrer.rez.uninstall):
                            install()
                            before = pyrer.rez.statistics().get("solved", 0)
                            steps = []
                            outcome = self.outcome(
                                request,
                                package_paths=[path],
                                callback=self.recording(lambda solves, fails: keep)(steps),
                            )
                            seen[install] = (outcome[0], steps)
                            if install is pyrer.rez.install and pyrer.rez.statistics().get("solved", 0) == before:
                                break  # handed back in the middle, so rez starts over
                        if len(seen) == 2:
                            compared += 1
                            self.assertEqual(*seen.values())
        self.assertGreater(compared, 10)


if __name__ == "__main__":
    unittest.main()
