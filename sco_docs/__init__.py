"""sco_docs: from the PDF of a thesis to annotated, bilingual, citable editions of its agreements."""

__version__ = "0.1.0"
