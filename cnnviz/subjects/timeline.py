"""Networks from 1998 to 2019: what their papers report, and how deep and large they are."""

from __future__ import annotations

from dataclasses import dataclass

from cnnviz.subjects.compared import TITLES
from cnnviz.subjects.kinds import Integer
from cnnviz.subjects.network import NetworkKind
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import loaded
from cnnviz.subjects.storeys import storeys

YEARS = {
    "lenet5": 1998,
    "alexnet": 2012,
    "vgg16": 2014,
    "googlenet": 2014,
    "resnet152": 2015,
    "efficientnet-b0": 2019,
}
"""Of the paper, or of the competition."""

PHOTO, PHOTO_SIZE = "photo:china", (160, 240)
"""What one of the pictures may look like."""


@dataclass(frozen=True)
class Report:
    """An error on ImageNet: the share of pictures whose class is not among five guesses, in percent.

    Attributes
    ----------
    year : int
    name : str
        The network; empty for the best entry without one.
    networks : int
        How many were asked together.
    error : float
    """

    year: int
    name: str
    networks: int
    error: float


REPORTS = (
    Report(2011, "", 1, 25.8),
    Report(2012, "alexnet", 1, 18.2),
    Report(2012, "alexnet", 5, 16.4),
    Report(2012, "alexnet", 7, 15.3),
    Report(2014, "vgg16", 1, 7.2),
    Report(2014, "googlenet", 1, 7.9),
    Report(2014, "googlenet", 7, 6.7),
    Report(2015, "resnet152", 1, 4.5),
    Report(2015, "resnet152", 6, 3.6),
    Report(2019, "efficientnet-b0", 1, 6.7),
)
"""As the papers have them: one network on the validation pictures, several and the entry of 2011 on those of the test.

ILSVRC 2011 (XRCE); Krizhevsky and others 2012, table 2, where the seven also learned from more pictures; Simonyan and
Zisserman 2015, table 5, configuration D; Szegedy and others 2015, table 3 (7.89 and 6.67); He and others 2015, tables 4
and 5 (4.49 and 3.57; networks of several depths); Tan and Le 2019, table 2 (93.3 % right, one look at each picture).
"""


class Timeline(Subject):
    """Errors of networks that competed, and depths and parameters of the networks themselves.

    Attributes
    ----------
    photo : Picture
        One that might be asked about.
    reports : tuple of Report
        In the order of time.
    names : tuple of str
    years, depths, parameters : tuple of int
        Of each network: depths count convolutions and dense layers on the longest way through it.
    alone : tuple of float
        The error of each network by itself, in percent; 0 where none was reported.
    storeys : list of list of (maps, rows)
        What these layers make.

    Examples
    --------
    >>> line = Timeline()
    >>> dict(zip(line.names, line.depths))["GoogLeNet"], line.parameters[0]
    (22, 60000)
    """

    network = Option(NetworkKind(), None, "A network of your own, to be set beside the others.")
    year = Option(Integer(YEARS["efficientnet-b0"], 2100), 2026, "When it was made.")
    reports = REPORTS

    def prepare(self) -> None:
        """Count what the networks have."""
        self.photo = loaded(PHOTO, size=PHOTO_SIZE, channels="rgb")
        known = [NetworkKind().read("network", name) for name in YEARS]
        self.years = tuple(YEARS.values())
        if self.network is not None:
            known, self.years = [*known, self.network], (*self.years, self.year)
        self.names = tuple(TITLES.get(each.name, each.name) for each in known)
        self.parameters = tuple(each.network.parameter_count for each in known)
        self.storeys = [storeys(each) for each in known]
        self.depths = tuple(map(len, self.storeys))
        errors = {report.name: report.error for report in REPORTS if report.networks == 1}
        self.alone = tuple(errors.get(each.name, 0.0) for each in known)

    @property
    def called(self) -> tuple[str, ...]:
        """The networks of the reports, as their authors write them."""
        return tuple(TITLES.get(report.name, "") for report in self.reports)

    def error(self, name: str, networks: int = 1) -> float:
        """Return what was reported."""
        return next(each.error for each in self.reports if (each.name, each.networks) == (name, networks))
