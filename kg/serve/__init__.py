"""The graph over HTTP: SPARQL, graphs to read, every IRI to look up; queries run where they can be killed.

`kg.serve.app.make_app` makes the service. Nothing is imported here: a worker process must start quickly.
"""
