-- Statements, edges, weights and disputes, from columns of the store (tables of s and o). The rules are those of
-- kg/view/projection.py and kg/view/statements.py; a test compares the two. Ids are IRIs without the data namespace.

CREATE TABLE entity AS SELECT DISTINCT s AS id FROM class WHERE o NOT IN
  ('Place', 'Event', 'Incident', 'Quotation', 'Claim', 'Membership', 'Proximity');
CREATE UNIQUE INDEX entity_id ON entity (id);

CREATE TABLE description AS
  SELECT s AS id, COALESCE((SELECT MIN(o) FROM incident WHERE incident.s = class.s), s) AS node
  FROM class WHERE o = 'Event';
CREATE UNIQUE INDEX description_id ON description (id);

CREATE TABLE speaker AS
  SELECT s AS quotation, COALESCE((SELECT MAX(s) FROM spoke WHERE spoke.o = class.s),
    (SELECT MAX(s) FROM said WHERE said.o = class.s)) AS id
  FROM class WHERE o = 'Quotation';
CREATE UNIQUE INDEX speaker_quotation ON speaker (quotation);

-- ------------------------------------------------------------------------------ statements

CREATE TABLE statement (
  at INTEGER PRIMARY KEY, id TEXT UNIQUE, kind TEXT, article TEXT, claimant TEXT, quotation TEXT, description TEXT,
  event TEXT, post TEXT, stance TEXT, polarity TEXT, confidence REAL, disputed INTEGER DEFAULT 0);

INSERT INTO statement (id, kind, claimant, quotation, description, stance, polarity)
  SELECT s, 'claim', (SELECT MIN(o) FROM claimant WHERE claimant.s = class.s),
    (SELECT MIN(o) FROM inQuotation WHERE inQuotation.s = class.s), (SELECT MIN(o) FROM about WHERE about.s = class.s),
    (SELECT MIN(o) FROM stance WHERE stance.s = class.s), (SELECT MIN(o) FROM polarity WHERE polarity.s = class.s)
  FROM class WHERE o = 'Claim' ORDER BY s;
UPDATE statement SET claimant = (SELECT id FROM speaker WHERE speaker.quotation = statement.quotation)
  WHERE claimant IS NULL OR claimant NOT IN (SELECT id FROM entity);

INSERT INTO statement (id, kind, claimant, quotation, stance)
  SELECT s, 'quotation', (SELECT id FROM speaker WHERE quotation = class.s), s,
    (SELECT MIN(o) FROM stance WHERE stance.s = class.s)
  FROM class WHERE o = 'Quotation' AND s NOT IN (SELECT o FROM inQuotation) ORDER BY s;

INSERT INTO statement (id, kind, description)
  SELECT s, 'event', s FROM class WHERE o = 'Event' AND s NOT IN (SELECT o FROM about) ORDER BY s;

INSERT INTO statement (id, kind, claimant, post)
  SELECT s, 'membership', (SELECT MIN(o) FROM member WHERE member.s = class.s),
    COALESCE((SELECT MIN(o) FROM rank WHERE rank.s = class.s) || ', ' || (SELECT MIN(o) FROM role WHERE role.s = class.s),
      (SELECT MIN(o) FROM rank WHERE rank.s = class.s), (SELECT MIN(o) FROM role WHERE role.s = class.s))
  FROM class WHERE o = 'Membership' ORDER BY s;

INSERT INTO statement (id, kind, post)
  SELECT s, 'proximity', (SELECT MIN(o) FROM relationText WHERE relationText.s = class.s)
  FROM class WHERE o = 'Proximity' ORDER BY s;

UPDATE statement SET article = article_of(id),
  event = COALESCE((SELECT node FROM description WHERE description.id = statement.description), description);
CREATE INDEX statement_event ON statement (event);
CREATE INDEX statement_quotation ON statement (quotation);
CREATE INDEX statement_description ON statement (description);

CREATE TABLE contradiction AS
  SELECT s AS id, o AS other FROM contradicts WHERE o IN (SELECT id FROM statement);
CREATE INDEX contradiction_id ON contradiction (id);
CREATE TABLE disputed AS SELECT event AS id FROM
  (SELECT event, polarity IS 'negative' OR stance IS 'denies' AS denied,
    EXISTS (SELECT 1 FROM contradiction WHERE contradiction.id = statement.id) AS against
   FROM statement WHERE event IS NOT NULL)
  GROUP BY event HAVING MAX(against) OR (MAX(denied) AND NOT MIN(denied));
UPDATE statement SET disputed = 1
  WHERE event IN (SELECT id FROM disputed) OR id IN (SELECT id FROM contradiction);

