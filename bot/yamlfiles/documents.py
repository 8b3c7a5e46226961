"""YAML text as located values, and a text as YAML.

Every scalar is the text that the editor typed: `yes`, `no`, `2008` and `12:30` are phrases, never booleans, numbers or
times. Anchors, tags and merge keys are refused; no editor of phrases needs them, and hostile YAML is made of them.
A document is read as a flat stream of parser events, so that its depth is bounded and every value keeps its place.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

import yaml

from bot.yamlfiles.mistakes import Place, probable_cuts, syntax_mistake
from bot.yamlfiles.problems import Location, Problem

MAX_BYTES = 4_000_000
"""Of one file. Larger than any that people write by hand (our largest has 0.2 MB); bounds memory and time."""

MAX_DEPTH = 12
"""The deepest of our own documents nests five levels."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Not allowed in YAML (https://yaml.org/spec/1.2.2/#51-character-set)."""
_PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.;?!’“”«»()/%&؟،\u200c'-]|:(?=\S)){0,2000}(?<! )")
"""Texts that need no quotation marks as the value of a key or as an item of a list."""
_NO_TEXTS = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that may not stand in YAML as they are, or that end a line in it (YAML 1.1, section 5)."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Text(NamedTuple):
    """A scalar, as typed. A key without a value (`title:`) has the empty text. `joined` says of an item of a list in
    lines that it runs over several of them without quotation marks."""

    value: str
    at: Location
    joined: bool = False

    @property
    def kind(self) -> str:
        return "a text" if self.value else "nothing"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list ("- item" lines, or [a, b]). `begins` is [ or a dash in quotation marks."""

    items: tuple["Node", ...]
    at: Location
    begins: str
    kind: ClassVar[str] = "a list"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, in file order. Keys are unique. `begins` is { or ? where it begins so."""

    entries: tuple[tuple[Text, "Node"], ...]
    at: Location
    begins: str = ""
    kind: ClassVar[str] = "a mapping (key: value)"

    def get(self, key: str) -> "Node | None":
        return next((value for name, value in self.entries if name.value == key), None)


Node = Text | Listing | Mapping


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been read yet."""

    at: Location
    is_mapping: bool
    in_brackets: bool = True
    children: list[Node] = field(default_factory=list)


def decode_document(raw: bytes, path: str) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a file, or the reason why it is none. A byte order mark (from Windows editors) is dropped."""
    if len(raw) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1_000_000} MB; split it into several files"
        return None, (Problem(Location(path), "yaml-syntax", message),)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"not UTF-8 text (byte {error.start}); save the file with the encoding UTF-8"
        before = error.object[: error.start].decode(errors="replace")
        return None, (Problem(Location.of_offset(path, before, len(before)), "yaml-syntax", message),)
    control = _CONTROL.search(text)
    if control:
        message = f"the character U+{ord(control.group()):04X} cannot be seen and is no text; delete it"
        return None, (Problem(Location.of_offset(path, text, control.start()), "yaml-syntax", message),)
    return text, ()


def written(text: str) -> str:
    r"""`text` as a YAML value that reads back the same: plain where that is safe, else in quotation marks.

    >>> print(written("Who is he?"), written("no: 7"), written("a\nb"))
    Who is he? "no: 7" "a\nb"

    Words that other YAML readers take for something else ("yes", "null") are put in quotation marks, too.
    """
    is_plain = _PLAIN.fullmatch(text) and text.casefold() not in _NO_TEXTS
    return text if is_plain else in_quotation_marks(text)


