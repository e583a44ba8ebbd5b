#!/usr/bin/env python3
"""Ring: prints what happens at the door, one line for each ring and movement. Python's standard library alone.

SILL_URL=https://192.0.2.20:8460 SILL_KEY=sill_... SILL_CA=sill.pem python3 ring.py
"""
import json
import os
import ssl
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime, timezone

URL = os.environ.get("SILL_URL", "http://127.0.0.1:8460").rstrip("/")
KEY = os.environ.get("SILL_KEY", "")
CA = os.environ.get("SILL_CA")
TRUST = ssl.create_default_context(cafile=CA) if URL.startswith("https:") else None


def newest(limit: int = 50) -> list[dict]:
    """The newest events, newest first."""
    request = urllib.request.Request(f"{URL}/api/events?limit={limit}", headers={"Authorization": f"Bearer {KEY}"})
    with urllib.request.urlopen(request, timeout=10, context=TRUST) as answer:
        return json.load(answer)["events"]


def tell(event: dict) -> None:
    at = datetime.fromtimestamp(event["startWallMs"] / 1000, timezone.utc)
    print(at.isoformat(timespec="milliseconds").replace("+00:00", "Z"), event["kind"], *event["zones"], flush=True)


def main() -> None:
    told: list[str] | None = None  # ids; None = what is there at the first answer is the past
    wait = 1
    while True:
        try:
            events = newest()
        except urllib.error.HTTPError as error:
            if error.code in (401, 403):
                sys.exit(f"the doorbell answers {error.code}: is SILL_KEY right?")
            print(f"the doorbell answers {error.code}", file=sys.stderr)
            wait = min(10, wait * 2)
        except OSError as error:
            print(f"no line to {URL}: {error}", file=sys.stderr)
            wait = min(10, wait * 2)
        else:
            if told is None:
                print(f"listening at {URL}", file=sys.stderr, flush=True)
            for event in reversed(events if told is not None else []):
                if event["id"] not in (told or []):
                    tell(event)
            told = ([event["id"] for event in events] + (told or []))[:500]
            wait = 1
        time.sleep(wait)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
