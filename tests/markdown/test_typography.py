"""Typography: true quotes, dashes, primes and ranges, in texts and in titles, and what typogrify makes of the rest."""

import re
from random import Random

import pytest
from smartypants import Attr, smartypants
from typogrify.filters import applyfilters, initial_quotes, process_ignores, widont

from clinic.rendering.typography import typogrified, with_true_signs

PIECES = (
    *('"', "'", "''", "``", "--", "---", "-", "...", ". . .", "\\", " ", "\n", "\n\n", "&", " & ", "&amp;", "&#38;"),
    *("word", "x", "e", "$", "1", "don't", "80s", "NHS", "A1B", "G.P.", "U. K. ", "“", "&ldquo;", "&nbsp;"),
    *("<p>", "</p>", "<li>", "</li>", '<h2 id="x">', "</h2>", "<dt>", "</dt>", "<br>", "<em>", "</em>", "<b>", "</b>"),
    *("<a href='x & y'>", "<A>", "</a>", '<span class="caps">', "</span>", "<", "> ", "<!--", "<!--x-->"),
    *("<code>", "</code>", "<pre>", "</pre>", "<PRE>", "</PRE>", "<kbd>", "</kbd>", "<script>", "</script>"),
)


def typogrify(markup: str) -> str:
    """Typogrify's filters as it applies them, with two kinds of dashes; capitals and ampersands stay unmarked."""
    filters = (lambda text: smartypants(text, Attr.set2 | Attr.u), initial_quotes, widont)

    def filtered(text: str) -> str:
        for change in filters:
            text = change(text)
        return text

    assert callable(applyfilters)  # the order above is that of this function
    return "".join(filtered(text) if is_prose else text for text, is_prose in process_ignores(markup))


def without_ours(markup: str) -> bool:
    """Whether nothing stands there that we read otherwise.

    Quotes after dashes, before figures and behind them; and ``<br>``, which typogrify takes for ``<b>``.
    """
    ours = ("-'", '-"', "'1", "1'", '1"', "1</", "'8", "—", "–", "<br>", "-1", "1-")
    return not any(sign in markup for sign in ours)


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "A plain title with nothing in it",
        'Hips & knees: "what doesn\'t hurt"',
        "<p>The NHS says -- since 1948 --- to move...</p>\n<ul><li>A G.P. & you</li></ul>",
        '<p><em>"</em>Quoted<em>"</em></p>',
        '<p>Before "this"</p><pre>not "this"</pre><p>and <code>--x</code> "that" too</p>',
        '<p><kbd>"A" & B1B</kbd> <!-- "a" -- b --> end of it</p>',
        '<p><a href="/a?b&c" title="One & two">One & two</a> are enough</p>',
    ],
)
def test_the_text_is_what_typogrify_makes_of_it(markup: str) -> None:
    assert typogrified(markup) == typogrify(markup)


def test_texts_thrown_together_are_what_typogrify_makes_of_them() -> None:
    chance = Random(2)  # noqa: S311 (chance is wanted that repeats itself)
    compared = 0
    for _ in range(3000):
        markup = "".join(chance.choices(PIECES, k=chance.randint(1, 25)))
        if without_ours(markup):
            ours, theirs = (
                re.sub(r"(?:\s|&nbsp;)+", " ", made(markup)) for made in (typogrified, typogrify)
            )  # but for widows
            assert ours == theirs, markup
            compared += 1
    assert compared > 1000


