"""The C interface with misbehaving callbacks, and with handles that are freed while others use them."""

import ctypes
import json
import threading
import time
import unittest

import pyrer
from pyrer import _library, _native

from .test_native import Call

SPEC = b'{"sources": [{"ask": 7}]}'
STEPS = b'{"sources": [{"packages": {"a": {"1": {"requires": ["b"]}, "2": {"requires": ["b-2"]}}, "b": {"1": {}}}}]}'


class AnswerTests(unittest.TestCase):
    """Answers to questions about packages."""

    def setUp(self):
        self.call = Call()
        self.library = self.call.library

    def solve(self, ask):
        """Solves a request for ``a`` with a function that provides it. Returns the one answer in the summary."""
        function = _native.AskFunction(ask)
        code, repository = self.call.create(SPEC, ask=function)
        self.assertEqual(code, _native.OK, self.call.error.value)
        try:
            code, result, summary = self.call.solve(repository, b'{"requests": [["a"]]}')
            self.assertEqual(code, _native.OK, self.call.error.value)
            self.call("rer_free", result)
            return json.loads(summary)[0]
        finally:
            self.call("rer_free", repository)

    def test_garbage_is_an_error_of_the_solve(self):
        for garbage in (
            b"",
            b"\xff\xfe",
            b"{",
            b"[]",
            b"3",
            b'{"1": 3}',
            b'{"1": {"requires": "b"}}',
            b'{"1": {"requires": ["\xff"]}}',
            b'{"1": {"timestamp": 1e400}}',
            b'{"1": {"timestamp": -99999999999999999999}}',
            b'{"\\ud800": {}}',
            b'{"1..2": {}}',
            b"[" * 100000,
        ):
            with self.subTest(garbage[:40]):

                def ask(context, source, question, *texts, garbage=garbage):
                    self.assertEqual(self.library.rer_answer(question, garbage, len(garbage), None, 0), _native.OK)
                    return 0

                answer = self.solve(ask)
                self.assertEqual(answer["status"], "error")
                self.assertIn(answer["kind"], ("package_data", "invalid_syntax"))

    def test_a_code_with_any_reason_ends_the_solve(self):
        for code in (1, -1, 2**31 - 1, -(2**31)):
            for reason in (None, b"", b"\xff broken", b"x" * 1000000):
                with self.subTest(code=code, reason=reason and reason[:10]):

                    def ask(context, source, question, *texts, code=code, reason=reason):
                        if reason is not None:
                            self.library.rer_answer(question, reason, len(reason), None, 0)
                        return code

                    self.assertEqual(self.solve(ask)["kind"], "package_data")

    def test_null_and_huge_answers_are_refused_and_the_last_good_one_counts(self):
        codes = []

        def ask(context, source, question, *texts):
            for text, length in ((b'{"1": {}}', 9), (b'{"2": {}}', 9), (None, 5), (b"{}", 2**63), (None, 2**64 - 1)):
                codes.append(self.library.rer_answer(question, text, length, None, 0))
            return 0

        self.assertEqual(self.solve(ask)["resolved"], [["a", "2", None]])
        self.assertEqual(codes, [_native.OK] * 2 + [_native.INVALID_ARGUMENT] * 3)

    def test_a_question_ends_with_its_callback(self):
        questions = []

        def ask(context, source, question, *texts):
            questions.append(question)
            return 0

        self.solve(ask)
        text, length = ctypes.c_void_p(), ctypes.c_size_t()
        for question in questions:
            self.assertEqual(self.call("rer_answer", question, b"{}", 2), _native.INVALID_HANDLE)
            code = self.call("rer_phase", question, ctypes.byref(text), ctypes.byref(length))
            self.assertEqual(code, _native.INVALID_HANDLE)

    def test_a_question_about_packages_has_no_phase(self):
        codes = []

        def ask(context, source, question, *texts):
            text, length = ctypes.c_void_p(), ctypes.c_size_t()
            codes.append(self.library.rer_phase(question, ctypes.byref(text), ctypes.byref(length), None, 0))
            codes.append(self.library.rer_phase(question, None, None, None, 0))
            return 0

        self.solve(ask)
        self.assertEqual(codes, [_native.OUT_OF_RANGE, _native.INVALID_ARGUMENT])

    def test_a_repository_freed_by_its_own_callback_serves_the_solve_to_its_end(self):
        def ask(context, source, question, *texts):
            self.assertEqual(self.library.rer_free(repository, None, 0), _native.OK)
            self.library.rer_answer(question, b'{"1": {}}', 9, None, 0)
            return 0

        function = _native.AskFunction(ask)
        _, repository = self.call.create(SPEC, ask=function)
        code, result, summary = self.call.solve(repository, b'{"requests": [["a"]]}')
        self.assertEqual((code, json.loads(summary)[0]["status"]), (_native.OK, "solved"))
        self.call("rer_free", result)
        self.assertEqual(self.call.solve(repository)[0], _native.INVALID_HANDLE)

    def test_a_loader_that_solves_what_it_is_asked_for_ends(self):
        def load_family(name):
            inner = repository.solve([name])
            if inner.status != "solved":
                raise RecursionError(inner.failure_description)
            return [pyrer.PackageData(name, "")]

        repository = pyrer.Repository(load_family=load_family)
        for thread_size in (0, 256 << 10):
            with self.subTest(thread_size):
                errors = []

                def solve():
                    try:
                        errors.append(repository.solve(["a"]).failure_description)
                    except (RecursionError, pyrer.PyrerError) as error:
                        errors.append(error)

                old = threading.stack_size(thread_size)
                try:
                    thread = threading.Thread(target=solve)
                    thread.start()
                    thread.join(60)
                finally:
                    threading.stack_size(old)
                self.assertFalse(thread.is_alive())
                self.assertRegex(str(errors[0]), "the stack is used up|recursion")


