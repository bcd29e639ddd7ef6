// Starts the editor. What it reads and writes goes through format.js, so that nothing of the owner's files is lost.
import CMS from "./sveltia/npm/index.js";
import { formatOf } from "./format.js";

// A file that the editor cannot show is left out of its lists; the editor itself tells that to the console alone.
function told(text, reason) {
  const name = text.match(/^(?:title|name):.*/m)?.[0] ?? text.trim().split("\n")[1] ?? "";
  const line = document.createElement("li");
  line.textContent = `The file with “${name}” is not in the lists: ${reason.split("\n")[0].replace(/:$/, "")}. Nothing in it was changed.`;
  const box = document.querySelector("#left-out");
  box.querySelector("ul").append(line);
  box.querySelector("button").onclick = () => (box.hidden = true);
  box.hidden = false;
}

function telling(format) {
  return {
    ...format,
    fromFile(text) {
      try {
        return format.fromFile(text);
      } catch (error) {
        told(text, error.message);
        throw error;
      }
    },
  };
}

const shapes = await (await fetch("shapes.json")).json();
for (const [name, shape] of Object.entries(shapes)) {
  CMS.registerCustomFormat(name, shape.markdown ? "md" : "yaml", telling(formatOf(shape)));
}
CMS.init();
