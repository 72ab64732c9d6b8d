"""The page of a race: the machine, its limits, and one line for each row."""
import re
import statistics


def machine_name(machine):
    """A file name for a machine: amd-epyc-2-cores-avx-512."""
    return re.sub(r"[^a-z0-9]+", "-", f"{machine['processor']} {machine['cores']} cores {machine['vectors']}".lower()).strip("-")


def duration(seconds):
    for unit, factor in (("us", 1e6), ("ms", 1e3)):
        if seconds * factor < 1000:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds:.3g} s"


def median_seconds(turns):
    return statistics.median(turn["seconds"] for turn in turns)


def ratio(turns, own):
    """How many times longer a side takes than Locus: the median over turns, and the least and the most."""
    ratios = [turn["seconds"] / beside["seconds"] for turn, beside in zip(turns, own)]
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def cells(row, names):
    """A row's text: medians over turns of the times and of the shares of the turn's own peak."""
    own = row["turns"]["locus"]
    work = own[0].get("flops")
    share = lambda turns: f"{statistics.median(work / turn['seconds'] * peak['seconds'] / peak['flops'] for turn, peak in zip(turns, row['peaks'])):.0%}" if work else ""
    yield from (row["name"], str(row["order"]["threads"]), duration(median_seconds(own)), share(own))
    for name in names:
        turns = row["turns"].get(name)
        yield from (duration(median_seconds(turns)), share(turns), ratio(turns, own)) if turns else ("", "", "")


def table(head, lines):
    widths = [max(len(line[c]) for line in [head] + lines) for c in range(len(head))]
    text = lambda line: "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |"
    return "\n".join([text(head), "|" + "|".join("-" * (width + 2) for width in widths) + "|"] + [text(line) for line in lines])


def write(result):
    """The whole page, in Markdown."""
    machine = result["machine"]
    names = [name for name in result["sides"] if name != "locus"]
    parts = [f"# Race on {machine['processor']}, {machine['cores']} cores, {machine['vectors']}", ""]
    parts += [f"{machine['started'][:10]}, {machine['runtime']}, {machine['system']}. {result['turns']} turns of {result['seconds']} s for each side in each row."]
    parts += [f"Load of the machine before the start: {result['load']:.1f}."]
    for name, side in result["sides"].items():
        libraries = ", ".join(side.get("libraries", []))
        parts.append(f"{name}: {side['side']}{f' ({libraries})' if libraries else ''}.")
    for limit in result["limits"]:
        parts.append(f"Limits with threads = {limit['threads']}: {limit['flopsPerSecond'] / 1e9:.0f} GFLOP/s of fused multiply-adds, {limit['bytesPerSecond'] / 1e9:.1f} GB/s of memory.")
    head = ["work", "threads", "locus", "of peak"]
    for name in names:
        head += [name, "of peak", f"{name} / locus, median (least to most)"]
    lines = [list(cells(row, names)) for row in result["rows"]]
    return "\n".join(parts[:2]) + "\n" + "  \n".join(parts[2:]) + "\n\n" + table(head, lines)
