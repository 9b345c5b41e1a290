rer_index = {
    # The command that updates the index.
    "program": "rer",
    # The directory for the index, if not the package path; as in rer index update --output.
    "output": "",
    # A Python that can import rez, for definitions that cannot be understood without running them; as in --python.
    "python": "",
}
