"""How results are looked at: the one door from the nouns up to the room ``notebook``.

A noun knows that it can be shown, not how. The door opens when a picture, a table or a layer is asked for, so
that importing the nouns costs numpy and nothing more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas
    import pandas as pd

    from simulator.messages import Language
    from simulator.model.ensemble import Draws, Ensemble
    from simulator.model.errors import Fault, ScenarioError
    from simulator.model.new_schools import NewSchools
    from simulator.model.outcome import Run
    from simulator.model.rezoning import Rezoning
    from simulator.model.scenario import Scenario
    from simulator.notebook import RunPlots, SweepPlots, ZonesPlots

RunLayer = Literal["blocks", "schools", "zones"]
ZonesLayer = Literal["blocks", "zones_new", "zones_old", "schools"]

WGS84 = "EPSG:4326"
"""The coordinates of every scenario once it is read, whatever system its tables are in."""


FAULTS_SAID = 20
"""Faults that an error says one by one; it holds all of them."""


class ShownFault:
    """What a ``Fault`` says of itself, in the language of ``XUEWEI_LANG``, else the system's."""

    def told(self, language: str = "") -> str:
        """Where it is, what is wrong and the remedy, in one line of ``language`` ("zh", "en")."""
        from simulator.messages.telling import sentence, spoken_language

        fault = cast("Fault", self)
        try:
            return sentence(fault, spoken_language(language))
        except KeyError:  # made by hand, without words
            return ":".join(str(part) for part in (fault.file, fault.row, fault.column, fault.code))

    def __str__(self) -> str:
        return self.told()

    def __repr__(self) -> str:
        return f"Fault({cast('Fault', self).code!r}: {self.told()})"


class ShownFaults:
    """What a ``ScenarioError`` says: the number of faults and each in a line, the first ``FAULTS_SAID``."""

    def told(self, language: str = "") -> str:
        """All of it in ``language`` ("zh", "en"); "" is ``XUEWEI_LANG``, the scenario's, the system's."""
        from simulator.messages import text
        from simulator.messages.telling import spoken_language

        error = cast("ScenarioError", self)
        chosen = spoken_language(language, error.language)
        lines = [text("check_faults", chosen, count=len(error.faults))]
        lines += ["- " + fault.told(chosen) for fault in error.faults[:FAULTS_SAID]]
        if len(error.faults) > FAULTS_SAID:
            lines.append(text("faults_unsaid", chosen, count=len(error.faults) - FAULTS_SAID))
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.told()


class ShownScenario:
    """What a ``Scenario`` shows of itself."""

    def __repr__(self) -> str:
        from simulator import notebook

        return notebook.said_of_scenario(cast("Scenario", self))

    def _repr_html_(self) -> str:
        from simulator import notebook

        return notebook.card_of_scenario(cast("Scenario", self))


class ShownRun:
    """What a ``Run`` shows of itself."""

    @property
    def plot(self) -> RunPlots:
        """Pictures on an ``ax`` of yours or a new one: ``plot.map()``, ``plot.distances()`` and others."""
        from simulator import notebook

        return notebook.RunPlots(cast("Run", self))

    def to_pandas(self, table: str = "children", *, language: Language = "en") -> pd.DataFrame:
        """A table of the run.

        Args:
            table: ``children``: one row per child by ids and plain codes, the same in both languages.
                ``choices``: how many children of each round got their first, second, ... choice. Any other
                result table by its name (``schools``, ``rounds``, ``cutoffs``, ``indicators``, ...), as
                people read it in ``language``; those list no child that a list for publication may not.

        Raises:
            KeyError: no table of that name; all names are told.
        """
        from simulator import notebook

        return notebook.table_of_run(cast("Run", self), table, language)

    def to_geopandas(self, layer: RunLayer = "blocks", *, crs: str = WGS84) -> geopandas.GeoDataFrame:
        """A layer of the run for a map.

        Args:
            layer: ``blocks`` (outlines, or cells around points; zone, children, placed, early warning),
                ``schools`` (points; seats, load, seat prices) or ``zones`` (blocks joined; early warning).
            crs: coordinate system by name, such as ``EPSG:4527``; WGS84 if none is named.

        Raises:
            MissingLibrary: geopandas is not installed. KeyError: no layer of that name.
        """
        from simulator import notebook

        return notebook.layer_of_run(cast("Run", self), layer, crs)

    def __repr__(self) -> str:
        from simulator import notebook

        return notebook.said_of_run(cast("Run", self))

    def _repr_html_(self) -> str:
        from simulator import notebook

        return notebook.card_of_run(cast("Run", self))


