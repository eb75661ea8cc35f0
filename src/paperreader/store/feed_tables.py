"""What feeds tell, as the library keeps it: the scripts that made these tables, for `schema`."""

# What feeds tell beyond a paper's text. A tally is what a source counted at one time: trending is computed from the
# tallies, never kept as a fact about a paper.
FEEDS = """
ALTER TABLE paper ADD COLUMN comments INTEGER;
ALTER TABLE paper ADD COLUMN stars INTEGER;
ALTER TABLE paper ADD COLUMN version INTEGER;
ALTER TABLE paper ADD COLUMN citations INTEGER;
ALTER TABLE paper ADD COLUMN influential_citations INTEGER;
ALTER TABLE paper ADD COLUMN project TEXT NOT NULL DEFAULT '';
ALTER TABLE paper ADD COLUMN organisation TEXT NOT NULL DEFAULT '';
ALTER TABLE paper ADD COLUMN submitter TEXT NOT NULL DEFAULT '';
ALTER TABLE paper ADD COLUMN thumbnail TEXT NOT NULL DEFAULT '';
ALTER TABLE paper ADD COLUMN remark TEXT NOT NULL DEFAULT '';
ALTER TABLE paper ADD COLUMN journal TEXT NOT NULL DEFAULT '';
ALTER TABLE paper ADD COLUMN venue TEXT NOT NULL DEFAULT '';
ALTER TABLE paper ADD COLUMN licence TEXT NOT NULL DEFAULT '';
ALTER TABLE paper ADD COLUMN tldr TEXT NOT NULL DEFAULT '';

CREATE TABLE tally (
    paper INTEGER NOT NULL REFERENCES paper (rid) ON DELETE CASCADE,
    source TEXT NOT NULL,
    at REAL NOT NULL,
    rank INTEGER,
    votes INTEGER,
    comments INTEGER,
    stars INTEGER,
    PRIMARY KEY (paper, source, at)
) WITHOUT ROWID;

CREATE TABLE listed (
    day TEXT NOT NULL,
    source TEXT NOT NULL,
    paper INTEGER NOT NULL REFERENCES paper (rid) ON DELETE CASCADE,
    PRIMARY KEY (day, source, paper)
) WITHOUT ROWID;
CREATE INDEX listed_paper ON listed (paper);

CREATE TABLE page (
    url TEXT PRIMARY KEY,
    etag TEXT NOT NULL,
    modified TEXT NOT NULL,
    fresh_until REAL NOT NULL,
    entries INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE host (name TEXT PRIMARY KEY, free_at REAL NOT NULL, cooling_until REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE refreshed (source TEXT PRIMARY KEY, at REAL NOT NULL, said TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE subscription (name TEXT PRIMARY KEY, title TEXT NOT NULL, at REAL NOT NULL);
INSERT INTO subscription VALUES ('huggingface', '', 0);

CREATE TABLE revised (
    paper INTEGER PRIMARY KEY REFERENCES paper (rid) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    at REAL NOT NULL
);
"""

# What conditions of a question and counts beside an answer are read from: an index that has it all without the texts
# (10 ms instead of 60 for 95,311 papers), and a number that says whether any of it has changed.
FACTS = """
CREATE INDEX paper_facts ON paper (categories, organisation, votes, stars, comments, citations, published);
INSERT INTO meta VALUES ('facts', '1');
CREATE TRIGGER fact_came AFTER INSERT ON paper BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'facts';
END;
CREATE TRIGGER fact_went AFTER DELETE ON paper BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'facts';
END;
CREATE TRIGGER fact_changed AFTER UPDATE ON paper BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'facts';
END;
CREATE TRIGGER sighting_came AFTER INSERT ON sighting BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'facts';
END;
CREATE TRIGGER sighting_moved AFTER UPDATE ON sighting BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'facts';
END;
CREATE TRIGGER sighting_went AFTER DELETE ON sighting BEGIN
    UPDATE meta SET value = value + 1 WHERE name = 'facts';
END;
"""

HOLDERS = "ALTER TABLE host ADD COLUMN holder TEXT NOT NULL DEFAULT '';\n"

# What Hugging Face links to a paper, as it was when somebody asked; `told` is JSON, one array for each repository.
LINKED = """
CREATE TABLE linked (
    paper INTEGER PRIMARY KEY REFERENCES paper (rid) ON DELETE CASCADE,
    at REAL NOT NULL,
    models INTEGER NOT NULL,
    datasets INTEGER NOT NULL,
    spaces INTEGER NOT NULL,
    told TEXT NOT NULL
);
"""
