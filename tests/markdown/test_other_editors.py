"""Markdown as people write it elsewhere, from GitHub to Word: rendered as meant, or told with its line."""

from __future__ import annotations

import re

import pytest

from tests.markdown.texts import html, rendered, seen, told

AS_MEANT = {
    "a list inside a list, by two spaces": (
        "- Legs\n  - Calf\n  - Shin\n- Arms",
        "<ul><li>Legs<ul><li>Calf</li><li>Shin</li></ul></li><li>Arms</li></ul>",
    ),
    "by three": (
        "1. First\n   - a\n   - b\n2. Second",
        "<ol><li>First<ul><li>a</li><li>b</li></ul></li><li>Second</li></ol>",
    ),
    "by four": ("- Legs\n    - Calf\n- Arms", "<ul><li>Legs<ul><li>Calf</li></ul></li><li>Arms</li></ul>"),
    "by a tab": ("* Legs\n\t* Calf\n* Arms", "<ul><li>Legs<ul><li>Calf</li></ul></li><li>Arms</li></ul>"),
    "a paragraph in an item": (
        "1. One\n\n   more\n\n2. Two",
        "<ol><li><p>One</p><p>more</p></li><li><p>Two</p></li></ol>",
    ),
    "a paragraph in an item, by two spaces": ("- One\n\n  more", "<ul><li><p>One</p><p>more</p></li></ul>"),
    "numbers with brackets": ("1) Ring us\n2) Come in", "<ol><li>Ring us</li><li>Come in</li></ol>"),
    "a list right below a line": ("Bring:\n- shoes\n- water", "<p>Bring:</p><ul><li>shoes</li><li>water</li></ul>"),
    "a hard space behind the sign": ("-\u00a0one\n-\u00a0two", "<ul><li>one</li><li>two</li></ul>"),
    "a hard space behind a number": ("1.\u00a0one\n2.\u00a0two", "<ol><li>one</li><li>two</li></ol>"),
    "a backslash at the end of a line": ("Line one\\\nLine two", "<p>Line one<br>Line two</p>"),
    "two spaces there": ("Line one  \nLine two", "<p>Line one<br>Line two</p>"),
    "an address": (
        "See https://www.nhs.uk/a_b_c/.",
        '<p>See <a href="https://www.nhs.uk/a_b_c/">https://www.nhs.uk/a_b_c/</a>.</p>',
    ),
    "an address without https": ("(www.nhs.uk)", '<p>(<a href="https://www.nhs.uk">www.nhs.uk</a>)</p>'),
    "an e-mail address": ("To me@example.com", '<p>To <a href="mailto:me@example.com">me@example.com</a></p>'),
    "a number in angle brackets": (
        "Ring <tel:+441632960199>.",
        '<p>Ring <a href="tel:+441632960199">+441632960199</a>.</p>',
    ),
    "struck words": ("Now ~~old~~ new", "<p>Now <s>old</s> new</p>"),
    "a box": (
        "> [!TIP]\n> Rest **well**.",
        "<section>Tip <p>Rest <strong>well</strong>.</p></section>",
    ),
    "a box in small letters": ("> [!warning]\n> Stop.", "<section>Warning <p>Stop.</p></section>"),
    "a table right below a line": ("Prices:\n| a | b |\n| --- | --- |\n| 1 | 2 |", None),
    "a table without outer bars": ("a | b\n--- | ---\n1 | 2", None),
    "a number sign in front of words": ("#1 tip\n\n#backpain #physio", "<p>#1 tip</p><p>#backpain #physio</p>"),
    "a heading set in": (" ## When to rest", '<h2 id="when-to-rest">When to rest</h2>'),
    "a level left out": ("## A\n\n#### B", '<h2 id="a">A</h2><h3 id="b">B</h3>'),
    "the first level": ("# A\n\n## B", '<h2 id="a">A</h2><h3 id="b">B</h3>'),
    "a paragraph set in, as Word does": (
        "    Dear reader,\n\n\tgood morning.",
        "<p>Dear reader,</p><p>good morning.</p>",
    ),
    "a file with spaces in its name": (
        "[a]({static}/images/my plan.pdf)",
        '<p><a href="{static}/images/my plan.pdf">a</a></p>',
    ),
    "a file with spaces beside the text": ("[Plan](my plan.pdf)", '<p><a href="my plan.pdf">Plan</a></p>'),
    "quotes inside a caption": ('![a]({static}/a.png "The "end" of it")', None),
    "emphasis inside a word": ("un*believ*able", "<p>un<em>believ</em>able</p>"),
    "names with low lines": ("my_file_name", "<p>my_file_name</p>"),
    "a class": ("Soft.\n{: .lead }", '<p class="lead">Soft.</p>'),
    "marks behind a backslash": (r"\==a== and \[[b]] and \*\*c", "<p>==a== and [[b]] and **c</p>"),
    "marks as code": (
        "`==a==` and `[[b]]` and `**c`",
        "<p><code>==a==</code> and <code>[[b]]</code> and <code>**c</code></p>",
    ),
    "a way of leaving words out": ("[//]: # (my own)\n\nWords.", "<p>Words.</p>"),
    "a list in a numbered one, by two": (
        "1. First\n  - a\n  - b\n2. Second",
        "<ol><li>First<ul><li>a</li><li>b</li></ul></li><li>Second</li></ol>",
    ),
    "a paragraph in a numbered item, by two": (
        "9. One\n\n  more\n\n10. Two\n\n  more",
        '<ol start="9"><li><p>One</p><p>more</p></li><li><p>Two</p><p>more</p></li></ol>',
    ),
    "a paragraph below a sign with three spaces": ("-   One\n\n  more", "<ul><li><p>One</p><p>more</p></li></ul>"),
    "a list in a numbered one in a quotation": (
        "> 1. First\n>   - a\n> 2. Second",
        "<blockquote><ol><li>First<ul><li>a</li></ul></li><li>Second</li></ol></blockquote>",
    ),
    "the next number set in by chance": ("1. One\n  2. Two", "<ol><li>One</li><li>Two</li></ol>"),
    "code in a numbered item, by two": (
        "1. One\n  ```\n  a\n    b\n  ```\n2. Two",
        "<ol><li>One<pre><code>a\n  b</code></pre></li><li>Two</li></ol>",
    ),
    "a whole list set in by four": ("    - one\n    - two", "<ul><li>one</li><li>two</li></ul>"),
    "a whole list set in by tabs, below a line": (
        "Bring:\n\t- one\n\t- two",
        "<p>Bring:</p><ul><li>one</li><li>two</li></ul>",
    ),
    "a list set in by hard spaces": ("\u00a0\u00a0- one\n\u00a0\u00a0- two", "<ul><li>one</li><li>two</li></ul>"),
    "a comment between items": ("- one\n<!-- mine -->\n- two", "<ul><li>one</li><li>two</li></ul>"),
    "comments between numbers": (
        "1. one\n<!-- a -->\n2. two\n<!-- b -->\n3. three",
        "<ol><li>one</li><li>two</li><li>three</li></ol>",
    ),
    "a comment that keeps two lists apart": (
        "- one\n\n<!-- -->\n\n- two",
        "<ul><li>one</li></ul><ul><li>two</li></ul>",
    ),
    "words that are a link and bold": ("[**a**](https://example.com)", None),
    "an address with letters of other languages": (
        "[a](https://example.com/Rücken) [b](<https://example.com/a b>)",
        None,
    ),
    "lines of signs with breaks": ("✅ one\\\n✅ two", "<p>✅ one<br>✅ two</p>"),
    "a note with a star": ("From £40*\n\n*Prices may vary.", "<p>From £40*</p><p>*Prices may vary.</p>"),
    "a day that begins a line": ("Closed on\n24. Dezember.", "<p>Closed on\n24. Dezember.</p>"),
    "a heading with a line below": ("When to rest\n---", '<h2 id="when-to-rest">When to rest</h2>'),
    "Google's detour to an address": (
        "[NHS](https://www.google.com/url?q=https://www.nhs.uk/a&sa=D&ust=1)",
        '<p><a href="https://www.nhs.uk/a">NHS</a></p>',
    ),
}


