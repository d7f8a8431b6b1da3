"""Figures as tables of numbers, by title, row and column."""

Row = dict[str, float]
Table = dict[str, Row]
Tables = dict[str, Table]


def merged(*all_: Tables) -> Tables:
    """Put tables into one another."""
    whole: Tables = {}
    for tables in all_:
        for title, table in tables.items():
            for name, row in table.items():
                whole.setdefault(title, {}).setdefault(name, {}).update(row)
    return whole
