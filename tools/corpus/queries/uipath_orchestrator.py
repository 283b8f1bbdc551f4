"""Counts what a list of UiPath Orchestrator says, by its columns.

A queue and a kind of task for people is a step; a trigger, a kept thing (queue, asset, bucket, machine) and a
package that several processes run is a call.
"""
import csv
import io
import json

FORMAT = "uipath-orchestrator"


def _rows(data):
    text = data.decode("utf-8-sig", errors="replace")
    if text.lstrip()[:1] in ("{", "["):
        try:
            document = json.loads(text)
        except ValueError:
            return None
        items = document.get("value") if isinstance(document, dict) else document
        if not isinstance(items, list) or not items or not all(isinstance(i, dict) for i in items):
            return None
        return [{str(k).lower(): v for k, v in item.items()} for item in items]
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    rows = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
    return [{str(k).lower().replace(" ", ""): v for k, v in row.items() if k} for row in rows] or None


def counts(path, data):
    rows = _rows(data)
    if not rows:
        return None
    keys = set(rows[0])
    named = [r for r in rows if r.get("name")]
    if "startprocesscron" in keys:
        return {"steps": 0, "calls": sum(1 for r in rows if r.get("releasename")), "human": 0}
    if {"slug", "callingmode"} <= keys:
        return {"steps": 0, "calls": len(named), "human": 0}
    if "maxnumberofretries" in keys:
        linked = sum(1 for r in named if r.get("release") or r.get("releasename"))
        return {"steps": len(named), "calls": len(named) + linked, "human": 0}
    if "valuetype" in keys or "storageprovider" in keys:
        return {"steps": 0, "calls": len(named), "human": 0}
    if keys & {"unattendedslots", "propagatetosubfolders"}:
        return {"steps": 0, "calls": len(named), "human": 0}
    if "processkey" in keys or {"name", "id", "version", "entrypoint"} <= keys:
        runners = {}
        for r in named:
            package = r.get("processkey") or r.get("id")
            runners.setdefault(package, set()).add(r["name"])
        shared = [r for r in named if len(runners[r.get("processkey") or r.get("id")]) > 1
                  and r["name"] != (r.get("processkey") or r.get("id"))]
        return {"steps": 0, "calls": len(shared), "human": 0}
    if {"path", "name", "description", "encrypted"} == keys:
        return {"steps": len(named), "calls": 0, "human": len(named)}
    return None