@pytest.mark.parametrize(("text", "expected"), AS_MEANT.values(), ids=AS_MEANT)
def test_it_is_what_people_mean(text: str, expected: str | None) -> None:
    assert expected in (None, re.sub("<pre [^>]*>", "<pre>", html(text)))


def test_a_task_says_in_words_whether_it_is_done() -> None:
    found = html("- [ ] to do\n- [x] did")
    assert found.count('<input aria-label="to do"') == 1
    assert found.count('<input aria-label="done"') == 1
    assert "[ ]" not in found


AS_WORDS = {
    "bullets of a word processor": ("• one\n• two", 1),
    "en dashes": ("– one\n– two", 1),
    "en dashes in paragraphs": ("– one\n\n– two", 1),
    "hyphens without a space": ("Bring:\n\n-shoes\n-water", 3),
    "ticks": ("✓ registered\n✓ insured", 1),
    "a list that begins with two, below a line": ("So:\n2. two\n3. three", 2),
    "code that does not end": ("Words\n\n```\ncode\n\n## Heading", 3),
    "marked words": ("Now ==important== ones", 1),
    "a wiki link": ("Words\n\nSee [[Ankle sprain]]", 3),
    "a wiki picture": ("![[ankle.jpg]]", 1),
    "a box of other programs": (":::tip\nRest.\n:::", 1),
    "a box of MkDocs": ("!!! note\n    Rest.", 1),
    "a box whose words are not in it": ("Words\n\n> [!NOTE]\nRest.", 3),
    "a box of Obsidian with a title": ("> [!tip] Rest\n> Words", 1),
    "Hugo's shortcode": ('{{< figure src="a.jpg" >}}', 1),
    "Jekyll's tag": ("{% include a.html %}", 1),
    "WordPress's shortcode": ('[caption id="a"]Words[/caption]', 1),
    "a link the wrong way round": ("See (NHS)[https://www.nhs.uk/]", 1),
    "a link with a space": ("See [NHS] (https://www.nhs.uk/)", 1),
    "a link by a name that is nowhere": ("See [NHS][one]", 1),
    "bold words that do not end": ("Now **never closed", 1),
    "bold words with spaces": ("Now ** bold ** words", 1),
    "bold words that end behind a space": ("**Note: **bring shoes", 1),
    "an empty heading": ("Words\n\n##\n\nMore", 3),
    "a note to oneself": ("Words %%mine%% more", 1),
    "a table without its line": ("| a | b |\n| 1 | 2 |", 1),
    "a video on its own": ("Words\n\nhttps://www.youtube.com/watch?v=aBcDeFgHiJk", 3),
    "a footnote without its text": ("Words[^1]", 1),
    "Markdown inside HTML": ("<p>\n**bold** words\n</p>", 1),
    "numbers without a space": ("1.Ring us\n2.Come in", 1),
    "bullets in paragraphs": ("• one\n\n• two\n\n• three", 1),
    "bullets by their names": ("&bull; one\n&bull; two", 1),
    "two hyphens": ("-- one\n-- two", 1),
    "little pictures in place of bullets": ("Now:\n✅ one\n✅ two", 2),
    "arrows": ("→ one\n→ two", 1),
    "letters with brackets": ("a) one\nb) two", 1),
    "boxes without a hyphen": ("[ ] one\n[x] two", 1),
    "rows apart": ("| a | b |\n\n| --- | --- |\n\n| 1 | 2 |", 1),
    "a row after an empty line": ("| a | b |\n|---|---|\n| 1 | 2 |\n\n| 3 | 4 |", 5),
    "a row after a comment": ("| a | b |\n|---|---|\n| 1 | 2 |\n<!-- x -->\n| 3 | 4 |", 5),
    "words right below a table": ("| a | b |\n|---|---|\n| 1 | 2 |\nWords.", 4),
    "a bar between words of a table": ("| a | b |\n|---|---|\n| `x|y` | 2 |", 3),
    "a table without bars at its ends and its line": ("Mon | 9\nTue | 10", 1),
    "a table drawn with signs": ("+---+---+\n| a | b |\n+===+===+", 2),
    "columns out of a spreadsheet": ("Mon\t9\nTue\t10", 1),
    "a paragraph that a line makes a heading": ("We are closed in May.\n---\nWords", 1),
    "a heading without a space": ("Words\n\n##Heading", 3),
    "bold words without a space behind": ("**Note:**bring shoes", 1),
    "bold words over two paragraphs": ("**One.\n\nTwo.** Three.", 1),
    "bold words with one sign": ("**bold* words", 1),
    "slanted words without a space behind": ("*Note:*bring shoes", 1),
    "struck words that do not end": ("Now ~~old", 1),
    "a link to a number with spaces": ("[Ring](tel:01632 960199)", 1),
    "a link with a curly title": ("[a](https://example.com “b”)", 1),
    "a link without words": ("Words\n\n[](https://example.com)", 3),
    "a picture with a space": ("! [a](a.png)", 1),
    "a picture the wrong way round": ("!(a)[a.png]", 1),
    "a number in brackets with spaces": ("Ring <tel:01632 960199>", 1),
    "a footnote inside the line": ("Words^[more]", 1),
    "a footnote with a space before its colon": ("Words[^1] and again[^1]\n\n[^1] : more", 3),
    "an abbreviation": ("*[GP]: General Practitioner", 1),
    "attributes of Jekyll": ("{: .no_toc }\n## Heading", 1),
    "attributes of Pandoc": ("![a]({static}/a.png){width=50%}", 1),
    "a list of contents": ("[[_TOC_]]\n\n## A", 1),
    "a module": ("import X from '../x.astro'\n\nWords", 1),
    "a comment of MDX": ("{/* mine */}", 1),
    "a component": ('Words\n\n<see-also limit="3" />', 3),
    "a component with words": ("<DoctorNote>\nRest.\n</DoctorNote>", 1),
    "WordPress's shortcodes in pairs": ("[fusion_text]\nWords\n[/fusion_text]", 1),
    "a little picture by its name": ("Hello :smile:", 1),
    "a directive inside HTML": ("<p>\n/// callout | A\nWords\n///\n</p>", 2),
    "the end of a directive with a name": ("/// callout | A\nWords\n/// end", 3),
    "one address for two headings": ("## A {#a}\n\n## B {#a}", 3),
    "HTML with curly quotes": ("See <a href=”https://www.nhs.uk/”>it</a>", 1),
}


