-- What version 0.1 wrote. Never changed: later versions have to read it.
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
CREATE TABLE favorite (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  created INTEGER NOT NULL,
  removed INTEGER,
  title TEXT NOT NULL,
  note TEXT NOT NULL,
  rating INTEGER NOT NULL CHECK (rating BETWEEN 0 AND 5),
  file TEXT NOT NULL UNIQUE,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  pixelHash TEXT NOT NULL,
  recipe TEXT NOT NULL,
  totalLoss REAL, contentLoss REAL, styleLoss REAL, tvLoss REAL,
  metrics TEXT NOT NULL,
  seconds REAL,
  iterations INTEGER,
  parent TEXT,
  parentIterate INTEGER
);
CREATE UNIQUE INDEX favorite_pixels ON favorite(pixelHash) WHERE removed IS NULL;
CREATE INDEX favorite_created ON favorite(removed, created);
CREATE INDEX favorite_rating ON favorite(removed, rating, created);
CREATE INDEX favorite_parent ON favorite(parent);
CREATE TABLE tag (
  favorite INTEGER NOT NULL REFERENCES favorite(key) ON DELETE CASCADE,
  name TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (favorite, name)
) WITHOUT ROWID;
CREATE INDEX tag_name ON tag(name);
CREATE TABLE source (
  favorite INTEGER NOT NULL REFERENCES favorite(key) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('content', 'style')),
  path TEXT NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT,
  PRIMARY KEY (favorite, position)
) WITHOUT ROWID;
CREATE INDEX source_name ON source(name, role);
CREATE TABLE thumbnail (
  favorite INTEGER PRIMARY KEY REFERENCES favorite(key) ON DELETE CASCADE,
  image BLOB NOT NULL
);
CREATE VIRTUAL TABLE search USING fts5 (
  title, note, tags, sources,
  tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
INSERT INTO grdb_migrations VALUES('favorites');
INSERT INTO favorite VALUES(1,'14ECE67C-F353-4C42-96F3-F0C0146FFED7',1795562439000,NULL,'Hafen','am Morgen',4,
'2026-11-24-232039-14ece67c-f353.png',512,384,'c1c3658434a915e3084049f4a466feba6de4032aaa743b2fbd681479b928878f',
'{"beta1":0.99,"beta2":0.999,"clip":5,"content":"/photos/harbor.jpg","contentLayers":["conv4_2"],"contentWeight":0.001,"decay":0.96,"decaySteps":1000,"iterations":200,"learningRate":0.02,"model":"vgg16","seed":0,"size":512,"start":"content","styleLayers":["conv1_1","conv2_1","conv3_1","conv4_1","conv5_1"],"styleScale":1,"styleWeight":10,"styles":[{"picture":"/art/knife.png","weight":1}],"tvWeight":0}',
3.5,0.1,0.2,0.0,'{"ssim":0.5}',180.5,200,NULL,NULL);
INSERT INTO favorite VALUES(2,'D7FD75FF-7CB4-4660-8494-B5B604161DF0',1795562440000,NULL,'','',0,
'2026-11-24-232040-d7fd75ff-7cb4.jpg',512,384,'82dd6f9b90a92ba2c35f11cd17b6f263eba7f553c13eb49f7fdd88a51e0e0cb4',
'{"beta1":0.99,"beta2":0.999,"clip":5,"content":"/photos/harbor.jpg","contentLayers":["conv4_2"],"contentWeight":0.001,"decay":0.96,"decaySteps":1000,"iterations":200,"learningRate":0.02,"model":"vgg16","seed":0,"size":512,"start":"content","styleLayers":["conv1_1","conv2_1","conv3_1","conv4_1","conv5_1"],"styleScale":1,"styleWeight":10,"styles":[{"picture":"/art/knife.png","weight":1}],"tvWeight":0}',
NULL,NULL,NULL,NULL,'{}',NULL,NULL,'14ECE67C-F353-4C42-96F3-F0C0146FFED7',40);
INSERT INTO tag VALUES(1,'See'),(1,'blau');
INSERT INTO source VALUES(1,0,'content','/photos/harbor.jpg','harbor.jpg','00ff'),(1,1,'style','/art/knife.png','knife.png',NULL);
INSERT INTO thumbnail VALUES(1,x'00'),(2,x'00');
INSERT INTO search (rowid, title, note, tags, sources) VALUES(1,'Hafen','am Morgen','See'||char(10)||'blau','harbor.jpg'||char(10)||'knife.png'),(2,'','','','');
