"""The database: an embedded Oxigraph store on disk, in which one article is replaced or withdrawn in one step.

What it holds is a function of the articles in it, not of the order in which they came: see `kg/store/changes.py`.
"""

from kg.store.database import Store, StoredArticle, open_store
from kg.store.files import backup, freeze, restore

__all__ = ["Store", "StoredArticle", "backup", "freeze", "open_store", "restore"]
