-- Where the file was when its device was named: a JSON array of the machine's name, the file's path and its inode. Where it
-- is elsewhere now it is a copy, and takes a new name, so that no two files write entries under one.
alter table device add column place text;