-- ------------------------------------------------------------------------------ which statement belongs to which node

CREATE TABLE link (node TEXT, statement INTEGER, part TEXT, PRIMARY KEY (node, statement, part)) WITHOUT ROWID;
INSERT OR IGNORE INTO link SELECT claimant, at, 'claimant' FROM statement WHERE claimant IS NOT NULL;
INSERT OR IGNORE INTO link SELECT quotation, at, 'quotation' FROM statement WHERE quotation IS NOT NULL;
INSERT OR IGNORE INTO link SELECT event, at, 'about' FROM statement WHERE event IS NOT NULL;
INSERT OR IGNORE INTO link SELECT filler.o, at, 'about' FROM statement JOIN filler ON filler.s = description;
INSERT OR IGNORE INTO link SELECT o, at, 'about' FROM statement JOIN organization ON s = id WHERE kind = 'membership';
INSERT OR IGNORE INTO link
  SELECT (SELECT MAX(s) FROM near WHERE near.o = id) AS node, at, 'about' FROM statement
  WHERE kind = 'proximity' AND node IS NOT NULL;
INSERT OR IGNORE INTO link
  SELECT (SELECT MIN(o) FROM anchor WHERE anchor.s = id) AS node, at, 'about' FROM statement
  WHERE kind = 'proximity' AND node IS NOT NULL;
CREATE INDEX link_statement ON link (statement);

-- ------------------------------------------------------------------------------ edges

CREATE TABLE edge (source TEXT, target TEXT, predicate TEXT, label TEXT, mode TEXT,
  PRIMARY KEY (source, target, predicate, label, mode)) WITHOUT ROWID;
INSERT OR IGNORE INTO edge
  SELECT COALESCE((SELECT node FROM description WHERE description.id = filler.s), s), o, role, role, 'events'
  FROM filler WHERE s IN (SELECT id FROM description);
INSERT OR IGNORE INTO edge SELECT s, o, 'said', 'spokesperson-said', 'always' FROM spoke;
INSERT OR IGNORE INTO edge
  SELECT s, o, 'said', 'said', 'always' FROM said
  WHERE NOT EXISTS (SELECT 1 FROM spoke WHERE spoke.s = said.s AND spoke.o = said.o);
INSERT OR IGNORE INTO edge
  SELECT claimant, event, 'saidAbout', COALESCE(stance, 'asserts'), 'summary' FROM statement
  WHERE kind = 'claim' AND quotation IS NOT NULL AND event IS NOT NULL AND claimant IS NOT NULL;
INSERT OR IGNORE INTO edge
  SELECT quotation, event, 'about', 'about', 'always' FROM statement WHERE quotation IS NOT NULL AND event IS NOT NULL;
INSERT OR IGNORE INTO edge
  SELECT claimant, (SELECT MIN(o) FROM organization WHERE organization.s = id) AS target, 'membership',
    COALESCE(post, 'member'), 'always'
  FROM statement WHERE kind = 'membership' AND claimant IS NOT NULL AND target IS NOT NULL;
INSERT OR IGNORE INTO edge
  SELECT (SELECT MAX(s) FROM near WHERE near.o = id) AS source,
    (SELECT MIN(o) FROM anchor WHERE anchor.s = id) AS target, 'locatedNear', COALESCE(post, 'located-near'), 'always'
  FROM statement WHERE kind = 'proximity' AND source IS NOT NULL AND target IS NOT NULL;
INSERT OR IGNORE INTO edge SELECT s, o, 'strikeOn', 'strike-on', 'direct' FROM strikeOn;

CREATE TABLE weight AS SELECT node AS id, COUNT(*) AS n FROM
  (SELECT node FROM link WHERE part <> 'quotation'
   UNION ALL SELECT source FROM edge UNION ALL SELECT target FROM edge)
  GROUP BY node;
CREATE UNIQUE INDEX weight_id ON weight (id);

-- ------------------------------------------------------------------------------ what is filled in from the records

CREATE TABLE node (id TEXT PRIMARY KEY, cls TEXT, type TEXT, earliest TEXT, latest TEXT, located INTEGER,
  weight INTEGER, disputed INTEGER, opening TEXT, record TEXT) WITHOUT ROWID;
CREATE TABLE article (id TEXT PRIMARY KEY, record TEXT) WITHOUT ROWID;
CREATE VIRTUAL TABLE found USING fts5 (text, node UNINDEXED, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3');
CREATE VIRTUAL TABLE words USING fts5 (text, tokenize = "unicode61 remove_diacritics 2", content = '');
-- Of what the overview is: the state of the store, the version of the code, the namespace of the data.
CREATE TABLE meta (signature TEXT, code TEXT, base TEXT);
