-- Tables as Spark with Delta Lake writes them: one of each kind that bf reads, each version of which is compared row by row.
-- {root} is the folder that holds them. Statements end with a semicolon at the end of a line. README.md says how they are made anew.

SET spark.databricks.delta.snapshotPartitions=2;
SET spark.sql.shuffle.partitions=1;
SET spark.databricks.delta.retentionDurationCheck.enabled=false;
SET spark.sql.sources.default=delta;

-- partition values: every type, null, empty, special characters, percent signs in paths
CREATE TABLE delta.`{root}/partitioned` (n INT, s STRING, i INT, l BIGINT, h SMALLINT, b TINYINT, f FLOAT, d DOUBLE, m DECIMAL(12,3), t BOOLEAN, day DATE, ts TIMESTAMP, local TIMESTAMP_NTZ, x BINARY) USING delta
  PARTITIONED BY (s, i, l, h, b, f, d, m, t, day, ts, local, x);
INSERT INTO delta.`{root}/partitioned` VALUES
  (1, 'plain', 1, 2, 3, 4, 1.5, 2.25, 12.340, true, DATE '2024-02-29', TIMESTAMP '2024-01-02 14:30:00', TIMESTAMP_NTZ '2024-01-02 14:30:00', X'41FF0A'),
  (2, 'a/b c%d=é ü''"\\:#?[x]*{}&+;,|<>@', -1, -9223372036854775808, -32768, -128, -0.1, 1e-300, -0.005, false, DATE '1969-12-31', TIMESTAMP '1969-12-31 23:59:59.999999', TIMESTAMP_NTZ '1969-12-31 23:59:59.000001', X'01'),
  (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (4, '', 0, 0, 0, 0, 0, 0, 0, false, DATE '1970-01-01', TIMESTAMP '1970-01-01 00:00:00', TIMESTAMP_NTZ '1970-01-01 00:00:00', X'7F'),
  (5, '%20%25 ', 2147483647, 9223372036854775807, 32767, 127, 3.4028235E38, 1.7976931348623157E308, 999999999.999, true, DATE '9999-12-31', TIMESTAMP '2999-12-31 00:00:00.123456', TIMESTAMP_NTZ '2999-12-31 00:00:00.123', X'E282AC');
DELETE FROM delta.`{root}/partitioned` WHERE i = -1;
SET spark.databricks.delta.write.utcTimestampPartitionValues=false;
INSERT INTO delta.`{root}/partitioned` VALUES
  (6, 'no zone', 1, 2, 3, 4, 1.5, 2.25, 1, true, DATE '2024-01-02', TIMESTAMP '2024-01-02 14:30:00.5', TIMESTAMP_NTZ '2024-01-02 14:30:00', X'01');
SET spark.databricks.delta.write.utcTimestampPartitionValues=true;

-- every type of column, also nested, with nulls at every level; the second insert in Parquet's older forms
CREATE TABLE delta.`{root}/types` (n INT, s STRING, l BIGINT, h SMALLINT, b TINYINT, f FLOAT, d DOUBLE, m DECIMAL(5,2), mm DECIMAL(18,4), big DECIMAL(38,10), t BOOLEAN, day DATE, ts TIMESTAMP, x BINARY,
  st STRUCT<a: INT, deep: STRUCT<b: STRING, c: ARRAY<DECIMAL(9,1)>>>, li ARRAY<INT>, ls ARRAY<STRUCT<k: STRING, v: DOUBLE>>, ma MAP<STRING, INT>, ms MAP<INT, STRUCT<z: TIMESTAMP, w: DATE>>, void VOID) USING delta;
INSERT INTO delta.`{root}/types` (n, s, l, h, b, f, d, m, mm, big, t, day, ts, x, st, li, ls, ma, ms) VALUES
  (1, 'text', 1, 2, 3, 0.1, 0.1, 1.10, 12345678901234.5678, 1234567890123456789012345678.9012345678, true, DATE '2024-02-29', TIMESTAMP '2024-01-02 14:30:00.123456', X'00FF41',
   struct(1, struct('b', array(1.5, NULL))), array(1, NULL, 3), array(struct('k', 0.5), NULL), map('a', 1, 'b', NULL), map(7, struct(TIMESTAMP '2024-01-02 00:00:00', DATE '2024-01-02'))),
  (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (3, '', -9223372036854775808, -32768, -128, -1.5, -1e300, -0.05, -0.0001, -0.0000000001, false, DATE '1969-12-31', TIMESTAMP '1969-12-31 23:59:59.999999', X'',
   struct(NULL, NULL), array(), array(), map(), map());
SET spark.sql.parquet.writeLegacyFormat=true;
SET spark.sql.parquet.outputTimestampType=TIMESTAMP_MICROS;
INSERT INTO delta.`{root}/types` (n, s, l, h, b, f, d, m, mm, big, t, day, ts, x, st, li, ls, ma, ms) VALUES
  (4, 'older', 1, 2, 3, 0.1, 0.1, 1.10, 12345678901234.5678, -1234567890123456789012345678.9012345678, true, DATE '1900-01-01', TIMESTAMP '1900-01-01 00:00:00', X'00FF41',
   struct(1, struct('b', array(1.5, NULL))), array(1, NULL, 3), array(struct('k', 0.5), NULL), map('a', 1, 'b', NULL), map(7, struct(TIMESTAMP '2024-01-02 00:00:00', DATE '2024-01-02')));
SET spark.sql.parquet.writeLegacyFormat=false;
SET spark.sql.parquet.outputTimestampType=INT96;

-- columns and fields that came later; names in another case
CREATE TABLE delta.`{root}/evolved` (Id INT, s STRUCT<x: INT>, l ARRAY<STRUCT<x: INT>>) USING delta;
INSERT INTO delta.`{root}/evolved` VALUES (1, struct(1), array(struct(1)));
ALTER TABLE delta.`{root}/evolved` ADD COLUMNS (filename STRING, file_row_number BIGINT, s.Y STRING, l.element.y DOUBLE);
INSERT INTO delta.`{root}/evolved` VALUES (2, struct(2, 'y'), array(struct(2, 0.5), NULL), 'f', 7), (3, NULL, NULL, NULL, NULL);
ALTER TABLE delta.`{root}/evolved` ADD COLUMNS (first_one DATE FIRST);
INSERT INTO delta.`{root}/evolved` VALUES (DATE '2024-01-02', 4, struct(4, NULL), array(), 'g', 8);

-- deletion vectors: arrays, bitmaps and runs, several blocks of 65,536 rows, rows deleted twice, updates, merges, made whole again
CREATE TABLE delta.`{root}/deleted` (k TINYINT, block INT) USING delta TBLPROPERTIES ('delta.enableDeletionVectors' = 'true');
INSERT INTO delta.`{root}/deleted` SELECT /*+ COALESCE(1) */ CAST(id % 7 AS TINYINT), CAST(id DIV 10000 AS INT) FROM range(0, 150000, 1, 1);
DELETE FROM delta.`{root}/deleted` WHERE k = 3;
DELETE FROM delta.`{root}/deleted` WHERE block BETWEEN 5 AND 9;
UPDATE delta.`{root}/deleted` SET k = 100 WHERE block = 14 AND k = 0;
INSERT INTO delta.`{root}/deleted` VALUES (50, 1000), (51, 1000), (52, 1001);
DELETE FROM delta.`{root}/deleted` WHERE k = 51;
MERGE INTO delta.`{root}/deleted` t USING (SELECT 50 AS k, 1000 AS block UNION ALL SELECT 60, 2000) s ON t.k = s.k AND t.block = s.block WHEN MATCHED THEN UPDATE SET block = 1002 WHEN NOT MATCHED THEN INSERT (k, block) VALUES (s.k, s.block);
OPTIMIZE delta.`{root}/deleted`;
DELETE FROM delta.`{root}/deleted` WHERE block < 14;

-- column mapping by name, of a table that was there before: renamed, dropped and made again, also nested and of partitions
CREATE TABLE delta.`{root}/renamed` (id INT, a STRING, gone INT, p STRING, s STRUCT<x: INT, y: STRING>, l ARRAY<STRUCT<u: INT>>, m MAP<STRING, STRUCT<v: INT>>) USING delta PARTITIONED BY (p);
INSERT INTO delta.`{root}/renamed` VALUES (1, 'one', 11, 'P 1', struct(1, 'y'), array(struct(1)), map('k', struct(1))), (2, NULL, NULL, NULL, NULL, NULL, NULL);
ALTER TABLE delta.`{root}/renamed` SET TBLPROPERTIES ('delta.columnMapping.mode' = 'name', 'delta.minReaderVersion' = '2', 'delta.minWriterVersion' = '5');
ALTER TABLE delta.`{root}/renamed` RENAME COLUMN a TO `b of "quotes", (and) = more`;
ALTER TABLE delta.`{root}/renamed` RENAME COLUMN p TO part;
ALTER TABLE delta.`{root}/renamed` RENAME COLUMN s.x TO X2;
ALTER TABLE delta.`{root}/renamed` RENAME COLUMN l.element.u TO u2;
ALTER TABLE delta.`{root}/renamed` RENAME COLUMN m.value.v TO v2;
ALTER TABLE delta.`{root}/renamed` DROP COLUMN gone;
ALTER TABLE delta.`{root}/renamed` DROP COLUMN s.y;
ALTER TABLE delta.`{root}/renamed` ADD COLUMNS (a DOUBLE, gone STRING, s.y INT);
INSERT INTO delta.`{root}/renamed` VALUES (3, 'three', 'P 3', struct(3, 33), array(struct(3)), map('k', struct(3)), 0.5, 'back');
DELETE FROM delta.`{root}/renamed` WHERE id = 1;

-- column mapping by id, from the start, with deletion vectors
CREATE TABLE delta.`{root}/by_id` (id INT, a STRING, p DATE, s STRUCT<x: INT, y: ARRAY<STRUCT<z: INT>>>, m MAP<STRING, STRUCT<v: INT>>) USING delta PARTITIONED BY (p)
  TBLPROPERTIES ('delta.columnMapping.mode' = 'id', 'delta.enableDeletionVectors' = 'true');
INSERT INTO delta.`{root}/by_id` SELECT /*+ COALESCE(1) */ CAST(id AS INT), concat('a', id), DATE '2024-01-02', struct(CAST(id AS INT), array(struct(CAST(id AS INT)))), map('k', struct(CAST(id AS INT))) FROM range(0, 10, 1, 1);
DELETE FROM delta.`{root}/by_id` WHERE id IN (2, 3, 5, 7);
ALTER TABLE delta.`{root}/by_id` RENAME COLUMN a TO id2;
ALTER TABLE delta.`{root}/by_id` RENAME COLUMN s.x TO x2;
ALTER TABLE delta.`{root}/by_id` ADD COLUMNS (a BIGINT, s.w STRING);
INSERT INTO delta.`{root}/by_id` VALUES (100, 'late', NULL, struct(1, array(), 'w'), map(), 1);
UPDATE delta.`{root}/by_id` SET a = id WHERE id < 2;

-- times without zone
CREATE TABLE delta.`{root}/local_times` (n INT, t TIMESTAMP_NTZ, s STRUCT<t: TIMESTAMP_NTZ>) USING delta;
INSERT INTO delta.`{root}/local_times` VALUES (1, TIMESTAMP_NTZ '2024-03-10 02:30:00', struct(TIMESTAMP_NTZ '1969-12-31 23:59:59.999999')), (2, NULL, NULL);

-- types that were widened
CREATE TABLE delta.`{root}/widened` (n INT, a TINYINT, b SMALLINT, c INT, f FLOAT, g SMALLINT, m DECIMAL(6,2), i INT, l BIGINT, d DATE, s STRUCT<x: SMALLINT>, li ARRAY<TINYINT>, p TINYINT, kv MAP<SMALLINT, FLOAT>) USING delta PARTITIONED BY (p) TBLPROPERTIES ('delta.enableTypeWidening' = 'true', 'delta.feature.timestampNtz' = 'supported');
INSERT INTO delta.`{root}/widened` VALUES (1, 127, -32768, 2147483647, 0.1, 12345, 1234.56, -2147483648, 9223372036854775807, DATE '2024-02-29', struct(-5), array(1, NULL, -128), 7, map(1, 0.5)), (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
ALTER TABLE delta.`{root}/widened` CHANGE COLUMN a TYPE SMALLINT;
ALTER TABLE delta.`{root}/widened` CHANGE COLUMN a TYPE INT;
ALTER TABLE delta.`{root}/widened` CHANGE COLUMN b TYPE INT;
ALTER TABLE delta.`{root}/widened` CHANGE COLUMN c TYPE BIGINT;
ALTER TABLE delta.`{root}/widened` CHANGE COLUMN f TYPE DOUBLE;
ALTER TABLE delta.`{root}/widened` CHANGE COLUMN g TYPE DOUBLE;
ALTER TABLE delta.`{root}/widened` CHANGE COLUMN m TYPE DECIMAL(10,4);
ALTER TABLE delta.`{root}/widened` CHANGE COLUMN i TYPE DECIMAL(12,2);
ALTER TABLE delta.`{root}/widened` CHANGE COLUMN l TYPE DECIMAL(22,1);
ALTER TABLE delta.`{root}/widened` CHANGE COLUMN d TYPE TIMESTAMP_NTZ;
ALTER TABLE delta.`{root}/widened` CHANGE COLUMN s.x TYPE BIGINT;
ALTER TABLE delta.`{root}/widened` CHANGE COLUMN li.element TYPE BIGINT;
ALTER TABLE delta.`{root}/widened` CHANGE COLUMN p TYPE INT;
ALTER TABLE delta.`{root}/widened` CHANGE COLUMN kv.key TYPE INT;
ALTER TABLE delta.`{root}/widened` CHANGE COLUMN kv.value TYPE DOUBLE;
INSERT INTO delta.`{root}/widened` VALUES (3, 100000, 100000, 5000000000, 0.1, 0.1, 123456.7891, 1234567890.12, 123456789012345678901.5, TIMESTAMP_NTZ '2024-02-29 14:30:00', struct(5000000000), array(5000000000), 100000, map(100000, 0.1));

-- checkpoints of every form
CREATE TABLE delta.`{root}/checkpoint_classic` (n INT, p STRING) USING delta PARTITIONED BY (p) TBLPROPERTIES ('delta.checkpointInterval' = '2');
INSERT INTO delta.`{root}/checkpoint_classic` VALUES (1, 'a b'), (2, NULL);
INSERT INTO delta.`{root}/checkpoint_classic` VALUES (3, 'c');
DELETE FROM delta.`{root}/checkpoint_classic` WHERE n = 3;
INSERT INTO delta.`{root}/checkpoint_classic` VALUES (4, 'a b');
INSERT INTO delta.`{root}/checkpoint_classic` VALUES (5, '');
CREATE TABLE delta.`{root}/checkpoint_structs` (n INT, ts TIMESTAMP, p DATE) USING delta PARTITIONED BY (p)
  TBLPROPERTIES ('delta.checkpointInterval' = '2', 'delta.checkpoint.writeStatsAsStruct' = 'true', 'delta.checkpoint.writeStatsAsJson' = 'false');
INSERT INTO delta.`{root}/checkpoint_structs` VALUES (1, TIMESTAMP '2024-01-02 14:30:00', DATE '2024-01-02'), (2, NULL, NULL);
INSERT INTO delta.`{root}/checkpoint_structs` VALUES (3, TIMESTAMP '2024-01-03 14:30:00', DATE '2024-01-03');
INSERT INTO delta.`{root}/checkpoint_structs` VALUES (4, TIMESTAMP '2024-01-04 14:30:00', DATE '2024-01-04');
SET spark.databricks.delta.checkpoint.partSize=3;
CREATE TABLE delta.`{root}/checkpoint_parts` (n INT) USING delta TBLPROPERTIES ('delta.checkpointInterval' = '5');
INSERT INTO delta.`{root}/checkpoint_parts` VALUES (1);
INSERT INTO delta.`{root}/checkpoint_parts` VALUES (2);
INSERT INTO delta.`{root}/checkpoint_parts` VALUES (3);
INSERT INTO delta.`{root}/checkpoint_parts` VALUES (4);
DELETE FROM delta.`{root}/checkpoint_parts` WHERE n = 2;
INSERT INTO delta.`{root}/checkpoint_parts` VALUES (6);
SET spark.databricks.delta.checkpointV2.topLevelFileFormat=json;
CREATE TABLE delta.`{root}/checkpoint_v2_json` (n INT, p STRING) USING delta PARTITIONED BY (p) TBLPROPERTIES ('delta.checkpointInterval' = '4', 'delta.checkpointPolicy' = 'v2', 'delta.enableDeletionVectors' = 'true');
INSERT INTO delta.`{root}/checkpoint_v2_json` SELECT /*+ COALESCE(1) */ CAST(id AS INT), 'a b' FROM range(0, 5, 1, 1);
DELETE FROM delta.`{root}/checkpoint_v2_json` WHERE n = 2;
INSERT INTO delta.`{root}/checkpoint_v2_json` VALUES (13, 'c');
INSERT INTO delta.`{root}/checkpoint_v2_json` VALUES (14, NULL);
DELETE FROM delta.`{root}/checkpoint_v2_json` WHERE n = 3;
SET spark.databricks.delta.checkpointV2.topLevelFileFormat=parquet;
CREATE TABLE delta.`{root}/checkpoint_v2_parquet` (n INT) USING delta TBLPROPERTIES ('delta.checkpointInterval' = '4', 'delta.checkpointPolicy' = 'v2');
INSERT INTO delta.`{root}/checkpoint_v2_parquet` VALUES (1);
INSERT INTO delta.`{root}/checkpoint_v2_parquet` VALUES (2);
INSERT INTO delta.`{root}/checkpoint_v2_parquet` VALUES (3);
INSERT INTO delta.`{root}/checkpoint_v2_parquet` VALUES (4);
DELETE FROM delta.`{root}/checkpoint_v2_parquet` WHERE n = 1;
RESET spark.databricks.delta.checkpoint.partSize;

-- features that ask nothing of a reader
CREATE TABLE delta.`{root}/writer_features` (n INT NOT NULL, d STRING DEFAULT 'x') USING delta CLUSTER BY (n)
  TBLPROPERTIES ('delta.enableRowTracking' = 'true', 'delta.enableInCommitTimestamps' = 'true', 'delta.enableChangeDataFeed' = 'true', 'delta.feature.allowColumnDefaults' = 'supported', 'delta.feature.vacuumProtocolCheck' = 'supported', 'delta.feature.domainMetadata' = 'supported');
ALTER TABLE delta.`{root}/writer_features` ADD CONSTRAINT positive CHECK (n > 0);
INSERT INTO delta.`{root}/writer_features` (n) VALUES (1), (2), (3);
UPDATE delta.`{root}/writer_features` SET d = 'y' WHERE n = 2;
DELETE FROM delta.`{root}/writer_features` WHERE n = 3;
OPTIMIZE delta.`{root}/writer_features`;
CREATE TABLE delta.`{root}/iceberg` (n INT, l ARRAY<INT>) USING delta TBLPROPERTIES ('delta.enableIcebergCompatV2' = 'true', 'delta.columnMapping.mode' = 'name');
INSERT INTO delta.`{root}/iceberg` VALUES (1, array(1, 2));

-- a folder with signs in its name; files of another table, by absolute path, with their deletion vectors
CREATE TABLE delta.`{root}/signs %20 [é]` (n INT, `p q` STRING) USING delta PARTITIONED BY (`p q`) TBLPROPERTIES ('delta.enableDeletionVectors' = 'true', 'delta.columnMapping.mode' = 'name');
INSERT INTO delta.`{root}/signs %20 [é]` SELECT /*+ COALESCE(1) */ CAST(id AS INT), 'x=%y' FROM range(0, 4, 1, 1);
DELETE FROM delta.`{root}/signs %20 [é]` WHERE n = 1;
CREATE TABLE delta.`{root}/clone` SHALLOW CLONE delta.`{root}/signs %20 [é]`;
INSERT INTO delta.`{root}/clone` VALUES (10, 'own');
DELETE FROM delta.`{root}/clone` WHERE n = 2;

-- what is left when old files were vacuumed
CREATE TABLE delta.`{root}/vacuumed` (n INT) USING delta;
INSERT INTO delta.`{root}/vacuumed` SELECT CAST(id AS INT) FROM range(0, 10, 1, 1);
DELETE FROM delta.`{root}/vacuumed` WHERE n % 2 = 0;
VACUUM delta.`{root}/vacuumed` RETAIN 0 HOURS;
