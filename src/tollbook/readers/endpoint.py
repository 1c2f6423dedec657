"""One question to a chat endpoint: bounded in time and size, tried again where that can help."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import urllib3

from tollbook.config import Model
from tollbook.readers.errors import ReaderError

# The most bytes of an answer, and how often it is asked again while the endpoint is busy.
LARGEST = 4_000_000
TRIES = 2
BACKOFF = 0.5  # seconds, doubled each time
_BUSY = frozenset({408, 429, 500, 502, 503, 504})
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


def ask(model: Model, role: str, question: str, schema: dict[str, Any]) -> dict[str, Any]:
    """The object that the model answers with.

    Args:
        model: where and whom to ask.
        role: what the model is told about its task.
        question: the data it is asked about.
        schema: JSON schema of the answer.

    Raises:
        ReaderError: the endpoint cannot be reached, refuses, or answers with something else than an object.
    """
    parts = urlsplit(model.url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _HERE):
        raise ReaderError("the model's address must begin with https:// (http:// on this machine alone)")
    wanted = {
        "model": model.name,
        "temperature": 0,
        "messages": [{"role": "system", "content": role}, {"role": "user", "content": question}],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "claims", "strict": True, "schema": schema},
        },
    }
    headers = {"Content-Type": "application/json", "User-Agent": "tollbook"}
    if model.key:
        headers["Authorization"] = f"Bearer {model.key}"
    status, data = _posted(model, json.dumps(wanted).encode(), headers)
    if status != 200:
        raise ReaderError(
            f"the model's endpoint answers with code {status}; see that its name, address and key are right"
        )
    return _object(data)


def _posted(model: Model, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    """Status and bytes of the answer; asked again while the endpoint is busy."""
    again = urllib3.Retry(
        TRIES, connect=0, read=0, redirect=0, status_forcelist=_BUSY, allowed_methods=None,
        backoff_factor=BACKOFF, respect_retry_after_header=False, raise_on_status=False, raise_on_redirect=False,
    )  # fmt: skip
    address = model.url.rstrip("/") + "/chat/completions"
    try:
        with urllib3.PoolManager(timeout=urllib3.Timeout(total=model.patience)) as pool:
            answer = pool.request(
                "POST",
                address,
                body=body,
                headers=headers,
                retries=again,
                redirect=False,
                preload_content=False,
            )
            status, data = answer.status, answer.read(LARGEST + 1)
            answer.release_conn()
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise ReaderError(
            f"the model's endpoint gives no answer ({type(error).__name__}); see that it runs, then try again"
        ) from error
    if len(data) > LARGEST:
        raise ReaderError(f"the model's answer is larger than {LARGEST:,} bytes; it is not read")
    return status, data


def _object(data: bytes) -> dict[str, Any]:
    """The object in the first choice of an answer; a fence around it is taken off."""
    try:
        content = json.loads(data)["choices"][0]["message"]["content"]
        text = content.strip().removeprefix("```json").removeprefix("```").removesuffix("```")
        found = json.loads(text)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ReaderError(
            "the model's endpoint gave no answer by the protocol; name one that speaks chat completions with JSON"
        ) from error
    if not isinstance(found, dict):
        raise ReaderError("the model gave something else than an object; try another model")
    return found


__all__ = ["ask"]
