"""Which imports are still allowed as exceptions? Contracts whose exceptions only get fewer.

Types of contract for import-linter. Each finds the imports that its rule forbids and compares them
with the exceptions: one that is not listed breaks the contract, and so does an exception that no
import needs. An import is written as import-linter writes it: `importer -> imported`.
"""

from __future__ import annotations

import abc
from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

ARROW = " -> "


class Ratchet(Contract, abc.ABC):
    """A rule with exceptions that must each be needed.

    import-linter fills a field with the value that its type stands for: hence the casts.
    """

    exceptions = fields.ListField(subfield=fields.StringField())

    @abc.abstractmethod
    def forbidden(self, graph: ImportGraph) -> set[str]:
        """Return the imports that break the rule, exceptions or not."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001 - import-linter's signature
        """Compare what is there with what is excepted."""
        forbidden = self.forbidden(graph)
        exceptions = set(cast("list[str]", self.exceptions))
        refused = [f"{one} ({_lines(graph, one)})" for one in sorted(forbidden - exceptions)]
        stale = sorted(exceptions - forbidden)
        return ContractCheck(
            kept=not refused and not stale,
            metadata={"refused": refused, "stale": stale},
            ignored_import_count=len(forbidden & exceptions),
        )

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say which imports must go, and which exceptions."""
        for one in check.metadata["refused"]:
            output.print_error(f"Not allowed: {one}", bold=False)
        for one in check.metadata["stale"]:
            output.print_error(f"No longer needed as an exception: {one}", bold=False)
        if check.metadata["stale"]:
            output.print("`make floors` takes out the exceptions that are not needed.")
        output.new_line()


class Never(Ratchet):
    """A package never imports any of the targets. A target in parentheses may be missing."""

    type_name = "never"

    package = fields.StringField()
    targets = fields.ListField(subfield=fields.StringField())

    def forbidden(self, graph: ImportGraph) -> set[str]:
        """Return the imports that lead from the package into a target."""
        targets = {
            target for name in cast("list[str]", self.targets) for target in _branch(graph, name)
        }
        return {
            f"{importer}{ARROW}{imported}"
            for importer in _branch(graph, cast("str", self.package))
            for imported in graph.find_modules_directly_imported_by(importer) & targets
        }


class NoCircles(Ratchet):
    """No module reaches itself through its imports, those for type checkers included."""

    type_name = "no_circles"

    def forbidden(self, graph: ImportGraph) -> set[str]:
        """Return the imports whose target leads back to the importer."""
        return {
            f"{importer}{ARROW}{imported}"
            for importer in graph.modules
            for imported in graph.find_modules_directly_imported_by(importer)
            & graph.find_downstream_modules(importer)
        }


def _branch(graph: ImportGraph, name: str) -> set[str]:
    """Return a module and what lies in it; nothing where one in parentheses is missing."""
    module = name.strip("()")
    if module != name and module not in graph.modules:
        return set()
    return {module, *graph.find_descendants(module)}


def _lines(graph: ImportGraph, arrow: str) -> str:
    importer, imported = arrow.split(ARROW)
    found = graph.get_import_details(importer=importer, imported=imported)
    return ", ".join(f"l. {one['line_number']}" for one in found)
