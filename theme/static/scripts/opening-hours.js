// Says whether the clinic is open at this moment. Without it, nothing is missing.
function tell() {
  const now = Date.now() / 6e4;
  for (const line of document.querySelectorAll(".opening-hours__now")) {
    const { first, last, hours, open, shuts, closed, opens } = line.dataset;
    const at = now - first;
    const spans = hours.split("|").map((one) => one.split(";")).filter((one) => at < one[1]);
    const here = spans.find((one) => at >= one[0]);
    const next = spans.find((one) => one[3]);
    let said = "";
    if (at >= 0 && now < last) {
      if (!here) said = next ? opens.replace("{time}", next[3]) : closed;
      else if (here[3]) said = here[2] ? shuts.replace("{time}", here[2]) : open;
    }
    if (line.textContent !== said) line.textContent = said;
    line.hidden = !said;
  }
}

tell();
setInterval(tell, 1e4);
document.addEventListener("visibilitychange", tell);
