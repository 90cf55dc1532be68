import GRDB

extension FavoriteLibrary {
  /// How the index came to its present form.
  ///
  /// A migration that was released never changes.
  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("favorites") { db in
      // Times are milliseconds since 1970. `parent` may name a favorite of another library.
      try db.execute(
        sql: """
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
          """)
    }
    migrator.registerMigration("masks among the sources") { db in
      try db.execute(
        sql: """
          CREATE TABLE sourceOfAnyRole (
            favorite INTEGER NOT NULL REFERENCES favorite(key) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('content', 'style', 'mask')),
            path TEXT NOT NULL,
            name TEXT NOT NULL,
            sha256 TEXT,
            PRIMARY KEY (favorite, position)
          ) WITHOUT ROWID;
          INSERT INTO sourceOfAnyRole
            SELECT favorite, position, role, path, name, sha256 FROM source;
          DROP TABLE source;
          ALTER TABLE sourceOfAnyRole RENAME TO source;
          CREATE INDEX source_name ON source(name, role);
          """)
    }
    return migrator
  }()
}
