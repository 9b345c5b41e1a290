"""Repositories and requests generated from a seed, with stranger features than anybody would use."""

import random


class Generator:
    """A repository of a few small families, using features for which rez's versions differ: orderers, timestamps,
    functions.

    Args:
        seed: Determines everything.
        rez: The version of rez as numbers. Features that it does not have are left out.
    """

    FAMILIES = ("app", "base", "core", "data", "edit")
    VERSIONS = ("1", "1.5", "2", "2.0.1", "3", "3-beta", "10")

    def __init__(self, seed, rez):
        self.random = random.Random(seed)
        self.rez = rez
        self.versions = {
            family: self.random.sample(self.VERSIONS, self.random.randint(1, 5)) for family in self.FAMILIES
        }

    def packages(self):
        """Definitions by ``family/version``."""
        return {
            f"{family}/{version}": self._definition(number, family)
            for number, family in enumerate(self.FAMILIES)
            for version in self.versions[family]
        }

    def requests(self, count):
        """Requests, each with the arguments of its context."""
        return [(self._request(), self._arguments()) for _ in range(count)]

    def _chance(self, percent):
        return self.random.randrange(100) < percent

    def _requirement(self, families):
        family = self.random.choice(families)
        version = self.random.choice(self.VERSIONS)
        return self.random.choice(
            [
                *(family, f"{family}-{version}", f"{family}-{version}+", f"{family}<{version}", f"{family}=={version}"),
                *(f"~{family}-{version}", f"!{family}-{version}", f"{family}-1|{version}+", f".{family}-{version}"),
                *(f"{family}-{version}+<11", f"~{family}"),
            ][: 11 if self._chance(20) else 5]
        )

    def _requirements(self, families, most):
        count = min(self.random.randint(0, most), len(families))
        if self._chance(10):
            return [self._requirement(families) for _ in range(count)]
        return [self._requirement([family]) for family in self.random.sample(families, count)]

    def _definition(self, number, family):
        others = [other for other in self.FAMILIES[number + 1 :]] or ["zoo"]
        if self._chance(10):
            others = [other for other in self.FAMILIES if other != family]
        lines = []
        requires = self._requirements(others, 2) if others != ["zoo"] or self._chance(3) else []
        if self._chance(12):
            lines += self._function("early", requires)
        elif self._chance(4):
            lines += self._function("late", requires)
        elif requires:
            lines.append(f"requires = {requires!r}")
        if self._chance(45) and others != ["zoo"]:
            variants = [self._requirements(others, 3) for _ in range(self.random.randint(1, 4))]
            lines.append(f"variants = {variants!r}")
        if self._chance(60):
            lines.append(f"timestamp = {self.random.choice([100, 200, 300, 400])}")
        if self._chance(10):
            lines.append(f"build_requires = {self._requirements(others, 1)!r}")
        return "\n".join(lines)

    def _function(self, kind, requires):
        conditions = ["building", "1 + 1 == 2", "'PYRER_NOWHERE' in __import__('os').environ"]
        if kind == "early":
            conditions.append("this.version == '1'")
        if self.rez >= (3, 2) or self._chance(10):
            conditions.append("testing")
        condition = self.random.choice(conditions)
        return [f"@{kind}()", "def requires():", f"    if {condition}:", "        return []", f"    return {requires!r}"]

    def _request(self):
        request = [self._requirement(self.FAMILIES) for _ in range(self.random.randint(1, 3))]
        return request if self._chance(50) else ["app", *request[1:]]

    def _arguments(self):
        arguments = {}
        if self._chance(15):
            arguments["building"] = True
        if self._chance(15) and self.rez >= (3, 2):
            arguments["testing"] = True
        if self._chance(20):
            arguments["timestamp"] = self.random.choice([150, 250, 300, 999])
        if self._chance(10):
            arguments["max_fails"] = self.random.randint(0, 2)
        if self._chance(15):
            arguments["package_filter"] = [{"excludes": [self._rule()], "includes": [self._rule()]}]
        if self._chance(40):
            arguments["package_orderers"] = [self._orderer() for _ in range(self.random.randint(0, 2))]
        return arguments

    def _rule(self):
        family, version = self.random.choice(self.FAMILIES), self.random.choice(self.VERSIONS)
        time = self.random.choice([150, 250, 300])
        return self.random.choice(
            [f"{family}-{version}", f"glob({family}-*)", f"regex({family}-{version}$)", f"range({family}<{version})"]
            + [f"before({time})", f"after({family}:{time})", f"{family}-{version}+"]
        )

    def _orderer(self):
        kind = self.random.randrange(5)
        if kind == 0:
            orderer = {"type": "no_order"}
        elif kind == 1:
            orderer = {"type": "sorted", "descending": self._chance(50)}
        elif kind == 2:
            orderer = {"type": "version_split", "first_version": self.random.choice(self.VERSIONS)}
        elif kind == 3:
            time, rank = self.random.choice([150, 250]), self.random.randint(0, 2)
            orderer = {"type": "soft_timestamp", "timestamp": time, "rank": rank}
        else:
            inner = {"type": "sorted", "descending": False, "packages": self.random.sample(self.FAMILIES, 2)}
            return {"type": "per_family", "orderers": [inner], "default_order": {"type": "no_order"}}
        if self.rez >= (3, 1) and self._chance(60):
            orderer["packages"] = self.random.sample(self.FAMILIES, 2)
        return orderer
