"""Pictures of the graph, each one file that needs no network; `kg.view.views.VIEWS` is the table.

Nothing is imported here: kg serve's workers read scenes, and must not wait for the libraries that draw them.
"""