def in_quotation_marks(text: str) -> str:
    """`text` as a YAML value in double quotation marks; YAML's escapes are a superset of JSON's."""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def parse_document(text: str, path: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """The one document in `text` as located values, and every problem met on the way.

    >>> node, problems = parse_document("phrases: [yes, 2008]", "a.yaml")
    >>> [item.value for item in node.get("phrases").items], problems
    (['yes', '2008'], ())

    The node is None when the text cannot be used at all (a syntax error, an empty file).
    """
    scalars: list[yaml.ScalarEvent] = []
    try:
        return _read_events(text, path, scalars)
    except yaml.YAMLError as error:
        return None, (_syntax_problem(error, text, path, scalars),)


def _read_events(
    text: str, path: str, scalars: list["yaml.ScalarEvent"]
) -> tuple[Node | None, tuple[Problem, ...]]:
    """The last text is kept in `scalars`, which tells where a mistake began."""
    cuts = probable_cuts(text)
    problems: list[Problem] = []
    documents = _Open(Location(path), is_mapping=False)
    open_nodes = [documents]
    for event in yaml.parse(text, Loader=_LOADER):
        mark, end = event.start_mark, event.end_mark
        assert mark, "both parsers give each event its place"
        assert end
        at = Location(path, mark.line + 1, mark.column + 1)
        if isinstance(event, yaml.NodeEvent) and (event.anchor or getattr(event, "tag", None)):
            problems += _indirection_problems(event, at)
        if isinstance(event, yaml.ScalarEvent):
            parent = open_nodes[-1]
            in_lines = not event.style and not parent.is_mapping and not parent.in_brackets
            parent.children.append(Text(event.value, at, joined=in_lines and end.line > mark.line))
            scalars[:] = [event]
            if not event.style and (end.line, end.column) in cuts:
                message = 'the text ends before " #"; quote the whole line, or write "# " before a comment'
                cut = Location(path, end.line + 1, end.column + 2)
                problems.append(Problem(cut, "cut-text", message, "warning"))
        elif isinstance(event, yaml.AliasEvent):
            open_nodes[-1].children.append(Text(f"*{event.anchor}", at))
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(open_nodes) > MAX_DEPTH:
                message = f"nested deeper than {MAX_DEPTH} levels; check the indentation"
                return None, (*problems, Problem(at, "yaml-syntax", message))
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            open_nodes.append(_Open(at, is_mapping, bool(event.flow_style)))
        elif isinstance(event, yaml.CollectionEndEvent):
            opened, parent = open_nodes.pop(), open_nodes[-1]
            node, found = _close(opened, is_item=not parent.is_mapping and not parent.in_brackets)
            problems += found
            parent.children.append(node)
    root = documents.children[0] if documents.children else Text("", documents.at)
    for second in documents.children[1:]:
        message = "a second document begins here; one file holds one document (remove ---)"
        problems.append(Problem(second.at, "yaml-syntax", message))
    if isinstance(root, Text) and not root.value.strip():
        message = "the file is empty; write its content or delete the file"
        return None, (*problems, Problem(Location(path), "empty-file", message))
    return root, tuple(problems)


def _indirection_problems(event: "yaml.NodeEvent", at: Location) -> Iterator[Problem]:
    tag = getattr(event, "tag", None)
    if isinstance(event, yaml.AliasEvent):
        message = f"the alias *{event.anchor} is not read; put text that begins with * in quotes"
        yield Problem(at, "yaml-syntax", message)
    elif event.anchor:
        message = f"the anchor &{event.anchor} is not read; put text that begins with & in quotes"
        yield Problem(at, "yaml-syntax", message)
    if tag and tag != "!":  # "!" is how the parser marks an ordinary scalar in quotation marks
        message = f"the tag {tag} is not read; put text that begins with ! in quotes"
        yield Problem(at, "yaml-syntax", message)


def _close(opened: _Open, *, is_item: bool) -> tuple[Node, list[Problem]]:
    """The finished list or mapping; of a repeated key the first value is kept. Where it is the first key of an item,
    the dash of the next item was probably lost, and the keys below are that one's."""
    if not opened.is_mapping:
        return Listing(tuple(opened.children), opened.at, "[" if opened.in_brackets else '"- "'), []
    problems: list[Problem] = []
    entries: dict[str, tuple[Text, Node]] = {}
    for key, value in zip(opened.children[::2], opened.children[1::2], strict=True):
        if not isinstance(key, Text):
            message = "a key must be plain text; check the brackets and the dashes"
            problems.append(Problem(key.at, "yaml-syntax", message))
        elif key.value in entries:
            first = entries[key.value][0].at.line
            message = f'the key "{key.value}" stands already in line {first}; keep one of the two'
            begins_anew = is_item and key.value == next(iter(entries))
            advice = ', or write "- " before it where the next item begins' if begins_anew else ""
            problems.append(Problem(key.at, "duplicate-key", message + advice))
            if begins_anew:
                break
        else:
            entries[key.value] = (key, value)
    has_question_mark = opened.children and opened.children[0].at != opened.at
    begins = "{" if opened.in_brackets else "?" if has_question_mark else ""
    return Mapping(tuple(entries.values()), opened.at, begins), problems


def _syntax_problem(
    error: yaml.YAMLError, text: str, path: str, scalars: list["yaml.ScalarEvent"]
) -> Problem:
    """What is probably mistyped, or else PyYAML's complaint, in one line and with a place."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place, began = _place(mark), _place(getattr(error, "context_mark", None) or mark)
    last = next(((_place(e.start_mark), _place(e.end_mark), bool(e.style)) for e in scalars), None)
    found = syntax_mistake(text.splitlines(), place, began, last, str(error))
    if found is None:
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML"
        hint = "check the indentation, and put text that contains ': ' or ' #' in quotes"
        found = place, f"cannot be read ({reason}); {hint}"
    (line, column), message = found
    return Problem(Location(path, line + 1, column + 1), "yaml-syntax", message)


def _place(mark: Any) -> Place:
    """The place of a mark of either parser."""
    return (mark.line, mark.column) if mark else (0, 0)
