"""Faults that whoever runs the city must mend."""


class ForOperator(Exception):
    """A fault whose message is one line: where it is, what is wrong, what to do. Commands print it instead of a traceback."""
