"""Checks that need a whole collection: ids and questions that occur twice, missing media."""
