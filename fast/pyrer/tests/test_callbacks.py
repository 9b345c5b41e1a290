"""What a callback may return, and the error if it returns something else."""

import unittest

import pyrer

PACKAGES = [pyrer.PackageData("app", "1", ["lib"]), pyrer.PackageData("lib", "1"), pyrer.PackageData("lib", "2")]


class CallbackTests(unittest.TestCase):
    def solve(self, answer):
        return pyrer.solve(["app"], PACKAGES, callback=lambda state: answer)

    def test_what_it_may_say(self):
        for answer, expected in (
            (None, "solved"),
            ("keep_going", "solved"),
            (("keep_going", "because"), "solved"),
            ((None, ""), "solved"),
            ("abort", "stopped"),
            (("abort", "because"), "stopped"),
            ("fail", "solved"),  # nothing has failed yet
        ):
            with self.subTest(answer):
                self.assertEqual(self.solve(answer).status, expected)

    def test_what_it_may_not_say(self):
        for answer in ("xyz", 1, True, (), ("abort",), ("abort", "because", 3), ("nothing", ""), ["abort", ""], (None,)):
            with self.subTest(answer), self.assertRaises(ValueError) as caught:
                self.solve(answer)
            self.assertIn(repr(answer), str(caught.exception))
            self.assertIn("'keep_going', 'abort' or 'fail'", str(caught.exception))

    def test_a_state_ends_with_its_callback(self):
        states = []
        pyrer.solve(["app"], PACKAGES, callback=states.append)
        self.assertEqual(states[0].num_solves, 1)
        for use in (str, lambda state: state.phase):
            with self.assertRaisesRegex(pyrer.PyrerError, "within the callback"):
                use(states[0])


if __name__ == "__main__":
    unittest.main()
