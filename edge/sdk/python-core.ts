/** The fixed half of the Python client: transport, retries, errors, pages. Plain text, since it runs elsewhere. */
export const pythonCore = `
from __future__ import annotations

import json
import random
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass, field
from typing import Any, Callable, Dict, Generic, Iterator, List, Literal, NotRequired, Optional, Sequence, TypedDict, TypeVar, Union

T = TypeVar("T")
Credential = Union[str, Callable[[], str]]


class Money(TypedDict):
    """Integer minor units and an ISO 4217 code."""

    amount: int
    currency: str


@dataclass(frozen=True)
class FieldProblem:
    """One thing wrong with the input; pointer is a JSON Pointer into it."""

    pointer: str
    code: str
    message: str


@dataclass(frozen=True)
class InlayError(Exception):
    """An error reply; decide by its code."""

    code: str
    status: int
    message: str
    trace_id: Optional[str] = None
    errors: Sequence[FieldProblem] = field(default_factory=tuple)

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


@dataclass(frozen=True)
class Page(Generic[T]):
    """A page of records; after is None on the last one."""

    data: List[T]
    size: int
    after: Optional[str]
    before: Optional[str] = None
    total: Optional[int] = None
    #: Records that include asked for: by entity, then by id.
    included: Dict[str, Dict[str, Any]] = field(default_factory=dict)


class HistoryActor(TypedDict):
    kind: str
    id: Optional[str]


class HistoryEntry(TypedDict):
    """What was done to a record: created, updated, deleted, restored, or the name of a step."""

    id: str
    at: str
    actor: HistoryActor
    action: str
    diff: Optional[Dict[str, Any]]


@dataclass(frozen=True)
class HistoryPage:
    """The latest first; after is None on the last page."""

    data: List[HistoryEntry]
    size: int
    after: Optional[str]


class Transport:
    """Sends requests; repeats those that met 429, 503 or a lost connection."""

    def __init__(self, credential: Credential, url: str, retries: int, timeout: float) -> None:
        self._credential = credential
        self._url = url.rstrip("/")
        self._retries = retries
        self._timeout = timeout

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Optional[Dict[str, str]] = None,
        body: Any = None,
        writes: bool = False,
        idempotency_key: Optional[str] = None,
        if_match: Optional[int] = None,
        text: bool = False,
    ) -> Any:
        url = self._url + path + ("?" + urllib.parse.urlencode(query) if query else "")
        headers: Dict[str, str] = {}
        payload = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            payload = json.dumps(body).encode()
        if writes:
            headers["Idempotency-Key"] = idempotency_key or str(uuid.uuid4())
        if if_match is not None:
            headers["If-Match"] = f'"{if_match}"'
        attempt = 0
        while True:
            credential = self._credential if isinstance(self._credential, str) else self._credential()
            headers["Authorization"] = f"Bearer {credential}"
            request = urllib.request.Request(url, data=payload, headers=headers, method=method)
            try:
                with urllib.request.urlopen(request, timeout=self._timeout) as response:
                    content = response.read()
                    if text:
                        return content.decode()
                    return json.loads(content) if content else None
            except urllib.error.HTTPError as error:
                if attempt >= self._retries or error.code not in (429, 503):
                    raise _error_of(error) from None
                wait = error.headers.get("Retry-After")
            except urllib.error.URLError:
                if attempt >= self._retries:
                    raise
                wait = None
            time.sleep(_seconds(attempt, wait))
            attempt += 1


def _seconds(attempt: int, retry_after: Optional[str]) -> float:
    if retry_after is not None and retry_after.isdigit():
        return min(float(retry_after), 60.0)
    return float(min(0.25 * 2**attempt * (0.5 + random.random()), 60.0))


def _error_of(error: urllib.error.HTTPError) -> InlayError:
    try:
        problem = json.loads(error.read())
        return InlayError(
            code=problem["code"],
            status=problem["status"],
            message=problem.get("detail") or problem["title"],
            trace_id=problem.get("traceId"),
            errors=tuple(FieldProblem(e["pointer"], e["code"], e["message"]) for e in problem.get("errors", ())),
        )
    except (ValueError, KeyError):
        return InlayError("INTERNAL", error.code, "The reply could not be read")


_units = ("year(", "quarter(", "month(", "week(", "day(", "hour(")
_names = {"size": "page[size]", "after": "page[after]", "before": "page[before]"}


def _parameters(asked: Dict[str, Any]) -> Dict[str, str]:
    query: Dict[str, str] = {}
    for name, value in asked.items():
        if value is None or value is False or value == []:
            continue
        if name == "filter":
            query[name] = json.dumps(value)
        elif name == "count":
            query[name] = "exact"
        elif name in ("sort", "include", "fields"):
            query[name] = ",".join(value)
        else:
            query[_names.get(name, name)] = str(value)
    return query


def _page(reply: Any) -> Page[Any]:
    page = reply["page"]
    return Page(
        reply["data"], page["size"], page["after"], page.get("before"), page.get("total"), reply.get("included", {})
    )


class Resource(Generic[T]):
    """Records of one entity."""

    def __init__(self, transport: Transport, path: str) -> None:
        self._transport = transport
        self._path = path

    def _one(self, record_id: str) -> str:
        return self._path + "/" + urllib.parse.quote(record_id, safe="")

    def _list(self, asked: Dict[str, Any]) -> Page[T]:
        return _page(self._transport.send("GET", self._path, query=_parameters(asked)))

    def _query(self, asked: Dict[str, Any]) -> Page[T]:
        body: Dict[str, Any] = {
            name: asked[name] for name in ("filter", "sort", "q", "include", "fields", "deleted") if asked.get(name)
        }
        body["page"] = {name: asked[name] for name in ("size", "after", "before") if asked.get(name) is not None}
        if asked["count"]:
            body["count"] = "exact"
        return _page(self._transport.send("POST", self._path + "/query", body=body))

    def _all(self, asked: Dict[str, Any]) -> Iterator[T]:
        while True:
            page = self._list(asked)
            yield from page.data
            if page.after is None:
                return
            asked = {**asked, "after": page.after}

    def _aggregate(
        self,
        asked: Dict[str, Any],
        measure: Optional[Sequence[str]],
        group: Optional[Sequence[str]],
        zone: Optional[str],
        sort: Optional[Sequence[str]],
    ) -> List[Any]:
        def zoned(name: str) -> str:
            return f"{name[:-1]},{zone})" if zone and name.lstrip("-").startswith(_units) else name

        query = _parameters(asked)
        for name, values in (("measure", measure), ("group", group), ("sort", sort)):
            if values:
                query[name] = ",".join(zoned(value) for value in values)
        rows = self._transport.send("GET", self._path + "/aggregate", query=query)["data"]
        return [
            {"group": {name: row["group"][zoned(name)] for name in group or ()}, "measures": row["measures"]}
            for row in rows
        ]

    def _history(self, record_id: str, size: Optional[int], after: Optional[str]) -> HistoryPage:
        query = _parameters({"size": size, "after": after})
        reply = self._transport.send("GET", self._one(record_id) + "/history", query=query)
        return HistoryPage(reply["data"], reply["page"]["size"], reply["page"]["after"])

    def _write(
        self,
        method: str,
        path: str,
        body: Any,
        idempotency_key: Optional[str],
        if_match: Optional[int] = None,
    ) -> Any:
        reply = self._transport.send(
            method, path, body=body, writes=True, idempotency_key=idempotency_key, if_match=if_match
        )
        return reply["data"] if reply else None


class ImportProblem(TypedDict):
    """One thing wrong with a row; rows count from 1, without the header."""

    row: int
    pointer: str
    code: str
    message: str


ImportOutcome = TypedDict("ImportOutcome", {
    "import": Optional[str],
    "dryRun": bool,
    "new": int,
    "update": int,
    "error": int,
    "errors": List[ImportProblem],
})


class UndoneImport(TypedDict):
    """What an undo took back; kept are records that somebody has changed since."""

    removed: int
    reverted: int
    kept: List[str]


class Outcome(TypedDict, Generic[T]):
    """What became of one operation of a bulk request."""

    status: int
    data: NotRequired[T]
    error: NotRequired[Dict[str, Any]]


class SearchHit(TypedDict):
    entity: str
    id: str
    label: Optional[str]


class SearchCount(TypedDict):
    entity: str
    label: str
    count: int


class SearchReply(TypedDict):
    """The best matches of each entity, dealt out in turn."""

    data: List[SearchHit]
    counts: List[SearchCount]


def _search(transport: Transport, q: str, size: Optional[int], entities: Optional[Sequence[str]]) -> Any:
    query = {"q": q}
    if size is not None:
        query["size"] = str(size)
    if entities:
        query["entities"] = ",".join(entities)
    return transport.send("GET", "/api/search", query=query)


def _act(transport: Transport, path: str, input: Any, writes: bool, idempotency_key: Optional[str]) -> Any:
    return transport.send("POST", path, body=input, writes=writes, idempotency_key=idempotency_key)["data"]
`;
