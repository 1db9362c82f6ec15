-- The notes as they were seen last: by these a question is known again that was reworded, and progress whose note is
-- gone can be named. Told by the deck files, not by the learner: may be thrown away, at the price of forgetting.
create table seen (
    note text primary key,
    deck text not null,
    question text not null,
    answer text not null,
    file text not null
) strict, without rowid;
