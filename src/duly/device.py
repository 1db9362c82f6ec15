"""Names that no file has on Windows, for there they are devices."""

PORTS = tuple(f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³")
DEVICES = ("con", "prn", "aux", "nul", "conin$", "conout$", *PORTS)


def is_device(name: str) -> bool:
    """Whether Windows takes the name for a device, whatever ending and whatever case it has."""
    return name.partition(".")[0].rstrip().lower() in DEVICES
