"""Cards and progress in and out: values and events for a face to print; nothing here prints or asks."""
