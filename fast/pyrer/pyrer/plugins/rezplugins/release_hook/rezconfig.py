rer_index = {
    # The command that updates the index.
    "program": "rer",
    # Where the index is, in place of the package path; as rer index update --output.
    "output": "",
    # A Python that can import rez, to evaluate what cannot be understood without running it; as --python.
    "python": "",
}