@pytest.mark.parametrize(("text", "line"), AS_WORDS.values(), ids=AS_WORDS)
def test_what_cannot_be_meant_is_told_once_at_its_line(text: str, line: int) -> None:
    assert [message.partition(":")[0] for message in told(text)] == [str(line)]


@pytest.mark.parametrize(
    "text",
    [
        "– Anna",
        "— a quotation's author",
        "It is -5 °C",
        "5 * 3 * 2 = 30",
        "Name: ________",
        "a [sic] word and [1] too",
        "100% or more: 50%",
        "What?! No!!! Yes",
        "{braces} and {more}",
        "a | b",
        "See https://example.com/a==b==c/[x]",
        "C# and #hashtag",
        "~5 km, ~10 km",
        "Press it [1] (see below)",
        "5 < 6 and a<b and c>d",
        "<I like this> she said",
        "Open 10:30:15 :-) and note: this",
        "Wow! [a](https://example.com/a)",
        "Mon | Tue",
        "places {e.g. $$ and $$$}",
        "{e.g.} and {i.e.}",
        "f*** and *****",
        "1.5 km\n2.5 km",
        "*Prices may vary.\n\n*From May.",
    ],
)
def test_what_is_only_like_a_mark_is_left_alone(text: str) -> None:
    assert told(text) == []
    assert seen(rendered(text).html)


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("**Note: **bring", "write **Note:**"),
        ("See [a](b c.pdf) and [d](e f.pdf)", "no space"),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", "has 3 cells, and its head has 2"),
        ("We close at 6.\n---", "empty line between"),
    ],
)
def test_what_to_write_instead_is_said_with_the_words_at_hand(text: str, instead: str) -> None:
    assert all(instead in message for message in told(text))


def test_every_link_that_is_none_is_told() -> None:
    assert len(told("[a](https://a.example/b c)\n[d](tel:1 3)\n[g](tel:1 2)")) == 3


@pytest.mark.parametrize(
    ("cells", "is_aligned"),
    [
        (("£52.50", "£9"), True),
        (("3 km", "10–15 km"), True),
        (("50%", ""), True),
        (("10 minutes", "5"), False),
        (("", ""), False),
    ],
)
def test_a_column_of_numbers_ends_in_a_line_but_not_the_first(cells: tuple[str, str], is_aligned: bool) -> None:
    rows = "".join(f"| {number} | {cell} |\n" for number, cell in enumerate(cells))
    found = html(f"| n | sum |\n|---|---|\n{rows}")
    assert found.count("table-scroll__number") == (3 if is_aligned else 0)
    assert "<th>n</th>" in found


def test_a_column_that_the_owner_aligned_stays_so() -> None:
    assert "table-scroll__number" not in html("| n | sum |\n|---|:--|\n| a | 5 |")
