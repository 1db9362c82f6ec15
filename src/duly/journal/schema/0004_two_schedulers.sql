-- What each of two schedulers remembers of a card: SM-2 repetitions and easiness, FSRS stability and difficulty. The table
-- is made anew, for columns that must not be null cannot be changed; its rows stay as they are.

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
