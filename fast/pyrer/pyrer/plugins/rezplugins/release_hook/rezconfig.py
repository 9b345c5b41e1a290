rer_index = {
    # The command that updates the index.
    "program": "rer",
    # Where the index is written, if not into the package path; as in rer index update --output.
    "output": "",
    # A Python that can import rez, for definitions that cannot be understood without running them; as --python.
    "python": "",
}
