"""kg: a knowledge graph of news, in which every statement is a claim with its claimant and its sentence."""

__version__ = "0.1.0"
