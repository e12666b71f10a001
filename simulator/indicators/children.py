"""Indicators about children: who is placed, where, and the groups the rules name."""

from __future__ import annotations

import numpy as np

from simulator.indicators.facts import Facts, Measure, Share, count
from simulator.model import UNPLACED, Means, Placement, SeatKind, Status
from simulator.model.arrays import Booleans


def children_on_roster(facts: Facts) -> Share:
    """R23: every child of the roster; the statuses below add up to it."""
    return count(facts.children(np.ones(len(facts.students), dtype=np.bool_)))


def children_with_status(status: Status, rule: str) -> Measure:
    """The indicator that counts the children of one status, under the rule that names it."""

    def counted(facts: Facts) -> Share:
        return count(facts.children(facts.admission.status == status))

    counted.__name__ = f"children_{status.name.lower()}"
    counted.__doc__ = f"{rule}: children with status {status.name}."
    return counted


def children_by_means(means: Means) -> Measure:
    """R17: the indicator that counts the placed children who cover the way by ``means``."""

    def counted(facts: Facts) -> Share:
        return count(facts.children(facts.admission.means == means))

    counted.__name__ = f"children_means_{means.name.lower()}"
    counted.__doc__ = f"R17: children whose means of travel is {means.name}."
    return counted


def placed_percent(facts: Facts) -> Share:
    """R3, net enrolment: children of age with a place / children of age.

    A place is a public, purchased or private seat, or teaching at home on a school's register. Children not
    of age, deferred with approval, or enrolled elsewhere are in neither number; children to be verified,
    who declined, or are unplaced stay in the denominator.
    """
    return _among(facts, facts.of_age, facts.at_school)


def in_own_zone_percent(facts: Facts) -> Share:
    """R27: of the children in ordinary public or purchased seats, those in a school of their own zone.

    A child whose block is not known, or whose block has no zone row, has no own zone and stays in the
    denominator: a gap in the data must not raise the share. (Without an address most are to be verified and
    have no seat; one placed with a sibling, say, counts as outside.)
    """
    return _among(facts, facts.ordinary, facts.admission.in_zone)


def nearest_school_percent(facts: Facts) -> Share:
    """R27: of the ordinary seats whose distance is known, those in the child's nearest public school."""
    return _among(facts, facts.measured, facts.admission.nearest)


def disabled_percent(facts: Facts) -> Share:
    """R19: children with disabilities of age with a place (any of the four) / those of age."""
    return _among(facts, facts.of_age & facts.disabled, facts.at_school)


def mainstream_percent(facts: Facts) -> Share:
    """R20: of the children with disabilities who have a place, those in a mainstream class."""
    placed = facts.of_age & facts.disabled & facts.at_school
    return _among(facts, placed, facts.students.placement == Placement.MAINSTREAM)


def left_behind_percent(facts: Facts) -> Share:
    """R22: left-behind children of age with a place / left-behind children of age."""
    return _among(facts, facts.of_age & facts.students.yes("left_behind"), facts.at_school)


def migrant_share_percent(facts: Facts) -> Share:
    """R25: migrant children in public seats / migrant children, by ``targets.migrant_share``.

    Denominator: migrant children of age, those with a residence permit (``eligible``) or ``all``; unplaced
    children, and those who went to a private school, stay in it. Numerator: those of them on a public
    school's register (``public``), plus those in purchased seats (``public_and_purchased``).
    """
    admission, share = facts.admission, facts.scenario.policy.targets.migrant_share
    migrants = facts.of_age & facts.students.yes("migrant")
    if share.children == "eligible":
        migrants = migrants & facts.students.yes("residence_permit")
    registered = np.isin(admission.status, (Status.PLACED, Status.TAUGHT_AT_HOME))
    registered &= admission.school != UNPLACED
    public = registered & facts.scenario.schools.public[admission.school]
    if share.seats == "public_and_purchased":
        public = public | (registered & (admission.kind == SeatKind.PURCHASED))
    return _among(facts, migrants, public)


def private_percent(facts: Facts) -> Share:
    """R29: of the children with a place, those in a private seat the family chose (not a purchased one)."""
    return _among(facts, facts.at_school, facts.admission.status == Status.PRIVATE)


def _among(facts: Facts, whole: Booleans, part: Booleans) -> Share:
    """Children of ``part`` within ``whole``, over those of ``whole``."""
    return Share(facts.children(np.asarray(whole & part)), facts.children(np.asarray(whole)))
