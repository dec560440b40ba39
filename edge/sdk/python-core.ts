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
    total: Optional[int] = None


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


class Resource(Generic[T]):
    """Records of one entity."""

    def __init__(self, transport: Transport, path: str) -> None:
        self._transport = transport
        self._path = path

    def _one(self, record_id: str) -> str:
        return self._path + "/" + urllib.parse.quote(record_id, safe="")

    def _list(
        self,
        filter: Any,
        sort: Optional[Sequence[str]],
        size: Optional[int],
        after: Optional[str],
        count: bool,
    ) -> Page[T]:
        query: Dict[str, str] = {}
        if filter:
            query["filter"] = json.dumps(filter)
        if sort:
            query["sort"] = ",".join(sort)
        if size is not None:
            query["page[size]"] = str(size)
        if after is not None:
            query["page[after]"] = after
        if count:
            query["count"] = "exact"
        reply = self._transport.send("GET", self._path, query=query)
        page = reply["page"]
        return Page(reply["data"], page["size"], page["after"], page.get("total"))

    def _all(self, filter: Any, sort: Optional[Sequence[str]], size: Optional[int]) -> Iterator[T]:
        after: Optional[str] = None
        while True:
            page = self._list(filter, sort, size, after, False)
            yield from page.data
            if page.after is None:
                return
            after = page.after

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


def _act(transport: Transport, path: str, input: Any, writes: bool, idempotency_key: Optional[str]) -> Any:
    return transport.send("POST", path, body=input, writes=writes, idempotency_key=idempotency_key)["data"]
`;
