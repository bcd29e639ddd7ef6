// Reads and writes the owner's files for the editor, so that nothing of hers is lost: every value is the text that she
// typed ("01632960123" keeps its nought, "yes" stays yes), her notes after # stay, and so does each key that the editor
// has no field for. What she has not changed stays as she wrote it, to the letter.
//
// The editor gives a formatter the values alone. So the text of the file goes along with them, under SOURCE, and what
// has been changed is put into that.
import { Document, isMap, isScalar, isSeq, parseDocument, Scalar, stringify, visit } from "./yaml/index.js";

const SOURCE = "_source";
const HEAD = /^\s*---[ \t]*\n([\s\S]*?\n)?---[ \t]*(?:\n|$)/;
const AS_TEXT = { schema: "failsafe", keepSourceTokens: false };
const AS_WRITTEN = { lineWidth: 0, flowCollectionPadding: false };

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isEmpty = (value) =>
  value === undefined || value === null || value === "" ||
  (Array.isArray(value) ? !value.length : isObject(value) && !Object.keys(value).length);

function equal(one, other) {
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((item, at) => equal(item, other[at]));
  }
  if (isObject(one)) {
    const keys = Object.keys(one);
    return isObject(other) && keys.length === Object.keys(other).length &&
      keys.every((key) => key in other && equal(one[key], other[key]));
  }
  return one === other;
}

function parsed(text) {
  const made = parseDocument(text, AS_TEXT);
  if (made.errors.length) throw new Error(`${made.errors[0].message.split(/:?\n/)[0]} of the lines at its head; mend it in a text editor`);
  return made;
}

function unfit(path, what) {
  return new Error(`"${path.join(".")}" is written in a way that this editor cannot show (${what}); edit it in the file`);
}

// The value of a file as the editor's fields want it.
export function shown(value, shape, path = []) {
  switch (shape?.is) {
    case "text":
      if (isSaidInLanguages(value)) return inBraces(value);
      if (typeof value !== "string") throw unfit(path, "it is no text");
      return shape.same?.[value.toLowerCase()] ?? value;
    case "picture": // the editor looks for it from the root of the site
      if (typeof value !== "string") throw unfit(path, "it is no text");
      return /^\/|^https?:/.test(value) ? value : `/${value}`;
    case "list": {
      const items = typeof value === "string" && !shape.of ? value.split(",").map((part) => part.trim()) : [value].flat();
      return items.filter((item) => !isEmpty(item)).map((item, at) => shown(item, shape.of ?? { is: "text" }, [...path, at + 1]));
    }
    case "object":
      if (shape.text && (typeof value === "string" || (Array.isArray(value) && shape.keys[shape.text].is === "list"))) {
        return { [shape.text]: shown(value, shape.keys[shape.text], path) };
      }
      if (!isObject(value)) throw unfit(path, "it has no keys");
      return mapped(value, (key, entry) => shown(entry, shape.keys[key], [...path, key]));
    case "map":
      if (!isObject(value)) throw unfit(path, "it has no keys");
      return Object.entries(value).map(([name, entry]) => ({
        [shape.name]: name,
        ...shown(entry, shape.of, [...path, name]),
      }));
    case "yaml":
      return typeof value === "string" ? value : stringify(value, { lineWidth: 0 }).trimEnd();
    default:
      return value;
  }
}

