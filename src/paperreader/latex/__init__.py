"""LaTeX and Unicode, one into the other: for titles, names and abstracts as feeds, files and exports have them."""
