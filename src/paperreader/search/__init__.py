"""What the library says in words: documents in, ids out.

`indexing` writes the index, `finding` asks it. Both are imported where they are used: they bring Whoosh and numpy.
"""
