-- The last seen state of each note, which recognises reworded questions and describes progress without a note.
-- Copied from the deck files; if the table is lost, notes that are missing from them are forgotten.
create table seen (
    note text primary key,
    deck text not null,
    question text not null,
    answer text not null,
    file text not null
) strict, without rowid;
