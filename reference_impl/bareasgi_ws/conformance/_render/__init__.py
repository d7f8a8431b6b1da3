"""The forms of a report for people, made from its JSON form: Markdown, and a page."""
