-- The journal: entries about learning, which are appended and never changed, and the schedules computed from them.

-- One row: the random name of the device that writes to this database.
create table device (
    id text primary key
) strict;

insert into device (id) values (lower(hex(randomblob(8))));

-- One row is one entry. `at` is in milliseconds since 1970 UTC, `day`, `due` and `until` count days since 1970-01-01,
-- `offset` is in minutes ahead of UTC, `took` in milliseconds.
--
-- Values of some kinds only have columns that are null for the others, so that each has a type and a check. Only the
-- schedule of an adoption, which is always read as a whole, is JSON.
create table entries (
    position integer primary key, -- the order in which entries came here, also from other devices
    device text not null,
    number integer not null check (number >= 1),
    kind text not null check (
        kind in ('review', 'undo', 'suspend', 'resume', 'bury', 'reset', 'set-due', 'adoption')
    ),
    note text not null check (note <> ''),
    face text not null check (face <> ''),
    at integer not null,
    day integer not null,
    offset integer not null,
    grade integer check ((grade is not null) = (kind = 'review') and grade between 0 and 5),
    scheduler text check ((scheduler is not null) = (kind = 'review')),
    took integer check ((took is not null) = (kind = 'review') and took >= 0),
    due integer check (kind = 'review' or (due is not null) = (kind = 'set-due')),
    until integer check ((until is not null) = (kind = 'bury')),
    target_device text check ((target_device is not null) = (kind = 'undo')),
    target_number integer check ((target_number is not null) = (kind = 'undo')),
    schedule text check ((schedule is not null) = (kind = 'adoption') and (schedule is null or json_valid(schedule))),
    origin text check ((origin is not null) = (kind = 'adoption')),
    unique (device, number),
    foreign key (target_device, target_number) references entries (device, number)
) strict;

create index entries_by_card on entries (note, face);
create index reviews_by_day on entries (day) where kind = 'review';
create index undos_by_card on entries (note, face) where kind = 'undo';

create trigger entries_are_never_changed before update on entries
begin
    select raise(abort, 'a journal entry is never changed');
end;

create trigger entries_are_never_deleted before delete on entries
begin
    select raise(abort, 'a journal entry is never deleted');
end;

-- The schedules of all cards that are not new. Computed from the entries, so the table can be rebuilt.
create table schedules (
    note text not null,
    face text not null,
    repetitions integer not null,
    interval integer not null,
    easiness integer not null,
    lapses integer not null,
    due integer,
    last integer,
    drill integer not null check (drill in (0, 1)),
    suspended integer not null check (suspended in (0, 1)),
    buried_until integer,
    primary key (note, face)
) strict, without rowid;
