"""When a card comes back. Pure: told the time, asks no clock, throws no dice."""
