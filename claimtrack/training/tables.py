"""How the tables of countries and first names that ship with ``claimtrack.speakers`` were made.

python -m claimtrack.training.tables claimtrack/speakers/tables

Countries, capitals and demonyms come from CLDR (through Babel) and countryinfo, first names from the United
States census of 1990 (through names) and Faker. What these lack or have wrong is added by hand in
``places.csv``, never in the generated files. Needs the ``train`` extra.
"""

from __future__ import annotations

import importlib
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LOCALES = [
    "en_US",
    "en_GB",
    "en_IE",
    "en_IN",
    "en_NG",
    "en_KE",
    "de_DE",
    "de_AT",
    "fr_FR",
    "fr_CA",
    "es_ES",
    "es_MX",
    "it_IT",
    "pl_PL",
    "nl_NL",
    "sv_SE",
    "no_NO",
    "da_DK",
    "fi_FI",
    "pt_PT",
    "cs_CZ",
    "hr_HR",
    "ro_RO",
    "hu_HU",
    "tr_TR",
    "et_EE",
    "lt_LT",
    "lv_LV",
    "id_ID",
    "sk_SK",
    "sl_SI",
    "yo_NG",
    "ha_NG",
    "ru_RU",
    "uk_UA",
]

CYRILLIC = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёыэъ",
        [
            "a",
            "b",
            "v",
            "h",
            "g",
            "d",
            "e",
            "ye",
            "zh",
            "z",
            "y",
            "i",
            "yi",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "_",
            "yu",
            "ya",
            "yo",
            "y",
            "e",
            "_",
        ],
        strict=True,
    )
)
"""Letter by letter, as news agencies write Ukrainian; Russian г is put right by itself."""

CLEAR = 0.9
"""The share of bearers above which a first name tells the gender."""

OFFICIAL = ("Republic", "Kingdom", "Federation", "Confederation", "Emirate", "Sultanate", "Grand Duchy", "State of")


def countries() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield code, name, other names, capital and demonyms of each country."""
    from babel import Locale
    from countryinfo import CountryInfo

    for code, cldr in sorted(Locale("en").territories.items()):
        if len(code) != 2 or not code.isalpha():
            continue
        try:
            facts: dict[str, Any] = CountryInfo(code).info()
        except Exception:  # CLDR has territories that are no countries
            continue
        name = cldr.partition(" (")[0].replace("&", "and").replace("’", "'").removesuffix(" SAR China")
        found = [facts["name"], *facts.get("altSpellings", [])]
        others = {
            o
            for o in found
            if "," not in o and (o == facts["name"] or any(o.startswith(w) or f" {w}" in o for w in OFFICIAL))
        }
        if " (" in cldr:
            others.add(cldr.partition(" (")[2].rstrip(")"))
        plain = {o for o in others if o != name and o.isascii() and len(o) > 3 and " (" not in o}
        demonyms = [d.strip() for d in str(facts.get("demonym") or "").split(",") if d.strip() and d.strip() != name]
        yield code, name, ";".join(sorted(plain)), facts.get("capital") or "", ";".join(demonyms)


def first_names() -> dict[str, str]:
    """Return ``m`` or ``f`` for each first name that tells the gender."""
    import names

    folder = Path(names.__file__).parent
    weights: dict[str, dict[str, float]] = defaultdict(lambda: {"m": 0.0, "f": 0.0})
    for gender, file in (("m", "dist.male.first"), ("f", "dist.female.first")):
        for line in (folder / file).read_text().splitlines():
            name, share = line.split()[:2]
            weights[name.capitalize()][gender] += float(share)
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for gender, attribute in (("m", "first_names_male"), ("f", "first_names_female")):
            for name in getattr(provider, attribute, ()):
                latin = transliterated(name, russian=locale == "ru_RU")
                if latin.isalpha() and len(latin) > 2:
                    weights[latin][gender] += 0.002
    told = {}
    for name, by in weights.items():
        total = by["m"] + by["f"]
        if max(by.values()) / total >= CLEAR:
            told[name] = max(by, key=by.__getitem__)
    return told


def transliterated(name: str, russian: bool) -> str:
    """Return a name in Latin letters, Cyrillic ones replaced as news agencies do."""
    letters = {**CYRILLIC, "г": "g", "и": "i"} if russian else CYRILLIC
    written = "".join(letters.get(letter, letter).replace("_", "") for letter in name.lower())
    return written.capitalize()


def main(folder: Path) -> None:
    """Write ``countries.csv`` and ``first_names.csv``."""
    rows = [",".join(row) for row in countries()]
    (folder / "countries.csv").write_text(
        "# Made by claimtrack/training/tables.py from Unicode CLDR (Unicode-3.0) and countryinfo (MIT); do not edit:\n"
        "# corrections go to places.csv. Several values are separated by semicolons.\n"
        "code,name,other_names,capital,demonyms\n" + "\n".join(rows) + "\n",
        encoding="utf-8",
    )
    told = first_names()
    (folder / "first_names.csv").write_text(
        "# Made by claimtrack/training/tables.py from the census of 1990 of the United States (public domain) and\n"
        f"# Faker (MIT); do not edit. Names of which {CLEAR:.0%} or more of the bearers have one gender.\n"
        "gender,names\n"
        + "".join(f"{gender},{' '.join(sorted(n for n, g in told.items() if g == gender))}\n" for gender in ("f", "m")),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
