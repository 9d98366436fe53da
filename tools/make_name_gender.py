"""Writes examples/data/name_gender.csv: made-up names with the dirt that real files have.  Same file every time."""

from __future__ import annotations

import random
from pathlib import Path

TARGET = Path(__file__).parent.parent / "examples" / "data" / "name_gender.csv"
STARTS = (
    "Ada", "Bel", "Cor", "Dai", "El", "Fen", "Gal", "Hana", "Ili", "Jun", "Kas", "Lor", "Min",
    "Nor", "Oph", "Pia", "Qui", "Ros", "Sel", "Tam", "Uma", "Ves", "Wyn", "Xan", "Yun", "Zel",
)  # fmt: skip
MIDDLES = ["", "la", "ri", "no", "mi", "ve", "sa", "tu"]
ENDS = ["n", "ra", "s", "lie", "ko", "na", "d", "th", "bo", "wen", "mar", "sha", "lis", "do"]


def main() -> None:
    """Write the file: a header, about 2,700 good rows, and blank, broken, repeated and contradictory ones."""
    rng = random.Random(20220505)
    names = sorted({start + middle + end for start in STARTS for middle in MIDDLES for end in ENDS})
    rng.shuffle(names)
    lines = ["name,gender"]
    for name in names:
        gender = rng.choices(["F", "M", "Unisex"], [48, 47, 5])[0]
        dirt = rng.random()
        if dirt < 0.010:
            lines.append(f"  {name} , {gender.lower()} ")  # stray spaces and lower case: can be mended
        elif dirt < 0.016:
            lines += [f"{name},{gender}", ""]  # a blank line
        elif dirt < 0.022:
            lines += [f"{name},{gender}", f"{name},{gender}"]  # the same row twice
        elif dirt < 0.025:
            lines += [f"{name},F", f"{name},M"]  # the same key with two answers
        elif dirt < 0.029:
            lines.append(f"{name},")  # no gender
        elif dirt < 0.031:
            lines.append(f"{name},{gender},2022")  # a column too many
        elif dirt < 0.033:
            lines.append(f'"{name}, Jr.",{gender}')  # a comma inside quotes: a good row
        else:
            lines.append(f"{name},{gender}")
    lines += ["Renée,F", "Zoë,F", "O'Neil,M", "지우,Unisex", "Robert'); DROP TABLE name_gender;--,M"]
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
