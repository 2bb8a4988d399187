"""Propose which text is a witness of which agreement, where no one has said it: by title, date and length."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz.fuzz import partial_ratio

from sco_docs.align.fold import fold
from sco_docs.align.lexicon import Lexicon, installed_lexicon, translation_weights
from sco_docs.align.segments import segments
from sco_docs.align.tokens import tokens
from sco_docs.align.units import order
from sco_docs.align.versions import tongue
from sco_docs.model import Agreement, Problem, WitnessSetting

_LEAST = 1.0
_TITLE, _DATE, _LENGTH = 1.0, 0.6, 0.3  # what the same title, date and length count for
_OTHER_DATE = -0.8
_LETTERS = {"zh": 1.0, "en": 3.2, "ru": 3.6}  # letters for one Chinese character
_RATIO = 1.6  # texts of which one is so much longer are not of one length


def propose_witnesses(
    agreements: Sequence[Agreement], candidates: Iterable[tuple[str, Agreement]], lexicon: Lexicon | None = None
) -> tuple[tuple[WitnessSetting, ...], tuple[Problem, ...]]:
    """Return for each candidate (file name, the agreement read from it) the agreement that it may be a witness of.

    Each proposal is also a problem ``witness-proposed`` (``info``) with the lines for ``sco-docs.toml``. A candidate
    that fits none, or two equally well, is not proposed.
    """
    lexicon = lexicon or installed_lexicon()
    proposals: list[WitnessSetting] = []
    for name, candidate in candidates:
        fits = sorted(((_fit(a, candidate, lexicon), a.n) for a in agreements), reverse=True)
        if fits and fits[0][0] >= _LEAST and (len(fits) == 1 or fits[1][0] < fits[0][0]):
            proposals.append(WitnessSetting(name, fits[0][1], candidate.language))
    return tuple(proposals), tuple(map(_problem, proposals))


def _problem(proposal: WitnessSetting) -> Problem:
    lines = f'[[source.witness]]\nfile = "{proposal.file}"\nagreement = {proposal.agreement}'
    return Problem(
        "witness-proposed",
        "info",
        f"{proposal.file} reads like a version of agreement {proposal.agreement} ({proposal.language}).",
        evidence=f'{lines}\nlanguage = "{proposal.language}"',
        advice="If it is one, add these lines under [[source]] in sco-docs.toml.",
    )


def _fit(agreement: Agreement, candidate: Agreement, lexicon: Lexicon) -> float:
    """How well title, date and length agree; the words of the title count alone where there is no date."""
    fit = _TITLE * _title_likeness(agreement, candidate, lexicon)
    dates = [a.date_signed or a.date_heading for a in (agreement, candidate)]
    if dates[0] and dates[1]:
        same = dates[0].startswith(dates[1]) or dates[1].startswith(dates[0])
        fit += _DATE if same else _OTHER_DATE
    sizes = [_size(agreement), _size(candidate)]
    return fit + (_LENGTH if max(sizes) <= _RATIO * min(sizes) else 0.0)


def _size(agreement: Agreement) -> float:
    letters = sum(len("".join(segment.text.split())) for segment in segments(agreement))
    return letters / _LETTERS[tongue(agreement.language)]


def _title_likeness(a: Agreement, b: Agreement, lexicon: Lexicon) -> float:
    return max((_alike(x, y, a, b, lexicon) for x in _titles(a) for y in _titles(b)), default=0.0)


def _titles(agreement: Agreement) -> list[str]:
    return [t.text for t in (agreement.title, agreement.appendix_title) if t is not None and t.text.strip()]


def _alike(x: str, y: str, a: Agreement, b: Agreement, lexicon: Lexicon) -> float:
    tongues = (tongue(a.language), tongue(b.language))
    if tongues[0] == tongues[1]:
        bare = ["".join(c for c in fold(title) if c.isalnum()) for title in (x, y)]
        return partial_ratio(*bare) / 100 if min(map(len, bare)) > 3 else 0.0
    if order(tongues) != tongues:
        x, y, tongues = y, x, order(tongues)
    words = [list(dict.fromkeys(tokens(t, tongue_, lexicon.words))) for t, tongue_ in zip((x, y), tongues, strict=True)]
    if not words[0] or not words[1]:
        return 0.0
    reached = {j for _, j in translation_weights(words[0], words[1], tongues, lexicon)}
    return len(reached) / len(words[1])
