"""How each class looks: a colour that colour-blind people can tell (Okabe and Ito 2008) and a shape of its own."""

from __future__ import annotations

from dataclasses import dataclass

from kg.view.scene import CLASSES


@dataclass(frozen=True, slots=True)
class Look:
    """Colour, and the name of the shape in cytoscape.js and in vis-network."""

    cls: str
    label: str
    colour: str
    shape: str
    vis_shape: str


LOOKS = (
    Look("Incident", "Incident", "#d55e00", "star", "star"),
    Look("Person", "Person", "#0072b2", "ellipse", "dot"),
    Look("Organization", "Organization", "#56b4e9", "round-rectangle", "square"),
    Look("ArmedGroup", "Armed group", "#cc79a7", "triangle", "triangle"),
    Look("State", "State", "#009e73", "hexagon", "hexagon"),
    Look("Coalition", "Coalition", "#00674b", "octagon", "hexagon"),
    Look("UnnamedSource", "Unnamed source", "#8c8c8c", "ellipse", "dot"),
    Look("Place", "Place", "#f0e442", "round-diamond", "diamond"),
    Look("Weapon", "Weapon", "#e69f00", "vee", "triangleDown"),
    Look("Vehicle", "Vehicle", "#b87900", "rhomboid", "triangleDown"),
    Look("Facility", "Facility", "#e69f00", "pentagon", "square"),
    Look("Group", "Group", "#b87900", "barrel", "diamond"),
    Look("Thing", "Thing", "#e6c27a", "rectangle", "square"),
    Look("Quotation", "Quotation", "#d9d9d9", "round-tag", "square"),
)
LOOK = {look.cls: look for look in LOOKS}
if tuple(LOOK) != CLASSES:
    raise AssertionError("every class needs a look, in the order of CLASSES")
