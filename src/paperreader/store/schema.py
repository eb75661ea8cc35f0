"""The tables, and how older ones become these.

What the world says: paper, identity, sighting, and what stands in `feed_tables`. What the person did: event; and what
came of it: bookmark, reading, state, removed, rating, note, tag, list, enlisted, saved, digit, touched, waiting. What
is derived: change (for the index), withheld (starter papers while they are switched off).
"""

from paperreader.store import feed_tables
from paperreader.store.migrating import Migration

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

# What went out to whom. A paper without a place was looked at and left out: it is not looked at again.
_DIGESTS = """
CREATE TABLE digest (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    recipient TEXT NOT NULL,
    message_id TEXT NOT NULL,
    state TEXT NOT NULL,
    at REAL NOT NULL,
    first_day TEXT NOT NULL,
    day TEXT NOT NULL,
    through INTEGER NOT NULL,
    said TEXT NOT NULL,
    message BLOB
);
CREATE INDEX digest_recipient ON digest (recipient, id);
CREATE TABLE digest_paper (
    digest INTEGER NOT NULL REFERENCES digest (id) ON DELETE CASCADE,
    paper INTEGER NOT NULL REFERENCES paper (rid) ON DELETE CASCADE,
    place INTEGER,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (digest, paper)
) WITHOUT ROWID;
CREATE INDEX digest_paper_paper ON digest_paper (paper);
"""

# What the person keeps. The tables say what came of all events in the order of their clocks; merging another machine's
# events works it out anew. `clock` is the time of an event, but later than that of every event known when it was made;
# `seq` is the order in which events came here, which is the order of a dump. What an event undoes or redoes is its
# subject. A paper that was read is in `reading`, which is older than the other states. A list that was deleted has no
# name. A note has more than one part where two machines wrote it without knowing of each other.
_KEEPING = """
ALTER TABLE event RENAME TO event_before;
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    machine TEXT NOT NULL,
    counter INTEGER NOT NULL,
    clock REAL NOT NULL,
    at REAL NOT NULL,
    what TEXT NOT NULL,
    auto INTEGER NOT NULL,
    subject INTEGER,
    papers TEXT NOT NULL,
    detail TEXT NOT NULL,
    UNIQUE (machine, counter)
);
INSERT INTO event (machine, counter, clock, at, what, auto, subject, papers, detail)
SELECT machine, counter, max(at) OVER (PARTITION BY machine ORDER BY counter) AS clock, at, what,
    json_extract(detail, '$.auto') IS NOT NULL, json_extract(detail, '$.of'), papers,
    json_remove(detail, '$.auto', '$.of')
FROM event_before ORDER BY clock, machine, counter;
DROP TABLE event_before;
CREATE INDEX event_clock ON event (clock);
CREATE INDEX event_act ON event (machine, counter) WHERE auto = 0 AND subject IS NULL;

CREATE TABLE state (paper INTEGER PRIMARY KEY REFERENCES paper (rid), state TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE rating (paper INTEGER PRIMARY KEY REFERENCES paper (rid), stars INTEGER NOT NULL);
CREATE TABLE note (
    paper INTEGER PRIMARY KEY REFERENCES paper (rid),
    parts TEXT NOT NULL,
    text TEXT NOT NULL,
    at REAL NOT NULL
);
CREATE TABLE tag (
    paper INTEGER NOT NULL REFERENCES paper (rid),
    folded TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (paper, folded)
) WITHOUT ROWID;
CREATE INDEX tag_folded ON tag (folded, name);
CREATE TABLE list (id TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
INSERT INTO list VALUES ('to read', 'to read');
CREATE TABLE enlisted (
    list TEXT NOT NULL,
    paper INTEGER NOT NULL REFERENCES paper (rid),
    place REAL NOT NULL,
    PRIMARY KEY (list, paper)
) WITHOUT ROWID;
CREATE INDEX enlisted_paper ON enlisted (paper, list);
CREATE TABLE saved (
    id TEXT PRIMARY KEY,
    name TEXT,
    question TEXT NOT NULL,
    seen INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE digit (digit TEXT PRIMARY KEY, saved TEXT NOT NULL) WITHOUT ROWID;
CREATE VIEW kept AS
SELECT paper FROM bookmark UNION ALL SELECT paper FROM enlisted UNION ALL SELECT paper FROM tag
UNION ALL SELECT paper FROM note UNION ALL SELECT paper FROM rating
UNION ALL SELECT paper FROM state WHERE state = 'reading';

CREATE TABLE touched (
    paper INTEGER PRIMARY KEY REFERENCES paper (rid),
    described INTEGER NOT NULL DEFAULT 0
);
INSERT OR IGNORE INTO touched (paper)
SELECT identity.paper FROM event, json_each(event.papers) AS named CROSS JOIN identity
    ON kind = substr(named.value, 1, instr(named.value, ':') - 1)
    AND folded = substr(named.value, instr(named.value, ':') + 1);
INSERT OR IGNORE INTO touched (paper)
SELECT paper FROM bookmark UNION SELECT paper FROM reading UNION SELECT paper FROM removed;
CREATE TABLE waiting (key TEXT PRIMARY KEY) WITHOUT ROWID;
"""

