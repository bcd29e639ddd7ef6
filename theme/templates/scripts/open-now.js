// Whether each location is open at this moment, and which hours are today's. Without this, nothing is missing.
(() => {
  const places = {{ places }};
  const closed = {{ closed }};

  const words = (at, spans, days) => {
    const coming = spans.filter(([, ends]) => at < ends);
    const here = coming.find(([begins]) => at >= begins);
    if (here) return here[2];
    const [, , , day, today, week, later = week] = coming.find((span) => span[3] !== undefined) ?? [];
    const nights = days.filter(([begins]) => at < begins && begins <= day).length;
    return day === undefined ? closed : nights > 6 ? later : nights ? week : today;
  };

  const mark = (table, [, weekday, season] = []) => {
    for (const row of table.rows) {
      const isToday = Boolean(weekday) && table.dataset.season === season && row.dataset.days.includes(weekday);
      if (isToday) row.setAttribute("aria-current", "date");
      else row.removeAttribute("aria-current");
    }
  };

  const tell = () => {
    for (const [place, { first, last, spans, days }] of Object.entries(places)) {
      const at = Date.now() / 6e4 - first;
      const isKnown = at >= 0 && at < last - first;
      const said = isKnown ? words(at, spans, days) : "";
      for (const line of document.querySelectorAll(`[data-open="${place}"]`)) {
        if (line.textContent !== said) line.textContent = said;
        line.hidden = !said;
      }
      const today = isKnown ? days.findLast(([begins]) => at >= begins) : undefined;
      for (const table of document.querySelectorAll(`[data-hours="${place}"]`)) mark(table, today);
    }
  };

  tell();
  setInterval(tell, 1e4);
  document.addEventListener("visibilitychange", tell);
})();
