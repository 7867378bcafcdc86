"""The command line: data on standard output, messages and progress on standard error; 0 done, 2 bad input."""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypedDict

import biaslens
from biaslens.errors import BiaslensError
from biaslens.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

DONE, BAD_INPUT = 0, 2

_DESCRIPTION = """\
Compare how news outlets frame the same events, offline, with the sentence behind every number.

A PATH is a .txt, .html, .csv, .tsv, .json or .jsonl file, or a folder of text files or saved web pages. A
folder may hold an index.csv with the columns file, outlet, date; without it, outlets are inferred from the
credit lines of the articles."""

_EXAMPLES = """\
examples:
  biaslens compare seeds/                          the comparison as text
  biaslens compare seeds/ --report report.html     ... and as one page for the browser
  biaslens compare articles.csv --text body --outlet source --json > result.json
  biaslens clean article.txt                       what is left without captions, credits, appeals
  biaslens measures                                what is measured, with formulas and caveats"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code: 0 done, 2 bad input."""
    options = _parser().parse_args(arguments)
    _tolerate_any_console()
    try:
        command: Callable[[argparse.Namespace], None] = options.command
        command(options)
    except BiaslensError as error:
        print(f"biaslens: {error}", file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        # Whoever read our output has seen enough ("| head"); a second complaint at exit is avoided.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        print(f"biaslens: {error.strerror}: {error.filename}", file=sys.stderr)
        return BAD_INPUT
    return DONE


def _tolerate_any_console() -> None:
    """Article text may hold what a console cannot show: it is escaped, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="biaslens",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"biaslens {biaslens.__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    compare = _add(commands, "compare", _compare, "compare the outlets of some articles")
    compare.add_argument("--report", metavar="FILE", help="also write one self-contained HTML page")
    compare.add_argument("--excel", metavar="FILE", help="also write a workbook with a sheet per table")
    compare.add_argument("--json", action="store_true", help="print every table as JSON instead of text")
    compare.add_argument(
        "--coding-sheet", metavar="FILE", help="also write a sheet (.xlsx, .csv) of sentences to code by hand"
    )
    compare.add_argument(
        "--items", type=int, default=200, metavar="N", help="rows of the coding sheet (default: 200)"
    )
    compare.add_argument(
        "--granularity",
        choices=["event", "story"],
        default="event",
        help="compare inside single events, or inside longer stories (default: event)",
    )

    _add_lexicons(compare)

    clean = _add(commands, "clean", _clean, "print articles without boilerplate")
    instead = clean.add_mutually_exclusive_group()
    instead.add_argument("--removed", action="store_true", help="print what was removed, and why, instead")
    instead.add_argument(
        "--flagged", action="store_true", help="print what is doubtful and was kept, instead"
    )
    score = _add(commands, "score", _score, "print every measure of every article")
    score.add_argument(
        "--jobs", type=int, default=1, metavar="N", help="processes to use, -1 for one per core (default: 1)"
    )
    _add_lexicons(score)
    _add(commands, "events", _events, "print the event of every article")
    _add(commands, "voices", _voices, "print quotations and attributions")
    agreement = commands.add_parser(
        "agreement",
        help="print how far coders agree, and the measures with them",
        description="Print how far coders agree, and the measures with them, from a filled-in coding sheet.",
    )
    agreement.add_argument("paths", nargs="+", metavar="SHEET", help="the sheet, or one copy per coder")
    agreement.add_argument("--json", action="store_true", help="as JSON instead of CSV")
    agreement.set_defaults(command=_agreement)
    measures = commands.add_parser("measures", help="print the codebook", description="Print the codebook.")
    measures.add_argument("--json", action="store_true", help="as JSON instead of a table")
    _add_lexicons(measures)
    measures.set_defaults(command=_measures)
    return parser


def _add_lexicons(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--lexicon",
        action="append",
        default=[],
        metavar="FILE",
        help="also measure a word list of your own (.tsv, .csv, .txt, .dic, ...); may be given several times",
    )


def _settings(options: argparse.Namespace) -> Settings:
    return Settings(lexicons=[biaslens.read_lexicon(source) for source in options.lexicon])


def _add(
    commands: Any, name: str, run: Callable[[argparse.Namespace], None], purpose: str
) -> argparse.ArgumentParser:
    """A command that takes paths and the names of a table's columns."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=purpose, description=purpose[0].upper() + purpose[1:] + "."
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files or folders with articles")
    columns = parser.add_argument_group("names of a table's columns")
    for column in _Columns.__annotations__:
        columns.add_argument(f"--{column}", default=column, metavar="COLUMN", help=f"default: {column}")
    if name not in ("compare", "clean"):
        parser.add_argument("--json", action="store_true", help="as JSON instead of CSV")
    parser.set_defaults(command=run)
    return parser


def _read(options: argparse.Namespace) -> biaslens.Articles:
    return biaslens.read(options.paths, **_columns(options))


class _Columns(TypedDict):
    """Names of a table's columns."""

    text: str
    outlet: str
    date: str
    title: str
    id: str
    event: str


def _columns(options: argparse.Namespace) -> _Columns:
    return _Columns(
        text=options.text,
        outlet=options.outlet,
        date=options.date,
        title=options.title,
        id=options.id,
        event=options.event,
    )


def _compare(options: argparse.Namespace) -> None:
    settings = replace(_settings(options), granularity=options.granularity)
    result = biaslens.compare(options.paths, settings=settings, **_columns(options))
    if options.json:
        print(result.to_json())
    else:
        print(result.to_text(width=shutil.get_terminal_size(fallback=(100, 40)).columns))
    if options.report:
        print(f"Report: {result.report(options.report)}", file=sys.stderr)
    if options.excel:
        print(f"Workbook: {result.to_excel(options.excel)}", file=sys.stderr)
    if options.coding_sheet:
        sheet = result.coding_sheet(options.items, options.coding_sheet)
        print(f"Coding sheet: {options.coding_sheet} ({len(sheet)} items)", file=sys.stderr)


def _clean(options: argparse.Namespace) -> None:
    articles = _read(options)
    for id, cleaned in zip(articles.id, biaslens.clean_all(articles), strict=True):
        if len(articles) > 1:
            print(f"== {id}")
        if options.removed or options.flagged:
            for span in cleaned.removed if options.removed else cleaned.flagged:
                print(f"{span.start}-{span.end}\t{span.category}\t{span.reason}\t{span.text!r}")
        else:
            print(cleaned.text)


def _score(options: argparse.Namespace) -> None:
    table = biaslens.score(_read(options), settings=_settings(options), n_jobs=options.jobs)
    _print_table(table.reset_index(), options.json)


def _events(options: argparse.Namespace) -> None:
    _print_table(biaslens.group_events(_read(options)).to_frame(), options.json)


def _voices(options: argparse.Namespace) -> None:
    import pandas as pd

    articles = _read(options)
    found = {id: biaslens.voices(text) for id, text in zip(articles.id, articles.original, strict=True)}
    _print_table(pd.concat(found, names=["id"]).reset_index(level="id"), options.json)


def _agreement(options: argparse.Namespace) -> None:
    _print_table(biaslens.agreement(options.paths), options.json)


def _measures(options: argparse.Namespace) -> None:
    _print_table(biaslens.measures(_settings(options)), options.json)


def _print_table(frame: pd.DataFrame, as_json: bool) -> None:
    """A table on standard output, as CSV or as a JSON list of rows."""
    if as_json:
        rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
        print(json.dumps(rows, indent=1, default=str))
    else:
        frame.to_csv(sys.stdout, index=False, lineterminator="\n")