// What the editor gives, as it is to stand in the file.
export function written(value, shape, path = []) {
  switch (shape?.is) {
    case "text":
      if (typeof value === "string" && value.startsWith("{")) return fromBraces(value);
      return value === true ? "yes" : value === false ? "no" : String(value ?? "");
    case "picture":
      return String(value ?? "").replace(/^\//, "");
    case "list":
      return (Array.isArray(value) ? value : [value]).map((item) => written(item, shape.of ?? { is: "text" }, path))
        .filter((item) => !isEmpty(item));
    case "object":
      return mapped(value ?? {}, (key, entry) => written(entry, shape.keys[key], [...path, key]));
    case "map":
      return Object.fromEntries((value ?? []).map(({ [shape.name]: name, ...entry }) => [name, written(entry, shape.of, path)]));
    case "yaml":
      return typeof value === "string" && value ? parsed(value).toJS() : value;
    default:
      return value;
  }
}

// A text in each language of the site, {en: …, cy: …}, is one text in the editor.
const isSaidInLanguages = (value) =>
  isObject(value) && Object.entries(value).every(([key, text]) => /^[a-z]{2,3}$/.test(key) && typeof text === "string");

function inBraces(value) {
  return `{${Object.entries(value).map(([key, text]) => `${key}: ${JSON.stringify(text)}`).join(", ")}}`;
}

function fromBraces(text) {
  const made = parseDocument(text, AS_TEXT);
  const value = made.errors.length ? undefined : made.toJS();
  return isSaidInLanguages(value) ? value : text;
}

function mapped(value, change) {
  const entries = Object.entries(value).filter(([, entry]) => !isEmpty(entry)).map(([key, entry]) => [key, change(key, entry)]);
  return Object.fromEntries(entries.filter(([, entry]) => !isEmpty(entry)));
}

function node(tree) {
  const made = new Document(tree, { schema: "core", aliasDuplicateObjects: false });
  visit(made, {
    Scalar(at, scalar) {
      if (at === "key") return;
      scalar.value = String(scalar.value);
      scalar.type = scalar.value.includes("\n") ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE;
    },
  });
  return made.contents;
}

// The node with what is in `next` and was not in `before`; as it is, where nothing has changed.
function merged(old, before, next) {
  if (old && equal(before, next)) return old;
  if (isMap(old) && isObject(before) && isObject(next)) return mergedMap(old, before, next);
  if (isSeq(old) && Array.isArray(before) && Array.isArray(next)) return mergedList(old, before, next);
  const made = node(next);
  if (isScalar(old) && isScalar(made)) made.comment = old.comment;
  return made;
}

function mergedMap(map, before, next) {
  for (const key of Object.keys(before).filter((name) => !(name in next))) removed(map, key);
  for (const [key, value] of Object.entries(next)) {
    const old = map.get(key, true);
    if (!(key in before)) {
      if (old && !isEmpty(old.toJSON?.())) continue;
      map.set(key, node(value));
    } else {
      const made = merged(old, before[key], value);
      if (made !== old) map.set(key, made);
    }
  }
  return map;
}

// Her note above a line that goes stays, above the next one.
function removed(map, key) {
  const at = map.items.findIndex((pair) => String(pair.key?.value ?? pair.key) === key);
  const note = map.items[at]?.key?.commentBefore;
  const following = map.items[at + 1]?.key;
  map.delete(key);
  if (note && following) following.commentBefore = [note, following.commentBefore].filter(Boolean).join("\n");
  else if (note) map.comment = [map.comment, note].filter(Boolean).join("\n");
}

function mergedList(list, before, next) {
  let first = 0;
  while (first < before.length && first < next.length && equal(before[first], next[first])) first += 1;
  let last = 0;
  while (last < Math.min(before.length, next.length) - first && equal(before.at(-1 - last), next.at(-1 - last))) last += 1;
  const inside = [before.length - first - last, next.length - first - last];
  const middle = next.slice(first, next.length - last).map((value, at) =>
    inside[0] === inside[1] ? merged(list.items[first + at], before[first + at], value) : node(value),
  );
  if (list.items.length !== before.length) return node(next);
  list.items.splice(first, inside[0], ...middle);
  return list;
}

// The YAML text with the values that the editor gives.
function yamlText(source, next, shape, rename) {
  const made = parsed(source);
  if (!made.contents) return Object.keys(next).length ? withNotes(source, next) : source;
  const before = written(shown(made.toJS() ?? {}, shape), shape);
  for (const [from, to] of Object.entries(rename)) {
    const pair = made.contents.items.find((item) => item.key.value === from);
    if (pair && equal([before[from]].flat(), [next[to]].flat())) {
      next = mapped(next, (key, value) => value);
      before[to] = next[to];
      next[from] = before[from];
      delete before[to];
      delete next[to];
    } else if (pair) {
      pair.key.value = to;
      before[to] = before[from];
      delete before[from];
    }
  }
  if (equal(before, next)) return source;
  merged(made.contents, before, next);
  return made.toString(AS_WRITTEN);
}

function withNotes(source, next) {
  return `${source.trim() ? `${source.trimEnd()}\n` : ""}${new Document(node(next)).toString(AS_WRITTEN)}`;
}

// Of a file of YAML, or of a Markdown file with YAML at its head, for the shape of all its keys.
export function formatOf({ shape, rename = {}, markdown }) {
  const take = (text) => {
    const head = markdown ? text.match(HEAD) : null;
    if (markdown && !head) throw new Error('the header is missing: the file begins with no line "---"');
    return markdown ? [head[1] ?? "", text.slice(head[0].length)] : [text, ""];
  };
  return {
    fromFile(text) {
      const [yaml, body] = take(text);
      const values = parsed(yaml).toJS() ?? {};
      for (const [from, to] of Object.entries(rename)) {
        if (from in values && !(to in values)) {
          values[to] = values[from];
          delete values[from];
        }
      }
      const read = shown(values, shape);
      return { ...read, ...(markdown ? { body: body.replace(/^\n+/, "") } : {}), [SOURCE]: text };
    },
    toFile({ [SOURCE]: source, body = "", ...values }) {
      const next = written(values, shape);
      const [yaml, formerBody] = source ? take(source) : ["", markdown ? "\n" : ""];
      const text = yamlText(yaml, next, shape, rename);
      if (!markdown) return text;
      const isSame = formerBody.trim() === body.trim();
      const words = isSame ? formerBody : `${formerBody.match(/^\n*/)[0]}${pictures(body)}`;
      return `---\n${text.trimEnd()}\n---\n${words}`;
    },
  };
}

// The editor names a picture by its folder; the site's pages lie elsewhere, and want {static} before it.
function pictures(body) {
  return body.replace(/(!?\]\(\s*<?)\/?(images|files)\//g, "$1{static}/$2/");
}
