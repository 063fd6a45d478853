import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import "./chunk-HANBNIMK.js";

// src/edges/models/offline/compose.ts
function compose(reading, ranking) {
  const { format } = reading;
  return format ? formatted(format, ranking, reading.question) : undecided(ranking, reading.question);
}
function noAnswers(question) {
  return `${opening(question)} I was not told which answers there are to choose from, so I can only describe what I read. Several readings are possible, and which of them matters depends on what you want to do with it.`;
}
function formatted(format, [best = ""], question) {
  const answer2 = inCase(best, format);
  if (format.kind === "bare") return answer2;
  if (format.kind === "json") return JSON.stringify({ [format.key]: answer2 });
  const line = `${format.before}${answer2}${format.after}`;
  return format.reasoned ? `${opening(question)} That comes closest to one of the answers.
${line}` : line;
}
function inCase(answer2, { letterCase }) {
  if (letterCase === void 0) return answer2;
  return letterCase === "lower" ? answer2.toLowerCase() : answer2.toUpperCase();
}
function undecided([best = "", next = ""], question) {
  return `${opening(question)} There is a case for ${best}, but ${next} cannot be ruled out either: much depends on details that are left open. Let me know in which form you need the answer, and I can be more definite.`;
}
function opening(question) {
  const words3 = question.match(/[\p{L}\p{N}'’-]+/gu)?.length ?? 0;
  return words3 === 0 ? "There is nothing here for me to go by." : `Thank you, I have read this carefully, all ${words3} ${words3 === 1 ? "word" : "words"} of it.`;
}

// src/edges/models/offline/label.ts
function isName(text) {
  return text.length <= 40 && /^[\p{L}\p{N}+][\p{L}\p{N}\p{M} _/&'’+-]*$/u.test(text) && text.split(/\s+/).length <= 4;
}
var announces = /\b(?:labels?|categor(?:y|ies)|class(?:es)?|queues?|intents?|topics?|tags?|options?|choices?|buckets?|departments?|teams?|sentiments?|tones?|moods?|emotions?|priorit(?:y|ies)|urgency|severit(?:y|ies)|levels?|types?|kinds?|verdicts?|one of|choose|pick|possible (?:answers|values)|allowed)\b/i;

// src/edges/models/offline/text.ts
var longestInstruction = 2e3;
var inputNames = new Set(
  "question q input ticket message msg text review email mail subject comment sentence post tweet request query content document user customer case conversation article headline statement passage snippet title description issue".split(" ")
);
var answerNames = new Set(
  "answer a output label category class classification queue tag topic intent sentiment tone mood emotion response reply result type kind team department priority urgency severity verdict language status assistant".split(" ")
);
function isNamed(name, names) {
  const words3 = name.toLowerCase().match(new RegExp("\\p{L}+", "gu")) ?? [];
  return names.has(words3.at(-1) ?? "");
}
function fieldOf(line) {
  const head = new RegExp("^\\s*(?:[-*+•]\\s+|#+\\s+)?\\*{0,2}(\\p{L}[\\p{L}'’ ]{0,30}\\d{0,3})\\*{0,2}\\s*:\\*{0,2}(?=\\s|$|[\"“'`{])", "u").exec(line.slice(0, 80));
  return head ? { name: head[1].trim(), value: line.slice(head[0].length).trim() } : void 0;
}
function listItemOf(line) {
  if (line.length > longestInstruction) return void 0;
  return /^\s*(?:[-*+•–]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s+(\S.*)$/.exec(line)?.[1]?.trim();
}
function sentencesOf(text) {
  return unwrapped(text).flatMap((line) => line.split(/(?<=[.!?])\s+/)).map((sentence) => sentence.trim()).filter((sentence) => sentence !== "" && sentence.length <= longestInstruction);
}
function unwrapped(text) {
  const lines = [];
  let previous = "";
  for (const line of text.split(/\r?\n/)) {
    if (previous !== "" && continues(previous, line)) lines.push(`${lines.pop() ?? ""} ${line.trim()}`);
    else lines.push(line);
    previous = line.trim();
  }
  return lines;
}
function continues(previous, line) {
  const next = line.trim();
  if (next === "" || listItemOf(line) !== void 0 || previous.length > longestInstruction || /^[#|>]/.test(previous)) return false;
  if (/[,([{|/]$/.test(previous)) return true;
  const open = !/[.!?;]$/.test(previous) && (!previous.endsWith(":") || next.includes(","));
  return open && /^[\p{Ll}"“'`(<]/u.test(next);
}
function bare(text) {
  const inner = text.trim().replace(/[.,;]$/, "").trim();
  const unmarked = /^(["'`“‘]|\*{1,2}|_)(.*?)(?:["'`”’]|\*{1,2}|_):?$/su.exec(inner.slice(0, longestInstruction + 4));
  return (unmarked?.[2] ?? inner).trim();
}

// src/edges/models/offline/listing.ts
var articles = /^(?:and|or|either|the|an?)\s+/i;
var orders = /^(?:(?:choose|pick|select|use)\s+)?(?:from|between|one of|exactly one of)\s+/i;
function readListing(text) {
  const inner = text.trim().replace(orders, "").replace(/[.!?]$/, "").trim();
  const bracketed = /^[([{]([^()[\]{}]*)[)\]}]/.exec(inner)?.[1] ?? inner;
  const quoted = bracketed.match(/(["'`])[\p{L}\p{N}][\p{L}\p{N} _/&-]{0,38}\1/gu) ?? [];
  if (quoted.length > 1 && /^["'`]/.test(bracketed)) return unique(quoted.map(bare));
  const members = bracketed.split(/\s*[,;|]\s*|\s+(?:or|and)\s+|\s+\/\s+/i).map((member) => bare(member.trim().replace(articles, ""))).filter((member) => member !== "");
  const slashed = members.length === 1 ? members[0].split("/") : members;
  return unique(slashed.map((member) => member.trim()));
}
function unique(names) {
  return names.filter((name, index) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === index);
}

// src/edges/models/offline/field-form.ts
function readFieldForm(instructions, output) {
  const sketches = shownFields(instructions) ?? templateFields(instructions) ?? schemaFields(output) ?? namedFields(instructions);
  if (sketches === void 0 || sketches.fields.length < 2) return void 0;
  const { fields, template } = sketches;
  return {
    fields: fields.map((sketch) => wanted(sketch, descriptionOf(sketch.key, instructions))),
    ...template !== void 0 && { template },
    whenAbsent: whenAbsent(instructions)
  };
}
var mostFields = 60;
function shownFields(text) {
  const object2 = /\{\s*"[\w .-]{1,40}"\s*:[^{}]{1,4000}\}/.exec(text)?.[0];
  if (object2 === void 0) return void 0;
  const members = [...object2.matchAll(/"([\w .-]{1,40})"\s*:\s*("[^"]*"|[^,"{}]*)/g)].slice(0, mostFields);
  return { fields: members.map(([, key, shown]) => ({ key, shown })) };
}
function templateFields(text) {
  const lines = text.split(/\r?\n/);
  const isHoled = (line) => line.length < 400 && hole.test(line);
  const first = lines.findIndex(isHoled);
  if (first < 0) return void 0;
  const lead = lines.slice(0, first).findLastIndex((line) => /:\s*$/.test(line.slice(-10)));
  const template = lines.slice(lead + 1, lines.findLastIndex(isHoled) + 1).join("\n").trim();
  const keys = [...template.matchAll(new RegExp(hole, "gu"))].map(([, key]) => key);
  return { template, fields: [...new Set(keys)].slice(0, mostFields).map((key) => ({ key, shown: "" })) };
}
var hole = /<([\p{L}][\p{L}\p{N} _-]{0,39})>/u;
function schemaFields(output) {
  const properties = output?.schema?.["properties"];
  if (properties === null || typeof properties !== "object" || Array.isArray(properties)) return void 0;
  return { fields: Object.entries(properties ?? {}).map(([key, shape]) => ({ key, shown: JSON.stringify(shape) })) };
}
function namedFields(text) {
  if (!/\bjson\b/i.test(text)) return void 0;
  for (const found of text.matchAll(/\b(?:fields|keys|properties)\b:?\s+([^.\n]{3,400})/gi)) {
    const keys = readListing(found[1]);
    if (keys.length > 1 && keys.every(isName)) return { fields: keys.map((key) => ({ key, shown: "" })) };
  }
  return void 0;
}
function descriptionOf(key, instructions) {
  const line = instructions.split(/\r?\n/).find((each) => {
    const plain2 = (listItemOf(each) ?? "").replace(/[`*"]/g, "").toLowerCase();
    return plain2.startsWith(key.toLowerCase()) && /^\s*[:(–—-]/.test(plain2.slice(key.length));
  });
  return line ?? "";
}
function wanted({ key, shown }, description) {
  const quoted = [...description.matchAll(/"([^"]{1,40})"|“([^”]{1,40})”/g)].map(([, plain2, curly]) => plain2 ?? curly);
  return { key, names: [.../* @__PURE__ */ new Set([spaced(key), ...quoted])], kind: kindOf(`${shown} ${description}`, shown) };
}
function kindOf(said, shown) {
  if (/YYYY-MM-DD|"format":"date"/.test(said)) return "date";
  if (/\be-?mail\b/i.test(said)) return "email";
  const isNumber = /^\s*-?\d/.test(shown) || /"type":"(?:number|integer)"/.test(shown) || /\ba(?:s a)? (?:plain )?number\b/i.test(said);
  return isNumber ? "number" : "text";
}
function spaced(key) {
  return key.replace(new RegExp("(\\p{Ll})(\\p{Lu})", "gu"), "$1 $2").replace(/[_-]+/g, " ").toLowerCase();
}
function whenAbsent(instructions) {
  if (/\bnull\b/i.test(instructions)) return "null";
  return /\b(?:leave|leaves|left) (?:it|them|those|fields?|what is missing|the field|the line) (?:out|away)\b|\bomit\b/i.test(instructions) ? "left out" : "words";
}

// src/edges/models/offline/names.ts
var wordCharacter = /[\p{L}\p{M}\p{N}_]/u;
function namesIn(text, names) {
  const folded = text.toLowerCase();
  const spans = names.flatMap((name) => {
    const at = wholeWord(folded, name.toLowerCase());
    return at < 0 ? [] : [{ name, at, end: at + name.length }];
  });
  const covered = (span) => spans.some((other) => other.name.length > span.name.length && other.at <= span.at && span.end <= other.end);
  return spans.filter((span) => !covered(span)).map(({ name }) => name);
}
function wholeWord(text, word) {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!wordCharacter.test(text.charAt(at - 1)) && !wordCharacter.test(text.charAt(at + word.length))) return at;
  }
  return -1;
}
function nameMeant(answer2, names) {
  const equal = names.find((name) => name.toLowerCase() === answer2.toLowerCase());
  if (equal !== void 0 || answer2.length > 120) return equal;
  const said = namesIn(answer2, names);
  return said.length === 1 ? said[0] : void 0;
}

// src/edges/models/offline/read-examples.ts
function readExamples(instructions, turns, labels) {
  const lines = instructions.split(/\r?\n/);
  const meant = (answer2) => nameMeant(bare(answer2), labels);
  const defines = ({ name }) => labels.some((label) => label.toLowerCase() === name.toLowerCase());
  const shown = [
    ...turns.map(({ asked, answered }) => ({ text: asked, answer: answered })),
    ...fieldPairs(lines, (field) => !isNamed(field.name, inputNames) && !defines(field) && meant(field.value) !== void 0),
    ...lines.flatMap((line) => [...arrowLine(line), ...quotedLine(line), ...tableLine(line)])
  ];
  return shown.flatMap(({ text, answer: answer2 }) => {
    const label = meant(answer2);
    const plain2 = bare(text);
    return label === void 0 || plain2 === "" || defines({ name: plain2, value: "" }) ? [] : [{ text: plain2, label }];
  });
}
function readExampleAnswers(instructions, turns) {
  const lines = instructions.split(/\r?\n/);
  const shown = [...fieldPairs(lines, ({ name }) => isNamed(name, answerNames)), ...lines.flatMap(arrowLine)];
  const answers = [...turns.map(({ answered }) => answered), ...shown.map(({ answer: answer2 }) => answer2)].map(bare).filter(isName);
  return [...new Map(answers.map((answer2) => [answer2.toLowerCase(), answer2])).values()];
}
function fieldPairs(lines, answers) {
  const pairs = [];
  let open;
  for (const line of lines.flatMap(splitInlinePair)) {
    const field = fieldOf(line);
    const known = field !== void 0 && isNamed(field.name, inputNames);
    if (field && open && answers(field)) {
      pairs.push({ text: open.text.join("\n"), answer: field.value });
      open = void 0;
    } else if (field && (known || !open)) open = { text: [field.value], known };
    else if (line.trim() === "" && !open?.known) open = void 0;
    else if (open && open.text.length < longestText) open.text.push(field?.value ?? line);
  }
  return pairs;
}
var longestText = 200;
function splitInlinePair(line) {
  const first = fieldOf(line);
  if (!first || !isNamed(first.name, inputNames)) return [line];
  const tail = line.slice(-80);
  const second = [...tail.matchAll(new RegExp("\\s(\\p{L}+):\\s", "gu"))].findLast((found) => isNamed(found[1], answerNames));
  if (!second) return [line];
  const at = line.length - tail.length + second.index;
  return [line.slice(0, at), line.slice(at + 1)];
}
function arrowLine(line) {
  const arrows = [...line.matchAll(/→|⇒|->|=>/g)];
  const arrow = arrows.at(-1);
  if (!arrow) return [];
  const text = line.slice(0, arrow.index);
  const answer2 = line.slice(arrow.index + arrow[0].length);
  return text.trim() === "" || answer2.trim() === "" ? [] : [{ text: listItemOf(text) ?? text, answer: answer2 }];
}
function quotedLine(line) {
  const entry = listItemOf(line) ?? line.trim();
  const close = Math.max(entry.lastIndexOf('"'), entry.lastIndexOf("”"));
  if (!/^["“]/.test(entry) || close < 2) return [];
  const answer2 = entry.slice(close + 1);
  return /^\s*(?::|=|-|–|—|\(|is\b)/.test(answer2) ? [{ text: entry.slice(1, close), answer: answer2.replace(/^[\s:=–—(-]+/, "").replace(/\)\.?$/, "") }] : [];
}
function tableLine(line) {
  const cells = line.trim().startsWith("|") ? line.trim().split("|").slice(1, -1) : [];
  return cells.length > 1 ? [{ text: cells.slice(0, -1).join(" "), answer: cells.at(-1) }] : [];
}

// src/edges/models/offline/read-format.ts
function readFormat(conversation, labels, showsAnswers, output) {
  const { instructions, turns, openField } = conversation;
  const sentences = sentencesOf(instructions);
  const letterCase = readCase(instructions);
  const format = readJson(instructions, output) ?? firstOf(sentences, (sentence) => readSentence(sentence, instructions)) ?? (sentences.some(asksForBare) ? { kind: "bare" } : void 0) ?? shownBy(turns.at(-1)?.answered, labels) ?? (openField || showsAnswers ? { kind: "bare" } : void 0);
  return format && letterCase ? { ...format, letterCase } : format;
}
function firstOf(sentences, read2) {
  for (const sentence of sentences) {
    const found = read2(sentence);
    if (found !== void 0) return found;
  }
  return void 0;
}
function readCase(text) {
  if (/\blower[- ]?case\b/i.test(text)) return "lower";
  return /\b(?:upper[- ]?case|capital letters|all caps)\b/i.test(text) ? "upper" : void 0;
}
function readJson(text, output) {
  const shown = /\{\s*"([\w-]{1,40})"\s*:/.exec(text)?.[1];
  const asked = shown !== void 0 || /\bjson\b/i.test(text) || output?.format === "json";
  if (!asked) return void 0;
  const named = /\b(?:key|field|property)\s+["'`]([\w-]{1,40})["'`]/i.exec(text)?.[1] ?? /["'`]([\w-]{1,40})["'`]\s+(?:key|field|property)\b/i.exec(text)?.[1];
  return { kind: "json", key: shown ?? named ?? schemaKey(output) ?? "label" };
}
function schemaKey(output) {
  const properties = output?.schema?.["properties"];
  return properties !== null && typeof properties === "object" ? Object.keys(properties)[0] : void 0;
}
var placeholder = /<[^<>]{1,40}>|\[[^[\]]{1,40}\]|\{[^{}]{1,40}\}|\b[XY]\b|…|\.\.\.|_{2,}/;
function readSentence(sentence, instructions) {
  const order = /\b(?:end|finish|conclude|close|last line|final line|form|format|write|reply|answer|respond|say|output|return)\b/i;
  const form = order.test(sentence) ? quotedForm(sentence) ?? formAfterColon(sentence) : formLine(sentence);
  if (form === void 0) return void 0;
  const reasoned = /\b(?:end|finish|conclude|last line|final line)\b/i.test(sentence) || /\b(?:step by step|reason(?:ing)?|think|explain)\b/i.test(instructions);
  const hole2 = placeholder.exec(form);
  const before = hole2 ? form.slice(0, hole2.index) : `${form.trim()} `;
  const after2 = hole2 ? form.slice(hole2.index + hole2[0].length) : "";
  return before.trim() === "" && after2.trim() === "" ? void 0 : { kind: "sentence", before, after: after2, reasoned };
}
function quotedForm(sentence) {
  const quotations = [...sentence.matchAll(new RegExp("\"([^\"]{2,80})\"|“([^”]{2,80})”|`([^`]{2,80})`|(?<!\\p{L})'([^']{2,80})'(?!\\p{L})", "gu"))];
  return quotations.map(([, ...groups]) => groups.find((group) => group !== void 0) ?? "").find((quotation) => placeholder.test(quotation) || /(?:\bis|:)\s*$/.test(quotation));
}
function formAfterColon(sentence) {
  return formLine(/:\s+(\S.{0,80})$/.exec(sentence.slice(-200))?.[1] ?? "");
}
function formLine(line) {
  return /^[\p{L}][\p{L} ]{0,40}(?::|\bis)\s*(?:<[^<>]{1,40}>|\[[^[\]]{1,40}\]|\{[^{}]{1,40}\})\.?$/u.test(line.slice(0, 140)) ? line : void 0;
}
function asksForBare(sentence) {
  const speaks = /\b(?:answer|reply|respond|return|output|print|write|give|say|label|name|category|queue|word)\b/i;
  const restricts = /\b(?:only|just|nothing else|no other (?:text|words?)|(?:one|a single|single) word|(?:without|no) (?:any )?(?:explanation|comment|preamble)|exactly one)\b/i;
  const orders3 = new RegExp("\\b(?:answer|reply|respond|return|output|print|write|give)\\b.{0,60}\\b(?:one of|the (?:\\p{L}+(?:'s)? ){0,3}(?:label|name|category|queue|class|tone|word|topic|intent|sentiment|type|tag))\\b", "iu");
  return speaks.test(sentence) && restricts.test(sentence) || orders3.test(sentence);
}
function shownBy(answered, labels) {
  const [label] = answered === void 0 ? [] : namesIn(answered, labels);
  if (answered === void 0 || label === void 0) return void 0;
  const at = answered.toLowerCase().indexOf(label.toLowerCase());
  const before = answered.slice(0, at).trimStart();
  const after2 = answered.slice(at + label.length).trimEnd();
  return before === "" && after2 === "" ? { kind: "bare" } : { kind: "sentence", before, after: after2, reasoned: false };
}

// src/edges/models/offline/listed-labels.ts
function readListedLabels(text) {
  return blocksOf(text).map(labelsOfBlock).filter((labels) => labels.length > 1);
}
function blocksOf(text) {
  const blocks = [];
  let current = { shape: void 0, lead: "", lines: [] };
  for (const line of text.split(/\r?\n/)) {
    const shape = shapeOf(line);
    if (line.trim() === "") continue;
    if (shape === void 0 && current.shape === "list" && /^\s{2,}\S/.test(line))
      current.lines.push(`${current.lines.pop() ?? ""} ${line.trim()}`);
    else if (shape !== void 0 && shape === current.shape) current.lines.push(line);
    else {
      current = { shape, lead: current.lines.at(-1) ?? "", lines: [line] };
      blocks.push(current);
    }
  }
  return blocks.filter(({ shape, lines }) => shape !== void 0 && lines.length > 1);
}
function shapeOf(line) {
  if (listItemOf(line) !== void 0) return "list";
  if (/^\s*\|.*\|\s*$/.test(line.slice(0, 2e3))) return "table";
  return definition.test(line.slice(0, 60)) ? "definitions" : void 0;
}
var definition = /^[ \t]*(?:\*\*|`|")?[\p{L}\p{N}][\p{L}\p{N} _/-]{0,38}(?:\*\*|`|")?\s*(?::|=|–|—|-(?= ))\**\s+\S/u;
function labelsOfBlock({ shape, lead, lines }) {
  const rows = shape === "table" ? tableRows(lines) : lines.map((line) => labelOf(listItemOf(line) ?? line));
  const labels = rows.filter((label) => label !== void 0);
  const announced = announces.test(lead.slice(0, 400)) || lines.every(isMarked);
  const declared = shape === "table" ? isLabelTable(lines[0], announced) : announced;
  return declared && labels.length === rows.length && areDistinct(labels) && !(shape === "definitions" && labels.some(isField)) ? labels : [];
}
function isMarked(line) {
  return /^\W*(?:\*\*[^*]+\*\*|`[^`]+`)/.test((listItemOf(line) ?? "").slice(0, 80));
}
function areDistinct(labels) {
  return new Set(labels.map(({ name }) => name.toLowerCase())).size === labels.length;
}
function isField({ name }) {
  return isNamed(name, inputNames) || isNamed(name, answerNames);
}
function isLabelTable(header, announced) {
  const row = header.slice(0, 400);
  const lastColumn = row.trim().split("|").at(-2) ?? "";
  return tableLead.test(row) || announced && !isNamed(lastColumn, answerNames);
}
var tableLead = /^\s*\|\s*\W*(?:label|category|class|queue|intent|topic|tag|option|team|department|sentiment|tone|mood|priority|urgency|type|kind)s?\W*\|/i;
function tableRows(lines) {
  const cells = lines.map(
    (line) => line.trim().split("|").slice(1, -1).map((cell) => cell.trim())
  );
  const ruled = cells.findIndex((row) => row.every((cell) => /^:?-+:?$/.test(cell)));
  return cells.slice(ruled + 1).map(([name = "", ...rest]) => {
    const plain2 = bare(name);
    return isName(plain2) ? { name: plain2, description: rest.join(" ") } : void 0;
  });
}
function labelOf(entry) {
  const plain2 = entry.slice(0, 2e3).replaceAll("**", "");
  const parts = /^(.{1,48}?)(?:\s*:\s+|\s+[-–—=]+>?\s+|\s*[–—]\s*|\s+(?=\())(.*)$/u.exec(plain2);
  const name = bare(parts?.[1] ?? plain2);
  if (!isName(name)) return void 0;
  return { name, description: (parts?.[2] ?? "").replace(/^\((.*)\)\.?$/, "$1") };
}

// src/edges/models/offline/spoken-labels.ts
function readSpokenLabels(text) {
  const sentences = sentencesOf(text);
  for (const introduction of [strong, choosing, sorting, quoting, alternative]) {
    for (const sentence of sentences) {
      const names = introduction(sentence).map(readListing).find((list) => list.length > 1 && list.every(isName));
      if (names) return names.map((name) => ({ name, description: "" }));
    }
  }
  return [];
}
function strong(sentence) {
  const colon = sentence.indexOf(":");
  return colon > 0 && announces.test(sentence.slice(Math.max(0, colon - 100), colon)) ? [sentence.slice(colon + 1)] : [];
}
function choosing(sentence) {
  return after(sentence, /\b(?:one of|either|between|choose from|pick from|categories|labels|queues|options)\s+/gi);
}
var orders2 = /\b(?:classif\w+|label|categori[sz]e|sort|route|rate|tag|assign|mark|decide|say|answer|reply|respond|output|return)\b/i;
function sorting(sentence) {
  return orders2.test(sentence) ? after(sentence, /\b(?:as|into|to|is|be|with|whether)\s+/gi) : [];
}
function quoting(sentence) {
  const names = sentence.match(/"[\p{L}\p{N}][\p{L}\p{N} _-]{0,38}"|`[\p{L}\p{N}][\p{L}\p{N} _-]{0,38}`/gu) ?? [];
  return orders2.test(sentence) && names.length > 1 ? [names.join(", ")] : [];
}
function alternative(sentence) {
  const words3 = /(?<=\s)(?:[\p{L}\p{N}_-]{1,30}, ){0,20}[\p{L}\p{N}_-]{1,30},? or [\p{L}\p{N}_-]{1,30}(?=[.?!]?$)/u.exec(sentence);
  return words3 && (orders2.test(sentence) || sentence.endsWith("?")) ? [words3[0]] : [];
}
function after(sentence, words3) {
  return [...sentence.matchAll(words3)].slice(0, 12).map((found) => sentence.slice(found.index + found[0].length));
}

// src/edges/models/offline/declared-labels.ts
var mostLabels = 100;
function readDeclaredLabels(text) {
  const listed = readListedLabels(text);
  const spoken = readSpokenLabels(text);
  const found = listed.find((labels) => labels.some(({ description }) => description !== "")) ?? (spoken.length > 1 ? spoken : listed[0]);
  return (found ?? []).slice(0, mostLabels);
}

// src/edges/models/offline/read-labels.ts
function readLabels(instructions, turns) {
  const declared = readDeclaredLabels(instructions);
  const labels = declared.length > 1 ? declared : readExampleAnswers(instructions, turns).map((name) => ({ name, description: "" }));
  const names = labels.map(({ name }) => name);
  const said = labels.length > 1 ? sentencesOf(instructions).flatMap((sentence) => aboutOne(sentence, names)) : [];
  const fallback = said.find(({ sentence }) => fallbackWords.test(sentence))?.name ?? names.find((name) => restNames.test(name));
  return {
    labels: labels.map(({ name, description }) => ({
      name,
      description: describedBy(
        description,
        said.filter((one) => one.name === name)
      )
    })),
    ...fallback === void 0 ? {} : { fallback }
  };
}
var fallbackWords = /\b(?:unsure|not sure|in doubt|unclear|cannot tell|can't tell|none of|nothing (?:else )?fits|no other|anything else|everything else|otherwise)\b/i;
var restNames = /^(?:others?|misc|miscellaneous|general|neither|none|neutral|unknown|unclear|something else)$/i;
function aboutOne(sentence, names) {
  const said = namesIn(sentence, names);
  const field = fieldOf(sentence);
  const exampleLine = field !== void 0 && !names.some((name) => name.toLowerCase() === field.name.toLowerCase());
  const nameAlone = said.length === 1 && sentence.length < said[0].length + 6;
  return said.length === 1 && !exampleLine && !nameAlone ? [{ name: said[0], sentence }] : [];
}
function describedBy(description, remarks) {
  const news = remarks.map(({ sentence }) => sentence).filter((sentence) => description === "" || !sentence.includes(description));
  return [description, ...news].filter((text) => text !== "").join(" ");
}

// src/edges/models/offline/read-question.ts
function readConversation(messages) {
  const system = messages.filter(({ role }) => role === "system").map(({ content }) => content);
  const spoken = messages.filter(({ role }) => role !== "system");
  const last = spoken.findLastIndex(({ role }) => role === "user");
  const asked = spoken[last]?.content ?? "";
  const cut = cutMarked(asked, system.length === 0) ?? (system.length > 0 ? { question: asked, rest: "" } : cutLoose(asked));
  return {
    instructions: [...system, cut.rest].filter((text) => text.trim() !== "").join("\n\n"),
    turns: turnsOf(spoken.slice(0, Math.max(0, last))),
    question: cut.question.trim(),
    openField: cut.openField ?? false
  };
}
function turnsOf(messages) {
  return messages.flatMap((message, index) => {
    const next = messages[index + 1];
    return message.role === "user" && next?.role === "assistant" ? [{ asked: message.content, answered: next.content }] : [];
  });
}
function cutMarked(text, alone) {
  return cutOpenField(text, alone) ?? cutTag(text) ?? (alone ? cutFence(text) : void 0) ?? cutField(text, alone);
}
function cutOpenField(text, alone) {
  const lines = text.trimEnd().split("\n");
  const field = fieldOf(lines.at(-1) ?? "");
  if (field?.value !== "" || !(alone || isNamed(field.name, answerNames))) return void 0;
  const start = lines.findLastIndex((line, index) => index < lines.length - 1 && isInputField(line));
  const from = start >= 0 ? start : lines.findLastIndex((line, index) => index < lines.length - 1 && line.trim() === "") + 1;
  const [first, ...more] = lines.slice(from, -1);
  if (first === void 0) return void 0;
  return {
    question: [start >= 0 ? fieldOf(first).value : first, ...more].join("\n"),
    rest: lines.slice(0, from).join("\n"),
    openField: true
  };
}
function isInputField(line) {
  const field = fieldOf(line);
  return field !== void 0 && isNamed(field.name, inputNames);
}
function cutTag(text) {
  const closing = [...text.matchAll(/<\/([\w-]{1,30})>/g)].findLast((tag) => isNamed(tag[1].replace(/[_-]/g, " "), inputNames));
  if (!closing) return void 0;
  const opening2 = `<${closing[1]}>`;
  const start = text.lastIndexOf(opening2, closing.index);
  return start < 0 ? void 0 : without(text, start, start + opening2.length, closing.index, closing.index + closing[0].length);
}
function cutFence(text) {
  for (const fence of ['"""', "```", "'''"]) {
    const close = text.lastIndexOf(fence);
    const open = close > 0 ? text.lastIndexOf(fence, close - 1) : -1;
    if (open >= 0 && close >= open + fence.length) return without(text, open, open + fence.length, close, close + fence.length);
  }
  return void 0;
}
function without(text, outerStart, start, end, outerEnd) {
  return { question: text.slice(start, end), rest: `${text.slice(0, outerStart)}
${text.slice(outerEnd)}` };
}
function cutField(text, alone) {
  const lines = text.trim().split("\n");
  const at = alone ? lines.findLastIndex(isInputField) : lines.slice(0, 1).findIndex(isInputField);
  const field = at < 0 ? void 0 : fieldOf(lines[at]);
  if (!field) return void 0;
  const tail = splitTrailingInstruction([field.value, ...lines.slice(at + 1)].join("\n"));
  return { question: tail.question, rest: `${lines.slice(0, at).join("\n")}
${tail.rest}` };
}
function cutLoose(text) {
  const lines = text.trim().split("\n");
  const colon = lines.findLastIndex((line, index) => /:\s*$/.test(line.slice(-10)) && listItemOf(nextText(lines, index)) === void 0);
  const tail = splitTrailingInstruction(lines.slice(colon + 1).join("\n"));
  if (colon >= 0 && tail.question.trim() !== "")
    return { question: tail.question, rest: `${lines.slice(0, colon + 1).join("\n")}
${tail.rest}` };
  const paragraphs = text.trim().split(/\n[ \t]*\n/);
  if (paragraphs.length > 1) return { question: paragraphs.at(-1), rest: paragraphs.slice(0, -1).join("\n\n") };
  return cutAtColon(text);
}
function cutAtColon(text) {
  const colon = text.slice(0, 300).indexOf(": ");
  return colon < 0 ? { question: text, rest: text } : { question: text.slice(colon + 2), rest: text.slice(0, colon) };
}
function nextText(lines, index) {
  return lines.slice(index + 1, index + 4).find((line) => line.trim() !== "") ?? "";
}
function splitTrailingInstruction(text) {
  const paragraphs = text.split(/\n[ \t]*\n/);
  const orders3 = /^\W{0,4}(?:answer|reply|respond|return|output|classify|label|choose|pick|select|write|give|end|finish|your answer|only)\b/i;
  const start = paragraphs.findIndex((paragraph, index) => index > 0 && orders3.test(paragraph));
  if (start < 0) return { question: text, rest: "" };
  return { question: paragraphs.slice(0, start).join("\n\n"), rest: paragraphs.slice(start).join("\n\n") };
}

// src/edges/models/offline/reading.ts
function read({ messages, output }) {
  const conversation = readConversation(messages);
  const labelSet = readLabels(conversation.instructions, conversation.turns);
  const names = labelSet.labels.map(({ name }) => name);
  const examples = readExamples(conversation.instructions, conversation.turns, names);
  const format = readFormat(conversation, names, examples.length > 0, output);
  const form = readFieldForm(conversation.instructions, output);
  const { instructions, question } = conversation;
  return { ...labelSet, instructions, question, examples, ...format && { format }, ...form && { form } };
}

// src/edges/models/offline/words.ts
var commonWords = new Set(
  "a about after all also am an and any are as at be because been before being but by can could did do does doing done for from get gets getting got had has have having he her here hers him his how i if in into is it its just me more most my no nor not of off on once one only or other our ours out over own please same she should so some such than that the their them then there these they this those through to too up us very was we were what when where which while who whom why will with would you your yours hi hello hey ve re ll im ive dont doesnt didnt isnt wont".split(" ")
);
function stemsOf(text) {
  const words3 = text.normalize("NFKC").toLowerCase().match(new RegExp("[\\p{L}\\p{M}\\p{N}]+(?:['’]\\p{L}+)*", "gu")) ?? [];
  return words3.map((word) => word.replace(/['’]s$/, "").replace(/['’]/g, "")).filter((word) => word.length > 1 && word.length <= 40 && !commonWords.has(word)).map(stem);
}
function stem(word) {
  const singular = withoutPlural(word);
  const verb = withoutVerbEnding(singular);
  const root = verb.replace(new RegExp("(?<=\\p{L}{5})(?:ation|ment|ly|at)$", "u"), "").replace(new RegExp("(?<=\\p{L}{4}er)y$", "u"), "");
  return undoubled(root).replace(new RegExp("(?<=\\p{L}{3})e$", "u"), "");
}
function withoutPlural(word) {
  if (word.length <= 3 || /(?:ss|us|is)$/.test(word)) return word;
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:sses|xes|ches|shes)$/.test(word)) return word.slice(0, -2);
  return word.endsWith("s") ? word.slice(0, -1) : word;
}
function withoutVerbEnding(word) {
  if (word.endsWith("ied") && word.length > 4) return `${word.slice(0, -3)}y`;
  return word.replace(new RegExp("(?<=\\p{L}*[aeiouy]\\p{L}+)(?:ing|ed)$", "u"), "");
}
function undoubled(word) {
  return word.replace(/([bdgmnprt])\1$/, "$1").replace(new RegExp("(?<=\\p{L}{4}l)l$", "u"), "");
}

// src/edges/models/offline/similarity.ts
function likeness(documents) {
  const bags = documents.map(bagOf);
  const frequency = /* @__PURE__ */ new Map();
  for (const bag of bags) for (const word of bag.keys()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const vectors = bags.map((bag) => weighted(bag, frequency, documents.length));
  const pivot = vectors.reduce((sum, { length }) => sum + length, 0) / Math.max(1, vectors.length);
  return (text) => {
    const vector = weighted(bagOf(text), frequency, documents.length);
    return (index) => vector.length === 0 ? 0 : product(vector, vectors[index]) / (vector.length * pivoted(vectors[index].length, pivot));
  };
}
var slope = 0.2;
function pivoted(length, pivot) {
  return (1 - slope) * pivot + slope * length;
}
function bagOf(text) {
  const counts = /* @__PURE__ */ new Map();
  for (const word of stemsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
function weighted(bag, frequency, documents) {
  const weights = /* @__PURE__ */ new Map();
  let squares = 0;
  for (const [word, count] of bag) {
    const holders = frequency.get(word);
    if (holders === void 0) continue;
    const weight = (1 + Math.log(count)) * (1 + Math.log((1 + documents) / (1 + holders)));
    weights.set(word, weight);
    squares += weight * weight;
  }
  return { weights, length: Math.sqrt(squares) };
}
function product(a, b) {
  let sum = 0;
  for (const [word, weight] of a.weights) sum += weight * (b.weights.get(word) ?? 0);
  return sum;
}

// src/edges/models/offline/skills/classify.ts
function classify({ question, labels, examples, fallback }) {
  if (labels.length < 2) return void 0;
  const likeQuestion = likeness([...labels.map(({ name, description }) => `${name} ${description}`), ...examples.map(({ text }) => text)])(
    question
  );
  const nearest = /* @__PURE__ */ new Map();
  for (const [index, { label }] of examples.entries()) {
    nearest.set(label, Math.max(nearest.get(label) ?? 0, likeQuestion(labels.length + index)));
  }
  const fit = labels.map(({ name }, index) => ({ name, value: likeQuestion(index) + (nearest.get(name) ?? 0) / 2 }));
  const clueless = fit.every(({ value: value2 }) => value2 === 0);
  const value = (one) => clueless && one.name === fallback ? 1 : one.value;
  return fit.sort((a, b) => value(b) - value(a)).map(({ name }) => name);
}

// src/edges/models/offline/calendar.ts
var months = "january february march april may june july august september october november december".split(" ");
var monthName = `(?:${months.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join("|")}|sept)\\.?`;
var forms = [
  { pattern: /(?<![\p{L}\p{N}-])(\d{4})-(\d{2})-(\d{2})(?![\p{N}-])/gu, parts: ["year", "month", "day"] },
  { pattern: new RegExp("(?<![\\p{L}\\p{N}./-])(\\d{1,2})[./](\\d{1,2})[./](\\d{4})(?!\\p{N})", "gu"), parts: ["day", "month", "year"] },
  {
    pattern: new RegExp(`(?<![\\p{L}\\p{N}])(\\d{1,2})(?:st|nd|rd|th|\\.)? (?:of )?(${monthName}),? (\\d{4})(?!\\p{N})`, "giu"),
    parts: ["day", "month", "year"]
  },
  {
    pattern: new RegExp(`(?<![\\p{L}\\p{N}])(${monthName}) (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})(?!\\p{N})`, "giu"),
    parts: ["month", "day", "year"]
  }
];
function daysIn(text) {
  return forms.flatMap(
    ({ pattern, parts }) => [...text.matchAll(pattern)].flatMap((found) => {
      const part = (name) => found[parts.indexOf(name) + 1];
      const month = monthOf(part("month"));
      const day = Number(part("day"));
      if (month < 1 || month > 12 || day < 1 || day > 31) return [];
      const iso = `${part("year")}-${two(month)}-${two(day)}`;
      return [{ text: found[0], iso, at: found.index, end: found.index + found[0].length }];
    })
  ).sort((a, b) => a.at - b.at);
}
function monthOf(text) {
  return /^\d/.test(text) ? Number(text) : months.findIndex((name) => name.startsWith(text.slice(0, 3).toLowerCase())) + 1;
}
var two = (value) => String(value).padStart(2, "0");

// src/edges/models/offline/labelled-parts.ts
var longestLine = 2e3;
function labelledParts(text) {
  const lines = text.split(/\r?\n/);
  return lines.flatMap((line, index) => {
    if (line.length > longestLine) return [];
    const row = tableRow(line);
    return row ? [row] : withinLine(line, lines[index + 1] ?? "");
  });
}
function tableRow(line) {
  const cells = line.trim().startsWith("|") ? line.trim().split("|").slice(1, -1) : [];
  return cells.length === 2 ? { label: cells[0], value: cells[1] } : void 0;
}
var labelHead = new RegExp("(?:^|[.;,|(–]|\\s{2})[\\s*_>#-]{0,20}(\\p{L}(?:[\\p{L}\\p{N} #/&'’-]|\\.(?! \\p{Lu})){0,40}?)[*_]{0,2}\\s?[:=](?:[*_]{0,2}\\s|[*_]{0,2}$)", "gu");
function withinLine(line, next) {
  const heads = [...line.matchAll(labelHead)];
  return heads.map((head, index) => {
    const value = line.slice(head.index + head[0].length, heads[index + 1]?.index ?? line.length);
    return { label: head[1], value: value.trim() === "" ? next : value };
  });
}

// src/edges/models/offline/units.ts
var units = new Map(
  [
    ["mass", 1, "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes"],
    ["mass", 1e-3, "g gr gram grams gramme grammes"],
    ["mass", 1e3, "t to ton tons tonne tonnes"],
    ["mass", 0.45359237, "lb lbs pound pounds"],
    ["length", 1, "m metre metres meter meters"],
    ["length", 0.01, "cm centimetre centimetres centimeter centimeters"],
    ["length", 1e-3, "mm millimetre millimetres millimeter millimeters"],
    ["length", 1e3, "km kilometre kilometres kilometer kilometers"],
    ["volume", 1, "l litre litres liter liters"],
    ["volume", 1e-3, "ml millilitre millilitres milliliter milliliters"],
    ["time", 1, "min mins minute minutes"],
    ["time", 60, "h hr hrs hour hours"],
    ["time", 1440, "day days"]
  ].flatMap(([of, factor, names]) => names.split(" ").map((name) => [name, { of, factor }]))
);
function isUnit(name) {
  return units.has(name.toLowerCase());
}
function areAlike(one, other) {
  return units.get(one.toLowerCase())?.of === units.get(other.toLowerCase())?.of;
}
function inUnit(value, from, to) {
  const factor = units.get(from.toLowerCase()).factor / units.get(to.toLowerCase()).factor;
  return Number((value * factor).toPrecision(12));
}

// src/edges/models/offline/numerals.ts
var numeral = new RegExp("(?<![\\p{L}\\p{N}.,:/-]|\\p{L}[-_#])[-−]?(?:\\d{1,3}(?:[,.'’ \\u{a0}\\u{202f}]\\d{3})+|\\d{1,15})(?:[.,]\\d{1,15})?(?!\\p{N}|[-/:.,]\\d|[-/]\\p{L}|(?:st|nd|rd|th)(?!\\p{L}))", "gu");
var mostNumerals = 5e3;
function numeralsIn(text, decimal = ".") {
  const numerals = [];
  for (const found of withoutDays(text).matchAll(numeral)) {
    if (numerals.length === mostNumerals) break;
    const end = found.index + found[0].length;
    const unit = unitAt(text, end);
    numerals.push({ value: readValue(found[0], decimal), ...unit && { unit: unit.name }, at: found.index, end: unit?.end ?? end });
  }
  return numerals;
}
function withoutDays(text) {
  let plain2 = "";
  for (const { at, end } of daysIn(text)) if (at >= plain2.length) plain2 += `${text.slice(plain2.length, at)}${"x".repeat(end - at)}`;
  return plain2 + text.slice(plain2.length);
}
function unitAt(text, at) {
  const tail = new RegExp("^[ \\u{a0}\\u{202f}]?(\\p{L}{1,12})(?!\\p{L})", "u").exec(text.slice(at, at + 16));
  return tail && isUnit(tail[1]) ? { name: tail[1], end: at + tail[0].length } : void 0;
}
function readValue(text, decimal) {
  const plain2 = text.replace(/[\s'’]/g, "").replace("−", "-");
  const marks = [...plain2.matchAll(/[.,]/g)];
  const last = marks.at(-1);
  if (last === void 0) return Number(plain2);
  const repeated = marks.length > 1 && marks.every(([mark]) => mark === last[0]);
  const single = marks.length === 1 && plain2.length - last.index === 4;
  const groups = repeated || single && last[0] !== decimal;
  if (groups) return Number(plain2.replace(/[.,]/g, ""));
  return Number(`${plain2.slice(0, last.index).replace(/[.,]/g, "")}.${plain2.slice(last.index + 1)}`);
}
function decimalMarkIn(instructions) {
  return /\bdecimal comma\b|\bcommas? (?:(?:is|are|as|for) )?(?:the )?decimals?\b/i.test(instructions) ? "," : ".";
}

// src/edges/models/offline/find-value.ts
function findValue(text, field, others, decimal) {
  const labelled = labelledParts(text).flatMap(({ label, value }, at) => field.names.map((name, rank) => ({ value, rank, at, fit: fitOf(label, name) }))).filter((part) => part.fit > 0).sort((a, b) => b.fit - a.fit || a.rank - b.rank || a.at - b.at);
  for (const { value } of labelled) {
    const found = field.kind === "text" ? cleaned(value) : firstOfKind(value, field.kind, decimal)?.value;
    if (found !== void 0 && found !== "") return found;
  }
  const beside = besideName(text, field, decimal);
  return beside === void 0 && !others.some(({ kind }) => kind === field.kind) ? onlyOne(text, field, decimal) : beside;
}
function fitOf(label, name) {
  const [said, wanted2] = [words(label), words(name)];
  if (said === wanted2) return 2;
  return wanted2 !== "" && ` ${said} `.includes(` ${wanted2} `) ? 1 : 0;
}
var words = (text) => (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(" ");
function cleaned(value) {
  return value.trim().replace(/^[*_"“'`]+|[*_"”'`]+$/g, "").replace(/[.,;]+$/, "").trim();
}
function allOfKind(text, kind, decimal) {
  if (kind === "date") return daysIn(text).map(({ iso, at, end }) => ({ value: iso, at, end }));
  if (kind === "number") return numeralsIn(text, decimal);
  const pattern = kind === "email" ? address : proper;
  return [...text.matchAll(pattern)].map((found) => ({ value: cleaned(found[0]), at: found.index, end: found.index + found[0].length }));
}
var firstOfKind = (text, kind, decimal) => allOfKind(text, kind, decimal)[0];
var address = /[\p{L}\p{N}._+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}/gu;
var proper = new RegExp(`["“]([^"”\\n]{1,80})["”]|\\p{Lu}{0,6}[-/]?\\d[\\p{L}\\p{N}]*(?:[-/.][\\p{L}\\p{N}]+)*|\\p{Lu}[\\p{L}'’-]+(?:(?: &| of| de| van| und)? \\p{Lu}[\\p{L}'’.-]*){0,5}`, "gu");
var reach = 40;
function besideName(text, { names, kind }, decimal) {
  for (const name of names) {
    for (const at of places(text, name)) {
      const after2 = upToSentenceEnd(text.slice(at + name.length, at + name.length + reach + 80));
      const behind = firstOfKind(after2, kind, decimal);
      if (behind && behind.at <= (kind === "text" ? 12 : reach)) return behind.value;
      if (kind === "text") continue;
      const before = allOfKind(sinceLineStart(text.slice(Math.max(0, at - reach), at)), kind, decimal).at(-1);
      if (before) return before.value;
    }
  }
  return void 0;
}
function places(text, name) {
  const folded = text.toLowerCase();
  const found = [];
  for (let at = folded.indexOf(name.toLowerCase()); at >= 0 && found.length < 8; at = folded.indexOf(name.toLowerCase(), at + 1)) {
    const around = `${folded.charAt(at - 1)} ${folded.charAt(at + name.length)}`;
    if (!/[\p{L}\p{N}]/u.test(around)) found.push(at);
  }
  return found;
}
var upToSentenceEnd = (text) => new RegExp("^[\\s\\S]*?(?=[.!?]\\s+\\p{Lu}|\\n\\s*\\n|$)", "u").exec(text)?.[0] ?? text;
var sinceLineStart = (text) => text.slice(text.lastIndexOf("\n") + 1);
function onlyOne(text, { kind }, decimal) {
  const all = kind === "date" || kind === "email" ? allOfKind(text, kind, decimal) : [];
  return all.length === 1 ? all[0].value : void 0;
}

// src/edges/models/offline/skills/copy-fields.ts
var words2 = "not stated";
function copyFields({ reading, text }) {
  const { form, labels, instructions } = reading;
  if (form === void 0 || form.fields.length < 3 && labels.some(({ name }) => !isField2(name, form))) return void 0;
  const decimal = decimalMarkIn(instructions);
  const others = (field) => form.fields.filter((other) => other !== field);
  const found = new Map(form.fields.map((field) => [field.key, findValue(text, field, others(field), decimal)]));
  return form.template === void 0 ? object(form, found) : filled(form.template, form, found);
}
var isField2 = (name, { fields }) => fields.some(({ key }) => key.toLowerCase() === name.toLowerCase());
function object({ whenAbsent: whenAbsent2 }, found) {
  const absent = whenAbsent2 === "null" ? null : words2;
  const members = [...found].filter(([, value]) => value !== void 0 || whenAbsent2 !== "left out");
  return JSON.stringify(Object.fromEntries(members.map(([key, value]) => [key, value ?? absent])));
}
function filled(template, { whenAbsent: whenAbsent2 }, found) {
  return template.split("\n").filter((line) => whenAbsent2 !== "left out" || isFillable(line, found)).map((line) => line.replace(new RegExp(hole, "gu"), (_, key) => String(found.get(key) ?? words2))).join("\n").trim();
}
function isFillable(line, found) {
  const keys = [...line.matchAll(new RegExp(hole, "gu"))].map(([, key]) => key);
  return keys.length === 0 || keys.some((key) => found.get(key) !== void 0);
}

// src/edges/models/offline/judge-request.ts
function readJudgeRequest(messages) {
  const [system, user] = messages;
  if (system?.role !== "system" || user?.role !== "user" || messages.length !== 2) return void 0;
  const mark = /^The mark is ([0-9a-f]{16})\.$/m.exec(user.content.slice(0, 200))?.[1];
  const criteria = criteriaIn(system.content);
  if (mark === void 0 || criteria.length === 0) return void 0;
  return { mark, criteria, materials: materialsIn(user.content, mark) };
}
function criteriaIn(instructions) {
  const [, rubric = ""] = instructions.split("# Criteria\n\n", 2);
  const sections = rubric.split("\n\n# Reply")[0].split(/^## /m).slice(1);
  return sections.map(criterionOf).filter(({ levels }) => levels.length > 1);
}
function criterionOf(section) {
  const [key = "", ...lines] = section.trim().split("\n");
  const starting = (start) => lines.filter((line) => start.test(line)).map((line) => line.replace(start, ""));
  const [rule, level] = [/^- /, /^Level \d+: /];
  const question = lines.filter((line) => !rule.test(line) && !level.test(line)).join("\n");
  return { key, question, rules: starting(rule), levels: starting(level) };
}
function materialsIn(text, mark) {
  const materials = /* @__PURE__ */ new Map();
  let open;
  for (const line of text.split("\n")) {
    const fence = line.startsWith("=====") && line.includes(mark) ? /^===== (END )?([A-Z ]{1,20}) [0-9a-f]{16} =====$/.exec(line) : null;
    if (fence && fence[1] === void 0) open = { name: fence[2], lines: [] };
    else if (fence && open) {
      materials.set(open.name, open.lines.join("\n"));
      open = void 0;
    } else if (line.startsWith("| ")) open?.lines.push(line.slice(2));
  }
  return materials;
}

// src/edges/models/offline/overlap.ts
function overlapOf({ question, rules, levels }, answer2, materials) {
  const own = stems(answer2);
  const reference = materials.get("REFERENCE");
  if (/\bREFERENCE\b/.test(question) && reference !== void 0) return share(stems(reference), own, "words of the reference");
  for (const name of ["CONTEXT", "QUESTION"]) {
    const source = materials.get(name);
    if (new RegExp(`\\b${name}\\b`).test(question) && source !== void 0)
      return share(own, stems(source), `words of the answer stand in the ${name.toLowerCase()}`);
  }
  return share(stems([...rules, levels.at(-1)].join(" ")), own, "words of the rubric");
}
var stems = (text) => new Set(stemsOf(text));
function share(wanted2, present, what) {
  return { shared: [...wanted2].filter((stem2) => present.has(stem2)).length, of: wanted2.size, what };
}
function levelFor({ shared, of }, levels) {
  return of === 0 ? 1 : 1 + Math.round(shared / of * (levels - 1));
}

// src/edges/models/offline/skills/grade.ts
function grade({ request }) {
  const asked = readJudgeRequest(request.messages);
  if (asked === void 0) return void 0;
  const { mark, criteria, materials } = asked;
  if (materials.has("ANSWER A")) return JSON.stringify({ mark, ...preference(asked) });
  const findings = criteria.map((criterion) => [criterion.key, finding(criterion, overlap(asked, criterion, "ANSWER"))]);
  return JSON.stringify({ mark, ...Object.fromEntries(findings) });
}
function overlap({ materials, criteria }, criterion, name) {
  return overlapOf(criterion, withoutPleas(materials.get(name) ?? "", criteria), materials);
}
function finding({ levels }, found) {
  return { reason: `${found.shared} of ${found.of} ${found.what}`, level: levelFor(found, levels.length) };
}
function preference(asked) {
  const mean = (name) => {
    const overlaps = asked.criteria.map((criterion) => overlap(asked, criterion, name));
    return overlaps.reduce((sum, { shared, of }) => sum + (of === 0 ? 0 : shared / of), 0) / overlaps.length;
  };
  const [a, b] = [mean("ANSWER A"), mean("ANSWER B")];
  const reason = `the answers have ${a.toFixed(3)} and ${b.toFixed(3)} of the words looked for`;
  if (a === b) return { reason, better: "neither" };
  return { reason, better: a > b ? "A" : "B" };
}
var aboutGrades = /\b(?:levels?|grad(?:e[sd]?|ing)|rubrics?|criteri(?:on|a)|judges?|verdicts?|scor(?:e[sd]?|ing)|full marks|top marks|evaluat\w+|instructions?|\d+\s*(?:\/|out of)\s*(?:5|10|100))\b/i;
function withoutPleas(answer2, criteria) {
  const copied = criteria.flatMap(({ rules, levels }) => [...rules, ...levels]).filter((text) => text.split(/\s+/).length > 2);
  const isPlea = (sentence) => aboutGrades.test(sentence) || copied.some((text) => sentence.toLowerCase().includes(bare2(text)));
  return sentencesOf(answer2).filter((sentence) => !isPlea(sentence)).join("\n");
}
var bare2 = (text) => text.toLowerCase().replace(/[.;]$/, "");

// src/edges/models/offline/quantity.ts
var asks = /\?|\b(?:number|figure|quantity|amount|how (?:many|much)|find|read|state|take|give|report|want|mean|means)\b/i;
var asksForNumber = /\bhow (?:many|much)\b|\b(?:which|what|give|state|report|find|read) (?:is )?(?:the |a )?(?:number|figure|amount|quantity)\b|\b(?:the|a) (?:number|figure)\b.{0,20}\b(?:only|alone)\b|\bonly (?:the|a) (?:number|figure)\b/i;
var refusals = /\b(?:not|never|without|excluding|except|rather than|instead of|ignore)\b((?:(?!\bbut\b)[^.;:!?]){1,120})/gi;
function readQuantity(instructions) {
  if (!asksForNumber.test(instructions)) return void 0;
  const sentences = sentencesOf(instructions).filter((sentence) => asks.test(sentence) || /["“]/.test(sentence));
  const refused = sentences.flatMap((sentence) => [...sentence.matchAll(refusals)].flatMap(([, what]) => stemsOf(what)));
  const asked = sentences.flatMap((sentence) => stemsOf(sentence.replace(refusals, " ")));
  const unit = unitIn(instructions);
  return { asked: new Set(asked), refused: new Set(refused.filter((stem2) => !asked.includes(stem2))), ...unit && { unit } };
}
function unitIn(instructions) {
  return [...instructions.matchAll(new RegExp("\\bin (\\p{L}{1,12})\\b", "gu"))].map(([, name]) => name).find(isUnit);
}
function bestNumeral(text, numerals, { asked, refused, unit }) {
  const fitting = unit === void 0 ? numerals : numerals.filter((each) => each.unit === void 0 || areAlike(each.unit, unit));
  const measured = fitting.filter((each) => each.unit !== void 0);
  const candidates = unit !== void 0 && measured.length > 0 ? measured : fitting;
  let best;
  for (const numeral2 of candidates) {
    const around = new Set(stemsOf(clauseOf(text, numeral2, numerals)));
    const value = [...around].reduce((sum, stem2) => sum + (asked.has(stem2) ? 1 : 0) - (refused.has(stem2) ? 1 : 0), 0);
    if (best === void 0 || value > best.value) best = { numeral: numeral2, value };
  }
  return best?.numeral;
}
var reach2 = 120;
var clauseEnd = /[,;.!?()\n](?=\s|$)|\n|\s[–-]\s|\b(?:and|but|of which|plus)\b/gi;
function clauseOf(text, numeral2, numerals) {
  const before = text.slice(Math.max(0, numeral2.at - reach2), numeral2.at);
  const after2 = text.slice(numeral2.end, numeral2.end + reach2);
  const lastEnd = [...before.matchAll(clauseEnd)].at(-1);
  const firstEnd = [...after2.matchAll(clauseEnd)][0];
  const next = numerals[numerals.indexOf(numeral2) + 1];
  const ownEnd = Math.min(firstEnd?.index ?? reach2, (next?.at ?? Number.POSITIVE_INFINITY) - numeral2.end);
  return `${before.slice(lastEnd ? lastEnd.index + lastEnd[0].length : 0)} ${after2.slice(0, ownEnd)}`;
}

// src/edges/models/offline/skills/read-number.ts
function readNumber({ reading, text }) {
  const { instructions, format } = reading;
  const quantity = readQuantity(instructions);
  if (quantity === void 0 || reading.labels.some(({ description }) => description !== "")) return void 0;
  if (format === void 0) return undecided2;
  const decimal = decimalMarkIn(instructions);
  const numeral2 = bestNumeral(text, numeralsIn(text, decimal), quantity);
  return numeral2 === void 0 ? none(format) : written(format, numeral2, quantity.unit, /\b(?:with|and) (?:the|its) unit\b/i.test(instructions));
}
var undecided2 = "Thank you, I have read this carefully. More than one figure could be meant, and I was not told in which form to give one. Let me know, and I can be more definite.";
function none(format) {
  return format.kind === "json" ? JSON.stringify({ [format.key]: null }) : "none";
}
function written(format, numeral2, wanted2, withUnit) {
  const value = wanted2 !== void 0 && numeral2.unit !== void 0 ? inUnit(numeral2.value, numeral2.unit, wanted2) : numeral2.value;
  if (format.kind === "json") return JSON.stringify({ [format.key]: value });
  const unit = wanted2 ?? numeral2.unit;
  const answer2 = withUnit && unit !== void 0 ? `${plain(value)} ${unit}` : plain(value);
  return format.kind === "bare" ? answer2 : `${format.before}${answer2}${format.after}`;
}
function plain(value) {
  const text = String(value);
  return text.includes("e") ? value.toFixed(12).replace(/\.?0+$/, "") : text;
}

// src/edges/models/offline/skills/table.ts
var skills = [
  { when: "a rubric with levels, and material between marked fences", answer: grade },
  { when: "a form of several fields: JSON, a schema, a template with holes", answer: copyFields },
  { when: "a number, and no labels that are described", answer: readNumber },
  { when: "a set of labels", answer: chooseLabel }
];
function chooseLabel({ reading }) {
  const ranking = classify(reading);
  return ranking && compose(reading, ranking);
}

// src/edges/models/offline/tokens.ts
var token = /[\p{L}\p{M}\p{N}_]+|[^\s\p{L}\p{M}\p{N}_]/gu;
function countTokens(text) {
  return text.match(token)?.length ?? 0;
}
function firstTokens(text, limit) {
  let count = 0;
  let end = 0;
  for (const found of text.matchAll(token)) {
    if (count === limit) return text.slice(0, end);
    count += 1;
    end = found.index + found[0].length;
  }
  return text;
}

// src/edges/models/offline/model.ts
function offlineModel() {
  return {
    endpoint: "offline",
    ask: async (request, signal) => signal.aborted ? { kind: "failure", reason: "cancelled", sentence: "The run was stopped before this call.", retryable: false } : answer(request),
    refusedParameters: () => [],
    close: async () => {
    }
  };
}
function answer(request) {
  const { maxOutputTokens, stopSequences = [] } = request.params;
  const whole = upToStop(reply(request), stopSequences);
  const text = maxOutputTokens === void 0 ? whole : firstTokens(whole, maxOutputTokens);
  return {
    kind: "answer",
    text,
    finish: text.length < whole.length ? "length" : "stop",
    usage: { inputTokens: request.messages.reduce((sum, { content }) => sum + countTokens(content), 0), outputTokens: countTokens(text) },
    latencyMs: 0
  };
}
function reply(request) {
  const reading = read(request);
  const asked = { request, reading, text: textAsked(request, reading.question) };
  for (const { answer: tried } of skills) {
    const said = tried(asked);
    if (said !== void 0) return said;
  }
  return noAnswers(reading.question);
}
function textAsked({ messages }, question) {
  const last = messages.findLast(({ role }) => role === "user");
  return last !== void 0 && messages.some(({ role }) => role === "system") ? last.content : question;
}
function upToStop(text, stopSequences) {
  const stops = stopSequences.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
  return stops.length > 0 ? text.slice(0, Math.min(...stops)) : text;
}
export {
  offlineModel
};
