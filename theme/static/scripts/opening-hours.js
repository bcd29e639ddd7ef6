// Says whether the clinic is open at this moment, and takes down a notice that is over. Without it, nothing is missing.
function tell() {
  const now = Date.now() / 6e4;
  for (const line of document.querySelectorAll(".opening-hours__now")) {
    const { first, last, hours } = line.dataset;
    const next = hours.split("|").map((period) => period.split(" ")).find((period) => now < +first + +period[1]);
    let said = "";
    if (now >= first && now < last) {
      if (!next) said = "Closed now";
      else if (now - first >= next[0]) said = `Open now, until ${next[2]}`;
      else said = `Closed now, opens ${next.slice(3).join(" ")}`;
    }
    if (line.textContent !== said) line.textContent = said;
    line.hidden = !said;
  }
  for (const notice of document.querySelectorAll("[data-until]")) {
    if (Date.now() >= Date.parse(notice.dataset.until)) notice.remove();
  }
}

tell();
setInterval(tell, 1e4);
document.addEventListener("visibilitychange", tell);
