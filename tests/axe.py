"""axe-core on pages, and colours only where they are new: two thirds of what axe takes goes into contrast.

What axe says of an element's colours follows from the styles of the element and of everything around and behind it.
``_JUDGE`` makes a key of these for each element with words of its own: from it up to the root every tag, its
attributes, its computed colours, how it is placed, and what stands beside it out of the flow; and whether its letters
are large. Of the elements with equal keys the first is looked at, on whatever page of whatever clinic and on whatever
screen it is, as the width of a screen is in no rule of colours. Where axe is not sure (something covers the element),
one is looked at on each screen.

What remains goes for the half into the sizes of targets. One that is 24 px wide and high, and that no other target
touches, is as large as WCAG 2.5.8 asks for, so axe is asked about the others alone. Other rules are held on whole
pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.browser import AXE_PATH

if TYPE_CHECKING:
    from playwright.sync_api import Page

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OF_COLOURS = ["color-contrast-enhanced", "link-in-text-block"]
"""axe's category ``cat.color``, with 7 : 1 for text (WCAG 1.4.6) in place of 4.5 : 1."""
_TARGETS = "a, button, input, select, textarea, summary, label, area, iframe, audio, video, [role], [tabindex]"
"""Whatever may be a target; axe decides which of them is one."""
_REPORT = {"resultTypes": ["violations", "incomplete"], "selectors": False, "elementRef": True}
"""What a page keeps need not be listed element by element; where axe is not sure of colours, it is asked which."""
_LOAD = f"""() => globalThis.axe ? null : new Promise((loaded, failed) => {{
    const script = document.createElement('script');
    Object.assign(script, {{src: '{AXE_PATH}', onload: loaded, onerror: failed}});
    document.head.append(script);
    script.remove();
}}).then(() => {{
    // axe leaves what is below 4.5 : 1 to color-contrast, which is off
    const [check] = axe._audit.rules.find(({{id}}) => id === 'color-contrast-enhanced').any;
    const contrastRatio = {{normal: {{expected: 7}}, large: {{expected: 4.5}}}};
    axe.configure({{checks: [{{id: check.id, options: {{...check.options, contrastRatio}}}}], rules: [
        {{id: 'color-contrast-enhanced', selector: '[data-new]'}},
        {{id: 'link-in-text-block', selector: '[data-new]:is(a[href], [role=link])'}},
        {{id: 'target-size', selector: '[data-close]'}},
    ]}});
}})"""
"""From the page's own server, so that the browser keeps what it has compiled for the next page."""
_JUDGE = """async ({seen, options, whole}) => {
    const keys = new Map(), beside = new Map();
    const known = new Set(seen.split(' ')), found = [];
    for (const one of document.body.getElementsByTagName('*')) {
        if (/static|fixed|sticky/.test(getComputedStyle(one).position)) continue;
        const name = `${one.tagName}.${one.className}`;
        beside.set(one.parentElement, (beside.get(one.parentElement) ?? new Set()).add(name));
    }
    const hash = text => {  // of 53 bits: cyrb53
        let a = 0xdeadbeef, b = 0x41c6ce57;
        for (let i = 0; i < text.length; i++) {
            a = Math.imul(a ^ text.charCodeAt(i), 2654435761); b = Math.imul(b ^ text.charCodeAt(i), 1597334677);
        }
        a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
        b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
        return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
    };
    const key = one => {
        if (!one) return '';
        if (keys.has(one)) return keys.get(one);
        const style = getComputedStyle(one);
        const attributes = [...one.attributes].map(({name, value}) =>
            /^(class|style|type|role|aria-(?!label)|open|hidden|disabled)/.test(name) ? `${name}=${value}` : name);
        const made = hash([key(one.parentElement), one.tagName, ...attributes, style.color, style.backgroundColor,
            style.backgroundImage, style.opacity, style.filter, style.mixBlendMode,
            style.textShadow === 'none' || style.fontSize + style.textShadow, style.textDecorationLine, style.position,
            style.gridArea, style.transform, style.translate, style.visibility,
            ...(beside.get(one) ?? [])].join('|'));
        keys.set(one, made);
        return made;
    };
    const keyOf = one => {
        const {fontSize, fontWeight} = getComputedStyle(one);
        const points = Math.ceil(72 * parseFloat(fontSize)) / 96;  // as axe has it
        return key(one) + (points >= (fontWeight >= 700 ? 14 : 18) ? '+' : '');
    };
    for (const one of document.body.querySelectorAll('*')) {
        const worded = [...one.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
        if (!worded && !one.matches('input, select, textarea')) continue;
        const own = keyOf(one), here = `${own}@${innerWidth}`;
        if (known.has(own) || known.has(here) || !one.checkVisibility()) continue;
        known.add(own);
        found.push(one);
    }
    if (!found.length && !whole) return {judged: '', violations: []};
    const box = one => one.getBoundingClientRect();
    const touch = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const targets = whole ? [...document.querySelectorAll('TARGETS')].filter(one => one.checkVisibility()) : [];
    const boxes = targets.map(box);
    const close = targets.filter((one, i) =>
        [...one.getClientRects()].some(({width, height}) => width < 24 || height < 24)
        || boxes.some((other, j) => j !== i && touch(boxes[i], other)));
    for (const one of found) one.dataset.new = '';
    for (const one of close) one.dataset.close = '';
    const made = await axe.run(whole ? document : {include: found}, options);
    for (const one of found) delete one.dataset.new;
    for (const one of close) delete one.dataset.close;
    const violations = made.violations.map(rule => `${rule.id}: ${rule.nodes[0].html.slice(0, 160)}`);
    const unsure = new Set(made.incomplete.filter(({id}) => COLOURS.includes(id)).flatMap(
        rule => rule.nodes.map(node => node.element)));
    const judged = found.map(one => keyOf(one) + (unsure.has(one) ? `@${innerWidth}` : ''));
    return {judged: judged.join(' '), violations};
}""".replace("TARGETS", _TARGETS).replace("COLOURS", str(_OF_COLOURS))
_seen: set[str] = set()
"""The keys of the elements whose colours this process has looked at."""


def violations(page: Page, *, colours_alone: bool = False, but: str = "") -> list[str]:
    """What axe finds on a page, in the light, and in its colours in the dark, where nothing else is different.

    ``but`` is a rule that is not asked for.
    """
    page.emulate_media(color_scheme="light")
    page.evaluate(_LOAD)
    on = {**dict.fromkeys(_OF_COLOURS, True), **dict.fromkeys(["color-contrast", *filter(None, [but])], False)}
    rules = {name: {"enabled": enabled} for name, enabled in on.items()}
    light = _judge(page, None if colours_alone else {"runOnly": _RULES, "rules": rules})
    page.emulate_media(color_scheme="dark")
    return [*light, *(f"dark: {violation}" for violation in _judge(page))]


def _judge(page: Page, rules: dict[str, Any] | None = None) -> list[str]:
    """The violations of these rules, and by colours of the elements that are new, in the scheme of the page."""
    of_colours = {"runOnly": {"type": "rule", "values": _OF_COLOURS}}
    given = {"seen": " ".join(_seen), "options": {**_REPORT, **(rules or of_colours)}, "whole": rules is not None}
    answer: dict[str, Any] = page.evaluate(_JUDGE, given)
    _seen.update(answer["judged"].split())
    return list(answer["violations"])
