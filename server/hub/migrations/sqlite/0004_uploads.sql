-- The name of an upload in the blob store says whose it is.
DROP TABLE uploads;
