#!/usr/bin/env python3
"""Checks exported ledgers of Sill, sharing no code with Sill. Python 3.8 or newer, nothing to install.

    python3 verify-ledger.py sill-ledger.txt [more files] [--key NAME+HASH+KEY]

Prints one line a file: "FILE: holds, N entries ..." or "FILE: line L: what is wrong". Exit code 0 = all hold.
With --summary one more line: how many hold and how many do not. The format is described in docs/ledger.md.
"""
import base64
import functools
import hashlib
import json
import sys

# Ed25519 (RFC 8032), verification only, in extended coordinates. Slow (some 10 ms) and enough.

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)
IDENTITY = (0, 1, 1, 0)


def recover_x(y, sign):
    """x of a point by its y, or None."""
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if x2 == 0:
        return None if sign else 0
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P != 0:
        x = x * SQRT_M1 % P
    if (x * x - x2) % P != 0:
        return None
    return P - x if (x & 1) != sign else x


def decode_point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


@functools.lru_cache(maxsize=16)
def doublings(point):
    """1, 2, 4 ... times the point: the same keys come again and again."""
    points = [point]
    while len(points) < 256:
        points.append(add(points[-1], points[-1]))
    return points


def multiply(scalar, point):
    result = IDENTITY
    for bit, doubled in enumerate(doublings(point)):
        if scalar >> bit & 1:
            result = add(result, doubled)
    return result


