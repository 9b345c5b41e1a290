"""rez's recorded answers, through Python."""

import unittest

import pyrer

from . import books


class BookTests(unittest.TestCase):
    def test_all_books(self):
        compared = 0
        for path in books.book_files():
            for book in books.read(path):
                repository = pyrer.Repository(books.packages_of(book))
                for number, case in enumerate(book["cases"]):
                    with self.subTest(file=path.name, book=book["name"], case=number):
                        result = repository.solve(case["request"], **case.get("options", {}))
                        self.assertEqual(books.differences(case, result, book), [])
                    compared += 1
        self.assertGreater(compared, 1000)

    def test_the_studio_through_load_family_and_all_at_once(self):
        (book,) = books.read(books.DATA_SET / "studio.json.gz")
        packages = list(books.packages_of(book))
        asked = []

        def load_family(name):
            asked.append(name)
            return [package for package in packages if package.name == name]

        lazy = pyrer.Repository(load_family=load_family)
        for case in book["cases"]:
            self.assertEqual(books.differences(case, lazy.solve(case["request"]), book), [])
        self.assertEqual(len(asked), len(set(asked)))

        results = pyrer.solve_many([case["request"] for case in book["cases"]], packages)
        for case, result in zip(book["cases"], results):
            self.assertEqual(books.differences(case, result, book), [])

    def test_rez_benchmark_from_its_files(self):
        path, cases = books.benchmark(self)
        repository = pyrer.Repository(paths=[path])
        results = repository.solve_many([case["request"] for case in cases])
        self.assertEqual(len(results), 188)
        for number, (case, result) in enumerate(zip(cases, results)):
            with self.subTest(case=number):
                self.assertEqual(books.differences(case, result, {"packages": {}}), [])


if __name__ == "__main__":
    unittest.main()
