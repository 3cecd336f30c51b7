"""Which entry carries which claim of the founding article, as a page."""

from __future__ import annotations

from bot.core.model import Knowledge


def coverage_page(knowledge: Knowledge) -> str:
    """A Markdown page with a table a group: claim and the entry that carries it; then the entries without a claim."""
    total = sum(len(entry.claims) for entry in knowledge.entries.values())
    lines = [
        "# What the founding article says, and where we say it",
        "",
        'The article is "Lower back spasms: Causes, symptoms, and prevention tips". Each of its claims stands in at',
        "least one entry, named as the article's and corrected where guidance has moved on. This page is made from the",
        "`claims` of the entries: `python -m bot check --coverage > docs/coverage.md`; a test holds it to them.",
        "",
        f"{total} claims in {sum(bool(entry.claims) for entry in knowledge.entries.values())} entries.",
    ]
    for group in knowledge.groups:
        lines += ["", f"## {group.title}", "", "| claim | entry |", "|---|---|"]
        for entry_id in group.entry_ids:
            lines += [f"| {claim.replace('|', '/')} | `{entry_id}` |" for claim in knowledge.entries[entry_id].claims]
    added = [f"`{entry.id}`" for entry in knowledge.entries.values() if not entry.claims]
    lines += ["", "## Not in the article", "", f"Added from guidance: {', '.join(added)}."]
    return "\n".join(lines) + "\n"