class WatchTests(unittest.TestCase):
    """Callbacks between steps."""

    def setUp(self):
        self.call = Call()
        _, self.repository = self.call.create(STEPS)
        self.addCleanup(self.call, "rer_free", self.repository)

    def solve(self, watch, question=b'{"requests": [["a", "b"]]}'):
        result, text, length = ctypes.c_uint64(), ctypes.c_void_p(), ctypes.c_size_t()
        places = ctypes.byref(result), ctypes.byref(text), ctypes.byref(length)
        callbacks = _native.Callbacks(watch=_library.WatchFunction(watch))
        code = self.call(
            "rer_solve", self.repository, question, len(question), ctypes.byref(callbacks), 0, *places
        )
        self.assertEqual(code, _native.OK, self.call.error.value)
        answers = json.loads(ctypes.string_at(text.value, length.value))
        self.assertEqual(self.call("rer_free", result.value), _native.OK)
        return answers

    def test_what_is_no_answer_stops(self):
        for wanted in (3, -1, 2**31 - 1, -(2**31)):
            with self.subTest(wanted):
                asked = []
                (answer,) = self.solve(lambda *arguments, wanted=wanted: asked.append(arguments) or wanted)
                self.assertEqual(answer["status"], "stopped" if asked else "solved")

    def test_a_reason_that_is_not_text(self):
        def watch(context, item, solves, fails, question):
            self.call.library.rer_answer(question, b"\xff\x00\xfe", 3, None, 0)
            return 1

        (answer,) = self.solve(watch)
        self.assertIn(answer["status"], ("stopped", "solved"))

    def test_the_phase_and_its_text_end_with_the_callback(self):
        questions = []

        def watch(context, item, solves, fails, question):
            questions.append(question)
            text, length = ctypes.c_void_p(), ctypes.c_size_t()
            for _ in range(100):
                code = self.call.library.rer_phase(question, ctypes.byref(text), ctypes.byref(length), None, 0)
                self.assertEqual(code, _native.OK)
            self.assertEqual(self.call.library.rer_free(question, None, 0), _native.INVALID_HANDLE)
            return 0

        self.solve(watch)
        for question in questions:
            self.assertEqual(self.call("rer_answer", question, b"", 0), _native.INVALID_HANDLE)


class FreeingTests(unittest.TestCase):
    """Handles that one thread frees while others use them."""

    def test_results_freed_while_their_details_are_read(self):
        self.race(self.result, lambda call, handle: call.detail(handle, detail=_native.DOT), _native.OUT_OF_RANGE)

    def test_cancellations_freed_while_they_are_cancelled_and_solved_with(self):
        def use(call, handle):
            if handle % 2:
                return call("rer_cancel", handle)
            code, result, _ = call.solve(self.repository, cancellation=handle)
            if result:
                call("rer_free", result)
            return code

        self.race(self.cancellation, use)

    def setUp(self):
        _, self.repository = Call().create()
        self.addCleanup(Call(), "rer_free", self.repository)

    def result(self):
        return Call().solve(self.repository)[1]

    def cancellation(self):
        handle = ctypes.c_uint64()
        Call()("rer_cancellation_create", ctypes.byref(handle))
        return handle.value

    def race(self, make, use, *also_allowed):
        """Uses handles on three threads while a fourth creates and frees them."""
        stop, current, codes = time.monotonic() + 1, [make()], set()

        def work():
            call = Call()
            while time.monotonic() < stop:
                codes.add(use(call, current[0]))

        threads = [threading.Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        call = Call()
        while time.monotonic() < stop:
            old, current[0] = current[0], make()
            self.assertEqual(call("rer_free", old), _native.OK)
            self.assertEqual(call("rer_free", old), _native.INVALID_HANDLE)
        for thread in threads:
            thread.join()
        self.assertLessEqual(codes, {_native.OK, _native.INVALID_HANDLE, *also_allowed})
        call("rer_free", current[0])


if __name__ == "__main__":
    unittest.main()
