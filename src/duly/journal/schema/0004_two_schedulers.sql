-- The memory of two schedulers: repetitions and easiness of SM-2, stability and difficulty of FSRS. "not null" cannot be
-- removed from a column, so the table is created again; its rows stay the same.

alter table schedules rename to old_schedules;

create table schedules (
    note text not null,
    face text not null,
    due integer,
    last integer,
    interval integer not null,
    lapses integer not null,
    drill integer not null check (drill in (0, 1)),
    suspended integer not null check (suspended in (0, 1)),
    buried_until integer,
    starred integer not null check (starred in (0, 1)),
    repetitions integer,
    easiness integer check ((easiness is null) = (repetitions is null)),
    stability real check ((stability is null) = (repetitions is not null)),
    difficulty real check ((difficulty is null) = (stability is null)),
    primary key (note, face)
) strict, without rowid;

insert into schedules (
    note, face, due, last, interval, lapses, drill, suspended, buried_until, starred, repetitions, easiness
)
select note, face, due, last, interval, lapses, drill, suspended, buried_until, starred, repetitions, easiness
from old_schedules;

drop table old_schedules;

-- Entries of a new kind: fitted parameters of FSRS. A check cannot be changed, so the table is created again.

alter table entries rename to old_entries;

create table entries (
    position integer primary key, -- the order in which entries came here, also from other devices
    device text not null,
    number integer not null check (number >= 1),
    kind text not null check (
        kind in ('review', 'undo', 'suspend', 'resume', 'star', 'unstar', 'bury', 'reset', 'set-due', 'adoption',
            'fitting')
    ),
    note text not null check (note <> ''),
    face text not null check (face <> ''),
    at integer not null,
    day integer not null,
    offset integer not null,
    step integer check (step between 1 and number - 1),
    grade integer check ((grade is not null) = (kind = 'review') and grade between 0 and 5),
    scheduler text check ((scheduler is not null) = (kind = 'review')),
    took integer check ((took is not null) = (kind = 'review') and took >= 0),
    due integer check (kind = 'review' or (due is not null) = (kind = 'set-due')),
    until integer check ((until is not null) = (kind = 'bury')),
    target_device text check ((target_device is not null) = (kind = 'undo')),
    target_number integer check ((target_number is not null) = (kind = 'undo')),
    schedule text check ((schedule is not null) = (kind = 'adoption') and (schedule is null or json_valid(schedule))),
    origin text check ((origin is not null) = (kind = 'adoption')),
    parameters text check (
        (parameters is not null) = (kind = 'fitting') and (parameters is null or json_valid(parameters))
    ),
    unique (device, number),
    foreign key (target_device, target_number) references entries (device, number)
) strict;

insert into entries (
    position, device, number, kind, note, face, at, day, offset, step, grade, scheduler, took, due, until,
    target_device, target_number, schedule, origin
)
select
    position, device, number, kind, note, face, at, day, offset, step, grade, scheduler, took, due, until,
    target_device, target_number, schedule, origin
from old_entries order by position;

drop table old_entries;

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
