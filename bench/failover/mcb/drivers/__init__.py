"""Driver registry.  Add a system: write a module with a Driver subclass, list it here."""
from .manual import Manual
from .mc import MirroringController
from .patroni import Patroni, PatroniNew
from .pgaf import PgAutoFailover
from .repmgr import Repmgr

DRIVERS = {d.name: d for d in (Manual, MirroringController, Patroni, PatroniNew, PgAutoFailover,
                               Repmgr)}