class ShownSweep:
    """What ``Draws`` and an ``Ensemble`` show of themselves."""

    @property
    def plot(self) -> SweepPlots:
        """Pictures on an ``ax`` of yours or a new one: ``plot.differences()``, ``plot.odds_map()``, ..."""
        from simulator import notebook

        return notebook.SweepPlots(self._counties())

    def to_geopandas(self, *, crs: str = WGS84) -> geopandas.GeoDataFrame:
        """One row per variant and block: children, the share placed and in their own zone, gains less losses.

        Shares are over all draws. A block is the cell around its point. Children whose place would tell a
        protected category are not counted.

        Raises:
            MissingLibrary: geopandas is not installed.
        """
        from simulator import notebook

        return notebook.layer_of_sweep(self._counties(), crs)

    def _counties(self) -> Sequence[Draws]:
        return getattr(self, "counties", None) or [cast("Draws", self)]

    def __repr__(self) -> str:
        from simulator import notebook

        return notebook.said_of_sweep(cast("Draws | Ensemble", self))

    def _repr_html_(self) -> str:
        from simulator import notebook

        return notebook.card_of_sweep(cast("Draws | Ensemble", self))


class ShownZones:
    """What a ``Rezoning`` shows of itself."""

    @property
    def plot(self) -> ZonesPlots:
        """Pictures on an ``ax`` of yours or a new one: ``plot.map()``, ``plot.prices()``."""
        from simulator import notebook

        return notebook.ZonesPlots(cast("Rezoning", self))

    def to_pandas(self) -> pd.DataFrame:
        """One row per stage and school: seats, children and excess today and in the drawing, seat prices."""
        from simulator import notebook

        return notebook.table_of_zones(cast("Rezoning", self))

    def to_geopandas(self, layer: ZonesLayer = "zones_new", *, crs: str = WGS84) -> geopandas.GeoDataFrame:
        """A layer as ``zones.gpkg`` has it: ``blocks``, ``zones_new``, ``zones_old`` or ``schools``.

        Raises:
            MissingLibrary: geopandas is not installed. KeyError: no layer of that name.
        """
        from simulator import notebook

        return notebook.layer_of_zones(cast("Rezoning", self), layer, crs)

    def __repr__(self) -> str:
        from simulator import notebook

        return notebook.said_of_zones(cast("Rezoning", self))

    def _repr_html_(self) -> str:
        from simulator import notebook

        return notebook.card_of_zones(cast("Rezoning", self))


class ShownNewSchools:
    """What ``NewSchools`` shows of itself."""

    def to_pandas(self) -> pd.DataFrame:
        """One row per site that opens: seats, children, mean way, what one more seat would save."""
        from simulator import notebook

        return notebook.table_of_sites(cast("NewSchools", self))

    def to_geopandas(self, *, crs: str = WGS84) -> geopandas.GeoDataFrame:
        """The same with points.

        Raises:
            MissingLibrary: geopandas is not installed.
        """
        from simulator import notebook

        return notebook.layer_of_sites(cast("NewSchools", self), crs)

    def __repr__(self) -> str:
        from simulator import notebook

        return notebook.said_of_sites(cast("NewSchools", self))

    def _repr_html_(self) -> str:
        from simulator import notebook

        return notebook.card_of_sites(cast("NewSchools", self))
