"""Reads the YAML that products export, for the queries, which may use the standard library only.

Mappings and lists by indentation, flow collections, quoted and folded scalars; tags and anchors are
passed over, every scalar is a text but true, false and null. One document.
"""

import re

KEY = re.compile(r"""((?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'(?!')|[^\s\-?:,\[\]{}#&*!|>'"%@`][^#]*?|-[^\s#][^#]*?|[?:][^\s#][^#]*?)\s*):(?:\s+|$)""")


def _scalar(text):
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), text[1:-1])
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    return {"true": True, "false": False, "null": None, "~": None, "": None}.get(text, text)


class _Flow:
    def __init__(self, text):
        self.text, self.at = text, 0

    def space(self):
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def value(self):
        self.space()
        character = self.text[self.at:self.at + 1]
        if character in ("[", "{"):
            return self.items(character)
        if character in ("'", '"'):
            match = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'(?!\')', re.S).match(self.text, self.at)
            if not match:
                raise ValueError("open quote")
            self.at = match.end()
            return _scalar(match[0])
        match = re.compile(r"(?:\$\{[^}]*\}|[^,\[\]{}:]|:(?![\s,\]}]))*").match(self.text, self.at)
        self.at = match.end()
        return _scalar(match[0])

    def items(self, opening):
        closing = "]" if opening == "[" else "}"
        result = [] if opening == "[" else {}
        self.at += 1
        while True:
            self.space()
            if self.at >= len(self.text):
                raise ValueError("open collection")
            if self.text[self.at] == closing:
                self.at += 1
                return result
            if self.text[self.at] == ",":
                self.at += 1
                continue
            start = self.at
            item = self.value()
            self.space()
            if self.text[self.at:self.at + 1] == ":":
                self.at += 1
                value = self.value()
                if opening == "{":
                    result[str(item)] = value
                else:
                    result.append({str(item): value})
            elif opening == "{":
                result[str(item)] = None
            else:
                result.append(item)
            if self.at == start:
                raise ValueError("no progress")


def load(text):
    """The first document of a text; raises ValueError where it cannot be read."""
    lines = []
    for number, line in enumerate(text.replace("\t", "  ").split("\n")):
        line = line.rstrip("\r")
        if line.startswith("---") and lines and any(l.strip() for l in lines):
            break
        if line.startswith(("---", "%YAML")):
            line = ""
        lines.append(line)
    reader = _Block(lines)
    return reader.node(0)


class _Block:
    def __init__(self, lines):
        self.lines, self.at = lines, 0

    def skip(self):
        while self.at < len(self.lines):
            stripped = self.lines[self.at].strip()
            if stripped and not stripped.startswith("#"):
                return True
            self.at += 1
        return False

    def indent(self):
        line = self.lines[self.at]
        return len(line) - len(line.lstrip())

    def node(self, least):
        if not self.skip() or self.indent() < least:
            return None
        line = self.lines[self.at].strip()
        if line.startswith("- ") or line == "-":
            return self.list(self.indent())
        if KEY.match(line):
            return self.mapping(self.indent())
        text = self.lines[self.at].strip()
        self.at += 1
        return self.inline(text, least - 1)

    def list(self, indent):
        result = []
        while self.skip() and self.indent() == indent:
            line = self.lines[self.at]
            content = line.strip()
            if not (content.startswith("- ") or content == "-"):
                break
            rest = line[indent + 1:]
            if not rest.strip() or rest.strip().startswith("#"):
                self.at += 1
                result.append(self.node(indent + 1))
            elif KEY.match(rest.strip()) or rest.strip().startswith("- "):
                self.lines[self.at] = line[:indent] + " " + rest
                result.append(self.node(indent + 1))
            else:
                self.at += 1
                result.append(self.inline(rest.strip(), indent))
        return result

    def mapping(self, indent):
        result = {}
        while self.skip() and self.indent() == indent:
            match = KEY.match(self.lines[self.at].strip())
            if not match:
                raise ValueError(f"line {self.at + 1} is no member")
            key = str(_scalar(match[1]))
            rest = self.lines[self.at].strip()[match.end():].strip()
            self.at += 1
            rest = re.sub(r"^[&!]\S+\s*", "", rest)
            if not rest or rest.startswith("#"):
                # A list may stand at the indentation of its key.
                same = self.skip() and self.indent() == indent and re.match(r"-(\s|$)", self.lines[self.at].strip())
                result[key] = self.list(indent) if same else self.node(indent + 1)
            else:
                result[key] = self.inline(rest, indent)
        return result

    def inline(self, text, indent):
        """A value that begins on the line of its key; deeper lines may continue it."""
        text = re.sub(r"^[&!]\S+\s*", "", text)
        if re.match(r"[|>][+-]?\d*[+-]?(\s+#.*)?$", text):
            kept = []
            while self.at < len(self.lines):
                line = self.lines[self.at]
                if line.strip() and self.indent() <= indent:
                    break
                kept.append(line.strip())
                self.at += 1
            return ("\n" if text[0] == "|" else " ").join(kept)
        quote = text[:1]
        if quote in ("'", '"'):
            pattern = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'(?!\')', re.S)
            match = pattern.match(text)
            while not match and self.at < len(self.lines):
                text += " " + self.lines[self.at].strip()
                self.at += 1
                match = pattern.match(text)
            return _scalar(match[0]) if match else text
        if quote in ("[", "{"):
            while True:
                try:
                    return _Flow(text).value()
                except ValueError:
                    if self.at >= len(self.lines):
                        raise
                    text += " " + re.sub(r"(^|\s)#.*", "", self.lines[self.at]).strip()
                    self.at += 1
        text = re.sub(r"\s+#.*", "", text)
        while self.at < len(self.lines) and self.lines[self.at].strip() and self.indent() > indent:
            text += " " + self.lines[self.at].strip()
            self.at += 1
        return _scalar(text)
