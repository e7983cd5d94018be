"""Minimal libpq binding (ctypes) with a per-statement watchdog.

psycopg2 is avoided on purpose: the harness needs libpq's own multi-host connect
(target_session_attrs, connect_timeout) *and* a client-side watchdog that can walk away
from a statement that never answers.  ctypes releases the GIL during every call.
"""
import ctypes
import ctypes.util
import select
import time

_lib = ctypes.CDLL("libpq.so.5")


def _f(name, res, *args):
    fn = getattr(_lib, name)
    fn.restype, fn.argtypes = res, args
    return fn


_P, _S, _I = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
PQconnectdb = _f("PQconnectdb", _P, _S)
PQconnectStart = _f("PQconnectStart", _P, _S)
PQconnectPoll = _f("PQconnectPoll", _I, _P)
PQstatus = _f("PQstatus", _I, _P)
PQsocket = _f("PQsocket", _I, _P)
PQfinish = _f("PQfinish", None, _P)
PQerrorMessage = _f("PQerrorMessage", _S, _P)
PQhostaddr = _f("PQhostaddr", _S, _P)
PQhost = _f("PQhost", _S, _P)
PQport = _f("PQport", _S, _P)
PQsendQuery = _f("PQsendQuery", _I, _P, _S)
PQconsumeInput = _f("PQconsumeInput", _I, _P)
PQisBusy = _f("PQisBusy", _I, _P)
PQgetResult = _f("PQgetResult", _P, _P)
PQresultStatus = _f("PQresultStatus", _I, _P)
PQresultErrorField = _f("PQresultErrorField", _S, _P, _I)
PQresultErrorMessage = _f("PQresultErrorMessage", _S, _P)
PQntuples = _f("PQntuples", _I, _P)
PQnfields = _f("PQnfields", _I, _P)
PQgetvalue = _f("PQgetvalue", _S, _P, _I, _I)
PQgetisnull = _f("PQgetisnull", _I, _P, _I, _I)
PQclear = _f("PQclear", None, _P)
PQsetNoticeProcessor = _f("PQsetNoticeProcessor", _P, _P, _P, _P)

_NOTICE = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_char_p)

# A cancelled wait for the standby is reported as success with this warning (SQLSTATE 01000).
UNREPLICATED = "might not have been replicated"

CONNECTION_OK = 0
_POLL_FAILED, _POLL_READING, _POLL_WRITING, _POLL_OK = 0, 1, 2, 3


class PgError(Exception):
    """SQL or connection error; .code is the SQLSTATE ('' for connection-level)."""

    def __init__(self, code, msg):
        super().__init__("%s %s" % (code, msg))
        self.code = code


class PgTimeout(PgError):
    """The watchdog fired: no answer in time (connection is unusable)."""

    def __init__(self, what):
        super().__init__("TIMEOUT", what)


class Conn:
    def __init__(self, conninfo, timeout=None):
        """.warnings: what the server sent beside its answers.  timeout=None: PQconnectdb (libpq enforces connect_timeout itself, required for
        multi-host strings).  timeout=s: asynchronous connect with our own deadline."""
        self._c = None
        self.warnings = []
        # kept on the object: libpq holds only the address of the callback
        self._notice = _NOTICE(lambda arg, msg: self.warnings.append(
            (msg or b"").decode(errors="replace")))
        if timeout is None:
            self._c = PQconnectdb(conninfo.encode())
        else:
            self._c = PQconnectStart(conninfo.encode())
            self._wait_connect(timeout)
        if PQstatus(self._c) != CONNECTION_OK:
            msg = PQerrorMessage(self._c).decode(errors="replace").strip()
            self.close()
            raise PgError("", msg)
        PQsetNoticeProcessor(self._c, ctypes.cast(self._notice, _P), None)
        addr = PQhostaddr(self._c)
        self.addr = addr.decode() if addr else (PQhost(self._c) or b"").decode()
        self.port = (PQport(self._c) or b"").decode()

    def _wait_connect(self, timeout):
        end = time.monotonic() + timeout
        want = _POLL_WRITING
        while PQstatus(self._c) != 1:       # CONNECTION_BAD
            left = end - time.monotonic()
            if left <= 0:
                self.close()
                raise PgTimeout("connect")
            fd = PQsocket(self._c)
            if fd < 0:
                break
            p = select.poll()
            p.register(fd, select.POLLIN if want == _POLL_READING else select.POLLOUT)
            if not p.poll(left * 1000):
                continue
            want = PQconnectPoll(self._c)
            if want in (_POLL_OK, _POLL_FAILED):
                break

    def query(self, sql, timeout):
        """Run one simple-protocol statement; rows as lists of str.  PgTimeout closes.
        Success with the warning UNREPLICATED is no success: PgError 01000."""
        self.warnings.clear()
        end = time.monotonic() + timeout
        if self._c is None:
            raise PgError("", "closed")
        if not PQsendQuery(self._c, sql.encode()):
            msg = PQerrorMessage(self._c).decode(errors="replace").strip()
            self.close()
            raise PgError("", msg)
        p = select.poll()
        p.register(PQsocket(self._c), select.POLLIN)
        rows, err = [], None
        while True:
            while PQisBusy(self._c):
                left = end - time.monotonic()
                if left <= 0:
                    self.close()
                    raise PgTimeout("statement")
                if not p.poll(left * 1000):
                    continue
                if not PQconsumeInput(self._c):
                    msg = PQerrorMessage(self._c).decode(errors="replace").strip()
                    self.close()
                    raise PgError("", msg)
            r = PQgetResult(self._c)
            if not r:
                break
            st = PQresultStatus(r)
            if st == 2:
                nf = PQnfields(r)
                for i in range(PQntuples(r)):
                    rows.append([None if PQgetisnull(r, i, j)
                                 else PQgetvalue(r, i, j).decode() for j in range(nf)])
            elif st not in (0, 1):
                code = PQresultErrorField(r, ord("C"))
                err = PgError(code.decode() if code else "",
                              (PQresultErrorMessage(r) or b"").decode(errors="replace").strip())
            PQclear(r)
        if PQstatus(self._c) != CONNECTION_OK:
            self.close()
        if err:
            raise err
        for w in self.warnings:
            if UNREPLICATED in w:
                raise PgError("01000", w.strip())
        return rows

    @property
    def open(self):
        return self._c is not None

    def close(self):
        if self._c:
            PQfinish(self._c)
            self._c = None

    def __del__(self):
        self.close()
