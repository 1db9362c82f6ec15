-- The journal: facts about learning, appended and never changed; schedules, computed from them.

create table device (
    id text primary key
) strict;

-- One row is one entry. Columns that only some kinds have are null for the others. `at` is in milliseconds since
-- 1970 UTC, `day` counts days since 1970-01-01, `offset` is in minutes ahead of UTC, `took` is in milliseconds.
create table entries (
    position integer primary key,
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
    grade integer check (grade between 0 and 5),
    scheduler text,
    took integer check (took >= 0),
    due integer,
    until integer,
    target_device text,
    target_number integer,
    schedule text check (schedule is null or json_valid(schedule)),
    origin text,
    unique (device, number),
    check ((kind = 'review') = (grade is not null)),
    check ((kind = 'review') = (scheduler is not null)),
    check ((kind = 'undo') = (target_number is not null)),
    check ((kind = 'bury') = (until is not null)),
    check ((kind = 'adoption') = (schedule is not null)),
    check (kind <> 'set-due' or due is not null)
) strict;

create index entries_by_card on entries (note, face);
create index entries_by_day on entries (day) where kind = 'review';

create trigger entries_are_never_changed before update on entries
begin
    select raise(abort, 'a journal entry is never changed');
end;

create trigger entries_are_never_deleted before delete on entries
begin
    select raise(abort, 'a journal entry is never deleted');
end;

-- Computed from the entries; may be thrown away.
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