SIGNS = {
    "Rest -- then move": "Rest – then move",
    "Rest --- then move": "Rest — then move",
    "Wait...": "Wait…",
    "In the '90s": "In the ’90s",
    "'90s rock 'n' roll, 'til '68": "’90s rock ’n’ roll, ’til ’68",
    "'Tis 'the season'": "’Tis ‘the season’",
    "rock'n'roll, dogs' bowls": "rock’n’roll, dogs’ bowls",
    "She is 5'10\" tall": "She is 5′10″ tall",
    "She is 5' 10'' tall": "She is 5′10″ tall",
    'Rest --"yes"': "Rest –“yes”",
    "Rest—'yes'": "Rest—‘yes’",
    'A "quoted" word': "A “quoted” word",
    "'A quoted' word": "‘A quoted’ word",
    "3-5 days, 10-12 times": "3–5 days, 10–12 times",
    "£40-60 or £40-£60": "£40–60 or £40–£60",
    "9:00-17:00, 9am-5pm, 5-6pm": "9:00–17:00, 9am–5pm, 5–6pm",
    "2019-2024, 7.5-10 km, 1st-3rd": "2019–2024, 7.5–10 km, 1st–3rd",
    "100-150 ml": "100–150 ml",
    "1,000-2,000 steps, 12-2pm": "1,000–2,000 steps, 12–2pm",
    "1914-18 and 2024-25": "1914–18 and 2024–25",
    "a 12\" ruler, 6' wide": "a 12″ ruler, 6′ wide",
    "her 12' x 10' room, 7'6 high": "her 12′ x 10′ room, 7′6 high",
    'A "size 12" and a 12" ruler': "A “size 12” and a 12″ ruler",
    "In 'size 6' and '90s shoes of 6'": "In ‘size 6’ and ’90s shoes of 6′",
    'rock-\'n\'-roll, "a"/"b"': "rock-’n’-roll, “a”/“b”",
    "https://example.com/a--b--2-3": "https://example.com/a--b--2-3",
}
AS_TYPED = (
    *("a 1-1 session", "open 24-7", "it ended 3-0", "0800-123", "555-0123", "1-800-555-0123", "2024-01-02"),
    *("10-4-2024", "C5-6 and L4-L5", "A1-2", "4-a-side", "co-op", "WD-40", "ISO 9001-2:2015", "07700 900-123"),
    *("2024-05", "089 123-456", "(555) 123-456", "96-0123", "me--you@example.com"),
)


@pytest.mark.parametrize(("typed", "shown"), SIGNS.items())
def test_signs_are_true_ones_in_texts_and_in_titles(typed: str, shown: str) -> None:
    assert with_true_signs(typed) == shown
    assert (
        typogrified(f"<p>{typed} and more words</p>")
        .replace('<span class="dquo">“</span>', "“")
        .replace('<span class="quo">‘</span>', "‘")
        .replace("&nbsp;", " ")
        == f"<p>{shown} and more words</p>"
    )


@pytest.mark.parametrize("typed", AS_TYPED)
def test_numbers_that_are_no_range_stay_as_typed(typed: str) -> None:
    assert with_true_signs(typed) == typed


@pytest.mark.parametrize("typed", ["a < b & c", "AT&T", "Pins & needles", "&nbsp;", "<b>"])
def test_a_plain_title_stays_plain(typed: str) -> None:
    assert with_true_signs(f'{typed} "x"') == f"{typed} “x”"


def test_a_name_with_an_ampersand_or_capitals_is_set_as_the_words_beside_it() -> None:
    assert typogrified("<h2>LMH & Sons, R&amp;D</h2>") == "<h2>LMH & Sons,&nbsp;R&amp;D</h2>"


def test_two_long_words_at_the_end_are_not_bound() -> None:
    assert typogrified("<p>Wir wollen langsam laufen.</p>") == "<p>Wir wollen langsam laufen.</p>"


def test_a_line_that_a_break_begins_is_not_set_in() -> None:
    assert typogrified("<p>12 High Street<br>\nLarkmouth</p>") == "<p>12 High Street<br>\nLarkmouth</p>"


def test_a_quotation_with_marked_words_ends_with_a_quotation_mark() -> None:
    assert typogrified('<p>"He <b>is</b> size 12" she said to them</p>').count("”") == 1


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("an e-mail or so", 'an <span class="no-wrap">e-mail</span> or so'),
        ("an X-ray, then", 'an <span class="no-wrap">X-ray</span>, then'),
        ("call 01632 960 111 today", "call 01632&nbsp;960&nbsp;111 today"),
        ("call +353 1 555 0123 today", "call +353&nbsp;1&nbsp;555&nbsp;0123 today"),
        ('<a href="/x-ray/">see</a> x-ray.example.com', '<a href="/x-ray/">see</a> x-ray.example.com'),
        ("in 2025 12 people came", "in 2025 12 people came"),
        ("mit EC-Karte oder", 'mit <span class="no-wrap">EC-Karte</span> oder'),
        ("trefnu ar-lein nawr", 'trefnu <span class="no-wrap">ar-lein</span> nawr'),
        ("um 17 Uhr, 5 km, 2.5 kg", "um 17&nbsp;Uhr, 5&nbsp;km, 2.5&nbsp;kg"),
        ("at 5 pm, 50 % of 3 meals", "at 5&nbsp;pm, 50&nbsp;% of 3 meals"),
    ],
)
def test_no_line_breaks_a_short_compound_a_measure_or_a_telephone_number(words: str, shown: str) -> None:
    assert typogrified(words + " by the sea") == shown + " by the&nbsp;sea"
