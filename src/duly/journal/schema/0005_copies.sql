-- The place of the file when its device was named: a JSON array of the machine's name, the file's path and its inode. A
-- file at another place is a copy and gets a new name, so that no two files write entries under the same one.
alter table device add column place text;
