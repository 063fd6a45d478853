// Pages in a browser, with their mermaid diagrams drawn, as PNG files.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const mermaid = fileURLToPath(import.meta.resolve('mermaid/dist/mermaid.min.js'));

/** The first Chromium on PATH; undefined where there is none. */
export function findBrowser(path = process.env.PATH ?? '') {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return path
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(isExecutable);
}

/** Photographs each page and gives what would not be drawn, a sentence each. */
export async function shoot(pages, { browser, scheme, fileOf }) {
  const chrome = await chromium.launch({
    executablePath: browser,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const faults = [];
  const tab = await chrome.newPage({ viewport: { width: 826, height: 600 }, colorScheme: scheme });
  for (const { name, html } of pages) {
    await tab.setContent(html);
    const fault = html.includes('language-mermaid') ? await draw(tab, scheme) : undefined;
    if (fault !== undefined) faults.push(`${name}: ${fault}`);
    await tab.locator('main').screenshot({ path: fileOf(name) });
  }
  await chrome.close();
  return faults;
}

/** Diagrams are drawn in folds that are closed too, as GitHub does. Gives what is wrong with the first that cannot be. */
function draw(tab, scheme) {
  const theme = scheme === 'dark' ? 'dark' : 'default';
  return tab
    .addScriptTag({ path: mermaid })
    .then(() => tab.evaluate(drawn, theme))
    .then(() => undefined, String);
}

/** Runs in the page. */
async function drawn(theme) {
  const { mermaid } = window;
  mermaid.initialize({ startOnLoad: false, theme });
  for (const [index, code] of [...document.querySelectorAll('code.language-mermaid')].entries()) {
    const { svg } = await mermaid.render(`diagram${index}`, code.textContent);
    code.parentElement.outerHTML = svg;
  }
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
