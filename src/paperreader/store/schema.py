"""The tables, and how older ones become these.

What the world says: paper, identity, sighting. What the person owns: bookmark, reading, removed, event.
What is derived: change (for the index), withheld (starter papers while they are switched off).
"""

from paperreader.store.database import Migration

_FIRST = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE paper (
    rid INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    named INTEGER NOT NULL,
    published TEXT NOT NULL,
    votes INTEGER,
    added REAL NOT NULL,
    arxiv_id TEXT NOT NULL,
    doi TEXT NOT NULL,
    other_id TEXT NOT NULL,
    authors TEXT NOT NULL,
    keywords TEXT NOT NULL,
    categories TEXT NOT NULL,
    code TEXT NOT NULL,
    url TEXT NOT NULL,
    summary TEXT NOT NULL,
    abstract TEXT NOT NULL
);
CREATE UNIQUE INDEX paper_key ON paper (key);
CREATE INDEX paper_title ON paper (title_key);
CREATE INDEX paper_newest ON paper (published DESC, rid DESC);

CREATE TABLE identity (
    kind TEXT NOT NULL,
    folded TEXT NOT NULL,
    paper INTEGER NOT NULL REFERENCES paper (rid) ON DELETE CASCADE,
    PRIMARY KEY (kind, folded)
) WITHOUT ROWID;
CREATE INDEX identity_paper ON identity (paper);

CREATE TABLE sighting (
    paper INTEGER NOT NULL REFERENCES paper (rid) ON DELETE CASCADE,
    source TEXT NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (paper, source)
) WITHOUT ROWID;

CREATE TABLE bookmark (paper INTEGER PRIMARY KEY REFERENCES paper (rid), at REAL NOT NULL);
CREATE TABLE reading (paper INTEGER PRIMARY KEY REFERENCES paper (rid), at REAL NOT NULL);
CREATE TABLE removed (paper INTEGER PRIMARY KEY REFERENCES paper (rid), at REAL NOT NULL);
CREATE TABLE event (
    machine TEXT NOT NULL,
    counter INTEGER NOT NULL,
    at REAL NOT NULL,
    what TEXT NOT NULL,
    papers TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (machine, counter)
) WITHOUT ROWID;

CREATE TABLE withheld (paper INTEGER PRIMARY KEY REFERENCES paper (rid) ON DELETE CASCADE);

CREATE TABLE change (seq INTEGER PRIMARY KEY AUTOINCREMENT, paper INTEGER NOT NULL);
CREATE TRIGGER paper_came AFTER INSERT ON paper BEGIN
    INSERT INTO change (paper) VALUES (new.rid);
END;
CREATE TRIGGER paper_went AFTER DELETE ON paper BEGIN
    INSERT INTO change (paper) VALUES (old.rid);
END;
CREATE TRIGGER paper_changed AFTER UPDATE OF title, authors, keywords, summary, abstract ON paper
WHEN (old.title, old.authors, old.keywords, old.summary, old.abstract)
    IS NOT (new.title, new.authors, new.keywords, new.summary, new.abstract) BEGIN
    INSERT INTO change (paper) VALUES (new.rid);
END;
INSERT INTO meta VALUES ('library', lower(hex(randomblob(16))));
"""

MIGRATIONS = (Migration("papers, identities, sightings; bookmarks, readings, removals, events; changes", _FIRST),)