# What a paper is cited by, unique whatever its case as BibTeX wants it.
_CITATIONS = """
CREATE TABLE citation_key (
    paper INTEGER PRIMARY KEY REFERENCES paper (rid) ON DELETE CASCADE,
    key TEXT NOT NULL UNIQUE COLLATE NOCASE
);
"""

_ORDER_BY_KEY = """
DROP INDEX paper_newest;
CREATE INDEX paper_newest ON paper (published DESC, key DESC);
"""

_LEFT_OUT = "ALTER TABLE digest ADD COLUMN left_out TEXT NOT NULL DEFAULT '[]';\n"

# A list that was deleted lives on under its last name while papers are in it: another machine put them there, and the
# one that deleted it did not know. `name` is null where there is no such list for the person.
_DELETED_LISTS = """
ALTER TABLE list ADD COLUMN last TEXT NOT NULL DEFAULT '';
ALTER TABLE list ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
DELETE FROM enlisted WHERE list IN (SELECT id FROM list WHERE name IS NULL);
UPDATE list SET last = coalesce(name, ''), gone = name IS NULL;
CREATE TRIGGER enlisted_came AFTER INSERT ON enlisted BEGIN
    UPDATE list SET name = last WHERE id = new.list AND gone AND name IS NULL AND last != '';
END;
CREATE TRIGGER enlisted_went AFTER DELETE ON enlisted BEGIN
    UPDATE list SET name = NULL
    WHERE id = old.list AND gone AND NOT EXISTS (SELECT 1 FROM enlisted WHERE list = old.list);
END;
"""

# Kind, volume, pages and the like as a JSON object; empty where no file told them.
_BIBLIOGRAPHY = "ALTER TABLE paper ADD COLUMN bibliography TEXT NOT NULL DEFAULT '';\n"

MIGRATIONS = (
    Migration("papers, identities, sightings; bookmarks, readings, removals, events; changes", _FIRST),
    Migration("what feeds tell: counts, days, tallies; pages visited, hosts asked", feed_tables.FEEDS),
    Migration("an index of what questions may ask of papers, and a number for its changes", feed_tables.FACTS),
    Migration("digests: what went out to whom", _DIGESTS),
    Migration("what the person keeps: lists, tags, notes, ratings, states, saved searches", _KEEPING),
    Migration("citation keys", _CITATIONS),
    Migration("papers of one day in the order of their keys, which is the same on every machine", _ORDER_BY_KEY),
    Migration("who has a host's turn, so that a killed process does not block it", feed_tables.HOLDERS),
    Migration("digests: how many papers had no room in each section", _LEFT_OUT),
    Migration("what Hugging Face links to papers, as it was when somebody asked", feed_tables.LINKED),
    Migration("lists that one machine deleted while another put papers in", _DELETED_LISTS),
    Migration("what bibliographies tell of a publication: kind, volume, pages, publisher", _BIBLIOGRAPHY),
)
