# SPDX-License-Identifier: Apache-2.0
"""The table, the JSON file and the plot."""

import json

UNITS = {"ms": ("{:,.2f}", "ms"), "fps": ("{:,.1f}", "fps"), "MB": ("{:,.0f}", "MB"), "%": ("{:,.2f}", "%"),
         "kB": ("{:,.1f}", "kB")}


def figure(value, unit):
    if value is None:
        return "-"
    shape, name = UNITS[unit]
    if unit == "ms" and value < 0.1:
        shape = "{:,.4f}"
    return f"{shape.format(value)} {name}"


def verdict(row):
    """What became of the targets, the figure reached in front."""
    words = []
    for target in row.targets:
        limit = f"{target.limit:.0%}" if "share" in target.text else f"{target.limit:g}"
        words.append(f"{'reached' if target.reached else 'NOT REACHED'} "
                     f"({'>=' if target.at_least else '<='} {limit}{' x' if 'times' in target.text else ''})")
    return ", ".join(words)


def same(row):
    if not row.compared:
        return ""
    return "DIFFER" if row.differing else "same"


def table(rows):
    lines = [("", "peer", "Facegate", "ratio", "answers", "target", "")]
    for row in rows:
        ratio = row.ratio()
        lines.append((
            row.title, figure(row.median("peer"), row.unit), figure(row.median("facegate"), row.unit),
            f"{ratio:.2f}" if ratio else "", same(row), verdict(row), row.note))
    widths = [max(len(line[i]) for line in lines) for i in range(6)]
    for line in lines:
        cells = [line[i].rjust(widths[i]) if i in (1, 2, 3) else line[i].ljust(widths[i]) for i in range(6)]
        yield "  ".join(cells + [line[6]]).rstrip()


def conclusion(rows):
    """Which answers differ, and how many targets were reached."""
    differing = [row for row in rows if row.differing]
    for row in differing:
        for what in row.differing:
            yield f"DIFFERS: {row.title}: {what}"
    compared = sum(row.compared for row in rows)
    targets = [target for row in rows for target in row.targets]
    yield (f"Answers compared in {compared} rows, different in {len(differing)}. "
           f"Targets reached: {sum(t.reached for t in targets)} of {len(targets)}.")


def write_json(path, about, rows):
    path.write_text(json.dumps({**about, "rows": [row.as_json() for row in rows]}, indent=1) + "\n")


def plot(path, about, rows):
    """A bar for each ratio, with the target as a mark."""
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot

    shown = [row for row in rows if row.ratio()]
    if not shown:
        return
    figure, axes = pyplot.subplots(figsize=(11, 1.6 + 0.32 * len(shown)), layout="constrained")
    ratios = [row.ratio() for row in shown]
    places = range(len(shown))
    colours = ["#c0392b" if row.differing else "#2471a3" for row in shown]
    axes.barh(places, ratios, color=colours, height=0.7)
    for place, row, ratio in zip(places, shown, ratios):
        axes.text(ratio * 1.04, place, f"{ratio:.2f}" if ratio < 100 else f"{ratio:.0f}", va="center", fontsize=9,
                  bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})
        for target in row.targets:
            if "times" in target.text:
                axes.plot([target.limit] * 2, [place - 0.42, place + 0.42], color="#e67e22", linewidth=2.5,
                          zorder=4)
    axes.axvline(1, color="black", linewidth=1)
    axes.set_xscale("log")
    axes.set_xlim(min(0.5, min(ratios) * 0.8), max(ratios) * 1.8)
    axes.set_yticks(places, [row.title for row in shown], fontsize=9)
    axes.invert_yaxis()
    axes.xaxis.set_major_formatter(matplotlib.ticker.FuncFormatter(lambda value, _: f"{value:g}"))
    axes.set_xlabel("times better than face_recognition with dlib-bin (logarithmic; orange: target)")
    machine = about["machine"]
    axes.set_title(f"Facegate {about['versions']['facegate']} on {machine['processor']}, {machine['cores']} cores",
                   fontsize=11)
    axes.grid(axis="x", alpha=0.3)
    figure.savefig(path, dpi=110)