def same_point(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (recover_x(BASE_Y, 0), BASE_Y, 1, recover_x(BASE_Y, 0) * BASE_Y % P)


def is_signature(public_key, message, signature):
    if len(public_key) != 32 or len(signature) != 64:
        return False
    a, r = decode_point(public_key), decode_point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % L
    return same_point(multiply(s, BASE), add(r, multiply(k, a)))


# The tree of RFC 6962.


def sha256(data):
    return hashlib.sha256(data).digest()


class Tree:
    """The roots of the complete subtrees on the right edge, largest first."""

    def __init__(self):
        self.size = 0
        self.edge = []

    def append(self, leaf):
        size = self.size
        while size & 1:
            leaf = sha256(b"\x01" + self.edge.pop() + leaf)
            size >>= 1
        self.edge.append(leaf)
        self.size += 1

    def root(self):
        if not self.edge:
            return sha256(b"")
        root = self.edge[-1]
        for left in reversed(self.edge[:-1]):
            root = sha256(b"\x01" + left + root)
        return root


# Notes and lines.


class Wrong(Exception):
    pass


def b64(text):
    """Bytes of padded base64 in its one spelling; Wrong for anything else."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (ValueError, UnicodeError):
        raise Wrong("not base64")
    if base64.b64encode(data).decode() != text:
        raise Wrong("not base64 in its one spelling")
    return data


def no_doubles(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError("a key twice")
    return dict(pairs)


def parse(data, what):
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=no_doubles)
    except ValueError:
        raise Wrong("not " + what)
    if not isinstance(value, dict):
        raise Wrong("not " + what)
    return value


def is_whole(value):
    return isinstance(value, int) and not isinstance(value, bool)


def open_note(note, vkey):
    """Size and root that the key signed."""
    parts = vkey.split("+", 2)
    if len(parts) != 3:
        raise Wrong("not the public key of a log")
    name, key_hash, key = parts[0], parts[1], b64(parts[2])
    wanted = sha256(name.encode() + b"\n" + key)[:4]
    if len(key) != 33 or key[0] != 1 or wanted.hex() != key_hash or name == "":
        raise Wrong("not the public key of a log")
    text, gap, signatures = note.rpartition("\n\n")
    if gap == "" or not signatures.endswith("\n"):
        raise Wrong("not a signed note")
    text += "\n"
    for line in signatures[:-1].split("\n"):
        words = line.split(" ")
        if len(words) != 3 or words[0] != "\u2014":
            raise Wrong("a line of the note is not a signature")
        blob = b64(words[2])
        if words[1] == name and blob[:4] == wanted:
            if not is_signature(key[1:], text.encode(), blob[4:]):
                raise Wrong("the signature of the checkpoint does not fit")
            break
    else:
        raise Wrong("the checkpoint is not signed by the key")
    lines = text.split("\n")
    if len(lines) < 4 or lines[0] != name or not lines[1].isdigit() or str(int(lines[1])) != lines[1]:
        raise Wrong("not a checkpoint of this ledger")
    root = b64(lines[2])
    if len(root) != 32:
        raise Wrong("not a checkpoint of this ledger")
    return int(lines[1]), root


ENTRY_KEYS = {"seq", "wallMs", "kind", "detail"}
OPENING_KEYS = {"seq", "salt", "who", "detail", "fromFrac", "toFrac", "about"}
KIND_LETTERS = set("abcdefghijklmnopqrstuvwxyz-")


def check_entry(line, seq):
    entry = parse(line, "an entry")
    kind, detail = entry.get("kind"), entry.get("detail")
    if set(entry) != ENTRY_KEYS or not is_whole(entry["seq"]) or not is_whole(entry["wallMs"]):
        raise Wrong("not an entry")
    if not isinstance(kind, str) or not kind or len(kind) > 40 or kind[0] == "-" or set(kind) - KIND_LETTERS:
        raise Wrong("not an entry")
    if not isinstance(detail, str) or len(detail) != 44:
        raise Wrong("not an entry")
    if entry["seq"] != seq:
        raise Wrong("entry number %s stands where %d belongs" % (entry["seq"], seq))
    return entry


def check_opening(data, entry):
    opening = parse(data, "the details of an entry")
    if not {"seq", "salt", "who", "detail"} <= set(opening) <= OPENING_KEYS:
        raise Wrong("not the details of an entry")
    if opening["seq"] != entry["seq"] or base64.b64encode(sha256(data)).decode() != entry["detail"]:
        raise Wrong("the details are not those that the entry was made with")


def check_file(path, wanted_key):
    """(entries, erased), or Wrong with the line."""
    tree, erased, number = Tree(), 0, 0
    with open(path, "rb") as file:
        try:
            for number, line in enumerate(file, 1):
                if not line.endswith(b"\n"):
                    raise Wrong("the line is cut")
                line = line[:-1]
                if number == 1:
                    head = parse(line, "an export of a ledger")
                    if set(head) != {"format", "key", "checkpoint"} or head["format"] != "sill-ledger-export-v1":
                        raise Wrong("not an export of a ledger")
                    if not isinstance(head["key"], str) or not isinstance(head["checkpoint"], str):
                        raise Wrong("not an export of a ledger")
                    if wanted_key is not None and head["key"] != wanted_key:
                        raise Wrong("this is the ledger of another key")
                    size, root = open_note(head["checkpoint"], head["key"])
                    continue
                fields = line.split(b"\t")
                if len(fields) != 3:
                    raise Wrong("not three fields with tabs between")
                leaf = sha256(b"\x00" + fields[1])
                if fields[0] != base64.b64encode(leaf):
                    raise Wrong("the entry is not the one that was stored: its hash differs")
                entry = check_entry(fields[1], tree.size)
                if fields[2] == b"":
                    erased += 1
                else:
                    check_opening(fields[2], entry)
                tree.append(leaf)
        except Wrong as wrong:
            raise Wrong("line %d: %s" % (number, wrong))
    if number == 0:
        raise Wrong("the file is empty")
    if tree.size != size:
        raise Wrong("there are %d entries and %d were signed" % (tree.size, size))
    if tree.root() != root:
        raise Wrong("the entries together are not those that were signed")
    return tree.size, erased


def main(args):
    key = None
    if "--key" in args:
        at = args.index("--key")
        key = args[at + 1] if at + 1 < len(args) else ""
        args = args[:at] + args[at + 2 :]
    summary = "--summary" in args
    paths = [arg for arg in args if arg != "--summary"]
    if not paths or any(path.startswith("--") for path in paths):
        sys.stderr.write(__doc__)
        return 2
    good = bad = 0
    for path in paths:
        try:
            entries, erased = check_file(path, key)
            good += 1
            print("%s: holds, %d entries, details of %d erased" % (path, entries, erased))
        except (Wrong, OSError) as wrong:
            bad += 1
            print("%s: %s" % (path, wrong))
    if summary:
        print("%d hold, %d do not" % (good, bad))
    return 0 if bad == 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
